import { closeSearchPanel, findNext, findPrevious, getSearchQuery, search, SearchQuery, setSearchQuery } from '@codemirror/search';
import type { EditorState, Extension } from '@codemirror/state';
import { type EditorView, type Panel, runScopeHandlers, type ViewUpdate } from '@codemirror/view';
import { flushSync, mount, unmount } from 'svelte';
import FindPanel from './FindPanel.svelte';

/** Places are counted up to here. */
export const MOST = 999;

function count(state: EditorState, query: SearchQuery): { total: number; index: number } {
  if (!query.valid) return { total: 0, index: 0 };
  const { from, to } = state.selection.main;
  const cursor = query.getCursor(state);
  let total = 0;
  let index = 0;
  for (let next = cursor.next(); !next.done && total <= MOST; next = cursor.next()) {
    total++;
    if (next.value.from === from && next.value.to === to) index = total;
  }
  return { total, index };
}

/** What is looked for in the text, and what was found. */
export class Finding {
  /** The words to find. */
  words = $state('');
  /** Whether capital and small letters differ. */
  matchCase = $state(false);
  /** How many places there are; `MOST + 1` for more than `MOST`. */
  total = $state(0);
  /** Which of them is selected, from 1; 0 for none. */
  index = $state(0);

  constructor(private readonly view: EditorView) {
    this.read(view.state);
  }

  /** Looks for other words and goes to the nearest place that has them. */
  look(words: string, matchCase: boolean): void {
    const query = new SearchQuery({ search: words, caseSensitive: matchCase, literal: true });
    this.view.dispatch({ effects: setSearchQuery.of(query) });
    if (!query.valid) return;
    const { state } = this.view;
    let place = query.getCursor(state, state.selection.main.from).next();
    if (place.done) place = query.getCursor(state).next();
    if (place.done) return;
    this.view.dispatch({ selection: { anchor: place.value.from, head: place.value.to }, scrollIntoView: true, userEvent: 'select.search' });
  }

  next(): void {
    findNext(this.view);
  }

  previous(): void {
    findPrevious(this.view);
  }

  close(): void {
    closeSearchPanel(this.view);
    this.view.focus();
  }

  /** Keys that the editor has for its find panel. */
  key(event: KeyboardEvent): boolean {
    return runScopeHandlers(this.view, event, 'search-panel');
  }

  /** Takes over what changed in the editor. */
  refresh(update: ViewUpdate): void {
    const asked = update.transactions.some((tr) => tr.effects.some((effect) => effect.is(setSearchQuery)));
    if (asked || update.docChanged || update.selectionSet) this.read(update.state);
  }

  private read(state: EditorState): void {
    const query = getSearchQuery(state);
    this.words = query.search;
    this.matchCase = query.caseSensitive;
    ({ total: this.total, index: this.index } = count(state, query));
  }
}

function panel(view: EditorView): Panel {
  const dom = document.createElement('div');
  const finding = new Finding(view);
  const mounted = mount(FindPanel, { target: dom, props: { finding } });
  flushSync();
  const field = () => dom.querySelector<HTMLInputElement>('[main-field]');
  return {
    dom,
    top: true,
    mount: () => field()?.select(),
    update: (update) => finding.refresh(update),
    destroy: () => void unmount(mounted),
  };
}

/** Find in this text, in a panel of our own. */
export const findInText: Extension = search({ top: true, literal: true, caseSensitive: false, createPanel: panel });
