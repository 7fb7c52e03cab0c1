import { describe, expect, it } from 'vitest';
import { weekOf } from '$lib/time';
import { plainSpan, when } from '$lib/time/spans';
import { called, calledBelow, monday, monthWeeks, shownDays, stepped } from './days';

describe('the days of a view', () => {
  it('are whole weeks from monday in a month', () => {
    const weeks = monthWeeks('2026-11-24');
    expect(weeks.map((week) => week[0])).toEqual(['2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23', '2026-11-30']);
    expect(monthWeeks('2027-02-10')).toHaveLength(4);
  });

  it('are named by the week of the ISO year, also around new year', () => {
    expect(weekOf('2026-11-24')).toBe(48);
    expect(weekOf('2026-12-31')).toBe(53);
    expect(weekOf('2027-01-03')).toBe(53);
    expect(weekOf('2027-01-04')).toBe(1);
    expect(weekOf('2024-12-30')).toBe(1);
    expect(calledBelow('month', '2026-12-10')).toBe('Uge 49–53');
  });

  it('are seven on the weeks on which the clock is changed', () => {
    for (const day of ['2026-03-29', '2026-10-25']) {
      expect(shownDays('week', day)).toHaveLength(7);
      expect(new Set(shownDays('week', day)).size).toBe(7);
    }
    expect(monday('2026-10-25')).toBe('2026-10-19');
  });

  it('step by what they show', () => {
    expect(stepped('month', '2027-01-31', 1)).toBe('2027-02-28');
    expect(stepped('week', '2026-11-24', -1)).toBe('2026-11-17');
    expect(stepped('day', '2026-12-31', 1)).toBe('2027-01-01');
  });

  it('are called as one says them', () => {
    expect(called('month', '2026-11-24')).toBe('November 2026');
    expect(called('week', '2026-11-24')).toBe('Uge 48');
    expect(calledBelow('week', '2026-11-24')).toBe('23.–29. november 2026');
    expect(plainSpan('2026-11-30', '2026-12-06')).toBe('30. november – 6. december 2026');
    expect(plainSpan('2026-12-28', '2027-01-03')).toBe('28. december 2026 – 3. januar 2027');
  });
});

describe('when something is', () => {
  const today = '2026-11-24';
  it('is told with its hours, its days, and its year where it is another', () => {
    expect(when({ start: '2026-11-26T09:00:00+01:00', end: '2026-11-26T12:00:00+01:00', allDay: false }, today)).toBe('torsdag den 26. november kl. 9.00–12.00');
    expect(when({ start: '2026-12-01', end: '2026-12-03', allDay: true }, today)).toBe('tirsdag den 1. december – onsdag den 2. december');
    expect(when({ start: '2027-01-04', end: '2027-01-05', allDay: true }, today)).toBe('mandag den 4. januar 2027');
    expect(when({ start: '2026-11-27T22:40:00+01:00', end: '2026-11-28T07:15:00+01:00', allDay: false }, today)).toBe(
      'fredag den 27. november kl. 22.40 – lørdag den 28. november kl. 7.15',
    );
  });
});
