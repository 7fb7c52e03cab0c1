import type {
  Account,
  Calendar,
  CalendarPreview,
  CalendarView,
  Changed,
  Colour,
  Conflict,
  Event,
  EventForm,
  ImportDone,
  Keep,
  Occurrence,
  RemoteCalendar,
  Reply,
  Scope,
  Touched,
} from '$lib/bindings';

/** Calendars, events, files and addresses. */
export interface CalendarHost {
  calendars(): Promise<Calendar[]>;
  calendarCreate(name: string, colour: Colour): Promise<Calendar>;
  calendarChange(id: string, name: string, colour: Colour, shown: boolean): Promise<Calendar>;
  calendarDelete(id: string): Promise<void>;
  /** What goes along when a calendar is deleted. */
  calendarTouches(id: string): Promise<Touched>;
  /** `first` and `last` are days; both are shown. */
  calendarView(first: string, last: string): Promise<CalendarView>;
  /** By title and place, soonest to today first, at most 100. */
  calendarSearch(query: string): Promise<Occurrence[]>;
  eventGet(event: string, recurrenceId: string | null): Promise<Event>;
  eventCreate(form: EventForm): Promise<Changed>;
  eventChange(event: string, recurrenceId: string | null, scope: Scope, form: EventForm): Promise<Changed>;
  /** Start and end as in a form, on the computer’s clock. */
  eventMove(event: string, recurrenceId: string | null, scope: Scope, start: string, end: string): Promise<Changed>;
  eventDelete(event: string, recurrenceId: string | null, scope: Scope): Promise<Changed>;
  eventTouches(event: string, recurrenceId: string | null, scope: Scope): Promise<Touched>;
  /** Takes a change back; it holds until the vault locks. */
  calendarUndo(undo: string): Promise<void>;
  /** Asks for an .ics file; null where the question was dismissed. */
  calendarFileChoose(): Promise<string | null>;
  /** Kept by the program until it is run or another is previewed. */
  calendarFilePreview(path: string): Promise<CalendarPreview>;
  /** The same, of a file that was dropped on the window. */
  calendarFileTake(name: string, bytes: Uint8Array): Promise<CalendarPreview>;
  calendarFileRun(calendar: string): Promise<ImportDone>;
  /** Takes the previewed invitation in. A path where an answer was written for the organiser, null where none was. */
  invitationAccept(calendar: string, reply: Reply, you: string | null): Promise<string | null>;
  /** Writes an answer to an invitation that is in a calendar. */
  invitationReplyFile(event: string, recurrenceId: string | null, reply: Reply, you: string | null): Promise<string | null>;
  /** One event, one calendar, or everything; null where the question was dismissed. */
  calendarExport(calendar: string | null, event: string | null): Promise<string | null>;
  /** The leader’s own e-mail addresses: which of those invited she is. */
  ownAddresses(): Promise<string[]>;
  ownAddressesSave(addresses: string[]): Promise<void>;
  /** A calendar that is read from an address now and then. */
  subscriptionAdd(name: string, colour: Colour, everyMinutes: number, account: Account): Promise<Calendar>;
  /** The calendars of an account on a server. */
  calDavFind(account: Account): Promise<RemoteCalendar[]>;
  calDavAdd(account: Account, addresses: string[], everyMinutes: number): Promise<Calendar[]>;
  /** Looks now; the calendar’s `source` says how it went. */
  calendarSync(id: string): Promise<Calendar>;
  calendarSetEvery(id: string, everyMinutes: number): Promise<Calendar>;
  /** An empty password keeps the one that is stored, as long as name and server stay. */
  calendarSetAccount(id: string, account: Account): Promise<Calendar>;
  conflicts(id: string): Promise<Conflict[]>;
  conflictResolve(conflict: string, keep: Keep): Promise<void>;
  /** `letGo`: what is gone from the server goes here too; otherwise it stays here and is put back there. */
  missingConfirm(id: string, letGo: boolean): Promise<Calendar>;
  /** `letGo`: what was deleted here goes from the server too; otherwise it comes back here. */
  deletedConfirm(id: string, letGo: boolean): Promise<Calendar>;
}
