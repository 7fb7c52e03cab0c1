import { Facet } from '@codemirror/state';
import { type EditorView, WidgetType } from '@codemirror/view';
import { m } from '$lib/i18n';
import { element, paperClip } from './widgets';

/** What the editor asks its owner about attachments. Ids are lower-case UUIDs. */
export interface Attachments {
  /** Where the bytes of an attachment can be had by the page. */
  url(id: string): Promise<string> | string;
  /** The file's name, where it is known. */
  name(id: string): string | undefined;
  /** The leader wants to see or save it. */
  open(id: string): void;
}

/** How the owner of the editor answers for attachments. */
export const attachments = Facet.define<Attachments, Attachments>({
  combine: (values) => values[0] ?? { url: () => '', name: () => undefined, open: () => undefined },
});

// The sizes of pictures seen in this window, so that one that comes back into view moves nothing.
const sizes = new Map<string, { width: number; height: number }>();

/** The tallest that a picture is shown, in CSS pixels. */
const TALLEST = 512;

/** Reserves the room that a picture takes, before its bytes are there. */
function fit(image: HTMLImageElement, { width, height }: { width: number; height: number }): void {
  const scale = Math.min(1, TALLEST / Math.max(1, height));
  image.width = Math.round(width * scale);
  image.height = Math.round(height * scale);
}

/** A picture that lies in the journal. */
export class Picture extends WidgetType {
  constructor(
    private readonly id: string,
    private readonly alt: string,
    private readonly below: boolean,
  ) {
    super();
  }
  override eq(other: Picture): boolean {
    return other.id === this.id && other.alt === this.alt && other.below === this.below;
  }
  toDOM(view: EditorView): HTMLElement {
    const frame = element('span', this.below ? 'cm-picture cm-picture-below' : 'cm-picture');
    const image = element('img', 'cm-image');
    image.alt = this.alt || this.name(view) || m['editor.image.unnamed']();
    image.draggable = false;
    image.title = m['editor.image.open']();
    const size = sizes.get(this.id);
    if (size) fit(image, size);
    image.addEventListener('load', () => {
      const natural = { width: image.naturalWidth, height: image.naturalHeight };
      sizes.set(this.id, natural);
      fit(image, natural);
      view.requestMeasure();
    });
    const fail = () => {
      const name = this.alt || this.name(view) || '';
      frame.replaceChildren(element('span', 'cm-missing', name === '' ? m['editor.image.missingUnnamed']() : m['editor.image.missing']({ name })));
      view.requestMeasure();
    };
    image.addEventListener('error', fail);
    image.addEventListener('dblclick', () => view.state.facet(attachments).open(this.id));
    Promise.resolve()
      .then(() => view.state.facet(attachments).url(this.id))
      .then((url) => {
        if (url === '') fail();
        else image.src = url;
      })
      .catch(fail);
    frame.append(image);
    return frame;
  }
  override updateDOM(dom: HTMLElement, _view: EditorView, from: Picture): boolean {
    if (from.id !== this.id || from.alt !== this.alt) return false;
    dom.className = this.below ? 'cm-picture cm-picture-below' : 'cm-picture';
    return true;
  }
  private name(view: EditorView): string | undefined {
    return view.state.facet(attachments).name(this.id);
  }
  override ignoreEvent(event: Event): boolean {
    return event.type === 'dblclick';
  }
}

/** In the place of a picture that is not in the journal. It is never fetched. */
export class ForeignPicture extends WidgetType {
  constructor(
    private readonly address: string,
    private readonly alt: string,
    private readonly remote: boolean,
  ) {
    super();
  }
  override eq(other: ForeignPicture): boolean {
    return other.address === this.address && other.alt === this.alt;
  }
  toDOM(): HTMLElement {
    const box = element('span', 'cm-foreign');
    const why = this.remote ? m['editor.image.remote']() : m['editor.image.elsewhere']();
    box.append(element('span', 'cm-foreign-why', this.alt === '' ? why : `${this.alt} · ${why}`));
    box.append(element('span', 'cm-foreign-address', this.address.length > 200 ? `${this.address.slice(0, 200)}…` : this.address));
    return box;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

/** A file that lies in the journal, by its name; a click opens it. */
export class AttachedFile extends WidgetType {
  constructor(
    private readonly id: string,
    private readonly text: string,
  ) {
    super();
  }
  override eq(other: AttachedFile): boolean {
    return other.id === this.id && other.text === this.text;
  }
  toDOM(view: EditorView): HTMLElement {
    const attached = view.state.facet(attachments);
    const chip = element('button', 'cm-file');
    chip.type = 'button';
    chip.tabIndex = -1;
    chip.append(paperClip(), element('span', 'cm-file-name', this.text || attached.name(this.id) || m['editor.file.unnamed']()));
    chip.title = m['editor.file.open']();
    chip.addEventListener('mousedown', (event) => event.preventDefault());
    chip.addEventListener('click', () => view.state.facet(attachments).open(this.id));
    return chip;
  }
  override ignoreEvent(): boolean {
    return true;
  }
}
