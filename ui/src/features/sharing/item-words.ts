/** What is said of something shared: when, in which state, and how it stands with sending it. */
import type { FeedItem, ItemState, Reaction, Sending } from '$lib/bindings';
import { onDay, tame } from '$features/journal/words';
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
      return { what: m['sharing.state.withdrawn']({ day }), why: m['sharing.state.withdrawnText']() };
    case 'removed':
      return { what: state.by.you ? m['sharing.state.removedYou']({ day }) : m['sharing.state.removed']({ name: tame(state.by.name), day }), why: m['sharing.state.removedText']() };
    case 'unreadable':
      return { what: m['sharing.state.unreadable'](), why: m['sharing.state.unreadableText']() };
  }
}

/** How it stands with sending or removing a thing; empty where there is nothing to say. */
export function sendingOf(item: FeedItem): string {
  return sendingText(item.sending, !item.sender.you);
}

/** How it stands with sending something, or with removing what another shared. */
export function sendingText(sending: Sending | null, removes = false): string {
  if (!sending || sending.kind === 'sent') return '';
  if (removes) return sending.kind === 'failed' ? m['sharing.sending.notRemoved']() : m['sharing.sending.removing']();
  if (sending.kind === 'waiting' && sending.nextTry) return m['sharing.sending.waitingNext']({ when: atClock(local(sending.nextTry)) });
  return m[`sharing.sending.${sending.kind}`]();
}

/** Text without the commonest marks, on one line. */
export function firstWords(body: string): string {
  const text = body
    .slice(0, 600)
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*(#{1,6}|>|[-*+]( \[[ x]\])?|\d+\.)\s+/gm, '')
    .replace(/[*_`|]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return tame(text);
}

/** What stands for something in a list. */
export function titleOf(item: FeedItem): string {
  return tame(item.title).trim() || (item.plain ? tame(item.body) : firstWords(item.body)).slice(0, 120) || m['sharing.row.untitled']();
}

/** Those who gave a sign: "Birgitte Holm og dig". */
export function givers(reaction: Reaction): string {
  const others = reaction.by.filter((one) => !one.you).map((one) => tame(one.name));
  return listed(reaction.mine ? [...others, m['sharing.react.you']()] : others);
}
