// A long list of rows of one height, of which only those in sight are there. One of them may be
// open, with something of any height below it. The page scrolls, not the list.

const header = 60;  // Of the list, which stays in sight.
const spare = 600;  // Pixels above and below what is seen.
export const tallest = 15_000_000;  // What every browser can scroll.

export class RowList {
  private count = 0;
  private height = 52;
  private opened = -1;
  private detail: HTMLElement | null = null;
  private detailHeight = 0;
  private shown = new Map<number, HTMLElement>();
  private due = 0;
  private readonly sizes = new ResizeObserver(() => this.measure());
  current = 0;

  constructor(readonly element: HTMLElement, private readonly render: (row: number) => HTMLElement) {
    addEventListener('scroll', this.later, { passive: true });
    addEventListener('resize', this.later, { passive: true });
    addEventListener('beforeprint', this.later);
  }

  leave(): void {
    removeEventListener('scroll', this.later);
    removeEventListener('resize', this.later);
    removeEventListener('beforeprint', this.later);
    this.sizes.disconnect();
    cancelAnimationFrame(this.due);
  }

  /** All rows are other ones now. */
  set(count: number, height: number): void {
    this.height = height;
    this.count = Math.min(count, Math.floor(tallest / height));
    this.current = Math.min(this.current, Math.max(0, this.count - 1));
    for (const row of this.shown.values()) row.remove();
    this.shown.clear();
    this.close();
    this.draw();
  }

  close(): void {
    this.detail?.remove();
    this.sizes.disconnect();
    this.detail = null;
    this.opened = -1;
    this.detailHeight = 0;
  }

  /** Shows something below a row. */
  open(row: number, detail: HTMLElement): void {
    this.close();
    this.opened = row;
    this.detail = detail;
    this.element.append(detail);
    this.sizes.observe(detail);
    this.measure();
    this.redraw();
  }

  /** What is seen of the rows is made anew. */
  redraw(): void {
    const focused = this.focusedRow();
    for (const row of this.shown.values()) row.remove();
    this.shown.clear();
    this.draw();
    if (focused >= 0) this.focus(focused);
  }

  get openRow(): number { return this.opened; }

  /** Moves the focus to a row, wherever it is. */
  focus(row: number): void {
    if (this.count === 0) return;
    this.current = Math.max(0, Math.min(row, this.count - 1));
    const top = this.element.getBoundingClientRect().top + this.top(this.current);
    if (top < header) scrollBy(0, top - header);
    else if (top + this.height > innerHeight) scrollBy(0, top + this.height - innerHeight + 8);
    this.draw();
    this.shown.get(this.current)?.querySelector('button')?.focus({ preventScroll: true });
  }

  /** Scrolls until a row is the first below the head of the list. */
  reveal(row: number): void {
    scrollBy(0, this.element.getBoundingClientRect().top + this.top(row) - header);
    this.draw();
  }

  onKey(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(innerHeight / this.height) - 4);
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -this.count, End: this.count };
    const step = steps[event.key];
    if (step === undefined || this.focusedRow() < 0) return;
    event.preventDefault();
    this.focus(this.focusedRow() + step);
  }

  private focusedRow(): number {
    for (const [row, element] of this.shown) {
      if (element.contains(document.activeElement)) return row;
    }
    return -1;
  }

  private top(row: number): number {
    return row * this.height + (this.opened >= 0 && row > this.opened ? this.detailHeight : 0);
  }

  private rowAt(y: number): number {
    const opened = (this.opened + 1) * this.height;
    if (this.opened >= 0 && y > opened) y = Math.max(opened, y - this.detailHeight);
    return Math.max(0, Math.min(this.count, Math.floor(y / this.height)));
  }

  private measure(): void {
    if (this.detail === null) return;
    this.detail.style.transform = `translateY(${(this.opened + 1) * this.height}px)`;
    if (this.detail.offsetHeight !== this.detailHeight) {
      this.detailHeight = this.detail.offsetHeight;
      this.place();
    }
  }

  private readonly later = (): void => {
    cancelAnimationFrame(this.due);
    this.due = requestAnimationFrame(() => this.draw());
  };

  private place(): void {
    this.element.style.height = `${this.count * this.height + this.detailHeight}px`;
    for (const [row, element] of this.shown) element.style.transform = `translateY(${this.top(row)}px)`;
  }

  private draw(): void {
    const seen = -this.element.getBoundingClientRect().top;
    const first = this.rowAt(seen - spare);
    const last = this.rowAt(seen + innerHeight + spare) + 1;
    for (const [row, element] of this.shown) {
      if ((row < first || row >= last) && !element.contains(document.activeElement)) {
        element.remove();
        this.shown.delete(row);
      }
    }
    let before: Element | null = this.detail;
    for (let row = Math.min(last, this.count) - 1; row >= first; --row) {
      let element = this.shown.get(row);
      if (element === undefined) {
        element = this.render(row);
        element.style.height = `${this.height}px`;
        this.shown.set(row, element);
        this.element.insertBefore(element, before);
      }
      before = element;
    }
    this.place();
  }
}
