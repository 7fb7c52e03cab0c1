import { describe, expect, it } from 'vitest';
import { dueText, emptyParts, filled, shortTitle } from '$features/networks/words';
import { current, timed } from './agenda';
import { fitting } from './part';

const start = '2026-11-26T09:00:00+01:00';
const items = [
  { title: 'Modtagertid', minutes: 10 },
  { title: 'Lovet sidst', minutes: 20 },
  { title: 'Sparring', minutes: 0 },
  { title: 'Slut', minutes: 5 },
];

describe('an agenda', () => {
  it('has the time of each point until one is open', () => {
    expect(timed(items, start).map((one) => one.at)).toEqual(['2026-11-26T09:00', '2026-11-26T09:10', '2026-11-26T09:30', null]);
    expect(timed(items, '2026-11-26').map((one) => one.at)).toEqual([null, null, null, null]);
  });

  it('knows where the meeting is', () => {
    expect(current(items, start, '2026-11-26T08:59')).toBeNull();
    expect(current(items, start, '2026-11-26T09:10')).toBe(1);
    expect(current(items, start, '2026-11-26T11:00')).toBe(2);
    expect(current(items.slice(0, 2), start, '2026-11-26T10:00')).toBeNull();
  });
});

describe('the part that fits the time', () => {
  const row = { start, end: '2026-11-26T12:00:00+01:00', allDay: false };
  it('follows the clock, a little early', () => {
    expect(fitting(row, '2026-11-26T08:44')).toBe('before');
    expect(fitting(row, '2026-11-26T08:45')).toBe('during');
    expect(fitting(row, '2026-11-26T11:59')).toBe('during');
    expect(fitting(row, '2026-11-26T12:00')).toBe('after');
    expect(fitting({ start: '2026-11-26', end: '2026-11-27', allDay: true }, '2026-11-26T20:00')).toBe('during');
  });
});

describe('the words of a network', () => {
  it('leave out its name where it stands already', () => {
    expect(shortTitle({ title: 'Ledernetværk Syd: at lede gennem andre', networkName: 'Ledernetværk Syd' })).toBe('At lede gennem andre');
    expect(shortTitle({ title: 'Ledernetværk Syd', networkName: 'Ledernetværk Syd' })).toBe('Ledernetværk Syd');
    expect(shortTitle({ title: 'Budget', networkName: 'Ledernetværk Syd' })).toBe('Budget');
  });

  it('tell days from today', () => {
    expect(['2026-11-24', '2026-11-25', '2026-11-22', '2026-12-04'].map((day) => dueText(day, '2026-11-24'))).toEqual(['i dag', 'i morgen', 'for 2 dage siden', '4. dec.']);
  });

  it('count the parts that have something in them', () => {
    const parts = { aim: true, questions: false, entries: true, promised: false, agenda: true };
    expect(filled(parts)).toBe(3);
    expect(emptyParts(parts)).toBe('netværkets spørgsmål og løfterne fra sidst');
  });
});
