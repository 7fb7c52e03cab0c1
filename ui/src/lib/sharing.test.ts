import { afterEach, expect, it, vi } from 'vitest';
import type { SharedNetwork } from '$lib/bindings';
import { host, HostError } from '$lib/host';
import { hideCode, isCodeShown, showCode } from './sharing.svelte';

const ROOM = '!r:x';
const room = (text: string | null) => ({ room: ROOM, code: text === null ? null : { text, qr: [] } }) as unknown as SharedNetwork;

afterEach(() => vi.restoreAllMocks());

/** A server that answers when it is told to: what it was asked, in order. */
function server() {
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  const answers = (what: string, answer: () => SharedNetwork) => async () => {
    asked.push(what);
    await new Promise<void>((go) => waiting.push(go));
    return answer();
  };
  let text: string | null = null;
  vi.spyOn(host, 'inviteCodeShow').mockImplementation(answers('show', () => room((text ??= `code ${asked.length}`))));
  vi.spyOn(host, 'inviteCodeHide').mockImplementation(answers('hide', () => room((text = null))));
  const step = async () => {
    waiting.shift()?.();
    await new Promise((wake) => setTimeout(wake));
  };
  return { asked, step, opens: () => text };
}

it('a code that is shown anew waits until the one before it is hidden, and opens something', async () => {
  const { asked, step, opens } = server();
  const first = showCode(ROOM);
  await step();
  await step();
  expect((await first).code?.text).toBe('code 1');
  const hidden = hideCode(ROOM);
  expect(isCodeShown(ROOM)).toBe(false);
  const second = showCode(ROOM);
  await step();
  expect(asked, 'the hiding has not landed').toEqual(['show', 'hide']);
  await step();
  expect((await hidden)?.code, 'and by then another is on its way').toBeNull();
  expect(isCodeShown(ROOM)).toBe(true);
  await step();
  expect((await second).code?.text).toBe('code 3');
  expect(opens()).toBe('code 3');
  const last = hideCode(ROOM);
  await step();
  await step();
  await last;
});

it('a code that was closed before it came is hidden after it', async () => {
  const { asked, step, opens } = server();
  const shown = showCode(ROOM);
  const hidden = hideCode(ROOM);
  for (let each = 0; each < 4; each++) await step();
  await Promise.all([shown, hidden]);
  expect(asked).toEqual(['show', 'hide']);
  expect(opens()).toBeNull();
});

it('what the server refused holds nothing back', async () => {
  vi.spyOn(host, 'inviteCodeShow').mockRejectedValueOnce(new HostError('unreachable')).mockResolvedValueOnce(room('code'));
  vi.spyOn(host, 'inviteCodeHide').mockRejectedValue(new HostError('unreachable'));
  await expect(showCode(ROOM)).rejects.toThrow('unreachable');
  expect(await hideCode(ROOM)).toBeNull();
  expect((await showCode(ROOM)).code?.text).toBe('code');
  await hideCode(ROOM);
});
