/** The form of an event, from what is stored to what is typed and back. */
import { getLocalTimeZone, parseAbsolute, parseDateTime, toTimeZone, toZoned } from '@internationalized/date';
import type { Event, EventForm, Repeat } from '$lib/bindings';
import { typedDay } from '$features/journal/words';
import { language } from '$lib/i18n';
import { addDays } from '$lib/time/month';
import { readDay, readTime } from '$lib/time/typed';
import { later, minutesBetween, wallOf } from './shift';

/** What stands in the fields. */
export interface Typed {
  calendar: string;
  title: string;
  location: string;
  description: string;
  allDay: boolean;
  /** As days and times are typed. */
  startDay: string;
  startTime: string;
  endDay: string;
  endTime: string;
  zone: string | null;
  repeat: Repeat | null;
  alarms: number[];
}

/** What is wrong with a field. */
export type Faults = Partial<Record<'title' | 'startDay' | 'startTime' | 'endDay' | 'endTime', 'day' | 'time' | 'order' | 'empty'>>;

/** "9.00" or "9:00". */
export function typedTime(wall: string): string {
  const time = wall.slice(11, 16);
  return language() === 'en' ? time : time.replace(/^0/, '').replace(':', '.');
}

/** The zone of this computer. */
export function here(): string {
  return getLocalTimeZone();
}

/** A moment on the clock of another zone, as the form has it. */
export function onClockOf(moment: string, zone: string | null): string {
  if (moment.length === 10 || zone === null || zone === here()) return wallOf(moment);
  try {
    return parseAbsolute(moment, zone).toString().slice(0, 16);
  } catch {
    return wallOf(moment);
  }
}

/** A time on the clock of a zone, on this computer's clock: "2026-11-24T10:00". */
export function onClockHere(wall: string, zone: string): string {
  return toTimeZone(toZoned(parseDateTime(wall), zone), here()).toString().slice(0, 16);
}

function fields(start: string, end: string, allDay: boolean) {
  return {
    startDay: typedDay(start.slice(0, 10)),
    startTime: allDay ? '' : typedTime(start),
    // The last day is what people say; the end that is stored is the day after.
    endDay: typedDay(allDay ? addDays(end.slice(0, 10), -1) : end.slice(0, 10)),
    endTime: allDay ? '' : typedTime(end),
  };
}

/** An empty form for a day, and a time where one was pointed at. */
export function fresh(calendar: string, day: string, time: string | null, minutes = 60): Typed {
  const start = time === null ? day : `${day}T${time}`;
  const end = time === null ? addDays(day, 1) : later(start, 0, minutes);
  return {
    calendar,
    title: '',
    location: '',
    description: '',
    allDay: time === null,
    ...fields(start, end, time === null),
    zone: null,
    repeat: null,
    alarms: [],
  };
}

/** The form of an event that is there. */
export function typedOf(event: Event): Typed {
  const { occurrence } = event;
  const zone = occurrence.allDay ? null : event.zone;
  return {
    calendar: occurrence.calendar,
    title: occurrence.title,
    location: occurrence.location,
    description: event.description,
    allDay: occurrence.allDay,
    ...fields(onClockOf(occurrence.start, zone), onClockOf(occurrence.end, zone), occurrence.allDay),
    zone,
    repeat: event.repeat,
    alarms: [...event.alarms],
  };
}

/** Start and end as typed; none where one of them cannot be read. */
export function spanOf(typed: Typed, today: string): { start: string; end: string } | null {
  const [first, last] = [readDay(typed.startDay, today), readDay(typed.endDay, today)];
  if (first === null || last === null) return null;
  if (typed.allDay) return { start: first, end: addDays(last, 1) };
  const [from, to] = [readTime(typed.startTime), readTime(typed.endTime)];
  if (from === null || to === null) return null;
  return { start: `${first}T${from}`, end: `${last}T${to}` };
}

/** What has to be put right before it can be saved. */
export function faults(typed: Typed, today: string): Faults {
  const found: Faults = {};
  if (typed.title.trim() === '') found.title = 'empty';
  if (readDay(typed.startDay, today) === null) found.startDay = 'day';
  if (readDay(typed.endDay, today) === null) found.endDay = 'day';
  if (!typed.allDay && readTime(typed.startTime) === null) found.startTime = 'time';
  if (!typed.allDay && readTime(typed.endTime) === null) found.endTime = 'time';
  const span = spanOf(typed, today);
  if (span && minutesBetween(span.start, span.end) < 0) found.endDay = 'order';
  if (span && typed.allDay && span.end <= span.start) found.endDay = 'order';
  return found;
}

/** As it is saved. */
export function formOf(typed: Typed, today: string): EventForm | null {
  const span = spanOf(typed, today);
  if (!span || Object.keys(faults(typed, today)).length > 0) return null;
  const { calendar, allDay, repeat, alarms } = typed;
  return {
    calendar,
    title: typed.title.trim(),
    location: typed.location.trim(),
    description: typed.description,
    ...span,
    allDay,
    zone: allDay ? null : typed.zone,
    repeat,
    alarms,
  };
}

/** The end moves along when the start is set elsewhere, so that an event keeps its length. */
export function follow(before: Typed, after: Typed, today: string): Typed {
  const [was, is] = [spanOf(before, today), spanOf({ ...after, endDay: before.endDay, endTime: before.endTime }, today)];
  if (!was || !is || before.allDay !== after.allDay) return after;
  const length = minutesBetween(was.start, was.end);
  if (length < 0) return after;
  const end = after.allDay ? later(is.start, length / 1440) : later(is.start, 0, length);
  return { ...after, ...fields(is.start, end, after.allDay), startDay: after.startDay, startTime: after.startTime };
}

/** Between a day-long event and one with times; what was typed before comes back as the hour at hand. */
export function turned(typed: Typed, allDay: boolean, time: string, today: string): Typed {
  const first = readDay(typed.startDay, today) ?? today;
  const last = readDay(typed.endDay, today) ?? first;
  if (allDay) return { ...typed, allDay, ...fields(first, addDays(last, 1), true) };
  const start = `${first}T${time}`;
  return { ...typed, allDay, ...fields(start, later(last > first ? `${last}T${time}` : start, 0, 60), false) };
}
