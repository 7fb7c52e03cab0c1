import { m } from '$lib/i18n';

/**
 * The signs that two leaders compare, by their numbers: Matrix Client-Server API, SAS method: emoji,
 * `data-definitions/sas-emoji.json`. The names are in the messages, so that nobody depends on a font.
 */
const signs = (
  '🐶 🐱 🦁 🐎 🦄 🐷 🐘 🐰 🐼 🐓 🐧 🐢 🐟 🐙 🦋 🌷 ' +
  '🌳 🌵 🍄 🌏 🌙 ☁️ 🔥 🍌 🍎 🍓 🌽 🍕 🎂 ❤️ 😀 🤖 ' +
  '🎩 👓 🔧 🎅 👍 ☂️ ⌛ ⏰ 🎁 💡 📕 ✏️ 📎 ✂️ 🔒 🔑 ' +
  '🔨 ☎️ 🏁 🚂 🚲 ✈️ 🚀 🏆 ⚽ 🎸 🎺 🔔 ⚓ 🎧 📁 📌'
).split(' ');

type Numbered = `sharing.sign.n${number}` & keyof typeof m;

/** A sign and its name. Out of the table there are none. */
export function signOf(number: number): { glyph: string; name: string } {
  const name = m[`sharing.sign.n${number}` as Numbered] as (() => string) | undefined;
  return { glyph: signs[number] ?? '', name: name?.() ?? String(number) };
}
