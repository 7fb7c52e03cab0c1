import { describe, expect, it, vi } from 'vitest';
import type { ImportPreview } from '$lib/bindings';
import { type ExchangeHost, Export, Import } from './work.svelte';

const preview: ImportPreview = {
  format: 'jrnl',
  newEntries: 3,
  alreadyHere: 0,
  firstDay: '2020-01-01',
  lastDay: '2020-01-03',
  attachments: 0,
  attachmentKilobytes: 0,
  skipped: [],
  skippedTotal: 0,
  sample: [],
};

function hostWith(change: Partial<ExchangeHost> = {}): ExchangeHost & { silenced: number } {
  const host = {
    silenced: 0,
    on: vi.fn(() => () => void (host.silenced += 1)),
    importChoose: async () => '/a/jrnl.json',
    importPreview: async () => preview,
    importRun: async () => ({ added: 3, alreadyHere: 0, skipped: 0 }),
    workCancel: async () => {},
    exportChoose: async () => '/a/ud',
    exportRun: async () => ({ entries: 22, unreadable: null }),
    ...change,
  };
  return host as unknown as ExchangeHost & { silenced: number };
}

describe('an import', () => {
  it('shows what would come before it brings anything', async () => {
    const importRun = vi.fn(async () => ({ added: 3, alreadyHere: 0, skipped: 0 }));
    const one = new Import(hostWith({ importRun }));
    await one.choose('file');
    expect(one.step).toBe('preview');
    expect(importRun).not.toHaveBeenCalled();
    await one.start();
    expect(one.step).toBe('done');
    expect(one.done?.added).toBe(3);
  });

  it('stays where it is when the choice is dismissed', async () => {
    const one = new Import(hostWith({ importChoose: async () => null }));
    await one.choose('folder');
    expect(one.step).toBe('choose');
  });

  it('says that it was stopped, which is no failure', async () => {
    const host = hostWith({ importRun: async () => Promise.reject({ code: 'cancelled', detail: null }) });
    const one = new Import(host);
    await one.choose('file');
    await one.start();
    expect(one.step).toBe('stopped');
    expect(one.trouble).toBeNull();
    expect(host.silenced).toBe(2);
  });

  it('keeps what went wrong', async () => {
    const one = new Import(hostWith({ importPreview: async () => Promise.reject({ code: 'badFile', detail: null }) }));
    await one.choose('file');
    expect(one.step).toBe('failed');
    expect(one.trouble).toEqual({ code: 'badFile', detail: null });
    one.again();
    expect(one.step).toBe('choose');
  });
});

describe('an export', () => {
  it('writes nothing until a folder is chosen', async () => {
    const exportRun = vi.fn(async () => ({ entries: 22, unreadable: null }));
    const one = new Export(hostWith({ exportRun }));
    await one.start();
    expect(exportRun).not.toHaveBeenCalled();
    await one.choose();
    await one.start();
    expect(exportRun).toHaveBeenCalledWith('markdown', '/a/ud');
    expect(one.step).toBe('done');
    expect(one.done).toEqual({ entries: 22, unreadable: null });
  });
});
