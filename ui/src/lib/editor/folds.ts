import { syntaxTree } from '@codemirror/language';
import { RangeSet, StateField, type EditorState, type Extension, type Range, type Transaction } from '@codemirror/state';
import { Decoration, EditorView } from '@codemirror/view';
import type { Tree } from '@lezer/common';
import { attended, touches, type Span } from './attention';
import { frontMatterEnd } from './frontmatter';
import { TableWidget } from './tables';
import { FoldedFrontMatter } from './widgets';

/*
 * Blocks that are shown as one widget while the writer is elsewhere. They change the heights of
 * lines outside the window, so they are known for the whole text, in the state. To keep that cheap
 * only the outermost nodes are looked at, only when the syntax tree is a new one, and a table that
 * no change touched keeps what was made for it.
 */

/** A table by its whole lines, with what is drawn in its place. */
interface Table extends Span {
  readonly drawn: Decoration;
}

interface Folds {
  readonly tree: Tree;
  readonly frontMatter: number;
  readonly tables: readonly Table[];
  readonly decorations: RangeSet<Decoration>;
}

/** The tables that the change left alone, by where they are now. */
function kept(old: Folds | null, tr: Transaction | null): Map<number, Table> {
  const found = new Map<number, Table>();
  for (const table of old?.tables ?? []) {
    if (!tr?.docChanged) found.set(table.from, table);
    else if (!tr.changes.touchesRange(table.from, table.to)) {
      const from = tr.changes.mapPos(table.from, 1);
      found.set(from, { from, to: tr.changes.mapPos(table.to, -1), drawn: table.drawn });
    }
  }
  return found;
}

function topTables(state: EditorState, tree: Tree, after: number, old: Map<number, Table>): Table[] {
  const found: Table[] = [];
  const cursor = tree.cursor();
  if (!cursor.firstChild()) return found;
  do {
    if (cursor.name !== 'Table' || cursor.from < after) continue;
    const same = old.get(cursor.from);
    if (same && same.to === cursor.to) {
      found.push(same);
      continue;
    }
    const { from } = state.doc.lineAt(cursor.from);
    const { to } = state.doc.lineAt(cursor.to);
    found.push({ from, to, drawn: Decoration.replace({ widget: new TableWidget(cursor.node, state.doc, from, to), block: true }) });
  } while (cursor.nextSibling());
  return found;
}

function decorate(state: EditorState, frontMatter: number, tables: readonly Table[]): RangeSet<Decoration> {
  const spans = attended(state);
  const ranges: Range<Decoration>[] = [];
  if (frontMatter > 0 && !touches(spans, 0, frontMatter)) {
    const fields = state.doc.lineAt(frontMatter).number - 2;
    ranges.push(Decoration.replace({ widget: new FoldedFrontMatter(fields), block: true }).range(0, frontMatter));
  }
  for (const { from, to, drawn } of tables) if (!touches(spans, from, to)) ranges.push(drawn.range(from, to));
  return RangeSet.of(ranges);
}

function find(state: EditorState, old: Folds | null, tr: Transaction | null): Folds {
  const tree = syntaxTree(state);
  const frontMatter = frontMatterEnd(state.doc);
  const tables = topTables(state, tree, frontMatter, kept(old, tr));
  return { tree, frontMatter, tables, decorations: decorate(state, frontMatter, tables) };
}

/** Which of the folds are touched, as a string to compare. */
function opened(state: EditorState, folds: Folds): string {
  const spans = attended(state);
  const open = folds.tables.flatMap(({ from, to }, i) => (touches(spans, from, to) ? [i] : []));
  return `${touches(spans, 0, folds.frontMatter)} ${open.join()}`;
}

const field = StateField.define<Folds>({
  create: (state) => find(state, null, null),
  update(value, tr) {
    if (tr.docChanged || syntaxTree(tr.state) !== value.tree) return find(tr.state, value, tr);
    if (attended(tr.startState) === attended(tr.state)) return value;
    if (opened(tr.startState, value) === opened(tr.state, value)) return value;
    return { ...value, decorations: decorate(tr.state, value.frontMatter, value.tables) };
  },
  provide: (own) => EditorView.decorations.from(own, (folds) => folds.decorations),
});

/** Tables and front matter, folded while the writer is elsewhere. */
export const foldedBlocks: Extension = field;
