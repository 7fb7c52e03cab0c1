/** What differs between two texts, word by word. */

/** Some words, marked where the other text has others. */
export interface Piece {
  text: string;
  differs: boolean;
}

/** Beyond so many comparisons everything between the common beginning and end counts as different. */
const MOST = 250_000;

/** Two texts in pieces; put together, each is what it was. */
export function compared(one: string, other: string): [Piece[], Piece[]] {
  const [a, b] = [words(one), words(other)];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const [left, right] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  const [inLeft, inRight] = left.length * right.length > MOST ? [new Set<number>(), new Set<number>()] : common(left, right);
  const marked = (all: string[], middle: number, same: Set<number>) =>
    joined(all.map((text, at) => ({ text, differs: at >= head && at < head + middle && !same.has(at - head) })));
  return [marked(a, left.length, inLeft), marked(b, right.length, inRight)];
}

const words = (text: string) => text.match(/\s+|[^\s]+/g) ?? [];

/** The places of the longest common sequence in both. */
function common(a: string[], b: string[]): [Set<number>, Set<number>] {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const [inA, inB] = [new Set<number>(), new Set<number>()];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      inA.add(i++);
      inB.add(j++);
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return [inA, inB];
}

/** Neighbours of one kind as one piece; space between two words that differ differs too. */
function joined(pieces: Piece[]): Piece[] {
  const all: Piece[] = [];
  pieces.forEach(({ text, differs }, at) => {
    const bridges = text.trim() === '' && Boolean(pieces[at - 1]?.differs && pieces[at + 1]?.differs);
    const last = all.at(-1);
    if (last && last.differs === (differs || bridges)) last.text += text;
    else all.push({ text, differs: differs || bridges });
  });
  return all;
}
