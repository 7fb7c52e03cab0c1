import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HostError } from '$lib/host/types';
import { Autosave } from './autosave.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('what saves itself', () => {
  it('is saved once the keys rest, and says so only after the store answered', async () => {
    let answer = () => {};
    const save = vi.fn(() => new Promise<void>((done) => (answer = done)));
    const one = new Autosave('', save);
    one.edit('a');
    one.edit('ab');
    expect(one.state).toBe('waiting');
    await vi.advanceTimersByTimeAsync(500);
    expect(save).toHaveBeenCalledExactlyOnceWith('ab');
    expect(one.state).toBe('saving');
    answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(one.state).toBe('saved');
  });

  it('is saved while the keys keep coming', async () => {
    const save = vi.fn(async () => {});
    const one = new Autosave('', save);
    for (let each = 0; each < 10; each++) {
      one.edit(String(each));
      await vi.advanceTimersByTimeAsync(300);
    }
    expect(save.mock.calls.length).toBeGreaterThanOrEqual(1);
  });

  it('keeps what could not be saved, and tries again', async () => {
    let full = true;
    const save = vi.fn(async () => {
      if (full) throw new HostError('noSpace');
    });
    const one = new Autosave('', save);
    one.edit('a');
    expect(await one.flush()).toBe(false);
    expect([one.state, one.trouble, one.value]).toEqual(['failed', 'noSpace', 'a']);
    await expect(one.durable()).rejects.toThrow('noSpace');
    full = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(one.state).toBe('saved');
  });

  it('asks before it saves over what was written elsewhere', async () => {
    let changed = true;
    const save = vi.fn(async () => {
      if (changed) throw new HostError('changed');
    });
    const one = new Autosave('', save);
    one.edit('mine');
    await one.flush();
    expect(one.state).toBe('conflict');
    one.edit('mine still');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(save).toHaveBeenCalledTimes(1);
    changed = false;
    expect(await one.insist()).toBe(true);
    expect(save).toHaveBeenLastCalledWith('mine still');
  });

  it('does not let the store overwrite what is being written', () => {
    const one = new Autosave('', async () => {});
    one.edit('mine');
    one.took('theirs');
    expect(one.value).toBe('mine');
  });
});
