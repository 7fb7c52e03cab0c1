import { type Extension, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';

/** Something in a text that is pointed out. */
export interface Mark {
  from: number;
  to: number;
  /** The one that is looked at. */
  active: boolean;
}

const setMarks = StateEffect.define<readonly Mark[]>();
const plain = Decoration.mark({ class: 'cm-pointed' });
const active = Decoration.mark({ class: 'cm-pointed cm-pointed-active' });

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setMarks)) continue;
      const end = transaction.newDoc.length;
      const ranges = effect.value.filter((one) => one.from < one.to && one.to <= end).map((one) => (one.active ? active : plain).range(one.from, one.to));
      next = Decoration.set(ranges, true);
    }
    return next;
  },
  provide: (from) => EditorView.decorations.from(from),
});

/** Lets an editor point things out. */
export const pointing: Extension = field;

/** Points things out in a text, and brings the one that is looked at into sight. */
export function point(view: EditorView, marks: readonly Mark[]): void {
  const shown = marks.find((one) => one.active);
  const effects: StateEffect<unknown>[] = [setMarks.of(marks)];
  if (shown && shown.to <= view.state.doc.length) effects.push(EditorView.scrollIntoView(shown.from, { y: 'nearest' }));
  view.dispatch({ effects });
}
