/** The calendar on the screen: its calendars, what lies in the days in view, and every change of it. */
import type { Calendar, CalendarView, Changed, Event, EventForm, Occurrence, Scope, Touched } from '$lib/bindings';
import { asHostError } from '$lib/error';
import { HostError, type Host } from '$lib/host';
import { m } from '$lib/i18n';
import { attempt, undoable } from '$lib/undo';
import { keyOf } from './layout';
import { shifted, type Shift } from './shift';

/** A change of one of a series that waits for the answer which ones it is for. */
export interface Asked {
  kind: 'change' | 'move' | 'delete';
  title: string;
  /** Asked for what the change touches; none where nothing can be lost. */
  touches: ((scope: Scope) => Promise<Touched>) | null;
  /** False where it was no series: only what it touches is told. */
  repeats: boolean;
  run: (scope: Scope) => Promise<void>;
}

export class CalendarDesk {
  calendars: Calendar[] = $state.raw([]);
  view: CalendarView | null = $state.raw(null);
  trouble: HostError | null = $state.raw(null);
  /** What waits for an answer. */
  asked: Asked | null = $state.raw(null);
  /** The key of the occurrence that was changed last; the view puts the focus there once it shows it. */
  wanted: string | null = $state(null);

  readonly #host: Host;
  #days: { first: string; last: string } | null = null;
  #latest = 0;
  #undo: (() => Promise<void>) | null = null;

  constructor(host: Host) {
    this.#host = host;
  }

  get ready(): boolean {
    return this.view !== null;
  }

  /** Calendars in which events can be made. */
  get writable(): Calendar[] {
    return this.calendars.filter((one) => one.writable);
  }

  calendar(id: string): Calendar | undefined {
    return this.calendars.find((one) => one.id === id);
  }

  /** Whether an occurrence can be changed here. */
  mayChange(one: Occurrence): boolean {
    return this.calendar(one.calendar)?.writable ?? false;
  }

  /** Shows other days. */
  async show(first: string, last: string): Promise<void> {
    this.#days = { first, last };
    await this.refresh();
  }

  /** Reads everything in view anew. An answer that was overtaken counts for nothing. */
  async refresh(): Promise<void> {
    const days = this.#days;
    if (!days) return;
    const mine = ++this.#latest;
    try {
      const [calendars, view] = await Promise.all([this.#host.calendars(), this.#host.calendarView(days.first, days.last)]);
      if (mine !== this.#latest) return;
      this.calendars = calendars;
      this.view = view;
      this.trouble = null;
    } catch (thrown) {
      if (mine === this.#latest) this.trouble = asHostError(thrown);
    }
  }

  /** Shows or hides a calendar, at once. */
  async toggle(calendar: Calendar): Promise<void> {
    const shown = !calendar.shown;
    this.calendars = this.calendars.map((one) => (one.id === calendar.id ? { ...one, shown } : one));
    await attempt(() => this.#host.calendarChange(calendar.id, calendar.name, calendar.colour, shown));
    await this.refresh();
  }

  /** Makes an event. Where there is no calendar yet, one is made for it. */
  async create(form: EventForm): Promise<void> {
    const calendar = form.calendar || (await this.#host.calendarCreate(m['calendar.firstName'](), 'green')).id;
    await this.#done(await this.#host.eventCreate({ ...form, calendar }), m['calendar.done.created']());
  }

  /** Changes an event; of a series it is asked which ones. */
  async change(event: Event, form: EventForm): Promise<void> {
    const { event: id, recurrenceId, repeats } = event.occurrence;
    const run = async (scope: Scope) =>
      this.#done(await this.#host.eventChange(id, recurrenceId, scope, form), m['calendar.done.changed']());
    if (repeats) this.asked = { kind: 'change', title: form.title, touches: null, repeats, run };
    else await run('all');
  }

  /** Moves an occurrence, or gives it another end. */
  async move(one: Occurrence, by: Shift): Promise<void> {
    if (!this.mayChange(one)) {
      await attempt(() => Promise.reject(new HostError('calendarReadOnly')));
      return;
    }
    const { start, end } = shifted(one, by);
    const run = async (scope: Scope) =>
      this.#done(
        await this.#host.eventMove(one.event, one.recurrenceId, scope, start, end),
        by.end ? m['calendar.done.changed']() : m['calendar.done.moved'](),
      );
    if (one.repeats) this.asked = { kind: 'move', title: one.title, touches: null, repeats: true, run };
    else await attempt(() => run('all'));
  }

  /** Deletes an occurrence, after telling what else it touches. */
  async remove(one: Occurrence): Promise<void> {
    const touches = (scope: Scope) => this.#host.eventTouches(one.event, one.recurrenceId, scope);
    const run = async (scope: Scope) =>
      this.#done(await this.#host.eventDelete(one.event, one.recurrenceId, scope), m['calendar.done.deleted']());
    await attempt(async () => {
      if (!this.mayChange(one)) throw new HostError('calendarReadOnly');
      const asks = one.repeats || (await touches('all')).meetings.length > 0;
      if (asks) this.asked = { kind: 'delete', title: one.title, touches, repeats: one.repeats, run };
      else await run('all');
    });
  }

  /** Takes the last change back, as its toast would. */
  async undo(): Promise<boolean> {
    const undo = this.#undo;
    this.#undo = null;
    await undo?.();
    return undo !== null;
  }

  async #done(changed: Changed, text: string): Promise<void> {
    this.wanted = changed.event === null ? null : keyOf({ event: changed.event, recurrenceId: changed.recurrenceId });
    this.#undo = undoable(text, async () => {
      await this.#host.calendarUndo(changed.undo);
      await this.refresh();
    });
    await this.refresh();
  }
}
