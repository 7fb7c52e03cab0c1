import type { OutboxRow } from '$lib/bindings';
import { host } from '$lib/host';
import { sharing } from '$lib/sharing.svelte';

/** Milliseconds in which a server that answers has taken something back, and between two looks. */
const LONGEST = 8_000;
const STEP = 200;

/**
 * Whether what was just taken back is gone from the others too: waits for that where the server answers. None where
 * it cannot be told.
 */
export async function takenBack(isIt: (row: OutboxRow) => boolean): Promise<'done' | 'later' | 'refused' | null> {
  for (let waited = 0; ; waited += STEP) {
    const all = await host.outbox().catch(() => null);
    if (all === null) return null;
    const left = all.filter((row) => row.what === 'withdraw' && isIt(row));
    if (left.length === 0) return 'done';
    if (left.some((row) => row.sending.kind === 'failed')) return 'refused';
    if (waited >= LONGEST || sharing()?.connection !== 'online') return 'later';
    await new Promise((wake) => setTimeout(wake, STEP));
  }
}
