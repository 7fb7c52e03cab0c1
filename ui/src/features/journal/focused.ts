/** Takes the focus when it comes into the page: a control itself, or the first one within a group. */
export function focused(node: HTMLElement): void {
  const control = node.matches(CONTROLS) ? node : node.querySelector<HTMLElement>(CONTROLS);
  control?.focus({ preventScroll: true });
}

const CONTROLS = 'button:not(:disabled), input:checked, input:not([type="radio"]), textarea, [tabindex="0"]';
