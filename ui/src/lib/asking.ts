import { flushSync } from 'svelte';

/**
 * Whether a question is open. One that was just answered asks nothing any more, though it is in the page until the
 * next frame, or until the end of the movement that it came with.
 */
export function asking(): boolean {
  flushSync();
  return document.querySelector('[role="dialog"][data-state="open"], [role="alertdialog"][data-state="open"]') !== null;
}
