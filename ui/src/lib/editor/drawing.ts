import { RangeSet, type EditorState, type Range } from '@codemirror/state';
import { Decoration, type DecorationSet, type WidgetType } from '@codemirror/view';
import { touches, type Span } from './attention';

const gone = Decoration.replace({});
const classes = new Map<string, Decoration>();

/** Decorations without attributes are few: each is made once. */
function plain(kind: 'mark' | 'line', className: string): Decoration {
  const key = `${kind} ${className}`;
  let decoration = classes.get(key);
  if (!decoration) {
    decoration = kind === 'mark' ? Decoration.mark({ class: className }) : Decoration.line({ class: className });
    classes.set(key, decoration);
  }
  return decoration;
}

/** What is drawn over the visible part of the text, collected while its syntax tree is walked. */
export class Drawing {
  private readonly ranges: Range<Decoration>[] = [];
  private readonly atoms: Range<Decoration>[] = [];
  private readonly lines = new Map<number, Set<string>>();
  private readonly replaced = new Set<string>();
  /** Lines inside a list item that carry no sign of their own, and how far their text is indented. */
  private readonly indented = new Map<number, number>();
  private readonly signed = new Set<number>();
  private readonly code = new Set<number>();

  constructor(
    readonly state: EditorState,
    readonly spans: readonly Span[],
    /** The part of the text that is walked just now. */
    public visible: Span,
  ) {}

  /** Whether the writer is at the stretch from `from` to `to`. */
  attended(from: number, to: number): boolean {
    return touches(this.spans, from, to);
  }

  /** Takes a stretch out of sight. */
  hide(from: number, to: number): void {
    if (to > from && this.once(from, to)) this.ranges.push(gone.range(from, to));
  }

  /** Takes a stretch out of sight that the cursor passes in one step. */
  hideWhole(from: number, to: number): void {
    if (to <= from || !this.once(from, to)) return;
    this.ranges.push(gone.range(from, to));
    this.atoms.push(gone.range(from, to));
  }

  /** Shows `widget` in the place of a stretch within one line. */
  replace(from: number, to: number, widget: WidgetType, whole = false): void {
    if (!this.once(from, to)) return;
    const range = Decoration.replace({ widget }).range(from, to);
    this.ranges.push(range);
    if (whole) this.atoms.push(range);
  }

  /** Shows `widget` behind `pos`. */
  after(pos: number, widget: WidgetType): void {
    if (this.once(pos, pos)) this.ranges.push(Decoration.widget({ widget, side: 1 }).range(pos));
  }

  /** Gives a stretch a class. */
  mark(from: number, to: number, className: string): void {
    if (to > from) this.ranges.push(plain('mark', className).range(from, to));
  }

  /** Gives a stretch a class and attributes. */
  markWith(from: number, to: number, className: string, attributes: Record<string, string>): void {
    if (to > from) this.ranges.push(Decoration.mark({ class: className, attributes }).range(from, to));
  }

  /** Gives the line that starts at `from` a class. */
  line(from: number, className: string): void {
    const given = this.lines.get(from);
    if (given) given.add(className);
    else this.lines.set(from, new Set([className]));
  }

  /** Runs `each` for the start of every visible line of a stretch, with whether it is its first or last. */
  eachLine(from: number, to: number, each: (lineFrom: number, first: boolean, last: boolean) => void): void {
    const { doc } = this.state;
    const end = Math.min(to, this.visible.to);
    let line = doc.lineAt(Math.max(from, Math.min(this.visible.from, to)));
    for (;;) {
      each(line.from, line.from <= from, line.to >= to);
      if (line.to >= end || line.number === doc.lines) break;
      line = doc.line(line.number + 1);
    }
  }

  /** A visible line of a list item below its first one; `indent` characters belong to the item. */
  continuation(lineFrom: number, indent: number): void {
    this.indented.set(lineFrom, indent);
  }

  /** The line has a list's sign of its own. */
  sign(lineFrom: number): void {
    this.signed.add(lineFrom);
  }

  /** The line is code: its blanks count. */
  codeLine(lineFrom: number): void {
    this.code.add(lineFrom);
  }

  /** Whether a line was found to be code. */
  isCode(lineFrom: number): boolean {
    return this.code.has(lineFrom);
  }

  /** Everything drawn, and the stretches that the cursor passes in one step. */
  finish(): { decorations: DecorationSet; atoms: RangeSet<Decoration> } {
    for (const [lineFrom, indent] of this.indented) {
      if (this.signed.has(lineFrom)) continue;
      const blanks = /^[ \t]*/.exec(this.state.doc.lineAt(lineFrom).text)?.[0].length ?? 0;
      this.hideWhole(lineFrom, lineFrom + (this.code.has(lineFrom) ? Math.min(blanks, indent) : blanks));
    }
    for (const [lineFrom, names] of this.lines) this.ranges.push(plain('line', [...names].join(' ')).range(lineFrom));
    return { decorations: Decoration.set(this.ranges, true), atoms: RangeSet.of(this.atoms, true) };
  }

  /** Visible parts can meet inside one node, which is then walked twice. */
  private once(from: number, to: number): boolean {
    const key = `${from} ${to}`;
    if (this.replaced.has(key)) return false;
    this.replaced.add(key);
    return true;
  }
}
