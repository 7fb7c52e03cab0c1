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
