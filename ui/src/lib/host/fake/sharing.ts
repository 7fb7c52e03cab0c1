// What was shared: the feed, sharing from the journal, withdrawing, and what waits to be sent.
import type { Entry, FeedItem, NameFound, OutboxRow, OutboxWhat, Peer, ShareDraft, ShareFile, SharePreview } from '$lib/bindings';
import { HostError, type Host } from '../types';
import type { NetworkHost } from '../networks';
import type { SharingHost } from '../sharing';
import { thing } from './sharing-data';
import { fakeSharingRooms } from './sharing-rooms';
import { me, SharingWorld, SOUTH, type SharingWishes } from './sharing-world';
import { compare, fold } from './text';

type JournalPart = Pick<Host, 'entryGet' | 'entryPage'>;
type NetworksPart = Pick<NetworkHost, 'networks' | 'networkGet' | 'networkCreate' | 'networkDelete' | 'meetingGet'>;

/** Words with a capital letter where no sentence begins, and the names of peers. */
function names(text: string, inTitle: boolean, peers: readonly Peer[]): NameFound[] {
  const known = new Set(peers.flatMap((one) => one.name.split(' ')));
  const found: NameFound[] = [];
  for (const match of text.matchAll(/\p{Lu}\p{Ll}{2,}/gu)) {
    const [word] = match;
    const bare = word.replace(/s$/, '');
    const member = known.has(word) || known.has(bare);
    const begins = /(^|[.!?:”"]\s*|\n[\s#>*\-\d.[\]x]*)$/.test(text.slice(0, match.index));
    if (!member && begins) continue;
    const ending = word.endsWith('s') && !known.has(word) ? 's' : '';
    found.push({ inTitle, from: match.index, to: match.index + word.length, text: word, initials: `${word.charAt(0)}.${ending}`, why: member ? 'member' : 'capital' });
  }
  return found;
}

/** Sharing in memory, over the journal and the networks. */
export function fakeSharing(wishes: SharingWishes, now: () => Date, tell: () => void, journal: JournalPart, networks: NetworksPart): SharingHost & Pick<NetworkHost, 'networkDelete'> {
  const world = new SharingWorld(wishes, now, tell, journal);

  function files(entry: Entry, draft: ShareDraft): { along: ShareFile[]; left: ShareFile[] } {
    const all = entry.attachments.map((one, at) => ({
      id: one.id, name: `${one.mediaType.startsWith('image/') ? 'billede' : 'fil'} ${at + 1}.${one.name.split('.').at(-1) ?? ''}`,
      mediaType: one.mediaType, size: one.size, stripped: one.mediaType.startsWith('image/'),
    }));
    return { along: all.filter((one) => draft.attachments.includes(one.id)), left: all.filter((one) => !draft.attachments.includes(one.id)) };
  }
  async function preview(draft: ShareDraft): Promise<SharePreview> {
    const room = world.rooms.find((one) => one.room === draft.room);
    const entry = await journal.entryGet(draft.entry);
    const { along, left } = files(entry, draft);
    const body = draft.body.replace(/!?\[[^\]]*\]\(attachment:([\w-]+)\)\n?/g, (all, id: string) => (draft.attachments.includes(id) ? all : ''));
    const others = room?.peers.filter((one) => !one.you && !one.invited) ?? [];
    const large = along.find((one) => one.size > 5_000_000);
    const changed = (room?.stoppedBy.length ?? 0) > 0;
    return {
      title: draft.title, body, day: draft.tellDay ? entry.day : null, attachments: along, leftOut: left,
      readers: others.filter((one) => one.trust === 'known' || one.trust === 'notYet'),
      notReaders: others.filter((one) => one.trust === 'noIdentity' || one.trust === 'changed'),
      names: [...names(draft.title, true, others), ...names(body, false, others)],
      obstacle:
        room?.standing !== 'joined' || !world.status.account
          ? { kind: 'notThere' }
          : body.trim() === '' ? { kind: 'empty' } : large ? { kind: 'tooLarge', limit: 5_000_000 } : changed ? { kind: 'changed' } : null,
    };
  }
  const living = (room: string | null) =>
    world.items
      .filter((one) => (room === null || one.room === room) && (one.there || one.sending?.kind !== 'undoable'))
      .sort((a, b) => Date.parse(b.sentAt) - Date.parse(a.sentAt));
  const page = async (all: FeedItem[], offset: number, limit: number) => ({
    items: await Promise.all(all.slice(offset, offset + limit).map((one) => world.shown(one.id))), total: all.length,
  });
  /** What a reply is to; the thing itself where it is none. */
  const top = (id: string) => world.to.get(id) ?? id;

  return {
    ...fakeSharingRooms(world, networks),

    sharePreview: preview,
    async share(draft, readers) {
      world.needed();
      const whole = await preview(draft);
      if (whole.obstacle) throw new HostError(whole.obstacle.kind === 'changed' ? 'identityChanged' : 'notAllowed');
      const entry = await journal.entryGet(draft.entry);
      const one = thing(world.id('f'), me, world.at(), {
        room: draft.room, title: whole.title, body: whole.body, day: whole.day, entry: draft.entry, excerpt: draft.excerpt,
        files: whole.attachments.map(({ id, name, mediaType, size }) => ({ id, name, mediaType, size, picture: mediaType.startsWith('image/') })),
      });
      world.source.set(one.id, { title: entry.title, body: entry.body });
      world.readers.set(one.id, readers);
      world.put(one, true);
      return world.shown(one.id);
    },
    async shareUndo(id) {
      const one = world.item(id);
      if (one.sending?.kind !== 'undoable') throw new HostError('alreadySent');
      world.giveUp(one);
    },
    async shareDifference(id, draft) {
      const one = world.item(id);
      return { oldTitle: one.title, newTitle: draft.title, lines: compare(one.body, draft.body) };
    },
    async shareAgain(id, draft, readers) {
      world.needed();
      const one = world.item(id);
      const entry = await journal.entryGet(draft.entry);
      world.renew(one, { title: draft.title, body: draft.body, excerpt: draft.excerpt });
      world.source.set(id, { title: entry.title, body: entry.body });
      world.readers.set(id, readers);
      world.send(one, true);
      return world.shown(id);
    },
    async entryShared(entry) {
      await world.ready;
      return Promise.all(world.items.filter((one) => one.entry === entry).map((one) => world.shown(one.id)));
    },

    async feed(room, offset, limit) {
      await world.ready;
      return page(living(room).filter((one) => one.kind !== 'reply'), offset, limit);
    },
    async feedSearch(room, query, offset, limit) {
      await world.ready;
      const words = fold(query).split(/\s+/).filter(Boolean);
      const all = living(room).filter((one) => words.every((word) => fold(`${one.title} ${one.body}`).includes(word)));
      return page(all, offset, limit);
    },
    async feedThread(id) {
      await world.ready;
      const of = top(id);
      const replies = world.items.filter((one) => world.to.get(one.id) === of).sort((a, b) => Date.parse(a.sentAt) - Date.parse(b.sentAt));
      return { item: await world.shown(of), replies: structuredClone(replies), draft: world.drafts.get(of) ?? '' };
    },
    async feedRead(room, id) {
      let any = false;
      for (const one of world.items) {
        if (one.room !== room || !one.unread || (id !== null && one.id !== id && world.to.get(one.id) !== id)) continue;
        one.unread = false;
        any = true;
      }
      if (any) tell();
    },
    async replySend(id, text) {
      world.needed();
      const one = thing(world.id('r'), me, world.at(), { kind: 'reply', room: world.item(id).room, body: text });
      world.to.set(one.id, id);
      world.drafts.delete(id);
      return structuredClone(world.put(one));
    },
    async replyDraftSave(id, text) {
      world.drafts.set(top(world.item(id).id), text);
    },
    async react(id, sign, given) {
      world.needed();
      world.sign(world.item(id), sign, given);
      tell();
      return world.shown(id);
    },
    async withdraw(id) {
      world.needed();
      const one = world.item(id);
      world.takeBack(one);
      return structuredClone(one);
    },
    async itemRemove(id) {
      world.needed();
      const one = world.item(id);
      if (!world.room(one.room).organiser) throw new HostError('notAllowed');
      const gone = { state: { kind: 'removed', at: world.at(), by: me }, title: '', body: '', files: [], reactions: [], unread: false } as const;
      if (world.status.connection === 'online') Object.assign(one, structuredClone(gone));
      else one.sending = { kind: 'withdrawing' };
      tell();
      return world.shown(id);
    },
    async withdrawAll(room) {
      const mine = world.items.filter((one) => one.room === room && one.sender.you && one.state.kind === 'whole');
      for (const one of mine) world.takeBack(one);
      return mine.length;
    },
    sharedFileSave: async (file) => (file === 'd-2' ? '/home/karen/Hentet/fil 2.pdf' : '/home/karen/Hentet/tavlen.jpg'),

    async outbox() {
      await world.ready;
      const what = (one: FeedItem): OutboxWhat => (!one.sender.you ? 'remove' : one.state.kind === 'withdrawn' ? 'withdraw' : one.kind === 'reply' ? 'reply' : one.editedAt ? 'edit' : one.kind === 'meeting' ? 'meeting' : one.kind === 'reflection' ? 'share' : 'tell');
      const open = world.items.filter((one) => one.sending && one.sending.kind !== 'sent' && one.sending.kind !== 'undoable');
      return open.map((one): OutboxRow => {
        const title = one.sender.you ? one.title : '';
        return structuredClone({ id: one.id, item: one.id, network: world.room(one.room).name, what: what(one), title, sending: one.sending ?? { kind: 'now' } });
      });
    },
    async outboxRetry(id) {
      world.online();
      const one = world.item(id);
      if (one.state.kind === 'withdrawn') world.end(one);
      else world.send(one);
    },
    async outboxLetRead(id, users) {
      world.readers.set(id, [...(world.readers.get(id) ?? []), ...users]);
      world.send(world.item(id));
    },
    async outboxDrop(id) {
      const one = world.item(id);
      if (one.sender.you && one.state.kind === 'whole') return world.giveUp(one);
      if (one.sender.you) throw new HostError('stillShared');
      one.sending = null;
      tell();
    },

    async meetingPublish(meeting, room) {
      world.needed();
      const { row, occurrence, description } = await networks.meetingGet(meeting);
      const event = occurrence?.event ?? null;
      const told = world.items.find((one) => event !== null && one.meeting?.event === event && one.room === room && one.sender.you);
      const sent = { title: row.title, start: row.start, end: row.end, allDay: row.allDay, location: row.location, description };
      const called = world.room(room).peers.filter((one) => !one.you && !one.invited);
      if (told?.meeting) {
        Object.assign(told, { title: row.title, editedAt: world.at(), meeting: { ...told.meeting, ...sent, cancelled: false, answers: called.map((peer) => told.meeting?.answers.find((one) => one.peer.user === peer.user) ?? { peer, reply: null }) } });
        world.send(told);
        return world.shown(told.id);
      }
      const answers = called.map((peer) => ({ peer, reply: null }));
      const one = thing(world.id('f'), me, world.at(), { kind: 'meeting', room, title: row.title, meeting: { ...sent, cancelled: false, mine: 'accepted', answers, event } });
      world.put(one);
      return world.shown(one.id);
    },
    async meetingCallOff(id) {
      world.needed();
      const one = world.item(id);
      if (one.meeting) one.meeting.cancelled = true;
      one.editedAt = world.at();
      world.send(one);
      return world.shown(id);
    },
    async meetingAnswer(id, reply) {
      world.needed();
      const one = world.item(id);
      if (one.meeting) one.meeting.mine = reply;
      tell();
      return world.shown(id);
    },
    async commitmentTell(id, room) {
      world.needed();
      const all = await Promise.all((await networks.networks()).map((each) => networks.networkGet(each.id)));
      const promised = all.flatMap((each) => each.commitments).find((each) => each.id === id);
      if (!promised) throw new HostError('notFound');
      const { what, due } = promised.form;
      const one = thing(world.id('f'), me, world.at(), { kind: 'commitment', room, title: what, promise: { who: promised.whoName || me.name, due } });
      world.put(one, true);
      return world.shown(one.id);
    },
    async contractTell(room, text) {
      world.needed();
      const one = thing(world.id('f'), me, world.at(), { kind: 'contract', room, title: 'Spilleregler', body: text });
      world.sign(one, 'agreed', true);
      world.put(one, true);
      return world.shown(one.id);
    },
  };
}

export { SOUTH };
