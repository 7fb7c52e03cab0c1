/** What a repetition means, in a sentence. */
import type { Repeat } from '$lib/bindings';
import { m } from '$lib/i18n';
import { dateOf, listed, plainDay, weekdays } from '$lib/time';
import { weekday } from '$lib/time/month';

/** Which such weekday of its month a day is: 1 to 4, or -1 where it is the fifth and so the last. */
export function nthOf(day: string): number {
  const nth = Math.ceil(Number(day.slice(8, 10)) / 7);
  return nth > 4 ? -1 : nth;
}

/** "24. november", "24 November". */
function dayOfYear(day: string): string {
  return plainDay(day).replace(/ \d{4}$/, '');
}

function rhythm(repeat: Repeat, start: string): string {
  const { every, interval } = repeat;
  const names = weekdays('long');
  const name = names[weekday(start)] ?? '';
  switch (every) {
    case 'day':
      return m['calendar.repeat.day']({ count: interval });
    case 'week': {
      const days = repeat.weekdays.length > 0 ? [...repeat.weekdays].sort((a, b) => a - b) : [weekday(start) + 1];
      if (interval === 1 && days.join() === '1,2,3,4,5') return m['calendar.repeat.workdays']();
      return m['calendar.repeat.week']({ count: interval, days: listed(days.map((day) => names[day - 1] ?? '')) });
    }
    case 'month': {
      const date = Number(start.slice(8, 10));
      if (repeat.nthWeekday === null) {
        const text = m['calendar.repeat.monthDate']({ count: interval, date });
        return date > 28 ? `${text} ${m['calendar.repeat.where']()}` : text;
      }
      const nth = repeat.nthWeekday < 0 ? m['calendar.repeat.last']() : m['calendar.repeat.nth']({ nth: String(repeat.nthWeekday) });
      return m['calendar.repeat.monthDay']({ count: interval, nth, day: name });
    }
    case 'year': {
      const text = m['calendar.repeat.year']({ count: interval, day: dayOfYear(start) });
      const leap = dateOf(start).getUTCMonth() === 1 && start.slice(8, 10) === '29';
      return leap ? `${text} ${m['calendar.repeat.whereLeap']()}` : text;
    }
  }
}

/** "Hver 2. uge om tirsdagen, til og med 3. marts 2027". `start` is the day of the first. */
export function sentence(repeat: Repeat | null, start: string): string {
  if (!repeat) return m['calendar.repeat.never']();
  const { end } = repeat;
  const text = rhythm(repeat, start.slice(0, 10));
  if (end.kind === 'count') return `${text}, ${m['calendar.repeat.times']({ count: end.times })}`;
  if (end.kind === 'until') return `${text}, ${m['calendar.repeat.until']({ day: plainDay(end.day) })}`;
  return text;
}
