/** What the calendar says of an event. */
import type { Calendar, Occurrence } from '$lib/bindings';
import { m } from '$lib/i18n';
import { when } from '$lib/time/spans';

/** The title, or what stands for it. */
export function titled(one: Pick<Occurrence, 'title'>): string {
  return one.title.trim() || m['calendar.untitled']();
}

/** Everything that is seen of an event, in words: colour never tells anything alone. */
export function spoken(one: Occurrence, calendar: Calendar | undefined, today: string): string {
  return [
    titled(one),
    when(one, today),
    one.location,
    one.status === 'cancelled' ? m['calendar.event.cancelled']() : '',
    one.status === 'tentative' || one.reply === 'tentative' ? m['calendar.event.tentative']() : '',
    one.reply === 'needsAction' ? m['calendar.event.unanswered']() : '',
    one.reply === 'declined' ? m['calendar.event.declined']() : '',
    one.repeats ? m['calendar.event.repeats']() : '',
    one.meeting ? m['calendar.event.meeting']() : '',
    calendar ? m['calendar.event.in']({ calendar: calendar.name }) : '',
  ]
    .filter(Boolean)
    .join(', ');
}
