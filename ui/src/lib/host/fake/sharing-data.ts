// What fictional peers shared in a fictional network, and who they are; nobody here exists.
import type { FeedItem, FeedMeeting, Peer, SharedNetwork } from '$lib/bindings';
import { moment } from './clock';

const peer = (user: string, name: string, more: Partial<Peer> = {}): Peer => ({
  user: `@${user}:eksempel.dk`, name, you: false, trust: 'known', strangeComputers: 0, invited: false, organiser: false, ...more,
});

export const me = peer('karen', 'Karen Lund', { you: true, organiser: true });
export const birgitte = peer('birgitte', 'Birgitte Holm', { organiser: true });
export const jens = peer('jens', 'Jens Aaby', { trust: 'notYet', strangeComputers: 1 });
export const lone = peer('lone', 'Lone Damgaard');
export const mette = peer('mette', 'Mette Skov', { trust: 'noIdentity' });
export const poul = peer('poul', 'Poul Enevold', { trust: 'notYet', invited: true });
export const bo = peer('bo', 'Bo Friis', { trust: 'notYet' });
export const sara = peer('sara', 'Sara Winther', { trust: 'notYet' });

export const SOUTH = '!syd:eksempel.dk';
export const WEST = '!vest:eksempel.dk';

/** The shared network at the start, and an invitation to another. */
export function roomsAtStart(changed: boolean): SharedNetwork[] {
  const stranger: Peer = { ...lone, trust: changed ? 'changed' : 'known' };
  return [
    {
      room: SOUTH, network: 'w-south', name: 'Ledernetværk Syd', standing: 'joined', invitedBy: null, federated: false, organiser: true,
      peers: [me, birgitte, jens, stranger, mette, poul], asking: [sara], code: null, unread: 0, stoppedBy: changed ? [stranger] : [],
    },
    {
      room: WEST, network: null, name: 'Skoleledere i Vest', standing: 'invited', federated: true, organiser: false,
      invitedBy: peer('tove', 'Tove Bech', { trust: 'notYet' }),
      peers: [], asking: [], code: null, unread: 0, stoppedBy: [],
    },
  ];
}

/** Rows of a sign that looks like a QR code, the same for the same text; nothing reads it. */
export function looksLikeQr(text: string): string[] {
  const size = 29;
  let seed = [...text].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) >>> 0, 7);
  const chance = () => ((seed = (seed * 1_664_525 + 1_013_904_223) >>> 0) >>> 16) % 2 === 0;
  const corner = (x: number, y: number): boolean | null => {
    for (const [left, top] of [[0, 0], [size - 7, 0], [0, size - 7]] as const) {
      const [dx, dy] = [x - left, y - top];
      if (dx < -1 || dy < -1 || dx > 7 || dy > 7) continue;
      const ring = Math.max(Math.abs(dx - 3), Math.abs(dy - 3));
      return ring === 3 || ring <= 1;
    }
    return null;
  };
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (_, x) => {
      const any = chance();
      return (corner(x, y) ?? any) ? '#' : ' ';
    }).join(''),
  );
}

export const OWN = 'f-own';

/** A thing in the feed with everything that it lacks. */
export function thing(id: string, sender: Peer, sentAt: string, more: Partial<FeedItem>): FeedItem {
  return {
    id, room: SOUTH, kind: 'reflection', sender, sentAt, title: '', body: '', plain: !['reflection', 'contract'].includes(more.kind ?? 'reflection'), day: null, editedAt: null, unread: false,
    state: { kind: 'whole' }, sending: sender.you ? { kind: 'sent' } : null, there: true, replies: 0, reactions: [], files: [], entry: null,
    excerpt: false, outdated: false, meeting: null, promise: null, ...more,
  };
}

const meeting = (now: Date): FeedMeeting => {
  const at = (hours: number) => {
    const date = new Date(now);
    date.setDate(date.getDate() + 23);
    date.setHours(hours, 0, 0, 0);
    return moment(date);
  };
  return {
    title: 'Ledernetværk Syd: året, der gik', start: at(9), end: at(12), allDay: false, location: 'Biblioteket, sal 1',
    description: 'Tag én ting med, der lykkedes.\n\nOplægget ligger her: https://netvaerk.eksempel.dk/aaret', cancelled: false,
    mine: null,
    answers: [
      { peer: birgitte, reply: 'accepted' },
      { peer: jens, reply: 'tentative' },
      { peer: lone, reply: null },
    ],
    event: 'e-2',
  };
};

/** Everything in the feed, and the replies with what they reply to. `own` is the entry that the leader's copy is of. */
export function feedAtStart(now: Date, own: string | null): { items: FeedItem[]; replies: [FeedItem, string][] } {
  const ago = (hours: number) => moment(new Date(now.getTime() - hours * 3_600_000));
  const items = [
    thing('f-unsaid', birgitte, ago(2), {
      title: 'Det, jeg ikke fik sagt',
      body: 'Jeg gik fra mødet med en sætning, jeg ikke fik sagt. Den var til min souschef: *Du gør det bedre end mig.*\n\n## Hvorfor blev den hængende?\n\n- Fordi jeg ville være den, der vidste det.\n- Fordi det var sent.\n\nHvordan siger I den slags i tide?\n',
      unread: true,
      reactions: [{ sign: 'familiar', by: [lone], mine: false }],
      files: [
        { id: 'd-1', name: 'tavlen.jpg', mediaType: 'image/jpeg', size: 412_000, picture: true },
        { id: 'd-2', name: 'fil 2.pdf', mediaType: 'application/pdf', size: 88_000, picture: false },
      ],
    }),
    thing(OWN, me, ago(26), {
      title: 'At give slip på en opgave',
      body: 'Jeg opdagede, at jeg rettede i hendes oplæg, før jeg havde læst det færdigt. Hun sagde ikke noget. Det var **stilheden**, der fik mig til at stoppe.\n',
      entry: own,
      reactions: [{ sign: 'thanks', by: [birgitte, lone], mine: false }],
    }),
    thing('f-meeting', birgitte, ago(30), { kind: 'meeting', title: 'Ledernetværk Syd: året, der gik', meeting: meeting(now), unread: true }),
    thing('f-key', lone, ago(50), { state: { kind: 'waiting', why: null } }),
    thing('f-edited', jens, ago(74), {
      title: 'Vagtplanen, anden gang', day: moment(new Date(now.getTime() - 80 * 3_600_000)).slice(0, 10), editedAt: ago(70),
      body: 'Jeg lovede at lægge den frem på torsdag. Nu har jeg rettet, hvad jeg skrev, for det lød, som om det var deres skyld.\n',
      reactions: [{ sign: 'talk', by: [me], mine: true }],
    }),
    thing('f-promise', jens, ago(98), { kind: 'commitment', title: 'Ring om vagtplanen', promise: { who: 'Jens Aaby', due: ago(-48).slice(0, 10) } }),
    thing('f-rules', birgitte, ago(140), {
      kind: 'contract', title: 'Spilleregler',
      body: '1. Det, der siges her, bliver her.\n2. Vi tager ordet for os selv.\n3. Du må gerne tage en tanke med hjem, når navnene er væk.\n',
      reactions: [{ sign: 'agreed', by: [birgitte, jens], mine: false }],
    }),
    thing('f-other', mette, ago(170), { kind: 'message', body: 'Jeg er *forsinket* torsdag. Begynd bare uden mig.' }),
    thing('f-gone', lone, ago(200), { state: { kind: 'withdrawn', at: ago(190) } }),
    thing('f-removed', jens, ago(230), { state: { kind: 'removed', at: ago(228), by: birgitte } }),
    thing('f-newer', birgitte, ago(260), { state: { kind: 'unreadable' } }),
    thing('f-withheld', birgitte, ago(900), { state: { kind: 'waiting', why: 'withheld' } }),
  ];
  const reply = (id: string, to: string, sender: Peer, hours: number, body: string, more: Partial<FeedItem> = {}): [FeedItem, string] => [
    thing(id, sender, ago(hours), { kind: 'reply', body, ...more }), to,
  ];
  return {
    items,
    replies: [
      reply('r-1', 'f-unsaid', jens, 1.5, 'Jeg skriver den ned samme aften og siger den dagen efter. Så er den også blevet kortere.', { unread: true }),
      reply('r-2', 'f-unsaid', lone, 1, 'Det kender jeg. Jeg øver mig i at sige den på gangen.', { unread: true }),
      reply('r-3', OWN, birgitte, 20, 'Hvad sagde du til hende bagefter?'),
    ],
  };
}
