import type { EntryRow, NetworkDay } from '$lib/bindings';
import { asHostError } from '$lib/error';
import type { Host, HostError } from '$lib/host';

/** What the day shows of the journal. */
export interface Found {
  /** The newest, newest first. */
  latest: EntryRow[];
  /** Of the same day in earlier years, newest first. */
  earlier: EntryRow[];
  /** The next meeting and what is due; none where it could not be read, and why. */
  network: NetworkDay | null;
  trouble: HostError | null;
}

/** Everything at once, so that the page comes whole. The journal stands also where the networks cannot be read. */
export async function load(host: Pick<Host, 'entryPage' | 'onThisDay' | 'networkDay'>, today: string): Promise<Found> {
  const network = host.networkDay(today).then(
    (day) => ({ network: day, trouble: null }),
    (thrown: unknown) => ({ network: null, trouble: asHostError(thrown) }),
  );
  const [page, earlier, of] = await Promise.all([host.entryPage({ kind: 'all' }, 0, 5), host.onThisDay(today), network]);
  return { latest: page.rows, earlier: earlier.slice(0, 3), ...of };
}
