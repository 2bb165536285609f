// What stands around an item: columns by tier, from left to right; in each, what it serves stands
// above what it stands on. layout.ts says where.

import { h, s, type Child } from './dom.ts';
import { type Data, TierOf, stateNames, tierNames } from './data.ts';
import { type Layout, layoutOf, pile } from './layout.ts';
import { facingShape, pageOf } from './marks.ts';
import { listed, n, t } from './words.ts';

const cardWidth = 204, cardHeight = 44, columnGap = 118, top = 44, wide = 12, tip = 7;
const mostDrawn = 60, mostInZone = 14;
const hubDegree = 4, mostHubs = 8;

type Zone = 'above' | 'centre' | 'below';
interface Card {
  items: number[];  // More than one: alike.
  column: number;
  zone: Zone;
  distance: number;    // Steps from the focus, which is at none.
  isUnopened: boolean; // What it stands on itself is not looked at.
  beginsZone: boolean;
  y: number;
  more: number;     // Of a card that stands for what is not drawn.
  hub: string;
  uses: string;
}
interface Edge { from: Card; to: Card; isHolding: boolean; isBad: boolean }

export interface Around { above: number[]; below: number[]; holders: number[]; distance: Map<number, number> }

/** Live items on a way to the focus or from it: downwards as far as the next service. */
export function around(data: Data, focus: number): Around {
  const distance = new Map([[focus, 0]]);
  const walk = (next: (item: number) => number[], stops: boolean): number[] => {
    const steps = new Map([[focus, 0]]);
    const order = [focus];
    for (let at = 0; at < order.length; ++at) {
      const item = order[at]!;
      if (stops && item !== focus && data.isService(item)) continue;
      for (const other of next(item)) {
        if (!steps.has(other) && data.isLive(other)) {
          steps.set(other, steps.get(item)! + 1);
          if (!distance.has(other)) distance.set(other, steps.get(other)!);
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
  return { above: above.filter((item) => !holders.includes(item)), below, holders, distance };
}

export class Neighbourhood {
  private readonly cards: Card[] = [];
  private readonly edges: Edge[] = [];
  private readonly cardOf = new Map<number, Card>();
  private readonly columns: number[];  // Tiers that have cards.
  private readonly drawn: number;
  private readonly all: number;
  private readonly distance: Map<number, number>;
  private layout!: Layout;

  constructor(private readonly data: Data, private readonly focus: number) {
    const found = around(data, focus);
    this.distance = found.distance;
    this.take([focus], 'centre');
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
    const distance = this.distance.get(items[0]!) ?? 1;
    const card: Card = { items, column: this.column(items[0]!), zone, distance, isUnopened: zone === 'below' && this.data.isService(items[0]!), beginsZone: false, y: 0, more: 0, hub: '', uses: '' };
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
      if (more > 0) this.cards.push({ items: [], column, zone, distance: 1000, isUnopened: false, beginsZone: false, y: 0, more, hub: '', uses: '' });
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
        if (holders.size <= most) this.take([holder], card.zone).distance = card.distance + 1;
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
      if (other === undefined || one === other || (!isHolding && !this.isDrawn(one, other))) return;
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

  /** What is above passes by what is below; what is not opened leads to the focus only. */
  private isDrawn(from: Card, to: Card): boolean {
    return !(from.zone === 'above' && to.zone === 'below') && !(from.isUnopened && to.distance !== 0);
  }

  /** What many rely on has a letter instead of lines. */
  private markHubs(): void {
    let letter = 0;
    for (const card of this.cards) {
      const lines = this.edges.filter((edge) => edge.to === card && !edge.isHolding);
      if (card.distance === 0 || lines.length < hubDegree || letter >= mostHubs) continue;
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
    const zones: Record<Zone, number> = { above: -1, centre: 0, below: 1 };
    const number = new Map(this.cards.map((card, i) => [card, i]));
    this.layout = layoutOf(
      this.cards.map((card) => ({ column: card.column, zone: zones[card.zone], distance: card.distance, isHub: card.hub !== '', isFocus: false, isPile: card.items.length > 1 })),
      this.edges.map((edge) => ({ from: number.get(edge.from)!, to: number.get(edge.to)! })), true,
      { width: cardWidth, height: cardHeight, columnGap });
    this.cards.forEach((card, i) => {
      card.y = this.layout.cards[i]!.y + top;
      card.beginsZone = this.layout.beginsZone[i]!;
    });
  }

  private x(card: Card): number { return wide + this.layout.columnX[card.column]!; }

  // --- drawing

  draw(): HTMLElement {
    if (this.cards.length === 1) return h('p', { class: 'empty' }, t.nothingAround);
    const width = 2 * wide + this.layout.width + 40;
    const height = top + this.layout.height + 14;
    const picture = s('svg', { class: 'picture', viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': t.aroundLabel(this.data.items.name[this.focus]!) });
    picture.style.maxWidth = `${width}px`;
    for (const column of this.columns) picture.append(...this.columnHead(column));
    picture.append(...this.lines(), ...this.cards.map((card) => this.drawCard(card)));
    picture.addEventListener('keydown', (event) => this.walk(event as KeyboardEvent, picture));
    return h('div', {}, h('figure', { class: 'wide' }, picture), this.key(),
      h('p', { class: 'note' }, t.drawn(this.drawn, this.all), ' ', t.aroundSaid));
  }

  private columnHead(column: number): Child[] & Node[] {
    const x = wide + this.layout.columnX[column]!;
    const amount = this.inColumn(column).reduce((sum, card) => sum + card.items.length + card.more, 0);
    const zones = this.inColumn(column).filter((card) => card.beginsZone)
      .map((card) => s('text', { x: x + 2, y: card.y - 6, class: 'zone' }, card.zone === 'above' ? t.itServes : t.itStandsOn));
    return [s('text', { x, y: 14, class: 'tier' }, t.tiers[tierNames[column]!]!), s('text', { x: x + cardWidth, y: 14, class: 'zone', 'text-anchor': 'end' }, n(amount)),
      s('path', { d: `M${x} 22H${x + cardWidth}`, class: 'hair' }), ...zones] as Node[];
  }

  /** Level through the columns that it passes, in its own place there. */
  private lines(): Node[] {
    return this.edges.map((edge, i) => {
      const stretches = this.layout.edges[i]!;
      const last = stretches[stretches.length - 1]!;
      const direction = last.bulge > 0 ? -1 : last.x2 > last.x1 ? 1 : -1;
      const path = stretches.map((one, k) => {
        const isLast = k === stretches.length - 1;
        const end = one.x2 - (isLast && !edge.isHolding ? direction * tip : 0);
        const first = one.bulge > 0 ? one.x1 + one.bulge : (one.x1 + end) / 2;
        const second = one.bulge > 0 ? one.x1 + one.bulge : (one.x1 + end) / 2;
        return `${k === 0 ? `M${wide + one.x1} ${top + one.y1}` : `H${wide + one.x1}`}C${wide + first} ${top + one.y1} ${wide + second} ${top + one.y2} ${wide + end} ${top + one.y2}`;
      }).join('');
      const kind = edge.isHolding ? 'edge holding' : edge.isBad ? 'edge bad' : 'edge';
      return s('g', { class: kind }, s('path', { d: path, class: 'under' }), s('path', { d: path, class: 'line' }),
        !edge.isHolding && s('path', { d: `M${wide + last.x2} ${top + last.y2}l${-direction * (tip + 1)} -3.6v7.2Z`, class: 'tip' }));
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
    const classes = ['node', card.distance === 0 ? 'focus' : '', isAlarm ? 'none' : '', data.items.tier[item] === TierOf.portfolio ? 'holder' : ''].filter((one) => one !== '').join(' ');
    const glyph = data.isService(item);
    const inner = x + (glyph ? 26 : 12);
    const badges = (findings.length > 0 ? 22 : 0) + (card.hub + card.uses).length * 18 + (card.items.length > 1 ? 26 : 0);
    const who = this.who(item, isAlarm);
    const label = `${namesOf(data, card.items)}, ${t.tier[tierNames[data.items.tier[item]!]!]}, ${who}${findings.length > 0 ? `, ${t.findingsOn(findings.length)}` : ''}`;
    const content: Child[] = [
      s('title', {}, label),
      card.items.length > 1 && s('rect', { x: x + pile, y: card.y + pile, width: cardWidth, height: cardHeight, rx: 3, class: 'behind' }),
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
    return groups.length > 0 ? t.runs(listed(groups, 1)) : data.isLive(item) ? t.notExported : t.notLive(stateNames[data.items.state[item]!]!);
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

