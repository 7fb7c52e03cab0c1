import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FeedItem, ShareDraft, SharedNetwork, SharePreview } from '$lib/bindings';
import { ShareDesk, withInitials, wordsIn } from './sharing-desk.svelte';
import { signOf } from './signs';

describe('initials', () => {
  it('take the place of a name wherever it stands as a word', () => {
    expect(withInitials('Karens oplæg. (Karens)', 'Karens', 'K.s')).toBe('K.s oplæg. (K.s)');
  });
  it('leave longer words and the rest of the text alone', () => {
    expect(withInitials('Bo bor i Bogense, og Boes far hedder Bo.', 'Bo', 'B.')).toBe('B. bor i Bogense, og Boes far hedder B..');
  });
  it('are no pattern, and neither is the name', () => {
    expect(withInitials('J.P. og JxP', 'J.P', '$&')).toBe('$&. og JxP');
  });
});

it('words are counted with danish letters and without marks', () => {
  expect(wordsIn('Det var **stilheden**, der fik mig til at *stoppe* – én gang.')).toBe(11);
});

it('the signs have the names of the table, and there is none outside it', () => {
  expect(signOf(0)).toEqual({ glyph: '🐶', name: 'Hund' });
  expect(signOf(63).name).toBe('Tegnestift');
  expect(new Set(Array.from({ length: 64 }, (_, at) => signOf(at).glyph)).size).toBe(64);
  expect(signOf(64)).toEqual({ glyph: '', name: '64' });
});

describe('the desk of what is about to be shared', () => {
  afterEach(() => vi.useRealTimers());

  const room = { room: '!r:x', name: 'Syd' } as SharedNetwork;
  const made = (text: { selection?: string } = {}) => {
    const drafts: ShareDraft[] = [];
    const readers: string[][] = [];
    const preview = { obstacle: null, names: [], readers: [{ user: '@bo:x' }] } as unknown as SharePreview;
    const host = {
      sharePreview: async (draft: ShareDraft) => (drafts.push(draft), preview),
      shareDifference: async () => ({ oldTitle: '', newTitle: '', lines: [] }),
      share: async (draft: ShareDraft, who: string[]) => (drafts.push(draft), readers.push(who), {} as FeedItem),
      shareAgain: async () => ({}) as FeedItem,
    };
    const desk = new ShareDesk(host, { entry: 'e', title: 'Karen', body: 'Karen og alt det andet', selection: text.selection ?? '' }, null);
    return { desk, drafts, readers };
  };
  const asked = async () => {
    await vi.runAllTimersAsync();
  };

  it('shares nothing while what is shown is older than what is chosen', async () => {
    vi.useFakeTimers();
    const { desk, drafts } = made();
    desk.room = room;
    desk.ask();
    await asked();
    expect(desk.ready).toBe(true);
    desk.title = 'Noget andet';
    desk.ask(true);
    expect(desk.ready).toBe(false);
    expect(await desk.share()).toBeNull();
    await asked();
    await desk.share();
    expect(drafts.at(-1)?.title).toBe('Noget andet');
  });

  it('shares with those who were shown and nobody else', async () => {
    vi.useFakeTimers();
    const { desk, readers } = made();
    desk.room = room;
    desk.ask();
    await asked();
    await desk.share();
    expect(readers).toEqual([['@bo:x']]);
  });

  it('leaves the day and the attachments out until they are chosen', () => {
    const { desk } = made();
    expect(desk.draft('!r:x')).toMatchObject({ tellDay: false, attachments: [] });
  });

  it('begins with what is selected, and nothing else is in the draft', () => {
    const { desk } = made({ selection: 'kun det her' });
    expect(desk.draft('!r:x')).toMatchObject({ body: 'kun det her', excerpt: true });
  });

  it('begins with the part that was shared where a new version of one is shared', () => {
    const desk = (body: string, copy: string, excerpt = true) =>
      new ShareDesk({} as never, { entry: 'e', title: '', body, selection: '' }, { body: copy, day: null, excerpt } as FeedItem);
    expect(desk('Det her er mit.\n\nDet her er til jer, og lidt til.', 'Det her er til jer, og lidt.').body).toBe('Det her er til jer, og lidt til.');
    expect(desk('Alt er til jer, og mere.', 'Alt er til jer, og').part).toBe('excerpt');
    expect(desk('Det her er mit, og det bliver det ved med.', 'Noget til jer.').body).toBe('');
    const all = desk('Alt er til jer, og mere.', 'Alt er til jer, og', false);
    expect([all.part, all.body, all.draft('!r:x').excerpt]).toEqual(['whole', 'Alt er til jer, og mere.', false]);
  });

  it('takes the last replaced name back, in title and text alike', () => {
    const { desk } = made();
    desk.replace({ text: 'Karen', initials: 'K.', member: true, found: [] });
    expect([desk.title, desk.body]).toEqual(['K.', 'K. og alt det andet']);
    expect(desk.takeBack()).toBe('Karen');
    expect([desk.title, desk.body]).toEqual(['Karen', 'Karen og alt det andet']);
    expect(desk.takeBack()).toBeNull();
  });

  it('takes nothing back of what was written since', () => {
    const { desk } = made({ selection: 'Karen kom' });
    desk.replace({ text: 'Karen', initials: 'K.', member: true, found: [] });
    desk.title = 'K. og hendes oplæg';
    expect(desk.takeBack()).toBe('Karen');
    expect(desk.title).toBe('K. og hendes oplæg');
    expect([desk.excerpt, desk.whole]).toEqual(['Karen kom', 'Karen og alt det andet']);
  });
});
