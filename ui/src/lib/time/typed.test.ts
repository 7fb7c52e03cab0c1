import { describe, expect, it } from 'vitest';
import { readDay, readTime } from './typed';

describe('a typed day', () => {
  it.each([
    ['24.11.2026', '2026-11-24'],
    ['24/11/2026', '2026-11-24'],
    ['24-11-26', '2026-11-24'],
    ['24/11', '2026-11-24'],
    ['3. november', '2026-11-03'],
    ['den 3. nov. 2025', '2025-11-03'],
    ['3 October 2025', '2025-10-03'],
    ['2024-02-29', '2024-02-29'],
  ])('is understood: %s', (typed, day) => expect(readDay(typed, '2026-11-24')).toBe(day));

  it.each(['', '31.2.2026', '2026-13-01', '3. vinter', 'i morgen', '1'])('is refused: %s', (typed) =>
    expect(readDay(typed, '2026-11-24')).toBeNull(),
  );
});

describe('a typed time', () => {
  it.each([
    ['16.40', '16:40'],
    ['16:40', '16:40'],
    ['1640', '16:40'],
    ['905', '09:05'],
    ['9', '09:00'],
    ['kl. 9.05', '09:05'],
  ])('is understood: %s', (typed, time) => expect(readTime(typed)).toBe(time));

  it.each(['', '24.00', '9.60', 'ni', '9.5'])('is refused: %s', (typed) => expect(readTime(typed)).toBeNull());
});
