import { expect, test } from 'vitest';
import { alarmOptions, alarmWords, NONE } from './alarm';

test('a reminder is said in the largest unit that says it exactly', () => {
  expect(alarmWords(0, false)).toBe('Når den begynder');
  expect(alarmWords(0, true)).toBe('Når dagen begynder');
  expect(alarmWords(15, false)).toBe('15 minutter før');
  expect(alarmWords(60, false)).toBe('1 time før');
  expect(alarmWords(90, false)).toBe('90 minutter før');
  expect(alarmWords(2880, false)).toBe('2 dage før');
});

test('what an event already has can be chosen, what another reminder has cannot', () => {
  const values = alarmOptions(90, [15], false).map((one) => one.value);
  expect(values).toEqual([NONE, 0, 5, 10, 30, 60, 90, 1440, 2880]);
});
