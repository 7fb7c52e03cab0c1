/** A destination that the editor may hand to the program to be opened in the browser or mail. */
const OPENABLE = /^(?:https?:\/\/|mailto:)[^\s\p{Cc}]+$/iu;
const ATTACHMENT = /^attachment:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;
const ESCAPED = /\\([!-/:-@[-`{-~])/g;

/** Markdown's words without the backslashes that keep signs from meaning something. */
export const unescaped = (source: string): string => source.replace(ESCAPED, '$1');

/** A Markdown link destination as an address: without angle brackets and backslash escapes. */
export function plainDestination(source: string): string {
  const bare = source.startsWith('<') && source.endsWith('>') ? source.slice(1, -1) : source;
  return unescaped(bare);
}

/**
 * The address to open for a link's destination, or null. Only http, https and mailto are ever
 * offered; `javascript:`, `file:`, `data:`, `tauri:` and everything else never.
 */
export function openable(destination: string): string | null {
  const address = plainDestination(destination);
  if (/^www\./i.test(address)) return openable(`https://${address}`);
  if (!address.includes(':') && /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(address)) return `mailto:${address}`;
  return OPENABLE.test(address) ? address : null;
}

/** The id of the attachment that a destination names (lower case), or null. */
export function attachmentId(destination: string): string | null {
  return ATTACHMENT.exec(plainDestination(destination))?.[1]?.toLowerCase() ?? null;
}
