import { expect, it } from 'vitest';
import { howLong } from './strength';

it('says the time it would take in words, from an hour to beyond counting', () => {
  const said = [-6, -3.5, -2, -0.5, 0.5, 2, 4, 9].map(howLong);
  expect(new Set(said).size).toBe(8);
  expect(said[0]).toContain('time');
});
