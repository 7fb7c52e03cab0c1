import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = (file: string) => readFileSync(resolve('src/styles', file), 'utf8');
const names = ['green', 'blue', 'violet', 'rose', 'red', 'amber', 'olive', 'grey'];

/** The tokens of a theme in a file. */
function tokens(file: string, theme: 'light' | 'dark'): Map<string, string> {
  const block = css(file).split(`[data-theme='${theme}'] {`)[1]?.split('}')[0] ?? '';
  return new Map([...block.matchAll(/--([\w-]+): ([^;]+);/g)].map((one) => [one[1] ?? '', one[2] ?? '']));
}

type Rgb = [number, number, number];
const rgb = (hex: string): Rgb => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as Rgb;
const mix = (a: Rgb, b: Rgb, share: number): Rgb => a.map((one, at) => one * share + (b[at] ?? 0) * (1 - share)) as Rgb;

function light(colour: Rgb): number {
  const [r, g, b] = colour.map((one) => {
    const part = one / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: Rgb, b: Rgb): number {
  const [one, two] = [light(a), light(b)];
  return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
}

describe.each(['light', 'dark'] as const)('the colours of calendars in %s', (theme) => {
  const ground = tokens('tokens.css', theme);
  const marks = tokens('colours.css', theme);
  const of = (name: string) => rgb(ground.get(name) ?? '');
  const share = parseFloat(marks.get('mark-share') ?? '') / 100;

  it.each(names)('%s: a mark is seen, and text on its ground is read', (name) => {
    const mark = rgb(marks.get(`mark-${name}`) ?? '');
    expect(contrast(mark, of('sheet'))).toBeGreaterThanOrEqual(3);
    expect(contrast(mark, of('paper'))).toBeGreaterThanOrEqual(3);
    expect(contrast(mark, of('side'))).toBeGreaterThanOrEqual(3);
    const soft = mix(mark, of('sheet'), share);
    expect(contrast(of('ink'), soft)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of('soft'), soft)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(mark, soft)).toBeGreaterThanOrEqual(3);
  });
});
