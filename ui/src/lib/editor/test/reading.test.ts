import { Text } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { attachmentId, openable } from '../addresses';
import { bodyStart, frontMatterEnd } from '../frontmatter';
import { readPrefix } from '../prefix';
import { alignments, cells } from '../tables';

const doc = (text: string) => Text.of(text.split('\n'));

describe('front matter', () => {
  it.each([
    ['---\ntitle: a\n---\n\nb', 16, 18],
    ['---\r\ntitle: a\r\n---\r\nb', 19, 20],
    ['\uFEFF---\na: b\ntags:\n  - c\n- d\n# e\n...\nf', 33, 34],
    ['---\na: b\n---', 12, 12],
  ])('is found: %j', (text, end, start) => {
    expect(frontMatterEnd(doc(text))).toBe(end);
    expect(bodyStart(doc(text))).toBe(start);
  });

  it.each([
    ['---\n\nJeg begyndte med en streg\n\n---\n'],
    ['---\n---\n'],
    ['---\na: b\n'],
    ['a\n---\nb: c\n---\n'],
    ['---\na: b\nen sætning uden nøgle\n---\n'],
    [''],
  ])('is not seen where there is none: %j', (text) => {
    expect(frontMatterEnd(doc(text))).toBe(0);
    expect(bodyStart(doc(text))).toBe(0);
  });
});

describe('the signs before a line', () => {
  it.each([
    ['ord', 0, ''],
    ['- ord', 2, '-'],
    ['  * ord', 4, '*'],
    ['12) ord', 4, '12)'],
    ['> > - [x] ord', 10, '-'],
    ['-', 1, '-'],
    ['-ord', 0, ''],
    ['*ord*', 0, ''],
    ['---', 0, ''],
    ['>ord', 1, ''],
    ['- [ ]', 5, '-'],
    ['- [ ](a)', 2, '-'],
  ])('%j', (text, length, sign) => {
    expect(readPrefix(text)).toMatchObject({ length, sign });
  });
});

describe('a row of a table', () => {
  const read = (row: string) => cells(row).map(({ from, to }) => row.slice(from, to));
  it.each([
    ['| a | b |', ['a', 'b']],
    ['a|b', ['a', 'b']],
    ['| a | |', ['a', '']],
    ['| a \\| b | c', ['a \\| b', 'c']],
    ['  |a|b|  \r', ['a', 'b']],
    ['|', []],
  ])('%j', (row, expected) => {
    expect(read(row)).toEqual(expected);
  });

  it('tells how its columns are set', () => {
    expect(alignments('|:-|:-:|-:|---|')).toEqual(['start', 'center', 'end', 'start']);
  });
});

describe('addresses', () => {
  it('are opened for the web and for mail only', () => {
    expect(openable('https://a.dk/b\\_c')).toBe('https://a.dk/b_c');
    expect(openable('<https://a.dk>')).toBe('https://a.dk');
    expect(openable('www.a.dk')).toBe('https://www.a.dk');
    expect(openable('karen@a.dk')).toBe('mailto:karen@a.dk');
    for (const bad of ['javascript:x', 'java\tscript:x', ' javascript:x', 'file:///a', 'data:,a', 'tauri://a', 'a/b', '#a', 'https://a b', 'https:a', 'blob:a']) {
      expect(openable(bad), bad).toBeNull();
    }
  });

  it('of attachments hold an id and nothing else', () => {
    expect(attachmentId('attachment:0195d3a0-0000-7000-8000-000000000002')).toBe('0195d3a0-0000-7000-8000-000000000002');
    expect(attachmentId('attachment:0195d3a0-0000-7000-8000-000000000002/../x')).toBeNull();
    expect(attachmentId('https://a.dk/attachment:0195d3a0-0000-7000-8000-000000000002')).toBeNull();
  });
});
