/**
 * Something small that is written and saves itself: what is in the store, what is not yet, how it gets there.
 * Saves are serialised; "saved" holds only after the store answered. A save that fails keeps what was written
 * and is tried again.
 */
import type { ErrorCode } from '$lib/bindings';
import { FIRST_RETRY, LONGEST_WAIT, PAUSE, SLOWEST_RETRY } from '$features/journal/draft.svelte';
import { asHostError } from '$lib/error';
import { HostError } from '$lib/host';

/** Where it stands. `conflict`: the store holds what was written elsewhere since. */
export type SaveState = 'saved' | 'waiting' | 'saving' | 'failed' | 'conflict';

export class Autosave<T> {
  /** As it is written. */
  value: T = $state.raw() as T;
  state: SaveState = $state('saved');
  trouble: ErrorCode | null = $state(null);
  /** Whether anything was ever saved from here: only then "saved" is worth saying. */
  touched = $state(false);

  readonly #save: (value: T) => Promise<void>;
  #edits = 0;
  #stored = 0;
  #since: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<boolean> | null = null;
  #retry = FIRST_RETRY;
  #closed = false;

  /** `save` ends once the store holds it. */
  constructor(value: T, save: (value: T) => Promise<void>) {
    this.value = value;
    this.#save = save;
  }

  /** Whether something written is not in the store. */
  get unsaved(): boolean {
    return this.#edits !== this.#stored;
  }

  /** Takes what is written now; it is saved when the keys rest. */
  edit(value: T): void {
    if (this.#closed) return;
    this.value = value;
    this.#edits += 1;
    this.touched = true;
    if (this.state === 'saved') this.state = 'waiting';
    if (this.state === 'conflict') return;
    const now = Date.now();
    this.#since ??= now;
    this.#plan(Math.min(PAUSE, Math.max(0, this.#since + LONGEST_WAIT - now)));
  }

  /** Takes what the store holds, where nothing is waiting to be saved. */
  took(value: T): void {
    if (!this.unsaved && this.#running === null) this.value = value;
  }

  /** Takes what the store holds in the place of what was written; the leader said so. */
  replace(value: T): void {
    clearTimeout(this.#timer);
    this.#stored = this.#edits;
    this.value = value;
    this.trouble = null;
    this.state = 'saved';
  }

  /** Saves what is not saved; false where that failed. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    while (this.unsaved || this.#running) {
      if (this.state === 'conflict') return false;
      this.#running ??= this.#once().finally(() => (this.#running = null));
      if (!(await this.#running)) return false;
    }
    return true;
  }

  /** Saves over what was written elsewhere; the leader said so. */
  async insist(): Promise<boolean> {
    this.state = 'waiting';
    return this.flush();
  }

  /** As `flush`, for a lock: fails with what kept it from being saved. */
  async durable(): Promise<void> {
    if (!(await this.flush())) throw new HostError(this.trouble ?? 'internal');
  }

  /** Takes nothing more, and plans nothing more. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #plan(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), wait);
  }

  async #once(): Promise<boolean> {
    const edits = this.#edits;
    this.#since = null;
    this.state = 'saving';
    try {
      await this.#save(this.value);
      this.#stored = edits;
      this.trouble = null;
      this.#retry = FIRST_RETRY;
      this.state = this.unsaved ? 'waiting' : 'saved';
      return true;
    } catch (thrown) {
      this.trouble = asHostError(thrown).code;
      this.state = this.trouble === 'changed' ? 'conflict' : 'failed';
      if (this.state === 'failed' && !this.#closed) {
        this.#plan(this.#retry);
        this.#retry = Math.min(SLOWEST_RETRY, this.#retry * 2);
      }
      return false;
    }
  }
}
