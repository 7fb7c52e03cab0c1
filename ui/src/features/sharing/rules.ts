import type { FeedItem } from '$lib/bindings';
import { host } from '$lib/host';

/** How far back the ground rules are looked for. */
const FAR = 400;
const STEP = 100;

/** The ground rules of a room as they were last told; none where they were not. */
export async function latestRules(room: string): Promise<FeedItem | null> {
  for (let at = 0; at < FAR; at += STEP) {
    const { items, total } = await host.feed(room, at, STEP);
    const found = items.find((one) => one.kind === 'contract' && one.state.kind === 'whole');
    if (found || at + STEP >= total) return found ?? null;
  }
  return null;
}

/** What was told last from here in each room, and what had been told before it. */
const begun = new Map<string, { text: string; before: string | null }>();

/** Keeps what is being told, should it be called back. */
export function keepRules(room: string, text: string, before: FeedItem | null): void {
  begun.set(room, { text, before: before?.id ?? null });
}

/** Where the writing begins: at what was called back, otherwise at what holds now. */
export function beginRules(room: string, now: FeedItem | null): string {
  const kept = begun.get(room);
  return kept && kept.before === (now?.id ?? null) ? kept.text : (now?.body.trim() ?? '');
}
