import { describe, expect, it } from 'vitest';
import type { FeedItem } from '$lib/bindings';
import { me, thing } from '$lib/host/fake/sharing-data';
import { hasEarlier, promisedBy, promisedShort, sendingOf, stateText, titleOf, wordsBelow } from './item-words';

const item = (more: Partial<FeedItem>): FeedItem => thing('f', me, '2026-11-24T09:00', more);
const failed = { kind: 'failed', trouble: 'serverRefused' } as const;

describe('what is on its way', () => {
  it('is the thing itself until others have it', () => {
    expect(sendingOf(item({ there: false, sending: failed }))).toBe('Kunne ikke sendes');
  });

  it('is a new version where others have an earlier one', () => {
    const renewed = item({ editedAt: '2026-11-24T09:10', sending: failed });
    expect(sendingOf(renewed)).toBe('Den nye udgave kunne ikke sendes');
    expect(hasEarlier(renewed)).toBe(true);
    expect(hasEarlier({ ...renewed, sending: { kind: 'sent' } })).toBe(false);
  });

  it('is the attachments where others have the text', () => {
    const rest = item({ sending: { kind: 'now' } });
    expect(sendingOf(rest)).toBe('Bilagene er ikke sendt endnu');
    expect(hasEarlier(rest)).toBe(false);
  });

  it('is its end where it was removed', () => {
    const another = { sender: { ...me, you: false } };
    expect(sendingOf(item({ ...another, sending: failed }))).toBe('Kunne ikke fjernes');
    expect(sendingOf(item({ ...another, sending: null }))).toBe('');
  });
});

describe('what was taken back', () => {
  const state = { kind: 'withdrawn', at: '2026-11-24T09:10' } as const;
  const said = (more: Partial<FeedItem>) => {
    const one = item({ state, ...more });
    return [stateText(one, '2026-11-24')?.what, stateText(one, '2026-11-24')?.why, sendingOf(one)];
  };

  it('is not said to be while others still have it, and how that stands is said once', () => {
    expect(said({ sending: { kind: 'withdrawing' } })).toEqual(['Bliver trukket tilbage …', '', '']);
    expect(said({ sending: failed })).toEqual(['Kunne ikke trækkes tilbage. De andre kan stadig læse det.', '', '']);
  });

  it('is said to be when it is done, and of what others took back', () => {
    const done = ['Trukket tilbage den 24. november', 'Den, der delte det, har taget det tilbage.', ''];
    expect(said({ sending: { kind: 'sent' } })).toEqual(done);
    expect(said({ sender: { ...me, you: false }, sending: null })).toEqual(done);
  });
});

describe('what stands in a row', () => {
  it('is the title, and the first words below it', () => {
    const titled = item({ title: 'Om at lytte', body: '# Først\n\nJeg *talte* for længe.' });
    expect([titleOf(titled), wordsBelow(titled)]).toEqual(['Om at lytte', 'Først Jeg talte for længe.']);
  });

  it('is the first line in the place of a title that is missing, and nothing twice', () => {
    const body = '![](attachment:1)\n\n## Hvad gjorde du godt?\n\n> Jeg ventede.\n\n- og lyttede';
    const untitled = item({ title: '', body });
    expect([titleOf(untitled), wordsBelow(untitled)]).toEqual(['Hvad gjorde du godt?', 'Jeg ventede. og lyttede']);
    expect(wordsBelow(item({ title: '', body: 'Kun det her.' }))).toBe('');
  });
});

it('a promise says who and by when, as far as that is known, and acts on nothing', () => {
  const said = (who: string, due: string | null) => [promisedBy({ who, due }, '2027-03-01'), promisedShort({ who, due }, '2027-03-01')];
  expect(said('Mette Holm', '2027-03-12')).toEqual(['Lovet af Mette Holm · senest fredag den 12. marts', 'Mette Holm · senest 12. mar.']);
  expect(said('Mette\u202e Holm', null)).toEqual(['Lovet af Mette  Holm', 'Mette  Holm']);
  expect(said('', '2027-03-12')[0]).toBe('senest fredag den 12. marts');
});
