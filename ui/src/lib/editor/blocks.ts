import type { ChangeSpec } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { m } from '$lib/i18n';
import { frontMatterEnd } from './frontmatter';
import { inCodeBlock } from './language';
import { selectedLines } from './lists';
import { readPrefix, words } from './prefix';

/** 0 is body text. */
export type HeadingLevel = 0 | 1 | 2 | 3;

const HEADING = /^(#{1,6})(?:[ \t]+|(?=\r?$))/;

/** The level of the heading that a line's text makes, 0 for none. */
export function headingLevel(text: string): number {
  return HEADING.exec(text)?.[1]?.length ?? 0;
}

/** Makes the selected lines headings of a level; of the level they have already: body text. */
export function setHeading(view: EditorView, level: HeadingLevel): boolean {
  const { state } = view;
  if (state.readOnly) return false;
  const lines = selectedLines(state).filter((line) => !inCodeBlock(state, line.from) && line.from >= frontMatterEnd(state.doc));
  const undo = level === 0 || lines.every((line) => headingLevel(line.text) === level);
  const changes: ChangeSpec[] = lines.map((line) => {
    const prefix = readPrefix(line.text);
    const old = HEADING.exec(line.text)?.[0].length ?? (prefix.sign !== '' && !undo ? prefix.length : 0);
    return { from: line.from, to: line.from + old, insert: undo ? '' : `${'#'.repeat(level)} ` };
  });
  const set = state.changes(changes);
  view.dispatch({ changes: set, selection: state.selection.map(set, 1), scrollIntoView: true, userEvent: 'input.format' });
  return true;
}

/** Makes the selected lines a quote, or takes one level of quoting away where all have it. */
export function toggleQuote(view: EditorView): boolean {
  const { state } = view;
  if (state.readOnly) return false;
  const lines = selectedLines(state).filter((line) => line.from >= frontMatterEnd(state.doc));
  const quoted = lines.every((line) => readPrefix(line.text).quote !== '' || words(line) === '') && lines.some((line) => readPrefix(line.text).quote !== '');
  const changes: ChangeSpec[] = lines.map((line) => {
    if (!quoted) return { from: line.from, insert: '> ' };
    const sign = /^[ \t]{0,3}>[ \t]?/.exec(line.text)?.[0].length ?? 0;
    return { from: line.from, to: line.from + sign, insert: '' };
  });
  const set = state.changes(changes);
  view.dispatch({ changes: set, selection: state.selection.map(set, 1), scrollIntoView: true, userEvent: 'input.format' });
  return true;
}

/** Puts a block on lines of its own at the cursor. `select` is what to select in it. */
export function insertBlock(view: EditorView, block: string, select: { from: number; to: number }): boolean {
  const { state } = view;
  if (state.readOnly) return false;
  const line = state.doc.lineAt(state.selection.main.to);
  const empty = line.text.trim() === '';
  const at = empty ? line.from : line.to - (line.text.endsWith('\r') ? 1 : 0);
  const above = empty && line.number > 1 ? state.doc.line(line.number - 1).text.trim() : '';
  const below = line.number < state.doc.lines ? state.doc.line(line.number + 1).text.trim() : '';
  const before = empty ? (above === '' ? '' : '\n') : '\n\n';
  const after = below === '' ? (line.number === state.doc.lines ? '\n' : '') : '\n';
  const start = at + before.length;
  view.dispatch({
    changes: { from: at, insert: before + block + after },
    selection: { anchor: start + select.from, head: start + select.to },
    scrollIntoView: true,
    userEvent: 'input.format',
  });
  return true;
}

/** A table of two columns and two rows to fill in. */
export function insertTable(view: EditorView): boolean {
  const first = m['editor.table.column']({ number: 1 });
  const second = m['editor.table.column']({ number: 2 });
  const rule = `| ${'-'.repeat(first.length)} | ${'-'.repeat(second.length)} |`;
  const row = `| ${' '.repeat(first.length)} | ${' '.repeat(second.length)} |`;
  return insertBlock(view, `| ${first} | ${second} |\n${rule}\n${row}\n${row}`, { from: 2, to: 2 + first.length });
}
