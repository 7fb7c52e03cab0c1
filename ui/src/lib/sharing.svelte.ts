import type { SharingStatus } from '$lib/bindings';
import { asHostError } from '$lib/error';
import { host, type HostError } from '$lib/host';

// How sharing stands, for every place that shows it: one state, read anew whenever the program tells of a change.
let status = $state.raw<SharingStatus | null>(null);
let failure = $state.raw<HostError | null>(null);
let changes = $state(0);

/** How sharing stands; null until the program has answered. */
export function sharing(): SharingStatus | null {
  return status;
}

/** Why the program did not answer. */
export function sharingFailure(): HostError | null {
  return failure;
}

/** Grows whenever anything about sharing changed; what reads it in an effect is run anew. */
export function sharingChanges(): number {
  return changes;
}

/** Takes over what a command answered. */
export function takeSharing(next: SharingStatus): void {
  status = next;
  failure = null;
}

/** Whether something can be shared from here: somebody is signed in and known for herself. */
export function canShare(): boolean {
  return status?.account != null && status.identity !== 'elsewhere';
}

let round = 0;
/** Asks the program how it stands. */
export async function readSharing(): Promise<void> {
  const mine = ++round;
  try {
    const next = await host.sharingStatus();
    if (mine === round) takeSharing(next);
  } catch (thrown) {
    if (mine === round) failure = asHostError(thrown);
  }
}

/** Listens for as long as the journal is open; gives what stops it and forgets everything. */
export function watchSharing(): () => void {
  void readSharing();
  const stop = host.on('sharing', () => {
    changes += 1;
    void readSharing();
  });
  return () => {
    stop();
    round += 1;
    status = failure = null;
  };
}
