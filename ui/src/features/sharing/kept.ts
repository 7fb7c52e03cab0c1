/**
 * A reply that could not be kept in the store when its thread was left: it stays here, trying again, and a lock waits
 * for it as for any other text.
 */
import type { Autosave } from '$lib/autosave.svelte';
import { register } from '$lib/lock';

const kept = new Map<string, { draft: Autosave<string>; release: () => void }>();

/** Saves the reply to a thing that is left, and lets go of it; keeps it where that fails, and calls `missed`. */
export async function leave(item: string, draft: Autosave<string>, missed: () => void): Promise<void> {
  const mine = { draft, release: register(() => draft.durable()) };
  kept.set(item, mine);
  const saved = await draft.flush();
  if (kept.get(item) !== mine) return;
  // In a locked journal nothing stays, and to what is gone there is no reply.
  if (!saved && draft.trouble !== 'locked' && draft.trouble !== 'notFound') return missed();
  kept.delete(item);
  mine.release();
  draft.close();
}

/** Takes the kept reply to a thing back, to show it. */
export function takeBack(item: string): Autosave<string> | null {
  const found = kept.get(item);
  if (!found) return null;
  found.release();
  kept.delete(item);
  return found.draft;
}
