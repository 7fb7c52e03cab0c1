/** Addresses within plain text. */

/** A piece of text, or an address that can be opened. */
export interface Piece {
  text: string;
  address: string | null;
}

const ADDRESS = /(?:https?:\/\/|mailto:)[^\s<>"”]+|[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/giu;
/** Signs that end a sentence, not an address. */
const AFTER = /[.,;:!?)\]}'’]+$/;

/** Text in pieces, addresses apart. What stands before and after them is kept as it is. */
export function linked(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const shown = found[0].replace(AFTER, '');
    if (found.index > at) pieces.push({ text: text.slice(at, found.index), address: null });
    pieces.push({ text: shown, address: /^(https?|mailto):/i.test(shown) ? shown : `mailto:${shown}` });
    at = found.index + shown.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), address: null });
  return pieces;
}
