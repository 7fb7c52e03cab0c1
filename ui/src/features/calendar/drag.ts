/**
 * Moving and resizing by the mouse: what is under the pointer now, against what was under it when it was
 * pressed. The grid's cells say their day and slot in `data-day` and `data-slot`.
 */
import { daysBetween } from '$lib/time';
import type { Shift } from './shift';

/** Pixels before a press becomes a drag. */
const FAR = 5;

interface Cell {
  day: string;
  slot: number | null;
}

function cellAt(x: number, y: number): Cell | null {
  for (const node of document.elementsFromPoint(x, y)) {
    if (node instanceof HTMLElement && node.dataset.day) {
      return { day: node.dataset.day, slot: node.dataset.slot === undefined ? null : Number(node.dataset.slot) };
    }
  }
  return null;
}

/** What a drag tells while it goes on. */
export interface DragTold {
  /** The minutes of one slot. */
  slot: number;
  /** Only the end moves. */
  end: boolean;
  /** Where it would come to stand; none where it would stand as it did. */
  onMove: (by: Shift | null) => void;
  /** It was let go there; none where it was given up or stands as it did. */
  onDrop: (by: Shift | null) => void;
}

/** Begins a drag with a press; a press that never moves stays a click. */
export function drag(event: PointerEvent, told: DragTold): void {
  if (event.button !== 0 || !event.isPrimary) return;
  const from = cellAt(event.clientX, event.clientY);
  if (!from) return;
  let far = false;
  let by: Shift | null = null;

  const moved = (now: PointerEvent) => {
    if (!far && Math.hypot(now.clientX - event.clientX, now.clientY - event.clientY) < FAR) return;
    far = true;
    const at = cellAt(now.clientX, now.clientY);
    if (!at || (at.slot === null) !== (from.slot === null)) return;
    const days = daysBetween(from.day, at.day);
    const minutes = ((at.slot ?? 0) - (from.slot ?? 0)) * told.slot;
    by = days === 0 && minutes === 0 ? null : { days, minutes, end: told.end };
    told.onMove(by);
  };
  const done = (dropped: Shift | null) => {
    window.removeEventListener('pointermove', moved);
    window.removeEventListener('pointerup', up);
    window.removeEventListener('pointercancel', cancel);
    window.removeEventListener('keydown', key, true);
    if (!far) return;
    // The click that follows a drag is none.
    const quiet = (click: MouseEvent) => {
      click.stopPropagation();
      click.preventDefault();
    };
    window.addEventListener('click', quiet, { capture: true, once: true });
    setTimeout(() => window.removeEventListener('click', quiet, { capture: true }));
    told.onDrop(dropped);
  };
  const up = () => done(by);
  const cancel = () => done(null);
  const key = (pressed: KeyboardEvent) => {
    if (pressed.key !== 'Escape') return;
    pressed.stopPropagation();
    cancel();
  };
  window.addEventListener('pointermove', moved);
  window.addEventListener('pointerup', up);
  window.addEventListener('pointercancel', cancel);
  window.addEventListener('keydown', key, true);
}
