import { describe, expect, it } from 'vitest';
import { completions, tagOf, withTag } from './completion';

const known = [
  { tag: 'møder', count: 9 },
  { tag: 'tillid', count: 4 },
  { tag: 'utålmodighed', count: 2 },
  { tag: 'Tid', count: 7 },
];

describe('a tag', () => {
  it('loses its sign and the spaces around it', () => {
    expect(tagOf('  #svære  samtaler, ')).toBe('svære samtaler');
  });

  it('takes the spelling already in use', () => {
    expect(tagOf('tid', known)).toBe('Tid');
  });

  it('is there only once, and never empty', () => {
    expect(withTag(['Tid'], 'tid')).toEqual(['Tid']);
    expect(withTag(['Tid'], ' # ')).toEqual(['Tid']);
    expect(withTag(['Tid'], 'ro')).toEqual(['Tid', 'ro']);
  });
});

describe('completion', () => {
  it('puts what begins so before what holds it, and the most used first', () => {
    expect(completions('ti', known, [])).toEqual(['Tid', 'tillid']);
    expect(completions('id', known, [])).toEqual(['Tid', 'tillid']);
    expect(completions('d', known, [])).toEqual([]);
  });

  it('holds æ and ae, ø and oe, å and aa for the same', () => {
    expect(completions('moe', known, [])).toEqual(['møder']);
    expect(completions('taal', known, [])).toEqual(['utålmodighed']);
  });

  it('leaves out what the entry has', () => {
    expect(completions('', known, ['møder', 'Tid'])).toEqual(['tillid', 'utålmodighed']);
  });
});
