import type { EditorState, Line } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { enclosing } from './language';
import { cells } from './tables';

interface Place {
  readonly first: Line;
  readonly last: Line;
  readonly line: Line;
  /** The cell of `line` that the cursor is in or behind. */
  readonly column: number;
  readonly columns: number;
}

/** Where in a table the main selection is, or null outside one. */
function place(state: EditorState): Place | null {
  const { head } = state.selection.main;
  const table = enclosing(state, head, ['Table'], -1) ?? enclosing(state, head, ['Table'], 1);
  if (!table) return null;
  const line = state.doc.lineAt(head);
  const first = state.doc.lineAt(table.from);
  const behind = cells(line.text).filter(({ from }) => line.from + from <= head).length;
  return { first, last: state.doc.lineAt(table.to), line, column: Math.max(0, behind - 1), columns: cells(first.text).length };
}

function select(view: EditorView, line: Line, column: number): boolean {
  const cell = cells(line.text)[column];
  const from = line.from + (cell?.from ?? line.length);
  const to = line.from + (cell?.to ?? line.length);
  view.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true, userEvent: 'select' });
  return true;
}

function addRow(view: EditorView, below: Line, columns: number): boolean {
  const { state } = view;
  const indent = /^[ \t]*/.exec(below.text)?.[0] ?? '';
  const row = `${state.lineBreak}${indent}|${'  |'.repeat(Math.max(1, columns))}`;
  const at = below.to - (below.text.endsWith('\r') ? 1 : 0);
  view.dispatch({
    changes: { from: at, insert: row },
    selection: { anchor: at + state.lineBreak.length + indent.length + 2 },
    scrollIntoView: true,
    userEvent: 'input',
  });
  return true;
}

/** Tab in a table: to the next cell, and from the last one to a new row. Elsewhere false. */
export function nextCell(view: EditorView): boolean {
  const { state } = view;
  const at = place(state);
  if (!at) return false;
  if (at.line.number === at.first.number + 1) return select(view, at.last.number > at.line.number ? state.doc.line(at.line.number + 1) : at.first, 0);
  if (at.column + 1 < at.columns) return select(view, at.line, at.column + 1);
  const next = at.line.number + (at.line.number === at.first.number ? 2 : 1);
  if (next <= at.last.number) return select(view, state.doc.line(next), 0);
  return state.readOnly || addRow(view, at.last, at.columns);
}

/** Shift Tab in a table: to the cell before. Elsewhere false. */
export function previousCell(view: EditorView): boolean {
  const { state } = view;
  const at = place(state);
  if (!at) return false;
  if (at.column > 0) return select(view, at.line, at.column - 1);
  const above = at.line.number - (at.line.number === at.first.number + 2 ? 2 : 1);
  return above < at.first.number || select(view, state.doc.line(above), at.columns - 1);
}

/** Enter in a table: a new row below; in a row without words: that row goes and the table ends. */
export function nextRow(view: EditorView): boolean {
  const { state } = view;
  const at = place(state);
  if (!at || state.readOnly || !state.selection.main.empty) return false;
  // Before the first bar and behind the last row a line break is a line break.
  if (state.selection.main.head === at.first.from) return false;
  const body = at.line.number > at.first.number + 1;
  if (body && at.line.number === at.last.number && cells(at.line.text).every(({ from, to }) => from === to)) {
    view.dispatch({ changes: { from: at.line.from, to: at.line.to }, selection: { anchor: at.line.from }, scrollIntoView: true, userEvent: 'delete' });
    return true;
  }
  const below = at.line.number === at.first.number && at.last.number > at.first.number ? state.doc.line(at.first.number + 1) : at.line;
  return addRow(view, below, at.columns);
}
