import { describe, expect, it } from 'vitest';
import { addDays, moved, shift, shiftDay, weekday, weeks } from './month';

describe('the calendar', () => {
  it('begins weeks on Monday', () => {
    expect(weekday('2026-11-23')).toBe(0);
    expect(weekday('2026-11-29')).toBe(6);
    const [first, second] = weeks({ year: 2026, month: 11 });
    expect(first).toEqual([null, null, null, null, null, null, '2026-11-01']);
    expect(second?.[0]).toBe('2026-11-02');
  });

  it('has six weeks in every month, so that nothing jumps', () => {
    for (let month = 1; month <= 12; month += 1) expect(weeks({ year: 2027, month })).toHaveLength(6);
    const days = weeks({ year: 2028, month: 2 }).flatMap((week) => week.filter(Boolean));
    expect(days).toHaveLength(29);
  });

  it('goes from month to month over the turn of the year', () => {
    expect(shift({ year: 2026, month: 12 }, 1)).toEqual({ year: 2027, month: 1 });
    expect(shift({ year: 2026, month: 1 }, -1)).toEqual({ year: 2025, month: 12 });
    expect(shift({ year: 2026, month: 3 }, -14)).toEqual({ year: 2025, month: 1 });
  });

  it('stays within a shorter month', () => {
    expect(shiftDay('2026-01-31', 1)).toBe('2026-02-28');
    expect(shiftDay('2028-02-29', 12)).toBe('2029-02-28');
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
  });

  it('moves by the keys of a grid', () => {
    expect(moved('2026-11-24', 'ArrowDown', false)).toBe('2026-12-01');
    expect(moved('2026-11-24', 'Home', false)).toBe('2026-11-23');
    expect(moved('2026-11-24', 'End', false)).toBe('2026-11-29');
    expect(moved('2026-11-24', 'PageUp', false)).toBe('2026-10-24');
    expect(moved('2026-11-24', 'PageDown', true)).toBe('2027-11-24');
    expect(moved('2026-11-24', 'x', false)).toBeNull();
  });
});
