import { describe, expect, it, vi } from 'vitest';
import type { EntryRow, Filter, Hits, Page } from '$lib/bindings';
import { FilterRows, PAGE, SearchRows } from './rows.svelte';

function row(number: number): EntryRow {
  return {
    id: `e${number}`,
    shownTitle: `Nr. ${number}`,
    preview: '',
    day: '2026-11-24',
    createdAt: '2026-11-24T08:00:00+01:00',
    starred: false,
    tags: [],
    trashedAt: null,
  };
}

const all: Filter = { kind: 'all' };

function asker(total: () => number) {
  return vi.fn(async (_filter: Filter, offset: number, limit: number): Promise<Page> => {
    const count = Math.max(0, Math.min(limit, total() - offset));
    return { rows: Array.from({ length: count }, (_, place) => row(offset + place)), total: total() };
  });
}

describe('the rows of a filter', () => {
  it('are fetched where they are looked at, and only there', async () => {
    const ask = asker(() => 100_000);
    const rows = new FilterRows(all, ask);
    rows.look(0, 12);
    await vi.waitFor(() => expect(rows.count).toBe(100_000));
    expect(rows.at(3)?.row.id).toBe('e3');
    expect(rows.at(50_000)).toBeUndefined();
    rows.look(50_000, 50_012);
    await vi.waitFor(() => expect(rows.at(50_000)?.row.id).toBe('e50000'));
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('are held only in part, however far one scrolls', async () => {
    const rows = new FilterRows(all, asker(() => 100_000));
    for (let page = 0; page < 100; page += 1) {
      rows.look(page * PAGE, page * PAGE + 10);
      await vi.waitFor(() => expect(rows.at(page * PAGE)).toBeDefined(), { interval: 1 });
    }
    expect(rows.at(0)).toBeUndefined();
    expect(rows.at(99 * PAGE)).toBeDefined();
  });

  it('stay shown while they are asked for again', async () => {
    let total = 10;
    const rows = new FilterRows(all, asker(() => total));
    rows.look(0, 9);
    await vi.waitFor(() => expect(rows.count).toBe(10));
    total = 11;
    const refreshed = rows.refresh();
    expect(rows.at(0)?.row.id).toBe('e0');
    await refreshed;
    expect(rows.count).toBe(11);
    expect(rows.find('e10')).toBe(10);
  });

  it('keep what is shown when an answer fails, and say so', async () => {
    const ask = asker(() => 10);
    const rows = new FilterRows(all, ask);
    rows.look(0, 9);
    await vi.waitFor(() => expect(rows.ready).toBe(true));
    ask.mockRejectedValueOnce({ code: 'io', detail: null });
    await rows.refresh();
    expect(rows.trouble).toEqual({ code: 'io', detail: null });
    expect(rows.at(0)?.row.id).toBe('e0');
    rows.look(0, 9);
    await vi.waitFor(() => expect(rows.trouble).toBeNull());
  });

  it('take a change of one entry without asking', async () => {
    const ask = asker(() => 10);
    const rows = new FilterRows(all, ask);
    rows.look(0, 9);
    await vi.waitFor(() => expect(rows.ready).toBe(true));
    rows.patch('e4', { starred: true });
    expect(rows.at(4)?.row.starred).toBe(true);
    expect(ask).toHaveBeenCalledTimes(1);
  });
});

describe('the hits of a search', () => {
  it('come one page after the other until there are no more', async () => {
    const total = PAGE + 5;
    const ask = vi.fn(async (_query: string, offset: number, limit: number): Promise<Hits> => {
      const count = Math.min(limit, total - offset);
      const hits = Array.from({ length: count }, (_, place) => ({
        row: row(offset + place),
        title: [],
        excerpt: [],
      }));
      return { hits, more: offset + count < total };
    });
    const rows = new SearchRows('netværk', ask);
    await rows.more();
    expect(rows.count).toBe(PAGE);
    expect(rows.whole).toBe(false);
    rows.look(0, 5);
    expect(ask).toHaveBeenCalledTimes(1);
    rows.look(PAGE - 10, PAGE - 1);
    await vi.waitFor(() => expect(rows.whole).toBe(true));
    expect(rows.count).toBe(total);
    rows.without('e0');
    expect(rows.at(0)?.row.id).toBe('e1');
  });
});
