/** How a calendar from elsewhere stands, in words. */
import type { ErrorCode, Source } from '$lib/bindings';
import { told } from '$lib/error';
import { m } from '$lib/i18n';
import { atClock, shortDay } from '$lib/time';
import { addDays } from '$lib/time/month';
import { dayPart } from '$lib/time/spans';

/** What the leader is asked about, or can ask for, of a calendar from elsewhere. */
export type SourceAct = 'sync' | 'source' | 'conflicts' | 'missing' | 'deleted';

/** A question that waits for her answer. */
export interface Waiting {
  act: 'conflicts' | 'missing' | 'deleted';
  text: string;
}

/** "i dag kl. 9.12", "23. nov. kl. 16.05". */
export function at(moment: string, today: string): string {
  const day = dayPart(moment);
  const named = day === today ? m['addresses.state.today']() : day === addDays(today, -1) ? m['addresses.state.yesterday']() : shortDay(day, today);
  return `${named} ${atClock(moment)}`;
}

/** What went wrong, in few words. */
export function short(code: ErrorCode): string {
  switch (code) {
    case 'unreachable':
    case 'signInRefused':
    case 'addressRefused':
    case 'certificateBad':
    case 'notACalendar':
    case 'serverRefused':
      return m[`addresses.state.short.${code}`]();
    default:
      return told(code).what;
  }
}

/** The questions that wait. */
export function waiting(source: Source): Waiting[] {
  return (['conflicts', 'missing', 'deleted'] as const)
    .filter((act) => source[act] > 0)
    .map((act) => ({ act, text: m[`addresses.state.${act}`]({ count: source[act] }) }));
}

/** What was kept, where the last look failed. */
export function kept(source: Source, today: string): string {
  return [
    source.lastSuccess ? m['addresses.source.kept']({ when: at(source.lastSuccess, today) }) : m['addresses.source.keptNothing'](),
    source.waiting > 0 ? m['addresses.source.keptWaiting']({ count: source.waiting }) : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** What to do next after a refusal, where that hangs on what was being done; none where the code's own words fit. */
export function then(code: ErrorCode, doing: 'adding' | 'byItself' | 'asked'): string | undefined {
  return code === 'unreachable' || code === 'serverRefused' ? m[`addresses.then.${code}.${doing}`]() : undefined;
}
