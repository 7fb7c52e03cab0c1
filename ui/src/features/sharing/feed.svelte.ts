import type { FeedItem, FeedPage } from '$lib/bindings';
import { asHostError } from '$lib/error';
import { Pages } from '$features/journal/pages';
import type { HostError } from '$lib/host';

/** Items fetched at a time. */
const PAGE = 40;
/** Pages held at most; the ones looked at longest ago go first. */
const HELD = 20;

/** The items of a feed or of a search in it, newest first; only those looked at are asked for. */
export class FeedRows {
  count = $state(0);
  /** Whether the first answer has come. */
  ready = $state(false);
  trouble: HostError | null = $state.raw(null);
  readonly whole = true;

  readonly #ask: (offset: number, limit: number) => Promise<FeedPage>;
  readonly #pages = new Pages<FeedItem>(PAGE, HELD);
  #tick = $state(0);
  #from = 0;
  #to = 0;
  #round = 0;

  constructor(ask: (offset: number, limit: number) => Promise<FeedPage>) {
    this.#ask = ask;
  }

  at(index: number): FeedItem | undefined {
    void this.#tick;
    return this.#pages.at(index);
  }

  /** The place of an item among those held; -1 where it is not held. */
  find(id: string): number {
    void this.#tick;
    return this.#pages.find((one) => one.id === id);
  }

  look(first: number, last: number): void {
    this.#from = Math.floor(Math.max(0, first) / PAGE);
    this.#to = Math.floor(Math.max(0, last) / PAGE);
    for (let page = this.#from; page <= this.#to; page += 1) void this.#fetch(page);
  }

  /** Asks again for what is looked at; what is shown stays until the answer comes. */
  async refresh(): Promise<void> {
    this.#round += 1;
    this.#pages.expire(this.#from, this.#to);
    const wanted = [];
    for (let page = this.#from; page <= this.#to; page += 1) wanted.push(this.#fetch(page));
    await Promise.all(wanted);
  }

  async #fetch(page: number): Promise<void> {
    if (!this.#pages.wants(page)) return;
    const round = this.#round;
    try {
      const answer = await this.#ask(page * PAGE, PAGE);
      if (round !== this.#round) return;
      this.#pages.came(page, answer.items, this.#from, this.#to);
      this.count = answer.total;
      this.trouble = null;
    } catch (thrown) {
      if (round !== this.#round) return;
      this.#pages.failed(page);
      this.trouble = asHostError(thrown);
    }
    this.ready = true;
    this.#tick += 1;
  }
}
