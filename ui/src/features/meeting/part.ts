import type { MeetingRow } from '$lib/bindings';
import { later, wallOf } from '$features/calendar/shift';
import type { MeetingPart } from '$lib/place.svelte';

/** Minutes before its start at which a meeting counts as begun: people come, and open the page. */
const EARLY = 15;

/** The part of a meeting that fits a time on the clock. */
export function fitting(row: Pick<MeetingRow, 'start' | 'end' | 'allDay'>, now: string): MeetingPart {
  if (row.allDay) return now.slice(0, 10) < row.start ? 'before' : now.slice(0, 10) < row.end ? 'during' : 'after';
  if (now < later(wallOf(row.start), 0, -EARLY)) return 'before';
  return now < wallOf(row.end) ? 'during' : 'after';
}
