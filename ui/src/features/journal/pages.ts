/** The pages of a long list that are held: the last ones looked at, and never many. */
export class Pages<T> {
  // Insertion order is the order of use: the first was looked at longest ago.
  readonly #held = new Map<number, readonly T[]>();
  readonly #asked = new Set<number>();
  readonly #stale = new Set<number>();
  readonly #size: number;
  readonly #most: number;

  /** Pages of `size` rows, at most `most` of them. */
  constructor(size: number, most: number) {
    this.#size = size;
    this.#most = most;
  }

  /** The row at a place; none where it is not held. */
  at(index: number): T | undefined {
    return this.#held.get(Math.floor(index / this.#size))?.[index % this.#size];
  }

  /** The place of the first row held that fits; -1 where none does. */
  find(fits: (row: T) => boolean): number {
    for (const [page, rows] of this.#held) {
      const place = rows.findIndex(fits);
      if (place >= 0) return page * this.#size + place;
    }
    return -1;
  }

  /** Puts another row in the place of one that is held. */
  put(index: number, row: T): void {
    const page = Math.floor(index / this.#size);
    const rows = this.#held.get(page);
    if (rows) this.#held.set(page, rows.with(index % this.#size, row));
  }

  /** Whether a page is to be asked for now; it then counts as asked for. */
  wants(page: number): boolean {
    const rows = this.#held.get(page);
    if (rows) {
      this.#held.delete(page);
      this.#held.set(page, rows);
    }
    if (this.#asked.has(page) || (rows && !this.#stale.has(page))) return false;
    this.#asked.add(page);
    return true;
  }

  /** A page came. Pages outside `from` to `to` make room for it, the longest unused first. */
  came(page: number, rows: readonly T[], from: number, to: number): void {
    this.#asked.delete(page);
    this.#stale.delete(page);
    this.#held.delete(page);
    this.#held.set(page, rows);
    for (const old of [...this.#held.keys()]) {
      if (this.#held.size <= this.#most) return;
      if (old < from || old > to) this.#held.delete(old);
    }
  }

  /** A page did not come; it may be asked for again. */
  failed(page: number): void {
    this.#asked.delete(page);
  }

  /** Everything held may be out of date: what lies outside `from` to `to` goes, the rest is asked for again. */
  expire(from: number, to: number): void {
    this.#asked.clear();
    for (const page of [...this.#held.keys()]) {
      if (page < from || page > to) this.#held.delete(page);
      else this.#stale.add(page);
    }
  }
}
