import { StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import { searchPanelOpen } from '@codemirror/search';
import { EditorView, ViewPlugin } from '@codemirror/view';

/** A stretch of the text whose Markdown signs are to be seen. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

interface Attention {
  readonly focused: boolean;
  /** While a mouse button is down nothing opens or closes, or the text would move under it. */
  readonly pointing: boolean;
  readonly spans: readonly Span[];
}

const setFocused = StateEffect.define<boolean>();
const setPointing = StateEffect.define<boolean>();

const attention = StateField.define<Attention>({
  create: () => ({ focused: false, pointing: false, spans: [] }),
  update(value, tr) {
    let { focused, pointing } = value;
    for (const effect of tr.effects) {
      if (effect.is(setFocused)) focused = effect.value;
      else if (effect.is(setPointing)) pointing = effect.value;
    }
    let spans = value.spans;
    if (pointing) {
      if (tr.docChanged) spans = spans.map((span) => ({ from: tr.changes.mapPos(span.from, -1), to: tr.changes.mapPos(span.to, 1) }));
    } else if (focused || searchPanelOpen(tr.state)) {
      const ranges = tr.state.selection.ranges;
      const same = spans.length === ranges.length && spans.every((span, i) => span.from === ranges[i]?.from && span.to === ranges[i]?.to);
      if (!same) spans = ranges.map(({ from, to }) => ({ from, to }));
    } else if (spans.length > 0) {
      spans = [];
    }
    const unchanged = spans === value.spans && focused === value.focused && pointing === value.pointing;
    return unchanged ? value : { focused, pointing, spans };
  },
});

const pointer = ViewPlugin.fromClass(
  class {
    private readonly release = () => this.settle();
    constructor(private readonly view: EditorView) {
      for (const name of ['mouseup', 'dragend', 'blur']) window.addEventListener(name, this.release);
    }
    settle(): void {
      if (this.view.state.field(attention).pointing) this.view.dispatch({ effects: setPointing.of(false) });
    }
    destroy(): void {
      for (const name of ['mouseup', 'dragend', 'blur']) window.removeEventListener(name, this.release);
    }
  },
  {
    eventObservers: {
      mousedown(event, view) {
        if (event.button === 0) view.dispatch({ effects: setPointing.of(true) });
      },
    },
  },
);

/** The stretches that the writer is at: empty while the editor has no focus. */
export function attended(state: EditorState): readonly Span[] {
  return state.field(attention).spans;
}

/** Whether one of `spans` touches the stretch from `from` to `to`, ends included. */
export function touches(spans: readonly Span[], from: number, to: number): boolean {
  return spans.some((span) => span.from <= to && span.to >= from);
}

/** Follows where the writer is. */
export const attentionTracking: Extension = [
  attention,
  pointer,
  EditorView.focusChangeEffect.of((_state, focusing) => setFocused.of(focusing)),
];
