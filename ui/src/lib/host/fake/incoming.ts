// Calendar files and invitations: what comes from outside.
import type { CalendarPreview, Event, Invitation, InvitationKind, InvitationRefusal } from '$lib/bindings';
import { HostError, type Host } from '../types';
import type { FakeCalendars } from './calendar';
import { addDays, dayOf, moment } from './clock';
import type { Wishes } from './wishes';

type IncomingPart = Pick<
  Host,
  | 'calendarFileChoose' | 'calendarFilePreview' | 'calendarFileTake' | 'calendarFileRun' | 'invitationAccept'
  | 'invitationReplyFile' | 'ownAddresses' | 'ownAddressesSave'
>;

const kinds = ['request', 'update', 'cancel', 'reply', 'counter'];

export function fakeIncoming(calendars: FakeCalendars, wishes: Pick<Wishes, 'invitation' | 'own'>): IncomingPart {
  let imported = false;
  let asked: Event | null = null;
  let own = wishes.own;
  const today = () => dayOf(calendars.now());

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
    const you = own.find((address) => event.attendees.some((one) => one.email === address)) ?? null;
    return { kind, event, from, refused, network: kind === 'request' ? 'w-south' : null, you };
  }

  function preview(name: string): CalendarPreview {
    if (name.includes('bad')) throw new HostError('badFile');
    const invited = wishes.invitation ?? (name.includes('invit') ? 'request' : null);
    if (invited) {
      const one = invitation(invited);
      asked = one.event;
      return { name: null, newEvents: 1, changedEvents: 0, alreadyHere: 0, firstDay: one.event.occurrence.start.slice(0, 10), lastDay: one.event.occurrence.start.slice(0, 10), badLines: [], badLinesTotal: 0, unknownZones: [], invitation: one };
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
      unknownZones: ['Skolens egen tid'],
      invitation: null,
    };
  }

  /** Who she is among those invited is remembered once it was said. */
  function known(you: string | null, attendees: Event['attendees']) {
    if (you !== null && !own.includes(you)) own = [...own, you];
    if (!attendees.some((one) => own.includes(one.email))) throw new HostError('notInvited');
  }

  return {
    calendarFileChoose: async () => '/home/karen/Hentet/skolen.ics',
    calendarFilePreview: async (path) => preview(path),
    calendarFileTake: async (name) => preview(name),
    async calendarFileRun() {
      imported = true;
      return { added: 46, alreadyHere: 3, skipped: 3 };
    },
    async invitationAccept(calendar, reply, you) {
      if (reply !== 'needsAction') known(you, asked?.attendees ?? []);
      if (asked) {
        const { start, end, title, location } = asked.occurrence;
        const { description, attendees } = asked;
        calendars.events.add(
          { calendar, title, location, description, start: start.slice(0, 16), end: end.slice(0, 16), allDay: false, zone: null, repeat: null, alarms: [] },
          { attendees, reply },
        );
      }
      return reply === 'needsAction' ? null : '/home/karen/Dokumenter/svar.ics';
    },
    invitationReplyFile: async (event, _, reply, you) => {
      known(you, calendars.events.get(event).attendees);
      calendars.events.get(event).reply = reply;
      return '/home/karen/Dokumenter/svar.ics';
    },
    ownAddresses: async () => [...own],
    ownAddressesSave: async (addresses) => void (own = addresses),
  };
}
