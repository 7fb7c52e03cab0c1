import { defineLanguageFacet, Language, languageDataProp, syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import type { SyntaxNode } from '@lezer/common';
import { GFM, parser } from '@lezer/markdown';

const data = defineLanguageFacet();

/**
 * CommonMark with GitHub's tables, task lists, strikethrough and bare addresses: what
 * `pulldown-cmark` reads on the other side. Raw HTML stays as it is typed.
 */
export const markdown = new Language(
  data,
  parser.configure([GFM, { props: [languageDataProp.add({ Document: data })] }]),
  [],
  'markdown',
);

/** The innermost node around `pos` (seen from `side`) or one of its parents that is called `names`. */
export function enclosing(state: EditorState, pos: number, names: readonly string[], side: -1 | 0 | 1 = 0): SyntaxNode | null {
  for (let node: SyntaxNode | null = syntaxTree(state).resolveInner(pos, side); node; node = node.parent) {
    if (names.includes(node.name)) return node;
  }
  return null;
}

/** Whether `pos` lies in code, where Markdown's signs are only signs. */
export function inCode(state: EditorState, pos: number): boolean {
  return enclosing(state, pos, ['FencedCode', 'CodeBlock', 'InlineCode', 'HTMLBlock'], 1) !== null;
}

/** Whether the line that starts at `from` is part of a block of code. */
export function inCodeBlock(state: EditorState, from: number): boolean {
  return enclosing(state, from, ['FencedCode', 'CodeBlock'], 1) !== null;
}
