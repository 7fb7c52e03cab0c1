/**
 * A reply that could not be kept in the store when its thread was left: it stays here, trying again, and a lock waits
 * for it as for any other text.
 */
import type { Autosave } from '$lib/autosave.svelte';
import { register, untilLocked } from '$lib/lock';

interface Kept {
  draft: Autosave<string>;
  release: () => void;
}
// Nothing shows what is kept.
// eslint-disable-next-line svelte/prefer-svelte-reactivity
const kept = new Map<string, Kept>();

/** In a locked journal nothing stays, and to what is gone there is no reply. */
const isOver = ({ state, trouble }: Autosave<string>) => state === 'saved' || trouble === 'locked' || trouble === 'notFound';

/** Saves the reply to a thing that is left, and lets go of it; keeps it where that fails, and calls `missed`. */
export async function leave(item: string, draft: Autosave<string>, missed: () => void): Promise<void> {
  const ways: (() => void)[] = [];
  const mine: Kept = { draft, release: () => ways.splice(0).forEach((end) => end()) };
  const letGo = () => {
    mine.release();
    draft.close();
    if (kept.get(item) === mine) kept.delete(item);
  };
  kept.set(item, mine);
  ways.push(register(() => draft.durable()), untilLocked(letGo));
  const saving = draft.flush();
  // A page that is just going away may begin no effect.
  await Promise.resolve();
  if (kept.get(item) === mine) {
    // It may be saved by a later try of its own.
    const watching = $effect.root(() => {
      $effect(() => {
        if (isOver(draft)) letGo();
      });
    });
    ways.push(watching);
  }
  const saved = await saving;
  if (!saved && !isOver(draft) && kept.get(item) === mine) missed();
}

/** Takes the kept reply to a thing back, to show it. */
export function takeBack(item: string): Autosave<string> | null {
  const found = kept.get(item);
  if (!found) return null;
  found.release();
  kept.delete(item);
  return found.draft;
}
