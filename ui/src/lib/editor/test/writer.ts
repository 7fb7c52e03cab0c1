import type { EditorState } from '@codemirror/state';
import { EditorView, runScopeHandlers } from '@codemirror/view';
import { ensureSyntaxTree } from '@codemirror/language';
import { freshState, type Manner, type Owner } from '../setup';

export const MANNER: Manner = { label: 'Refleksion', placeholder: '', spellcheck: false, language: 'da', readOnly: false };

/** What the owner was asked while someone wrote. */
export interface Asked {
  readonly links: string[];
  readonly opened: string[];
}

interface Marked {
  readonly text: string;
  readonly anchor: number;
  readonly head: number;
}

/** Someone who writes: `|` in a text is the cursor, `[[` … `]]` what is selected. */
export class Writer {
  readonly view: EditorView;
  readonly asked: Asked = { links: [], opened: [] };

  /** Someone before a text in which no sign means anything. */
  static of(text: string): Writer {
    return new Writer({ text, anchor: 0, head: 0 });
  }

  constructor(marked: string | Marked, manner: Partial<Manner> = {}) {
    const { text, anchor, head } = typeof marked === 'string' ? unmark(marked) : marked;
    const owner: Owner = {
      attachments: { url: () => '', name: () => undefined, open: (id) => this.asked.opened.push(id) },
      openLink: (url) => this.asked.links.push(url),
      files: () => undefined,
    };
    let state: EditorState = freshState(text, { ...MANNER, ...manner }, owner, []);
    ensureSyntaxTree(state, state.doc.length, 5000);
    state = state.update({ selection: { anchor, head } }).state;
    this.view = new EditorView({ state, parent: document.body });
  }

  /** Presses a key as the keyboard would send it: `press('b', { ctrlKey: true })`. */
  press(key: string, more: KeyboardEventInit = {}): boolean {
    return runScopeHandlers(this.view, new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }), 'editor');
  }

  type(text: string): void {
    for (const char of text) {
      this.view.dispatch(this.view.state.replaceSelection(char), { userEvent: 'input.type' });
    }
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  /** The text with the cursor or the selection in it. */
  get marked(): string {
    const { from, to, empty } = this.view.state.selection.main;
    const text = this.text;
    return empty ? `${text.slice(0, from)}|${text.slice(from)}` : `${text.slice(0, from)}[[${text.slice(from, to)}]]${text.slice(to)}`;
  }

  leave(): void {
    this.view.destroy();
  }
}

function unmark(marked: string): Marked {
  const from = marked.indexOf('[[');
  const to = marked.indexOf(']]');
  if (from >= 0 && to > from) {
    return { text: marked.slice(0, from) + marked.slice(from + 2, to) + marked.slice(to + 2), anchor: from, head: to - 2 };
  }
  const at = marked.indexOf('|');
  return at < 0 ? { text: marked, anchor: 0, head: 0 } : { text: marked.slice(0, at) + marked.slice(at + 1), anchor: at, head: at };
}
