// A script that does what it is told: a JSON object a line, and an answer a line, in order.

import { createInterface } from 'node:readline';

// Standard output is for the answers only, whatever a library prints.
for (const way of ['log', 'info', 'debug', 'warn', 'trace', 'group']) {
  console[way] = (...words) => console.error(...words);
}

/** How long a script waits for anything. */
const PATIENCE = 60_000;

/**
 * Answers each line by the command that its `do` names: `{"ok": …}`, or `{"error": …}` where that
 * fails. Ends with its input.
 */
export async function answer(commands) {
  for await (const line of createInterface({ input: process.stdin })) {
    const { do: name, ...rest } = JSON.parse(line);
    const answered = await Promise.resolve()
      .then(() => commands[name](rest))
      .then(
        (ok) => ({ ok: ok ?? null }),
        (error) => ({ error: String(error?.message ?? error) }),
      );
    process.stdout.write(`${JSON.stringify(answered)}\n`);
  }
  process.exit();
}

/** Waits until a look finds something: it looks now, and at each of an emitter's events. */
export function until(emitter, events, look, what) {
  return new Promise((resolve, reject) => {
    const settle = (how, value) => {
      clearTimeout(timer);
      events.forEach((event) => emitter.off(event, again));
      how(value);
    };
    const again = async () => {
      try {
        const found = await look();
        if (found) settle(resolve, found);
      } catch (error) {
        settle(reject, error);
      }
    };
    const timer = setTimeout(() => settle(reject, new Error(`there is no ${what}`)), PATIENCE);
    events.forEach((event) => emitter.on(event, again));
    again();
  });
}
