// The accountability map: portfolios are boxes, their services are cards in them, the worst first.
// Many services are a line each; of very many, only the first of each box are there.

import { h, s, replaceChildren, type Child } from './dom.ts';
import { type Data, TierOf, facingNames, inSlices, stateNames } from './data.ts';
import { badge, facing, itemLink, name, pageOf, supportsNobody, whoAnswers } from './marks.ts';
import { listed, n, t } from './words.ts';

const mostCards = 90, mostLines = 700, linesInBox = 10, mostBoxes = 48, mostSteps = 400, mostBars = 14;
const cardWidth = 188, widestCard = 214, cardGap = 8, boxPadding = 24, boxGap = 16;

interface Box { portfolio: number; services: number[]; unowned: number; idle: number }

export class ServiceMap {
  readonly element = h('section', { class: 'map-part' });
  private readonly map = h('div', { class: 'map' });
  private readonly chosen = h('div', { class: 'chosen' });
  private readonly curves = s('svg', { class: 'curves', 'aria-hidden': 'true' });
  private readonly cards = new Map<number, HTMLElement>();
  private readonly idle = new Set<number>();
  private filter = 'all';

  constructor(private readonly data: Data) {}

  async draw(): Promise<void> {
    const data = this.data;
    const services: number[] = [];
    for (let item = 0; item < data.items.count && data.items.tier[item]! <= TierOf.service; ++item) if (data.isService(item)) services.push(item);
    if (services.length === 0) return;
    await inSlices(services.length, (i) => { if (supportsNobody(data, services[i]!)) this.idle.add(services[i]!); });
    const boxes = this.boxes(services);
    const form = services.length <= mostCards ? 'cards' : 'lines';
    const shownInBox = services.length <= mostLines ? Infinity : linesInBox;
    const shown = boxes.slice(0, mostBoxes);
    if (form === 'cards') this.pack(shown);
    await inSlices(shown.length, (i) => { this.map.append(this.box(shown[i]!, form, shownInBox)); });
    this.map.append(this.curves);
    this.map.classList.add(`as-${form}`);
    this.unchoose();
    replaceChildren(this.element, h('div', { class: 'maphead' }, h('h2', {}, t.map), h('p', { class: 'said' }, form === 'cards' ? t.mapSaid : t.mapLarge), form === 'cards' && this.filters(services)),
      form === 'cards' && this.chosen, this.map, boxes.length > mostBoxes && h('p', { class: 'quiet' }, t.morePortfolios(boxes.length - mostBoxes)), this.legend(services));
  }

  // --- what is in which box

  private rank(service: number): number {
    const data = this.data;
    const isLive = data.isLive(service);
    const faces = [0, 1, 3, 2][data.items.facing[service]!]!;
    return (isLive && data.isUnowned(service) ? 0 : isLive ? (this.idle.has(service) ? 200 : 100) : 300) + faces * 10 + (data.items.criticality[service] || 5);
  }

  private boxes(services: number[]): Box[] {
    const data = this.data;
    const byPortfolio = new Map<number, Box>();
    for (const service of services) {
      const portfolio = data.items.portfolio[service]!;
      let box = byPortfolio.get(portfolio);
      if (box === undefined) byPortfolio.set(portfolio, box = { portfolio, services: [], unowned: 0, idle: 0 });
      box.services.push(service);
      if (data.isLive(service) && data.isUnowned(service)) ++box.unowned;
      if (this.idle.has(service)) ++box.idle;
    }
    for (const box of byPortfolio.values()) {
      const ranks = new Map(box.services.map((service) => [service, this.rank(service)]));
      box.services.sort((a, b) => ranks.get(a)! - ranks.get(b)! || (data.items.name[a]! < data.items.name[b]! ? -1 : 1));
    }
    const last = (box: Box): number => box.portfolio < 0 ? 1 : 0;
    return [...byPortfolio.values()].sort((a, b) => last(a) - last(b) || b.unowned + b.idle - a.unowned - a.idle || b.services.length - a.services.length || a.portfolio - b.portfolio);
  }

  /** How many cards wide each box is: on a shelf all have as many rows, and there are as few rows in all as can be. */
  private pack(boxes: Box[]): void {
    const page = document.getElementById('content')!;
    const room = page.clientWidth - 2 * parseFloat(getComputedStyle(page).paddingLeft) - 1;
    const widthOf = (columns: number): number => columns * cardWidth + (columns - 1) * cardGap + boxPadding;
    const rowsOf = (begin: number, end: number): number => {
      for (let rows = 1; ; ++rows) {
        const width = boxes.slice(begin, end).reduce((sum, box) => sum + widthOf(Math.ceil(box.services.length / rows)) + boxGap, -boxGap);
        if (width <= room) return rows;
        if (rows > mostCards) return Infinity;
      }
    };
    const head = 1;
    const best: { rows: number; begin: number }[] = [{ rows: 0, begin: 0 }];
    for (let end = 1; end <= boxes.length; ++end) {
      best[end] = { rows: Infinity, begin: end - 1 };
      for (let begin = Math.max(0, end - 6); begin < end; ++begin) {
        const rows = best[begin]!.rows + rowsOf(begin, end) + head;
        if (rows < best[end]!.rows) best[end] = { rows, begin };
      }
    }
    for (let end = boxes.length; end > 0; end = best[end]!.begin) {
      const rows = rowsOf(best[end]!.begin, end);
      const shelf = boxes.slice(best[end]!.begin, end);
      const columns = shelf.map((box) => Number.isFinite(rows) ? Math.ceil(box.services.length / rows) : 1);
      const all = columns.reduce((sum, one) => sum + one, 0);
      const width = Math.min(widestCard, Math.floor((room - (all - shelf.length) * cardGap - shelf.length * boxPadding - (shelf.length - 1) * boxGap) / all));
      shelf.forEach((box, i) => this.shape.set(box, { columns: columns[i]!, width }));
    }
  }
  private readonly shape = new Map<Box, { columns: number; width: number }>();

  // --- a box

  private box(box: Box, form: string, most: number): HTMLElement {
    const data = this.data;
    const shown = box.services.slice(0, most);
    const isNone = box.portfolio < 0;
    const parents = isNone ? [] : data.holders.of(box.portfolio).filter((holder) => data.items.tier[holder] === TierOf.portfolio);
    const counts = t.boxCounts(box.unowned, box.idle);
    const element = h('div', { class: isNone ? 'box outside' : 'box', role: 'group', 'aria-label': isNone ? t.inNoPortfolio : data.items.name[box.portfolio]! },
      h('header', {},
        h('span', { class: 'in' }, isNone ? '' : parents.length > 0 ? t.inside(listed(parents.map((parent) => data.items.name[parent]!), 1)) : t.portfolio),
        h('div', {}, h('h3', {}, isNone ? t.inNoPortfolio : itemLink(data, box.portfolio)), h('span', { class: 'num' }, `${n(box.services.length)} ${t.some['service']![box.services.length === 1 ? 0 : 1]}`)),
        h('div', {}, h('span', { class: 'own' }, ...(isNone ? [t.nobodyPlans] : whoAnswers(data, box.portfolio))), counts !== '' && h('span', { class: 'num' }, counts))),
      form === 'cards' ? h('div', { class: 'cards' }, ...shown.map((service) => this.card(service)))
        : h('ul', { class: 'held' }, ...shown.map((service) => this.line(service))),
      box.services.length > shown.length && h('p', { class: 'quiet' }, isNone ? t.moreServices(box.services.length - shown.length)
        : h('a', { href: pageOf(data, box.portfolio), class: 'to' }, t.moreServices(box.services.length - shown.length))));
    const shape = this.shape.get(box);
    if (shape !== undefined) {
      element.style.setProperty('--k', String(shape.columns));
      element.style.setProperty('--w', `${shape.width}px`);
    }
    return element;
  }

  private line(service: number): HTMLElement {
    const data = this.data;
    return h('li', {}, h('span', { class: 'item' }, facing(data, service), itemLink(data, service), ' ', badge(data, service)),
      h('span', { class: 'who' }, this.idle.has(service) && h('b', { class: 'idle-word' }, t.supportsNobody), ' ', ...whoAnswers(data, service)));
  }

  private card(service: number): HTMLElement {
    const data = this.data;
    const isLive = data.isLive(service);
    const isIdle = this.idle.has(service);
    const kinds = ['card', isLive && data.isUnowned(service) ? 'none' : '', isIdle ? 'orphan' : '', isLive ? '' : 'idle'].filter((kind) => kind !== '').join(' ');
    const foot = !isLive ? t.state[stateNames[data.items.state[service]!]!]! : isIdle ? t.supportsNobody : t.facing[facingNames[data.items.facing[service]!]!]!;
    const card = h('a', { class: kinds, href: pageOf(data, service), onpointerenter: () => this.choose(service), onfocus: () => this.choose(service), onpointerleave: () => this.unchoose(), onblur: () => this.unchoose() },
      h('span', { class: 'role', 'aria-hidden': 'true' }),
      h('span', { class: 'title' }, facing(data, service), name(data.items.name[service]!), badge(data, service)),
      h('span', { class: 'own' }, ...whoAnswers(data, service, false)),
      h('span', { class: 'foot' }, this.bars(service), h('span', {}, foot)));
    this.cards.set(service, card);
    return card;
  }

  /** One for each system (tall) and component (short) below, as far as the next service. */
  private bars(service: number): Child {
    const data = this.data;
    const seen = new Set([service]);
    const order = [service];
    for (let at = 0; at < order.length && order.length < mostSteps; ++at) {
      for (const next of data.relies.of(order[at]!)) {
        if (!seen.has(next) && data.isLive(next) && !data.isService(next)) {
          seen.add(next);
          order.push(next);
        }
      }
    }
    const parts = order.slice(1).sort((a, b) => data.items.tier[a]! - data.items.tier[b]!);
    if (parts.length === 0) return h('span', {});
    const shape = (item: number): string => data.owners(item).length > 0 ? 'owner' : data.items.ownerExported[item] !== 1 && data.operators(item).length === 0 ? 'unknown' : data.operators(item).length > 0 ? 'group' : 'nobody';
    const words = (['system', 'component'] as const).map((tier, i) => [tier, parts.filter((item) => data.items.tier[item] === i + 2).length] as const).filter(([, amount]) => amount > 0)
      .map(([tier, amount]) => `${n(amount)} ${t.some[tier]![amount === 1 ? 0 : 1]}`).join(', ');
    const label = `${words}; ${(['owner', 'group', 'nobody', 'unknown'] as const).map((kind) => [kind, parts.filter((item) => shape(item) === kind).length] as const)
      .filter(([, amount]) => amount > 0).map(([kind, amount]) => `${n(amount)}: ${t.key[kind]}`).join(', ')}`;
    const picture = s('svg', { class: 'bars', role: 'img', 'aria-label': label, viewBox: `0 0 ${Math.min(parts.length, mostBars) * 5} 10` }, s('title', {}, label));
    if (parts.length <= mostBars) {
      parts.forEach((item, i) => {
        const tall = data.items.tier[item] === TierOf.system ? 10 : 6;
        picture.append(s('rect', { x: i * 5 + 0.5, y: 10 - tall + 0.5, width: 3, height: tall - 1, class: shape(item) }));
      });
      picture.style.width = `${parts.length * 5}px`;
    } else {
      const width = mostBars * 5;
      let x = 0;
      for (const kind of ['owner', 'group', 'nobody', 'unknown']) {
        const part = parts.filter((item) => shape(item) === kind).length / parts.length * width;
        if (part > 0) picture.append(s('rect', { x: x + 0.5, y: 2.5, width: Math.max(1, part - 1.5), height: 6, class: kind }));
        x += part;
      }
      picture.style.width = `${width}px`;
    }
    return picture;
  }

  // --- pointing at one

  /** The next services in one direction. */
  private next(service: number, edges: { of(item: number): number[] }): number[] {
    const data = this.data;
    const seen = new Set([service]);
    const order = [service];
    const found: number[] = [];
    for (let at = 0; at < order.length && order.length < 5000; ++at) {
      for (const other of edges.of(order[at]!)) {
        if (seen.has(other) || !data.isLive(other)) continue;
        seen.add(other);
        if (data.isService(other)) found.push(other); else order.push(other);
      }
    }
    return found;
  }

  private choose(service: number): void {
    this.clear();
    const data = this.data;
    const above = this.next(service, data.reliedOnBy), below = this.next(service, data.relies).filter((other) => !above.includes(other));
    this.map.classList.add('choosing');
    this.cards.get(service)?.classList.add('chosen-one');
    const mark = (items: number[], kind: string, word: string): void => {
      for (const item of items) {
        const card = this.cards.get(item);
        card?.classList.add(kind);
        const role = card?.querySelector('.role');
        if (role !== null && role !== undefined) role.textContent = word;
      }
    };
    mark(above, 'serves', t.isServed);
    mark(below, 'stands', t.standsUnder);
    this.drawCurves(service, above, below);
    const names = (items: number[], none: string): string => items.length === 0 ? none : listed(items.map((item) => data.items.name[item]!), 6);
    replaceChildren(this.chosen, h('b', {}, name(data.items.name[service]!)),
      h('span', {}, h('b', {}, t.chosen.serves), ' ', names(above, data.isCustomerFacing(service) ? t.customers.toLowerCase() : t.chosen.nobody)),
      h('span', {}, h('b', {}, t.chosen.standsOn), ' ', names(below, ''), below.length > 0 ? '; ' : '', this.ground(service)));
  }

  private ground(service: number): string {
    const below = this.data.reach1(service, this.data.relies).order;
    const parts = ([['system', 2], ['component', 3]] as const).map(([tier, i]) => [tier, below.filter((item) => this.data.items.tier[item] === i).length] as const)
      .filter(([, amount]) => amount > 0).map(([tier, amount]) => `${n(amount)} ${t.some[tier]![amount === 1 ? 0 : 1]}`);
    return parts.length === 0 ? t.chosen.nothing : parts.join(', ');
  }

  private clear(): void {
    this.map.classList.remove('choosing');
    for (const card of this.cards.values()) card.classList.remove('chosen-one', 'serves', 'stands');
    this.curves.replaceChildren();
  }

  private unchoose(): void {
    this.clear();
    replaceChildren(this.chosen, h('span', { class: 'quiet' }, t.chosen.none));
  }

  /** From a card along the gutters between boxes and rows: out at the nearer edge, then across. */
  private drawCurves(service: number, above: number[], below: number[]): void {
    const most = 24;
    const frame = this.map.getBoundingClientRect();
    const of = (item: number): DOMRect | undefined => { const card = this.cards.get(item); return card === undefined || card.hidden ? undefined : card.getBoundingClientRect(); };
    const here = of(service);
    if (here === undefined) return;
    for (const other of [...above, ...below].slice(0, most)) {
      const there = of(other);
      if (there === undefined) continue;
      const isSameRow = Math.abs(there.top - here.top) < 20;
      const down = there.top > here.top;
      const x1 = here.left + here.width / 2 - frame.left, x2 = there.left + there.width / 2 - frame.left;
      const y1 = (isSameRow || !down ? here.top : here.bottom) - frame.top, y2 = (isSameRow || down ? there.top : there.bottom) - frame.top;
      // Across in the gutter where it leaves its own row, if that is next to the other row.
      const gutter = 4;
      const isNext = isSameRow || Math.abs(y2 - y1) < 120;
      const across = isSameRow || !down ? y1 - gutter : y1 + gutter;
      const turn = Math.sign(x2 - x1) * 3;
      const path = isNext ? `M${x1} ${y1}V${across}H${x2 - turn}Q${x2} ${across} ${x2} ${across + Math.sign(y2 - across) * 3}V${y2}` : `M${x1} ${y1}C${x1} ${(y1 + y2) / 2} ${x2} ${(y1 + y2) / 2} ${x2} ${y2}`;
      this.curves.append(s('path', { d: path }), s('circle', { cx: x2, cy: y2, r: 3 }));
    }
  }

  // --- filters and legend

  private fits(service: number): boolean {
    const data = this.data;
    const isLive = data.isLive(service);
    switch (this.filter) {
      case 'unowned': return isLive && data.isUnowned(service);
      case 'idle': return this.idle.has(service);
      case 'found': return data.findingsOf(service).length > 0;
      case 'customers': return isLive && data.isCustomerFacing(service);
      case 'notLive': return !isLive;
      default: return true;
    }
  }

  private filters(services: number[]): HTMLElement {
    const group = h('div', { class: 'filters', role: 'group', 'aria-label': t.showOnly });
    const buttons = Object.keys(t.filters).map((filter) => {
      this.filter = filter;
      const amount = services.filter((service) => this.fits(service)).length;
      return h('button', { type: 'button', 'aria-pressed': String(filter === 'all'), 'data-filter': filter, onclick: () => {
        this.filter = filter;
        for (const button of group.querySelectorAll('button')) button.setAttribute('aria-pressed', String(button.dataset['filter'] === filter));
        for (const [service, card] of this.cards) card.hidden = !this.fits(service);
        for (const box of this.map.querySelectorAll<HTMLElement>('.box')) box.hidden = box.querySelector('.card:not([hidden])') === null;
        this.clear();
      } }, t.filters[filter]!, ' ', h('b', {}, n(amount)));
    });
    this.filter = 'all';
    group.append(...buttons);
    return group;
  }

  private legend(services: number[]): HTMLElement {
    const data = this.data;
    const has = (condition: (service: number) => boolean): boolean => services.some(condition);
    const glyphs = [0, 1, 2, 3].map((kind) => services.find((service) => data.items.facing[service] === kind)).filter((one): one is number => one !== undefined);
    const swatch = (kind: string, word: string): HTMLElement => h('span', {}, h('i', { class: `sw ${kind}` }), word);
    const bar = (kind: 'owner' | 'group' | 'nobody' | 'unknown'): HTMLElement => h('span', {}, s('svg', { class: 'bars', viewBox: '0 0 9 10', 'aria-hidden': 'true' },
      s('rect', { x: 0.5, y: 0.5, width: 3, height: 9, class: kind }), s('rect', { x: 5.5, y: 4.5, width: 3, height: 5, class: kind })), t.key[kind]);
    return h('p', { class: 'legend' }, h('b', {}, t.legend.services),
      ...glyphs.map((service) => h('span', {}, facing(data, service), t.facing[facingNames[data.items.facing[service]!]!]!)),
      has((service) => data.isLive(service) && data.isUnowned(service)) && swatch('none', t.legend.noOwner),
      this.idle.size > 0 && swatch('orphan', t.legend.supportsNobody),
      has((service) => !data.isLive(service)) && swatch('idle', t.legend.notLive),
      h('b', {}, `${t.tiers['system']}, ${t.tiers['component']!.toLowerCase()}`), bar('owner'), bar('group'), bar('nobody'), bar('unknown'));
  }
}

