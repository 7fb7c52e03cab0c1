import { type ChangeSpec, EditorSelection, type EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { inCodeBlock } from './language';
import { frontMatterEnd } from './frontmatter';
import { indentItems, itemOf } from './lists';
import { readPrefix, words, wordsStart } from './prefix';

/** The sign that a new item below one with `sign` gets. */
function nextSign(sign: string): string {
  const number = /^\d+/.exec(sign)?.[0];
  return number === undefined ? sign : `${Number(number) + 1}${sign.slice(number.length)}`;
}

/** Raises the numbers of the items that follow in the same list, as long as they count up. */
function renumber(state: EditorState, lineFrom: number): ChangeSpec[] {
  const changes: ChangeSpec[] = [];
  const item = itemOf(state, state.doc.lineAt(lineFrom));
  if (item?.parent?.name !== 'OrderedList') return changes;
  let last = Number(/^\d+/.exec(state.sliceDoc(item.from, item.from + 9))?.[0] ?? NaN);
  for (let next = item.nextSibling; next?.name === 'ListItem'; next = next.nextSibling) {
    const digits = /^\d+/.exec(state.sliceDoc(next.from, next.from + 9))?.[0] ?? '';
    if (Number(digits) !== last + 1) break;
    last++;
    changes.push({ from: next.from, to: next.from + digits.length, insert: String(last + 1) });
  }
  return changes;
}

/** Whether the items of the list around the line stand apart by empty lines. */
function isLoose(state: EditorState, lineFrom: number): boolean {
  const item = itemOf(state, state.doc.lineAt(lineFrom));
  const next = item?.nextSibling ?? item;
  const above = next?.prevSibling;
  if (!next || above?.name !== 'ListItem') return false;
  const line = state.doc.lineAt(next.from);
  return line.number > 1 && /^[\s>]*$/.test(state.doc.line(line.number - 1).text);
}

/**
 * Enter in a list, a task list or a quote: the next line goes on in the same way, and an item
 * without words ends the list (one level of it). Elsewhere false: a plain new line.
 */
export function continueBlock(view: EditorView): boolean {
  const { state } = view;
  const range = state.selection.main;
  if (state.readOnly || state.selection.ranges.length > 1) return false;
  const line = state.doc.lineAt(range.from);
  if (line.from < frontMatterEnd(state.doc) || inCodeBlock(state, line.from)) return false;
  const prefix = readPrefix(line.text);
  const start = wordsStart(state, line);
  if (prefix.sign === '' && prefix.quote === '') return continueParagraph(view, start);
  if (start === line.from || range.from < start) return false;
  if (words(line) === '' && range.empty) return endBlock(view, line.from, start);

  let sign = prefix.sign === '' ? '' : `${nextSign(prefix.sign)}${prefix.gap || ' '}`;
  if (prefix.box !== '') sign += '[ ] ';
  const quote = prefix.quote === '' ? '' : prefix.quote.replace(/[ \t]*$/, ' ');
  const before = line.text.slice(0, range.from - line.from);
  const from = line.from + Math.max(start - line.from, before.trimEnd().length);
  const blank = prefix.sign !== '' && isLoose(state, line.from) ? `${state.lineBreak}${quote.trimEnd()}` : '';
  const insert = `${blank}${state.lineBreak}${quote}${prefix.indent}${sign}`;
  view.dispatch({
    changes: [{ from, to: range.to, insert }, ...(range.empty ? renumber(state, line.from) : [])],
    selection: EditorSelection.cursor(from + insert.length),
    scrollIntoView: true,
    userEvent: 'input',
  });
  return true;
}

/** Enter in the second or a later line of an item's paragraph keeps the indentation. */
function continueParagraph(view: EditorView, start: number): boolean {
  const { state } = view;
  const range = state.selection.main;
  const line = state.doc.lineAt(range.from);
  if (start === line.from || range.from < start) return false;
  const insert = `${state.lineBreak}${line.text.slice(0, start - line.from)}`;
  view.dispatch(state.replaceSelection(insert), { scrollIntoView: true, userEvent: 'input' });
  return true;
}

/** Enter in a line with signs but no words: one level ends. */
function endBlock(view: EditorView, lineFrom: number, start: number): boolean {
  const { state } = view;
  const line = state.doc.lineAt(lineFrom);
  const prefix = readPrefix(line.text);
  if (prefix.sign !== '') {
    if (itemOf(state, line)?.parent?.parent?.name === 'ListItem') return indentItems(view, false);
    const from = lineFrom + prefix.quote.length;
    view.dispatch({ changes: { from, to: lineFrom + prefix.length }, selection: { anchor: from }, scrollIntoView: true, userEvent: 'delete' });
    return true;
  }
  const kept = prefix.quote.replace(/[ \t]*>[ \t]*$/, '');
  view.dispatch({
    changes: { from: lineFrom, to: start, insert: kept },
    selection: { anchor: lineFrom + kept.length },
    scrollIntoView: true,
    userEvent: 'delete',
  });
  return true;
}

/**
 * Backspace right behind a line's signs: an inner item moves one level out, any other sign goes
 * and the words stay. Elsewhere false.
 */
export function removeSign(view: EditorView): boolean {
  const { state } = view;
  const range = state.selection.main;
  if (state.readOnly || !range.empty || state.selection.ranges.length > 1) return false;
  const line = state.doc.lineAt(range.head);
  if (line.from < frontMatterEnd(state.doc) || inCodeBlock(state, line.from)) return false;
  const remove = (from: number, to: number): boolean => {
    view.dispatch({ changes: { from, to }, selection: { anchor: from }, scrollIntoView: true, userEvent: 'delete.backward' });
    return true;
  };
  const heading = /^#{1,6}[ \t]+/.exec(line.text);
  if (heading && range.head === line.from + heading[0].length) return remove(line.from, range.head);
  const start = wordsStart(state, line);
  if (start === line.from || range.head !== start) return false;
  const prefix = readPrefix(line.text);
  if (prefix.sign !== '') {
    if (itemOf(state, line)?.parent?.parent?.name === 'ListItem') return indentItems(view, false);
    return remove(line.from + prefix.quote.length, start);
  }
  if (prefix.quote !== '') return remove(line.from + prefix.quote.replace(/[ \t]*>[ \t]*$/, '').length, start);
  return remove(line.from > 0 ? line.from - 1 : line.from, start);
}
