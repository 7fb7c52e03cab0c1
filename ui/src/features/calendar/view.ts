/** What every view is given, and what it asks for. */
import type { Calendar, Holiday, Occurrence } from '$lib/bindings';
import type { Shift } from './shift';

export interface ViewProps {
  /** The day in view, where the keys are. */
  day: string;
  today: string;
  occurrences: readonly Occurrence[];
  holidays: readonly Holiday[];
  calendarOf: (id: string) => Calendar | undefined;
  /** The keys went to another day. */
  onDay: (day: string) => void;
  onOpen: (one: Occurrence) => void;
  /** `time` is HH:MM; none is the whole day. */
  onCreate: (day: string, time: string | null, minutes?: number) => void;
  onShift: (one: Occurrence, by: Shift) => void;
  onRemove: (one: Occurrence) => void;
  /** Shows a day alone. */
  onShowDay: (day: string) => void;
}

/** The shift that a key asks for on an event; none where the key is another's. */
export function shiftOf(event: KeyboardEvent, up: Shift, down: Shift): Shift | null {
  if (!event.altKey || event.ctrlKey || event.metaKey) return null;
  switch (event.key) {
    case 'ArrowLeft':
      return { days: -1, minutes: 0, end: event.shiftKey };
    case 'ArrowRight':
      return { days: 1, minutes: 0, end: event.shiftKey };
    case 'ArrowUp':
      return { ...up, end: event.shiftKey };
    case 'ArrowDown':
      return { ...down, end: event.shiftKey };
    default:
      return null;
  }
}

/** The name of a day off. */
export function holidayOn(holidays: readonly Holiday[], day: string): string | null {
  return (
    holidays
      .filter((one) => one.day === day)
      .map((one) => one.name)
      .join(', ') || null
  );
}

/** Puts the focus on an event within a node; false where it is not shown. */
export function focusEvent(within: HTMLElement | undefined, key: string, day?: string): boolean {
  const all = [...(within?.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) ?? [])];
  const node = all.find((one) => one.closest<HTMLElement>('[data-day]')?.dataset.day === day) ?? all[0];
  node?.focus();
  return node !== undefined;
}
