import { syntaxTree } from '@codemirror/language';
import { type ChangeSpec, EditorSelection, type EditorState, type Line } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { SyntaxNode } from '@lezer/common';
import { inCodeBlock } from './language';
import { wordsStart } from './prefix';

/** Emphasis that is written around words. */
export type EmphasisKind = 'bold' | 'italic' | 'strike' | 'code';

interface Signs {
  readonly node: string;
  readonly mark: string;
  readonly sign: string;
}

const SIGNS: Readonly<Record<EmphasisKind, Signs>> = {
  bold: { node: 'StrongEmphasis', mark: 'EmphasisMark', sign: '**' },
  italic: { node: 'Emphasis', mark: 'EmphasisMark', sign: '*' },
  strike: { node: 'Strikethrough', mark: 'StrikethroughMark', sign: '~~' },
  code: { node: 'InlineCode', mark: 'CodeMark', sign: '`' },
};

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The words of one line within `from` … `to`: no signs before them, no blanks around them. */
function wordsWithin(state: EditorState, line: Line, from: number, to: number): Stretch | null {
  const heading = /^#{1,6}[ \t]+/.exec(line.text)?.[0].length ?? 0;
  const start = Math.max(from, wordsStart(state, line), line.from + heading);
  const end = Math.min(to, line.to);
  if (end <= start) return null;
  const text = state.sliceDoc(start, end);
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const lead = text.length - text.trimStart().length;
  return { from: start + lead, to: start + lead + trimmed.length };
}

function stretches(state: EditorState, from: number, to: number): Stretch[] {
  const found: Stretch[] = [];
  for (let line = state.doc.lineAt(from); ; line = state.doc.line(line.number + 1)) {
    const stretch = inCodeBlock(state, line.from) ? null : wordsWithin(state, line, from, to);
    if (stretch) found.push(stretch);
    if (line.to >= to || line.number === state.doc.lines) return found;
  }
}

/** The emphasis of a kind around the whole of a stretch. */
export function around(state: EditorState, kind: EmphasisKind, from: number, to: number): SyntaxNode | null {
  const { node: name } = SIGNS[kind];
  for (const side of [1, -1] as const) {
    for (let node: SyntaxNode | null = syntaxTree(state).resolveInner(side === 1 ? from : to, side); node; node = node.parent) {
      if (node.name === name && node.from <= from && node.to >= to) return node;
    }
  }
  return null;
}

function unwrap(node: SyntaxNode, kind: EmphasisKind): ChangeSpec[] {
  const marks = node.getChildren(SIGNS[kind].mark);
  const first = marks[0];
  const last = marks.at(-1);
  return first && last && first !== last ? [{ from: first.from, to: first.to }, { from: last.from, to: last.to }] : [];
}

/** Signs of the same kind inside a stretch, which the new ones around it make needless. */
function inner(state: EditorState, kind: EmphasisKind, { from, to }: Stretch): ChangeSpec[] {
  const changes: ChangeSpec[] = [];
  syntaxTree(state).iterate({
    from,
    to,
    enter: (node) => {
      if (node.name === SIGNS[kind].node && node.from >= from && node.to <= to) changes.push(...unwrap(node.node, kind));
    },
  });
  return changes;
}

/** Puts emphasis around the selected words, line by line, or takes it away where all of them have it. */
export function toggleEmphasis(view: EditorView, kind: EmphasisKind): boolean {
  const { state } = view;
  if (state.readOnly) return false;
  const { main } = state.selection;
  if (main.empty) return toggleAtCursor(view, kind);
  const { sign } = SIGNS[kind];
  const parts = stretches(state, main.from, main.to);
  if (parts.length === 0) return true;
  const nodes = parts.map((part) => around(state, kind, part.from, part.to));
  if (nodes.every((node) => node !== null)) {
    const changes = state.changes(nodes.flatMap((node) => unwrap(node, kind)));
    view.dispatch({ changes, selection: state.selection.map(changes), scrollIntoView: true, userEvent: 'input.format' });
    return true;
  }
  const plain = parts.filter((_part, i) => nodes[i] === null);
  const changes = state.changes(
    plain.flatMap((part) => [{ from: part.from, insert: sign }, ...inner(state, kind, part), { from: part.to, insert: sign }]),
  );
  const first = parts[0]?.from ?? main.from;
  const last = parts.at(-1)?.to ?? main.to;
  const range = EditorSelection.range(changes.mapPos(first, 1), changes.mapPos(last, -1));
  view.dispatch({
    changes,
    selection: main.head < main.anchor ? EditorSelection.range(range.to, range.from) : range,
    scrollIntoView: true,
    userEvent: 'input.format',
  });
  return true;
}

/** Without a selection: the word at the cursor, or a pair of signs to write between. */
function toggleAtCursor(view: EditorView, kind: EmphasisKind): boolean {
  const { state } = view;
  const { sign } = SIGNS[kind];
  const pos = state.selection.main.head;
  const node = around(state, kind, pos, pos);
  if (node) {
    const marks = node.getChildren(SIGNS[kind].mark);
    const last = marks.at(-1);
    // At the end of what was emphasised the key means: go on without.
    if (last && pos === last.from) {
      view.dispatch({ selection: { anchor: node.to }, scrollIntoView: true });
      return true;
    }
    const changes = state.changes(unwrap(node, kind));
    view.dispatch({ changes, selection: state.selection.map(changes), userEvent: 'input.format' });
    return true;
  }
  if (state.sliceDoc(pos - sign.length, pos) === sign && state.sliceDoc(pos, pos + sign.length) === sign) {
    view.dispatch({ changes: { from: pos - sign.length, to: pos + sign.length }, userEvent: 'input.format' });
    return true;
  }
  const word = state.wordAt(pos);
  if (word && word.from < pos && word.to > pos) {
    const changes = state.changes([{ from: word.from, insert: sign }, { from: word.to, insert: sign }]);
    view.dispatch({ changes, selection: { anchor: pos + sign.length }, userEvent: 'input.format' });
    return true;
  }
  view.dispatch({
    changes: { from: pos, insert: sign + sign },
    selection: { anchor: pos + sign.length },
    scrollIntoView: true,
    userEvent: 'input.format',
  });
  return true;
}
