import { tick } from 'svelte';

/**
 * Takes the focus when it comes into the page: a control itself, or the first one within a group.
 *
 * Not before all of what came is in the page: a dialog notes by then who had the focus, to give it
 * back at its end.
 */
export function focused(node: HTMLElement): void {
  void tick().then(() => {
    const control = node.matches(CONTROLS) ? node : node.querySelector<HTMLElement>(CONTROLS);
    control?.focus({ preventScroll: true });
  });
}

const CONTROLS = 'button:not(:disabled), input:checked, input:not([type="radio"]), textarea, [tabindex="0"]';
