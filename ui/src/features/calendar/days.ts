/** Which days a view shows, and where a step leads. */
import { m } from '$lib/i18n';
import type { CalendarView } from '$lib/place.svelte';
import { headlineDay, monthName, weekOf } from '$lib/time';
import { addDays, monthOf, shiftDay, weekday } from '$lib/time/month';
import { plainSpan } from '$lib/time/spans';

/** How many days the list of what comes shows. */
export const AHEAD = 42;

/** The Monday of a day's week. */
export function monday(day: string): string {
  return addDays(day, -weekday(day));
}

/** Days in a row. */
export function run(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, each) => addDays(first, each));
}

/** The whole weeks that a month touches. */
export function monthWeeks(day: string): string[][] {
  const first = `${day.slice(0, 7)}-01`;
  const next = shiftDay(first, 1);
  const weeks: string[][] = [];
  for (let at = monday(first); at < next; at = addDays(at, 7)) weeks.push(run(at, 7));
  return weeks;
}

/** The days that a view shows. */
export function shownDays(view: CalendarView, day: string): string[] {
  if (view === 'month') return monthWeeks(day).flat();
  if (view === 'week') return run(monday(day), 7);
  return run(day, view === 'day' ? 1 : AHEAD);
}

/** The day in view one step later, or earlier where `by` is negative. */
export function stepped(view: CalendarView, day: string, by: number): string {
  if (view === 'month') return shiftDay(day, by);
  return addDays(day, by * (view === 'day' ? 1 : view === 'week' ? 7 : AHEAD));
}

/** What a view is called. */
export function called(view: CalendarView, day: string): string {
  if (view === 'month') return monthName(monthOf(day).year, monthOf(day).month);
  if (view === 'week') return m['calendar.title.week']({ week: weekOf(day) });
  if (view === 'day') return headlineDay(day, true);
  return m['calendar.title.agenda']();
}

/** What stands below it. */
export function calledBelow(view: CalendarView, day: string): string {
  if (view === 'week') return plainSpan(monday(day), addDays(monday(day), 6));
  if (view === 'day') return m['calendar.title.week']({ week: weekOf(day) });
  if (view === 'agenda') return plainSpan(day, addDays(day, AHEAD - 1));
  const weeks = monthWeeks(day);
  return m['calendar.title.weeks']({ first: weekOf(weeks[0]?.[0] ?? day), last: weekOf(weeks.at(-1)?.[0] ?? day) });
}
