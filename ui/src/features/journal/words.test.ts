import { describe, expect, it } from 'vitest';
import { inSight, size, tame, tameLines, typedDay } from './words';

describe('a line of an entry', () => {
  it('has nothing in it that acts', () => {
    expect(tameLines('En\r\nto\u202e\ntre')).toBe('En\nto \ntre');
    expect(tame('Lene\u202egnp.exe\u0000\u001b[31m\nog mere')).toBe('Lene gnp.exe [31m og mere');
  });

  it('begins shortly before the hit, at a word', () => {
    const spans = [
      { text: '… ”Den, der retter, ejer.” Det sagde en i ', hit: false },
      { text: 'netværk', hit: true },
      { text: 'et i foråret.', hit: false },
    ];
    expect(inSight(spans)[0]?.text).toBe('… Det sagde en i ');
    expect(inSight(spans).slice(1)).toEqual(spans.slice(1));
  });

  it('stays whole where the hit is in sight, or where there is none', () => {
    const near = [
      { text: 'I ', hit: false },
      { text: 'netværk', hit: true },
    ];
    expect(inSight(near)).toBe(near);
    const none = [{ text: 'En lang tekst uden noget, der blev fundet i den.', hit: false }];
    expect(inSight(none)).toBe(none);
  });

  it('says sizes and days as people do', () => {
    expect(size(999)).toBe('999 B');
    expect(size(340_400)).toBe('340 kB');
    expect(size(2_430_000)).toBe('2,4 MB');
    expect(typedDay('2026-11-04')).toBe('4.11.2026');
  });
});
