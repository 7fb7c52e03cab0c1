/** An import and an export from the first question to the end, as a dialog shows them. */
import type { ExportDone, ExportFormat, ImportDone, ImportPreview, Progress } from '$lib/bindings';
import type { Host } from '$lib/host';

/** The part of the host that an import and an export need. */
export type ExchangeHost = Pick<
  Host,
  'on' | 'importChoose' | 'importPreview' | 'importRun' | 'workCancel' | 'exportChoose' | 'exportRun'
>;

const isCancelled = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'cancelled';

/** What both have: something long that tells how far it is and can be stopped. */
class Work {
  /** How far it is. */
  progress: Progress = $state.raw({ done: 0, total: 0 });
  /** Whether it was asked to stop. */
  stopping = $state(false);
  /** What went wrong. */
  trouble: unknown = $state.raw(null);

  protected readonly host: ExchangeHost;

  constructor(host: ExchangeHost) {
    this.host = host;
  }

  /** Asks the work to stop; what it did until then is undone. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.host.workCancel();
  }

  /** Runs something long, and gives how it ended. */
  protected async run(work: () => Promise<void>): Promise<'done' | 'stopped' | 'failed'> {
    this.progress = { done: 0, total: 0 };
    this.stopping = false;
    this.trouble = null;
    const silence = this.host.on('progress', (progress) => (this.progress = progress));
    try {
      await work();
      return 'done';
    } catch (error) {
      if (isCancelled(error)) return 'stopped';
      this.trouble = error;
      return 'failed';
    } finally {
      silence();
      this.stopping = false;
    }
  }
}

/** An import: choose, look at what would come, bring it in. */
export class Import extends Work {
  /** Where it stands. */
  step: 'choose' | 'reading' | 'preview' | 'running' | 'done' | 'stopped' | 'failed' = $state('choose');
  /** What was chosen. */
  path = $state('');
  /** What would come. */
  preview: ImportPreview | null = $state.raw(null);
  /** What came. */
  done: ImportDone | null = $state.raw(null);

  /** Whether it can be left without asking anything to stop. */
  get idle(): boolean {
    return this.step !== 'reading' && this.step !== 'running';
  }

  /** Asks for a file or folder, and reads what is in it. */
  async choose(kind: 'file' | 'folder'): Promise<void> {
    let path: string | null = null;
    try {
      path = await this.host.importChoose(kind);
    } catch (error) {
      this.trouble = error;
      this.step = 'failed';
    }
    if (path === null) return;
    this.path = path;
    this.step = 'reading';
    const end = await this.run(async () => {
      this.preview = await this.host.importPreview(this.path);
    });
    this.step = end === 'done' ? 'preview' : end === 'stopped' ? 'choose' : 'failed';
  }

  /** Brings in what the preview showed. */
  async start(): Promise<void> {
    this.step = 'running';
    this.step = await this.run(async () => {
      this.done = await this.host.importRun();
    });
  }

  /** Back to the choice. */
  again(): void {
    this.step = 'choose';
    this.preview = null;
    this.trouble = null;
  }
}

/** An export: form, folder, write. */
export class Export extends Work {
  /** Where it stands. */
  step: 'choose' | 'running' | 'done' | 'stopped' | 'failed' = $state('choose');
  /** The form. */
  format: ExportFormat = $state('markdown');
  /** The folder. */
  path: string | null = $state(null);
  /** What was written, and what could not be read. */
  done: ExportDone | null = $state.raw(null);

  /** Whether it can be left without asking anything to stop. */
  get idle(): boolean {
    return this.step !== 'running';
  }

  /** Asks for a folder. */
  async choose(): Promise<void> {
    try {
      this.path = (await this.host.exportChoose()) ?? this.path;
    } catch (error) {
      this.trouble = error;
      this.step = 'failed';
    }
  }

  /** Writes everything. */
  async start(): Promise<void> {
    const path = this.path;
    if (path === null) return;
    this.step = 'running';
    this.step = await this.run(async () => {
      this.done = await this.host.exportRun(this.format, path);
    });
  }

  /** Back to the choice. */
  again(): void {
    this.step = 'choose';
    this.trouble = null;
  }
}
