import type { Filter } from '$lib/bindings';

/** What the journal is to do on arrival. Each `go` makes a new object, so that the same wish twice is two wishes. */
export type JournalIntent =
  | { kind: 'browse' }
  | { kind: 'new'; template?: string; body?: string }
  | { kind: 'templates' }
  | { kind: 'entry'; id: string }
  | { kind: 'search'; query?: string }
  | { kind: 'filter'; filter: Filter };

/** Where one is in the window. */
export type Place =
  | { name: 'today' }
  | { name: 'journal'; intent: JournalIntent }
  | { name: 'settings' }
  | { name: 'help' };

// Held in memory only: no address ever names an entry.
let place = $state.raw<Place>({ name: 'today' });

export function here(): Place {
  return place;
}

export function go(next: Place): void {
  place = next;
}

/** Opens the journal with a wish. */
export function goJournal(intent: JournalIntent): void {
  go({ name: 'journal', intent });
}
