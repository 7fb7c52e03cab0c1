import { host } from '$lib/host';
import { m } from '$lib/i18n';
import { dateOf, dayOf } from '$lib/time';

// The questions are messages, so each language asks in its own words.
const questions = [
  m['today.prompt.unsaid'],
  m['today.prompt.listened'],
  m['today.prompt.letGo'],
  m['today.prompt.avoided'],
  m['today.prompt.energy'],
  m['today.prompt.surprised'],
  m['today.prompt.disagree'],
  m['today.prompt.trust'],
  m['today.prompt.silence'],
  m['today.prompt.tomorrow'],
  m['today.prompt.proud'],
  m['today.prompt.wrong'],
  m['today.prompt.thanks'],
  m['today.prompt.year'],
];

let steps = $state(0);

/** The question of the day, or one further on. */
export function prompt(): string {
  const days = Math.floor(dateOf(dayOf(host.now())).getTime() / 86_400_000);
  const ask = questions[(days + steps) % questions.length] ?? m['today.prompt.unsaid'];
  return ask();
}

/** Another question. */
export function nextPrompt(): void {
  steps += 1;
}

/** What a reflection begins with when the question is taken up: the question as its heading. */
export function promptNow(): string {
  return `## ${prompt()}\n\n`;
}
