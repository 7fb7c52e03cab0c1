import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { WireError } from '$lib/bindings';
import { HostError, type Host } from './types';

/** Calls a command; whatever it is refused with becomes a `HostError`. */
async function call<T>(command: string, args?: Record<string, unknown> | Uint8Array, headers?: HeadersInit): Promise<T> {
  try {
    return await invoke<T>(command, args, headers ? { headers } : undefined);
  } catch (refusal) {
    throw isWireError(refusal) ? new HostError(refusal.code, refusal.detail) : new HostError('internal');
  }
}

function isWireError(value: unknown): value is WireError {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
}

// Where the web view knows only http addresses (Windows), custom schemes live below one.
const attachments = navigator.userAgent.includes('Windows')
  ? 'http://fristed-attachment.localhost/'
  : 'fristed-attachment://localhost/';

export const host: Host = {
  now: () => new Date(),
  on(event, heard) {
    const stop = listen(event, (told) => heard(told.payload as Parameters<typeof heard>[0]));
    return () => void stop.then((unlisten) => unlisten());
  },

  appStatus: () => call('app_status'),
  settingsSave: (settings) => call('settings_save', { settings }),
  placeCheck: (path) => call('place_check', { path }),
  placeChoose: () => call('place_choose'),
  placeUse: (path) => call('place_use', { path }),

  passphraseStrength: (passphrase) => call('passphrase_strength', { passphrase }),
  firstRunKey: () => call('first_run_key'),
  firstRunKeyRenew: () => call('first_run_key_renew'),
  firstRunFinish: (path, passphrase, useKeyring, typedKey) =>
    call('first_run_finish', { path, passphrase, useKeyring, typedKey }),
  keyringReady: () => call('keyring_ready'),

  unlockPassphrase: (passphrase) => call('unlock_passphrase', { passphrase }),
  unlockRecovery: (key) => call('unlock_recovery', { key }),
  unlockKeyring: () => call('unlock_keyring'),
  lock: () => call('lock'),
  activity: () => call('activity'),

  slots: () => call('slots'),
  passphraseChange: (old, next) => call('passphrase_change', { old, new: next }),
  recoveryKeyNew: (passphrase) => call('recovery_key_new', { passphrase }),
  recoveryKeyConfirm: (typed) => call('recovery_key_confirm', { typed }),
  rootKeyChange: (passphrase) => call('root_key_change', { passphrase }),
  computerRemember: (passphrase) => call('computer_remember', { passphrase }),
  computerForget: () => call('computer_forget'),
  printPage: () => call('print_page'),

  entryCreate: (entry) => call('entry_create', { entry }),
  entryGet: (id) => call('entry_get', { id }),
  entrySave: (id, text) => call('entry_save', { id, text }),
  entrySetMoment: (id, day, time) => call('entry_set_moment', { id, day, time }),
  entrySetTags: (id, tags) => call('entry_set_tags', { id, tags }),
  entrySetStar: (id, starred) => call('entry_set_star', { id, starred }),
  entryTrash: (id) => call('entry_trash', { id }),
  entryRestore: (id) => call('entry_restore', { id }),
  entryPurge: (id) => call('entry_purge', { id }),
  trashEmpty: () => call('trash_empty'),
  entryPage: (filter, offset, limit) => call('entry_page', { filter, offset, limit }),
  days: (year, month) => call('days', { year, month }),
  onThisDay: (day) => call('on_this_day', { day }),
  tags: () => call('tags'),
  search: (query, offset, limit) => call('search', { query, offset, limit }),

  revisions: (id) => call('revisions', { id }),
  revisionText: (id) => call('revision_text', { id }),
  revisionCompare: (id) => call('revision_compare', { id }),
  revisionRestore: (id) => call('revision_restore', { id }),
  templates: () => call('templates'),

  attachmentAdd: (entry, name, mediaType, bytes) =>
    call('attachment_add', bytes, { entry, name: encodeURIComponent(name), 'media-type': mediaType }),
  attachmentPick: (entry) => call('attachment_pick', { entryId: entry }),
  attachmentSave: (id) => call('attachment_save', { id }),
  attachmentRemove: (id) => call('attachment_remove', { id }),
  attachmentUrl: (id) => attachments + encodeURIComponent(id),

  importChoose: (kind) => call('import_choose', { kind }),
  importPreview: (path) => call('import_preview', { path }),
  importRun: () => call('import_run'),
  workCancel: () => call('work_cancel'),
  exportChoose: () => call('export_choose'),
  exportRun: (format, path) => call('export_run', { format, path }),

  linkOpen: (url) => call('link_open', { url }),
  quit: () => call('quit'),
};
