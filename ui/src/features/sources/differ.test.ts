import { expect, test } from 'vitest';
import { compared } from './differ';

const whole = (pieces: { text: string }[]) => pieces.map((one) => one.text).join('');
const marked = (pieces: { text: string; differs: boolean }[]) => pieces.filter((one) => one.differs).map((one) => one.text);

test('only the words that differ are marked, on each side', () => {
  const [mine, theirs] = compared('Vi mødes i lokale 2. Tag en sag med.', 'Vi mødes i kantinen. Tag en sag med.');
  expect(marked(mine)).toEqual(['lokale 2.']);
  expect(marked(theirs)).toEqual(['kantinen.']);
});

test('what was added on one side is marked there alone', () => {
  const [mine, theirs] = compared('Ledermøde, udvidet', 'Ledermøde,');
  expect(marked(mine)).toEqual([' udvidet']);
  expect(marked(theirs)).toEqual([]);
});

test('two equal texts have nothing marked; two that share no word have everything marked', () => {
  expect(marked(compared('ens tekst', 'ens tekst')[0])).toEqual([]);
  expect(compared('rød', 'blå')).toEqual([[{ text: 'rød', differs: true }], [{ text: 'blå', differs: true }]]);
});

test('nothing of either text is lost, also where it is empty, has lines, or is very long', () => {
  const long = Array.from({ length: 2000 }, (_, at) => `ord${at}`).join(' ');
  for (const [a, b] of [['', 'noget'], ['en\n\nto  tre', 'en\nfire  tre '], [long, long.replaceAll('ord', 'x')]] as const) {
    const [mine, theirs] = compared(a, b);
    expect(whole(mine)).toBe(a);
    expect(whole(theirs)).toBe(b);
  }
});
