// A rough reading of "Mette: sender årshjulet inden fredag"; the program's own is better.
import type { Member, ParsedCommitment, Promiser } from '$lib/bindings';
import { addDays, two, weekdayOf } from './clock';

const days = ['mandag', 'tirsdag', 'onsdag', 'torsdag', 'fredag', 'lørdag', 'søndag'];
const english = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

function dueIn(words: string, today: string): string | null {
  const text = words.toLowerCase();
  if (/^(i morgen|tomorrow)$/.test(text)) return addDays(today, 1);
  if (/^(i dag|today)$/.test(text)) return today;
  const weekday = Math.max(days.indexOf(text), english.indexOf(text));
  if (weekday >= 0) return addDays(today, ((weekday + 1 - weekdayOf(today) + 6) % 7) + 1);
  const date = /^(?:den )?(\d{1,2})[./]\s?(\d{1,2})\.?$/.exec(text);
  if (!date) return null;
  const day = `${today.slice(0, 4)}-${two(Number(date[2]))}-${two(Number(date[1]))}`;
  return day < today ? `${Number(today.slice(0, 4)) + 1}${day.slice(4)}` : day;
}

export function parseLine(line: string, members: readonly Member[], today: string): ParsedCommitment {
  let rest = line.trim();
  let who: Promiser = { kind: 'me' };
  let whoName = '';
  const named = /^([^:,]{1,40})[:,]\s*(.*)$/.exec(rest);
  if (named) {
    const name = named[1]?.trim() ?? '';
    rest = named[2] ?? '';
    if (!/^(jeg|mig|me|i)$/i.test(name)) {
      const member = members.find((one) => one.form.name.toLowerCase().startsWith(name.toLowerCase()));
      who = member ? { kind: 'member', id: member.id } : { kind: 'other', name };
      whoName = member?.form.name ?? name;
    }
  }
  const by = /^(.*?)[,\s]+(?:(?:inden|senest|by|before|until)\s+)?((?:på\s+)?(?:i dag|i morgen|today|tomorrow|\p{L}+dag|\w+day|(?:den )?\d{1,2}[./]\s?\d{1,2}\.?))$/iu.exec(rest);
  const due = by ? dueIn((by[2] ?? '').replace(/^på\s+/i, ''), today) : null;
  return { form: { who, what: (due && by ? (by[1] ?? '') : rest).trim(), due }, whoName };
}
