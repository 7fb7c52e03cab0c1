import type { Filter } from '$lib/bindings';

/** What the journal is to do on arrival. Each `go` makes a new object, so that the same wish twice is two wishes. */
export type JournalIntent =
  | { kind: 'browse' }
  | { kind: 'new'; template?: string; body?: string }
  | { kind: 'templates' }
  | { kind: 'entry'; id: string }
  | { kind: 'search'; query?: string }
  | { kind: 'filter'; filter: Filter };

/** The ways to look at the calendar. */
export type CalendarView = 'month' | 'week' | 'day' | 'agenda';

/** The three parts of a meeting, in the order of time. */
export type MeetingPart = 'before' | 'during' | 'after';

/** Where one is in the window. */
export type Place =
  | { name: 'today' }
  | { name: 'journal'; intent: JournalIntent }
  | { name: 'calendar'; view: CalendarView; /** The day in view; none is today. */ day: string | null; /** A file to preview on arrival. */ file?: { path: string } }
  | { name: 'networks'; /** The network in view; none is the list. */ id: string | null }
  | { name: 'meeting'; id: string; /** None is the part that fits the time. */ part: MeetingPart | null }
  | { name: 'shared'; /** The shared network in view; none is all of them. */ room: string | null; /** What is open. */ item: string | null }
  | { name: 'settings' }
  | { name: 'help' };

// Held in memory only: no address ever names an entry.
let place = $state.raw<Place>({ name: 'today' });
// Where the calendar was left, until the journal is locked.
let calendar: { view: CalendarView; day: string | null } = { view: 'week', day: null };

export function here(): Place {
  return place;
}

export function go(next: Place): void {
  place = next;
  if (next.name === 'calendar') calendar = { view: next.view, day: next.day };
}

/** Forgets where one was. */
export function leaveAll(): void {
  go({ name: 'today' });
  calendar = { view: 'week', day: null };
}

/** Opens the journal with a wish. */
export function goJournal(intent: JournalIntent): void {
  go({ name: 'journal', intent });
}

/** Opens the calendar as it was left, or as wished. */
export function goCalendar(wish: { view?: CalendarView; day?: string | null; file?: { path: string } } = {}): void {
  go({ name: 'calendar', ...calendar, ...wish });
}

/** Opens a meeting. */
export function goMeeting(id: string, part: MeetingPart | null = null): void {
  go({ name: 'meeting', id, part });
}

/** Opens a network, or the list of them. */
export function goNetworks(id: string | null = null): void {
  go({ name: 'networks', id });
}

/** Opens what was shared: in one network or in all, and one thing of it. */
export function goShared(room: string | null = null, item: string | null = null): void {
  go({ name: 'shared', room, item });
}
