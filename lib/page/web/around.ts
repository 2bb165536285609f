// What stands around an item: columns by tier, from left to right; in each, what it serves stands
// above what it stands on. Rows are where their neighbours are, on average.

import { h, s, type Child } from './dom.ts';
import { type Data, TierOf, tierNames } from './data.ts';
import { facingShape, pageOf } from './marks.ts';
import { listed, n, t } from './words.ts';

const cardWidth = 204, cardHeight = 44, gap = 14, columnStep = 322, top = 44, zoneHeight = 20, wide = 12;
const mostDrawn = 60, mostInZone = 14;
const hubDegree = 4;

type Zone = 'above' | 'focus' | 'below';
interface Card {
  items: number[];  // More than one: alike.
  column: number;
  zone: Zone;
  y: number;
  more: number;     // Of a card that stands for what is not drawn.
  hub: string;
  uses: string;
}
interface Edge { from: Card; to: Card; isHolding: boolean; isBad: boolean }

export interface Around { above: number[]; below: number[]; holders: number[] }

/** Live items on a way to the focus or from it: downwards as far as the next service. */
export function around(data: Data, focus: number): Around {
  const walk = (next: (item: number) => number[], stops: boolean): number[] => {
    const seen = new Set([focus]);
    const order = [focus];
    for (let at = 0; at < order.length; ++at) {
      const item = order[at]!;
      if (stops && item !== focus && data.isService(item)) continue;
      for (const other of next(item)) {
        if (!seen.has(other) && data.isLive(other)) {
          seen.add(other);
          order.push(other);
        }
      }
    }
    return order.slice(1);
  };
  const above = walk((item) => data.reliedOnBy.of(item), false);
  const isAbove = new Set(above);
  const below = walk((item) => data.relies.of(item), true).filter((item) => !isAbove.has(item));
  const holders = walk((item) => data.holders.of(item), false).filter((item) => data.items.tier[item] === TierOf.portfolio);
  return { above: above.filter((item) => !holders.includes(item)), below, holders };
}

export class Neighbourhood {
  private readonly cards: Card[] = [];
  private readonly edges: Edge[] = [];
  private readonly cardOf = new Map<number, Card>();
  private readonly columns: number[];  // Tiers that have cards.
  private readonly drawn: number;
  private readonly all: number;

  constructor(private readonly data: Data, private readonly focus: number) {
    const found = around(data, focus);
    this.take([focus], 'focus');
    this.takeSome(found.above, 'above');
    this.takeSome(found.below, 'below');
    this.all = found.above.length + found.below.length + 1 + this.takePortfolios();
    this.drawn = this.cardOf.size;
    this.columns = [...new Set(this.cards.map((card) => card.column))].sort();
    this.connect();
    this.place();
  }

  // --- what is drawn

  private column(item: number): number { return Math.min(this.data.items.tier[item]!, TierOf.component); }

  private take(items: number[], zone: Zone): Card {
    const card: Card = { items, column: this.column(items[0]!), zone, y: 0, more: 0, hub: '', uses: '' };
    this.cards.push(card);
    for (const item of items) this.cardOf.set(item, card);
    return card;
  }

  /** The nearest ones; those that are alike as one card, and one card a column for the rest. */
  private takeSome(found: number[], zone: Zone): void {
    const alike = this.alike(found);
    const taken = [0, 0, 0, 0];
    const rest = [0, 0, 0, 0];
    let room = mostDrawn / 2;
    for (const items of alike) {
      const column = this.column(items[0]!);
      if (room > 0 && taken[column]! < mostInZone) {
        this.take(items, zone);
        ++taken[column]!;
        --room;
      } else {
        rest[column]! += items.length;
      }
    }
    rest.forEach((more, column) => {
      if (more > 0) this.cards.push({ items: [], column, zone, y: 0, more, hub: '', uses: '' });
    });
  }

  /** Sets of items that differ in name only, in the order of their first. */
  private alike(found: number[]): number[][] {
    const data = this.data;
    const sets = new Map<string, number[]>();
    const first = new Map<number, number>();  // Of those that are alike.
    for (const item of found) {
      const above = data.reliedOnBy.of(item), below = data.relies.of(item);
      const isPlain = data.findingsOf(item).length === 0 && !data.isService(item) && above.length + below.length < 200;
      const users = new Set(above.map((user) => first.get(user) ?? user));
      const classes = new Set(below.map((used) => data.items.class[used]!));
      const key = isPlain ? [data.items.class[item], data.items.state[item], data.items.owners[item], data.items.operators[item], data.items.environment[item], ...[...users].sort(), -1, ...[...classes].sort()].join(' ') : `=${item}`;
      const set = sets.get(key);
      if (set === undefined) sets.set(key, [item]); else set.push(item);
      first.set(item, set?.[0] ?? item);
    }
    return [...sets.values()];
  }

  /** Those that hold what is drawn; how many there are. */
  private takePortfolios(): number {
    const most = 8;
    const services = this.cards.filter((card) => card.items.length > 0 && this.data.isService(card.items[0]!));
    const holders = new Set<number>();
    for (const card of services) {
      for (const holder of this.data.holders.of(card.items[0]!)) {
        if (this.cardOf.has(holder) || this.data.items.tier[holder] !== TierOf.portfolio || !this.data.isLive(holder)) continue;
        holders.add(holder);
        if (holders.size <= most) this.take([holder], card.zone === 'focus' ? 'above' : card.zone);
      }
    }
    return holders.size;
  }

  private connect(): void {
    const data = this.data;
    const bad = new Set<string>();
    for (const item of this.cardOf.keys()) {
      for (const finding of data.findingsOf(item)) {
        const ends = data.members(finding);
        if (data.kind(finding) === 1 && ends.length === 2) bad.add(`${ends[0]} ${ends[1]}`);
      }
    }
    const seen = new Set<string>();
    const add = (from: number, to: number, isHolding: boolean): void => {
      const one = this.cardOf.get(from)!, other = this.cardOf.get(to);
      if (other === undefined || one === other) return;
      const key = `${this.cards.indexOf(one)} ${this.cards.indexOf(other)}`;
      if (seen.has(key)) return;
      seen.add(key);
      this.edges.push({ from: one, to: other, isHolding, isBad: bad.has(`${from} ${to}`) });
    };
    for (const item of [...this.cardOf.keys()]) {
      if (data.items.tier[item] === TierOf.portfolio) {
        for (const held of data.holds.of(item)) add(item, held, true);
      } else {
        for (const used of data.relies.of(item)) add(item, used, false);
      }
    }
    this.markHubs();
  }

  /** What many rely on has a letter instead of lines. */
  private markHubs(): void {
    let letter = 0;
    for (const card of this.cards) {
      const lines = this.edges.filter((edge) => edge.to === card && !edge.isHolding && !edge.isBad && edge.from.zone !== 'focus');
      if (card.zone !== 'below' || lines.length < hubDegree || letter > 25) continue;
      card.hub = String.fromCharCode(97 + letter++);
      for (const line of lines) {
        line.from.uses += card.hub;
        this.edges.splice(this.edges.indexOf(line), 1);
      }
    }
  }

  // --- where it is drawn

  private inColumn(column: number): Card[] { return this.cards.filter((card) => card.column === column); }

  private place(): void {
    const rank: Record<Zone, number> = { above: 0, focus: 1, below: 2 };
    const neighbours = new Map<Card, Card[]>();
    for (const card of this.cards) neighbours.set(card, []);
    for (const { from, to } of this.edges) {
      neighbours.get(from)!.push(to);
      neighbours.get(to)!.push(from);
    }
    for (const column of this.columns) this.inColumn(column).sort((a, b) => rank[a.zone] - rank[b.zone]).forEach((card, i) => { card.y = i * (cardHeight + gap); });
    const sweeps = 24;
    for (let sweep = 0; sweep < sweeps; ++sweep) {
      const order = sweep % 2 === 0 ? this.columns : [...this.columns].reverse();
      for (const column of order) {
        const cards = this.inColumn(column);
        const wanted = new Map(cards.map((card) => {
          const others = neighbours.get(card)!;
          return [card, card.more > 0 ? Infinity : others.length === 0 ? card.y : others.reduce((sum, other) => sum + other.y, 0) / others.length] as const;
        }));
        cards.sort((a, b) => rank[a.zone] - rank[b.zone] || wanted.get(a)! - wanted.get(b)! || a.y - b.y);
        this.settle(cards, cards.map((card, i) => card.more > 0 ? (cards[i - 1] === undefined ? card.y : Math.min(wanted.get(cards[i - 1]!)!, 1e6)) : wanted.get(card)!));
      }
    }
    const least = Math.min(...this.cards.map((card) => card.y - this.zoneSpace(card)));
    for (const card of this.cards) card.y = Math.round(card.y - least + top);
  }

  /** Room for the words above the first card of a zone. */
  private zoneSpace(card: Card): number {
    return card.zone !== 'focus' && this.isFirstOfZone(card) ? zoneHeight : 0;
  }
  private isFirstOfZone(card: Card): boolean {
    return !this.cards.some((other) => other !== card && other.column === card.column && other.zone === card.zone && other.y < card.y);
  }

  /** As near as can be to where they want to be, in their order, without touching. */
  private settle(cards: Card[], wanted: number[]): void {
    const offsets: number[] = [];
    let offset = 0;
    cards.forEach((card, i) => {
      if (i > 0) offset += cardHeight + gap + (card.zone !== cards[i - 1]!.zone ? zoneHeight : 0);
      offsets.push(offset);
    });
    const blocks: { sum: number; count: number }[] = [];
    wanted.forEach((y, i) => {
      blocks.push({ sum: y - offsets[i]!, count: 1 });
      while (blocks.length > 1) {
        const last = blocks[blocks.length - 1]!, before = blocks[blocks.length - 2]!;
        if (before.sum / before.count <= last.sum / last.count) break;
        blocks.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count });
      }
    });
    let i = 0;
    for (const block of blocks) {
      for (let k = 0; k < block.count; ++k, ++i) cards[i]!.y = block.sum / block.count + offsets[i]!;
    }
  }

  private x(card: Card): number { return wide + this.columns.indexOf(card.column) * columnStep; }

  // --- drawing

  draw(): HTMLElement {
    if (this.cards.length === 1) return h('p', { class: 'empty' }, t.nothingAround);
    const width = 2 * wide + (this.columns.length - 1) * columnStep + cardWidth + 40;
    const height = Math.max(...this.cards.map((card) => card.y)) + cardHeight + 14;
    const picture = s('svg', { class: 'picture', viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': t.aroundLabel(this.data.items.name[this.focus]!) });
    picture.style.maxWidth = `${width}px`;
    for (const column of this.columns) picture.append(...this.columnHead(column));
    picture.append(...this.lines(), ...this.cards.map((card) => this.drawCard(card)));
    picture.addEventListener('keydown', (event) => this.walk(event as KeyboardEvent, picture));
    return h('div', {}, h('figure', { class: 'wide' }, picture), this.key(),
      h('p', { class: 'note' }, t.drawn(this.drawn, this.all), ' ', t.aroundSaid));
  }

  private columnHead(column: number): Child[] & Node[] {
    const x = wide + this.columns.indexOf(column) * columnStep;
    const amount = this.cards.filter((card) => card.column === column).reduce((sum, card) => sum + card.items.length + card.more, 0);
    const zones = (['above', 'below'] as Zone[]).map((zone) => {
      const first = this.cards.filter((card) => card.column === column && card.zone === zone).sort((a, b) => a.y - b.y)[0];
      return first === undefined || column === 0 ? null : s('text', { x: x + 2, y: first.y - 6, class: 'zone' }, zone === 'above' ? t.itServes : t.itStandsOn);
    }).filter((zone) => zone !== null);
    return [s('text', { x, y: 14, class: 'tier' }, t.tiers[tierNames[column]!]!), s('text', { x: x + cardWidth, y: 14, class: 'zone', 'text-anchor': 'end' }, n(amount)),
      s('path', { d: `M${x} 22H${x + cardWidth}`, class: 'hair' }), ...zones] as Node[];
  }

  /** Where each edge meets a side of a card: spread, in the order of the other ends. */
  private ports(): Map<Edge, { from: number; to: number }> {
    const ports = new Map(this.edges.map((edge) => [edge, { from: 0, to: 0 }]));
    for (const card of this.cards) {
      for (const isRight of [true, false]) {
        const here = this.edges.flatMap((edge) => ([['from', edge.from, edge.to], ['to', edge.to, edge.from]] as const)
          .filter(([end, own]) => own === card && (edge.from.column === edge.to.column || (end === 'from' ? edge.from.column < edge.to.column : edge.to.column < edge.from.column)) === isRight)
          .map(([end, , other]) => ({ edge, end, y: other.y })));
        here.sort((a, b) => a.y - b.y);
        const step = Math.min(7, (cardHeight - 12) / Math.max(1, here.length - 1));
        here.forEach(({ edge, end }, i) => { ports.get(edge)![end] = card.y + cardHeight / 2 + (i - (here.length - 1) / 2) * step; });
      }
    }
    return ports;
  }

  private lines(): Node[] {
    const ports = this.ports();
    return this.edges.map((edge) => {
      const { from: y1, to: y2 } = ports.get(edge)!;
      const isInside = edge.from.column === edge.to.column;
      const toRight = edge.from.column < edge.to.column;
      const x1 = this.x(edge.from) + (toRight || isInside ? cardWidth : 0);
      const x2 = this.x(edge.to) + (toRight ? 0 : cardWidth);
      const bend = isInside ? Math.min(46, 16 + Math.abs(y2 - y1) / 8) : (x2 - x1) / 2;
      const tip = toRight ? -7 : 7;
      const path = `M${x1} ${y1}C${x1 + bend} ${y1} ${isInside ? x2 + bend : x2 - bend} ${y2} ${x2 + tip} ${y2}`;
      const kind = edge.isHolding ? 'edge holding' : edge.isBad ? 'edge bad' : 'edge';
      return s('g', { class: kind }, s('path', { d: edge.isHolding ? path.replace(/[\d.]+ ([\d.]+)$/, `${x2} $1`) : path, class: 'line' }),
        !edge.isHolding && s('path', { d: `M${x2} ${y2}l${tip * 1.15} -3.6v7.2Z`, class: 'tip' }));
    });
  }

  private drawCard(card: Card): SVGElement {
    const x = this.x(card);
    if (card.more > 0) {
      const what = card.zone === 'above' ? t.itServes : t.itStandsOn;
      return s('g', { class: 'node rest' }, s('title', {}, t.moreOf(card.more, what)), s('rect', { x, y: card.y, width: cardWidth, height: cardHeight, rx: 3 }),
        s('text', { x: x + 12, y: card.y + 27, class: 'who' }, t.more(card.more)));
    }
    const data = this.data;
    const item = card.items[0]!;
    const findings = card.items.flatMap((one) => data.findingsOf(one));
    const isGrave = findings.some((finding) => data.severity(finding) >= 3);
    const isAlarm = data.isUnowned(item) && data.isLive(item);
    const classes = ['node', card.zone === 'focus' ? 'focus' : '', isAlarm ? 'none' : '', data.items.tier[item] === TierOf.portfolio ? 'holder' : ''].filter((one) => one !== '').join(' ');
    const glyph = data.isService(item);
    const inner = x + (glyph ? 26 : 12);
    const badges = (findings.length > 0 ? 22 : 0) + (card.hub + card.uses).length * 18 + (card.items.length > 1 ? 26 : 0);
    const who = this.who(item, isAlarm);
    const label = `${namesOf(data, card.items)}, ${t.tier[tierNames[data.items.tier[item]!]!]}, ${who}${findings.length > 0 ? `, ${t.findingsOn(findings.length)}` : ''}`;
    const content: Child[] = [
      s('title', {}, label),
      card.items.length > 1 && s('rect', { x: x + 4, y: card.y + 4, width: cardWidth, height: cardHeight, rx: 3, class: 'behind' }),
      s('rect', { x, y: card.y, width: cardWidth, height: cardHeight, rx: 3, class: 'body' }),
      ...(glyph ? facingShape(data.items.facing[item]!, x + 16, card.y + 15) : []),
      s('text', { x: inner, y: card.y + 19, class: 'called' }, cut(namesOf(data, card.items), '600 13px', cardWidth - (inner - x) - 10 - badges)),
      isAlarm && s('rect', { x: x + 10, y: card.y + 25, width: 68, height: 14, rx: 2, class: 'alarm' }),
      s('text', { x: isAlarm ? x + 14 : x + 12, y: card.y + 36, class: isAlarm ? 'alarm-word' : 'who' }, cut(who, '12px', cardWidth - 24)),
    ];
    let right = x + cardWidth - 15;
    if (findings.length > 0) {
      content.push(s('circle', { cx: right, cy: card.y + 14, r: 8.5, class: isGrave ? 'count grave' : 'count' }), s('text', { x: right, y: card.y + 18, 'text-anchor': 'middle', class: isGrave ? 'digit grave' : 'digit' }, findings.length > 99 ? '99' : findings.length));
      right -= 22;
    }
    for (const letter of card.hub + card.uses) {
      content.push(s('circle', { cx: right, cy: card.y + 14, r: 7.5, class: card.hub === letter ? 'letter hub' : 'letter' }), s('text', { x: right, y: card.y + 17.5, 'text-anchor': 'middle', class: 'letter-word' }, letter));
      right -= 18;
    }
    if (card.items.length > 1) content.push(s('text', { x: right + 8, y: card.y + 18, 'text-anchor': 'end', class: 'who' }, t.times(card.items.length)));
    return s('a', { class: classes, href: pageOf(data, item), 'aria-label': label, 'data-card': this.cards.indexOf(card) }, ...content);
  }

  private who(item: number, isAlarm: boolean): string {
    const data = this.data;
    if (isAlarm) return t.noOwner.toUpperCase();
    const owners = data.owners(item).map((party) => data.partyName(party));
    if (owners.length > 0) return listed(owners, 1);
    const groups = data.operators(item).map((party) => data.partyName(party));
    return groups.length > 0 ? t.runs(listed(groups, 1)) : data.isLive(item) ? t.notExported : t.needsNoOwner;
  }

  private key(): HTMLElement {
    const line = (kind: string): SVGElement => s('svg', { viewBox: '0 0 26 10', class: 'sample', 'aria-hidden': 'true' }, s('g', { class: `edge ${kind}` }, s('path', { d: 'M0 5H20', class: 'line' }), kind !== 'holding' && s('path', { d: 'M26 5l-8 -3.6v7.2Z', class: 'tip' })));
    const has = (condition: (edge: Edge) => boolean): boolean => this.edges.some(condition);
    return h('p', { class: 'legend' },
      has((edge) => !edge.isHolding) && h('span', {}, line(''), t.reliesOn),
      has((edge) => edge.isHolding) && h('span', {}, line('holding'), t.portfolioHolds),
      has((edge) => edge.isBad) && h('span', {}, line('bad'), t.relationBad),
      this.cards.some((card) => card.hub !== '') && h('span', {}, h('i', { class: 'letter-key' }, 'a'), t.reliesOn + ' …'),
      this.cards.some((card) => card.items.length > 1) && h('span', {}, h('i', { class: 'alike-key' }), t.alikeCards));
  }

  /** Arrow keys lead to the nearest card in their direction. */
  private walk(event: KeyboardEvent, picture: SVGElement): void {
    const steps: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const step = steps[event.key];
    const now = (document.activeElement as SVGElement | null)?.dataset['card'];
    if (step === undefined || now === undefined) return;
    event.preventDefault();
    const here = this.cards[Number(now)]!;
    let best = -1, least = Infinity;
    this.cards.forEach((card, i) => {
      const dx = this.x(card) - this.x(here), dy = card.y - here.y;
      const along = dx * step[0] + dy * step[1];
      const across = Math.abs(step[0] !== 0 ? dy : dx);
      const far = step[0] !== 0 ? 4 * along + across : along;
      if (card.more === 0 && along > 0 && far < least && (step[0] !== 0 || dx === 0)) {
        best = i;
        least = far;
      }
    });
    picture.querySelector<SVGElement>(`[data-card="${best}"]`)?.focus();
  }
}

/** `web-01, 02`: what is the same at the beginning is said once. */
export function namesOf(data: Data, items: number[]): string {
  const names = items.slice(0, 4).map((item) => data.items.name[item]!);
  const [first = '', ...others] = names;
  let same = 0;
  while (same < first.length && others.every((other) => other[same] === first[same])) ++same;
  while (same > 0 && /[\p{L}\p{N}]/u.test(first[same - 1]!)) --same;
  return [first, ...others.map((other) => other.slice(same))].join(', ') + (items.length > 4 ? ' …' : '');
}

let ruler: CanvasRenderingContext2D | null = null;

/** As much of a text as has room, with an ellipsis where that is not all. */
export function cut(text: string, font: string, room: number): string {
  ruler ??= document.createElement('canvas').getContext('2d');
  if (ruler === null) return text;
  ruler.font = `${font} ${getComputedStyle(document.body).fontFamily}`;
  if (ruler.measureText(text).width <= room) return text;
  const letters = [...text.slice(0, 200)];
  let low = 0, high = letters.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ruler.measureText(letters.slice(0, middle).join('') + '…').width <= room) low = middle; else high = middle - 1;
  }
  return letters.slice(0, low).join('') + '…';
}

