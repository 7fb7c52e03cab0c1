import type { EntryRow } from '$lib/bindings';
import type { Host } from '$lib/host';

/** What the day shows of the journal. */
export interface Found {
  /** The newest, newest first. */
  latest: EntryRow[];
  /** Of the same day in earlier years, newest first. */
  earlier: EntryRow[];
}

/** Everything at once, so that the page comes whole. */
export async function load(host: Pick<Host, 'entryPage' | 'onThisDay'>, today: string): Promise<Found> {
  const [page, earlier] = await Promise.all([host.entryPage({ kind: 'all' }, 0, 5), host.onThisDay(today)]);
  return { latest: page.rows, earlier: earlier.slice(0, 3) };
}
