import type { SyntaxNode } from '@lezer/common';
import type { Text } from '@codemirror/state';
import { type EditorView, WidgetType } from '@codemirror/view';

/** How a column is set. */
export type Alignment = 'start' | 'center' | 'end';

/** A cell of a table's row: where its words stand, in UTF-16 units from the row's start. */
export interface Cell {
  readonly from: number;
  readonly to: number;
}

/** Splits a row at its bars. A bar behind a backslash belongs to the cell. */
export function cells(row: string): Cell[] {
  const found: Cell[] = [];
  const end = row.replace(/[\s\r]+$/, '').length;
  let start = row.length - row.trimStart().length;
  if (row[start] === '|') start++;
  const push = (to: number) => {
    const text = row.slice(start, to);
    const from = start + (text.length - text.trimStart().length);
    found.push({ from, to: Math.max(from, start + text.trimEnd().length) });
  };
  for (let i = start; i < end; i++) {
    if (row[i] === '\\') i++;
    else if (row[i] === '|') {
      push(i);
      start = i + 1;
    }
  }
  if (start < end) push(end);
  return found;
}

/** The columns' alignments, from the row of dashes. */
export function alignments(row: string): Alignment[] {
  return cells(row).map(({ from, to }) => {
    const text = row.slice(from, to);
    if (text.length > 1 && text.startsWith(':') && text.endsWith(':')) return 'center';
    return text.endsWith(':') ? 'end' : 'start';
  });
}

const STYLED: Readonly<Record<string, keyof HTMLElementTagNameMap>> = {
  Emphasis: 'em',
  StrongEmphasis: 'strong',
  Strikethrough: 'del',
  InlineCode: 'code',
};
const SIGNS = new Set(['EmphasisMark', 'StrikethroughMark', 'CodeMark', 'LinkMark', 'URL', 'LinkTitle', 'LinkLabel']);

/** A cell's words with their emphasis, built from text nodes alone. */
function inline(parent: Node, nodes: readonly SyntaxNode[], from: number, to: number, doc: Text): void {
  let pos = from;
  const text = (end: number) => {
    if (end > pos) parent.appendChild(document.createTextNode(doc.sliceString(pos, end)));
    pos = Math.max(pos, end);
  };
  for (const node of nodes) {
    if (node.to <= from || node.from >= to) continue;
    text(node.from);
    const tag = STYLED[node.name];
    if (tag || node.name === 'Link') {
      const styled = document.createElement(tag ?? 'span');
      if (!tag && node.getChild('URL')) styled.className = 'cm-link';
      const inner = children(node);
      if (!tag && !node.getChild('URL')) styled.append(doc.sliceString(node.from, node.to));
      else inline(styled, inner, node.from, node.to, doc);
      parent.appendChild(styled);
    } else if (node.name === 'Image') {
      const [opening, closing] = node.getChildren('LinkMark');
      parent.appendChild(document.createTextNode(doc.sliceString(opening?.to ?? node.from, closing?.from ?? node.to)));
    } else if (node.name === 'Escape') {
      parent.appendChild(document.createTextNode(doc.sliceString(node.from + 1, node.to)));
    } else if (!SIGNS.has(node.name) || (node.name === 'URL' && parent.nodeName === 'TD')) {
      parent.appendChild(document.createTextNode(doc.sliceString(node.from, node.to)));
    }
    pos = node.to;
  }
  text(to);
}

function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

/** A table drawn as one. A click in a cell puts the cursor at that cell's words. */
export class TableWidget extends WidgetType {
  private readonly source: string;

  constructor(
    private readonly table: SyntaxNode,
    private readonly doc: Text,
    private readonly from: number,
    to: number,
  ) {
    super();
    this.source = doc.sliceString(from, to);
  }

  override eq(other: TableWidget): boolean {
    return other.source === this.source;
  }

  override get estimatedHeight(): number {
    return 8 + (this.source.split('\n').length - 1) * 37;
  }

  toDOM(view: EditorView): HTMLElement {
    const frame = document.createElement('div');
    frame.className = 'cm-table-frame';
    const table = frame.appendChild(document.createElement('table'));
    table.className = 'cm-table';
    const rows = this.source.split('\n');
    const aligned = alignments(rows[1] ?? '');
    const nodes = children(this.table).filter((node) => node.name === 'TableHeader' || node.name === 'TableRow');
    let offset = 0;
    rows.forEach((row, index) => {
      if (index !== 1) this.row(table, row, offset, index === 0, aligned, nodes);
      offset += row.length + 1;
    });
    frame.addEventListener('mousedown', (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-at]') : null;
      const start = view.posAtDOM(frame);
      view.dispatch({ selection: { anchor: Math.min(start + Number(cell?.dataset.at ?? 0), view.state.doc.length) }, userEvent: 'select.pointer' });
      view.focus();
    });
    return frame;
  }

  private row(table: HTMLTableElement, text: string, offset: number, head: boolean, aligned: readonly Alignment[], nodes: readonly SyntaxNode[]): void {
    const section = head ? table.createTHead() : (table.tBodies[0] ?? table.createTBody());
    const row = section.insertRow();
    const start = this.from + offset;
    const node = nodes.find((each) => each.from >= start && each.from <= start + text.length);
    const found = cells(text);
    aligned.forEach((alignment, column) => {
      const cell = row.appendChild(document.createElement(head ? 'th' : 'td'));
      if (head) cell.setAttribute('scope', 'col');
      if (alignment !== 'start') cell.className = `cm-cell-${alignment}`;
      const place = found[column];
      cell.dataset.at = String(offset + (place?.to ?? text.length));
      if (!place) return;
      const own = node ? children(node).find((each) => each.name === 'TableCell' && each.from >= start + place.from && each.to <= start + place.to) : undefined;
      inline(cell, own ? children(own) : [], start + place.from, start + place.to, this.doc);
    });
  }

  override ignoreEvent(): boolean {
    return true;
  }
}
