import type { DiffLine, Hits, Span } from '$lib/bindings';
import type { Entry } from '$lib/bindings';

/** At most so many signs, with an ellipsis where there were more. */
const cut = (text: string, longest: number) => (text.length > longest ? `${text.slice(0, longest - 1).trimEnd()}…` : text);

/** The first line without its Markdown marks. */
export function firstLine(body: string): string {
  const line = body.split('\n').find((one) => one.trim() !== '') ?? '';
  return cut(plain(line), 120);
}

/** Text without the commonest marks. */
export function plain(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*(#{1,6}|>|[-*+]( \[[ x]\])?|\d+\.)\s+/gm, '')
    .replace(/[*_`|]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Folded as the real search folds: case, æ/ae, ø/oe, å/aa. */
export function fold(text: string): string {
  return text.toLowerCase().replaceAll('æ', 'ae').replaceAll('ø', 'oe').replaceAll('å', 'aa');
}

/** Marks where any of the terms stands. */
export function marked(text: string, terms: string[]): Span[] {
  const lower = text.toLowerCase();
  const spans: Span[] = [];
  let at = 0;
  while (at < text.length) {
    const next = terms
      .map((term) => ({ term, where: lower.indexOf(term.toLowerCase(), at) }))
      .filter((one) => one.where >= 0 && one.term !== '')
      .sort((a, b) => a.where - b.where)[0];
    if (!next) break;
    if (next.where > at) spans.push({ text: text.slice(at, next.where), hit: false });
    at = next.where + next.term.length;
    spans.push({ text: text.slice(next.where, at), hit: true });
  }
  if (at < text.length) spans.push({ text: text.slice(at), hit: false });
  return spans;
}

/** A plain substring search that understands `tag:`, `from:`, `to:` and `-word`. */
export function find(entries: Iterable<Entry>, query: string, offset: number, limit: number): Hits {
  const words = query.match(/"[^"]*"|\S+/g) ?? [];
  const terms: string[] = [];
  const tests: ((entry: Entry) => boolean)[] = [];
  for (const word of words) {
    const [field, value = ''] = word.split(/:(.*)/s);
    if (field === 'tag') tests.push((entry) => entry.tags.some((tag) => fold(tag) === fold(value)));
    else if (field === 'from') tests.push((entry) => entry.day >= value);
    else if (field === 'to') tests.push((entry) => entry.day <= value);
    else if (word.startsWith('-') && word.length > 1) {
      const without = fold(word.slice(1));
      tests.push((entry) => !fold(`${entry.shownTitle} ${entry.body}`).includes(without));
    } else {
      const term = word.replaceAll('"', '');
      if (term === '') continue;
      terms.push(term);
      tests.push((entry) => fold(`${entry.shownTitle} ${entry.body}`).includes(fold(term)));
    }
  }
  const hits: Hits = { hits: [], more: false };
  if (tests.length === 0) return hits;
  let seen = 0;
  for (const entry of entries) {
    if (!tests.every((test) => test(entry))) continue;
    if (seen++ < offset) continue;
    if (hits.hits.length === limit) {
      hits.more = true;
      break;
    }
    const text = plain(entry.body);
    const where = Math.max(0, Math.min(...terms.map((term) => text.toLowerCase().indexOf(term.toLowerCase()))) - 40);
    const excerpt = Number.isFinite(where) ? text.slice(where, where + 160) : text.slice(0, 160);
    hits.hits.push({
      row: row(entry),
      title: marked(entry.shownTitle, terms),
      excerpt: marked((where > 0 ? '… ' : '') + excerpt, terms),
    });
  }
  return hits;
}

/** An entry as a line of a list. */
export function row(entry: Entry) {
  const { id, shownTitle, day, createdAt, starred, tags, trashedAt } = entry;
  // What serves as the title is left out, also where it was too long to be shown in full.
  const rest = entry.title === '' ? entry.body.trimStart().split('\n').slice(1).join('\n') : entry.body;
  return { id, shownTitle, preview: cut(plain(rest), 160), day, createdAt, starred, tags, trashedAt };
}

/** Lines that only one side has, without looking for the shortest way. */
export function compare(earlier: string, now: string): DiffLine[] {
  const before = earlier.split('\n');
  const after = now.split('\n');
  const result: DiffLine[] = [];
  for (const line of before) {
    const kept = after.includes(line);
    result.push({ side: kept ? 'both' : 'earlier', spans: [{ text: line, hit: !kept }] });
  }
  for (const line of after) if (!before.includes(line)) result.push({ side: 'now', spans: [{ text: line, hit: true }] });
  return result;
}
