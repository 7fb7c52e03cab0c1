/**
 * Spans of time as calendars have them: a start and an exclusive end, both moments or both days. A moment
 * is written with the offset that holds in the computer's zone, so its wall clock stands in its text.
 */
import { language } from '$lib/i18n';
import { clock, longDay, plainDay } from '.';
import { addDays } from './month';

/** What has a start and an end. */
export interface Span {
  start: string;
  end: string;
  allDay: boolean;
}

/** The minutes of the day at which a moment stands on the clock. */
export function minutesOf(moment: string): number {
  return Number(moment.slice(11, 13)) * 60 + Number(moment.slice(14, 16));
}

/** The day of a day or a moment. */
export function dayPart(moment: string): string {
  return moment.slice(0, 10);
}

/** The first and the last day that a span touches. */
export function daysOf({ start, end, allDay }: Span): { first: string; last: string } {
  const first = dayPart(start);
  const exclusive = allDay || minutesOf(end) === 0;
  const last = exclusive ? addDays(dayPart(end), -1) : dayPart(end);
  return { first, last: last < first ? first : last };
}

/** "9.00–12.00"; one time where it takes none. */
export function clockSpan({ start, end }: Span): string {
  return start === end ? clock(start) : `${clock(start)}–${clock(end)}`;
}

/** "kl. 9.00–12.00"; "9:00–12:00". */
export function atClocks(span: Span): string {
  return (language() === 'da' ? 'kl. ' : '') + clockSpan(span);
}

/** "torsdag den 26. november kl. 9.00–12.00", with the year where it is not this one. */
export function when(span: Span, today: string): string {
  const { first, last } = daysOf(span);
  const long = (day: string) => longDay(day, day.slice(0, 4) !== today.slice(0, 4));
  if (span.allDay) return first === last ? long(first) : `${long(first)} – ${long(last)}`;
  if (first === last) return `${long(first)} ${atClocks(span)}`;
  const at = (moment: string) => (language() === 'da' ? 'kl. ' : '') + clock(moment);
  return `${long(first)} ${at(span.start)} – ${long(dayPart(span.end))} ${at(span.end)}`;
}

/** As `when`, at the beginning of a line. */
export function headlineWhen(span: Span, today: string): string {
  const text = when(span, today);
  return text.charAt(0).toLocaleUpperCase(language()) + text.slice(1);
}

/** "24. november – 7. december 2026"; "23.–29. november 2026". */
export function plainSpan(first: string, last: string): string {
  if (first === last) return plainDay(first);
  if (first.slice(0, 7) === last.slice(0, 7)) return `${Number(first.slice(8))}${language() === 'da' ? '.' : ''}–${plainDay(last)}`;
  const sameYear = first.slice(0, 4) === last.slice(0, 4);
  return `${sameYear ? plainDay(first).replace(/ \d{4}$/, '') : plainDay(first)} – ${plainDay(last)}`;
}
