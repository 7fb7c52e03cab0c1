import { history, redo, standardKeymap, undo } from '@codemirror/commands';
import { closeSearchPanel, findNext, findPrevious, openSearchPanel, searchPanelOpen } from '@codemirror/search';
import { EditorSelection, Prec, type Extension } from '@codemirror/state';
import { type EditorView, keymap, type KeyBinding } from '@codemirror/view';
import { continueBlock, removeSign } from './enter';
import { runFormat, type FormatCommand } from './formats';
import { follow } from './links';
import { indentItems, toggleTasks } from './lists';
import { wordsStart } from './prefix';
import { nextCell, nextRow, previousCell } from './table-keys';

const format = (key: string, command: FormatCommand): KeyBinding => ({
  key,
  run: (view) => runFormat(view, command),
  preventDefault: true,
});

/** From the first word of a line with a bullet the way back leads to the line above. */
function backOverSigns(view: EditorView, extend: boolean): boolean {
  const { state } = view;
  const { main } = state.selection;
  if (state.selection.ranges.length > 1 || (!extend && !main.empty)) return false;
  const line = state.doc.lineAt(main.head);
  if (line.from === 0 || main.head === line.from || main.head !== wordsStart(state, line)) return false;
  view.dispatch({
    selection: extend ? EditorSelection.range(main.anchor, line.from - 1) : EditorSelection.cursor(line.from - 1),
    scrollIntoView: true,
    userEvent: 'select',
  });
  return true;
}

const formatKeys: readonly KeyBinding[] = [
  format('Mod-b', 'bold'),
  format('Mod-i', 'italic'),
  format('Mod-k', 'link'),
  format('Mod-Shift-x', 'strike'),
  format('Mod-e', 'code'),
  format('Mod-Shift-7', 'numbers'),
  format('Mod-Shift-8', 'bullets'),
  format('Mod-Shift-9', 'tasks'),
  format('Mod-Shift-.', 'quote'),
  format('Mod-Alt-0', 'body'),
  format('Mod-Alt-1', 'heading1'),
  format('Mod-Alt-2', 'heading2'),
  format('Mod-Alt-3', 'heading3'),
];

const writingKeys: readonly KeyBinding[] = [
  { key: 'Enter', run: (view) => nextRow(view) || continueBlock(view) },
  { key: 'Backspace', run: removeSign },
  // Only in a list or a table. Elsewhere Tab goes on to the next control; from those Escape, then Tab does.
  {
    key: 'Tab',
    run: (view) => nextCell(view) || indentItems(view, true),
    shift: (view) => previousCell(view) || indentItems(view, false),
  },
  { key: 'ArrowLeft', run: (view) => backOverSigns(view, false), shift: (view) => backOverSigns(view, true) },
  { key: 'Mod-Enter', run: (view) => follow(view, view.state.selection.main.head) || toggleTasks(view), preventDefault: true },
  { key: 'Mod-z', run: undo, preventDefault: true },
  { key: 'Mod-y', run: redo, preventDefault: true },
  { key: 'Mod-Shift-z', run: redo, preventDefault: true },
];

const isFind = (event: KeyboardEvent): boolean =>
  event.key.toLowerCase() === 'f' && event.ctrlKey !== event.metaKey && !event.shiftKey && !event.altKey;

const findKeys: readonly KeyBinding[] = [
  // Not by name: with Caps Lock on, Ctrl Shift F (find in the journal) would be taken for it.
  { any: (view, event) => isFind(event) && openSearchPanel(view), scope: 'editor search-panel' },
  { key: 'F3', run: findNext, shift: findPrevious, scope: 'editor search-panel', preventDefault: true },
  { key: 'Mod-g', run: findNext, shift: findPrevious, scope: 'editor search-panel', preventDefault: true },
  { key: 'Escape', run: (view) => searchPanelOpen(view.state) && closeSearchPanel(view), scope: 'editor search-panel' },
];

/** Undo that reaches far back, and every key of the editor. */
export const keys: Extension = [
  history({ minDepth: 2000, newGroupDelay: 700 }),
  Prec.high(keymap.of([...formatKeys, ...writingKeys, ...findKeys])),
  keymap.of(standardKeymap),
];
