import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { drawSelection, dropCursor, EditorView, placeholder } from '@codemirror/view';
import { m } from '$lib/i18n';
import { attachments, type Attachments } from './attachments';
import { attentionTracking } from './attention';
import { lineEndings } from './endings';
import { findInText } from './find.svelte';
import { foldedBlocks } from './folds';
import { bodyStart } from './frontmatter';
import { keys } from './keys';
import { markdown } from './language';
import { linkClicks, openLink } from './links';
import { cursorAfterSigns } from './prefix';
import { livePreview } from './preview';

/** What may change while a text is open, without a new state. */
export interface Manner {
  /** The name of the text field for screen readers. */
  readonly label: string;
  /** Shown while there is no text. */
  readonly placeholder: string;
  /** Whether the web view marks misspelt words. */
  readonly spellcheck: boolean;
  /** The language that is written. */
  readonly language: 'da' | 'en';
  /** The text may be read and copied only. */
  readonly readOnly: boolean;
}

/** What the editor asks of its owner. */
export interface Owner {
  readonly attachments: Attachments;
  /** Opens an http, https or mailto address. */
  openLink(url: string): void;
  /** Files were pasted or dropped; the cursor is where they are to go. */
  files(files: File[], how: 'paste' | 'drop'): void;
}

const manner = new Compartment();

function mannerly({ label, placeholder: hint, spellcheck, language, readOnly }: Manner): Extension {
  return [
    EditorState.readOnly.of(readOnly),
    EditorView.editable.of(!readOnly),
    hint === '' ? [] : placeholder(hint),
    EditorView.contentAttributes.of({
      'aria-label': label,
      'aria-multiline': 'true',
      'aria-description': m['editor.said.leave'](),
      spellcheck: String(spellcheck),
      lang: language,
      autocapitalize: 'sentences',
      autocorrect: 'off',
      // Some web views send what is written away to guess the next word.
      writingsuggestions: 'false',
      // It can be focused anyhow; written out for checkers that look for what scrolls a page by keyboard.
      tabindex: '0',
      ...(readOnly ? { 'aria-readonly': 'true' } : {}),
    }),
  ];
}

/** The change of manner for an open text. */
export const changeManner = (next: Manner) => manner.reconfigure(mannerly(next));

const filesOf = (data: DataTransfer | null): File[] => Array.from(data?.files ?? []);

const fileDrops = (owner: Owner): Extension =>
  EditorView.domEventHandlers({
    paste(event, view) {
      const files = filesOf(event.clipboardData);
      // Word processors put a picture of the words beside the words.
      if (files.length === 0 || view.state.readOnly || event.clipboardData?.types.includes('text/plain')) return false;
      event.preventDefault();
      owner.files(files, 'paste');
      return true;
    },
    drop(event, view) {
      const files = filesOf(event.dataTransfer);
      if (files.length === 0) return false;
      event.preventDefault();
      if (view.state.readOnly) return true;
      const pos = view.posAtCoords({ x: event.clientX, y: event.clientY }, false);
      view.dispatch({ selection: { anchor: pos }, userEvent: 'select.drop' });
      view.focus();
      owner.files(files, 'drop');
      return true;
    },
    // Without a selection there is nothing to copy or cut; CodeMirror would take the whole line.
    copy: (event, view) => nothingSelected(event, view),
    cut: (event, view) => nothingSelected(event, view),
  });

function nothingSelected(event: ClipboardEvent, view: EditorView): boolean {
  if (!view.state.selection.ranges.every((range) => range.empty)) return false;
  event.preventDefault();
  return true;
}

const phrases = (): Extension =>
  EditorState.phrases.of({
    'current match': m['editor.said.currentMatch'](),
    'on line': m['editor.said.onLine'](),
    'Selection deleted': m['editor.said.selectionDeleted'](),
    'Control character': m['editor.said.control'](),
  });

/** A fresh state for a text: its own undo history, the cursor where writing starts. */
export function freshState(text: string, how: Manner, owner: Owner, more: Extension): EditorState {
  const { nonce } = document.querySelector('style') ?? {};
  const extensions: Extension = [
    EditorView.cspNonce.of(nonce ?? ''),
    lineEndings,
    cursorAfterSigns,
    markdown,
    attentionTracking,
    livePreview,
    foldedBlocks,
    findInText,
    keys,
    linkClicks,
    fileDrops(owner),
    drawSelection(),
    dropCursor(),
    EditorView.lineWrapping,
    EditorView.scrollMargins.of(() => ({ top: 24, bottom: 56 })),
    attachments.of(owner.attachments),
    openLink.of((url) => owner.openLink(url)),
    phrases(),
    manner.of(mannerly(how)),
    more,
  ];
  const state = EditorState.create({ doc: text, extensions });
  const start = bodyStart(state.doc);
  return start === 0 ? state : state.update({ selection: { anchor: start } }).state;
}
