import { asHostError } from '$lib/error';
import { m } from '$lib/i18n';
import { toast } from '$lib/toast.svelte';

/** Does something, and tells where it was refused. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (thrown) {
    toast({ error: asHostError(thrown) });
    return false;
  }
}

/** Whether a press asks to undo: in no text, which undoes for itself, and not answered by something nearer. */
export function asksToUndo(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return false;
  const target = event.target as HTMLElement;
  return !target.isContentEditable && !target.matches('input:not([type="checkbox"]):not([type="radio"]), textarea');
}

/** Says what was done, with the way back. Gives what undoes it, once. */
export function undoable(text: string, back: () => Promise<void>): () => Promise<void> {
  let undone = false;
  const undo = async () => {
    if (undone) return;
    undone = true;
    dismissed();
    await attempt(back);
  };
  const dismissed = toast({ text, action: { label: m['components.undo'](), run: undo } });
  return undo;
}
