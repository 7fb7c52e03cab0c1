/** Where events stand: side by side within a day, and one above the other across days. */
import type { Occurrence } from '$lib/bindings';
import { daysBetween } from '$lib/time';
import { dayPart, daysOf, minutesOf } from '$lib/time/spans';

/** Minutes that a block takes at least, so that it can be read and pressed. */
export const LEAST = 25;
const DAY = 1440;

/** What tells occurrences apart. */
export function keyOf(one: Pick<Occurrence, 'event' | 'recurrenceId'>): string {
  return `${one.event}|${one.recurrenceId ?? ''}`;
}

/** Whether an occurrence stands among the day-long ones: it is one, or takes a day or more. */
export function isLong(one: Occurrence): boolean {
  if (one.allDay) return true;
  const days = daysBetween(dayPart(one.start), dayPart(one.end));
  return days > 1 || (days === 1 && minutesOf(one.end) >= minutesOf(one.start));
}

/** Whether an occurrence touches a day. */
export function touches(one: Occurrence, day: string): boolean {
  const { first, last } = daysOf(one);
  return first <= day && day <= last;
}

/** A piece of an occurrence across some days that stand beside each other. */
export interface Bar {
  one: Occurrence;
  /** Places among the days, both included. */
  from: number;
  to: number;
  /** How many bars stand above it at most. */
  lane: number;
  /** It began before the first day, or goes on after the last. */
  before: boolean;
  after: boolean;
}

/** Bars for some days, each in the first lane that is free; longer ones first among those that begin together. */
export function bars(occurrences: readonly Occurrence[], days: readonly string[]): Bar[] {
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined) return [];
  const found = occurrences
    .map((one) => ({ one, ...daysOf(one) }))
    .filter((each) => each.first <= last && each.last >= first)
    .map(({ one, first: begins, last: ends }) => ({
      one,
      from: Math.max(0, daysBetween(first, begins)),
      to: Math.min(days.length - 1, daysBetween(first, ends)),
      before: begins < first,
      after: ends > last,
    }))
    .sort((a, b) => a.from - b.from || b.to - a.to || Number(!isLong(a.one)) - Number(!isLong(b.one)));
  const free: number[] = [];
  return found.map((bar) => {
    let lane = free.findIndex((until) => until < bar.from);
    if (lane < 0) lane = free.length;
    free[lane] = bar.to;
    return { ...bar, lane };
  });
}

/** A piece of an occurrence within one day's hours. */
export interface Block {
  one: Occurrence;
  /** Minutes of the day on the clock. */
  top: number;
  bottom: number;
  /** Its place among those that it meets, and how many there are. */
  column: number;
  columns: number;
  before: boolean;
  after: boolean;
}

/** The minutes that an occurrence takes on a day's clock; a day of 23 or 25 hours still shows 24. */
function within(one: Occurrence, day: string): { top: number; bottom: number; before: boolean; after: boolean } {
  const before = dayPart(one.start) < day;
  const after = dayPart(one.end) > day;
  const top = before ? 0 : Math.min(minutesOf(one.start), DAY - LEAST);
  // Where the clock was turned back in between, an end may stand before its start.
  const end = after ? DAY : minutesOf(one.end);
  return { top, bottom: Math.min(DAY, Math.max(end, top + LEAST)), before, after: after && minutesOf(one.end) > 0 };
}

/** The blocks of one day, those that meet side by side. */
export function blocks(occurrences: readonly Occurrence[], day: string): Block[] {
  const found = occurrences
    .filter((one) => !isLong(one) && touches(one, day))
    .map((one) => ({ one, ...within(one, day), column: 0, columns: 1 }))
    .sort((a, b) => a.top - b.top || b.bottom - a.bottom);
  let group: Block[] = [];
  let until = -1;
  const close = () => {
    const columns = 1 + Math.max(0, ...group.map((block) => block.column));
    for (const block of group) block.columns = columns;
    group = [];
  };
  for (const block of found) {
    if (block.top >= until) close();
    const taken = new Set(group.filter((other) => other.bottom > block.top).map((other) => other.column));
    while (taken.has(block.column)) block.column += 1;
    group.push(block);
    until = Math.max(until, block.bottom);
  }
  close();
  return found;
}
