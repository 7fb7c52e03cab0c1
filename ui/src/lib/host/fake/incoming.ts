// Calendar files, invitations and addresses: what comes from outside.
import type { Calendar, CalendarPreview, Event, Invitation, InvitationKind, InvitationRefusal } from '$lib/bindings';
import { HostError, type Host } from '../types';
import type { FakeCalendars } from './calendar';
import { addDays, dayOf, moment } from './clock';
import type { Wishes } from './wishes';

type IncomingPart = Pick<
  Host,
  | 'calendarFileChoose' | 'calendarFilePreview' | 'calendarFileTake' | 'calendarFileRun' | 'invitationAccept'
  | 'invitationReplyFile' | 'subscriptionAdd' | 'calDavFind' | 'calDavAdd' | 'calendarSync' | 'calendarSetEvery'
  | 'calendarSetAccount' | 'conflicts' | 'conflictResolve' | 'missingConfirm'
>;

const kinds = ['request', 'update', 'cancel', 'reply', 'counter'];

export function fakeIncoming(calendars: FakeCalendars, wishes: Pick<Wishes, 'invitation'>): IncomingPart {
  let imported = false;
  let asked: Event | null = null;
  const today = () => dayOf(calendars.now());
  const stamp = () => moment(calendars.now());

  /** An event out of the calendar, as it would be elsewhere. */
  function like(title: string, day: string, from: string, to: string): Event {
    const wall = (time: string) => moment(new Date(`${day}T${time}`));
    return {
      occurrence: {
        event: '', recurrenceId: null, calendar: '', start: wall(from), end: wall(to), allDay: false, title,
        location: 'Kulturhuset', status: 'confirmed', repeats: false, reply: 'needsAction', meeting: null, network: null,
      },
      description: 'Vi prøver kollegial sparring med tre roller. Tag en sag med.',
      zone: 'Europe/Copenhagen',
      repeat: null,
      repeatBeyondForm: false,
      attendees: [
        { name: 'Birgitte Holm', email: 'birgitte@eksempel.dk', reply: 'accepted', organizer: true },
        { name: 'Karen Eksempel', email: 'karen@eksempel.dk', reply: 'needsAction', organizer: false },
        { name: 'Jens Aaby', email: 'jens@eksempel.dk', reply: 'needsAction', organizer: false },
      ],
      link: null,
      alarms: [],
      writable: true,
    };
  }

  function invitation(wish: string): Invitation {
    const kind = (kinds.includes(wish) ? wish : wish === 'unknownEvent' ? 'cancel' : 'update') as InvitationKind;
    const event = like('Ledernetværk Syd: kollegial sparring', addDays(today(), 9), '13:00', '15:00');
    if (kind === 'cancel') event.occurrence.status = 'cancelled';
    const from = kind === 'reply' || kind === 'counter' ? { name: 'Jens Aaby', email: 'jens@eksempel.dk', reply: 'declined' as const, organizer: false } : null;
    const refused = kinds.includes(wish) ? null : (wish as InvitationRefusal);
    return { kind, event, from, refused, network: kind === 'request' ? 'w-south' : null };
  }

  function preview(name: string): CalendarPreview {
    if (name.includes('bad')) throw new HostError('badFile');
    const invited = wishes.invitation ?? (name.includes('invit') ? 'request' : null);
    if (invited) {
      const one = invitation(invited);
      asked = one.event;
      return { name: null, newEvents: 1, changedEvents: 0, alreadyHere: 0, firstDay: one.event.occurrence.start.slice(0, 10), lastDay: one.event.occurrence.start.slice(0, 10), badLines: [], badLinesTotal: 0, invitation: one };
    }
    return {
      name: 'Skoleåret',
      newEvents: imported ? 0 : 46,
      changedEvents: imported ? 0 : 2,
      alreadyHere: imported ? 51 : 3,
      firstDay: addDays(today(), -100),
      lastDay: null,
      badLines: [
        { line: 214, reason: 'noStart' },
        { line: 388, reason: 'badRule' },
        { line: 902, reason: 'notAnEvent' },
      ],
      badLinesTotal: 3,
      invitation: null,
    };
  }

  function reach(address: string, password: string) {
    if (!/^(https|webcal|http):\/\//i.test(address) || address.includes('fil')) throw new HostError('addressRefused');
    if (address.includes('væk')) throw new HostError('unreachable');
    if (address.includes('side')) throw new HostError('notACalendar');
    if (password === 'forkert') throw new HostError('signInRefused');
  }
  const source = (address: string, user: string, everyMinutes: number) => ({
    address, user: user || null, everyMinutes, lastSuccess: stamp(), trouble: null, waiting: 0, conflicts: 0, missing: 0,
  });
  function synced(id: string, change: Partial<NonNullable<Calendar['source']>>): Calendar {
    const calendar = calendars.get(id);
    if (!calendar.source) throw new HostError('notFound');
    calendar.source = { ...calendar.source, ...change };
    return calendars.copy(id);
  }

  return {
    calendarFileChoose: async () => '/home/karen/Hentet/skolen.ics',
    calendarFilePreview: async (path) => preview(path),
    calendarFileTake: async (name) => preview(name),
    async calendarFileRun() {
      imported = true;
      return { added: 46, alreadyHere: 3, skipped: 3 };
    },
    async invitationAccept(calendar, reply) {
      if (asked) {
        const { start, end, title, location } = asked.occurrence;
        const { description, attendees } = asked;
        calendars.events.add(
          { calendar, title, location, description, start: start.slice(0, 16), end: end.slice(0, 16), allDay: false, zone: null, repeat: null, alarms: [] },
          { attendees, reply },
        );
      }
      return '/home/karen/Dokumenter/svar.ics';
    },
    invitationReplyFile: async (event, _, reply) => {
      calendars.events.get(event).reply = reply;
      return '/home/karen/Dokumenter/svar.ics';
    },
    async subscriptionAdd(name, colour, everyMinutes, account) {
      reach(account.address, account.password);
      return calendars.copy(calendars.add(name, colour, { kind: 'subscription', writable: false, source: source(account.address, account.user, everyMinutes) }).id);
    },
    async calDavFind(account) {
      reach(account.address, account.password);
      return [
        { address: 'https://kalender.eksempel.dk/dav/ledergruppen/', name: 'Ledergruppen', writable: true, here: calendars.all.some((one) => one.kind === 'calDav') },
        { address: 'https://kalender.eksempel.dk/dav/karen/', name: 'Karen', writable: true, here: false },
        { address: 'https://kalender.eksempel.dk/dav/lokaler/', name: 'Lokaler', writable: false, here: false },
      ];
    },
    async calDavAdd(account, addresses, everyMinutes) {
      return addresses.map((address) => {
        const name = address.includes('karen') ? 'Karen' : address.includes('lokaler') ? 'Lokaler' : 'Ledergruppen';
        return calendars.copy(calendars.add(name, 'rose', { kind: 'calDav', writable: name !== 'Lokaler', source: source(address, account.user, everyMinutes) }).id);
      });
    },
    calendarSync: async (id) => synced(id, { lastSuccess: stamp(), trouble: null, waiting: 0 }),
    calendarSetEvery: async (id, everyMinutes) => synced(id, { everyMinutes }),
    async calendarSetAccount(id, account) {
      reach(account.address, account.password);
      return synced(id, { address: account.address, user: account.user || null, trouble: null });
    },
    async conflicts(id) {
      if ((calendars.get(id).source?.conflicts ?? 0) === 0) return [];
      const day = addDays(today(), 6);
      return [{ id: 'x-1', mine: like('Ledermøde, udvidet', day, '09:00', '12:00'), theirs: like('Ledermøde', day, '10:00', '11:00') }];
    },
    async conflictResolve() {
      for (const one of calendars.all) if (one.source) one.source.conflicts = 0;
    },
    missingConfirm: async (id) => synced(id, { missing: 0 }),
  };
}
