/** Days and times as people type them. */

const MONTHS = [
  ['jan', 'januar', 'january'],
  ['feb', 'februar', 'february'],
  ['mar', 'marts', 'march'],
  ['apr', 'april'],
  ['maj', 'may'],
  ['jun', 'juni', 'june'],
  ['jul', 'juli', 'july'],
  ['aug', 'august'],
  ['sep', 'sept', 'september'],
  ['okt', 'oktober', 'oct', 'october'],
  ['nov', 'november'],
  ['dec', 'december'],
];

function checked(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const right = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return right && year >= 1000 ? date.toISOString().slice(0, 10) : null;
}

function fullYear(typed: string | undefined, today: string): number {
  if (!typed) return Number(today.slice(0, 4));
  return typed.length <= 2 ? 2000 + Number(typed) : Number(typed);
}

/** The day that "24.11.2026", "24/11", "24. november" or "2026-11-24" means; none where it means none. */
export function readDay(typed: string, today: string): string | null {
  const text = typed.trim().toLowerCase();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return checked(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numbers = /^(\d{1,2})[./\- ]+(\d{1,2})(?:[./\- ]+(\d{2}|\d{4}))?\.?$/.exec(text);
  if (numbers) return checked(fullYear(numbers[3], today), Number(numbers[2]), Number(numbers[1]));
  const words = /^(?:den )?(\d{1,2})\.? ?([a-z]+)\.?(?:,? (\d{2}|\d{4}))?$/.exec(text);
  if (!words) return null;
  const month = MONTHS.findIndex((names) => names.includes(words[2] ?? ''));
  return month < 0 ? null : checked(fullYear(words[3], today), month + 1, Number(words[1]));
}

/** The time that "16.40", "16:40", "1640", "9" or "kl. 9.05" means, as HH:MM; none where it means none. */
export function readTime(typed: string): string | null {
  const found = /^(?:kl\.? ?)?(\d{1,2})(?:[.:]?(\d{2}))?$/.exec(typed.trim().toLowerCase());
  if (!found) return null;
  const [hours, minutes] = [Number(found[1]), Number(found[2] ?? 0)];
  if (hours > 23 || minutes > 59) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
