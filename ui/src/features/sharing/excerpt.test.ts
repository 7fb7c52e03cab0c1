import { describe, expect, it } from 'vitest';
import { excerptAgain } from './excerpt';

const entry = ['# Mødet', '', 'Jeg kom for sent, og Karen så det.', '', 'Bagefter talte vi om det i bilen.', 'Hun sagde, at hun også var bange.', '', 'I morgen ringer jeg til Bo.'].join('\n');

describe('an excerpt that is shared again', () => {
  it('is the same where it still stands so', () => {
    expect(excerptAgain('Bagefter talte vi om det i bilen.', entry)).toBe('Bagefter talte vi om det i bilen.');
  });
  it('is found by how it begins and ends, with what was written in between', () => {
    const old = 'Bagefter talte vi længe om det i bilen.\nHun sagde, at hun også var bange.';
    expect(excerptAgain(old, entry.replace('i bilen.\n', 'i bilen.\nDer var stille.\n'))).toBe(
      'Bagefter talte vi om det i bilen.\nDer var stille.\nHun sagde, at hun også var bange.',
    );
  });
  it('is found though a name was shared as its initials', () => {
    expect(excerptAgain('Jeg kom for sent, og K. så det.', entry)).toBe('Jeg kom for sent, og Karen så det.');
  });
  it('is empty where it is gone, so that nothing is ready before she has chosen', () => {
    expect(excerptAgain('Vi spiste frokost med de nye.', entry)).toBe('');
  });
});
