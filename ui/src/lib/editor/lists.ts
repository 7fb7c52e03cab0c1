import { syntaxTree } from '@codemirror/language';
import type { ChangeSpec, EditorState, Line } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { SyntaxNode } from '@lezer/common';
import { inCodeBlock } from './language';
import { readPrefix, words, type Prefix } from './prefix';

/** The kinds of lists that the toolbar makes. */
export type ListKind = 'bullets' | 'numbers' | 'tasks';

/** The kind of list that a line's prefix makes it part of. */
export function listKind(prefix: Prefix): ListKind | null {
  if (prefix.sign === '') return null;
  if (prefix.box !== '') return 'tasks';
  return /^\d/.test(prefix.sign) ? 'numbers' : 'bullets';
}

/** The lines that the selection touches, each once; a line where only the selection's end stands is left out. */
export function selectedLines(state: EditorState): Line[] {
  const lines: Line[] = [];
  for (const { from, to, empty } of state.selection.ranges) {
    for (let line = state.doc.lineAt(from); ; line = state.doc.line(line.number + 1)) {
      const onlyEnd = !empty && line.from === to && line.from > from;
      if (!onlyEnd && lines.at(-1)?.number !== line.number) lines.push(line);
      if (line.to >= to || line.number === state.doc.lines) break;
    }
  }
  return lines;
}

function apply(view: EditorView, changes: ChangeSpec[], userEvent: string): boolean {
  if (changes.length === 0) return false;
  const set = view.state.changes(changes);
  view.dispatch({ changes: set, selection: view.state.selection.map(set, 1), scrollIntoView: true, userEvent });
  return true;
}

/** Makes the selected lines a list of a kind, or plain lines again if all are of that kind already. */
export function toggleList(view: EditorView, kind: ListKind): boolean {
  const { state } = view;
  if (state.readOnly) return false;
  const all = selectedLines(state).filter((line) => !inCodeBlock(state, line.from));
  const written = all.filter((line) => words(line) !== '' || readPrefix(line.text).sign !== '');
  const lines = written.length > 0 ? written : all.slice(0, 1);
  const undo = lines.every((line) => listKind(readPrefix(line.text)) === kind);
  let number = 0;
  const changes = lines.map((line) => {
    const prefix = readPrefix(line.text);
    const from = line.from + prefix.quote.length + prefix.indent.length;
    number++;
    const sign = { bullets: '- ', numbers: `${number}. `, tasks: '- [ ] ' }[kind];
    const heading = prefix.sign === '' ? (/^#{1,6}[ \t]+/.exec(line.text.slice(prefix.length))?.[0].length ?? 0) : 0;
    return { from, to: line.from + prefix.length + (undo ? 0 : heading), insert: undo ? '' : sign };
  });
  return apply(view, changes, 'input.format');
}

/** Ticks or clears the task in the line at `pos`. False when there is none. */
export function toggleTaskAt(view: EditorView, pos: number): boolean {
  const { state } = view;
  const change = tick(state, state.doc.lineAt(pos));
  if (state.readOnly || !change) return false;
  view.dispatch({ changes: change, userEvent: 'input.tick' });
  return true;
}

/** Ticks or clears every task in the selection. False when there is none. */
export function toggleTasks(view: EditorView): boolean {
  if (view.state.readOnly) return false;
  const changes = selectedLines(view.state).flatMap((line) => tick(view.state, line) ?? []);
  if (changes.length === 0) return false;
  view.dispatch({ changes, userEvent: 'input.tick' });
  return true;
}

function tick(state: EditorState, line: Line): { from: number; to: number; insert: string } | null {
  const prefix = readPrefix(line.text);
  if (prefix.box === '' || inCodeBlock(state, line.from)) return null;
  const from = line.from + prefix.quote.length + prefix.indent.length + prefix.sign.length + prefix.gap.length + 1;
  return { from, to: from + 1, insert: prefix.box[1] === ' ' ? 'x' : ' ' };
}

/** The innermost list item whose sign stands in the line. */
export function itemOf(state: EditorState, line: Line): SyntaxNode | null {
  const prefix = readPrefix(line.text);
  if (prefix.sign === '') return null;
  const at = line.from + prefix.quote.length + prefix.indent.length;
  for (let node: SyntaxNode | null = syntaxTree(state).resolveInner(at, 1); node; node = node.parent) {
    if (node.name === 'ListItem') return node;
  }
  return null;
}

/** How far the words of an item stand from where its sign may stand, in characters. */
const width = (prefix: Prefix): number => prefix.sign.length + Math.max(1, Math.min(prefix.gap.length, 4));

/** Moves the items of the selected lines one level in or out. False when none of them is an item. */
export function indentItems(view: EditorView, deeper: boolean): boolean {
  const { state } = view;
  const items = selectedLines(state).flatMap((line) => {
    const item = inCodeBlock(state, line.from) ? null : itemOf(state, line);
    return item ? [{ line, item }] : [];
  });
  if (items.length === 0) return false;
  if (state.readOnly) return true;
  const changes: ChangeSpec[] = [];
  const done = new Set<number>();
  for (const { line, item } of items) {
    if (done.has(line.number)) continue;
    const step = deeper ? stepIn(state, item) : stepOut(state, item);
    if (!step) continue;
    const last = state.doc.lineAt(item.to).number;
    for (let number = line.number; number <= last; number++) {
      const each = state.doc.line(number);
      done.add(number);
      if (each.text.trim() === '') continue;
      const prefix = readPrefix(each.text);
      const at = each.from + prefix.quote.length;
      if (step.by > 0) changes.push({ from: at, insert: ' '.repeat(step.by) });
      else if (prefix.indent.length > 0) changes.push({ from: at, to: at + Math.min(prefix.indent.length, -step.by) });
    }
    const prefix = readPrefix(line.text);
    if (/^\d/.test(prefix.sign) && step.number !== null) {
      const at = line.from + prefix.quote.length + prefix.indent.length;
      const digits = /^\d+/.exec(prefix.sign)?.[0].length ?? 0;
      changes.push({ from: at, to: at + digits, insert: String(step.number) });
    }
  }
  apply(view, changes, deeper ? 'input.indent' : 'delete.dedent');
  return true;
}

interface Step {
  /** Characters of indentation to add (or, below zero, to take away). */
  readonly by: number;
  /** The number that the item gets in its new list, if that one is numbered. */
  readonly number: number | null;
}

function stepIn(state: EditorState, item: SyntaxNode): Step | null {
  const above = item.prevSibling;
  if (above?.name !== 'ListItem') return null;
  const own = readPrefix(state.doc.lineAt(item.from).text);
  const prefix = readPrefix(state.doc.lineAt(above.from).text);
  const by = prefix.indent.length + width(prefix) - own.indent.length;
  const list = above.getChild('OrderedList');
  return by > 0 ? { by, number: list ? list.getChildren('ListItem').length + 1 : 1 } : null;
}

function stepOut(state: EditorState, item: SyntaxNode): Step | null {
  const outer = item.parent?.parent;
  if (outer?.name !== 'ListItem') return null;
  const own = readPrefix(state.doc.lineAt(item.from).text);
  const prefix = readPrefix(state.doc.lineAt(outer.from).text);
  const number = Number(/^\d+/.exec(prefix.sign)?.[0] ?? NaN);
  const by = prefix.indent.length - own.indent.length;
  return by < 0 ? { by, number: Number.isNaN(number) ? null : number + 1 } : null;
}

