import type { ImportPreview, Progress, Unreadable } from '$lib/bindings';
import { HostError, type Host } from '../types';

type ExchangePart = Pick<
  Host,
  'importChoose' | 'importPreview' | 'importRun' | 'workCancel' | 'exportChoose' | 'exportRun'
>;

const preview: ImportPreview = {
  format: 'dayOne',
  newEntries: 412,
  alreadyHere: 3,
  firstDay: '2019-08-12',
  lastDay: '2026-10-30',
  attachments: 57,
  attachmentKilobytes: 81_340,
  skipped: [
    { name: 'videos/sommerfest.mov', reason: 'tooLarge' },
    { name: 'photos/4f1c.jpeg', reason: 'missing' },
  ],
  skippedTotal: 2,
  sample: [
    { title: 'Første dag som leder', day: '2019-08-12' },
    { title: 'Det, jeg lærte af budgettet', day: '2021-03-04' },
    { title: 'Gåtur med en kollega', day: '2026-10-30' },
  ],
};

/** The commands, and what only a test does. */
interface Exchange extends ExchangePart {
  /** Lets work that stands still go on. */
  goOn: () => void;
}

/**
 * Import and export that take a moment and touch nothing; where they are to `hold`, they stand still halfway. The
 * export leaves out what is `unreadable`; null is a store that is whole.
 */
export function fakeExchange(
  tell: (progress: Progress) => void,
  { hold, unreadable }: { hold: boolean; unreadable: Unreadable | null },
): Exchange {
  let stopped = false;
  let imported = false;
  let goOn = () => {};

  async function work(total: number): Promise<void> {
    stopped = false;
    const released = hold ? new Promise<void>((wake) => (goOn = wake)) : undefined;
    const step = Math.ceil(total / 20);
    for (let done = 0; done <= total; done += step) {
      tell({ done, total });
      await new Promise((wake) => setTimeout(wake, 60));
      if (done > total / 2) await released;
      if (stopped) throw new HostError('cancelled');
    }
    tell({ done: total, total });
  }

  return {
    goOn: () => goOn(),
    importChoose: async (kind) => (kind === 'file' ? '/home/karen/Hentet/dagbog.zip' : '/home/karen/Noter'),
    async importPreview() {
      return imported ? { ...preview, newEntries: 0, alreadyHere: 415 } : structuredClone(preview);
    },
    async importRun() {
      await work(preview.newEntries);
      imported = true;
      return { added: preview.newEntries, alreadyHere: preview.alreadyHere, skipped: preview.skippedTotal };
    },
    async workCancel() {
      stopped = true;
      goOn();
    },
    exportChoose: async () => '/home/karen/Dokumenter/Fristed-eksport',
    async exportRun() {
      await work(22);
      return { entries: 22 - (unreadable?.entries ?? 0), unreadable };
    },
  };
}
