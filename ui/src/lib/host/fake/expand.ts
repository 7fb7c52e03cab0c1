// A simple expander for looking at the interface; the program's own lives in Rust.
import type { Repeat } from '$lib/bindings';
import { addDays, daysFrom, two, weekdayOf } from './clock';

/** Enough of each series for any view. */
const MOST = 2000;

const lastOf = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

function inMonth(start: string, repeat: Repeat, step: number): string | null {
  const months = Number(start.slice(0, 4)) * 12 + Number(start.slice(5, 7)) - 1 + step;
  const [year, month] = [Math.floor(months / 12), (months % 12) + 1];
  const day = (number: number) => `${year}-${two(month)}-${two(number)}`;
  const last = lastOf(year, month);
  if (repeat.nthWeekday === null) {
    const date = Number(start.slice(8, 10));
    return date > last ? null : day(date) + start.slice(10);
  }
  const wanted = weekdayOf(start);
  const fitting = Array.from({ length: last }, (_, at) => day(at + 1)).filter((one) => weekdayOf(one) === wanted);
  const found = repeat.nthWeekday < 0 ? fitting.at(repeat.nthWeekday) : fitting[repeat.nthWeekday - 1];
  return found ? found + start.slice(10) : null;
}

function* endless(start: string, repeat: Repeat): Generator<string> {
  const every = Math.max(1, repeat.interval);
  for (let turn = 0; turn < MOST * 12; turn++) {
    if (repeat.every === 'day') yield addDays(start, turn * every);
    else if (repeat.every === 'week') {
      const monday = addDays(start, 1 - weekdayOf(start) + turn * every * 7);
      const days = repeat.weekdays.length > 0 ? [...repeat.weekdays].sort((a, b) => a - b) : [weekdayOf(start)];
      for (const day of days) {
        const one = addDays(monday, day - 1);
        if (one >= start) yield one;
      }
    } else {
      const one = inMonth(start, repeat, turn * every * (repeat.every === 'year' ? 12 : 1));
      if (one) yield one;
    }
  }
}

/** The starts of a series up to and with a day. */
export function starts(start: string, repeat: Repeat | null, last: string): string[] {
  if (!repeat) return [start];
  const end = repeat.end;
  const found: string[] = [];
  for (const one of endless(start, repeat)) {
    if (daysFrom(last, one) > 0 || found.length >= MOST) break;
    if (end.kind === 'count' && found.length >= end.times) break;
    if (end.kind === 'until' && one.slice(0, 10) > end.day) break;
    found.push(one);
  }
  return found;
}
