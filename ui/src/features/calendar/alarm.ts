import { m } from '$lib/i18n';

/** The reminders that the form offers, in minutes before the start. */
const offered = [0, 5, 10, 15, 30, 60, 1440, 2880];

/** No reminder, where the list of them needs a value for it. */
export const NONE = -1;

/** "15 minutter før", "2 dage før", "90 minutter før": in the largest unit that says it exactly. */
export function alarmWords(minutes: number, allDay: boolean): string {
  if (minutes === 0) return allDay ? m['calendar.alarm.atDay']() : m['calendar.alarm.atStart']();
  if (minutes % 1440 === 0) return m['calendar.alarm.days']({ count: minutes / 1440 });
  if (minutes % 60 === 0) return m['calendar.alarm.hours']({ count: minutes / 60 });
  return m['calendar.alarm.minutes']({ count: minutes });
}

/** What one reminder can be, without what the others are; the one in force is always among them. */
export function alarmOptions(inForce: number, others: readonly number[], allDay: boolean): { value: number; label: string }[] {
  return [
    { value: NONE, label: m['calendar.alarm.none']() },
    ...[...new Set([...offered, ...(inForce === NONE ? [] : [inForce])])]
      .filter((value) => value === inForce || !others.includes(value))
      .sort((a, b) => a - b)
      .map((value) => ({ value, label: alarmWords(value, allDay) })),
  ];
}
