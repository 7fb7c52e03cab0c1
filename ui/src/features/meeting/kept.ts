/**
 * Writing on a meeting that could not be saved when its page was left: it stays here, trying again, and a lock
 * waits for it as for any other text.
 */
import { register } from '$lib/lock';
import type { MeetingDesk } from './desk.svelte';

const kept = new Map<string, { desk: MeetingDesk; release: () => void }>();

/** Saves a meeting that is left, and lets go of it; keeps it where that fails, and calls `missed`. */
export async function leave(desk: MeetingDesk, missed: () => void): Promise<void> {
  const mine = { desk, release: register(() => desk.durable()) };
  kept.set(desk.id, mine);
  const saved = await desk.flush();
  if (kept.get(desk.id) !== mine) return;
  if (!saved) return missed();
  kept.delete(desk.id);
  mine.release();
  desk.close();
}

/** Takes a kept meeting back, to show it. */
export function takeBack(id: string): MeetingDesk | null {
  const found = kept.get(id);
  if (!found) return null;
  found.release();
  kept.delete(id);
  return found.desk;
}
