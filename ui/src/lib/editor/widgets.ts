import { type EditorView, WidgetType } from '@codemirror/view';
import { m } from '$lib/i18n';
import { toggleTaskAt } from './lists';

/** An element with a class and, if given, plain text. */
export const element = <K extends keyof HTMLElementTagNameMap>(tag: K, className: string, text?: string): HTMLElementTagNameMap[K] => {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

/** A bullet or a number in the place of a list's sign. */
export class ListSign extends WidgetType {
  constructor(
    private readonly sign: string,
    private readonly depth: number,
    private readonly nested: boolean,
  ) {
    super();
  }
  override eq(other: ListSign): boolean {
    return other.sign === this.sign && other.depth === this.depth && other.nested === this.nested;
  }
  toDOM(): HTMLElement {
    const bullet = /^[-*+]$/.test(this.sign);
    const sign = element('span', bullet ? `cm-sign cm-bullet cm-bullet-${((this.depth - 1) % 3) + 1}` : 'cm-sign cm-number');
    if (this.nested) sign.classList.add('cm-sign-nested');
    if (bullet) sign.append(element('span', 'cm-dot'));
    else sign.textContent = this.sign;
    return sign;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

/** The box of a task, to be ticked by mouse; by keyboard it is Ctrl Enter in the line. */
export class TaskBox extends WidgetType {
  constructor(
    private readonly ticked: boolean,
    private readonly task: string,
    private readonly readOnly: boolean,
  ) {
    super();
  }
  override eq(other: TaskBox): boolean {
    return other.ticked === this.ticked && other.task === this.task && other.readOnly === this.readOnly;
  }
  toDOM(view: EditorView): HTMLElement {
    const sign = element('span', 'cm-sign cm-task');
    const box = element('input', 'cm-box');
    box.type = 'checkbox';
    box.tabIndex = -1;
    box.disabled = this.readOnly;
    this.show(box);
    // The keyboard stays where it is.
    box.addEventListener('mousedown', (event) => event.preventDefault());
    box.addEventListener('click', (event) => {
      if (!toggleTaskAt(view, view.posAtDOM(sign))) event.preventDefault();
    });
    sign.append(box);
    return sign;
  }
  override updateDOM(dom: HTMLElement): boolean {
    const box = dom.querySelector<HTMLInputElement>('input.cm-box');
    if (!box || box.disabled !== this.readOnly) return false;
    this.show(box);
    return true;
  }
  private show(box: HTMLInputElement): void {
    box.checked = this.ticked;
    box.setAttribute('aria-label', this.task === '' ? m['editor.task.unnamed']() : m['editor.task.named']({ task: this.task }));
  }
  override ignoreEvent(event: Event): boolean {
    return event.type !== 'keydown';
  }
}

/** A rule across the page. */
export class Rule extends WidgetType {
  override eq(): boolean {
    return true;
  }
  toDOM(): HTMLElement {
    const rule = element('span', 'cm-rule');
    rule.setAttribute('role', 'separator');
    return rule;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

/** What an import could not place, folded into one quiet line that opens when it is entered. */
export class FoldedFrontMatter extends WidgetType {
  constructor(private readonly fields: number) {
    super();
  }
  override eq(other: FoldedFrontMatter): boolean {
    return other.fields === this.fields;
  }
  toDOM(view: EditorView): HTMLElement {
    const block = element('div', 'cm-folded');
    const button = element('button', 'cm-folded-button', m['editor.frontMatter.folded']());
    button.type = 'button';
    button.tabIndex = -1;
    button.setAttribute('aria-expanded', 'false');
    button.title = m['editor.frontMatter.open']();
    button.addEventListener('mousedown', (event) => event.preventDefault());
    button.addEventListener('click', () => {
      const line = view.state.doc.line(Math.min(2, view.state.doc.lines));
      view.dispatch({ selection: { anchor: line.from }, scrollIntoView: true });
      view.focus();
    });
    block.append(button);
    return block;
  }
  override get estimatedHeight(): number {
    return 40;
  }
  override ignoreEvent(): boolean {
    return true;
  }
}

/** A paper clip (lucide's, ISC licence), as an element of its own. */
export function paperClip(): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'cm-clip');
  svg.setAttribute('aria-hidden', 'true');
  for (const d of [
    'M13.234 20.252 21 12.3',
    'm16 6-8.414 8.586a2 2 0 0 0 0 2.828 2 2 0 0 0 2.828 0l8.414-8.586a4 4 0 0 0 0-5.656 4 4 0 0 0-5.656 0l-8.415 8.585a6 6 0 1 0 8.486 8.486',
  ]) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}
