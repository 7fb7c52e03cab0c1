/**
 * What lies on the desk of the journal: the list and how it was chosen, and the entry being read or
 * written. One for each time that the journal is shown.
 */
import type { Entry, EntryRow, ErrorCode, Filter, NewEntry, TagCount } from '$lib/bindings';
import type { Host } from '$lib/host';
import { dayOf } from '$lib/time';
import { Draft, type DraftEvents } from './draft.svelte';
import { tidy } from './kept';
import { type Month, monthOf } from '$lib/time/month';
import { FilterRows, FixedRows, SearchRows } from './rows.svelte';

/** What the list shows when nothing is searched for. */
export type View = Filter | { kind: 'tags' } | { kind: 'thisDay' };

/** The part of the host that the journal's desk needs. */
export type DeskHost = Pick<
  Host,
  | 'now'
  | 'entryCreate'
  | 'entryGet'
  | 'entrySave'
  | 'entrySetMoment'
  | 'entrySetTags'
  | 'entrySetStar'
  | 'entryTrash'
  | 'entryRestore'
  | 'entryPurge'
  | 'trashEmpty'
  | 'entryPage'
  | 'days'
  | 'onThisDay'
  | 'tags'
  | 'search'
>;

/** Milliseconds after the last save until the list is asked for the new first words. */
const LIST_REST = 1200;

/** The journal's state and what can be done with it. */
export class Desk {
  /** What the list shows when nothing is searched for. */
  view: View = $state.raw({ kind: 'all' });
  /** What is typed into the search field. */
  query = $state('');
  /** The rows of the list. */
  rows: FilterRows | SearchRows | FixedRows = $state.raw(new FixedRows([]));
  /** The entry being written. */
  draft: Draft | null = $state.raw(null);
  /** An entry out of the trash, to read only. */
  thrown: Entry | null = $state.raw(null);
  /** The entry that is being fetched or could not be. */
  wanted: string | null = $state(null);
  /** Why the wanted entry is not there. */
  trouble: unknown = $state.raw(null);
  /** The tags in use. */
  tags: TagCount[] = $state.raw([]);
  /** The month that the calendar shows. */
  month: Month = $state.raw({ year: 2000, month: 1 });
  /** How many entries each day of that month has. */
  counts: Readonly<Record<string, number>> = $state.raw({});
  /** The day it is. */
  today = $state('');
  /** What was asked for while the text could not be saved; done only when the leader says so. */
  held: (() => Promise<void>) | null = $state.raw(null);

  readonly #host: DeskHost;
  readonly #codeOf: (error: unknown) => ErrorCode;
  #listTimer: ReturnType<typeof setTimeout> | undefined;
  #round = 0;
  #closed = false;

  constructor(host: DeskHost, codeOf: (error: unknown) => ErrorCode) {
    this.#host = host;
    this.#codeOf = codeOf;
    this.today = dayOf(host.now());
    this.month = monthOf(this.today);
    this.show({ kind: 'all' });
    void this.#count();
    void this.#tagged();
  }

  /** The entry that the list marks as the open one. */
  get openId(): string | null {
    return this.draft?.id ?? this.thrown?.id ?? this.wanted;
  }

  /** Whether the list shows hits. */
  get searching(): boolean {
    return this.query.trim() !== '';
  }

  /** Shows another list. */
  show(view: View): void {
    this.view = view;
    this.query = '';
    if (view.kind !== 'trash') this.thrown = null;
    void this.#list();
  }

  /** Looks for words; none goes back to the list. */
  search(query: string): void {
    const before = this.query.trim();
    this.query = query;
    if (query.trim() === before) return;
    if (this.searching) this.retry();
    else void this.#list();
  }

  /** Asks again for what is looked for. */
  retry(): void {
    const found = new SearchRows(this.query.trim(), (words, offset, limit) => this.#host.search(words, offset, limit));
    // What is shown stays until the answer comes, so that the list does not flicker while typing.
    void found.more().then(() => {
      if (this.query.trim() === found.query) this.rows = found;
    });
  }

  /** Asks again for the list, the calendar and the tags; what is shown stays until then. */
  async refresh(): Promise<void> {
    clearTimeout(this.#listTimer);
    this.today = dayOf(this.#host.now());
    const rows = this.rows;
    await Promise.all([
      rows instanceof FilterRows ? rows.refresh() : this.view.kind === 'thisDay' ? this.#list() : undefined,
      this.#count(),
      this.#tagged(),
    ]);
  }

  /** Shows another month in the calendar. */
  async turn(month: Month): Promise<void> {
    this.month = month;
    this.counts = {};
    await this.#count();
  }

  /** Opens an entry, once what was written is saved. False where it was not, and nothing changed. */
  async open(id: string): Promise<boolean> {
    if (id === this.openId && (this.draft || this.thrown)) return true;
    const round = ++this.#round;
    if (!(await this.leave(() => this.open(id).then(() => undefined)))) return false;
    if (round !== this.#round) return false;
    this.wanted = id;
    this.trouble = null;
    try {
      const entry = await this.#host.entryGet(id);
      if (round !== this.#round || this.#closed) return false;
      this.#putAway();
      if (entry.trashedAt === null) this.draft = Draft.of(this.#host, this.#events(), entry);
      else this.thrown = entry;
      this.wanted = null;
      return true;
    } catch (error) {
      if (round !== this.#round) return false;
      this.#putAway();
      this.wanted = id;
      this.trouble = error;
      return false;
    }
  }

  /** Begins a new entry, once what was written is saved. */
  async begin(seed: Partial<NewEntry> = {}): Promise<boolean> {
    const round = ++this.#round;
    if (!(await this.leave(() => this.begin(seed).then(() => undefined)))) return false;
    if (round !== this.#round) return false;
    this.#putAway();
    this.draft = Draft.fresh(this.#host, this.#events(), seed, this.#host.now());
    return true;
  }

  /** Closes the entry, once what was written is saved. */
  async close(): Promise<boolean> {
    const round = ++this.#round;
    if (!(await this.leave(() => this.close().then(() => undefined)))) return false;
    if (round === this.#round) this.#putAway();
    return true;
  }

  /** Saves what was written. False where that failed: the text stays, and `next` is held back. */
  async leave(next: () => Promise<void>): Promise<boolean> {
    const draft = this.draft;
    if (!draft) return true;
    if (!(await draft.flush())) {
      this.held = next;
      return false;
    }
    if (draft.leaving !== 'keep') {
      await tidy(this.#host, draft);
      void this.refresh();
    }
    return true;
  }

  /** Shows a draft that was kept because it could not be saved. */
  adopt(draft: Draft): void {
    draft.events = this.#events();
    this.draft = draft;
  }

  /** Goes on although the text could not be saved; the leader said so. */
  async abandon(): Promise<void> {
    const next = this.held;
    this.held = null;
    this.#putAway();
    await next?.();
  }

  /** Gives or takes the star of the open entry. */
  async star(starred: boolean): Promise<void> {
    await this.#change((id) => this.#host.entrySetStar(id, starred));
    const id = this.draft?.id;
    if (id) this.#patch(id, { starred });
    if (this.view.kind === 'starred') await this.refresh();
  }

  /** Gives the open entry other tags. */
  async tag(tags: string[]): Promise<void> {
    await this.#change((id) => this.#host.entrySetTags(id, tags));
    const id = this.draft?.id;
    if (id) this.#patch(id, { tags });
    await this.#tagged();
  }

  /** Moves the open entry to another day and time. */
  async move(day: string, time: string): Promise<void> {
    await this.#change((id) => this.#host.entrySetMoment(id, day, time));
    await this.refresh();
  }

  /** Puts the open entry in the trash, and gives its id for an undo. */
  async trash(): Promise<string | null> {
    const draft = this.draft;
    if (!draft) return null;
    // What is not saved is not thrown away either: its trouble is in sight.
    if (!(await draft.flush())) return null;
    const id = draft.id;
    if (!id) {
      this.#putAway();
      return null;
    }
    await this.#host.entryTrash(id);
    this.#putAway();
    this.#without(id);
    await this.refresh();
    return id;
  }

  /** Takes an entry out of the trash. */
  async restore(id: string, open = false): Promise<void> {
    await this.#host.entryRestore(id);
    if (this.thrown?.id === id) this.thrown = null;
    await this.refresh();
    if (open) await this.open(id);
  }

  /** Deletes an entry of the trash for good. */
  async purge(id: string): Promise<void> {
    await this.#host.entryPurge(id);
    if (this.thrown?.id === id) this.thrown = null;
    await this.refresh();
  }

  /** Deletes everything in the trash for good; gives how many. */
  async emptyTrash(): Promise<number> {
    const gone = await this.#host.trashEmpty();
    this.thrown = null;
    await this.refresh();
    return gone;
  }

  /** Fetches the open entry's attachments anew, after one was added or removed. */
  async recount(): Promise<void> {
    const draft = this.draft;
    if (draft?.id) draft.took(await this.#host.entryGet(draft.id));
  }

  /** Lets go of every text but the draft's, which is given back to be saved. */
  clear(): Draft | null {
    this.#closed = true;
    clearTimeout(this.#listTimer);
    const draft = this.draft;
    if (draft) draft.events = { codeOf: this.#codeOf };
    this.draft = null;
    this.#putAway();
    this.rows = new FixedRows([]);
    this.query = '';
    this.tags = [];
    this.counts = {};
    return draft;
  }

  #events(): DraftEvents {
    return {
      codeOf: this.#codeOf,
      created: () => void this.refresh(),
      saved: (id, saved) => {
        this.#patch(id, { shownTitle: saved.shownTitle });
        clearTimeout(this.#listTimer);
        this.#listTimer = setTimeout(() => {
          if (this.rows instanceof FilterRows) void this.rows.refresh();
        }, LIST_REST);
      },
    };
  }

  #putAway(): void {
    this.draft?.close();
    this.draft = null;
    this.thrown = null;
    this.wanted = null;
    this.trouble = null;
    this.held = null;
  }

  async #change(change: (id: string) => Promise<Entry>): Promise<void> {
    const draft = this.draft;
    const id = await draft?.stored();
    if (draft && id) draft.took(await change(id));
  }

  #patch(id: string, change: Partial<EntryRow>): void {
    if (!(this.rows instanceof FixedRows)) this.rows.patch(id, change);
  }

  #without(id: string): void {
    if (this.rows instanceof SearchRows) this.rows.without(id);
  }

  async #list(): Promise<void> {
    const view = this.view;
    if (view.kind === 'tags') {
      this.rows = new FixedRows([]);
    } else if (view.kind === 'thisDay') {
      const rows = await this.#host.onThisDay(this.today).catch((error: unknown) => ({ error }));
      if (this.view !== view || this.searching || this.#closed) return;
      this.rows = Array.isArray(rows) ? new FixedRows(rows) : new FixedRows([], rows.error);
    } else {
      const rows = new FilterRows(view, (filter, offset, limit) => this.#host.entryPage(filter, offset, limit));
      rows.look(0, 0);
      this.rows = rows;
    }
  }

  async #count(): Promise<void> {
    const month = this.month;
    const days = await this.#host.days(month.year, month.month).catch(() => []);
    if (month === this.month && !this.#closed) {
      this.counts = Object.fromEntries(days.map(({ day, count }) => [day, count]));
    }
  }

  async #tagged(): Promise<void> {
    const tags = await this.#host.tags().catch(() => this.tags);
    if (!this.#closed) this.tags = tags;
  }
}
