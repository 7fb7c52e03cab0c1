import type { Language, Template } from '$lib/bindings';

const made = (id: string, name: string, purpose: string, questions: string[], source: string | null = null): Template => ({
  id,
  name,
  purpose,
  questions,
  body: questions.map((question) => `## ${question}\n\n\n`).join('\n'),
  source,
});

/** Stand-ins for the templates that the program ships. */
export function templates(language: Language): Template[] {
  if (language === 'en') {
    return [
      made('free', 'The free page', 'When you already know what you want to write about.', []),
      made('five-minutes', 'Five minutes', 'A short look back at the day or the week.', ['What gave energy?', 'What took energy?', 'One word for the week?']),
      made('gibbs', 'Gibbs’ cycle', 'When something happened that you want to learn from.', ['What happened?', 'What did I think and feel?', 'What was good and bad?', 'What else could I have done?', 'What will I do next time?'], 'Gibbs 1988'),
      made('driscoll', 'Driscoll', 'Three questions when time is short.', ['What?', 'So what?', 'Now what?'], 'Driscoll 1994'),
      made('before-a-hard-conversation', 'Before a hard conversation', 'Ten minutes before you say it.', ['What do I want?', 'What am I afraid of?', 'What is my first sentence?']),
      made('network-meeting', 'After a network meeting', 'While you still remember it.', ['What do I take home?', 'What do I do differently on Monday?', 'What did I not say?']),
    ];
  }
  return [
    made('free', 'Den frie side', 'Når du ved, hvad du vil skrive om.', []),
    made('five-minutes', 'Fem minutter', 'Et kort tilbageblik på dagen eller ugen.', ['Hvad gav energi?', 'Hvad tog energi?', 'Et ord for ugen?']),
    made('gibbs', 'Gibbs’ cirkel', 'Når der er sket noget, du vil lære af.', ['Hvad skete der?', 'Hvad tænkte og følte jeg?', 'Hvad var godt og skidt?', 'Hvad kunne jeg ellers have gjort?', 'Hvad gør jeg næste gang?'], 'Gibbs 1988'),
    made('driscoll', 'Driscoll', 'Tre spørgsmål, når tiden er kort.', ['Hvad?', 'Hvad så?', 'Hvad nu?'], 'Driscoll 1994'),
    made('before-a-hard-conversation', 'Før en svær samtale', 'Ti minutter, før du siger det.', ['Hvad vil jeg opnå?', 'Hvad er jeg bange for?', 'Hvad er min første sætning?']),
    made('network-meeting', 'Efter et netværksmøde', 'Mens du stadig husker det.', ['Hvad tager jeg med hjem?', 'Hvad gør jeg anderledes på mandag?', 'Hvad fik jeg ikke sagt?']),
  ];
}
