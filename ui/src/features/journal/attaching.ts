/** Files on their way into an entry, and how the text names them. */
import type { Attachment } from '$lib/bindings';
import type { Host } from '$lib/host';

/** The most that one file may be, in bytes. */
export const LARGEST = 50_000_000;

/** Pictures that the web view shows; others are named as files. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp']);

/** What became of the files. */
export interface Outcome {
  /** Those that are in the store now. */
  added: Attachment[];
  /** Those above `LARGEST`. */
  tooLarge: File[];
  /** Those that the store refused, each with why. */
  failed: { file: File; error: unknown }[];
}

/** Puts files into an entry, one after the other; one that fails does not keep the others out. */
export async function attach(host: Pick<Host, 'attachmentAdd'>, entry: string, files: readonly File[]): Promise<Outcome> {
  const outcome: Outcome = { added: [], tooLarge: [], failed: [] };
  for (const file of files) {
    if (file.size > LARGEST) {
      outcome.tooLarge.push(file);
      continue;
    }
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const type = file.type || 'application/octet-stream';
      outcome.added.push(await host.attachmentAdd(entry, file.name, type, bytes));
    } catch (error) {
      outcome.failed.push({ file, error });
    }
  }
  return outcome;
}

/** Whether an attachment is shown in the text as a picture. */
export function isPicture(attachment: Attachment): boolean {
  return SHOWN.has(attachment.mediaType.toLowerCase());
}

/** The Markdown that names an attachment; its name cannot end the link early. */
export function mention(attachment: Attachment): string {
  const name = attachment.name.replace(/[\\[\]`*_<>!]/g, '\\$&').replace(/\s+/g, ' ');
  return `${isPicture(attachment) ? '!' : ''}[${name}](attachment:${attachment.id})`;
}

/**
 * The Markdown that names attachments at a place in a text, with what keeps it apart from what stands
 * `before` and `after` on the same line: pictures stand alone, files within the sentence.
 */
export function mentions(attachments: readonly Attachment[], before = '', after = ''): string {
  const alone = attachments.some(isPicture);
  const gap = alone ? '\n\n' : ' ';
  const lead = (alone ? before.trim() !== '' : /\S$/.test(before)) ? gap : '';
  const trail = (alone ? after.trim() !== '' : /^[\p{L}\p{N}]/u.test(after)) ? gap : '';
  return lead + attachments.map(mention).join(gap) + trail;
}

/** A pasted picture's file name: the clipboard gives it none that says anything. */
export function pasted(file: File, name: string): File {
  if (file.name && !/^image\.\w+$/.test(file.name)) return file;
  const ending = file.type.split('/')[1]?.replace('jpeg', 'jpg').replace(/\W.*$/, '') || 'png';
  return new File([file], `${name}.${ending}`, { type: file.type });
}
