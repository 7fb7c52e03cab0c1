import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { language, m, speak } from '.';

describe('the language', () => {
  it('is danish until another is chosen', () => {
    expect(language()).toBe('da');
    expect(m['frame.nav.today']()).toBe('I dag');
  });

  it('changes the words at once', () => {
    speak('en');
    flushSync();
    expect(m['frame.nav.today']()).toBe('Today');
    expect(document.documentElement.lang).toBe('en');
    speak('da');
  });
});
