import type { CarriedOver, Commitment, EntryRow, Event, Meeting, MeetingRow, Network, Occurrence, Parts, Promiser, Reminding } from '$lib/bindings';
import type { NetworkHost } from '../networks';
import { HostError, type Host } from '../types';
import type { FakeCalendars } from './calendar';
import { addDays, dayOf, daysFrom, moment } from './clock';
import { commitmentsAtStart, meetingsAtStart, networksAtStart, type FakeMeeting, type FakeNetwork } from './networks-data';
import { parseLine } from './parse-line';
import { row as rowOf } from './text';
import type { Wishes } from './wishes';

type NetworkPart = NetworkHost;
type JournalPart = Pick<Host, 'entryGet' | 'entryPage'>;

/** Networks, meetings and commitments in memory, over the calendars and the journal. */
export function fakeNetworks(calendars: FakeCalendars, journal: JournalPart, wishes: Pick<Wishes, 'networks'>): NetworkPart {
  const none = wishes.networks === 0 || calendars.all.length === 0;
  const today = () => dayOf(calendars.now());
  const networks: FakeNetwork[] = none ? [] : networksAtStart();
  const meetings = new Map((none ? [] : meetingsAtStart(today())).map((one) => [one.id, one]));
  let commitments: Commitment[] = none ? [] : commitmentsAtStart(today());
  const dismissed = new Set<string>();
  const putAway = new Set<string>();
  let reminders: Reminding = { notify: true, daysBefore: [3, 1], commitments: true, namesIt: false };
  let made = 0;

  const key = (event: string, recurrenceId: string | null) => `${event} ${recurrenceId ?? ''}`;
  calendars.events.ties = (event, recurrenceId) => {
    const found = [...meetings.values()].find((one) => key(one.event, one.recurrenceId) === key(event, recurrenceId));
    return found ? { meeting: found.id, network: found.network } : null;
  };
  calendars.meetingsOf = (event, calendar) =>
    [...meetings.values()]
      .filter((one) => one.event === event || (calendar !== null && calendars.events.events.get(one.event)?.calendar === calendar))
      .map(row);

  function network(id: string): FakeNetwork {
    const found = networks.find((one) => one.id === id);
    if (!found) throw new HostError('notFound');
    return found;
  }
  function meeting(id: string): FakeMeeting {
    const found = meetings.get(id);
    if (!found) throw new HostError('notFound');
    return found;
  }
  function commitment(id: string): Commitment {
    const found = commitments.find((one) => one.id === id);
    if (!found) throw new HostError('notFound');
    return found;
  }
  const occurrence = (one: FakeMeeting): Occurrence | null => calendars.events.find(one.event, one.recurrenceId);
  const startOf = (one: FakeMeeting) => occurrence(one)?.start ?? moment(new Date(one.snapshot.start));
  const inOrder = (id: string) => [...meetings.values()].filter((one) => one.network === id).map(row).sort((a, b) => (a.start < b.start ? -1 : 1));

  function promises(one: FakeMeeting, mine: boolean): Commitment[] {
    const starts = [...meetings.values()].filter((other) => other.network === one.network).map(startOf).sort();
    const since = starts.filter((start) => start < startOf(one)).at(-1) ?? '';
    return commitments.filter(
      (each) =>
        each.network === one.network &&
        each.meeting !== one.id &&
        (each.form.who.kind === 'me') === mine &&
        (each.state === 'open' || (each.closedAt ?? '') >= since),
    );
  }
  function parts(one: FakeMeeting): Parts {
    return {
      aim: one.text.aim.trim() !== '',
      questions: one.questions.length > 0 && one.questions.every((each) => each.answer !== '' || each.entry !== null),
      entries: one.entries.length > 0,
      promised: promises(one, true).every((each) => each.state !== 'open'),
      agenda: one.agenda.length > 0,
    };
  }
  function row(one: FakeMeeting): MeetingRow {
    const at = occurrence(one);
    const { form } = network(one.network);
    const { snapshot } = one;
    return {
      id: one.id,
      network: one.network,
      networkName: form.name,
      colour: form.colour,
      title: at?.title ?? snapshot.title,
      start: at?.start ?? moment(new Date(snapshot.start)),
      end: at?.end ?? moment(new Date(snapshot.end)),
      allDay: at?.allDay ?? false,
      location: at?.location ?? snapshot.location,
      detached: at === null,
      cancelled: at?.status === 'cancelled',
      ready: one.ready,
      parts: parts(one),
    };
  }
  /** The first written example stands for an entry that was brought. */
  const first = journal.entryPage({ kind: 'all' }, 0, 1).then((page) => page.rows[0]?.id ?? null);
  const entryId = async (id: string): Promise<string | null> => (id === 'first' ? first : id);
  async function entryRow(id: string | null): Promise<EntryRow | null> {
    const real = id === null ? null : await entryId(id);
    const entry = real === null ? null : await journal.entryGet(real).catch(() => null);
    return entry ? rowOf(entry) : null;
  }
  async function whole(id: string): Promise<Meeting> {
    const one = meeting(id);
    const shown = row(one);
    const order = inOrder(one.network);
    const at = occurrence(one);
    const attendees: Event['attendees'] = at ? calendars.events.get(one.event).attendees : [];
    const entries = (await Promise.all(one.entries.map(entryRow))).filter((each) => each !== null);
    const questions = await Promise.all(
      one.questions.map(async (each) => ({ ...each, entry: each.entry === null ? null : ((await entryRow(each.entry))?.id ?? null) })),
    );
    return structuredClone({
      row: shown,
      occurrence: at,
      description: at ? calendars.events.get(one.event).description : '',
      coming: attendees.filter((each) => each.reply === 'accepted').length,
      unanswered: attendees.filter((each) => each.reply === 'needsAction').length,
      text: one.text,
      host: one.host,
      facilitator: one.facilitator,
      method: one.method,
      agenda: one.agenda,
      questions,
      entries,
      myPromises: promises(one, true),
      theirPromises: promises(one, false),
      madeHere: commitments.filter((each) => each.meeting === id),
      reflection: await entryRow(one.reflection),
      previous: order.filter((each) => each.start < shown.start).at(-1) ?? null,
      next: order.find((each) => each.start > shown.start) ?? null,
      carriedOver: carriedOver(order.filter((each) => each.start < shown.start).at(-1)),
    });
  }
  function carriedOver(before: MeetingRow | undefined): CarriedOver | null {
    const text = before ? meeting(before.id).text.carryOver : '';
    return before && text.trim() !== '' ? { meeting: before.id, day: before.start.slice(0, 10), text } : null;
  }
  const changed = (id: string, change: Partial<FakeMeeting>) => {
    Object.assign(meeting(id), structuredClone(change));
    return whole(id);
  };
  function shownNetwork(id: string): Network {
    const one = network(id);
    const now = moment(calendars.now());
    const all = inOrder(id);
    const rule = one.form.titleContains.toLowerCase();
    const suggestions = rule
      ? calendars.events
          .between(addDays(today(), -60), addDays(today(), 120), calendars.ids(false))
          .filter((each) => each.title.toLowerCase().includes(rule) && each.meeting === null && !dismissed.has(id + key(each.event, each.recurrenceId)))
          .slice(0, 5)
      : [];
    return structuredClone({
      id,
      form: one.form,
      members: [...one.members].sort((a, b) => a.form.name.localeCompare(b.form.name, 'da')),
      coming: all.filter((each) => each.end >= now),
      held: all.filter((each) => each.end < now).reverse(),
      suggestions,
      commitments: commitments
        .filter((each) => each.network === id)
        .sort((a, b) => Number(a.state !== 'open') - Number(b.state !== 'open') || ((a.form.due ?? '9') < (b.form.due ?? '9') ? -1 : 1)),
    });
  }
  const nameOf = (id: string, who: Promiser) =>
    who.kind === 'me' ? '' : who.kind === 'other' ? who.name : (network(id).members.find((one) => one.id === who.id)?.form.name ?? '');

  return {
    async networks() {
      const now = moment(calendars.now());
      return networks.map(({ id, form, members }) => ({
        id,
        name: form.name,
        colour: form.colour,
        members: members.length,
        next: inOrder(id).find((one) => one.end >= now) ?? null,
        openCommitments: commitments.filter((one) => one.network === id && one.state === 'open').length,
      }));
    },
    networkGet: async (id) => shownNetwork(id),
    async networkCreate(form) {
      const id = `w-${++made}`;
      networks.push({ id, form, members: [] });
      return shownNetwork(id);
    },
    async networkChange(id, form) {
      network(id).form = form;
      return shownNetwork(id);
    },
    networkTouches: async (id) => ({ meetings: inOrder(id), commitments: commitments.filter((one) => one.network === id).length }),
    async networkDelete(id) {
      networks.splice(networks.indexOf(network(id)), 1);
      for (const one of [...meetings.values()]) if (one.network === id) meetings.delete(one.id);
      commitments = commitments.filter((one) => one.network !== id);
    },
    async memberAdd(id, form) {
      const member = { id: `p-${++made}`, form };
      network(id).members.push(member);
      return { ...member };
    },
    async memberChange(id, form) {
      const member = networks.flatMap((one) => one.members).find((one) => one.id === id);
      if (!member) throw new HostError('notFound');
      member.form = form;
      return { ...member };
    },
    async memberRemove(id) {
      for (const one of networks) one.members = one.members.filter((member) => member.id !== id);
    },
    async meetingTie(id, event, recurrenceId) {
      const at = calendars.events.find(event, recurrenceId);
      if (!at) throw new HostError('notFound');
      const [pattern] = meetingsAtStart(today());
      const one: FakeMeeting = {
        ...(pattern as FakeMeeting), id: `m-${++made}`, network: id, event, recurrenceId, ready: false, agenda: [],
        snapshot: { title: at.title, start: at.start.slice(0, 16), end: at.end.slice(0, 16), location: at.location },
        text: { aim: '', notes: '', carryOver: '', version: 1 },
      };
      meetings.set(one.id, one);
      return whole(one.id);
    },
    meetingRetie: (id, event, recurrenceId) => changed(id, { event, recurrenceId }),
    suggestionDismiss: async (id, event, recurrenceId) => void dismissed.add(id + key(event, recurrenceId)),
    meetingGet: whole,
    async meetingDelete(id) {
      meetings.delete(meeting(id).id);
    },
    meetingTouches: async (id) => ({ meetings: [], commitments: commitments.filter((one) => one.meeting === id).length }),
    async meetingSave(id, text) {
      const one = meeting(id);
      if (text.version < one.text.version) throw new HostError('changed');
      one.text = { ...text, version: text.version + 1 };
      return one.text.version;
    },
    meetingSetAgenda: (id, agenda) => changed(id, { agenda }),
    meetingSetQuestions: (id, questions) => changed(id, { questions }),
    meetingSetEntries: (id, entries) => changed(id, { entries }),
    meetingSetPeople: (id, host, facilitator, method) => changed(id, { host, facilitator, method }),
    meetingSetReady: (id, ready) => changed(id, { ready }),
    meetingSetReflection: (id, reflection) => changed(id, { reflection }),
    async meetingEntrySuggestions(id) {
      const { rows } = await journal.entryPage({ kind: 'all' }, 0, 8);
      const brought = new Set((await whole(id)).entries.map((one) => one.id));
      const whys = ['words', 'sinceLast', 'tags', 'starred'] as const;
      return rows.filter((one) => !brought.has(one.id)).slice(0, 4).map((one, at) => ({ row: one, why: whys[at] ?? 'words' }));
    },
    meetingMarkdown: async () => '/home/karen/Dokumenter/forberedelse.md',
    async entryMeetings(entry) {
      const found: MeetingRow[] = [];
      for (const one of meetings.values()) {
        const ids = await Promise.all([...one.entries, ...(one.reflection ? [one.reflection] : [])].map(entryId));
        if (ids.includes(entry)) found.push(row(one));
      }
      return found;
    },
    commitmentParse: async (id, line) => parseLine(line, network(id).members, today()),
    async commitmentAdd(id, at, form) {
      const one: Commitment = {
        id: `k-new-${++made}`, network: id, meeting: at, form, whoName: nameOf(id, form.who), state: 'open',
        madeAt: moment(calendars.now()), closedAt: null, history: [],
      };
      commitments.push(one);
      return structuredClone(one);
    },
    async commitmentChange(id, form) {
      const one = commitment(id);
      one.history.unshift({ at: moment(calendars.now()), what: one.form.what, due: one.form.due, state: one.state });
      Object.assign(one, { form, whoName: nameOf(one.network, form.who) });
      return structuredClone(one);
    },
    async commitmentSetState(id, state) {
      const one = commitment(id);
      one.history.unshift({ at: moment(calendars.now()), what: one.form.what, due: one.form.due, state: one.state });
      Object.assign(one, { state, closedAt: state === 'open' ? null : moment(calendars.now()) });
      return structuredClone(one);
    },
    async commitmentDelete(id) {
      commitments = commitments.filter((one) => one !== commitment(id));
    },
    async networkDay(day) {
      const now = moment(calendars.now());
      const coming = [...meetings.values()].map(row).filter((one) => one.end >= now).sort((a, b) => (a.start < b.start ? -1 : 1));
      const open = commitments.filter((one) => one.state === 'open' && one.form.who.kind === 'me');
      return structuredClone({
        next: coming[0] ?? null,
        due: open.filter((one) => one.form.due && daysFrom(day, one.form.due) <= 7).sort((a, b) => ((a.form.due ?? '') < (b.form.due ?? '') ? -1 : 1)),
        open: open.length,
        reminders: coming.filter((one) => daysFrom(day, one.start) <= 3 && !one.ready && !putAway.has(one.id)),
      });
    },
    reminding: async () => structuredClone(reminders),
    remindingSave: async (next) => void (reminders = structuredClone(next)),
    reminderPutAway: async (id) => void putAway.add(id),
  };
}
