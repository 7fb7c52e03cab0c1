import type { Colour } from './bindings';

/** The eight colours by which calendars and networks are told apart, in the order they are offered. */
export const colours: readonly Colour[] = ['green', 'blue', 'violet', 'rose', 'red', 'amber', 'olive', 'grey'];

/** The first colour that none of these has; where all are taken, the first. */
export function freeColour(among: readonly { colour: Colour }[]): Colour {
  return colours.find((colour) => among.every((one) => one.colour !== colour)) ?? 'green';
}
