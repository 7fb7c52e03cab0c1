/** What the journal does in several steps, with what it tells of them. */
import type { Attachment } from '$lib/bindings';
import { asHostError } from '$lib/error';
import type { Host } from '$lib/host';
import { m } from '$lib/i18n';
import { clock } from '$lib/time';
import { toast } from '$lib/toast.svelte';
import { attach, LARGEST, pasted } from './attaching';
import type { Desk } from './desk.svelte';
import { size, tame } from './words';

/** Tells that something was refused. */
export function refused(error: unknown): void {
  toast({ error: asHostError(error) });
}

/** Does something, and tells where it was refused. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    refused(error);
    return false;
  }
}

/** Copies text, and says so. */
export async function copy(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast({ text: done });
  } catch {
    toast({ text: m['journal.entry.copyFailed']() });
  }
}

/** Puts files into the open entry; gives the ones that its text is to name. */
export async function addFiles(
  host: Pick<Host, 'attachmentAdd'>,
  desk: Desk,
  files: File[],
  fromClipboard: boolean,
  now: string,
): Promise<Attachment[]> {
  const draft = desk.draft;
  const id = await draft?.stored();
  if (!draft || !id) return [];
  const named = fromClipboard
    ? files.map((file) => pasted(file, m['journal.attachments.pasted']({ time: clock(now) })))
    : files;
  const large = named.find((file) => file.size > LARGEST / 10 && file.size <= LARGEST);
  const done = large ? toast({ text: m['journal.attachments.adding']({ name: tame(large.name) }) }) : null;
  const outcome = await attach(host, id, named);
  done?.();
  for (const file of outcome.tooLarge) {
    toast({ text: m['journal.attachments.tooLarge']({ name: tame(file.name), size: size(file.size) }) });
  }
  for (const { error } of outcome.failed) refused(error);
  if (desk.draft !== draft) return [];
  if (outcome.added.length > 0) await attempt(() => desk.recount());
  return outcome.added;
}

/** The meetings that an entry goes along with, by their titles; empty where there are none, or none can be told. */
export async function takenFrom(host: Pick<Host, 'entryMeetings'>, id: string | null): Promise<string> {
  if (id === null) return '';
  const meetings = await host.entryMeetings(id).catch(() => []);
  return meetings.map((one) => `”${tame(one.title)}”`).join(', ');
}

/** Puts the open entry in the trash, with a way back. Gives what undoes it. */
export async function discard(desk: Desk, host: Pick<Host, 'entryMeetings'>): Promise<(() => Promise<void>) | null> {
  let id: string | null = null;
  const taken = await takenFrom(host, desk.draft?.id ?? null);
  if (!(await attempt(async () => (id = await desk.trash()))) || id === null) return null;
  const thrown: string = id;
  let undone = false;
  const undo = async () => {
    if (undone) return;
    undone = true;
    dismissed();
    await attempt(() => desk.restore(thrown, true));
  };
  const dismissed = toast({
    text: taken ? m['journal.meetings.trashed']({ titles: taken }) : m['journal.trash.moved'](),
    action: { label: m['journal.trash.undo'](), run: undo },
  });
  return undo;
}
