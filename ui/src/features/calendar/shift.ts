/** Moving events by days and minutes on the wall clock, as the form of an event has times. */
import type { Occurrence } from '$lib/bindings';
import { addDays } from '$lib/time/month';
import { LEAST } from './layout';

/** By how much: the whole event, or its end alone. */
export interface Shift {
  days: number;
  minutes: number;
  /** Only the end moves. */
  end?: boolean;
}

/** The time so many days and minutes later, on a clock that is never changed. */
export function later(wall: string, days: number, minutes = 0): string {
  if (wall.length === 10) return addDays(wall, days);
  return new Date(Date.parse(`${wall}Z`) + days * 86_400_000 + minutes * 60_000).toISOString().slice(0, 16);
}

/** A moment or a day as the form has it. */
export function wallOf(moment: string): string {
  return moment.length === 10 ? moment : moment.slice(0, 16);
}

/** Minutes between two times on the clock. */
export function minutesBetween(from: string, to: string): number {
  const at = (wall: string) => Date.parse(wall.length === 10 ? `${wall}T00:00Z` : `${wall}Z`);
  return Math.round((at(to) - at(from)) / 60_000);
}

/** Where an occurrence comes to stand. It never ends before it began. */
export function shifted(one: Pick<Occurrence, 'start' | 'end' | 'allDay'>, by: Shift): { start: string; end: string } {
  const [start, end] = [wallOf(one.start), wallOf(one.end)];
  if (!by.end) return { start: later(start, by.days, by.minutes), end: later(end, by.days, by.minutes) };
  const longer = later(end, by.days, by.minutes);
  const least = one.allDay ? later(start, 1) : later(start, 0, Math.min(LEAST, Math.max(0, minutesBetween(start, end))));
  return { start, end: longer < least ? least : longer };
}

/** An occurrence as it would be there, for showing while it is dragged. */
export function moved(one: Occurrence, by: Shift): Occurrence {
  const { start, end } = shifted(one, by);
  return one.allDay ? { ...one, start, end } : { ...one, start: start + one.start.slice(16), end: end + one.end.slice(16) };
}
