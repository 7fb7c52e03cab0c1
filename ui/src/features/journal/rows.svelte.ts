/**
 * The rows of a list that is longer than what is held of it.
 *
 * Two kinds: a filter's rows, fetched by offset where they are looked at, and a search's hits, which
 * come one page after the other.
 */
import type { EntryRow, Filter, Hit, Hits, Page } from '$lib/bindings';
import { Pages } from './pages';

/** What a list component needs to know of its rows. */
export interface Rows {
  /** How many rows there are, as far as known. */
  readonly count: number;
  /** Whether `count` is all of them. */
  readonly whole: boolean;
  /** The row at a place; none where it is not here yet. */
  at(index: number): ListRow | undefined;
  /** The rows from `first` to `last` are looked at. */
  look(first: number, last: number): void;
}

/** A row to show: a list's, or a search's with its hits marked. */
export type ListRow = { row: EntryRow; hit: Hit | null };

/** Rows fetched at a time. */
export const PAGE = 60;
/** Pages held at most; the ones looked at longest ago go first. */
const HELD = 40;

/** The rows of a filter. */
export class FilterRows implements Rows {
  /** How many the filter matches. */
  count = $state(0);
  /** Whether the first answer has come. */
  ready = $state(false);
  /** What went wrong with the last question. */
  trouble: unknown = $state.raw(null);
  readonly whole = true;

  /** Which entries. */
  readonly filter: Filter;

  readonly #ask: (filter: Filter, offset: number, limit: number) => Promise<Page>;
  readonly #pages = new Pages<EntryRow>(PAGE, HELD);
  #tick = $state(0);
  #from = 0;
  #to = 0;
  #round = 0;

  constructor(filter: Filter, ask: (filter: Filter, offset: number, limit: number) => Promise<Page>) {
    this.filter = filter;
    this.#ask = ask;
  }

  at(index: number): ListRow | undefined {
    void this.#tick;
    const row = this.#pages.at(index);
    return row && { row, hit: null };
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

  /** The place of an entry among the rows held; -1 where it is not held. */
  find(id: string): number {
    void this.#tick;
    return this.#pages.find((row) => row.id === id);
  }

  /** Changes the row of an entry where it is held. */
  patch(id: string, change: Partial<EntryRow>): void {
    const place = this.find(id);
    const row = this.#pages.at(place);
    if (!row) return;
    this.#pages.put(place, { ...row, ...change });
    this.#tick += 1;
  }

  async #fetch(page: number): Promise<void> {
    if (!this.#pages.wants(page)) return;
    const round = this.#round;
    try {
      const answer = await this.#ask(this.filter, page * PAGE, PAGE);
      if (round !== this.#round) return;
      this.#pages.came(page, answer.rows, this.#from, this.#to);
      this.count = answer.total;
      this.trouble = null;
    } catch (error) {
      if (round !== this.#round) return;
      this.#pages.failed(page);
      this.trouble = error;
    }
    this.ready = true;
    this.#tick += 1;
  }
}

/** Rows that are all here. */
export class FixedRows implements Rows {
  readonly count: number;
  readonly whole = true;
  readonly ready = true;
  /** What went wrong, where they are not here after all. */
  readonly trouble: unknown;
  readonly #rows: EntryRow[];

  constructor(rows: EntryRow[], trouble: unknown = null) {
    this.#rows = rows;
    this.count = rows.length;
    this.trouble = trouble;
  }

  at(index: number): ListRow | undefined {
    const row = this.#rows[index];
    return row && { row, hit: null };
  }

  look(): void {
    // There is nothing to fetch.
  }

  /** The place of an entry; -1 where it is not there. */
  find(id: string): number {
    return this.#rows.findIndex((row) => row.id === id);
  }
}

/** The hits of a search. */
export class SearchRows implements Rows {
  /** Hits that are here. */
  count = $state(0);
  /** Whether there are no more than those. */
  whole = $state(false);
  /** Whether the first answer has come. */
  ready = $state(false);
  /** What went wrong with the last question. */
  trouble: unknown = $state.raw(null);
  /** The words looked for. */
  readonly query: string;

  readonly #ask: (query: string, offset: number, limit: number) => Promise<Hits>;
  #hits: Hit[] = $state.raw([]);
  #asking = false;

  constructor(query: string, ask: (query: string, offset: number, limit: number) => Promise<Hits>) {
    this.query = query;
    this.#ask = ask;
  }

  at(index: number): ListRow | undefined {
    const hit = this.#hits[index];
    return hit && { row: hit.row, hit };
  }

  look(_first: number, last: number): void {
    if (this.ready && !this.whole && last + PAGE / 2 >= this.count) void this.more();
  }

  /** The place of an entry among the hits; -1 where it is not there. */
  find(id: string): number {
    return this.#hits.findIndex((hit) => hit.row.id === id);
  }

  /** Changes the row of an entry where it was found. */
  patch(id: string, change: Partial<EntryRow>): void {
    this.#hits = this.#hits.map((hit) =>
      hit.row.id === id ? { ...hit, row: { ...hit.row, ...change } } : hit,
    );
  }

  /** Takes an entry out, after it was deleted. */
  without(id: string): void {
    this.#hits = this.#hits.filter((hit) => hit.row.id !== id);
    this.count = this.#hits.length;
  }

  /** Asks for the next hits. */
  async more(): Promise<void> {
    if (this.#asking || this.whole) return;
    this.#asking = true;
    try {
      const answer = await this.#ask(this.query, this.#hits.length, PAGE);
      this.#hits = [...this.#hits, ...answer.hits];
      this.count = this.#hits.length;
      this.whole = !answer.more || answer.hits.length === 0;
      this.trouble = null;
    } catch (error) {
      this.trouble = error;
    }
    this.#asking = false;
    this.ready = true;
  }
}
