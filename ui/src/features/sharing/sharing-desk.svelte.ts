import type { FeedItem, NameFound, ShareDifference, ShareDraft, SharedNetwork, SharePreview } from '$lib/bindings';
import { asHostError } from '$lib/error';
import type { Host, HostError } from '$lib/host';
import { excerptAgain } from './excerpt';

/** What is to be shared, as the journal has it. */
export interface Original {
  entry: string;
  title: string;
  body: string;
  /** What is selected in the text; empty where nothing is. */
  selection: string;
}

/** A name in the text, wherever it stands there. */
export interface Named {
  text: string;
  initials: string;
  member: boolean;
  found: NameFound[];
}

const TEXTS = ['title', 'excerpt', 'whole'] as const;
type Texts = Record<(typeof TEXTS)[number], string>;

/** A name that was written as initials, and what that made of what. */
interface Replaced {
  named: Named;
  before: Texts;
  after: Texts;
}

/** Milliseconds after the last key until it is asked what would leave. */
const REST = 200;

const quoted = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A text with a name written as initials, wherever it stands as a word of its own. */
export function withInitials(text: string, name: string, initials: string): string {
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${quoted(name)}(?![\\p{L}\\p{N}])`, 'gu'), () => initials);
}

/** The words of a text. */
export function wordsIn(text: string): number {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu)?.length ?? 0;
}

/** What is about to be shared: chosen here, and shown as the program says that it would leave. */
export class ShareDesk {
  room: SharedNetwork | null = $state.raw(null);
  part: 'excerpt' | 'whole' = $state('whole');
  /** There is a part that can be chosen; empty, where the one that was shared is not found any more. */
  readonly excerpted: boolean;
  title = $state('');
  excerpt = $state('');
  whole = $state('');
  tellDay = $state(false);
  attachments: string[] = $state.raw([]);
  preview: SharePreview | null = $state.raw(null);
  difference: ShareDifference | null = $state.raw(null);
  trouble: HostError | null = $state.raw(null);
  /** What is shown is older than what is chosen. */
  stale = $state(true);
  replaced: Replaced[] = $state.raw([]);

  readonly #host: Pick<Host, 'sharePreview' | 'shareDifference' | 'share' | 'shareAgain'>;
  readonly #original: Original;
  readonly #again: FeedItem | null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #round = 0;

  constructor(host: Pick<Host, 'sharePreview' | 'shareDifference' | 'share' | 'shareAgain'>, original: Original, again: FeedItem | null) {
    this.#host = host;
    this.#original = original;
    this.#again = again;
    this.title = original.title;
    this.whole = original.body;
    // Where a part was shared, another time is for the part as well.
    const found = again?.excerpt && original.selection.trim() === '' ? excerptAgain(again.body, original.body) : null;
    this.excerpt = found ?? original.selection;
    this.excerpted = found !== null || original.selection.trim() !== '';
    this.part = this.excerpted ? 'excerpt' : 'whole';
    this.tellDay = again?.day != null;
  }

  get body(): string {
    return this.part === 'excerpt' ? this.excerpt : this.whole;
  }

  /** The names in what would leave, each once. */
  get names(): Named[] {
    const all: Named[] = [];
    for (const one of this.preview?.names ?? []) {
      const there = all.find((each) => each.text === one.text);
      if (there) there.found.push(one);
      else all.push({ text: one.text, initials: one.initials, member: one.why === 'member', found: [one] });
    }
    return all;
  }

  /** Whether what is shown is what would leave, and nothing is in the way. */
  get ready(): boolean {
    return !this.stale && this.preview !== null && this.preview.obstacle === null;
  }

  draft(room: string): ShareDraft {
    const { title, body, tellDay, attachments } = this;
    const excerpt = this.part === 'excerpt';
    return { entry: this.#original.entry, room, title, body, excerpt, tellDay, attachments: [...attachments] };
  }

  /** Asks what would leave, at once or when the typing rests. */
  ask(rests = false): void {
    clearTimeout(this.#timer);
    this.stale = true;
    const round = ++this.#round;
    if (!this.room) return;
    const draft = this.draft(this.room.room);
    this.#timer = setTimeout(() => void this.#ask(draft, round), rests ? REST : 0);
  }

  async #ask(draft: ShareDraft, round: number): Promise<void> {
    try {
      const preview = await this.#host.sharePreview(draft);
      const difference = this.#again ? await this.#host.shareDifference(this.#again.id, draft) : null;
      if (round !== this.#round) return;
      this.preview = preview;
      this.difference = difference;
      this.trouble = null;
      this.stale = false;
    } catch (thrown) {
      if (round === this.#round) this.trouble = asHostError(thrown);
    }
  }

  /** Writes a name as initials, wherever it stands. */
  replace(named: Named): void {
    const { title, excerpt, whole } = this;
    const shorter = (text: string) => withInitials(text, named.text, named.initials);
    const after = { title: shorter(title), excerpt: shorter(excerpt), whole: shorter(whole) };
    this.replaced = [...this.replaced, { named, before: { title, excerpt, whole }, after }];
    Object.assign(this, after);
    this.ask();
  }

  /** Takes the last replacing back, but nothing that was written since; gives the name. */
  takeBack(): string | null {
    const last = this.replaced.at(-1);
    if (!last) return null;
    this.replaced = this.replaced.slice(0, -1);
    for (const each of TEXTS) if (this[each] === last.after[each]) this[each] = last.before[each];
    this.ask();
    return last.named.text;
  }

  /** Shares exactly what is shown; null where that is not what is chosen. */
  async share(): Promise<FeedItem | null> {
    if (!this.ready || !this.room || !this.preview) return null;
    const draft = this.draft(this.room.room);
    // Whoever comes meanwhile was not shown to her.
    const readers = this.preview.readers.map((one) => one.user);
    return this.#again ? this.#host.shareAgain(this.#again.id, draft, readers) : this.#host.share(draft, readers);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#round += 1;
  }
}
