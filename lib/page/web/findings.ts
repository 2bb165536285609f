// The list of findings: search, facets, groups, order; a row opens to all there is to say.

import { h, replaceChildren, type Child } from './dom.ts';
import { type Data, inSlices, severityNames } from './data.ts';
import { csv } from './csv.ts';
import { type Asked, type Counts, type Facet, FindingFilter, type Order, about, facetNames, wordsOf } from './filter.ts';
import { copy, detail, markdown, said, subject } from './finding.ts';
import { RowList, tallest } from './list.ts';
import { name, namedParty, say, severity } from './marks.ts';
import { address, correct, go } from './route.ts';
import { n, t } from './words.ts';

const orders: Order[] = ['rank', 'reach', 'subject', 'rule', 'ask'];
type Grouping = 'none' | 'ask' | 'rule' | 'cause' | 'portfolio';
const groupings: Grouping[] = ['none', 'ask', 'rule', 'cause', 'portfolio'];
const facetOf: Record<Exclude<Grouping, 'none'>, Facet> = { ask: 'owner', rule: 'rule', cause: 'rule', portfolio: 'portfolio' };
const shownValues = 8;
const copiedAtMost = 200;

let filter: FindingFilter | null = null;

export class FindingsPage {
  readonly element: HTMLElement;
  private readonly list: RowList;
  private readonly search: HTMLInputElement;
  private readonly facetPanel = h('div', { class: 'facets' });
  private readonly said = h('p', { class: 'shown', role: 'status' });
  private readonly heads = h('div', { class: 'line head', role: 'row', 'aria-rowindex': 1 });
  private readonly table: HTMLElement;
  private readonly end = h('p', { class: 'quiet' });
  private readonly filter: FindingFilter;
  private fitting: number[] = [];
  private counts: Counts | null = null;
  /** A finding, or -1 - the number of a group. */
  private rows: number[] = [];
  private groups: { value: string; findings: number[] }[] = [];
  private unfolded = new Set<string>();
  private folded = new Set<string>();
  private wide = new Set<Facet>();
  private openMark: string;
  private readonly narrow = matchMedia('(max-width: 640px)');

  constructor(private readonly data: Data, private query: URLSearchParams) {
    this.filter = filter ??= new FindingFilter(data);
    this.openMark = query.get('open') ?? '';
    this.search = h('input', {
      class: 'search', type: 'search', id: 'search', placeholder: t.search, 'aria-label': t.searchLabel, autocomplete: 'off', spellcheck: 'false',
      oninput: () => this.typed(), onkeydown: (event) => this.searchKey(event as KeyboardEvent),
    });
    const body = h('div', { class: 'rows', role: 'rowgroup', onkeydown: (event) => this.list.onKey(event as KeyboardEvent) });
    this.table = h('div', { class: 'list', role: 'table', 'aria-label': t.findings }, h('div', { role: 'rowgroup', class: 'heads' }, this.heads), body);
    this.list = new RowList(body, (row) => this.row(row));
    this.element = h('div', {},
      h('h1', {}, t.findingsTitle(data.head.counts.findings)),
      h('div', { class: 'shelf' },
        h('div', {}, this.search, h('details', { class: 'narrow', open: !this.narrow.matches }, h('summary', {}, t.narrow), this.facetPanel)),
        h('div', { class: 'results' }, this.toolbar(), this.said, this.table, this.end)));
    this.narrow.addEventListener('change', this.resized);
    // What the list begins with, until it is known what fits.
    if (!this.isNarrowed() && this.grouping === 'none') this.fitting = Array.from({ length: Math.min(data.findingCount, 200) }, (_, i) => i);
  }

  leave(): void {
    this.narrow.removeEventListener('change', this.resized);
    this.list.leave();
  }

  /** The address is another one: by the back button, or by a facet. */
  update(query = this.query): void {
    this.query = query;
    if (this.search.value !== (query.get('q') ?? '')) this.search.value = query.get('q') ?? '';
    this.openMark = query.get('open') ?? '';
    this.showHeads();
    if (this.counts === null) this.showRows();
    void this.find();
  }

  private readonly resized = (): void => { this.showRows(); };

  private asked(): Asked {
    const values = (facet: Facet): Set<string> => new Set(this.query.getAll(facet).map((value) =>
      facet === 'severity' ? String(severityNames.indexOf(value as typeof severityNames[number])) : facet === 'portfolio' ? this.portfolioNumber(value) : value));
    const order = (this.query.get('sort') ?? 'rank') as Order;
    return {
      words: wordsOf(this.query.get('q') ?? ''),
      facets: Object.fromEntries(facetNames.map((facet) => [facet, values(facet)])) as Record<Facet, Set<string>>,
      order: orders.includes(order) ? order : 'rank',
    };
  }

  private get grouping(): Grouping {
    const asked = this.query.get('group') as Grouping;
    return groupings.includes(asked) ? asked : 'none';
  }

  private async find(): Promise<void> {
    const fitting = await this.filter.ask(this.asked());
    if (fitting === null) return;
    this.fitting = fitting.findings;
    this.counts = fitting.counts;
    await this.makeGroups();
    this.showFacets();
    this.showRows();
    this.openAsked();
  }

  private async makeGroups(): Promise<void> {
    this.groups = [];
    if (this.grouping === 'none') return;
    const facet = facetOf[this.grouping];
    const isByCause = this.grouping === 'cause';
    const byValue = new Map<string, number[]>();
    await inSlices(this.fitting.length, (i) => {
      const value = this.filter.valueOf(facet, this.fitting[i]!) + (isByCause ? `\n${this.data.cause(this.fitting[i]!)}` : '');
      const group = byValue.get(value);
      if (group === undefined) byValue.set(value, [this.fitting[i]!]); else group.push(this.fitting[i]!);
    });
    this.groups = [...byValue].map(([value, findings]) => ({ value, findings })).sort((a, b) => b.findings.length - a.findings.length);
  }

  private isFolded(value: string): boolean {
    const few = 200;
    return this.fitting.length <= few ? this.folded.has(value) : !this.unfolded.has(value);
  }

  private showRows(): void {
    this.rows = this.grouping === 'none' ? this.fitting : [];
    this.groups.forEach((group, i) => {
      this.rows.push(-1 - i);
      if (!this.isFolded(group.value)) for (const finding of group.findings) this.rows.push(finding);
    });
    const height = this.narrow.matches ? 92 : 56;
    this.table.setAttribute('aria-rowcount', String(this.rows.length + 1));
    this.list.set(this.rows.length, height);
    const most = Math.floor(tallest / height);
    replaceChildren(this.end, this.rows.length > most ? t.tooLong(most) : null);
    if (this.counts === null) return;
    replaceChildren(this.said, t.shown(this.fitting.length, this.data.findingCount), ', ', t.orderSaid[this.asked().order]!,
      ...(this.isNarrowed() ? ['. ', h('a', { href: address('findings'), class: 'to' }, t.clear)] : []));
    if (this.fitting.length === 0) replaceChildren(this.said, t.nothingFits, h('a', { href: address('findings'), class: 'to' }, t.clear));
  }

  private isNarrowed(): boolean { return this.query.has('q') || facetNames.some((facet) => this.query.has(facet)); }

  private openAsked(): void {
    if (this.openMark === '') return;
    const finding = this.data.findingByMark(this.openMark);
    const group = this.groups.find((one) => one.findings.includes(finding));
    if (group !== undefined && this.isFolded(group.value)) {
      this.folded.delete(group.value);
      this.unfolded.add(group.value);
      this.showRows();
    }
    const row = this.rows.indexOf(finding);
    if (row >= 0) {
      this.list.focus(row);
      this.openRow(row);
      this.list.reveal(row);
    } else {
      say(t.notFound(this.openMark));
    }
  }

  // --- what is asked for

  private change(change: (query: URLSearchParams) => void, isStep = true): void {
    const query = new URLSearchParams(this.query);
    query.delete('open');
    change(query);
    const to = address('findings', '', query);
    if (isStep) return go(to);
    correct(to);
    this.update(query);
  }

  private typed(): void {
    const words = this.search.value;
    this.change((query) => { if (words.trim() === '') query.delete('q'); else query.set('q', words); }, false);
  }

  private searchKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.search.value !== '') {
      event.preventDefault();
      this.search.value = '';
      this.typed();
    } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault();
      this.list.focus(0);
    }
  }

  private toggle(facet: Facet, value: string): void {
    this.change((query) => {
      const values = query.getAll(facet);
      query.delete(facet);
      for (const one of values.includes(value) ? values.filter((other) => other !== value) : [...values, value]) query.append(facet, one);
    });
  }

  // --- facets

  private portfolioNumber(value: string): string {
    if (value === t.inNoPortfolio) return '-1';
    return value === t.severalPortfolios ? '-2' : String(this.data.find(0, value));
  }

  /** How a value is called in the address. */
  private nameOf(facet: Facet, value: string): string {
    if (facet === 'severity') return severityNames[Number(value)]!;
    if (facet !== 'portfolio') return value;
    return value === '-1' ? t.inNoPortfolio : value === '-2' ? t.severalPortfolios : this.data.word(Number(value));
  }

  private labelOf(facet: Facet, value: string): Child {
    switch (facet) {
      case 'severity': return severity(Number(value));
      case 'state': return t.states[value] ?? '';
      case 'accepted': return t.accepted[value] ?? '';
      case 'rule': return this.data.head.rules[this.data.ruleNumber(value)]!.title;
      case 'tier': return t.tier[value] ?? t.kinds[value]!;
      case 'portfolio': return name(Number(value) >= 0 ? this.data.items.name[Number(value)]! : this.nameOf(facet, value));
      case 'owner': return value === '' ? t.nobodyOnRecord : name(value);
    }
  }

  private showFacets(): void {
    const focused = document.activeElement instanceof HTMLElement && this.facetPanel.contains(document.activeElement) ? document.activeElement.id : '';
    replaceChildren(this.facetPanel, ...facetNames.map((facet) => this.facet(facet)));
    if (focused !== '') document.getElementById(focused)?.focus();
  }

  private facet(facet: Facet): Child {
    const asked = this.asked().facets[facet];
    const counts = new Map(this.counts![facet]);
    for (const value of asked) if (!counts.has(value)) counts.set(value, 0);
    if (counts.size === 0 || facet === 'state' && this.data.head.baseline === undefined || facet === 'accepted' && this.data.head.acceptances === undefined) return null;
    const values = [...counts].sort(([a, amount], [b, other]) =>
      facet === 'severity' ? Number(b) - Number(a) : Number(asked.has(b)) - Number(asked.has(a)) || other - amount || (a < b ? -1 : 1));
    const all = this.wide.has(facet);
    const shown = all ? values.slice(0, 200) : values.slice(0, shownValues);
    return h('fieldset', {}, h('legend', {}, t.facets[facet]!),
      ...shown.map(([value, amount], i) => {
        const id = `${facet}-${i}`;
        const box = h('input', { type: 'checkbox', id, checked: asked.has(value), onchange: () => this.toggle(facet, this.nameOf(facet, value)) });
        return h('div', { class: asked.has(value) ? 'value on' : 'value' }, box, h('label', { for: id }, h('span', {}, this.labelOf(facet, value)), h('span', { class: 'amount' }, n(amount))));
      }),
      values.length > shownValues && h('button', {
        type: 'button', class: 'plain-button', id: `${facet}-more`, onclick: () => {
          if (all) this.wide.delete(facet); else this.wide.add(facet);
          this.showFacets();
        },
      }, all ? t.facetFewer : t.facetMore(values.length - shownValues)));
  }

  // --- above the list

  private toolbar(): HTMLElement {
    const select = h('select', { id: 'group', onchange: () => this.change((query) => {
      if (select.value === 'none') query.delete('group'); else query.set('group', select.value);
    }) }, ...groupings.map((grouping) => {
      const option = h('option', { value: grouping }, t.groups[grouping]!);
      option.selected = grouping === this.grouping;
      return option;
    }));
    return h('div', { class: 'tools' },
      h('label', { for: 'group' }, t.group), select,
      h('button', { type: 'button', onclick: () => copy(this.fitting.slice(0, copiedAtMost).map((finding) => markdown(this.data, finding)).join('')) }, t.copyShown),
      h('button', { type: 'button', onclick: () => void this.download() }, t.download));
  }

  private showHeads(): void {
    const order = this.asked().order;
    const sort = (to: Order): HTMLElement => h('button', {
      type: 'button', 'aria-label': t.sortBy(t.columns[to === 'rank' ? 'severity' : to === 'rule' ? 'message' : to]!), class: order === to ? 'sorted' : '',
      onclick: () => this.change((query) => { if (to === 'rank') query.delete('sort'); else query.set('sort', to); }),
    }, t.columns[to === 'rank' ? 'severity' : to === 'rule' ? 'message' : to]!);
    const head = (kind: string, ...content: Child[]): HTMLElement => h('div', { class: kind, role: 'columnheader' }, ...content);
    replaceChildren(this.heads, head('level', sort('rank')), head('subj', sort('subject')), head('msg', sort('rule')), head('num', sort('reach')), head('ask', sort('ask')), head('place', t.columns['place']!));
  }

  private async download(): Promise<void> {
    const rows: (string | number)[][] = [['rule', 'severity', 'subject', 'about', 'class', 'message', 'remedy', 'reach', 'ask', 'file', 'fingerprint']];
    const data = this.data;
    await inSlices(this.fitting.length, (k) => {
      const i = this.fitting[k]!;
      const item = data.item(i);
      rows.push([data.ruleOf(i).id, severityNames[data.severity(i)]!, data.subject(i), about(data, i), item >= 0 ? data.className(item) : '', data.message(i), data.ruleOf(i).remedy,
        data.reach(i) < 0 ? '' : data.reach(i), data.ask(i), data.place(i), data.mark(i)]);
    });
    const url = URL.createObjectURL(new Blob(['\ufeff', csv(rows)], { type: 'text/csv' }));
    const link = h('a', { href: url, download: 'findings.csv' });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    say(t.downloaded(this.fitting.length));
  }

  // --- rows

  private row(row: number): HTMLElement {
    const finding = this.rows[row]!;
    return finding < 0 ? this.groupRow(row, this.groups[-1 - finding]!) : this.findingRow(row, finding);
  }

  private groupRow(row: number, group: { value: string; findings: number[] }): HTMLElement {
    const isFolded = this.isFolded(group.value);
    const button = h('button', {
      type: 'button', class: 'turn', 'aria-expanded': String(!isFolded), tabindex: row === this.list.current ? 0 : -1, onclick: () => {
        (isFolded ? this.folded : this.unfolded).delete(group.value);
        (isFolded ? this.unfolded : this.folded).add(group.value);
        this.showRows();
        this.list.focus(row);
      },
    }, ...this.groupLabel(group.value));
    return h('div', { class: 'line group', role: 'row', 'aria-rowindex': row + 2 },
      h('div', { role: 'cell' }, button), h('div', { role: 'cell', class: 'amount' }, t.findingsOn(group.findings.length)));
  }

  private groupLabel(value: string): Child[] {
    const [known = '', cause = ''] = value.split('\n');
    return [this.labelOf(facetOf[this.grouping as Exclude<Grouping, 'none'>], known), cause !== '' && ': ', cause !== '' && name(cause)];
  }

  private findingRow(row: number, finding: number): HTMLElement {
    const data = this.data;
    const isOpen = this.list.openRow === row;
    const ask = data.ask(finding);
    const reach = data.reach(finding);
    const button = h('button', {
      type: 'button', class: 'turn', 'aria-expanded': String(isOpen), tabindex: row === this.list.current ? 0 : -1, 'aria-label': `${t.open}: ${data.subject(finding)}, ${data.ruleOf(finding).title}`,
      onclick: () => this.openRow(row), onkeydown: (event) => {
        if ((event as KeyboardEvent).key === 'Escape' && this.list.openRow >= 0) this.openRow(this.list.openRow);
      },
    });
    return h('div', { class: `line${isOpen ? ' opened' : ''}${data.severity(finding) >= 3 ? ' grave' : ''}`, role: 'row', 'aria-rowindex': row + 2, onclick: (event) => {
      if (!(event.target as Element).closest('a, button')) this.openRow(row);
    } },
      h('div', { role: 'cell', class: 'level' }, button, severity(data.severity(finding))),
      h('div', { role: 'cell', class: 'subj' }, h('div', { class: 'clamp' }, ...subject(data, finding))),
      h('div', { role: 'cell', class: 'msg' }, h('div', { class: 'clamp' }, h('b', {}, data.ruleOf(finding).title + '. '), said(data, finding), data.acceptance(finding) !== null && h('small', { class: 'accepted' }, ' ' + t.accepted['accepted']!))),
      h('div', { role: 'cell', class: reach > 0 ? 'num' : 'num zero' }, t.reachOf(reach, data.reachIsExact(finding)), h('span', { class: 'unit' }, ' ' + t.reachUnit(reach))),
      h('div', { role: 'cell', class: 'ask' }, h('div', { class: 'clamp' }, ask === '' ? h('small', {}, reach >= 0 ? t.nobodyOnRecord : '') : namedParty(data, ask))),
      h('div', { role: 'cell', class: 'place' }, h('div', { class: 'clamp' }, name(data.place(finding).replace(/^.*\//, '')))));
  }

  /** Opens a row, or closes it where it is open. */
  private openRow(row: number): void {
    const finding = this.rows[row]!;
    const query = new URLSearchParams(this.query);
    this.list.current = row;
    if (this.list.openRow === row) {
      this.list.close();
      query.delete('open');
      this.list.redraw();
    } else {
      query.set('open', this.data.mark(finding));
      this.list.open(row, h('div', { class: `more${this.data.severity(finding) >= 3 ? ' grave' : ''}`, role: 'row' }, h('div', { role: 'cell' }, detail(this.data, finding))));
    }
    this.query = query;
    this.openMark = '';
    correct(address('findings', '', query));
  }
}

