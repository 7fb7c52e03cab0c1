/**
 * A text that could not be saved when the journal was left. It stays here, trying again, until it is
 * saved or the journal is shown again; a lock waits for it as for any other text.
 */
import { HostError, type Host } from '$lib/host';
import { register } from '$lib/lock';
import type { Draft } from './draft.svelte';

let kept: { draft: Draft; release: () => void } | null = null;

/**
 * Saves a draft, or fails with what kept it from being saved. Where the store holds another text,
 * this one becomes an entry of its own: nobody may be there to be asked.
 */
export async function durable(draft: Draft): Promise<void> {
  if (await draft.flush()) return;
  if (draft.state === 'conflict' && (await draft.separate()) !== null) return;
  throw new HostError(draft.trouble ?? 'internal');
}

/** Puts away an entry in which nothing was left, as `Draft.leaving` says. */
export async function tidy(host: Pick<Host, 'entryTrash' | 'entryPurge'>, draft: Draft): Promise<void> {
  const [id, leaving] = [draft.id, draft.leaving];
  if (id === null || leaving === 'keep') return;
  try {
    await host.entryTrash(id);
    if (leaving === 'forget') await host.entryPurge(id);
  } catch {
    // An empty entry stays in the list: nothing is lost, and the leader can delete it.
  }
}

/** Saves a draft that is left, and lets go of it; keeps it where that fails, and calls `missed`. */
export async function leave(
  host: Pick<Host, 'entryTrash' | 'entryPurge'>,
  draft: Draft,
  missed: () => void,
): Promise<void> {
  const mine = { draft, release: register(() => durable(draft)) };
  kept = mine;
  const saved = await draft.flush();
  if (kept !== mine) return;
  if (!saved && draft.trouble !== 'locked') {
    missed();
    return;
  }
  mine.release();
  kept = null;
  await tidy(host, draft);
  draft.close();
}

/** Takes a kept draft back, to show it. */
export function takeBack(): Draft | null {
  const draft = kept?.draft ?? null;
  kept?.release();
  kept = null;
  return draft;
}
