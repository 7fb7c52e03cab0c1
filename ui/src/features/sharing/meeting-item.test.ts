import { describe, expect, it } from 'vitest';
import type { FeedItem, Meeting, SharedNetwork } from '$lib/bindings';
import { birgitte, jens, me, poul, thing } from '$lib/host/fake/sharing-data';
import { differs, newcomers } from './meeting-item';

const at = { title: 'Året, der gik', start: '2026-12-17T09:00:00+01:00', end: '2026-12-17T12:00:00+01:00', allDay: false, location: 'Sal 1' };
const told: FeedItem = thing('f', me, '2026-11-24T09:00', {
  kind: 'meeting',
  meeting: { ...at, description: 'Tag én ting med.', cancelled: false, mine: 'accepted', answers: [{ peer: birgitte, reply: null }], event: 'e' },
});
const meeting = (description: string, more: Partial<Meeting['row']> = {}) => ({ row: { ...at, ...more }, description }) as Meeting;

describe('a meeting that the network was told of', () => {
  it('is the same where the same moment is written in another zone', () => {
    expect(differs(told, meeting('Tag én ting med.', { start: '2026-12-17T08:00:00Z' }))).toBe(false);
  });

  it('is another with another title, place or time, or where its event says something else', () => {
    expect(differs(told, meeting('Tag to ting med.'))).toBe(true);
    expect(differs(told, meeting('Tag én ting med.', { location: 'Sal 2' }))).toBe(true);
    expect(differs(told, meeting('Tag én ting med.', { end: '2026-12-17T13:00:00+01:00' }))).toBe(true);
  });

  it('never came to those who joined since, and not yet to those who are only invited', () => {
    const room = { peers: [me, birgitte, jens, poul] } as unknown as SharedNetwork;
    expect(newcomers(told, room)).toEqual([jens]);
  });
});
