import type { Language } from '$lib/bindings';
import { language } from '$lib/i18n';

// Days are `YYYY-MM-DD`, moments RFC 3339 with the offset that held where they were written.
// A moment is shown as it was lived: in its own offset, not in the one this computer has now.

const locales: Record<Language, string> = { da: 'da-DK', en: 'en-GB' };

const formats = new Map<string, Intl.DateTimeFormat>();
function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language() + JSON.stringify(options);
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(locales[language()], { ...options, timeZone: 'UTC' })));
  return made;
}

const two = (number: number) => String(number).padStart(2, '0');

/** The local day of a clock's moment. */
export function dayOf(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** A day as a date at noon UTC, so that no zone moves it. */
export function dateOf(day: string): Date {
  return new Date(`${day.slice(0, 10)}T12:00:00Z`);
}

/** Days from one day to another; negative where the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((dateOf(to).getTime() - dateOf(from).getTime()) / 86_400_000);
}

/** The ISO 8601 week number of a day. */
export function weekOf(day: string): number {
  const date = dateOf(day);
  date.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7));
  const first = Date.UTC(date.getUTCFullYear(), 0, 1);
  // A day is its noon: half a day is none.
  return Math.floor((date.getTime() - first) / 86_400_000 / 7) + 1;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** "tirsdag den 24. november"; "Tuesday 24 November". With the year where asked. */
export function longDay(day: string, year = false): string {
  const date = dateOf(day);
  const rest = format({ day: 'numeric', month: 'long', ...(year ? { year: 'numeric' } : {}) }).format(date);
  const weekday = format({ weekday: 'long' }).format(date);
  return language() === 'da' ? `${weekday} den ${rest}` : `${weekday} ${rest}`;
}

/** As `longDay`, at the beginning of a line. */
export function headlineDay(day: string, year = false): string {
  return capital(longDay(day, year));
}

/** "24. november 2026"; "24 November 2026". */
export function plainDay(day: string): string {
  return format({ day: 'numeric', month: 'long', year: 'numeric' }).format(dateOf(day));
}

/** "24. nov.", with the year where it is not this one. */
export function shortDay(day: string, today: string): string {
  const year = day.slice(0, 4) !== today.slice(0, 4);
  return format({ day: 'numeric', month: 'short', ...(year ? { year: 'numeric' } : {}) }).format(dateOf(day));
}

/** "November 2026". `month` is 1 to 12. */
export function monthName(year: number, month: number): string {
  return capital(format({ month: 'long', year: 'numeric' }).format(new Date(Date.UTC(year, month - 1, 15))));
}

/** The weekdays from Monday: "M", "mandag". */
export function weekdays(width: 'narrow' | 'short' | 'long'): string[] {
  return Array.from({ length: 7 }, (_, each) => format({ weekday: width }).format(new Date(Date.UTC(2024, 0, 1 + each))));
}

/** The wall clock of a moment where it was written: "16.40" in Danish, "16:40" in English. */
export function clock(moment: string): string {
  const time = moment.slice(11, 16);
  return language() === 'da' ? time.replace(/^0/, '').replace(':', '.') : time;
}

/** "kl. 16.40"; "at 16:40". */
export function atClock(moment: string): string {
  return (language() === 'da' ? 'kl. ' : 'at ') + clock(moment);
}

/** A whole number in groups: "1.234". */
export function count(number: number): string {
  return new Intl.NumberFormat(locales[language()]).format(number);
}

/** "mandag, onsdag og fredag". */
export function listed(words: string[]): string {
  return new Intl.ListFormat(locales[language()]).format(words);
}
