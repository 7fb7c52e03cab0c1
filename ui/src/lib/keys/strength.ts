import type { Strength } from '$lib/bindings';
import { m } from '$lib/i18n';

/** How long guessing would take, in words that promise no more than the estimate does. */
export function howLong(yearsLog10: number): string {
  const hours = yearsLog10 + Math.log10(8766);
  if (hours < 0) return m['keys.strength.time.hour']();
  if (hours < Math.log10(24)) return m['keys.strength.time.day']();
  if (hours < Math.log10(24 * 30)) return m['keys.strength.time.month']();
  if (yearsLog10 < 0) return m['keys.strength.time.year']();
  if (yearsLog10 < 1) return m['keys.strength.time.years']();
  if (yearsLog10 < 3) return m['keys.strength.time.lives']();
  if (yearsLog10 < 6) return m['keys.strength.time.thousands']();
  return m['keys.strength.time.beyond']();
}

/** What to call it: one word or two. */
export function grade(score: number): string {
  const words = [
    m['keys.strength.grade.0'],
    m['keys.strength.grade.1'],
    m['keys.strength.grade.2'],
    m['keys.strength.grade.3'],
    m['keys.strength.grade.4'],
  ];
  return (words[score] ?? m['keys.strength.grade.0'])();
}

/** What makes it weak, or what would make it stronger. */
export function advice(strength: Strength): string {
  if (strength.weakness) return m[`keys.strength.weakness.${strength.weakness}`]();
  return strength.accepted ? '' : m['keys.strength.more']();
}
