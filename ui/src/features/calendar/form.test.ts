import { describe, expect, it } from 'vitest';
import type { Event } from '$lib/bindings';
import { faults, follow, formOf, fresh, onClockHere, onClockOf, turned, typedOf } from './form';
import { linked } from './linked';
import { nthOf, sentence } from './repeat';
import { moved, shifted } from './shift';

const today = '2026-11-24';

function event(more: Partial<Event> = {}, start = '2026-11-26T09:00:00+01:00', end = '2026-11-26T12:00:00+01:00'): Event {
  return {
    occurrence: {
      event: 'e', recurrenceId: null, calendar: 'c', start, end, allDay: start.length === 10, title: 'Møde', location: 'Her',
      status: 'confirmed', repeats: false, reply: null, meeting: null, network: null,
    },
    description: '',
    zone: null,
    repeat: null,
    repeatBeyondForm: false,
    attendees: [],
    link: null,
    alarms: [15, 60],
    writable: true,
    ...more,
  };
}

describe('the form of an event', () => {
  it('gives back what it was given', () => {
    expect(formOf(typedOf(event()), today)).toMatchObject({ start: '2026-11-26T09:00', end: '2026-11-26T12:00', allDay: false, alarms: [15, 60], zone: null });
    expect(formOf(typedOf(event({}, '2026-12-01', '2026-12-03')), today)).toMatchObject({ start: '2026-12-01', end: '2026-12-03', allDay: true });
  });

  it('shows the last day of whole days, not the one after', () => {
    expect(typedOf(event({}, '2026-12-01', '2026-12-03'))).toMatchObject({ startDay: '1.12.2026', endDay: '2.12.2026' });
  });

  it('stands on the clock of the zone it was made in', () => {
    expect(onClockOf('2026-11-27T10:00:00+01:00', 'Europe/London')).toBe('2026-11-27T09:00');
    expect(typedOf(event({ zone: 'America/New_York' })).startTime).toBe('3.00');
    // A zone that nobody knows is left alone.
    expect(onClockOf('2026-11-27T10:00:00+01:00', 'Nowhere/Town')).toBe('2026-11-27T10:00');
    expect(onClockHere('2026-11-27T09:00', 'UTC')).toMatch(/^2026-11-27T\d\d:00$/);
  });

  it('says what is missing or cannot be', () => {
    const typed = { ...fresh('c', today, '10:00'), title: ' ' };
    expect(faults(typed, today)).toEqual({ title: 'empty' });
    expect(faults({ ...typed, title: 'a', startDay: '31.2.2026' }, today)).toMatchObject({ startDay: 'day' });
    expect(faults({ ...typed, title: 'a', endTime: 'snart' }, today)).toMatchObject({ endTime: 'time' });
    expect(faults({ ...typed, title: 'a', endTime: '9.00' }, today)).toMatchObject({ endDay: 'order' });
    expect(formOf({ ...typed, title: 'a', endTime: '9.00' }, today)).toBeNull();
  });

  it('keeps its length when the start moves, and a night is counted on the clock', () => {
    const typed = fresh('c', today, '10:00');
    expect(follow(typed, { ...typed, startTime: '14.30' }, today)).toMatchObject({ startTime: '14.30', endTime: '15.30' });
    expect(follow(typed, { ...typed, startTime: '23.30' }, today)).toMatchObject({ endDay: '25.11.2026', endTime: '0.30' });
    expect(follow(typed, { ...typed, startDay: 'på fredag' }, today)).toMatchObject({ startDay: 'på fredag', endDay: '24.11.2026' });
  });

  it('turns from whole days to hours and back', () => {
    const hours = turned(fresh('c', today, null), false, '09:00', today);
    expect(hours).toMatchObject({ allDay: false, startTime: '9.00', endTime: '10.00', endDay: '24.11.2026' });
    expect(turned(hours, true, '09:00', today)).toMatchObject({ allDay: true, startDay: '24.11.2026', endDay: '24.11.2026' });
  });
});

describe('moving', () => {
  const one = event().occurrence;
  it('keeps the length, and the clock across a change of it', () => {
    expect(shifted(one, { days: 1, minutes: 30 })).toEqual({ start: '2026-11-27T09:30', end: '2026-11-27T12:30' });
    const before = event({}, '2026-10-24T09:00:00+02:00', '2026-10-24T10:00:00+02:00').occurrence;
    expect(shifted(before, { days: 1, minutes: 0 })).toEqual({ start: '2026-10-25T09:00', end: '2026-10-25T10:00' });
    expect(moved(one, { days: 0, minutes: -60 }).start).toBe('2026-11-26T08:00:00+01:00');
  });

  it('never ends before it began', () => {
    expect(shifted(one, { days: 0, minutes: -600, end: true })).toEqual({ start: '2026-11-26T09:00', end: '2026-11-26T09:25' });
    const whole = event({}, '2026-12-01', '2026-12-03').occurrence;
    expect(shifted(whole, { days: -5, minutes: 0, end: true })).toEqual({ start: '2026-12-01', end: '2026-12-02' });
  });
});

describe('a repetition in a sentence', () => {
  const repeat = { interval: 1, weekdays: [], nthWeekday: null, end: { kind: 'never' } } as const;
  it('is plain', () => {
    expect(sentence(null, today)).toBe('Gentages ikke');
    expect(sentence({ ...repeat, weekdays: [], every: 'day' }, today)).toBe('Hver dag');
    expect(sentence({ ...repeat, every: 'week', interval: 2, weekdays: [4, 2] }, today)).toBe('Hver 2. uge: tirsdag og torsdag');
    expect(sentence({ ...repeat, every: 'week', weekdays: [1, 2, 3, 4, 5] }, today)).toBe('Hver hverdag, mandag til fredag');
    expect(sentence({ ...repeat, weekdays: [], every: 'month', nthWeekday: -1 }, today)).toBe('Den sidste tirsdag i hver måned');
    expect(sentence({ ...repeat, weekdays: [], every: 'month' }, '2026-01-31')).toBe('Den 31. i hver måned (i de måneder, der har den)');
    expect(sentence({ ...repeat, weekdays: [], every: 'year', end: { kind: 'count', times: 3 } }, today)).toBe('Hvert år den 24. november, 3 gange');
    expect(sentence({ ...repeat, weekdays: [], every: 'week', end: { kind: 'until', day: '2027-03-03' } }, today)).toBe('Hver uge: tirsdag, til og med 3. marts 2027');
  });

  it('knows which such weekday a day is', () => {
    expect([nthOf('2026-11-03'), nthOf('2026-11-24'), nthOf('2026-11-30')]).toEqual([1, 4, -1]);
  });
});

describe('addresses in a text', () => {
  it('are told apart from the sentence around them', () => {
    expect(linked('Se https://a.dk/b?c=1. Eller skriv til mette@eksempel.dk!').map(({ text, address }) => address ?? text)).toEqual([
      'Se ',
      'https://a.dk/b?c=1',
      '. Eller skriv til ',
      'mailto:mette@eksempel.dk',
      '!',
    ]);
    expect(linked('javascript:alert(1) file:///etc').every((piece) => piece.address === null)).toBe(true);
  });
});
