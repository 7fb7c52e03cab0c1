import { EditorSelection, EditorState, Prec, type Extension, type SelectionRange, type Text, type TransactionSpec } from '@codemirror/state';
import { Decoration, EditorView, keymap, MatchDecorator, ViewPlugin, WidgetType, type DecorationSet, type ViewUpdate } from '@codemirror/view';

/*
 * The text keeps its line endings byte for byte. With '\n' as the only separator a carriage return
 * is a character of the line, so it is hidden here, the cursor never stops behind it, and an edit
 * at a line's end never tears a CR LF pair apart.
 */

const charAt = (doc: Text, pos: number): string => (pos < 0 || pos >= doc.length ? '' : doc.sliceString(pos, pos + 1));

/** Whether `pos` lies behind a carriage return that ends its line. */
function behindReturn(doc: Text, pos: number): boolean {
  if (charAt(doc, pos - 1) !== '\r') return false;
  const next = charAt(doc, pos);
  return next === '\n' || next === '';
}

const beforePair = (doc: Text, pos: number): boolean => charAt(doc, pos) === '\r' && charAt(doc, pos + 1) === '\n';

class LoneReturn extends WidgetType {
  override eq(): boolean {
    return true;
  }
  toDOM(): HTMLElement {
    return document.createElement('br');
  }
  override get lineBreaks(): number {
    return 1;
  }
}

const hidden = Decoration.replace({});
const lineBreak = Decoration.replace({ widget: new LoneReturn() });

const returns = new MatchDecorator({
  regexp: /\r/g,
  decoration: (_match, view, pos) => (behindReturn(view.state.doc, pos + 1) ? hidden : lineBreak),
});

const hideReturns = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = returns.createDeco(view);
    }
    update(update: ViewUpdate): void {
      this.decorations = returns.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** What must follow a change so that no half of a CR LF pair stays behind. */
function mends(before: Text, after: Text, changes: { fromA: number; toA: number; fromB: number; toB: number }[]): { from: number; to: number }[] {
  const mended: { from: number; to: number }[] = [];
  for (const { fromA, toA, fromB, toB } of changes) {
    if (beforePair(before, fromA - 1) && charAt(after, fromB - 1) === '\r' && charAt(after, fromB) !== '\n') {
      mended.push({ from: fromB - 1, to: fromB });
    } else if (toA === fromA + 1 && toB === fromB && beforePair(before, fromA)) {
      mended.push({ from: fromB, to: fromB + 1 });
    }
  }
  return mended;
}

const keepPairs = EditorState.transactionFilter.of((tr) => {
  const byHand = tr.isUserEvent('delete') || tr.isUserEvent('input') || tr.isUserEvent('move') || tr.isUserEvent('select');
  if (!byHand) return tr;
  const specs: TransactionSpec[] = [];
  if (tr.docChanged) {
    const changes: { fromA: number; toA: number; fromB: number; toB: number }[] = [];
    tr.changes.iterChanges((fromA, toA, fromB, toB) => changes.push({ fromA, toA, fromB, toB }));
    const mended = mends(tr.startState.doc, tr.newDoc, changes);
    if (mended.length > 0) specs.push({ changes: mended, sequential: true });
  } else if (tr.selection) {
    const doc = tr.newDoc;
    const fix = (pos: number): number => (behindReturn(doc, pos) ? pos - 1 : pos);
    if (tr.selection.ranges.some((range) => behindReturn(doc, range.head) || behindReturn(doc, range.anchor))) {
      const ranges = tr.selection.ranges.map((range) => EditorSelection.range(fix(range.anchor), fix(range.head)));
      specs.push({ selection: EditorSelection.create(ranges, tr.selection.mainIndex) });
    }
  }
  return specs.length > 0 ? [tr, ...specs] : tr;
});

/** From before a hidden CR LF the next place is the next line's start. */
function overPair(view: EditorView, extend: boolean): boolean {
  const { doc, selection } = view.state;
  if (!selection.ranges.every((range) => (extend || range.empty) && beforePair(doc, range.head))) return false;
  const step = (range: SelectionRange) => EditorSelection.range(extend ? range.anchor : range.head + 2, range.head + 2);
  view.dispatch({
    selection: EditorSelection.create(selection.ranges.map(step), selection.mainIndex),
    scrollIntoView: true,
    userEvent: 'select',
  });
  return true;
}

/** Keeps every line ending as it came, and out of the writer's way. */
export const lineEndings: Extension = [
  EditorState.lineSeparator.of('\n'),
  hideReturns,
  keepPairs,
  Prec.high(
    keymap.of([
      {
        key: 'ArrowRight',
        run: (view) => overPair(view, false),
        shift: (view) => overPair(view, true),
      },
    ]),
  ),
  // What is pasted is written here: it takes the line endings of this text.
  EditorView.clipboardInputFilter.of((text) => text.replace(/\r\n?/g, '\n')),
];
