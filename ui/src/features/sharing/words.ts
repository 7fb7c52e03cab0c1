/** What sharing says of people. */
import type { Peer } from '$lib/bindings';
import { m } from '$lib/i18n';

/** The letters that stand for a name: "BH". */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toLocaleUpperCase() || '?';
}

/** A name; with the address where another has the same. */
export function nameOf(peer: Peer, among: readonly Peer[] = []): string {
  const name = peer.name.trim() || peer.user;
  const twice = among.some((one) => one.user !== peer.user && one.name.trim().toLocaleLowerCase() === name.toLocaleLowerCase());
  return twice ? `${name} (${peer.user})` : name;
}

/** How it stands with somebody, in words. */
export function trustText(peer: Peer): string {
  if (peer.you) return m['sharing.trust.you']();
  if (peer.invited) return m['sharing.trust.invited']();
  return m[`sharing.trust.${peer.trust}`]();
}

/** Whether it is to be looked at. */
export function isDoubtful(peer: Peer): boolean {
  return !peer.you && !peer.invited && peer.trust !== 'known';
}
