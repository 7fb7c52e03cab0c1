// The types that cross between the window and the program, as `app::wire` declares them.

export type Stage = 'firstRun' | 'opening' | 'locked' | 'open';
export type Language = 'da' | 'en';
export type Theme = 'system' | 'light' | 'dark';
export type Settings = { language: Language | null; theme: Theme; idleMinutes: number; spellCheck: boolean };
export type Notice = 'recovered' | 'logMissing' | 'foreignLog' | 'readOnly' | 'migrated';
export type AppStatus = {
  stage: Stage;
  vaultPath: string;
  settings: Settings;
  language: Language;
  notice: Notice | null;
  readOnly: boolean;
  keyringTrouble: ErrorCode | null;
};
export type ErrorCode =
  | 'wrongKey'
  | 'recoveryKeyMistyped'
  | 'locked'
  | 'inUse'
  | 'newer'
  | 'damaged'
  | 'keysDamaged'
  | 'noVault'
  | 'vaultExists'
  | 'folderUnusable'
  | 'noSpace'
  | 'notWritable'
  | 'io'
  | 'keyringUnavailable'
  | 'keyringLocked'
  | 'keyringKeyMissing'
  | 'passphraseTooWeak'
  | 'notFound'
  | 'attachmentTooLarge'
  | 'textTooLarge'
  | 'changed'
  | 'badTime'
  | 'unknownFormat'
  | 'badFile'
  | 'tooLarge'
  | 'cancelled'
  | 'notEmpty'
  | 'linkRefused'
  | 'internal';
export type WireError = { code: ErrorCode; detail: string | null };
export type Strength = { score: number; yearsLog10: number; accepted: boolean; weakness: Weakness | null };
export type Weakness = 'short' | 'common' | 'pattern' | 'date' | 'name';
export type Place = { path: string; hasVault: boolean; problem: ErrorCode | null; synced: boolean };
export type Slot = { kind: SlotKind; createdAt: string };
export type SlotKind = 'passphrase' | 'computer' | 'recovery';
export type Entry = {
  id: string;
  title: string;
  shownTitle: string;
  body: string;
  day: string;
  createdAt: string;
  updatedAt: string;
  tags: string[];
  starred: boolean;
  template: string | null;
  attachments: Attachment[];
  trashedAt: string | null;
  version: number;
};
export type Attachment = { id: string; name: string; mediaType: string; size: number };
export type EntryRow = {
  id: string;
  shownTitle: string;
  preview: string;
  day: string;
  createdAt: string;
  starred: boolean;
  tags: string[];
  trashedAt: string | null;
};
export type Filter =
  | { kind: 'all' }
  | { kind: 'tag'; tag: string }
  | { kind: 'starred' }
  | { kind: 'day'; day: string }
  | { kind: 'month'; year: number; month: number }
  | { kind: 'trash' };
export type Page = { rows: EntryRow[]; total: number };
export type DayCount = { day: string; count: number };
export type TagCount = { tag: string; count: number };
export type Span = { text: string; hit: boolean };
export type Hit = { row: EntryRow; title: Span[]; excerpt: Span[] };
export type Hits = { hits: Hit[]; more: boolean };
export type NewEntry = { title: string; body: string; template: string | null; day: string | null; tags: string[] };
export type Text = { title: string; body: string; version: number };
export type Saved = { version: number; updatedAt: string; shownTitle: string };
export type Revision = { id: string; savedAt: string; characters: number };
export type DiffLine = { side: DiffSide; spans: Span[] };
export type DiffSide = 'both' | 'earlier' | 'now';
export type Template = {
  id: string;
  name: string;
  purpose: string;
  questions: string[];
  body: string;
  source: string | null;
};
export type ImportPreview = {
  format: ImportFormat;
  newEntries: number;
  alreadyHere: number;
  firstDay: string | null;
  lastDay: string | null;
  attachments: number;
  attachmentKilobytes: number;
  skipped: Skipped[];
  skippedTotal: number;
  sample: SampleRow[];
};
export type SampleRow = { title: string; day: string };
export type Skipped = { name: string; reason: SkipReason };
export type SkipReason = 'tooLarge' | 'missing' | 'empty' | 'unreadable' | 'notForImport' | 'unsafeName';
export type ImportFormat = 'dayOne' | 'jrnl' | 'markdown' | 'fristedJson' | 'fristedMarkdown';
export type ImportDone = { added: number; alreadyHere: number; skipped: number };
export type ExportFormat = 'markdown' | 'json';
export type Progress = { done: number; total: number };
