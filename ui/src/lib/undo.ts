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
