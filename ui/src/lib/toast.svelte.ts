import type { HostError } from '$lib/host';

/** A line that appears for a while: something done, with a way to undo it, or a refusal. */
export interface ToastWish {
  /** What was done, in a few words. */
  text?: string;
  /** A way back, or a next step. */
  action?: { label: string; run: () => void | Promise<void> };
  /** A refused command; its words are found when it is shown. */
  error?: HostError;
}

export interface ShownToast extends ToastWish {
  id: number;
}

let toasts = $state.raw<ShownToast[]>([]);
let last = 0;
// Nothing shows the timers themselves.
// eslint-disable-next-line svelte/prefer-svelte-reactivity
const timers = new Map<number, ReturnType<typeof setTimeout>>();

/** Long enough to read twice and to reach with the keyboard. */
const shownFor = 10_000;

export function shownToasts(): ShownToast[] {
  return toasts;
}

/** Shows a line; returns the way to take it away. Refusals stay until they are closed. */
export function toast(wish: ToastWish): () => void {
  const id = ++last;
  toasts = [...toasts.slice(-2), { ...wish, id }];
  if (!wish.error) hold(id, false);
  return () => dismiss(id);
}

/** Holds a line while somebody is at it, and lets it go again. */
export function hold(id: number, held: boolean): void {
  clearTimeout(timers.get(id));
  if (!held) timers.set(id, setTimeout(() => dismiss(id), shownFor));
}

export function dismiss(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
  toasts = toasts.filter((one) => one.id !== id);
}

export function clearToasts(): void {
  for (const one of toasts) dismiss(one.id);
}
