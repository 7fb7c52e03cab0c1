import { describe, expect, it, vi } from 'vitest';
import type { Attachment } from '$lib/bindings';
import { attach, LARGEST, mention, mentions, pasted } from './attaching';

const file = (name: string, type = 'text/plain', size?: number) => {
  const made = new File(['x'], name, { type });
  made.arrayBuffer = async () => new ArrayBuffer(1);
  if (size) Object.defineProperty(made, 'size', { value: size });
  return made;
};

const added = (name: string, mediaType: string): Attachment => ({ id: 'a1', name, mediaType, size: 1 });

describe('attaching', () => {
  it('takes what it can, and says what it could not', async () => {
    const attachmentAdd = vi.fn(async (_entry: string, name: string, mediaType: string) => {
      if (name === 'b.txt') throw new Error('io');
      return added(name, mediaType);
    });
    const files = [file('a.txt'), file('b.txt'), file('film.mov', 'video/quicktime', LARGEST + 1), file('c', '')];
    const outcome = await attach({ attachmentAdd }, 'e1', files);
    expect(outcome.added.map((one) => one.name)).toEqual(['a.txt', 'c']);
    expect(outcome.failed.map((one) => one.file.name)).toEqual(['b.txt']);
    expect(outcome.tooLarge.map((one) => one.name)).toEqual(['film.mov']);
    expect(attachmentAdd.mock.calls[2]?.[2]).toBe('application/octet-stream');
  });

  it('shows pictures and names files', () => {
    expect(mention(added('tavlen.png', 'image/png'))).toBe('![tavlen.png](attachment:a1)');
    expect(mention(added('noter.pdf', 'application/pdf'))).toBe('[noter.pdf](attachment:a1)');
    expect(mention(added('tegning.svg', 'image/svg+xml'))).toBe('[tegning.svg](attachment:a1)');
  });

  it('keeps what it names apart from the words around it', () => {
    const notes = added('noter.pdf', 'application/pdf');
    const board = added('tavlen.png', 'image/png');
    expect(mentions([notes])).toBe('[noter.pdf](attachment:a1)');
    expect(mentions([notes], 'Se', 'og sov på det')).toBe(' [noter.pdf](attachment:a1) ');
    expect(mentions([notes], 'Se ', '.')).toBe('[noter.pdf](attachment:a1)');
    expect(mentions([board, notes], 'Se', '')).toBe('\n\n![tavlen.png](attachment:a1)\n\n[noter.pdf](attachment:a1)');
  });

  it('lets no file name end the link early', () => {
    expect(mention(added('a](http://x)[b.txt', 'text/plain'))).toBe('[a\\](http://x)\\[b.txt](attachment:a1)');
  });

  it('gives a pasted picture a name that says something', () => {
    expect(pasted(file('image.png', 'image/png'), 'Billede 16.40').name).toBe('Billede 16.40.png');
    expect(pasted(file('tavlen.jpg', 'image/jpeg'), 'Billede').name).toBe('tavlen.jpg');
  });
});
