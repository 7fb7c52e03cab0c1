import { syntaxTree } from '@codemirror/language';
import { Facet, type EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { SyntaxNode } from '@lezer/common';
import { attachmentId, openable } from './addresses';
import { attachments } from './attachments';
import { enclosing } from './language';

/** Opens an address that the leader asked for. */
export const openLink = Facet.define<(url: string) => void, (url: string) => void>({
  combine: (values) => values[0] ?? (() => undefined),
});

const LINKS = ['Link', 'Image', 'Autolink', 'URL'] as const;

/** A reference's label as CommonMark compares it. */
const label = (text: string): string => text.replace(/^\[|\]$/g, '').trim().replace(/\s+/g, ' ').toLowerCase();

/** The destination that the text gives a reference, found among the outermost blocks. */
function resolveReference(state: EditorState, wanted: string): string | null {
  for (let node = syntaxTree(state).topNode.firstChild; node; node = node.nextSibling) {
    if (node.name !== 'LinkReference') continue;
    const own = node.getChild('LinkLabel');
    const url = node.getChild('URL');
    if (own && url && label(state.sliceDoc(own.from, own.to)) === wanted) return state.sliceDoc(url.from, url.to);
  }
  return null;
}

/** The destination of the link at `pos` as it is written, or null. */
export function destinationAt(state: EditorState, pos: number): string | null {
  for (const side of [1, -1] as const) {
    const node = enclosing(state, pos, LINKS, side);
    if (!node) continue;
    const outer = node.name === 'URL' && node.parent && ['Link', 'Image', 'Autolink'].includes(node.parent.name) ? node.parent : node;
    return destination(state, outer);
  }
  return null;
}

function destination(state: EditorState, node: SyntaxNode): string | null {
  const url = node.name === 'URL' ? node : node.getChild('URL');
  if (url) return state.sliceDoc(url.from, url.to);
  const own = node.getChild('LinkLabel');
  return resolveReference(state, label(own && own.to - own.from > 2 ? state.sliceDoc(own.from, own.to) : state.sliceDoc(node.from, node.to).replace(/\[\]$/, '')));
}

/** Opens the link or attachment at `pos`, if it is one that may be opened. */
export function follow(view: EditorView, pos: number): boolean {
  const found = destinationAt(view.state, pos);
  if (found === null) return false;
  const attached = attachmentId(found);
  if (attached !== null) {
    view.state.facet(attachments).open(attached);
    return true;
  }
  const address = openable(found);
  if (address === null) return false;
  view.state.facet(openLink)(address);
  return true;
}

/**
 * Makes the selected words a link and puts the cursor where its address goes. A selected address
 * becomes the destination; within a link the destination is selected.
 */
export function makeLink(view: EditorView): boolean {
  const { state } = view;
  if (state.readOnly) return false;
  const { main } = state.selection;
  const existing = enclosing(state, main.head, ['Link'], 1) ?? enclosing(state, main.head, ['Link'], -1);
  const url = existing?.getChild('URL');
  if (url && main.from >= (existing?.from ?? 0) && main.to <= (existing?.to ?? 0)) {
    view.dispatch({ selection: { anchor: url.from, head: url.to }, scrollIntoView: true });
    return true;
  }
  const word = main.empty ? state.wordAt(main.head) : null;
  const from = word?.from ?? main.from;
  const to = word?.to ?? main.to;
  const text = state.sliceDoc(from, to);
  const address = /\s/.test(text) ? null : /[:.]/.test(text) ? openable(text) : null;
  const insert = address === null ? `[${text}]()` : `[](${text})`;
  const cursor = address === null && text !== '' ? from + insert.length - 1 : from + 1;
  view.dispatch({ changes: { from, to, insert }, selection: { anchor: cursor }, scrollIntoView: true, userEvent: 'input.format' });
  return true;
}

/** Ctrl (or Cmd) click follows a link; a plain click is for writing. */
export const linkClicks: Extension = EditorView.domEventHandlers({
  mousedown(event, view) {
    if (event.button !== 0 || !(event.ctrlKey || event.metaKey)) return false;
    const pos = view.posAtCoords({ x: event.clientX, y: event.clientY });
    if (pos === null || destinationAt(view.state, pos) === null) return false;
    event.preventDefault();
    follow(view, pos);
    return true;
  },
  // The page itself never goes anywhere.
  click(event) {
    if (event.target instanceof Element && event.target.closest('a')) event.preventDefault();
    return false;
  },
});
