import type { AppStatus, Settings, Theme } from '$lib/bindings';
import { asHostError } from '$lib/error';
import { host, type HostError } from '$lib/host';
import { speak } from '$lib/i18n';
import { flushAll, letGoAll } from '$lib/lock';
import { leaveAll } from '$lib/place.svelte';
import { clearToasts, toast } from '$lib/toast.svelte';

// What the program has told the window: one state, changed here only.
let status = $state.raw<AppStatus | null>(null);
let failure = $state.raw<HostError | null>(null);
let locking = false;

/** The program's state; null until it has answered. */
export function app(): AppStatus | null {
  return status;
}

/** The settings in force, none of them left open. */
export function settings(): Required<Settings> {
  return { language: null, theme: 'system', idleMinutes: 10, spellCheck: true, ...status?.settings };
}

/** Why the program did not answer at the start. */
export function startFailure(): HostError | null {
  return failure;
}

/** Takes over a state that a command returned or an event brought. */
export function take(next: AppStatus): void {
  const before = status?.stage;
  status = next;
  speak(next.language);
  showTheme(settings().theme);
  if (before === 'open' && next.stage !== 'open') forget();
}

const dark = matchMedia('(prefers-color-scheme: dark)');

function showTheme(theme: Theme): void {
  const shown = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
  document.documentElement.dataset.theme = shown;
}
dark.addEventListener('change', () => showTheme(settings().theme));

/** Nothing of the journal stays: what could not be saved, the places, the toasts; the open part of the page is unmounted by the stage. */
function forget(): void {
  letGoAll();
  leaveAll();
  clearToasts();
  document.title = 'Fristed';
}

/** Saves what is being written and locks. What cannot be saved keeps the journal open, and says why. */
export async function lock(): Promise<void> {
  if (locking || status?.stage !== 'open') return;
  locking = true;
  try {
    await flushAll();
    take(await host.lock());
  } catch (thrown) {
    toast({ error: asHostError(thrown) });
  } finally {
    locking = false;
  }
}

/** Saves settings and shows them at once. */
export async function saveSettings(change: Partial<Settings>): Promise<void> {
  if (!status) return;
  take(await host.settingsSave({ ...settings(), ...change }));
}

/** Asks the program where it stands, and listens from then on. */
export async function start(): Promise<void> {
  showTheme('system');
  host.on('stage', take);
  host.on('lock-requested', () => void lock());
  try {
    take(await host.appStatus());
  } catch (thrown) {
    failure = asHostError(thrown);
  }
}
