import { describe, expect, it } from 'vitest';
import { flushAll, letGoAll, register, untilLocked } from './lock';

describe('before the journal locks', () => {
  it('everything being written is saved, even where one of them fails', async () => {
    const saved: string[] = [];
    const out = [
      register(async () => void saved.push('one')),
      register(async () => {
        throw new Error('full');
      }),
      register(async () => void saved.push('two')),
    ];
    await expect(flushAll()).rejects.toThrow('full');
    expect(saved).toEqual(['one', 'two']);
    for (const leave of out) leave();
    await flushAll();
    expect(saved).toHaveLength(2);
  });
});

it('when the journal is locked everything that is held of it is let go of, unless it was before', () => {
  const gone: string[] = [];
  untilLocked(() => gone.push('one'));
  untilLocked(() => gone.push('two'))();
  letGoAll();
  expect(gone).toEqual(['one']);
});
