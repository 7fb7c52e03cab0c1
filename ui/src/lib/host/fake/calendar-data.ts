// Fictional calendars of a fictional leader. Days count from today; nobody here exists.
import type { Attendee, Calendar, EventStatus, Repeat, Reply } from '$lib/bindings';
import { addDays, two, weekdayOf } from './clock';
import type { Wishes } from './wishes';

/** An event as the stand-in keeps it: times on the wall clock of the computer. */
export interface FakeEvent {
  id: string;
  calendar: string;
  title: string;
  location: string;
  description: string;
  start: string;
  end: string;
  allDay: boolean;
  zone: string | null;
  repeat: Repeat | null;
  beyond: boolean;
  attendees: Attendee[];
  link: string | null;
  alarms: number[];
  status: EventStatus;
  reply: Reply | null;
  /** Starts of the series at which nothing takes place. */
  without: string[];
  /** Occurrences that differ, by the start that the series gives them. */
  changed: Record<string, Partial<FakeEvent>>;
}

const weekly = (interval = 1, weekdays: number[] = []): Repeat => ({ every: 'week', interval, weekdays, nthWeekday: null, end: { kind: 'never' } });
const monthly = (nthWeekday: number): Repeat => ({ every: 'month', interval: 1, weekdays: [], nthWeekday, end: { kind: 'never' } });

const person = (name: string, reply: Reply, organizer = false): Attendee => ({
  name,
  email: `${name.split(' ')[0]?.toLowerCase()}@eksempel.dk`,
  reply,
  organizer,
});

/** What is asked of the two calendars from elsewhere. */
type Stand = Pick<Wishes, 'source' | 'waiting' | 'conflicts' | 'missing' | 'deleted'>;

export const calendarsAtStart = (now: string, { source, waiting, conflicts, missing, deleted }: Stand): Calendar[] => [
  { id: 'c-work', name: 'Arbejde', colour: 'green', shown: true, kind: 'own', writable: true, events: 9, source: null },
  { id: 'c-home', name: 'Privat', colour: 'violet', shown: true, kind: 'own', writable: true, events: 3, source: null },
  {
    id: 'c-shared',
    name: 'Ledergruppen',
    colour: 'blue',
    shown: true,
    kind: 'calDav',
    writable: true,
    events: 4,
    source: {
      address: 'https://kalender.eksempel.dk/dav/ledergruppen/',
      user: 'karen',
      everyMinutes: 15,
      lastSuccess: now,
      trouble: null,
      waiting,
      conflicts,
      missing,
      deleted,
    },
  },
  {
    id: 'c-outlook',
    name: 'Outlook',
    colour: 'amber',
    shown: true,
    kind: 'subscription',
    writable: false,
    events: 4,
    source: {
      address: 'https://post.eksempel.dk/calendar/karen.ics',
      user: null,
      everyMinutes: 60,
      lastSuccess: source ? `${addDays(now.slice(0, 10), -1)}T16:05:00+01:00` : now,
      trouble: source,
      waiting: 0,
      conflicts: 0,
      missing: 0,
      deleted: 0,
    },
  },
];

/** The events, `today` being the day to count from. */
export function eventsAtStart(today: string): FakeEvent[] {
  const monday = addDays(today, 1 - weekdayOf(today));
  const at = (day: number, time: string) => `${addDays(monday, day)}T${time}`;
  let made = 0;
  const event = (calendar: string, title: string, start: string, end: string, more: Partial<FakeEvent> = {}): FakeEvent => ({
    id: `e-${++made}`,
    calendar,
    title,
    location: '',
    description: '',
    start,
    end,
    allDay: start.length === 10,
    zone: start.length === 10 ? null : 'Europe/Copenhagen',
    repeat: null,
    beyond: false,
    attendees: [],
    link: null,
    alarms: [],
    status: 'confirmed',
    reply: null,
    without: [],
    changed: {},
    ...more,
  });
  const network = [
    person('Birgitte Holm', 'accepted', true),
    person('Mette Skov', 'accepted'),
    person('Jens Aaby', 'accepted'),
    person('Lone Damgaard', 'accepted'),
    person('Poul Enevold', 'accepted'),
    person('Sara Winther', 'accepted'),
    person('Karen Eksempel', 'accepted'),
    person('Ole Frandsen', 'needsAction'),
  ];
  return [
    event('c-outlook', 'Ledernetværk Syd: at lede gennem andre', at(3, '09:00'), at(3, '12:00'), {
      location: 'Rådhuset, lokale 2',
      description:
        'Kære alle\n\nVi mødes igen i lokale 2. Birgitte er vært, og Jens holder tråden.\n\nLæs gerne oplægget først: https://netvaerk.eksempel.dk/at-lede-gennem-andre\n\nHilsen Birgitte',
      attendees: network,
      reply: 'accepted',
      alarms: [15],
    }),
    event('c-outlook', 'Ledernetværk Syd: året, der gik', at(24, '09:00'), at(24, '12:00'), { location: 'Biblioteket', attendees: network, reply: 'needsAction' }),
    event('c-outlook', 'Ledernetværk Syd: spilleregler', at(-25, '09:00'), at(-25, '12:00'), { location: 'Rådhuset, lokale 2', reply: 'accepted' }),
    event('c-work', 'Ugens start', at(-56, '08:30'), at(-56, '09:00'), { repeat: weekly(), location: 'Fællesrummet', zone: 'Europe/Copenhagen' }),
    event('c-work', 'Personalemøde', at(-41, '14:00'), at(-41, '15:30'), { repeat: weekly(2), location: 'Mødelokale 1', alarms: [10] }),
    event('c-work', 'Samtale med M.', at(1, '10:00'), at(1, '11:00'), { alarms: [5] }),
    event('c-work', 'Tilsyn', at(1, '10:30'), at(1, '12:00'), { location: 'Hele huset', status: 'tentative' }),
    event('c-work', 'Tavshed', at(1, '13:00'), at(1, '13:30'), { repeat: weekly(1, [1, 2, 3, 4, 5]), description: 'En halv time uden møder.' }),
    event('c-work', 'MUS med souschefen', at(2, '09:00'), at(2, '10:30'), { location: 'Mit kontor', alarms: [90, 1440] }),
    event('c-work', 'Budgetopfølgning', at(3, '13:00'), at(3, '14:00'), { status: 'cancelled' }),
    event('c-work', 'Kursus: den svære samtale', at(8, '00:00').slice(0, 10), at(10, '00:00').slice(0, 10), { location: 'Vejle' }),
    event('c-work', 'Telefon med London', at(4, '10:00'), at(4, '10:45'), { zone: 'Europe/London' }),
    event('c-shared', 'Ledermøde', at(-48, '09:00'), at(-48, '11:00'), { repeat: weekly(), location: 'Direktionens lokale', attendees: [person('Direktøren', 'accepted', true), person('Karen Eksempel', 'tentative')], reply: 'tentative' }),
    event('c-shared', 'Ledernetværk Nord', at(-40, '13:00'), at(-40, '15:00'), { repeat: monthly(2), location: 'Skolen i Nord' }),
    event('c-shared', 'Strategidage', at(15, '00:00').slice(0, 10), at(17, '00:00').slice(0, 10), { location: 'Kolding' }),
    event('c-shared', 'Rul om vagter', at(-28, '12:00'), at(-28, '12:30'), { repeat: weekly(), beyond: true }),
    event('c-home', 'Kor', at(-49, '19:00'), at(-49, '21:30'), { repeat: weekly(), location: 'Kirken' }),
    event('c-home', 'Mors fødselsdag', at(5, '00:00').slice(0, 10), at(6, '00:00').slice(0, 10), { repeat: { every: 'year', interval: 1, weekdays: [], nthWeekday: null, end: { kind: 'never' } } }),
    event('c-home', 'Nattog til Hamborg', at(4, '22:40'), at(5, '07:15'), { location: 'Perron 2' }),
    event('c-outlook', 'Frokost med skolelederen', at(4, '12:00'), at(4, '13:00'), { location: 'Kantinen' }),
  ];
}

const names = ['Møde', 'Samtale', 'Vagtplan', 'Opfølgning', 'Sparring', 'Tilsyn', 'Budget'];

/** Many more, for seeing how much a view can hold. */
export function manyEvents(today: string, count: number): FakeEvent[] {
  const [pattern] = eventsAtStart(today);
  if (!pattern) return [];
  return Array.from({ length: count }, (_, each) => {
    const day = addDays(today, (each % 60) - 20);
    const hour = 7 + ((each * 7) % 11);
    const start = `${day}T${two(hour)}:${each % 2 ? '30' : '00'}`;
    return { ...pattern, id: `m-${each}`, calendar: 'c-work', title: `${names[each % names.length]} ${each}`, start, end: `${day}T${two(hour + 1)}:30`, attendees: [], reply: null, alarms: [] };
  });
}
