import { syntaxTree } from '@codemirror/language';
import { RangeSet, type Extension } from '@codemirror/state';
import { type Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';
import { attended } from './attention';
import { drawBlock } from './draw-blocks';
import { drawInline } from './draw-inline';
import { Drawing } from './drawing';
import { frontMatterEnd } from './frontmatter';

interface Drawn {
  decorations: DecorationSet;
  atoms: RangeSet<Decoration>;
}

/** The empty line between two blocks is lower than a line of words. */
function gaps(drawing: Drawing): void {
  const { doc } = drawing.state;
  const { from, to } = drawing.visible;
  let above = false;
  const first = doc.lineAt(from);
  if (first.number > 1) above = /[^\s>]/.test(doc.line(first.number - 1).text.slice(0, 400));
  for (let number = first.number; number < doc.lines; number++) {
    const line = doc.line(number);
    if (line.from > to) break;
    const empty = line.length < 400 && !/[^\s>]/.test(line.text);
    if (empty && above && !drawing.isCode(line.from)) drawing.line(line.from, 'cm-between');
    above = !empty;
  }
}

function draw(view: EditorView): Drawn {
  const { state } = view;
  const tree = syntaxTree(state);
  const head = frontMatterEnd(state.doc);
  const drawing = new Drawing(state, attended(state), { from: 0, to: 0 });
  for (const { from, to } of view.visibleRanges) {
    drawing.visible = { from, to };
    if (from < head) {
      drawing.eachLine(0, head, (line, first, last) => {
        drawing.codeLine(line);
        drawing.line(line, `cm-front-matter${first ? ' cm-front-matter-first' : ''}${last ? ' cm-front-matter-last' : ''}`);
      });
    }
    tree.iterate({
      from,
      to,
      enter: (node) => {
        if (node.from < head && node.name !== 'Document') {
          if (node.to <= head) return false;
          return undefined;
        }
        return drawBlock(drawing, node) ?? drawInline(drawing, node);
      },
    });
    gaps(drawing);
  }
  return drawing.finish();
}

/** Shows the formatting of the visible part, with its signs only where the writer is. */
const preview = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    atoms: RangeSet<Decoration>;
    private stale = false;

    constructor(view: EditorView) {
      ({ decorations: this.decorations, atoms: this.atoms } = draw(view));
    }

    update(update: ViewUpdate): void {
      const changed =
        this.stale ||
        update.docChanged ||
        update.viewportChanged ||
        attended(update.startState) !== attended(update.state) ||
        update.startState.readOnly !== update.state.readOnly ||
        syntaxTree(update.startState) !== syntaxTree(update.state);
      if (!changed) return;
      if (update.view.composing && !update.viewportChanged) {
        // An input method is at work in the text: nothing is rebuilt around it until it is done.
        this.decorations = this.decorations.map(update.changes);
        this.atoms = this.atoms.map(update.changes);
        this.stale = true;
        return;
      }
      this.stale = false;
      ({ decorations: this.decorations, atoms: this.atoms } = draw(update.view));
    }
  },
  {
    decorations: (plugin) => plugin.decorations,
    provide: (plugin) => EditorView.atomicRanges.of((view) => view.plugin(plugin)?.atoms ?? RangeSet.empty),
    eventObservers: {
      compositionend(_event, view) {
        // The redraw that waited for the input method.
        setTimeout(() => {
          if (view.dom.isConnected) view.dispatch({});
        }, 0);
      },
    },
  },
);

/** The live preview of lines and words. Blocks that fold into one widget are in `folds.ts`. */
export const livePreview: Extension = preview;
