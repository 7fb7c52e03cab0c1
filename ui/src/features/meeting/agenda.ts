/** When each point of an agenda begins. */
import type { AgendaItem } from '$lib/bindings';
import { later } from '$features/calendar/shift';

/** A point with the time at which it begins; none once the minutes of one before it are open. */
export interface Timed extends AgendaItem {
  at: string | null;
}

/** `start` is when the meeting begins: a moment, or a day where it takes whole days. */
export function timed(items: readonly AgendaItem[], start: string): Timed[] {
  let at = start.length > 10 ? start.slice(0, 16) : null;
  return items.map((item) => {
    const mine = at;
    at = at === null || item.minutes === 0 ? null : later(at, 0, item.minutes);
    return { ...item, at: mine };
  });
}

/** The place of the point that is on at a time on the clock; none outside the meeting. */
export function current(items: readonly AgendaItem[], start: string, now: string): number | null {
  const all = timed(items, start);
  let found: number | null = null;
  for (const [place, item] of all.entries()) {
    if (item.at === null || item.at > now) break;
    const end = item.minutes === 0 ? null : later(item.at, 0, item.minutes);
    found = end === null || now < end ? place : null;
  }
  return found;
}
