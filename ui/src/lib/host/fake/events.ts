// The events of the stand-in: found in a span of days, changed, and brought back.
import type { Event, EventForm, Occurrence, Scope } from '$lib/bindings';
import { HostError } from '../types';
import type { FakeEvent } from './calendar-data';
import { addDays, addMinutes, dayOf, daysFrom, minutesFrom, moment } from './clock';
import { starts } from './expand';

/** What ties an occurrence to a network's meeting. */
export type Ties = (event: string, recurrenceId: string | null) => { meeting: string; network: string } | null;

const length = (event: FakeEvent) =>
  event.allDay ? daysFrom(event.start, event.end) : minutesFrom(event.start, event.end);
const after = (event: FakeEvent, start: string) =>
  event.allDay ? addDays(start, length(event)) : addMinutes(start, length(event));
const shown = (wall: string) => (wall.length === 10 ? wall : moment(new Date(wall)));

/** All events, and what can be done with them. */
export class FakeEvents {
  /** By id. */
  events = new Map<string, FakeEvent>();
  ties: Ties = () => null;
  #made = 0;
  #before = new Map<string, Map<string, FakeEvent>>();

  constructor(events: FakeEvent[]) {
    for (const event of events) this.events.set(event.id, event);
  }

  get(id: string): FakeEvent {
    const event = this.events.get(id);
    if (!event) throw new HostError('notFound');
    return event;
  }

  /** What a series has at one of its starts. */
  #at(event: FakeEvent, start: string): FakeEvent {
    return { ...event, start, end: after(event, start), ...event.changed[start] };
  }

  #occurrence(event: FakeEvent, recurrenceId: string | null): Occurrence {
    const tie = this.ties(event.id, recurrenceId);
    return {
      event: event.id,
      recurrenceId,
      calendar: event.calendar,
      start: shown(event.start),
      end: shown(event.end),
      allDay: event.allDay,
      title: event.title,
      location: event.location,
      status: event.status,
      repeats: event.repeat !== null || event.beyond,
      reply: event.reply,
      meeting: tie?.meeting ?? null,
      network: tie?.network ?? null,
    };
  }

  /** What lies in some days, both included. */
  between(first: string, last: string, calendars: ReadonlySet<string>): Occurrence[] {
    const found: Occurrence[] = [];
    for (const event of this.events.values()) {
      if (!calendars.has(event.calendar)) continue;
      if (!event.repeat) {
        if (event.start.slice(0, 10) <= last && event.end > first) found.push(this.#occurrence(event, null));
        continue;
      }
      for (const start of starts(event.start, event.repeat, last)) {
        if (event.without.includes(start)) continue;
        const one = this.#at(event, start);
        if (one.start.slice(0, 10) <= last && one.end > first) found.push(this.#occurrence(one, start));
      }
    }
    const place = (one: Occurrence) => `${one.start.slice(0, 10)}${one.allDay ? 0 : 1}${one.start}${one.title}`;
    return found.sort((a, b) => (place(a) < place(b) ? -1 : 1));
  }

  find(id: string, recurrenceId: string | null): Occurrence | null {
    const event = this.events.get(id);
    if (!event || (recurrenceId !== null && event.without.includes(recurrenceId))) return null;
    return this.#occurrence(recurrenceId === null ? event : this.#at(event, recurrenceId), recurrenceId);
  }

  whole(id: string, recurrenceId: string | null, writable: (calendar: string) => boolean): Event {
    const series = this.get(id);
    const event = recurrenceId === null ? series : this.#at(series, recurrenceId);
    return {
      occurrence: this.#occurrence(event, recurrenceId),
      description: event.description,
      zone: event.zone,
      repeat: series.beyond ? null : series.repeat,
      repeatBeyondForm: series.beyond,
      attendees: event.attendees,
      link: event.link,
      alarms: event.alarms,
      writable: writable(event.calendar),
    };
  }

  /** Keeps how everything is, so that it can be brought back. */
  keep(): string {
    const undo = `undo-${++this.#made}`;
    this.#before.set(undo, structuredClone(this.events));
    return undo;
  }

  undo(undo: string): void {
    const before = this.#before.get(undo);
    if (!before) throw new HostError('undoGone');
    this.events = before;
  }

  add(form: EventForm, more: Partial<FakeEvent> = {}): FakeEvent {
    const event: FakeEvent = {
      ...form,
      ...this.#onClock(form),
      id: `n-${++this.#made}`,
      beyond: false,
      attendees: [],
      link: null,
      status: 'confirmed',
      reply: null,
      without: [],
      changed: {},
      ...more,
    };
    this.events.set(event.id, event);
    return event;
  }

  /** Zones are left to the program: the stand-in knows one hour between London and here. */
  #onClock(form: EventForm): { start: string; end: string } {
    const by = form.zone === 'Europe/London' && !form.allDay ? 60 : 0;
    return by === 0 ? form : { start: addMinutes(form.start, by), end: addMinutes(form.end, by) };
  }

  change(id: string, recurrenceId: string | null, scope: Scope, form: Partial<FakeEvent>): { event: string; recurrenceId: string | null } {
    const event = this.get(id);
    if (recurrenceId === null || !event.repeat) {
      Object.assign(event, form);
      return { event: id, recurrenceId: null };
    }
    if (scope === 'this') {
      const { repeat: _, ...one } = form;
      event.changed[recurrenceId] = { ...event.changed[recurrenceId], ...one };
      return { event: id, recurrenceId };
    }
    if (scope === 'following') {
      const rest = structuredClone(event);
      this.#cut(event, recurrenceId);
      rest.id = `n-${++this.#made}`;
      Object.assign(rest, { start: recurrenceId, end: after(event, recurrenceId) }, form);
      this.events.set(rest.id, rest);
      return { event: rest.id, recurrenceId: rest.start };
    }
    // The whole series moves by as much as this one did.
    const one = this.#at(event, recurrenceId);
    const { start = one.start, end = one.end, ...rest } = form;
    const by = form.allDay === event.allDay || form.allDay === undefined ? minutesFrom(one.start, start) : 0;
    const move = (wall: string) => (wall.length === 10 ? addDays(wall, by / 1440) : addMinutes(wall, by));
    const first = move(event.start);
    Object.assign(event, rest, { start: first, changed: {} });
    event.end = event.allDay ? addDays(first, daysFrom(start, end)) : addMinutes(first, minutesFrom(start, end));
    event.without = event.without.map(move);
    return { event: id, recurrenceId: move(recurrenceId) };
  }

  remove(id: string, recurrenceId: string | null, scope: Scope): void {
    const event = this.get(id);
    if (recurrenceId === null || scope === 'all' || !event.repeat) this.events.delete(id);
    else if (scope === 'this') event.without.push(recurrenceId);
    else this.#cut(event, recurrenceId);
  }

  #cut(event: FakeEvent, from: string): void {
    if (event.repeat) event.repeat = { ...event.repeat, end: { kind: 'until', day: addDays(from.slice(0, 10), -1) } };
  }

  /** By title and place, from today on first. */
  search(query: string, now: Date, calendars: ReadonlySet<string>): Occurrence[] {
    const today = dayOf(now);
    const words = query.toLowerCase().trim();
    if (!words) return [];
    return this.between(addDays(today, -200), addDays(today, 200), calendars)
      .filter((one) => `${one.title} ${one.location}`.toLowerCase().includes(words))
      .sort((a, b) => Math.abs(daysFrom(today, a.start)) - Math.abs(daysFrom(today, b.start)))
      .slice(0, 100);
  }
}
