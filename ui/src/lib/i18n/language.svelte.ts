import type { Language } from '$lib/bindings';
import { overwriteGetLocale } from '$lib/paraglide/runtime.js';

// Every message asks for the language, and that is state: a page in use changes its words at once.
let current = $state<Language>('da');
overwriteGetLocale(() => current);

export { m } from '$lib/paraglide/messages.js';

/** The language in force. */
export function language(): Language {
  return current;
}

/** Shows everything in another language from now on. */
export function speak(next: Language): void {
  current = next;
  document.documentElement.lang = next;
}
