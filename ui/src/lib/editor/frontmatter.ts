import type { Text } from '@codemirror/state';

const LONGEST = 2000;
const OPENING = /^\uFEFF?---[ \t]*\r?$/;
const CLOSING = /^(?:---|\.\.\.)[ \t]*\r?$/;
const YAML_LINE = /^(?:[^\s:#-][^:]*:(?:\s.*)?|"[^"]+":.*|'[^']+':.*|[ \t]+.*|-(?:\s.*)?|#.*|\r?)$/s;
const KEY = /^(?:[^\s:#-][^:]*|"[^"]+"|'[^']+'):/;

/**
 * Where the YAML front matter at the head of `doc` ends (the end of its closing line, before the
 * line break), or 0 when there is none. An entry that merely begins with a rule has none: every
 * line between the two rules must read as YAML and one must have a key.
 */
export function frontMatterEnd(doc: Text): number {
  if (doc.lines < 3 || !OPENING.test(doc.line(1).text)) return 0;
  let keys = 0;
  for (let number = 2; number <= Math.min(doc.lines, LONGEST); number++) {
    const line = doc.line(number);
    if (CLOSING.test(line.text)) return keys > 0 ? line.to : 0;
    if (!YAML_LINE.test(line.text)) return 0;
    if (KEY.test(line.text)) keys++;
  }
  return 0;
}

/** Where writing starts: after the front matter and the blank lines below it. */
export function bodyStart(doc: Text): number {
  const end = frontMatterEnd(doc);
  if (end === 0) return 0;
  let line = doc.lineAt(end);
  while (line.number < doc.lines) {
    line = doc.line(line.number + 1);
    if (line.text.trim() !== '') break;
  }
  return line.number === doc.lineAt(end).number ? end : line.from;
}
