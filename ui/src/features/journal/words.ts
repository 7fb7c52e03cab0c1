/** What only the journal says of days and sizes; the rest is in `$lib/time`. */
import type { Span } from '$lib/bindings';
import { language } from '$lib/i18n';
import { longDay, plainDay } from '$lib/time';

/** "tirsdag den 24. november", with the year where it is not this one. */
export function dayFrom(day: string, today: string): string {
  return longDay(day, day.slice(0, 4) !== today.slice(0, 4));
}

/** With the capital letter that a sentence begins with. */
export function sentence(text: string): string {
  return text.charAt(0).toLocaleUpperCase(language()) + text.slice(1);
}

/** "den 24. november"; "on 24 November"; with the year where it is not this one. */
export function onDay(day: string, today: string): string {
  const date = day.slice(0, 4) === today.slice(0, 4) ? plainDay(day).replace(/ \d{4}$/, '') : plainDay(day);
  return `${language() === 'en' ? 'on' : 'den'} ${date}`;
}

/** "24.11.2026" or "24/11/2026", as it is typed. */
export function typedDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return [date, month, year].join(language() === 'en' ? '/' : '.');
}

/** "340 kB", "2,4 MB". */
export function size(bytes: number): string {
  const locale = language() === 'en' ? 'en-GB' : 'da-DK';
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000).toLocaleString(locale)} kB`;
  return `${(bytes / 1_000_000).toLocaleString(locale, { maximumFractionDigits: 1 })} MB`;
}

// Control characters, and marks that turn the direction of what follows.
const UNRULY = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** Text out of a file or an entry on one line, with nothing in it that acts. */
export function tame(text: string): string {
  return text.replace(UNRULY, ' ');
}

/** The same of a text that keeps its lines. */
export function tameLines(text: string): string {
  return text.split(/\r\n?|\n/).map(tame).join('\n');
}

/** Characters that may stand before the first hit where only one line is shown. */
const LEAD = 16;

/** An excerpt that begins shortly before its first hit, at a word, so that one line shows the hit. */
export function inSight(excerpt: readonly Span[]): readonly Span[] {
  const hit = excerpt.findIndex((span) => span.hit);
  const before = excerpt
    .slice(0, hit)
    .map((span) => span.text)
    .join('');
  if (hit < 0 || before.length <= LEAD + 8) return excerpt;
  const kept = before.slice(-LEAD);
  const word = kept.search(/\s\S/);
  return [{ text: `… ${word < 0 ? kept : kept.slice(word + 1)}`, hit: false }, ...excerpt.slice(hit)];
}
