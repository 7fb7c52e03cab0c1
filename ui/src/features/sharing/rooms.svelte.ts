import type { SharedNetwork } from '$lib/bindings';
import { asHostError } from '$lib/error';
import { host, type HostError } from '$lib/host';

/** Whether the leader is in it and it lies in none of her networks: that was deleted, or she is on a new computer. */
export function isPlaceless(room: SharedNetwork): boolean {
  return room.standing === 'joined' && room.network === null;
}

/** The shared networks and invitations, as whoever shows them last read them. */
export class Rooms {
  /** None until the program has answered. */
  all: SharedNetwork[] | null = $state.raw(null);
  trouble: HostError | null = $state.raw(null);
  #round = 0;

  async load(): Promise<void> {
    const round = ++this.#round;
    try {
      const found = await host.sharedNetworks();
      if (round !== this.#round) return;
      this.all = found;
      this.trouble = null;
    } catch (thrown) {
      if (round === this.#round) this.trouble = asHostError(thrown);
    }
  }

  /** Takes over a room that a command answered. */
  take(room: SharedNetwork): void {
    this.#round += 1;
    this.all = [...(this.all ?? []).filter((one) => one.room !== room.room), room];
  }

  /** The room of a network here. */
  of(network: string): SharedNetwork | null {
    return this.all?.find((one) => one.network === network) ?? null;
  }
}
