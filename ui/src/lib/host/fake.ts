import type { AppStatus, Language, Opening } from '$lib/bindings';
import { FakeCalendars, fakeCalendar } from './fake/calendar';
import { fakeExchange } from './fake/exchange';
import { fakeIncoming } from './fake/incoming';
import { fakeJournal } from './fake/journal';
import { fakeNetworks } from './fake/networks';
import { fakeSharing } from './fake/sharing';
import { fakeSources } from './fake/sources';
import { fakeVault } from './fake/vault';
import { wishes as wanted } from './fake/wishes';
import { HostError, type Host, type HostEvents, type MenuItem } from './types';

// The whole program in memory, for tests in a browser and for looking at the interface.

const wishes = wanted(location.search);
const listeners = new Map<keyof HostEvents, Set<(payload: never) => void>>();

function tell<E extends keyof HostEvents>(event: E, payload: HostEvents[E]): void {
  for (const heard of listeners.get(event) ?? []) heard(payload as never);
}

let language: Language = wishes.language;
const begun = Date.now();
const now = () => (wishes.now ? new Date(wishes.now.getTime() + (Date.now() - begun)) : new Date());
const vault = fakeVault(wishes, now, (status: AppStatus) => tell('stage', status));
const journal = fakeJournal(now, () => language, wishes.entries);
const calendars = new FakeCalendars(wishes, now);
const calendar = fakeCalendar(calendars, () => language);
const incoming = fakeIncoming(calendars, wishes);
const sources = fakeSources(calendars, wishes, now);
const networks = fakeNetworks(calendars, journal, wishes);
const sharing = fakeSharing(wishes, now, () => tell('sharing', null), journal, networks);
const { goOn, ...exchange } = fakeExchange((progress) => tell('progress', progress), wishes);

window.addEventListener('fristed-idle', () => tell('lock-requested', null));

let opening: Opening | null = null;

/** Lets a test press what the system menu would, ask for something to be opened as the system does, let the program fetch a calendar by itself, let a meeting come through a network’s room, and end what it held. */
Object.assign(window, {
  fristedOpen: (asked: Opening) => {
    opening = asked;
    tell('opening', null);
  },
  fristedSync: (id: string) => void sources.calendarSync(id).then(() => tell('calendars', null)),
  fristedCalled: (title: string, day: string) => {
    const form = { calendar: 'c-work', title, location: '', description: '', start: `${day}T09:00`, end: `${day}T10:00`, allDay: false, zone: null, repeat: null, alarms: [] };
    void calendar.eventCreate(form).then(() => tell('sharing', null));
  },
  fristedMenu: (item: MenuItem) => tell('menu', item),
  fristedGoOn: goOn,
});

// Refused only where it is named: the page could not even show the error without them.
const untouched = new Set<string>(['appStatus', 'settingsSave', 'activity', 'lock', 'slots', 'placeCheck', 'passphraseStrength', 'keyringReady', 'firstRunKey', 'workCancel', 'openingTake', 'sharingStatus', 'sharingSignInCancel']);

/** Waits and fails as the address wishes, then does the work. */
function watched(name: string, work: (...given: never[]) => unknown) {
  return async (...given: never[]) => {
    if (wishes.wait > 0) await new Promise((wake) => setTimeout(wake, wishes.wait));
    const code = wishes.fail.get(name) ?? (untouched.has(name) ? undefined : wishes.fail.get('*'));
    if (code) throw new HostError(code);
    return work(...given);
  };
}

const direct: Pick<Host, 'now' | 'on' | 'attachmentUrl'> = {
  now,
  on(event, heard) {
    const all = listeners.get(event) ?? new Set();
    listeners.set(event, all.add(heard as (payload: never) => void));
    return () => all.delete(heard as (payload: never) => void);
  },
  attachmentUrl: journal.attachmentUrl,
};

const working = {
  ...vault,
  ...journal,
  ...calendar,
  ...incoming,
  ...sources,
  ...networks,
  ...sharing,
  ...exchange,
  settingsSave: async (settings) => {
    language = settings.language ?? 'da';
    return vault.settingsSave(settings);
  },
  printPage: async () => window.print(),
  openingTake: async () => {
    const asked = opening;
    opening = null;
    return asked;
  },
  linkOpen: async (url: string) => {
    if (!/^(https?|mailto):/i.test(url)) throw new HostError('linkRefused');
  },
  quit: async () => {},
} satisfies Omit<Host, 'now' | 'on'>;

const entries = Object.entries(working).map(([name, work]) => [name, watched(name, work as (...given: never[]) => unknown)]);

export const host: Host = { ...(Object.fromEntries(entries) as unknown as Host), ...direct };
