// How it stands with sharing in a world that does not exist: who is signed in, the rooms, and all that was shared.
import type { ErrorCode, FeedItem, Peer, Reaction, Sending, SharedNetwork, SharingStatus } from '$lib/bindings';
import { HostError, type Host } from '../types';
import { moment } from './clock';
import { bo, feedAtStart, me, OWN, roomsAtStart, SOUTH, thing } from './sharing-data';
import type { Wishes } from './wishes';

/** Milliseconds in which something can be called back. */
export const UNDO = 10_000;

export type SharingWishes = Pick<Wishes, 'sharing' | 'changed' | 'shared' | 'failed' | 'asks' | 'again' | 'refuses'>;

/** A version that others have while a newer one waits. */
type Version = Pick<FeedItem, 'title' | 'body' | 'excerpt' | 'editedAt'>;

export class SharingWorld {
  status: Omit<SharingStatus, 'waiting' | 'failed' | 'unread'> = { account: null, connection: 'off', trouble: null, nextTry: null, identity: 'unknown' };
  rooms: SharedNetwork[] = [];
  items: FeedItem[] = [];
  /** What each reply is to. */
  readonly to = new Map<string, string>();
  /** The entry's title and text when a copy of it was made. */
  readonly source = new Map<string, { title: string; body: string }>();
  /** What others have of a thing of which a new version is not sent. */
  readonly earlier = new Map<string, { version: Version; source: { title: string; body: string } | undefined }>();
  /** What was begun as a reply to what. */
  readonly drafts = new Map<string, string>();
  /** Who may read what was shared, by the thing's id. */
  readonly readers = new Map<string, string[]>();
  readonly ready: Promise<void>;
  made = 0;

  constructor(
    readonly wishes: SharingWishes,
    readonly now: () => Date,
    readonly tell: () => void,
    readonly journal: Pick<Host, 'entryGet' | 'entryPage'>,
  ) {
    if (wishes.sharing !== 'off') this.signIn('https://matrix.eksempel.dk');
    if (wishes.sharing === 'elsewhere') this.status.identity = 'elsewhere';
    if (wishes.sharing === 'signedout') Object.assign(this.status, { connection: 'signedOut', trouble: 'signedOut' });
    if (wishes.sharing === 'offline') Object.assign(this.status, { connection: 'offline', trouble: 'unreachable', nextTry: this.at(8 * 60_000) });
    this.ready = wishes.sharing === 'off' ? Promise.resolve() : this.fill();
  }

  at = (later = 0) => moment(new Date(this.now().getTime() + later));
  id = (kind: string) => `${kind}-new-${++this.made}`;

  signIn(server: string): void {
    this.status = {
      account: { user: me.user, name: me.name, server }, connection: 'online', trouble: null, nextTry: null, identity: 'ready',
    };
  }

  private async fill(): Promise<void> {
    this.rooms = roomsAtStart(this.wishes.changed);
    if (this.wishes.shared === 0) return;
    const first = (await this.journal.entryPage({ kind: 'all' }, 0, 1)).rows[0]?.id ?? null;
    const { items, replies } = feedAtStart(this.now(), first);
    this.items = [...items, ...replies.map(([one]) => one)];
    for (const [one, to] of replies) this.to.set(one.id, to);
    const own = this.items.find((one) => one.id === OWN);
    if (own && first) this.source.set(OWN, { title: own.title, body: own.body });
    for (let each = items.length; each < (this.wishes.shared ?? 0); each++) {
      const sentAt = moment(new Date(this.now().getTime() - (1000 + each * 5) * 3_600_000));
      this.items.push(thing(`f-many-${each}`, items[0]?.sender ?? me, sentAt, { title: `Uge ${each}: en tanke`, body: 'Det samme spørgsmål som sidst, og et lidt andet svar.' }));
    }
    if (this.wishes.sharing === 'offline') {
      const waiting: Sending = { kind: 'waiting', nextTry: this.status.nextTry, trouble: 'unreachable' };
      this.items.push(thing('f-late', me, this.at(-60_000), { title: 'Efter netværksmødet', body: 'Det, jeg tog med hjem: vi har alle den samme samtale, vi udskyder.', sending: waiting, there: false }));
      const late = thing('r-late', me, this.at(-50_000), { kind: 'reply', body: 'Tak. Den tager jeg med.', sending: waiting, there: false });
      this.items.push(late);
      this.to.set(late.id, 'f-unsaid');
    }
    if (this.wishes.asks) {
      this.rooms[0]?.peers.push(bo);
      const there = this.wishes.asks === 'files';
      const files = there ? [{ id: 'd-3', name: 'billede 1.jpg', mediaType: 'image/jpeg', size: 230_000, picture: true }] : [];
      this.items.push(thing('f-asks', me, this.at(-90_000), { title: 'Det svære ved at spørge', body: 'Jeg spurgte for at få ret, og det kunne de høre.', files, sending: { kind: 'asks', newcomers: [bo] }, there }));
      this.readers.set('f-asks', this.readersOf(SOUTH).filter((user) => user !== bo.user));
    }
    if (own && this.wishes.again) {
      if (this.wishes.again === 'asks') this.rooms[0]?.peers.push(bo);
      this.renew(own, { body: `${own.body}\nI dag ville jeg have spurgt.\n` });
      own.sending = {
        waiting: { kind: 'waiting', nextTry: this.status.nextTry, trouble: 'unreachable' } as const,
        failed: { kind: 'failed', trouble: 'serverRefused' } as const,
        asks: { kind: 'asks' as const, newcomers: [bo] },
      }[this.wishes.again];
      this.readers.set(OWN, this.readersOf(SOUTH).filter((user) => user !== bo.user));
    }
    if (this.wishes.failed) {
      this.items.push(thing('f-failed', me, this.at(-90_000), { title: 'Tavlen fra i går', body: 'Se billedet.', sending: { kind: 'failed', trouble: 'aboveServerLimit' }, there: false }));
    }
  }

  /** Refuses what needs a server, where nobody is signed in. */
  needed(): void {
    if (!this.status.account) throw new HostError('notSignedIn');
    if (this.status.connection === 'signedOut') throw new HostError('signedOut');
  }
  /** Refuses what needs the server's answer at once. */
  online(): void {
    this.needed();
    if (this.status.connection === 'offline') throw new HostError('unreachable');
  }

  room(id: string): SharedNetwork {
    const found = this.rooms.find((one) => one.room === id);
    if (!found) throw new HostError('notFound');
    return found;
  }
  item(id: string): FeedItem {
    const found = this.items.find((one) => one.id === id);
    if (!found) throw new HostError('notFound');
    return found;
  }
  peer(user: string): Peer {
    const found = this.rooms.flatMap((one) => one.peers).find((one) => one.user === user);
    if (!found) throw new HostError('noSuchPeer');
    return found;
  }

  /** The addresses of those who can read what is shared in a room. */
  readersOf(room: string): string[] {
    return this.room(room).peers.filter((one) => !one.you && !one.invited && one.trust !== 'noIdentity').map((one) => one.user);
  }

  /** How many wait or failed, and how many are unread. */
  whole(): SharingStatus {
    const sending = (kind: Sending['kind']) => this.items.filter((one) => one.sending?.kind === kind).length;
    return structuredClone({ ...this.status, waiting: sending('waiting') + sending('withdrawing'), failed: sending('failed') + sending('asks'), unread: this.items.filter((one) => one.unread).length });
  }
  shownRoom(id: string): SharedNetwork {
    const room = this.room(id);
    return structuredClone({ ...room, unread: this.items.filter((one) => one.room === id && one.unread).length });
  }
  async shown(id: string): Promise<FeedItem> {
    const one = this.item(id);
    const replies = [...this.to.entries()].filter(([, to]) => to === id).length;
    const source = this.source.get(id);
    const entry = one.entry && source ? await this.journal.entryGet(one.entry).catch(() => null) : null;
    const outdated = entry !== null && source !== undefined && one.state.kind === 'whole' && (entry.title !== source.title || entry.body !== source.body);
    return structuredClone({ ...one, replies, outdated });
  }

  /** Puts something of the leader's in the feed and sends it, at once or after the time for calling it back. */
  put(one: FeedItem, undoable = false): FeedItem {
    one.there = false;
    this.items.push(one);
    this.send(one, undoable);
    return one;
  }
  send(one: FeedItem, undoable = false): void {
    const stopped = this.rooms.find((room) => room.room === one.room)?.stoppedBy.length ?? 0;
    const trouble: ErrorCode | null = stopped > 0 ? 'identityChanged' : this.status.connection === 'online' ? null : 'unreachable';
    const go = () => {
      if (!this.items.includes(one)) return;
      const may = this.readers.get(one.id);
      const newcomers = may ? this.readersOf(one.room).filter((user) => !may.includes(user)).map((user) => this.peer(user)) : [];
      if (newcomers.length > 0) one.sending = { kind: 'asks', newcomers };
      else one.sending = trouble ? { kind: 'waiting', nextTry: this.status.nextTry, trouble } : { kind: 'sent' };
      if (one.sending.kind === 'sent') {
        one.there = true;
        this.earlier.delete(one.id);
      }
      this.tell();
    };
    one.sending = undoable ? { kind: 'undoable', until: this.at(UNDO) } : { kind: 'now' };
    setTimeout(go, undoable ? UNDO : 60);
    this.tell();
  }

  /** Puts a new version in the place of one; what others have is kept until it is sent. */
  renew(one: FeedItem, version: Partial<Version>): void {
    const { title, body, excerpt, editedAt } = one;
    if (one.there && !this.earlier.has(one.id)) this.earlier.set(one.id, { version: { title, body, excerpt, editedAt }, source: this.source.get(one.id) });
    Object.assign(one, version, { editedAt: one.there ? this.at() : editedAt });
  }
  /** Gives up what was not sent: what others have is left, or the thing is nowhere. */
  giveUp(one: FeedItem): void {
    const before = this.earlier.get(one.id);
    if (before) {
      Object.assign(one, before.version, { sending: { kind: 'sent' } });
      if (before.source) this.source.set(one.id, before.source);
    } else if (one.there) {
      Object.assign(one, { files: [], sending: { kind: 'sent' } });
    } else {
      this.items = this.items.filter((each) => each !== one);
      this.to.delete(one.id);
    }
    this.earlier.delete(one.id);
    this.tell();
  }
  /** Takes something back: it is gone here at once, and with the others when the server has done it. */
  takeBack(one: FeedItem): void {
    Object.assign(one, { state: { kind: 'withdrawn', at: this.at() }, title: '', body: '', files: [], reactions: [] });
    this.earlier.delete(one.id);
    if (one.there) return this.end(one);
    one.sending = null;
    this.items = this.items.filter((each) => each !== one);
    this.tell();
  }
  end(one: FeedItem): void {
    one.sending = { kind: 'withdrawing' };
    const go = () => {
      one.sending = this.wishes.refuses ? { kind: 'failed', trouble: 'serverRefused' } : { kind: 'sent' };
      this.tell();
    };
    if (this.status.connection === 'online') setTimeout(go, 60);
    this.tell();
  }

  /** Gives a sign, or takes it back. */
  sign(one: FeedItem, sign: Reaction['sign'], given: boolean): void {
    const there = one.reactions.find((each) => each.sign === sign) ?? { sign, by: [], mine: false };
    const others = there.by.filter((each) => !each.you);
    const by = given ? [...others, me] : others;
    const rest = one.reactions.filter((each) => each.sign !== sign);
    one.reactions = by.length > 0 ? [...rest, { sign, by, mine: given }] : rest;
  }
}

export { me, SOUTH };
