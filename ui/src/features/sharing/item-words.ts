/** What is said of something shared: when, in which state, and how it stands with sending it. */
import type { FeedItem, FeedPromise, ItemState, Reaction, Sending } from '$lib/bindings';
import { dayFrom, onDay, tame } from '$features/journal/words';
import { m } from '$lib/i18n';
import { atClock, dayOf, listed, shortDay } from '$lib/time';
import { addDays } from '$lib/time/month';

/** A moment as the clock here has it: what others send has their zone. */
export function local(moment: string): string {
  const date = new Date(moment);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${dayOf(date)}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** "I dag", "I går", "24. nov.". */
export function rowDay(moment: string, today: string): string {
  const day = local(moment).slice(0, 10);
  if (day === today) return m['sharing.row.today']();
  if (day === addDays(today, -1)) return m['sharing.row.yesterday']();
  return shortDay(day, today);
}

/** "den 24. november kl. 9.12". */
export function whenSent(moment: string, today: string): string {
  const here = local(moment);
  return m['sharing.item.sent']({ day: onDay(here.slice(0, 10), today), time: atClock(here) });
}

/** The head and the explanation of something that is not whole; none where it is. */
export function stateText(item: FeedItem, today: string): { what: string; why: string } | null {
  const state: ItemState = item.state;
  const name = tame(item.sender.name);
  const day = 'at' in state ? onDay(local(state.at).slice(0, 10), today) : '';
  switch (state.kind) {
    case 'whole':
      return null;
    case 'waiting': {
      const why = state.why ?? 'waiting';
      return { what: m[`sharing.state.${why}`](), why: m[`sharing.state.${why}Text`]({ name }) };
    }
    case 'withdrawn':
      if (isEnding(item)) return { what: sendingText(item.sending, 'withdraw'), why: '' };
      return { what: m['sharing.state.withdrawn']({ day }), why: m['sharing.state.withdrawnText']() };
    case 'removed':
      return { what: state.by.you ? m['sharing.state.removedYou']({ day }) : m['sharing.state.removed']({ name: tame(state.by.name), day }), why: m['sharing.state.removedText']() };
    case 'unreadable':
      return { what: m['sharing.state.unreadable'](), why: m['sharing.state.unreadableText']() };
  }
}

/** Whether it was taken back or removed. */
export function isGone(item: FeedItem): boolean {
  return item.state.kind === 'withdrawn' || item.state.kind === 'removed';
}

/** Whether the leader took it back and the others still have it. */
export function isEnding(item: FeedItem): boolean {
  return item.state.kind === 'withdrawn' && item.sending !== null && item.sending.kind !== 'sent';
}

/** What is on its way: a thing, a new version of one that others have, its attachments, or its end. */
export type Part = 'whole' | 'again' | 'files' | 'withdraw' | 'remove';

export function partOf(item: FeedItem): Part {
  if (!item.sender.you) return 'remove';
  if (isGone(item)) return 'withdraw';
  if (!item.there) return 'whole';
  return item.editedAt ? 'again' : 'files';
}

/** Whether others read an earlier version than the one that is shown. */
export function hasEarlier(item: FeedItem): boolean {
  return partOf(item) === 'again' && item.sending?.kind !== 'sent';
}

/** How it stands with sending or removing a thing; empty where there is nothing to say, or its state says it. */
export function sendingOf(item: FeedItem): string {
  return isEnding(item) ? '' : sendingText(item.sending, partOf(item));
}

/** How it stands with sending something, or with ending it. */
export function sendingText(sending: Sending | null, part: Part): string {
  if (!sending || sending.kind === 'sent') return '';
  const failed = sending.kind === 'failed';
  if (part === 'remove') return failed ? m['sharing.sending.notRemoved']() : m['sharing.sending.removing']();
  if (part === 'withdraw') return failed ? m['sharing.sending.notWithdrawn']() : m['sharing.sending.withdrawing']();
  if (part === 'files') return m['sharing.sending.files']();
  const words = part === 'again' ? 'again' : 'sending';
  if (sending.kind === 'waiting' && sending.nextTry) return m[`sharing.${words}.waitingNext`]({ when: atClock(local(sending.nextTry)) });
  return m[`sharing.${words}.${sending.kind}`]();
}

/** Text without the commonest marks, on one line. */
function firstWords(body: string): string {
  const text = body
    .slice(0, 600)
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*(#{1,6}|>|[-*+]( \[[ x]\])?|\d+\.)\s+/gm, '')
    .replace(/[*_`|]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return tame(text);
}

/** The first line with something in it, which stands for a title that is missing, and the rest. */
function firstLine(body: string): [string, string] {
  const lines = body.slice(0, 2000).split('\n');
  const at = lines.findIndex((line) => firstWords(line) !== '');
  return [lines[at] ?? '', at < 0 ? '' : lines.slice(at + 1).join('\n')];
}

/** The first words of what the title does not say. */
export function wordsBelow(item: FeedItem): string {
  if (item.title.trim()) return firstWords(item.body);
  return item.plain ? '' : firstWords(firstLine(item.body)[1]);
}

/** What stands for something in a list. */
export function titleOf(item: FeedItem): string {
  return tame(item.title).trim() || (item.plain ? tame(item.body) : firstWords(firstLine(item.body)[0])).slice(0, 120) || m['sharing.row.untitled']();
}

/** "Lovet af Mette Holm · senest fredag den 12. marts". */
export function promisedBy({ who, due }: FeedPromise, today: string): string {
  return [who.trim() && m['sharing.promise.by']({ name: tame(who) }), due && m['networks.promise.by']({ day: dayFrom(due, today) })].filter(Boolean).join(' · ');
}

/** The same in a row: "Mette Holm · senest 12. mar.". */
export function promisedShort({ who, due }: FeedPromise, today: string): string {
  return [tame(who).trim(), due && m['networks.promise.by']({ day: shortDay(due, today) })].filter(Boolean).join(' · ');
}

/** Those who gave a sign: "Birgitte Holm og dig". */
export function givers(reaction: Reaction): string {
  const others = reaction.by.filter((one) => !one.you).map((one) => tame(one.name));
  return listed(reaction.mine ? [...others, m['sharing.react.you']()] : others);
}
