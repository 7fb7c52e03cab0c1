/** What part of two lines' words is the same for one to be taken for the other, changed. */
const ALIKE = 0.6;

const words = (text: string): string[] => text.toLocaleLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** How alike two lines are: 1 for the same words, 0 for none in common. */
function alike(one: string, other: string): number {
  const [a, b] = [new Set(words(one)), new Set(words(other))];
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / Math.max(a.size, b.size, 1);
}

/** The line that is most like this one, from a place on; -1 where none is. */
function find(lines: readonly string[], line: string, from: number): number {
  let [best, at] = [ALIKE, -1];
  for (let each = from; each < lines.length; each += 1) {
    const now = alike(lines[each] ?? '', line);
    if (now >= best && (at < 0 || now > best)) [best, at] = [now, each];
  }
  return at;
}

/** The excerpt of which a copy was made, as it stands in the entry now; empty where it is not found any more. */
export function excerptAgain(copy: string, entry: string): string {
  const [was, now] = [copy.trim(), entry.trim()];
  if (now.includes(was)) return was;
  const lines = now.split('\n');
  const before = was.split('\n').filter((line) => words(line).length > 0);
  const first = find(lines, before[0] ?? '', 0);
  const last = first < 0 ? -1 : find(lines, before.at(-1) ?? '', first);
  return last < 0 ? '' : lines.slice(first, last + 1).join('\n').trim();
}
