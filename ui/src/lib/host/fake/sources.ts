// Calendars from elsewhere: what servers that do not exist would answer.
import type { Calendar, Conflict, Event } from '$lib/bindings';
import { HostError, type Host } from '../types';
import type { FakeCalendars } from './calendar';
import { addDays, dayOf, moment } from './clock';
import type { Wishes } from './wishes';

type SourcesPart = Pick<
  Host,
  | 'subscriptionAdd' | 'calDavFind' | 'calDavAdd' | 'calendarSync' | 'calendarSetEvery' | 'calendarSetAccount'
  | 'conflicts' | 'conflictResolve' | 'missingConfirm' | 'deletedConfirm'
>;

const SERVER = 'https://kalender.eksempel.dk/dav/';
const remote = [
  { address: `${SERVER}ledergruppen/`, name: 'Ledergruppen', writable: true },
  { address: `${SERVER}karen/`, name: 'Karen', writable: true },
  { address: `${SERVER}lokaler/`, name: 'Lokaler', writable: false },
];

/** Addresses and passwords by which a test says what the server answers. */
function reach(address: string, user: string, password: string) {
  if (!/^(https|webcal):\/\//i.test(address) && !/^[\w.-]+\.\w+$/.test(address)) throw new HostError('addressRefused');
  if (address.includes('fejl')) throw new HostError('serverRefused');
  if (address.includes('falsk')) throw new HostError('certificateBad');
  if (address.includes('borte')) throw new HostError('unreachable');
  if (address.includes('side')) throw new HostError('notACalendar');
  if (password === 'forkert' || (address.includes('lukket') && user === '')) throw new HostError('signInRefused');
}

export function fakeSources(calendars: FakeCalendars, wishes: Pick<Wishes, 'source' | 'conflicts'>, now: () => Date): SourcesPart {
  const stamp = () => moment(now());
  const source = (address: string, user: string, everyMinutes: number) => ({
    address, user: user || null, everyMinutes, lastSuccess: stamp(), trouble: null, waiting: 0, conflicts: 0, missing: 0, deleted: 0,
  });
  function changed(id: string, change: Partial<NonNullable<Calendar['source']>>): Calendar {
    const calendar = calendars.get(id);
    if (!calendar.source) throw new HostError('notFound');
    calendar.source = { ...calendar.source, ...change };
    return calendars.copy(id);
  }

  function side(title: string, from: string, to: string, more: Partial<Event> & { location?: string } = {}): Event {
    const day = addDays(dayOf(now()), 6);
    const { location = 'Direktionens lokale', ...rest } = more;
    const at = (time: string) => moment(new Date(`${day}T${time}`));
    return {
      occurrence: {
        event: '', recurrenceId: null, calendar: 'c-shared', start: at(from), end: at(to), allDay: false, title, location,
        status: 'confirmed', repeats: false, reply: null, meeting: null, network: null,
      },
      description: 'Vi ser på budgettet for næste år. Tag jeres tal med.',
      zone: 'Europe/Copenhagen', repeat: null, repeatBeyondForm: false, attendees: [], link: null, alarms: [15], writable: true,
      ...rest,
    };
  }
  const all: Conflict[] = [
    {
      id: 'x-1',
      mine: side('Ledermøde, udvidet', '09:00', '12:00'),
      theirs: side('Ledermøde', '10:00', '11:00', { description: 'Vi ser på budgettet for næste år. Direktøren tager tallene med.' }),
    },
    { id: 'x-2', mine: null, theirs: side('Strategidag', '09:00', '15:00', { location: 'Kolding' }) },
    { id: 'x-3', mine: side('Frokost med skolelederen', '12:00', '13:00', { location: 'Kantinen' }), theirs: null },
    { id: 'x-4', mine: side('Tilsyn', '10:00', '11:00'), theirs: side('Tilsyn', '10:00', '11:00') },
  ];
  let open = all.slice(0, wishes.conflicts);

  return {
    async subscriptionAdd(name, colour, everyMinutes, account) {
      reach(account.address, account.user, account.password);
      const made = calendars.add(name, colour, { kind: 'subscription', writable: false, source: source(account.address, account.user, everyMinutes) });
      return calendars.copy(made.id);
    },
    async calDavFind(account) {
      reach(account.address, account.user, account.password);
      if (account.user === 'tom') return [];
      return remote.map((one) => ({ ...one, here: calendars.all.some((each) => each.source?.address === one.address) }));
    },
    async calDavAdd(account, addresses, everyMinutes) {
      const chosen = remote.filter((one) => addresses.includes(one.address));
      return chosen.map(({ address, name, writable }) =>
        calendars.copy(calendars.add(name, 'rose', { kind: 'calDav', writable, source: source(address, account.user, everyMinutes) }).id),
      );
    },
    async calendarSync(id) {
      // What was wished for stays wrong until the address or the password is another.
      const trouble = calendars.get(id).source?.trouble ?? null;
      return trouble && wishes.source ? changed(id, { trouble }) : changed(id, { lastSuccess: stamp(), trouble: null, waiting: 0 });
    },
    calendarSetEvery: async (id, everyMinutes) => changed(id, { everyMinutes }),
    async calendarSetAccount(id, account) {
      reach(account.address, account.user, account.password);
      return changed(id, { address: account.address, user: account.user || null, trouble: null, lastSuccess: stamp() });
    },
    async conflicts(id) {
      return calendars.get(id).kind === 'calDav' ? structuredClone(open) : [];
    },
    async conflictResolve(conflict) {
      open = open.filter((one) => one.id !== conflict);
      for (const one of calendars.all) if (one.source && one.source.conflicts > 0) one.source.conflicts = open.length;
    },
    missingConfirm: async (id) => changed(id, { missing: 0 }),
    deletedConfirm: async (id) => changed(id, { deleted: 0 }),
  };
}
