import { afterEach, describe, expect, it } from 'vitest';
import { speak } from '$lib/i18n';
import { m } from '$lib/i18n';

afterEach(() => speak('da'));

const keys = Object.keys(m) as (keyof typeof m)[];

describe('every error code', () => {
  it('says what happened and what to do next, in both languages and not in the same words', () => {
    const codes = keys.filter((key) => /^error\..*\.what$/.test(key)).map((key) => key.split('.')[1]);
    expect(codes.length).toBeGreaterThan(28);
    for (const code of codes) {
      for (const part of ['what', 'next']) {
        const key = `error.${code}.${part}` as 'error.io.what';
        const danish = m[key]();
        speak('en');
        const english = m[key]();
        speak('da');
        expect(danish, key).toMatch(/\.$/);
        expect(english, key).toMatch(/\.$/);
        expect(english, key).not.toBe(danish);
      }
    }
  });
});
