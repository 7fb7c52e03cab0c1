/**
 * A text that could not be saved when the journal was left. It stays here, trying again, until it is
 * saved or the journal is shown again; a lock waits for it as for any other text.
 */
import { HostError } from '$lib/host';
import { register } from '$lib/lock';
import type { Draft } from './draft.svelte';

let kept: { draft: Draft; release: () => void } | null = null;

/** Saves a draft, or fails with what kept it from being saved. */
export async function durable(draft: Draft): Promise<void> {
  if (!(await draft.flush())) throw new HostError(draft.trouble ?? 'internal');
}

/** Saves a draft that is left; keeps it where that fails, and calls `missed`. */
export async function leave(draft: Draft, missed: () => void): Promise<void> {
  if (!draft.unsaved) {
    draft.close();
    return;
  }
  const release = register(() => durable(draft));
  kept = { draft, release };
  if (await draft.flush()) {
    release();
    if (kept?.draft === draft) {
      kept = null;
      draft.close();
    }
  } else {
    missed();
  }
}

/** Takes a kept draft back, to show it. */
export function takeBack(): Draft | null {
  const draft = kept?.draft ?? null;
  kept?.release();
  kept = null;
  return draft;
}
