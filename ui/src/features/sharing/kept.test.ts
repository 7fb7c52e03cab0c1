import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Autosave } from '$lib/autosave.svelte';
import { HostError } from '$lib/host/types';
import { flushAll, letGoAll } from '$lib/lock';
import { leave, takeBack } from './kept.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  letGoAll();
  vi.useRealTimers();
});

/** A reply that was begun, and what the store answers to it. */
function begun() {
  const store: { refuses: 'noSpace' | 'locked' | 'notFound' | null; text: string } = { refuses: 'noSpace', text: '' };
  const draft = new Autosave<string>('', async (text) => {
    if (store.refuses) throw new HostError(store.refuses);
    store.text = text;
  });
  draft.edit('Halvt skrevet');
  return { store, draft };
}
const rest = () => vi.advanceTimersByTimeAsync(120_000);

describe('a reply whose thread is left', () => {
  it('is let go of where it is saved', async () => {
    const { store, draft } = begun();
    store.refuses = null;
    const missed = vi.fn();
    await leave('f', draft, missed);
    await rest();
    expect([store.text, missed.mock.calls.length, takeBack('f')]).toEqual(['Halvt skrevet', 0, null]);
  });

  it('is kept where it is not, told of once, and keeps the journal open', async () => {
    const { draft } = begun();
    const missed = vi.fn();
    await leave('f', draft, missed);
    await rest();
    expect(missed).toHaveBeenCalledOnce();
    await expect(flushAll()).rejects.toThrow('noSpace');
    expect(takeBack('f')).toBe(draft);
    await flushAll();
  });

  it('is let go of once a later try saves it', async () => {
    const { store, draft } = begun();
    await leave('f', draft, () => {});
    store.refuses = null;
    await rest();
    expect([store.text, takeBack('f')]).toEqual(['Halvt skrevet', null]);
  });

  it('is let go of when a later try finds that there is nothing to reply to', async () => {
    const { store, draft } = begun();
    await leave('f', draft, () => {});
    store.refuses = 'notFound';
    await rest();
    expect(takeBack('f')).toBeNull();
    await flushAll();
  });

  it('is let go of when the journal is locked', async () => {
    const { store, draft } = begun();
    await leave('f', draft, () => {});
    letGoAll();
    store.refuses = null;
    await rest();
    expect([store.text, takeBack('f')]).toEqual(['', null]);
  });

  it('is not told of in a journal that was locked meanwhile', async () => {
    const { store, draft } = begun();
    store.refuses = 'locked';
    const missed = vi.fn();
    await leave('f', draft, missed);
    await rest();
    expect([missed.mock.calls.length, takeBack('f')]).toEqual([0, null]);
  });

  it('goes on being saved by whoever takes it back', async () => {
    const { store, draft } = begun();
    await leave('f', draft, () => {});
    takeBack('f')?.edit('Halvt skrevet, og lidt til');
    store.refuses = null;
    await rest();
    expect([store.text, draft.value]).toEqual(['Halvt skrevet, og lidt til', 'Halvt skrevet, og lidt til']);
  });
});
