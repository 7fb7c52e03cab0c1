import type { EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { headingLevel, insertTable, setHeading, toggleQuote } from './blocks';
import { around, toggleEmphasis } from './emphasis';
import { enclosing, inCodeBlock } from './language';
import { makeLink } from './links';
import { listKind, toggleList, type ListKind } from './lists';
import { readPrefix } from './prefix';

/** What holds at the cursor: what the toolbar shows as pressed. */
export interface Formats {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly strike: boolean;
  readonly code: boolean;
  readonly link: boolean;
  readonly quote: boolean;
  readonly list: ListKind | null;
  /** 0 is body text. */
  readonly heading: number;
}

/** No format at all: before an editor is there. */
export const NO_FORMATS: Formats = { bold: false, italic: false, strike: false, code: false, link: false, quote: false, list: null, heading: 0 };

/** What the toolbar and the keys can ask of the editor. */
export type FormatCommand =
  | 'bold'
  | 'italic'
  | 'strike'
  | 'code'
  | 'link'
  | 'quote'
  | 'bullets'
  | 'numbers'
  | 'tasks'
  | 'table'
  | 'body'
  | 'heading1'
  | 'heading2'
  | 'heading3';

/** The formats at the main selection. */
export function formatsAt(state: EditorState): Formats {
  const { from, to, head } = state.selection.main;
  const line = state.doc.lineAt(head);
  const prefix = inCodeBlock(state, line.from) ? readPrefix('') : readPrefix(line.text);
  const setext = enclosing(state, head, ['SetextHeading1', 'SetextHeading2'], 1);
  return {
    bold: around(state, 'bold', from, to) !== null,
    italic: around(state, 'italic', from, to) !== null,
    strike: around(state, 'strike', from, to) !== null,
    code: around(state, 'code', from, to) !== null,
    link: (enclosing(state, head, ['Link', 'Autolink'], 1) ?? enclosing(state, head, ['Link', 'Autolink'], -1)) !== null,
    quote: prefix.quote !== '',
    list: listKind(prefix),
    heading: headingLevel(line.text) || (setext ? Number(setext.name.slice(-1)) : 0),
  };
}

/** Whether two states of the toolbar look the same. */
export function sameFormats(a: Formats, b: Formats): boolean {
  return (Object.keys(a) as (keyof Formats)[]).every((key) => a[key] === b[key]);
}

/** Carries out a command at the selection. */
export function runFormat(view: EditorView, command: FormatCommand): boolean {
  switch (command) {
    case 'bold':
    case 'italic':
    case 'strike':
    case 'code':
      return toggleEmphasis(view, command);
    case 'bullets':
    case 'numbers':
    case 'tasks':
      return toggleList(view, command);
    case 'quote':
      return toggleQuote(view);
    case 'link':
      return makeLink(view);
    case 'table':
      return insertTable(view);
    case 'body':
      return setHeading(view, 0);
    case 'heading1':
      return setHeading(view, 1);
    case 'heading2':
      return setHeading(view, 2);
    case 'heading3':
      return setHeading(view, 3);
  }
}
