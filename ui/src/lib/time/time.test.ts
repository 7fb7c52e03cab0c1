import { afterEach, describe, expect, it } from 'vitest';
import { speak } from '$lib/i18n';
import { atClock, clock, count, daysBetween, headlineDay, longDay, monthName, plainDay, shortDay, weekOf, weekdays } from '.';

afterEach(() => speak('da'));

describe('days in danish', () => {
  it('are written as one says them', () => {
    expect(longDay('2026-11-24')).toBe('tirsdag den 24. november');
    expect(headlineDay('2026-11-24')).toBe('Tirsdag den 24. november');
    expect(plainDay('2025-11-24')).toBe('24. november 2025');
    expect(shortDay('2026-11-19', '2026-11-24')).toBe('19. nov.');
    expect(shortDay('2025-11-19', '2026-11-24')).toBe('19. nov. 2025');
    expect(monthName(2026, 11)).toBe('November 2026');
    expect(weekdays('long')[0]).toBe('mandag');
  });

  it('have times with a full stop', () => {
    expect(clock('2026-11-24T09:05:00+01:00')).toBe('9.05');
    expect(atClock('2026-11-24T16:40:00+01:00')).toBe('kl. 16.40');
  });
});

describe('days in english', () => {
  it('are written as one says them', () => {
    speak('en');
    expect(longDay('2026-11-24')).toBe('Tuesday 24 November');
    expect(atClock('2026-11-24T09:05:00+01:00')).toBe('at 09:05');
  });
});

describe('weeks', () => {
  it('are the ISO weeks at the turn of the year too', () => {
    expect(weekOf('2026-11-24')).toBe(48);
    expect(weekOf('2027-01-01')).toBe(53);
    expect(weekOf('2024-12-30')).toBe(1);
  });
});

it('counts days across a change of clocks', () => {
  expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
});

it('groups digits', () => {
  expect(count(100000)).toBe('100.000');
});
