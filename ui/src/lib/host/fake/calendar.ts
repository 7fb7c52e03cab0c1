import type { Calendar, Colour, Language, MeetingRow, Touched } from '$lib/bindings';
import { HostError, type Host } from '../types';
import { calendarsAtStart, eventsAtStart, manyEvents } from './calendar-data';
import { dayOf, moment } from './clock';
import { FakeEvents } from './events';
import { holidays } from './holidays';
import type { Wishes } from './wishes';

type CalendarPart = Pick<
  Host,
  | 'calendars' | 'calendarCreate' | 'calendarChange' | 'calendarDelete' | 'calendarTouches' | 'calendarView'
  | 'calendarSearch' | 'eventGet' | 'eventCreate' | 'eventChange' | 'eventMove' | 'eventDelete' | 'eventTouches'
  | 'calendarUndo' | 'calendarExport'
>;

/** The calendars in memory: what the other parts of the stand-in also ask of. */
export class FakeCalendars {
  readonly all: Calendar[];
  readonly events: FakeEvents;
  /** The meetings that something in the calendar is; set by the networks. */
  meetingsOf: (event: string | null, calendar: string | null) => MeetingRow[] = () => [];
  #made = 0;

  constructor(
    wishes: Pick<Wishes, 'events' | 'source' | 'waiting' | 'conflicts' | 'missing' | 'deleted'>,
    readonly now: () => Date,
  ) {
    const today = dayOf(now());
    const empty = wishes.events === 0;
    this.all = empty ? [] : calendarsAtStart(moment(now()), wishes);
    this.events = new FakeEvents(empty ? [] : [...eventsAtStart(today), ...manyEvents(today, wishes.events ?? 0)]);
  }

  get(id: string): Calendar {
    const found = this.all.find((one) => one.id === id);
    if (!found) throw new HostError('notFound');
    return found;
  }

  add(name: string, colour: Colour, more: Partial<Calendar> = {}): Calendar {
    const made: Calendar = { id: `c-${++this.#made}`, name, colour, shown: true, kind: 'own', writable: true, events: 0, source: null, ...more };
    this.all.push(made);
    return made;
  }

  copy(id: string): Calendar {
    const calendar = this.get(id);
    const events = [...this.events.events.values()].filter((event) => event.calendar === id).length;
    return structuredClone({ ...calendar, events });
  }

  ids(shown: boolean): Set<string> {
    return new Set(this.all.filter((one) => one.shown || !shown).map((one) => one.id));
  }
}

export function fakeCalendar(calendars: FakeCalendars, language: () => Language): CalendarPart {
  const { events } = calendars;
  const touched = (meetings: MeetingRow[]): Touched => ({ meetings, commitments: meetings.length * 2 });
  const writable = (id: string) => calendars.get(id).writable;
  function mayChange(calendar: string) {
    if (!writable(calendar)) throw new HostError('calendarReadOnly');
  }

  return {
    calendars: async () => calendars.all.map((one) => calendars.copy(one.id)),
    calendarCreate: async (name, colour) => calendars.copy(calendars.add(name, colour).id),
    async calendarChange(id, name, colour, shown) {
      Object.assign(calendars.get(id), { name, colour, shown });
      return calendars.copy(id);
    },
    async calendarDelete(id) {
      calendars.all.splice(calendars.all.indexOf(calendars.get(id)), 1);
      for (const event of [...calendars.events.events.values()]) {
        if (event.calendar === id) calendars.events.events.delete(event.id);
      }
    },
    calendarTouches: async (id) => touched(calendars.meetingsOf(null, id)),
    async calendarView(first, last) {
      return {
        occurrences: events.between(first, last, calendars.ids(true)),
        holidays: holidays(first, last, language()),
        shownUpTo: null,
      };
    },
    calendarSearch: async (query) => events.search(query, calendars.now(), calendars.ids(false)),
    eventGet: async (event, recurrenceId) => structuredClone(events.whole(event, recurrenceId, writable)),
    async eventCreate(form) {
      mayChange(form.calendar);
      const undo = events.keep();
      const made = events.add(form);
      return { event: made.id, recurrenceId: made.repeat ? made.start : null, undo };
    },
    async eventChange(event, recurrenceId, scope, form) {
      mayChange(events.get(event).calendar);
      const undo = events.keep();
      const { zone, ...rest } = form;
      const kept = events.get(event).beyond ? { repeat: events.get(event).repeat } : {};
      return { ...events.change(event, recurrenceId, scope, { ...rest, zone, ...kept }), undo };
    },
    async eventMove(event, recurrenceId, scope, start, end) {
      mayChange(events.get(event).calendar);
      const undo = events.keep();
      return { ...events.change(event, recurrenceId, scope, { start, end, allDay: start.length === 10 }), undo };
    },
    async eventDelete(event, recurrenceId, scope) {
      mayChange(events.get(event).calendar);
      const undo = events.keep();
      events.remove(event, recurrenceId, scope);
      return { event: null, recurrenceId: null, undo };
    },
    eventTouches: async (event) => touched(calendars.meetingsOf(event, null)),
    calendarUndo: async (undo) => events.undo(undo),
    calendarExport: async (calendar) => `/home/karen/Dokumenter/${calendar ? calendars.get(calendar).name : 'Kalender'}.ics`,
  };
}
