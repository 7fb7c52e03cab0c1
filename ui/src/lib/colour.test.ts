import { describe, expect, it } from 'vitest';
import { colours, freeColour } from './colour';

describe('the colour that something new is offered', () => {
  it('is one that nothing else has', () => {
    expect(freeColour([])).toBe('green');
    expect(freeColour([{ colour: 'green' }, { colour: 'violet' }])).toBe('blue');
    expect(freeColour([{ colour: 'blue' }, { colour: 'green' }])).toBe('violet');
  });
  it('is the first where all are taken', () => {
    expect(freeColour(colours.map((colour) => ({ colour })))).toBe('green');
  });
});
