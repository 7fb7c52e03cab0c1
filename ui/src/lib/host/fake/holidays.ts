import type { Holiday, Language } from '$lib/bindings';
import { addDays, two } from './clock';

/** Easter Sunday by the Gregorian reckoning (Oudin). */
function easter(year: number): string {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const h = (century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25) + 19 * golden + 15) % 30;
  const i = h - Math.floor(h / 28) * (1 - Math.floor(29 / (h + 1)) * Math.floor((21 - golden) / 11));
  const j = (year + Math.floor(year / 4) + i + 2 - century + Math.floor(century / 4)) % 7;
  const month = 3 + Math.floor((i - j + 40) / 44);
  return `${year}-${two(month)}-${two(i - j + 28 - 31 * Math.floor(month / 4))}`;
}

/** The days off of some days, for the stand-in. */
export function holidays(first: string, last: string, language: Language): Holiday[] {
  const found: [string, string, string][] = [];
  for (let year = Number(first.slice(0, 4)); year <= Number(last.slice(0, 4)); year++) {
    const sunday = easter(year);
    found.push(
      [`${year}-01-01`, 'Nytårsdag', 'New Year’s Day'],
      [addDays(sunday, -3), 'Skærtorsdag', 'Maundy Thursday'],
      [addDays(sunday, -2), 'Langfredag', 'Good Friday'],
      [sunday, 'Påskedag', 'Easter Sunday'],
      [addDays(sunday, 1), '2. påskedag', 'Easter Monday'],
      [addDays(sunday, 39), 'Kristi himmelfartsdag', 'Ascension Day'],
      [addDays(sunday, 49), 'Pinsedag', 'Whit Sunday'],
      [addDays(sunday, 50), '2. pinsedag', 'Whit Monday'],
      [`${year}-12-25`, 'Juledag', 'Christmas Day'],
      [`${year}-12-26`, '2. juledag', 'Boxing Day'],
    );
  }
  return found
    .filter(([day]) => day >= first && day <= last)
    .map(([day, danish, english]) => ({ day, name: language === 'da' ? danish : english }));
}
