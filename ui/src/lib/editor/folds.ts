import { syntaxTree } from '@codemirror/language';
import { RangeSet, StateField, type EditorState, type Extension, type Range } from '@codemirror/state';
import { Decoration, EditorView } from '@codemirror/view';
import type { Tree } from '@lezer/common';
import { attended, touches, type Span } from './attention';
import { frontMatterEnd } from './frontmatter';
import { TableWidget } from './tables';
import { FoldedFrontMatter } from './widgets';

/*
 * Blocks that are shown as one widget while the writer is elsewhere. They change the heights of
 * lines outside the window, so they are known for the whole text, in the state. Finding them looks
 * at the outermost nodes only, and only when the syntax tree is a new one.
 */
interface Folds {
  readonly tree: Tree;
  readonly frontMatter: number;
  readonly tables: readonly Span[];
  readonly decorations: RangeSet<Decoration>;
}

function topTables(tree: Tree, after: number): Span[] {
  const found: Span[] = [];
  const cursor = tree.cursor();
  if (!cursor.firstChild()) return found;
  do {
    if (cursor.name === 'Table' && cursor.from >= after) found.push({ from: cursor.from, to: cursor.to });
  } while (cursor.nextSibling());
  return found;
}

function decorate(state: EditorState, tree: Tree, frontMatter: number, tables: readonly Span[]): RangeSet<Decoration> {
  const spans = attended(state);
  const ranges: Range<Decoration>[] = [];
  if (frontMatter > 0 && !touches(spans, 0, frontMatter)) {
    const fields = state.doc.lineAt(frontMatter).number - 2;
    ranges.push(Decoration.replace({ widget: new FoldedFrontMatter(fields), block: true }).range(0, frontMatter));
  }
  for (const { from, to } of tables) {
    const first = state.doc.lineAt(from);
    const end = state.doc.lineAt(to).to;
    if (touches(spans, first.from, end)) continue;
    let node = tree.resolve(from, 1);
    while (node.name !== 'Table' && node.parent) node = node.parent;
    if (node.name !== 'Table') continue;
    ranges.push(Decoration.replace({ widget: new TableWidget(node, state.doc, first.from, end), block: true }).range(first.from, end));
  }
  return RangeSet.of(ranges);
}

function find(state: EditorState): Folds {
  const tree = syntaxTree(state);
  const frontMatter = frontMatterEnd(state.doc);
  const tables = topTables(tree, frontMatter);
  return { tree, frontMatter, tables, decorations: decorate(state, tree, frontMatter, tables) };
}

/** Which of the folds are touched, as a string to compare. */
function opened(state: EditorState, folds: Folds): string {
  const spans = attended(state);
  const open = folds.tables.flatMap(({ from, to }, i) => (touches(spans, state.doc.lineAt(from).from, state.doc.lineAt(to).to) ? [i] : []));
  return `${touches(spans, 0, folds.frontMatter)} ${open.join()}`;
}

const field = StateField.define<Folds>({
  create: find,
  update(value, tr) {
    if (tr.docChanged || syntaxTree(tr.state) !== value.tree) return find(tr.state);
    if (attended(tr.startState) === attended(tr.state)) return value;
    if (opened(tr.startState, value) === opened(tr.state, value)) return value;
    return { ...value, decorations: decorate(tr.state, value.tree, value.frontMatter, value.tables) };
  },
  provide: (own) => EditorView.decorations.from(own, (folds) => folds.decorations),
});

/** Tables and front matter, folded while the writer is elsewhere. */
export const foldedBlocks: Extension = field;
