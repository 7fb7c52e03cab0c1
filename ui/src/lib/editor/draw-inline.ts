import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { m } from '$lib/i18n';
import { attachmentId, openable, plainDestination, unescaped } from './addresses';
import { AttachedFile, ForeignPicture, Picture } from './attachments';
import type { Drawing } from './drawing';

const STYLED: Readonly<Record<string, { readonly className: string; readonly sign: string }>> = {
  Emphasis: { className: 'cm-em', sign: 'EmphasisMark' },
  StrongEmphasis: { className: 'cm-strong', sign: 'EmphasisMark' },
  Strikethrough: { className: 'cm-strike', sign: 'StrikethroughMark' },
  InlineCode: { className: 'cm-inline-code', sign: 'CodeMark' },
};

/** Shows the signs of `node` quietly where the writer is at it, hides them elsewhere. */
function signs(drawing: Drawing, node: SyntaxNode, name: string): void {
  const open = drawing.attended(node.from, node.to);
  for (const sign of node.getChildren(name)) {
    if (open) drawing.mark(sign.from, sign.to, 'cm-quiet');
    else drawing.hide(sign.from, sign.to);
  }
}

/** The parts of a link or picture: its words, and its destination if that stands beside them. */
function parts(drawing: Drawing, node: SyntaxNode): { from: number; to: number; text: string; destination: string | null } {
  const [opening, closing] = node.getChildren('LinkMark');
  const from = opening?.to ?? node.from;
  const to = closing?.from ?? node.to;
  const url = node.getChild('URL');
  return {
    from,
    to,
    text: drawing.state.sliceDoc(from, to),
    destination: url ? drawing.state.sliceDoc(url.from, url.to) : null,
  };
}

function link(drawing: Drawing, node: SyntaxNode): void {
  const { from, to, text, destination } = parts(drawing, node);
  const open = drawing.attended(node.from, node.to);
  if (destination === null) {
    // A reference, or only brackets: both stay as they are typed.
    const label = node.getChild('LinkLabel');
    if (label) {
      drawing.mark(from, to, 'cm-link');
      drawing.mark(label.from, label.to, 'cm-quiet');
    }
    return;
  }
  const attached = attachmentId(destination);
  if (attached !== null) {
    if (open) drawing.mark(node.from, node.to, 'cm-source');
    else drawing.replace(node.from, node.to, new AttachedFile(attached, unescaped(text)));
    return;
  }
  const address = openable(destination);
  if (address === null) {
    // A destination that is never opened is shown for what it is.
    drawing.mark(node.from, from, 'cm-quiet');
    drawing.mark(to, node.to, 'cm-quiet');
    return;
  }
  drawing.markWith(from, to, 'cm-link', { title: m['editor.link.hint']({ address }) });
  if (open || from === to) {
    drawing.mark(node.from, from, 'cm-quiet');
    drawing.mark(to, node.to, 'cm-quiet cm-address');
  } else {
    drawing.hide(node.from, from);
    drawing.hide(to, node.to);
  }
}

function image(drawing: Drawing, node: SyntaxNode): void {
  const { text: source, destination } = parts(drawing, node);
  if (destination === null) return;
  const text = unescaped(source);
  const open = drawing.attended(node.from, node.to);
  const attached = attachmentId(destination);
  if (open) drawing.mark(node.from, node.to, 'cm-source');
  if (attached !== null) {
    if (open) drawing.after(node.to, new Picture(attached, text, true));
    else drawing.replace(node.from, node.to, new Picture(attached, text, false));
  } else if (!open) {
    const address = plainDestination(destination);
    drawing.replace(node.from, node.to, new ForeignPicture(address, text, /^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(address)));
  }
}

function bareAddress(drawing: Drawing, from: number, to: number): void {
  const address = openable(drawing.state.sliceDoc(from, to));
  if (address !== null) drawing.markWith(from, to, 'cm-link', { title: m['editor.link.hint']({ address }) });
}

/** Draws what stands inside a line. Returns false when the node's children need no visit. */
export function drawInline(drawing: Drawing, node: SyntaxNodeRef): boolean | undefined {
  const styled = STYLED[node.name];
  if (styled) {
    drawing.mark(node.from, node.to, styled.className);
    signs(drawing, node.node, styled.sign);
    return undefined;
  }
  switch (node.name) {
    case 'Link':
      link(drawing, node.node);
      return undefined;
    case 'Image':
      image(drawing, node.node);
      return false;
    case 'Autolink': {
      const url = node.node.getChild('URL');
      if (url && openable(drawing.state.sliceDoc(url.from, url.to)) !== null) {
        bareAddress(drawing, url.from, url.to);
        signs(drawing, node.node, 'LinkMark');
      }
      return false;
    }
    case 'URL': {
      const parent = node.node.parent?.name ?? '';
      if (!['Link', 'Image', 'LinkReference'].includes(parent)) bareAddress(drawing, node.from, node.to);
      return false;
    }
    case 'Escape':
      if (drawing.attended(node.from, node.to)) drawing.mark(node.from, node.from + 1, 'cm-quiet');
      else drawing.hide(node.from, node.from + 1);
      return false;
    case 'HardBreak':
      if (drawing.state.sliceDoc(node.from, node.from + 1) === '\\') drawing.mark(node.from, node.from + 1, 'cm-quiet');
      return false;
    case 'HTMLTag':
    case 'Comment':
    case 'ProcessingInstruction':
    case 'LinkReference':
      drawing.mark(node.from, node.to, 'cm-quiet');
      return false;
    default:
      return undefined;
  }
}
