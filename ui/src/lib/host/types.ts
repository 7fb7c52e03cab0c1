import type {
  AppStatus,
  Attachment,
  DayCount,
  DiffLine,
  Entry,
  EntryRow,
  ErrorCode,
  ExportDone,
  ExportFormat,
  Filter,
  Hits,
  ImportDone,
  ImportPreview,
  NewEntry,
  Opening,
  Page,
  Place,
  Progress,
  Revision,
  Saved,
  Settings,
  Slot,
  Strength,
  TagCount,
  Template,
  Text,
} from '$lib/bindings';
import type { CalendarHost } from './calendar';
import type { NetworkHost } from './networks';
import type { SharingHost } from './sharing';

/** What the system menu can ask the window for. */
export type MenuItem = 'new' | 'search' | 'lock' | 'settings' | 'help' | 'shortcuts' | 'import' | 'export';

/** What the program tells the window without being asked. */
export interface HostEvents {
  /** The stage changed: locked by the program itself, or opened by the keyring. */
  stage: AppStatus;
  /** Save what is being written, then call `lock`. */
  'lock-requested': null;
  /** How far an import or export has come. */
  progress: Progress;
  /** The program was asked to open something: take it with `openingTake`. */
  opening: null;
  /** Calendars, their events or how they are kept in step changed by themselves. */
  calendars: null;
  /** Anything about sharing changed. */
  sharing: null;
  /** Something chosen in the system menu. */
  menu: MenuItem;
}

/** A command that was refused. The words for the code live in `errors.json`. */
export class HostError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly detail: string | null = null,
  ) {
    super(code);
    this.name = 'HostError';
  }
}

/** Everything outside the window: the program itself, or a stand-in in memory. Each call can reject with `HostError`. */
export interface Host extends CalendarHost, NetworkHost, SharingHost {
  /** The moment now; the stand-in can hold it still. */
  now(): Date;
  /** Listens; the function returned stops listening. */
  on<E extends keyof HostEvents>(event: E, heard: (payload: HostEvents[E]) => void): () => void;

  appStatus(): Promise<AppStatus>;
  settingsSave(settings: Settings): Promise<AppStatus>;
  placeCheck(path: string): Promise<Place>;
  /** Asks for a folder; null where the question was dismissed. */
  placeChoose(): Promise<Place | null>;
  /** Uses the vault in another folder from now on. */
  placeUse(path: string): Promise<AppStatus>;

  passphraseStrength(passphrase: string): Promise<Strength>;
  /** The recovery key of the vault about to be made; the same at each call. */
  firstRunKey(): Promise<string>;
  firstRunKeyRenew(): Promise<string>;
  firstRunFinish(path: string, passphrase: string, useKeyring: boolean, typedKey: string): Promise<AppStatus>;
  keyringReady(): Promise<boolean>;

  unlockPassphrase(passphrase: string): Promise<AppStatus>;
  unlockRecovery(key: string): Promise<AppStatus>;
  unlockKeyring(): Promise<AppStatus>;
  lock(): Promise<AppStatus>;
  /** Tells that somebody is here; at most every ten seconds. */
  activity(): Promise<void>;

  slots(): Promise<Slot[]>;
  passphraseChange(old: string, next: string): Promise<void>;
  /** A new recovery key, in force once it has been confirmed. */
  recoveryKeyNew(passphrase: string): Promise<string>;
  recoveryKeyConfirm(typed: string): Promise<void>;
  /** Encrypts the store anew; the recovery key that comes with it is in force once confirmed. */
  rootKeyChange(passphrase: string): Promise<string>;
  computerRemember(passphrase: string): Promise<void>;
  computerForget(): Promise<void>;
  /** The system's print dialog for what the page shows on paper. */
  printPage(): Promise<void>;

  entryCreate(entry: NewEntry): Promise<Entry>;
  entryGet(id: string): Promise<Entry>;
  entrySave(id: string, text: Text): Promise<Saved>;
  /** `day` is YYYY-MM-DD, `time` HH:MM. */
  entrySetMoment(id: string, day: string, time: string): Promise<Entry>;
  entrySetTags(id: string, tags: string[]): Promise<Entry>;
  entrySetStar(id: string, starred: boolean): Promise<Entry>;
  entryTrash(id: string): Promise<void>;
  entryRestore(id: string): Promise<void>;
  entryPurge(id: string): Promise<void>;
  /** How many were deleted for good. */
  trashEmpty(): Promise<number>;
  entryPage(filter: Filter, offset: number, limit: number): Promise<Page>;
  /** The days of a month (1 to 12) that have entries. */
  days(year: number, month: number): Promise<DayCount[]>;
  /** Entries of the same day in earlier years. */
  onThisDay(day: string): Promise<EntryRow[]>;
  tags(): Promise<TagCount[]>;
  search(query: string, offset: number, limit: number): Promise<Hits>;

  revisions(id: string): Promise<Revision[]>;
  revisionText(id: string): Promise<string>;
  revisionCompare(id: string): Promise<DiffLine[]>;
  revisionRestore(id: string): Promise<Entry>;
  /** In the language in force. */
  templates(): Promise<Template[]>;

  attachmentAdd(entry: string, name: string, mediaType: string, bytes: Uint8Array): Promise<Attachment>;
  /** Asks for files and adds them. */
  attachmentPick(entry: string): Promise<Attachment[]>;
  /** False where the question for a place was dismissed. */
  attachmentSave(id: string): Promise<boolean>;
  attachmentRemove(id: string): Promise<void>;
  /** The address that shows an attachment within the page. */
  attachmentUrl(id: string): string;

  /** Asks for a file or a folder; null where the question was dismissed. */
  importChoose(kind: 'file' | 'folder'): Promise<string | null>;
  importPreview(path: string): Promise<ImportPreview>;
  importRun(): Promise<ImportDone>;
  workCancel(): Promise<void>;
  exportChoose(): Promise<string | null>;
  exportRun(format: ExportFormat, path: string): Promise<ExportDone>;

  /** What the program was asked to open, by the system or by a click on a notification; given once. */
  openingTake(): Promise<Opening | null>;
  /** Opens a web or mail address outside; the page has asked first. */
  linkOpen(url: string): Promise<void>;
  quit(): Promise<void>;
}
