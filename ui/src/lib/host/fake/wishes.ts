import type { ErrorCode, Language, Notice, Stage, Theme, Unreadable } from '$lib/bindings';

/** What the page's address asks of the stand-in, for tests and for looking. */
export interface Wishes {
  /** `?stage=` where the program stands at the start. */
  stage: Stage;
  /** `?lang=` and `?theme=`: settings at the start. */
  language: Language;
  theme: Theme;
  /** `?entries=`: how many entries; without it the written examples, 0 for a new vault. */
  entries: number | null;
  /** `?events=`: 0 for no calendars at all, otherwise that many more events. */
  events: number | null;
  /** `?networks=0`: none. */
  networks: number | null;
  /** `?invitation=`: what a calendar file is: request, update, cancel, reply, counter, or why it is refused. */
  invitation: string | null;
  /** `?own=none`: it is not known which address is the leader’s. */
  own: string[];
  /** `?source=CODE`: why the calendar that is read from an address could not be fetched. */
  source: ErrorCode | null;
  /** `?waiting=`, `?conflicts=` (at most 4), `?missing=`, `?deleted=`: what the calendar on a server waits for. */
  waiting: number;
  conflicts: number;
  missing: number;
  deleted: number;
  /** `?now=`: the moment that the clock is held at. */
  now: Date | null;
  /** `?fail=CODE` refuses every working command; `?fail=command:CODE,…` only those. */
  fail: Map<string, ErrorCode>;
  /** `?notice=`, `?trouble=`: what opening tells, and why the keyring did not open. */
  notice: Notice | null;
  trouble: ErrorCode | null;
  /** `?keyring=none`: a computer without one; `?keyring=slow`: one that never answers. */
  keyring: boolean;
  slow: boolean;
  /** `?synced`: the folder is kept in step elsewhere. `?folder=`: what the question for a folder answers. */
  synced: boolean;
  folder: string;
  /** `?wait=`: milliseconds that each command takes. */
  wait: number;
  /** `?hold`: an import or export stands still halfway until it is stopped, or `fristedGoOn` is called. */
  hold: boolean;
  /** `?unreadable=1,2,3`: a damaged store, and the entries, details and attachments that an export leaves out. */
  unreadable: Unreadable | null;
  /** `?sharing=`: how it stands at the start; without it nobody is signed in. */
  sharing: 'off' | 'online' | 'offline' | 'signedout' | 'elsewhere';
  /** `?changed`: the identity of one peer is another than before. */
  changed: boolean;
  /** `?shared=`: how many things the feed has; 0 for none. */
  shared: number | null;
  /** `?failed`: one thing could not be sent. */
  failed: boolean;
  /** `?asks`: one thing waits since somebody came into the network; `?asks=files`: only its attachments. */
  asks: 'all' | 'files' | null;
  /** `?again=`: how it stands with a new version of what the leader shared; without it there is none. */
  again: 'waiting' | 'failed' | 'asks' | null;
  /** `?refuses`: the server refuses what is taken back. */
  refuses: boolean;
  /** `?idle=`: minutes until the vault locks; fractions allowed. */
  idle: number;
}

export function wishes(search: string): Wishes {
  const query = new URLSearchParams(search);
  const fail = new Map<string, ErrorCode>();
  for (const part of (query.get('fail') ?? '').split(',').filter(Boolean)) {
    const [first, second] = part.split(':');
    fail.set(second ? (first ?? '*') : '*', (second ?? first) as ErrorCode);
  }
  const now = query.get('now');
  const lost = query.get('unreadable')?.split(',').map(Number);
  const number = (name: string) => (query.get(name) === null ? null : Number(query.get(name)));
  return {
    stage: (query.get('stage') as Stage | null) ?? 'open',
    language: query.get('lang') === 'en' ? 'en' : 'da',
    theme: (query.get('theme') as Theme | null) ?? 'system',
    entries: number('entries'),
    events: number('events'),
    networks: number('networks'),
    invitation: query.get('invitation'),
    own: query.get('own') === 'none' ? [] : ['karen@eksempel.dk'],
    source: query.get('source') as ErrorCode | null,
    waiting: number('waiting') ?? 0,
    conflicts: number('conflicts') ?? 0,
    missing: number('missing') ?? 0,
    deleted: number('deleted') ?? 0,
    now: now ? new Date(now) : null,
    fail,
    notice: query.get('notice') as Notice | null,
    trouble: query.get('trouble') as ErrorCode | null,
    keyring: query.get('keyring') !== 'none',
    slow: query.get('keyring') === 'slow',
    synced: query.has('synced'),
    folder: query.get('folder') ?? '/home/karen/Dokumenter/En gammel journal',
    wait: Number(query.get('wait') ?? 0),
    hold: query.has('hold'),
    unreadable: lost ? { entries: lost[0] ?? 0, incomplete: lost[1] ?? 0, attachments: lost[2] ?? 0 } : null,
    sharing: (query.get('sharing') as Wishes['sharing'] | null) ?? 'off',
    changed: query.has('changed'),
    shared: number('shared'),
    failed: query.has('failed'),
    asks: query.get('asks') === 'files' ? 'files' : query.has('asks') ? 'all' : null,
    again: query.get('again') as Wishes['again'],
    refuses: query.has('refuses'),
    idle: Number(query.get('idle') ?? 10),
  };
}
