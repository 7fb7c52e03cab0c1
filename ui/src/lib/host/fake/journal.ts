import type { Attachment, Entry, EntryRow, Filter, Language, Revision } from '$lib/bindings';
import { HostError, type Host } from '../types';
import { dayOf, moment, two } from './clock';
import { heads, lines, samples, type Sample } from './entries';
import { compare, find, firstLine, row } from './text';
import { templates } from './templates';

type JournalPart = Pick<
  Host,
  | 'entryCreate' | 'entryGet' | 'entrySave' | 'entrySetMoment' | 'entrySetTags' | 'entrySetStar'
  | 'entryTrash' | 'entryRestore' | 'entryPurge' | 'trashEmpty' | 'entryPage' | 'days' | 'onThisDay'
  | 'tags' | 'search' | 'revisions' | 'revisionText' | 'revisionCompare' | 'revisionRestore' | 'templates'
  | 'attachmentAdd' | 'attachmentPick' | 'attachmentSave' | 'attachmentRemove' | 'attachmentUrl'
>;

/** The journal in memory. `language` and `now` are asked at each use. */
export function fakeJournal(now: () => Date, language: () => Language, count: number | null): JournalPart {
  const entries = new Map<string, Entry>();
  const past = new Map<string, { info: Revision; entry: string; title: string; body: string }>();
  const bytes = new Map<string, string>();
  let sorted: Entry[] | null = null;
  let made = 0;

  const id = () => `0192f000-0000-7000-8000-${(++made).toString(16).padStart(12, '0')}`;
  const changed = () => (sorted = null);
  const newestFirst = () =>
    (sorted ??= [...entries.values()].sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt)));
  const living = () => newestFirst().filter((entry) => entry.trashedAt === null);
  const get = (wanted: string): Entry => {
    const entry = entries.get(wanted);
    if (!entry) throw new HostError('notFound');
    return entry;
  };

  function put(sample: Sample): Entry {
    const date = new Date(now());
    date.setDate(date.getDate() - sample.ago);
    const [hours = 0, minutes = 0] = sample.time.split(':').map(Number);
    date.setHours(hours, minutes, 0, 0);
    const entry: Entry = {
      id: id(),
      title: sample.title,
      shownTitle: sample.title || firstLine(sample.body),
      body: sample.body,
      day: dayOf(date),
      createdAt: moment(date),
      updatedAt: moment(date),
      tags: [...sample.tags],
      starred: sample.starred ?? false,
      template: sample.template ?? null,
      attachments: [],
      trashedAt: null,
      version: 1,
    };
    entries.set(entry.id, entry);
    return entry;
  }

  for (const sample of count === 0 ? [] : samples.slice(0, count ?? samples.length)) put(sample);
  for (let each = samples.length; each < (count ?? 0); each++) {
    put({
      ago: Math.floor(each / 4),
      time: `${two(7 + (each % 12))}:${two((each * 7) % 60)}`,
      title: `${heads[each % heads.length]} ${each}`,
      body: `${lines[each % lines.length]} ${lines[(each * 3 + 1) % lines.length]}\n`,
      tags: each % 5 === 0 ? ['ugen'] : [],
      starred: each % 23 === 0,
    });
  }
  const oldest = [...entries.values()][0];
  if (oldest) keep(oldest, 'Jeg rettede i hendes oplæg, før jeg havde læst det færdigt.\n');

  function keep(entry: Entry, body = entry.body) {
    const info = { id: id(), savedAt: moment(new Date(now().getTime() - 3_600_000)), characters: [...body].length };
    past.set(info.id, { info, entry: entry.id, title: entry.title, body });
  }
  function revision(wanted: string) {
    const found = past.get(wanted);
    if (!found) throw new HostError('notFound');
    return found;
  }
  function touched(entry: Entry): Entry {
    entry.updatedAt = moment(now());
    changed();
    return structuredClone(entry);
  }
  function holds(filter: Filter, entry: Entry): boolean {
    switch (filter.kind) {
      case 'all': return true;
      case 'tag': return entry.tags.includes(filter.tag);
      case 'starred': return entry.starred;
      case 'day': return entry.day === filter.day;
      case 'month': return entry.day.startsWith(`${filter.year}-${two(filter.month)}`);
      case 'trash': return true;
    }
  }
  function attach(entry: string, name: string, mediaType: string, content: Uint8Array): Attachment {
    if (content.byteLength > 50_000_000) throw new HostError('attachmentTooLarge');
    const attachment = { id: id(), name, mediaType, size: content.byteLength };
    bytes.set(attachment.id, URL.createObjectURL(new Blob([new Uint8Array(content)], { type: mediaType })));
    get(entry).attachments.push(attachment);
    return { ...attachment };
  }
  const tally = (keys: string[]) => {
    const counts = new Map<string, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return counts;
  };

  return {
    async entryCreate(entry) {
      const date = now();
      const created = put({ ago: 0, time: `${two(date.getHours())}:${two(date.getMinutes())}`, title: entry.title, body: entry.body, tags: entry.tags });
      created.template = entry.template;
      if (entry.day) {
        created.day = entry.day;
        created.createdAt = entry.day + created.createdAt.slice(10);
      }
      return touched(created);
    },
    async entryGet(wanted) {
      return structuredClone(get(wanted));
    },
    async entrySave(wanted, text) {
      const entry = get(wanted);
      if (text.version < entry.version) throw new HostError('changed');
      if (entry.title !== text.title || entry.body !== text.body) {
        keep(entry);
        Object.assign(entry, { title: text.title, body: text.body, version: entry.version + 1 });
        entry.shownTitle = text.title || firstLine(text.body);
        touched(entry);
      }
      return { version: entry.version, updatedAt: entry.updatedAt, shownTitle: entry.shownTitle };
    },
    async entrySetMoment(wanted, day, time) {
      const date = new Date(`${day}T${time}`);
      if (Number.isNaN(date.getTime())) throw new HostError('badTime');
      return touched(Object.assign(get(wanted), { day, createdAt: moment(date) }));
    },
    async entrySetTags(wanted, tags) {
      return touched(Object.assign(get(wanted), { tags: [...new Set(tags)] }));
    },
    async entrySetStar(wanted, starred) {
      return touched(Object.assign(get(wanted), { starred }));
    },
    async entryTrash(wanted) {
      touched(Object.assign(get(wanted), { trashedAt: moment(now()) }));
    },
    async entryRestore(wanted) {
      touched(Object.assign(get(wanted), { trashedAt: null }));
    },
    async entryPurge(wanted) {
      get(wanted);
      entries.delete(wanted);
      changed();
    },
    async trashEmpty() {
      const thrown = newestFirst().filter((entry) => entry.trashedAt !== null);
      for (const entry of thrown) entries.delete(entry.id);
      changed();
      return thrown.length;
    },
    async entryPage(filter, offset, limit) {
      const all =
        filter.kind === 'trash'
          ? newestFirst().filter((entry) => entry.trashedAt !== null)
          : living().filter((entry) => holds(filter, entry));
      return { rows: all.slice(offset, offset + limit).map(row), total: all.length };
    },
    async days(year, month) {
      const inMonth = living().filter((entry) => entry.day.startsWith(`${year}-${two(month)}`));
      return [...tally(inMonth.map((entry) => entry.day))].map(([day, total]) => ({ day, count: total }));
    },
    async onThisDay(day): Promise<EntryRow[]> {
      return living().filter((entry) => entry.day !== day && entry.day.slice(5) === day.slice(5)).map(row);
    },
    async tags() {
      const counts = tally(living().flatMap((entry) => entry.tags));
      return [...counts].map(([tag, total]) => ({ tag, count: total })).sort((a, b) => b.count - a.count || a.tag.localeCompare(b.tag));
    },
    async search(query, offset, limit) {
      return find(living(), query, offset, limit);
    },
    async revisions(wanted) {
      get(wanted);
      return [...past.values()].filter((one) => one.entry === wanted).map((one) => ({ ...one.info })).reverse();
    },
    async revisionText(wanted) {
      return revision(wanted).body;
    },
    async revisionCompare(wanted) {
      const found = revision(wanted);
      return compare(found.body, get(found.entry).body);
    },
    async revisionRestore(wanted) {
      const found = revision(wanted);
      const entry = get(found.entry);
      keep(entry);
      return touched(Object.assign(entry, { title: found.title, body: found.body, shownTitle: found.title || firstLine(found.body), version: entry.version + 1 }));
    },
    async templates() {
      return templates(language());
    },
    async attachmentAdd(entry, name, mediaType, content) {
      return attach(entry, name, mediaType, content);
    },
    async attachmentPick(entry) {
      return [attach(entry, 'noter.txt', 'text/plain', new TextEncoder().encode('Fra mødet'))];
    },
    async attachmentSave(wanted) {
      if (!bytes.has(wanted)) throw new HostError('notFound');
      return true;
    },
    async attachmentRemove(wanted) {
      for (const entry of entries.values()) entry.attachments = entry.attachments.filter((one) => one.id !== wanted);
    },
    attachmentUrl: (wanted) => bytes.get(wanted) ?? '',
  };
}
