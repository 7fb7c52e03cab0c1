/** What a key can ask the frame for. */
export type Wish = 'new' | 'search' | 'save' | 'lock' | 'settings' | 'help' | 'shortcuts' | 'today' | 'journal' | 'calendar' | 'networks' | 'shared';

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'>;

/** The wish that a key press stands for, by the sign it gives and not by its place, so that every layout works. */
export function wishOf(event: Pressed, inText: boolean): Wish | null {
  if (event.isComposing) return null;
  const key = event.key.toLowerCase();
  const main = event.ctrlKey || event.metaKey;
  if (key === 'f1') return 'help';
  if (event.altKey && !main && !event.shiftKey) {
    if (key === '1') return 'today';
    if (key === '2') return 'journal';
    if (key === '3') return 'calendar';
    if (key === '4') return 'networks';
    if (key === '5') return 'shared';
    return null;
  }
  if (main && !event.altKey) {
    if (event.shiftKey) return key === 'f' ? 'search' : key === '/' ? 'shortcuts' : null;
    if (key === 'n') return 'new';
    if (key === 's') return 'save';
    if (key === 'l') return 'lock';
    if (key === ',') return 'settings';
    if (key === '/') return 'shortcuts';
    return null;
  }
  // A question mark is a sign like any other while somebody writes.
  if (key === '?' && !main && !event.altKey && !inText) return 'shortcuts';
  return null;
}

/** Whether what has the focus takes text. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input, textarea, select');
}
