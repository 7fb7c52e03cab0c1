import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Entry, ErrorCode, NewEntry, Saved, Text } from '$lib/bindings';
import { Draft, FIRST_RETRY, LONGEST_WAIT, PAUSE } from './draft.svelte';

/** A store in memory whose answers can be held back or refused. */
class Store {
  texts: Text[] = [];
  created: NewEntry[] = [];
  delay = 0;
  fault: ErrorCode | null = null;
  version = 1;
  body = '';

  async #answer<T>(make: () => T): Promise<T> {
    if (this.delay > 0) await new Promise((done) => setTimeout(done, this.delay));
    if (this.fault) throw { code: this.fault, detail: null };
    return make();
  }

  entryCreate(entry: NewEntry): Promise<Entry> {
    return this.#answer(() => {
      this.created.push(entry);
      this.body = entry.body;
      return this.entry(entry.title);
    });
  }

  entrySave(_id: string, text: Text): Promise<Saved> {
    return this.#answer(() => {
      if (text.version !== this.version) throw { code: 'changed', detail: null };
      this.texts.push(text);
      this.body = text.body;
      this.version += 1;
      return { version: this.version, updatedAt: '', shownTitle: text.title || text.body };
    });
  }

  entryGet(): Promise<Entry> {
    return this.#answer(() => this.entry(''));
  }

  entry(title: string): Entry {
    return {
      id: 'e1',
      title,
      shownTitle: title || this.body,
      body: this.body,
      day: '2026-11-24',
      createdAt: '2026-11-24T16:40:00+01:00',
      updatedAt: '2026-11-24T16:40:00+01:00',
      tags: [],
      starred: false,
      template: null,
      attachments: [],
      trashedAt: null,
      version: this.version,
    };
  }
}

const codeOf = (error: unknown) => (error as { code: ErrorCode }).code;

describe('a draft', () => {
  let store: Store;
  beforeEach(() => {
    vi.useFakeTimers();
    store = new Store();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is in the store with its first character, and not before', async () => {
    const draft = Draft.fresh(store, { codeOf }, {}, new Date());
    await vi.advanceTimersByTimeAsync(10_000);
    expect(store.created).toHaveLength(0);
    expect(draft.state).toBe('new');
    draft.write('J');
    await vi.advanceTimersByTimeAsync(0);
    expect(store.created.map((entry) => entry.body)).toEqual(['J']);
    expect(draft.state).toBe('saved');
  });

  it('loses nothing that is typed while the entry is being created', async () => {
    store.delay = 3000;
    const draft = Draft.fresh(store, { codeOf }, {}, new Date());
    draft.write('J');
    draft.write('Je');
    draft.entitle('Om stilhed');
    draft.write('Jeg');
    expect(draft.state).toBe('saving');
    await vi.advanceTimersByTimeAsync(3000);
    expect(store.created).toHaveLength(1);
    expect(draft.state).toBe('waiting');
    store.delay = 0;
    await vi.advanceTimersByTimeAsync(PAUSE);
    expect(store.texts).toEqual([{ title: 'Om stilhed', body: 'Jeg', version: 1 }]);
    expect(draft.state).toBe('saved');
  });

  it('is in the store within a second of the last key', async () => {
    const draft = Draft.of(store, { codeOf }, store.entry(''));
    draft.write('Hun sagde ikke noget.');
    expect(draft.state).toBe('waiting');
    await vi.advanceTimersByTimeAsync(999);
    expect(store.body).toBe('Hun sagde ikke noget.');
    expect(draft.state).toBe('saved');
  });

  it('is stored every other second while keys keep coming', async () => {
    const draft = Draft.of(store, { codeOf }, store.entry(''));
    let text = '';
    for (let key = 0; key < 100; key += 1) {
      text += 'a';
      draft.write(text);
      await vi.advanceTimersByTimeAsync(100);
    }
    // Ten seconds of typing with no pause.
    expect(store.texts.length).toBeGreaterThanOrEqual(Math.floor(10_000 / (LONGEST_WAIT + 100)));
    expect(store.texts.length).toBeLessThan(10);
  });

  it('says saved only after the store answered', async () => {
    store.delay = 5000;
    const draft = Draft.of(store, { codeOf }, store.entry(''));
    draft.write('x');
    await vi.advanceTimersByTimeAsync(PAUSE + 4999);
    expect(draft.state).toBe('saving');
    await vi.advanceTimersByTimeAsync(1);
    expect(draft.state).toBe('saved');
  });

  it('never has two saves under way, and each follows the version before', async () => {
    store.delay = 1000;
    const draft = Draft.of(store, { codeOf }, store.entry(''));
    draft.write('a');
    void draft.flush();
    draft.write('ab');
    const flushed = draft.flush();
    await vi.advanceTimersByTimeAsync(2000);
    expect(await flushed).toBe(true);
    expect(store.texts.map((text) => [text.body, text.version])).toEqual([
      ['a', 1],
      ['ab', 2],
    ]);
  });

  it('keeps the text when a save fails, and tries again by itself', async () => {
    const draft = Draft.of(store, { codeOf }, store.entry(''));
    store.fault = 'noSpace';
    draft.write('Det må ikke gå tabt');
    expect(await draft.flush()).toBe(false);
    expect(draft.state).toBe('failed');
    expect(draft.trouble).toBe('noSpace');
    expect(draft.body).toBe('Det må ikke gå tabt');
    store.fault = null;
    await vi.advanceTimersByTimeAsync(FIRST_RETRY);
    expect(draft.state).toBe('saved');
    expect(store.body).toBe('Det må ikke gå tabt');
  });

  it('tries to create again when the first character could not be stored', async () => {
    store.fault = 'notWritable';
    const draft = Draft.fresh(store, { codeOf }, {}, new Date());
    draft.write('J');
    await vi.advanceTimersByTimeAsync(0);
    expect(draft.state).toBe('failed');
    draft.write('Je');
    store.fault = null;
    await vi.advanceTimersByTimeAsync(PAUSE);
    expect(store.created.map((entry) => entry.body)).toEqual(['Je']);
    expect(draft.state).toBe('saved');
  });

  it('stops at a text changed elsewhere, and can insist on its own', async () => {
    const draft = Draft.of(store, { codeOf }, store.entry(''));
    store.version = 7;
    draft.write('min');
    expect(await draft.flush()).toBe(false);
    expect(draft.state).toBe('conflict');
    draft.write('min tekst');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(store.texts).toHaveLength(0);
    expect(await draft.insist()).toBe(true);
    expect(store.body).toBe('min tekst');
    expect(draft.state).toBe('saved');
  });

  it('can keep both texts of a conflict', async () => {
    const draft = Draft.of(store, { codeOf }, store.entry(''));
    store.version = 7;
    store.body = 'den anden';
    draft.write('min');
    await draft.flush();
    const before = draft.generation;
    const entryCreate = vi.spyOn(store, 'entryCreate').mockResolvedValue({ ...store.entry(''), id: 'e2' });
    expect((await draft.separate())?.id).toBe('e2');
    expect(entryCreate.mock.calls[0]?.[0].body).toBe('min');
    expect(draft.body).toBe('den anden');
    expect(draft.state).toBe('saved');
    expect(draft.generation).toBe(before + 1);
  });

  it('writes nothing when nothing was changed', async () => {
    const draft = Draft.of(store, { codeOf }, store.entry(''));
    draft.write('');
    expect(await draft.flush()).toBe(true);
    expect(store.texts).toHaveLength(0);
  });

  it('leaves no empty entry behind, but throws no text away either', async () => {
    const few = Draft.fresh(store, { codeOf }, {}, new Date());
    few.write('x');
    await few.flush();
    few.write('');
    await few.flush();
    expect(few.leaving).toBe('forget');

    const much = Draft.fresh(store, { codeOf }, {}, new Date());
    much.write('En lang tekst, som nogen kunne ville have tilbage igen.');
    await much.flush();
    much.write('');
    await much.flush();
    expect(much.leaving).toBe('trash');

    const old = Draft.of(store, { codeOf }, { ...store.entry(''), body: 'noget' });
    old.write('');
    await old.flush();
    expect(old.leaving).toBe('keep');
  });

  it('holds no text after it was closed', async () => {
    const draft = Draft.of(store, { codeOf }, store.entry('Titel'));
    draft.write('hemmeligt');
    draft.close();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(store.texts).toHaveLength(0);
    expect(JSON.stringify([draft.body, draft.title, draft.shownTitle, draft.entry])).not.toContain('hemmeligt');
  });
});
