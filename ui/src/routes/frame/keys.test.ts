import { describe, expect, it } from 'vitest';
import { wishOf } from './keys';

const press = (key: string, held: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  ...held,
});

describe('the keys of the frame', () => {
  it('work on a danish keyboard, where a slash takes shift', () => {
    expect(wishOf(press('/', { ctrlKey: true, shiftKey: true }), true)).toBe('shortcuts');
    expect(wishOf(press(',', { ctrlKey: true }), false)).toBe('settings');
  });

  it('leave a question mark to whoever is writing', () => {
    expect(wishOf(press('?', { shiftKey: true }), true)).toBeNull();
    expect(wishOf(press('?', { shiftKey: true }), false)).toBe('shortcuts');
  });

  it('save as in other programs', () => {
    expect(wishOf(press('s', { ctrlKey: true }), true)).toBe('save');
  });

  it('lock from anywhere', () => {
    expect(wishOf(press('l', { ctrlKey: true }), true)).toBe('lock');
    expect(wishOf(press('L', { metaKey: true }), true)).toBe('lock');
  });

  it('do not take the signs that AltGr makes', () => {
    expect(wishOf(press('l', { ctrlKey: true, altKey: true }), true)).toBeNull();
    expect(wishOf(press('2', { ctrlKey: true, altKey: true }), true)).toBeNull();
  });

  it('tell find in the journal from find in the text', () => {
    expect(wishOf(press('F', { ctrlKey: true, shiftKey: true }), true)).toBe('search');
    expect(wishOf(press('f', { ctrlKey: true }), true)).toBeNull();
  });
});
