import { describe, expect, it } from 'vitest';
import type { Occurrence } from '$lib/bindings';
import { bars, blocks, isLong, keyOf, touches } from './layout';

function occurrence(start: string, end: string, more: Partial<Occurrence> = {}): Occurrence {
  return {
    event: `${start}/${end}`,
    recurrenceId: null,
    calendar: 'c',
    start,
    end,
    allDay: start.length === 10,
    title: '',
    location: '',
    status: 'confirmed',
    repeats: false,
    reply: null,
    meeting: null,
    network: null,
    ...more,
  };
}
const at = (from: string, to: string) => occurrence(`2026-11-24T${from}:00+01:00`, `2026-11-24T${to}:00+01:00`);
const day = '2026-11-24';
const placed = (...given: Occurrence[]) => blocks(given, day).map(({ column, columns }) => [column, columns]);

describe('the blocks of a day', () => {
  it('stand alone where nothing meets them', () => {
    expect(placed(at('09:00', '10:00'), at('10:00', '11:00'))).toEqual([[0, 1], [0, 1]]);
  });

  it('stand side by side where they meet', () => {
    expect(placed(at('09:00', '11:00'), at('10:00', '12:00'))).toEqual([[0, 2], [1, 2]]);
  });

  it('use a column again once it is free, and share the width within a group', () => {
    // The second ends before the third begins; the first spans both.
    expect(placed(at('09:00', '12:00'), at('09:00', '10:00'), at('10:30', '11:30'), at('13:00', '14:00'))).toEqual([[0, 2], [1, 2], [1, 2], [0, 1]]);
  });

  it('are tall enough to be pressed, and what stands under a short one moves aside', () => {
    const [short] = blocks([at('09:00', '09:00')], day);
    expect(short && short.bottom - short.top).toBeGreaterThanOrEqual(25);
    expect(placed(at('09:00', '09:05'), at('09:10', '10:00'))).toEqual([[0, 2], [1, 2]]);
  });

  it('are cut at midnight', () => {
    const night = occurrence('2026-11-23T22:00:00+01:00', '2026-11-24T02:00:00+01:00');
    expect(blocks([night], '2026-11-23').map(({ top, bottom, before, after }) => [top, bottom, before, after])).toEqual([[1320, 1440, false, true]]);
    expect(blocks([night], day).map(({ top, bottom, before, after }) => [top, bottom, before, after])).toEqual([[0, 120, true, false]]);
    expect(touches(occurrence('2026-11-23T22:00:00+01:00', '2026-11-24T00:00:00+01:00'), day)).toBe(false);
  });

  it('stand by the clock on the days on which it is changed', () => {
    // From half past one in summer time to half past three, an hour later.
    const spring = occurrence('2026-03-29T01:30:00+01:00', '2026-03-29T03:30:00+02:00');
    expect(blocks([spring], '2026-03-29').map(({ top, bottom }) => [top, bottom])).toEqual([[90, 210]]);
    // A quarter to three in summer time to a quarter past two in winter time: half an hour.
    const autumn = occurrence('2026-10-25T02:45:00+02:00', '2026-10-25T02:15:00+01:00');
    const [block] = blocks([autumn], '2026-10-25');
    expect(block && block.bottom > block.top).toBe(true);
  });
});

describe('what takes whole days', () => {
  it('is long from a day on, whatever its hours', () => {
    expect(isLong(occurrence('2026-11-24', '2026-11-25'))).toBe(true);
    expect(isLong(at('09:00', '10:00'))).toBe(false);
    expect(isLong(occurrence('2026-11-24T22:00:00+01:00', '2026-11-25T07:00:00+01:00'))).toBe(false);
    expect(isLong(occurrence('2026-11-24T09:00:00+01:00', '2026-11-25T09:00:00+01:00'))).toBe(true);
    expect(isLong(occurrence('2026-11-24T09:00:00+01:00', '2026-11-27T08:00:00+01:00'))).toBe(true);
  });

  it('lies in the first lane that is free, and is cut at the edges of the week', () => {
    const week = ['23', '24', '25', '26', '27', '28', '29'].map((each) => `2026-11-${each}`);
    const before = occurrence('2026-11-20', '2026-11-25');
    const one = occurrence('2026-11-24', '2026-11-25');
    const free = occurrence('2026-11-25', '2026-11-27');
    const after = occurrence('2026-11-28', '2026-12-02');
    const found = new Map(bars([one, free, before, after], week).map((bar) => [keyOf(bar.one), bar]));
    expect(found.get(keyOf(before))).toMatchObject({ from: 0, to: 1, lane: 0, before: true, after: false });
    expect(found.get(keyOf(one))).toMatchObject({ from: 1, to: 1, lane: 1 });
    expect(found.get(keyOf(free))).toMatchObject({ from: 2, to: 3, lane: 0 });
    expect(found.get(keyOf(after))).toMatchObject({ from: 5, to: 6, lane: 0, before: false, after: true });
  });

  it('leaves out what lies elsewhere, and holds a thousand without a stall', () => {
    expect(bars([occurrence('2026-12-24', '2026-12-25')], [day])).toEqual([]);
    const many = Array.from({ length: 1000 }, (_, each) => occurrence('2026-11-24', '2026-11-26', { event: String(each) }));
    expect(Math.max(...bars(many, [day]).map((bar) => bar.lane))).toBe(999);
  });
});
