import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import type { Drawing } from './drawing';
import { ListSign, Rule, TaskBox } from './widgets';

const DEEPEST = 6;

function depth(node: SyntaxNode, name: string): number {
  let count = 0;
  for (let outer: SyntaxNode | null = node; outer; outer = outer.parent) if (outer.name === name) count++;
  return Math.min(count, DEEPEST);
}

/** The end of the blanks after `pos`, four at most, within its line. */
function afterBlanks(drawing: Drawing, pos: number): number {
  const blanks = /^[ \t]*/.exec(drawing.state.sliceDoc(pos, pos + 5))?.[0].length ?? 0;
  return pos + (blanks > 4 ? 1 : blanks);
}

function heading(drawing: Drawing, node: SyntaxNode, level: number): void {
  const line = drawing.state.doc.lineAt(node.from);
  drawing.line(line.from, `cm-heading cm-h${level}`);
  const open = drawing.attended(line.from, line.to);
  const [opening, closing] = node.getChildren('HeaderMark');
  if (opening) {
    const end = Math.min(afterBlanks(drawing, opening.to), node.to);
    if (open) drawing.mark(node.from, end, 'cm-quiet cm-hanging');
    else drawing.hide(node.from, end);
  }
  if (closing) {
    const before = drawing.state.sliceDoc(node.from, closing.from);
    const from = node.from + before.trimEnd().length;
    if (open) drawing.mark(from, closing.to, 'cm-quiet');
    else drawing.hide(Math.max(from, opening?.to ?? from), closing.to);
  }
}

function underlinedHeading(drawing: Drawing, node: SyntaxNode, level: number): void {
  const underline = node.getChild('HeaderMark');
  if (!underline) return;
  const line = drawing.state.doc.lineAt(underline.from);
  const open = drawing.attended(line.from, line.to);
  // A single dash under a paragraph is nearly always a list about to be written.
  if (open && underline.to - underline.from === 1) return;
  drawing.eachLine(node.from, line.from - 1, (from) => drawing.line(from, `cm-heading cm-h${level}`));
  drawing.line(line.from, 'cm-underline');
  if (open) drawing.mark(underline.from, underline.to, 'cm-quiet');
  else drawing.hide(underline.from, underline.to);
}

function code(drawing: Drawing, node: SyntaxNode, fenced: boolean): void {
  drawing.eachLine(node.from, node.to, (from, first, last) => {
    drawing.codeLine(from);
    drawing.line(from, `cm-code${first ? ' cm-code-first' : ''}${last ? ' cm-code-last' : ''}`);
  });
  if (!fenced) return;
  const open = drawing.attended(node.from, node.to);
  for (const sign of node.getChildren('CodeMark')) {
    drawing.line(drawing.state.doc.lineAt(sign.from).from, 'cm-fence');
    if (open) drawing.mark(sign.from, sign.to, 'cm-quiet');
    else drawing.hide(sign.from, sign.to);
  }
  const info = node.getChild('CodeInfo');
  if (info) drawing.mark(info.from, info.to, 'cm-quiet');
}

function listItem(drawing: Drawing, node: SyntaxNode): void {
  const level = depth(node, 'ListItem');
  const first = drawing.state.doc.lineAt(node.from);
  const sign = node.getChild('ListMark');
  const indent = sign ? afterBlanks(drawing, sign.to) - first.from : node.from - first.from + 2;
  drawing.eachLine(node.from, node.to, (from) => {
    drawing.line(from, `cm-li-${level}`);
    if (from > first.from) drawing.continuation(from, indent);
  });
}

function listSign(drawing: Drawing, node: SyntaxNode): void {
  const item = node.parent;
  if (item?.name !== 'ListItem') return;
  const { state } = drawing;
  const line = state.doc.lineAt(node.from);
  const before = line.text.slice(0, node.from - line.from);
  const from = node.from - (/[ \t]*$/.exec(before)?.[0].length ?? 0);
  const nested = /[-*+.)][ \t]*$/.test(before);
  drawing.sign(line.from);
  drawing.line(line.from, 'cm-signed');
  const task = node.nextSibling?.name === 'Task' ? node.nextSibling.getChild('TaskMarker') : null;
  if (task && state.doc.lineAt(task.from).number === line.number) {
    const to = afterBlanks(drawing, task.to);
    const ticked = /x/i.test(state.sliceDoc(task.from, task.to));
    const words = line.text.slice(to - line.from, to - line.from + 200).trim();
    drawing.replace(from, to, new TaskBox(ticked, words, state.readOnly), true);
    if (ticked) drawing.line(line.from, 'cm-done');
    return;
  }
  const to = Math.min(afterBlanks(drawing, node.to), line.to);
  drawing.replace(from, to, new ListSign(state.sliceDoc(node.from, node.to), depth(node, 'ListItem'), nested), true);
}

/** The bars and dashes of a table that is open, so that its words stand out. */
function bars(drawing: Drawing, table: SyntaxNode): void {
  const { from, to } = drawing.visible;
  table.toTree().iterate({
    from: from - table.from,
    to: to - table.from,
    enter: (node) => {
      if (node.name === 'TableDelimiter') drawing.mark(table.from + node.from, table.from + node.to, 'cm-quiet');
    },
  });
}

/** Draws what takes whole lines. Returns false when the node's children need no visit. */
export function drawBlock(drawing: Drawing, node: SyntaxNodeRef): boolean | undefined {
  const level = /^(ATX|Setext)Heading(\d)$/.exec(node.name);
  if (level) {
    if (level[1] === 'ATX') heading(drawing, node.node, Number(level[2]));
    else underlinedHeading(drawing, node.node, Number(level[2]));
    return undefined;
  }
  const { doc } = drawing.state;
  switch (node.name) {
    case 'Blockquote': {
      const quotes = depth(node.node, 'Blockquote');
      const inList = depth(node.node, 'ListItem') > 0;
      drawing.eachLine(node.from, node.to, (from) => drawing.line(from, `cm-quote-${quotes}${inList ? ' cm-quote-in-list' : ''}`));
      return undefined;
    }
    case 'QuoteMark': {
      const blank = doc.sliceString(node.to, node.to + 1);
      drawing.hideWhole(node.from, blank === ' ' || blank === '\t' ? node.to + 1 : node.to);
      return false;
    }
    case 'ListItem':
      listItem(drawing, node.node);
      return undefined;
    case 'ListMark':
      listSign(drawing, node.node);
      return false;
    case 'FencedCode':
    case 'CodeBlock':
      code(drawing, node.node, node.name === 'FencedCode');
      return undefined;
    case 'HTMLBlock':
    case 'CommentBlock':
    case 'ProcessingInstructionBlock':
      drawing.eachLine(node.from, node.to, (from) => {
        drawing.codeLine(from);
        drawing.line(from, 'cm-html');
      });
      return undefined;
    case 'HorizontalRule': {
      const line = doc.lineAt(node.from);
      drawing.line(line.from, 'cm-rule-line');
      if (drawing.attended(line.from, line.to)) drawing.mark(node.from, node.to, 'cm-quiet');
      else drawing.replace(node.from, node.to, new Rule());
      return false;
    }
    case 'Table':
      // Away from the writer a table is drawn as one; see `folds.ts`.
      drawing.eachLine(node.from, node.to, (from) => {
        drawing.codeLine(from);
        drawing.line(from, 'cm-table-source');
      });
      bars(drawing, node.node);
      return false;
    default:
      return undefined;
  }
}
