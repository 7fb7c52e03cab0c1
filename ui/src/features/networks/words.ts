/** What networks say of meetings and promises. */
import type { Commitment, MeetingRow, Parts } from '$lib/bindings';
import { m } from '$lib/i18n';
import { daysBetween, listed, shortDay } from '$lib/time';

/** A meeting's title without its network's name: "At lede gennem andre". */
export function shortTitle(one: Pick<MeetingRow, 'title' | 'networkName'>): string {
  const title = one.title.trim();
  if (title === '') return m['calendar.untitled']();
  if (!title.toLowerCase().startsWith(one.networkName.toLowerCase())) return title;
  const rest = title.slice(one.networkName.length).replace(/^[\s:·,–-]+/, '');
  return rest === '' ? title : rest.charAt(0).toLocaleUpperCase() + rest.slice(1);
}

/** "i morgen", "i dag", "for 2 dage siden", "4. dec.". */
export function dueText(day: string, today: string): string {
  const days = daysBetween(today, day);
  if (days === 0) return m['networks.due.today']();
  if (days === 1) return m['networks.due.tomorrow']();
  if (days === -1) return m['networks.due.yesterday']();
  return days < 0 ? m['networks.due.ago']({ count: -days }) : shortDay(day, today);
}

/** Whether a day is to be looked at: tomorrow or before, while what is due is open. */
export function isNear(one: Commitment, today: string): boolean {
  return one.state === 'open' && one.form.due !== null && daysBetween(today, one.form.due) <= 1;
}

/** The parts of a preparation, in the order in which they stand. */
export const partNames = ['aim', 'questions', 'entries', 'promised', 'agenda'] as const satisfies (keyof Parts)[];

/** How many parts have something in them. */
export function filled(parts: Parts): number {
  return partNames.filter((name) => parts[name]).length;
}

/** The parts that are empty, in words: "dit mål og netværkets spørgsmål". */
export function emptyParts(parts: Parts): string {
  const names = partNames.filter((name) => !parts[name]).map((name) => m[`networks.part.${name}`]());
  return listed(names);
}

/** "om to dage", "i morgen", "i dag": how far a meeting is. */
export function ahead(start: string, today: string): string {
  const days = daysBetween(today, start.slice(0, 10));
  if (days <= 0) return m['networks.due.today']();
  if (days === 1) return m['networks.due.tomorrow']();
  return m['networks.due.inDays']({ count: days });
}
