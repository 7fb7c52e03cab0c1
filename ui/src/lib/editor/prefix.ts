import { syntaxTree } from '@codemirror/language';
import { EditorSelection, EditorState, type Line } from '@codemirror/state';
import { enclosing, inCodeBlock } from './language';
import { frontMatterEnd } from './frontmatter';

/** What stands before a line's own words: quote signs, indentation, a list's sign, a task's box. */
export interface Prefix {
  /** The quote signs as typed, with the blanks between and after them. */
  readonly quote: string;
  /** The blanks between the quote signs and what follows. */
  readonly indent: string;
  /** The list's sign (`-`, `*`, `+`, `3.`, `3)`) or an empty string. */
  readonly sign: string;
  /** The blanks after the sign. */
  readonly gap: string;
  /** The task's box with the blanks after it, or an empty string. */
  readonly box: string;
  /** The length of it all, in UTF-16 units. */
  readonly length: number;
}

const PREFIX = /^((?:[ \t]{0,3}>[ \t]?)*)([ \t]*)(?:([-*+]|\d{1,9}[.)])(?:([ \t]+)(\[[ xX]\](?:[ \t]+|(?=\r?$)))?|(?=\r?$)))?/;

/** Reads a line's prefix from its text alone. */
export function readPrefix(text: string): Prefix {
  const match = PREFIX.exec(text);
  const [whole = '', quote = '', indent = '', sign = '', gap = '', box = ''] = match ?? [];
  return { quote, indent, sign, gap, box, length: whole.length };
}

/** The words of a line after its prefix, without a carriage return. */
export function words(line: Line): string {
  return line.text.slice(readPrefix(line.text).length).replace(/\r$/, '');
}

/**
 * Where a line's own words start, as a position of the document: behind the signs that the live
 * preview shows as a bar, a bullet, a number or a box. The line's start for any other line.
 */
export function wordsStart(state: EditorState, line: Line): number {
  const prefix = readPrefix(line.text);
  if (prefix.length === 0) return line.from;
  if (prefix.sign === '' && prefix.quote === '') {
    const item = enclosing(state, line.from + prefix.length, ['ListItem'], 1);
    return item && item.from < line.from ? line.from + prefix.length : line.from;
  }
  const sign = line.from + prefix.quote.length + prefix.indent.length;
  const name = syntaxTree(state).resolveInner(prefix.sign === '' ? line.from + prefix.quote.search(/>/) : sign, 1).name;
  if (name !== 'ListMark' && name !== 'QuoteMark') return line.from;
  if (line.from < frontMatterEnd(state.doc)) return line.from;
  return line.from + (prefix.sign === '' ? prefix.quote.length : prefix.length);
}

/** The cursor never stops inside signs that are not shown: it goes to the first word instead. */
export const cursorAfterSigns = EditorState.transactionFilter.of((tr) => {
  if (tr.docChanged || !tr.selection || !tr.isUserEvent('select')) return tr;
  let moved = false;
  const ranges = tr.selection.ranges.map((range) => {
    if (!range.empty) return range;
    const line = tr.newDoc.lineAt(range.head);
    if (range.head - line.from > 24 || inCodeBlock(tr.startState, line.from)) return range;
    const start = wordsStart(tr.startState, line);
    if (range.head >= start) return range;
    moved = true;
    return EditorSelection.cursor(start, 1, undefined, range.goalColumn);
  });
  return moved ? [tr, { selection: EditorSelection.create(ranges, tr.selection.mainIndex) }] : tr;
});
