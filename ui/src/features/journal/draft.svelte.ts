/**
 * One entry while it is being written: what is in the store, what is not yet, and how it gets there.
 *
 * Saves are serialised, each with the version that the one before returned. A text is "saved" only
 * after the store's commit returned. A save that fails keeps the text here and is tried again.
 */
import type { Entry, ErrorCode, NewEntry, Saved, Text } from '$lib/bindings';
import { dayOf } from '$lib/time';

/** The part of the host that a draft needs. */
export interface DraftStore {
  entryCreate(entry: NewEntry): Promise<Entry>;
  entrySave(id: string, text: Text): Promise<Saved>;
  entryGet(id: string): Promise<Entry>;
}

/**
 * Where the text stands. `new`: nothing written, nothing stored. `waiting`: typed, not yet sent.
 * `conflict`: the store holds another text than the one this draft began from.
 */
export type DraftState = 'new' | 'saved' | 'waiting' | 'saving' | 'failed' | 'conflict';

/** Milliseconds from the last key to a save. */
export const PAUSE = 500;
/** Milliseconds that text may wait while keys keep coming. */
export const LONGEST_WAIT = 1800;
/** Milliseconds to the first new attempt after a failed save; doubled up to `SLOWEST_RETRY`. */
export const FIRST_RETRY = 4000;
/** Milliseconds between attempts at most. */
export const SLOWEST_RETRY = 30000;

/** What a draft tells whoever shows it. */
export interface DraftEvents {
  /** The entry is in the store for the first time. */
  created?: (entry: Entry) => void;
  /** A text is in the store. */
  saved?: (id: string, saved: Saved) => void;
  /** Turns anything thrown into the code of the error. */
  codeOf: (error: unknown) => ErrorCode;
}

/** An entry being written, stored or not yet. */
export class Draft {
  /** The entry as the store last gave it; none until the first character. */
  entry: Entry | null = $state.raw(null);
  /** The title as typed. */
  title = $state('');
  /** Where the text stands. */
  state: DraftState = $state('new');
  /** Why the last save failed. */
  trouble: ErrorCode | null = $state(null);
  /** Grows when the text was replaced from the store, so that the editor begins anew. */
  generation = $state(0);
  /** The title to show in lists and headings. */
  shownTitle = $state('');
  /** The template it began from, if any. */
  readonly template: string | null;
  /** When a new entry was begun, on this computer's clock. */
  readonly begunAt: string;

  /** Whom it tells; another one where it is shown anew. */
  events: DraftEvents;

  readonly #store: DraftStore;
  readonly #seed: NewEntry;
  #body: string;
  #version = 0;
  #edits = 0;
  #stored = 0;
  #since: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<boolean> | null = null;
  #retry = FIRST_RETRY;
  #bornHere: boolean;
  #longest = 0;
  #closed = false;

  private constructor(store: DraftStore, events: DraftEvents, seed: NewEntry, entry: Entry | null, begunAt = '') {
    this.begunAt = begunAt;
    this.#store = store;
    this.events = events;
    this.#seed = seed;
    this.#bornHere = entry === null;
    this.#body = entry?.body ?? seed.body;
    this.title = entry?.title ?? seed.title;
    this.template = entry?.template ?? seed.template;
    if (entry) this.#took(entry);
  }

  /** A new entry that is not in the store until something is written. `now` is when it is begun. */
  static fresh(store: DraftStore, events: DraftEvents, seed: Partial<NewEntry>, now: Date): Draft {
    const whole = { title: '', body: '', template: null, day: null, tags: [], ...seed };
    const time = [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
    return new Draft(store, events, whole, null, `${dayOf(now)}T${time}`);
  }

  /** An entry that is in the store. */
  static of(store: DraftStore, events: DraftEvents, entry: Entry): Draft {
    const { title, body, template, tags } = entry;
    return new Draft(store, events, { title, body, template, day: null, tags }, entry);
  }

  /** The entry's id; none until it is in the store. */
  get id(): string | null {
    return this.entry?.id ?? null;
  }

  /** The day it is to belong to, where a new entry is not for today. */
  get seedDay(): string | null {
    return this.#seed.day;
  }

  /** The tags that a new entry begins with. */
  get seedTags(): readonly string[] {
    return this.#seed.tags;
  }

  /** The text as it is now. */
  get body(): string {
    return this.#body;
  }

  /** Whether something typed is not in the store. */
  get unsaved(): boolean {
    return this.#edits !== this.#stored;
  }

  /** Whether neither title nor text says more than the draft began with. */
  get blank(): boolean {
    const body = this.#body.trim();
    return this.title.trim() === this.#seed.title.trim() && (body === '' || body === this.#seed.body.trim());
  }

  /** The text changed. */
  write(body: string): void {
    if (body === this.#body) return;
    this.#body = body;
    this.#touched();
  }

  /** The title changed. */
  entitle(title: string): void {
    if (title === this.title) return;
    this.title = title;
    this.#touched();
  }

  /** Puts everything typed into the store. False where that failed; the text is kept. */
  async flush(): Promise<boolean> {
    this.#unschedule();
    while (this.unsaved && !this.#closed) {
      if (this.state === 'conflict') return false;
      if (!(await (this.#running ?? this.#save()))) return false;
    }
    return true;
  }

  /** Makes sure that the entry is in the store, and gives its id. None where that failed. */
  async stored(): Promise<string | null> {
    if (!this.id) {
      if (!this.unsaved) this.#edits += 1;
      await this.flush();
    }
    return this.id;
  }

  /** Takes over what a change of day, tags, star or attachments returned. The text stays. */
  took(entry: Entry): void {
    if (entry.id !== this.id) return;
    this.entry = { ...entry, body: this.#body, title: this.title };
  }

  /** Shows the text that the store has now, after an earlier version was restored. */
  replaced(entry: Entry): void {
    this.#unschedule();
    this.#body = entry.body;
    this.title = entry.title;
    this.#stored = this.#edits;
    this.trouble = null;
    this.#took(entry);
    this.generation += 1;
  }

  /** Puts another text in the place of this one, as if it had been typed, and shows it. */
  async rewrite(title: string, body: string): Promise<void> {
    this.entitle(title);
    this.write(body);
    this.generation += 1;
    await this.flush();
  }

  /**
   * Ends a conflict with this text: it becomes the newest, and the other stays as an earlier version.
   */
  async insist(): Promise<boolean> {
    if (!this.id) return this.flush();
    try {
      this.#version = (await this.#store.entryGet(this.id)).version;
    } catch (error) {
      this.trouble = this.events.codeOf(error);
      return false;
    }
    this.state = 'waiting';
    return this.flush();
  }

  /** Ends a conflict with both: this text becomes an entry of its own, and the store's is shown. */
  async separate(): Promise<Entry | null> {
    if (!this.id || !this.entry) return null;
    try {
      const mine = await this.#store.entryCreate({
        title: this.title,
        body: this.#body,
        template: this.template,
        day: this.entry.day,
        tags: this.entry.tags,
      });
      this.replaced(await this.#store.entryGet(this.id));
      return mine;
    } catch (error) {
      this.trouble = this.events.codeOf(error);
      return null;
    }
  }

  /**
   * What to do with an entry that was made here and has nothing in it when it is left: `forget`
   * where there never was more than a few words, `trash` where there was a text to come back to.
   */
  get leaving(): 'keep' | 'forget' | 'trash' {
    if (!this.#bornHere || !this.entry || !this.blank || this.entry.attachments.length > 0) return 'keep';
    return this.#longest <= 40 ? 'forget' : 'trash';
  }

  /** Lets go of the text. Nothing is saved after this. */
  close(): void {
    this.#closed = true;
    this.#unschedule();
    this.#body = '';
    this.title = '';
    this.shownTitle = '';
    this.entry = null;
  }

  #took(entry: Entry): void {
    this.entry = entry;
    this.shownTitle = entry.shownTitle;
    this.#version = entry.version;
    this.state = 'saved';
  }

  #touched(): void {
    this.#edits += 1;
    const grown = this.#body.length - this.#seed.body.length;
    this.#longest = Math.max(this.#longest, grown, this.title.length);
    if (this.state === 'conflict' || this.#closed) return;
    if (!this.id && !this.#running && this.state !== 'failed') {
      void this.#save();
      return;
    }
    this.#schedule();
  }

  #schedule(): void {
    const now = Date.now();
    this.#since ??= now;
    if (this.state === 'saved') this.state = 'waiting';
    this.#wait(Math.max(0, Math.min(PAUSE, this.#since + LONGEST_WAIT - now)));
  }

  #wait(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // While a save runs, its end asks for the next one.
      if (!this.#running && this.unsaved) void this.#save();
    }, milliseconds);
  }

  #unschedule(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #save(): Promise<boolean> {
    this.#running = this.#send().finally(() => {
      this.#running = null;
      if (this.#closed || !this.unsaved || this.#timer !== undefined) return;
      if (this.state === 'failed') {
        this.#wait(this.#retry);
        this.#retry = Math.min(this.#retry * 2, SLOWEST_RETRY);
      } else if (this.state !== 'conflict') {
        this.#schedule();
      }
    });
    return this.#running;
  }

  async #send(): Promise<boolean> {
    const edits = this.#edits;
    const [title, body] = [this.title, this.#body];
    this.#since = null;
    this.state = 'saving';
    try {
      if (this.entry) {
        const id = this.entry.id;
        const saved = await this.#store.entrySave(id, { title, body, version: this.#version });
        if (this.#closed) return true;
        this.#version = saved.version;
        this.shownTitle = saved.shownTitle;
        this.entry = { ...this.entry, ...saved, title, body };
        this.#settled(edits);
        this.events.saved?.(id, saved);
      } else {
        const entry = await this.#store.entryCreate({ ...this.#seed, title, body });
        if (this.#closed) return true;
        this.#took(entry);
        this.#settled(edits);
        this.events.created?.(entry);
      }
      return true;
    } catch (error) {
      if (this.#closed) return false;
      this.trouble = this.events.codeOf(error);
      this.state = this.trouble === 'changed' ? 'conflict' : 'failed';
      return false;
    }
  }

  #settled(edits: number): void {
    this.#stored = edits;
    this.trouble = null;
    this.#retry = FIRST_RETRY;
    this.state = this.unsaved ? 'waiting' : 'saved';
  }
}
