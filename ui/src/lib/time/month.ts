/** Days and months as calendars need them. Days are `YYYY-MM-DD`. */

/** A month of a year; `month` is 1 to 12. */
export interface Month {
  year: number;
  month: number;
}

const DAY = 86_400_000;

function instant(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** A day as text. */
export function dayText({ year, month }: Month, day: number): string {
  const pad = (number: number, length: number) => String(number).padStart(length, '0');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** The month that a day lies in. */
export function monthOf(day: string): Month {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)) };
}

/** How many days a month has. */
export function length({ year, month }: Month): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The month so many months later, or earlier where `by` is negative. */
export function shift({ year, month }: Month, by: number): Month {
  const months = year * 12 + month - 1 + by;
  return { year: Math.floor(months / 12), month: (((months % 12) + 12) % 12) + 1 };
}

/** The same day so many months later; the last day of that month where it is shorter. */
export function shiftDay(day: string, by: number): string {
  const target = shift(monthOf(day), by);
  return dayText(target, Math.min(Number(day.slice(8, 10)), length(target)));
}

/** The day so many days later. */
export function addDays(day: string, by: number): string {
  return dayOf(instant(day) + by * DAY);
}

/** 0 for Monday to 6 for Sunday. */
export function weekday(day: string): number {
  return (new Date(instant(day)).getUTCDay() + 6) % 7;
}

/**
 * A month's weeks, Monday first, empty outside the month; always six, so that nothing below moves from
 * month to month.
 */
export function weeks(month: Month): (string | null)[][] {
  const lead = weekday(dayText(month, 1));
  const last = length(month);
  return Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (_, place) => {
      const number = week * 7 + place - lead + 1;
      return number >= 1 && number <= last ? dayText(month, number) : null;
    }),
  );
}

/** Where a key of the calendar's grid leads from a day; none where the key is another's. */
export function moved(day: string, key: string, shiftKey: boolean): string | null {
  switch (key) {
    case 'ArrowLeft':
      return addDays(day, -1);
    case 'ArrowRight':
      return addDays(day, 1);
    case 'ArrowUp':
      return addDays(day, -7);
    case 'ArrowDown':
      return addDays(day, 7);
    case 'Home':
      return addDays(day, -weekday(day));
    case 'End':
      return addDays(day, 6 - weekday(day));
    case 'PageUp':
      return shiftDay(day, shiftKey ? -12 : -1);
    case 'PageDown':
      return shiftDay(day, shiftKey ? 12 : 1);
    default:
      return null;
  }
}
