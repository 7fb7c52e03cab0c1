/** An event's fields in words, as a conflict shows them beside each other. */
import type { Conflict, Event } from '$lib/bindings';
import { alarmWords } from '$features/calendar/alarm';
import { sentence } from '$features/calendar/repeat';
import { titled } from '$features/calendar/words';
import { m } from '$lib/i18n';
import { listed } from '$lib/time';
import { headlineWhen } from '$lib/time/spans';
import { compared, type Piece } from './differ';

/** One field on both sides. */
export interface Row {
  name: string;
  mine: Piece[];
  theirs: Piece[];
  differs: boolean;
}

function values(event: Event, today: string): { name: string; value: string }[] {
  const { occurrence, attendees, alarms } = event;
  const status = {
    confirmed: m['addresses.conflict.takesPlace'](),
    tentative: m['calendar.event.tentative'](),
    cancelled: m['calendar.event.cancelled'](),
  }[occurrence.status];
  return [
    { name: m['calendar.form.title'](), value: titled(occurrence) },
    { name: m['addresses.conflict.when'](), value: headlineWhen(occurrence, today) },
    { name: m['calendar.form.place'](), value: occurrence.location },
    { name: m['addresses.conflict.state'](), value: status },
    { name: m['calendar.repeat.label'](), value: event.repeatBeyondForm ? m['calendar.repeat.beyond']() : sentence(event.repeat, occurrence.start) },
    { name: m['addresses.conflict.alarms'](), value: listed(alarms.map((minutes) => alarmWords(minutes, occurrence.allDay))) },
    { name: m['addresses.conflict.who'](), value: listed(attendees.map((one) => one.name)) },
    { name: m['calendar.form.description'](), value: event.description.trim() },
  ];
}

/** The fields of a conflict: title, time, and what differs or is filled in on a side. */
export function rowsOf(conflict: Conflict, today: string): Row[] {
  const { mine, theirs } = conflict;
  const one = mine ?? theirs;
  if (!one) return [];
  const [left, right] = [values(mine ?? one, today), values(theirs ?? one, today)];
  const usual: string[] = [m['addresses.conflict.takesPlace'](), m['calendar.repeat.never']()];
  return left
    .map(({ name, value }, place) => {
      const other = right[place]?.value ?? '';
      const [inMine, inTheirs] = compared(value, other);
      return { name, value, mine: inMine, theirs: inTheirs, differs: value !== other };
    })
    .filter((row) => row.differs || (row.value !== '' && !usual.includes(row.value)))
    .map(({ name, mine: a, theirs: b, differs }) => ({ name, mine: a, theirs: b, differs }));
}

/** What the event is called, here if it is here. */
export function titleOf({ mine, theirs }: Conflict): string {
  const event = mine ?? theirs;
  return event ? titled(event.occurrence) : '';
}
