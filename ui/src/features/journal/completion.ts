/** Tags as they are typed, and the ones that complete what is typed. */
import type { TagCount } from '$lib/bindings';

/** A word as the search sees it: case, æ/ae, ø/oe and å/aa make no difference. */
export function folded(text: string): string {
  return text.toLocaleLowerCase('da').replaceAll('æ', 'ae').replaceAll('ø', 'oe').replaceAll('å', 'aa');
}

/** A tag without the sign and spaces around it; in the spelling already in use where there is one. */
export function tagOf(typed: string, known: readonly TagCount[] = []): string {
  const tag = typed.replace(/^[\s#]+/, '').replace(/[,\s]+/g, ' ').trim();
  const lower = tag.toLocaleLowerCase('da');
  return known.find((one) => one.tag.toLocaleLowerCase('da') === lower)?.tag ?? tag;
}

/** What the typed letters can become: tags that begin so first, then those that hold it, the most used first. */
export function completions(typed: string, known: readonly TagCount[], used: readonly string[], most = 7): string[] {
  const wanted = folded(typed.replace(/^[\s#]+/, '').trim());
  const free = known.filter(({ tag }) => !used.includes(tag)).sort((a, b) => b.count - a.count);
  const begins = free.filter(({ tag }) => folded(tag).startsWith(wanted));
  // One letter stands in nearly every word: only what begins with it is meant.
  const holds = wanted.length < 2 ? [] : free.filter(({ tag }) => !folded(tag).startsWith(wanted) && folded(tag).includes(wanted));
  return [...begins, ...holds].slice(0, most).map(({ tag }) => tag);
}

/** The tags with one more; the same where it is there already or says nothing. */
export function withTag(tags: readonly string[], typed: string, known: readonly TagCount[] = []): string[] {
  const tag = tagOf(typed, known);
  const there = tags.some((one) => one.toLocaleLowerCase('da') === tag.toLocaleLowerCase('da'));
  return tag === '' || there ? [...tags] : [...tags, tag];
}
