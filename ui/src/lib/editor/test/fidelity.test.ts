import { undo } from '@codemirror/commands';
import { afterEach, describe, expect, it } from 'vitest';
import { Writer } from './writer';

const NASTY: readonly [string, string][] = [
  ['CR LF', 'en\r\nto\r\n'],
  ['mixed endings', 'en\nto\r\ntre\rfire\n\r\n\rfem'],
  ['a lone CR at the end', 'en\r'],
  ['only endings', '\r\n\n\r\r\n'],
  ['no last newline', 'en'],
  ['many last newlines', 'en\n\n\n\n'],
  ['trailing blanks', 'en  \nto   \n\ttre\t\n'],
  ['a byte order mark', '\uFEFF# Overskrift\n'],
  ['line and paragraph separators', 'a\u2028b\u2029c\u0085d\u000bf\u000cg'],
  ['combining marks, not normalised', 'å a\u030a é e\u0301 \u1E9B\u0323'],
  ['beyond the basic plane', '👩‍👩‍👧‍👦 🇩🇰 𝒜 \u{10FFFF}'],
  ['invisible signs', 'a\u200bb\u200dc\u00add\u2060e\ufefff\u202eg'],
  ['control characters', 'a\u0001b\u001bc\u007fd'],
  ['setext and rules', 'Titel\n===\n\nto\n---\n***\n_ _ _\n'],
  ['lists of every sign', '* a\n+ b\n- c\n1) d\n7. e\n   - f\n\n\tg\n'],
  ['odd indentation', '   # h\n    kode\n \t- x\n-\tfane\n'],
  ['lazy quotes', '> a\nb\n>c\n>> d\n  >   e\n'],
  ['emphasis of every kind', '*a* _b_ **c** __d__ ***e*** *f**g*h** _i_j_ \\*k\\*\n'],
  ['escapes and entities', '&amp; &#65; \\& \\\\ \\` &copy\n'],
  ['fences', '~~~~ js a="b"\n```\n~~~\n~~~~\n```` \n```\n'],
  ['code with backticks', '`` ` `` ` `` ` `\n'],
  ['links and references', '[a]: <b c> "d"\n[e][A] ![f](g (h)) <i@j.k> [l]( m\n"n" )\n'],
  ['tables', '| a | b\n|:-|-:\nc|d\\|e|f|\n|\n'],
  ['HTML', '<div a=\'b\'>\n*c*\n\n<!-- d\n\ne --> <br/>\n'],
  ['hard breaks', 'a  \nb\\\nc\n'],
  ['front matter', '---\r\ntitle: "a: b"\r\ntags: [c]\r\n---\r\n\r\nd'],
  ['an open front matter', '---\na: b\n'],
  ['nothing', ''],
];

describe('the text', () => {
  let writer: Writer;
  afterEach(() => writer.leave());

  it.each(NASTY)('comes out as it went in: %s', (_name, text) => {
    writer = Writer.of(text);
    expect(writer.text).toBe(text);
  });

  it.each(NASTY)('is the same after a character was typed and undone: %s', (_name, text) => {
    writer = Writer.of(text);
    for (let pos = 0; pos <= text.length; pos += Math.max(1, Math.floor(text.length / 12))) {
      const before = writer.text;
      writer.view.dispatch({ selection: { anchor: pos } });
      writer.type('x');
      expect(undo(writer.view)).toBe(true);
      expect(writer.text).toBe(before);
    }
    expect(writer.text).toBe(text);
  }, 60_000);

  it('is the same for hundreds of random texts', () => {
    let seed = 20261124;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
      return (seed >>> 8) % below;
    };
    const pieces = ['\r', '\n', '\r\n', ' ', '\t', '*', '_', '`', '>', '- ', '1. ', '# ', '|', '---', '[', ']', '(', ')', '\\', '<', 'æ', 'ø', 'a\u030a', '👍', '\u2028', 'ord'];
    writer = new Writer('');
    const { state } = writer.view;
    for (let round = 0; round < 800; round++) {
      const text = Array.from({ length: random(40) }, () => pieces[random(pieces.length)]).join('');
      const next = state.update({ changes: { from: 0, insert: state.toText(text) } }).state;
      expect(next.doc.toString()).toBe(text);
      expect(next.sliceDoc()).toBe(text);
    }
  }, 60_000);
});

describe('a text with carriage returns', () => {
  let writer: Writer;
  afterEach(() => writer.leave());

  it('keeps each pair whole when lines are joined by Backspace', () => {
    writer = new Writer('en\r\n|to\r\ntre');
    writer.press('Backspace');
    expect(writer.text).toBe('ento\r\ntre');
  });

  it('keeps each pair whole when lines are joined by Delete', () => {
    writer = new Writer('en|\r\nto');
    writer.press('Delete');
    expect(writer.text).toBe('ento');
  });

  it('never stops the cursor between a return and its newline', () => {
    writer = new Writer('e|n\r\nto');
    writer.press('ArrowRight');
    expect(writer.marked).toBe('en|\r\nto');
    writer.press('ArrowRight');
    expect(writer.marked).toBe('en\r\n|to');
    writer.view.dispatch({ selection: { anchor: 3 }, userEvent: 'select.pointer' });
    expect(writer.marked).toBe('en|\r\nto');
  });

  it('brings a pair back by undo', () => {
    writer = new Writer('en\r\n|to');
    writer.press('Backspace');
    undo(writer.view);
    expect(writer.text).toBe('en\r\nto');
  });

  it('ends a list whose empty item has a return', () => {
    writer = new Writer('- en\r\n- |\r\nto');
    writer.press('Enter');
    expect(writer.text).toBe('- en\r\n\r\nto');
  });
});
