// Where the cards of a neighbourhood stand, and how the lines between them run: the same rules as in
// lib/pictures/neighbourhood_layout.cpp, to which tests/page/layout.mjs holds them.
//
// Layers are given: the columns. Rows are ordered by the mean height of neighbours, swept from left
// to right and back; then heights are as near to that mean as order and room allow. A line that
// passes a column has a place of its own in it, so that it runs under no card.

export const columnCount = 4;
/** How much a card of several items is larger to the right and below. */
export const pile = 5;
/** How far the border around a focus stands out. */
export const halo = 4;

const rowGap = 12, laneHeight = 10, laneGap = 5, zoneGap = 16, wordsRoom = 18, sweeps = 30;

export interface LaidCard {
  column: number;
  /** -1 relies on the focus, 1 is what it relies on, 0 neither. */
  zone: number;
  /** Steps from the focus. */
  distance: number;
  isHub: boolean;
  isFocus: boolean;
  isPile: boolean;
}
export interface LaidEdge { from: number; to: number }
export interface Measures { width: number; height: number; columnGap: number }
/** From one point to the next, level at both; `bulge`: how far right an arc within a column runs. */
export interface Stretch { x1: number; y1: number; x2: number; y2: number; bulge: number }
export interface Layout {
  cards: { x: number; y: number }[];
  edges: Stretch[][];
  /** Over this card stands what its zone is. */
  beginsZone: boolean[];
  /** Left edges; -1 of columns that are empty. */
  columnX: number[];
  width: number;
  height: number;
}

/** A card, or the place where a line passes a column. */
interface Node {
  column: number; zone: number; distance: number; isLane: boolean; hasWords: boolean; height: number; y: number;
  near: number[];    // Its neighbours, of whatever column.
  before: number[];  // Of its own column, those that rely on it.
}

/** Halves go away from zero. */
const round = (value: number): number => Math.sign(value) * Math.round(Math.abs(value));
const middle = (node: Node): number => node.y + node.height / 2;

/** Sorts by keys of numbers, what is equal as it was. */
function sortBy<T>(list: T[], keys: (one: T) => number[]): void {
  const known = new Map(list.map((one) => [one, keys(one)]));
  list.sort((a, b) => {
    const left = known.get(a)!, right = known.get(b)!;
    for (let i = 0; i < left.length; ++i) if (left[i] !== right[i]) return left[i]! < right[i]! ? -1 : 1;
    return 0;
  });
}

class Arrangement {
  private readonly nodes: Node[] = [];  // Those of cards first, in their order.
  private readonly ways: number[][] = [];  // Of each edge, the nodes that it passes.
  private readonly columns: number[][] = Array.from({ length: columnCount }, () => []);
  private readonly columnX: number[] = [];
  private readonly laneX: number[] = [];
  private readonly ports: [number, number][] = [];

  constructor(private readonly cards: LaidCard[], private readonly links: LaidEdge[], private readonly hasZones: boolean, private readonly measures: Measures) {}

  layout(): Layout {
    this.addNodes();
    this.addLanes();
    this.order();
    this.foldEmptyBands();
    this.placeColumns();
    this.findPorts();
    const cards = this.cards.map((_, i) => ({ x: this.laneX[this.nodes[i]!.column]!, y: this.nodes[i]!.y }));
    return {
      cards, beginsZone: this.cards.map((_, i) => this.beginsZone(i)), columnX: this.columnX,
      edges: this.links.map((_, i) => this.stretches(i)),
      width: Math.max(0, ...cards.map((card) => card.x + this.measures.width)),
      height: Math.max(0, ...cards.map((card) => card.y + this.measures.height + pile)),
    };
  }

  // --- nodes

  private addNodes(): void {
    for (const card of this.cards) {
      this.nodes.push({ column: card.column, zone: this.hasZones ? card.zone : 0, distance: card.distance, isLane: false, hasWords: card.isHub, height: this.measures.height, y: 0, near: [], before: [] });
    }
  }

  private addLanes(): void {
    for (const { from, to } of this.links) {
      const upper = this.nodes[from]!, lower = this.nodes[to]!;
      const way = [from];
      const step = lower.column > upper.column ? 1 : -1;
      for (let column = upper.column + step; upper.column !== lower.column && column !== lower.column; column += step) {
        this.nodes.push({ column, zone: lower.zone !== 0 ? lower.zone : upper.zone, distance: Math.max(upper.distance, lower.distance), isLane: true, hasWords: false, height: laneHeight, y: 0, near: [], before: [] });
        way.push(this.nodes.length - 1);
      }
      way.push(to);
      for (let i = 1; i < way.length; ++i) this.connect(way[i - 1]!, way[i]!);
      this.ways.push(way);
    }
  }

  private connect(upper: number, lower: number): void {
    this.nodes[upper]!.near.push(lower);
    this.nodes[lower]!.near.push(upper);
    if (this.nodes[upper]!.column === this.nodes[lower]!.column) this.nodes[lower]!.before.push(upper);
  }

  // --- order

  private order(): void {
    this.nodes.forEach((node, i) => this.columns[node.column]!.push(i));
    for (const rows of this.columns) {
      // In the zone above, what is farthest comes first.
      sortBy(rows, (i) => [this.nodes[i]!.zone, this.nodes[i]!.zone < 0 ? -this.nodes[i]!.distance : this.nodes[i]!.distance]);
      let y = 0;
      for (const i of rows) {
        this.nodes[i]!.y = y;
        y += this.nodes[i]!.height + rowGap;
      }
    }
    for (let sweep = 0; sweep < sweeps; ++sweep) {
      for (let i = 0; i < columnCount; ++i) this.improve(sweep % 2 === 0 ? i : columnCount - 1 - i);
    }
  }

  private improve(column: number): void {
    const rows = this.columns[column]!;
    if (rows.length === 0) return;
    const wanted = new Map(rows.map((i) => [i, this.wantedMiddle(i)]));
    const sorted = this.sorted(rows, wanted);
    this.columns[column] = sorted;
    this.markWords(sorted);
    this.place(sorted, wanted);
  }

  /** Level with its neighbours; next to those of its own column. */
  private wantedMiddle(number: number): number {
    const node = this.nodes[number]!;
    if (node.near.length === 0) return middle(node);
    const step = this.measures.height + rowGap;
    let sum = 0;
    for (const other of node.near) {
      const one = this.nodes[other]!;
      sum += middle(one) + (one.column !== node.column ? 0 : one.y < node.y ? step : -step);
    }
    return sum / node.near.length;
  }

  /**
   * By zone; within one, families of what relies on one another in the column, by their mean, and
   * nobody above those who rely on it, unless they do so in a circle. What a card relies on follows
   * it at once where it can.
   */
  private sorted(rows: number[], wanted: Map<number, number>): number[] {
    const family = this.familyMeans(rows, wanted);
    const waiting = [...rows];
    sortBy(waiting, (i) => [this.nodes[i]!.zone, round(family.get(i)!), round(wanted.get(i)!)]);
    const order: number[] = [];
    while (waiting.length > 0) {
      const isFree = (i: number): boolean => !this.nodes[i]!.before.some((above) => this.nodes[above]!.zone === this.nodes[i]!.zone && waiting.includes(above));
      const zone = this.nodes[waiting[0]!]!.zone;
      const follower = waiting.findIndex((i) => order.length > 0 && this.nodes[i]!.zone === zone && isFree(i) && this.nodes[i]!.before.includes(order[order.length - 1]!));
      const next = follower >= 0 ? follower : Math.max(0, waiting.findIndex((i) => this.nodes[i]!.zone === zone && isFree(i)));
      order.push(waiting[next]!);
      waiting.splice(next, 1);
    }
    return order;
  }

  private familyMeans(rows: number[], wanted: Map<number, number>): Map<number, number> {
    const head = new Map(rows.map((i) => [i, i]));
    const headOf = (i: number): number => {
      while (head.get(i) !== i) i = head.get(i)!;
      return i;
    };
    for (const i of rows) {
      for (const above of this.nodes[i]!.before) {
        if (this.nodes[above]!.zone === this.nodes[i]!.zone) head.set(headOf(i), headOf(above));
      }
    }
    const sums = new Map<number, [number, number]>();
    for (const i of rows) {
      const [sum, count] = sums.get(headOf(i)) ?? [0, 0];
      sums.set(headOf(i), [sum + wanted.get(i)!, count + 1]);
    }
    return new Map(rows.map((i) => { const [sum, count] = sums.get(headOf(i))!; return [i, sum / count]; }));
  }

  // --- heights

  /** Over the first card of a zone stands a word. */
  private markWords(rows: number[]): void {
    const seen = new Set<number>();
    for (const i of rows) {
      const node = this.nodes[i]!;
      if (node.isLane) continue;
      node.hasWords = this.cards[i]!.isHub || (!seen.has(node.zone) && this.hasWord(i));
      seen.add(node.zone);
    }
  }

  private hasWord(card: number): boolean { return this.nodes[card]!.zone !== 0 && this.nodes[card]!.column > 0; }

  private beginsZone(card: number): boolean {
    const node = this.nodes[card]!;
    return this.hasWord(card) && !this.columns[node.column]!.some((other) => !this.nodes[other]!.isLane && this.nodes[other]!.zone === node.zone && this.nodes[other]!.y < node.y);
  }

  private gap(above: number, below: number): number {
    const upper = this.nodes[above]!, lower = this.nodes[below]!;
    return (upper.isLane || lower.isLane ? laneGap : rowGap) + (upper.zone !== lower.zone ? zoneGap : 0) + (lower.hasWords ? wordsRoom : 0);
  }

  /**
   * The heights nearest to those wanted, in this order and with room between: those that get into
   * one another's way are moved together, to their mean.
   */
  private place(rows: number[], wanted: Map<number, number>): void {
    const offset = [0];
    for (let i = 1; i < rows.length; ++i) offset.push(offset[i - 1]! + this.nodes[rows[i - 1]!]!.height + this.gap(rows[i - 1]!, rows[i]!));
    const pools: { mean: number; weight: number; size: number }[] = [];
    rows.forEach((number, i) => {
      const node = this.nodes[number]!;
      pools.push({ mean: wanted.get(number)! - node.height / 2 - offset[i]!, weight: node.near.length === 0 ? 0.001 : 1, size: 1 });
      while (pools.length > 1 && pools[pools.length - 2]!.mean > pools[pools.length - 1]!.mean) {
        const last = pools.pop()!;
        const pool = pools[pools.length - 1]!;
        pool.mean = (pool.mean * pool.weight + last.mean * last.weight) / (pool.weight + last.weight);
        pool.weight += last.weight;
        pool.size += last.size;
      }
    });
    let at = 0;
    for (const pool of pools) {
      for (let i = 0; i < pool.size; ++i, ++at) this.nodes[rows[at]!]!.y = pool.mean + offset[at]!;
    }
  }

  /** What is empty in all columns is folded; the first row stands at the top. */
  private foldEmptyBands(): void {
    const kept = 24;
    const topOf = (node: Node): number => node.y - (node.hasWords ? wordsRoom : 0);
    const spans = this.nodes.map((node) => [topOf(node), node.y + node.height] as const);
    sortBy(spans as unknown as number[][], (span) => span);
    let end = spans.length === 0 ? 0 : spans[0]![0];
    const cuts: [number, number][] = [[end, end]];  // From here on, by so much.
    for (const [begin, bottom] of spans) {
      if (begin - end > kept) cuts.push([begin, begin - end - kept]);
      end = Math.max(end, bottom);
    }
    for (const node of this.nodes) {
      let moved = 0;
      for (const [from, by] of cuts) moved += topOf(node) >= from - 0.001 ? by : 0;
      node.y = round(node.y - moved);
    }
  }

  /** Columns that nothing stands in take no room. */
  private placeColumns(): void {
    let x = 0;
    for (let column = 0; column < columnCount; ++column) {
      const hasCards = this.columns[column]!.some((i) => !this.nodes[i]!.isLane);
      this.columnX.push(hasCards ? x : -1);
      // Where lines only pass, they pass a point.
      this.laneX.push(hasCards ? x : x - this.measures.columnGap / 2);
      x += hasCards ? this.measures.width + this.measures.columnGap : 0;
    }
  }

  // --- lines

  private isRightwards(node: number, other: number): boolean { return this.nodes[other]!.column >= this.nodes[node]!.column; }

  /**
   * Where on the side of a card each line ends: in the order of the other ends, arcs from above first
   * and arcs to below last, the wider outside.
   */
  private findPorts(): void {
    const outside = 1e6;
    const sides = new Map<string, { at: number; edge: number; isFirst: boolean }[]>();
    this.ways.forEach((way, edge) => {
      this.ports.push([0, 0]);
      const add = (node: number, other: number, isFirst: boolean): void => {
        const one = this.nodes[other]!;
        const at = one.column !== this.nodes[node]!.column ? middle(one) : one.y < this.nodes[node]!.y ? -outside - one.y : outside - one.y;
        const side = `${node} ${this.isRightwards(node, other)}`;
        const ends = sides.get(side);
        if (ends === undefined) sides.set(side, [{ at, edge, isFirst }]); else ends.push({ at, edge, isFirst });
      };
      add(way[0]!, way[1]!, true);
      add(way[way.length - 1]!, way[way.length - 2]!, false);
    });
    for (const ends of sides.values()) {
      sortBy(ends, (end) => [end.at]);
      const step = Math.min(7, (this.measures.height - 16) / ends.length);
      ends.forEach((end, i) => { this.ports[end.edge]![end.isFirst ? 0 : 1] = (i - (ends.length - 1) / 2) * step; });
    }
  }

  /** The edge of a card, or of the card that is seen under it. */
  private sideX(number: number, isRight: boolean): number {
    const node = this.nodes[number]!;
    const card = node.isLane ? undefined : this.cards[number]!;
    const x = this.laneX[node.column]!;
    if (!isRight) return x - (card?.isFocus ? halo : 0);
    return x + (this.columnX[node.column]! < 0 ? 0 : this.measures.width) + (card?.isFocus ? halo : card?.isPile ? pile : 0);
  }

  private stretches(edge: number): Stretch[] {
    const least = 14;
    const way = this.ways[edge]!;
    const all: Stretch[] = [];
    for (let i = 1; i < way.length; ++i) {
      const from = way[i - 1]!, to = way[i]!;
      const y1 = middle(this.nodes[from]!) + (i === 1 ? this.ports[edge]![0] : 0);
      const y2 = middle(this.nodes[to]!) + (i + 1 === way.length ? this.ports[edge]![1] : 0);
      const isArc = this.nodes[from]!.column === this.nodes[to]!.column;
      all.push({
        x1: this.sideX(from, this.isRightwards(from, to)), y1, x2: this.sideX(to, this.isRightwards(to, from)), y2,
        bulge: isArc ? Math.min(this.measures.columnGap * 0.6, least + Math.abs(y2 - y1) * 0.09) : 0,
      });
    }
    return all;
  }
}

/** Pure: the same cards and edges give the same layout. */
export function layoutOf(cards: LaidCard[], edges: LaidEdge[], hasZones: boolean, measures: Measures): Layout {
  return new Arrangement(cards, edges, hasZones, measures).layout();
}
