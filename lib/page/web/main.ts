// Reads the data, and shows the page that the address names.

import { append, h, replaceChildren, type Child } from './dom.ts';
import { Data, read, tierNames } from './data.ts';
import { Finder } from './finder.ts';
import { FindingsPage } from './findings.ts';
import { overview } from './overview.ts';
import { personPage, rulePage } from './person.ts';
import { address, parse } from './route.ts';
import { sheet } from './sheet.ts';
import { t } from './words.ts';

class Page {
  private readonly data = new Data();
  private readonly finder = new Finder(this.data);
  private readonly content = h('main', { id: 'content', tabindex: -1 });
  private readonly run = h('span', { class: 'run' });
  private readonly end = h('div', {});
  private readonly places = h('nav', { 'aria-label': t.places });
  private findings: FindingsPage | null = null;
  private scrolls = new Map<string, number>();
  private shown = location.hash;

  start(): void {
    append(document.body, [
      h('a', { class: 'skip', href: '#content', onclick: (event) => { event.preventDefault(); this.content.focus(); } }, t.skip),
      h('div', { class: 'topbar' }, h('header', { class: 'top' }, h('a', { class: 'mark', href: address('') }, t.product), this.places, this.finder.element, this.run)),
      this.content, h('footer', { class: 'end' }, this.end), h('div', { id: 'said', class: 'toast', role: 'status' }),
    ]);
    replaceChildren(this.content, h('p', { class: 'reading' }, t.reading));
    history.scrollRestoration = 'manual';
    addEventListener('hashchange', () => this.moved());
    addEventListener('keydown', (event) => this.key(event));
    addEventListener('scroll', () => { this.scrolls.set(this.shown, scrollY); }, { passive: true });
    void this.load();
  }

  private async load(): Promise<void> {
    const element = document.getElementById('data')!;
    if (typeof DecompressionStream === 'undefined') return replaceChildren(this.content, h('p', { class: 'warning' }, t.notReadable));
    try {
      await read(element.textContent!, (line) => {
        this.data.take(line);
        if (line.type === 'head') this.showFrame();
      });
      element.remove();
      await this.data.finish();
    } catch (error) {
      return replaceChildren(this.content, h('p', { class: 'warning' }, t.broken(error instanceof Error ? error.message : String(error))));
    }
    this.show();
    document.documentElement.dataset['ready'] = 'yes';
  }

  /** What is known as soon as the first line is. */
  private showFrame(): void {
    const head = this.data.head;
    replaceChildren(this.run, t.run(head), ...(head.incomplete || head.gaps.length > 0 ? [' · ', h('a', { href: address(''), class: 'to' }, head.incomplete ? t.isIncomplete : t.hasGaps)] : []));
    replaceChildren(this.end, t.footer(head));
    this.showPlaces();
    if (parse(location.hash).page === '') replaceChildren(this.content, overview(this.data));
  }

  private showPlaces(): void {
    const page = parse(location.hash).page;
    const link = (to: string, text: string): HTMLElement => h('a', { href: address(to), 'aria-current': to === page ? 'page' : undefined }, text);
    replaceChildren(this.places, link('', t.overview), link('findings', t.findings));
  }

  private moved(): void {
    if (!this.data.complete) return;
    this.shown = location.hash;
    const route = parse(location.hash);
    if (route.page === 'findings' && this.findings !== null) return this.findings.update(route.query);
    this.show();
    scrollTo(0, this.scrolls.get(this.shown) ?? 0);
    // Readers of screens hear where they are; others see no ring around everything.
    this.content.focus({ preventScroll: true });
  }

  private show(): void {
    const route = parse(location.hash);
    this.findings?.leave();
    this.findings = null;
    this.showPlaces();
    if (route.page === 'findings') {
      this.findings = new FindingsPage(this.data, route.query);
      replaceChildren(this.content, this.findings.element);
      this.findings.update();
    } else {
      replaceChildren(this.content, this.page(route.page, route.word));
    }
    const title = this.content.querySelector('h1')?.textContent ?? t.title;
    const estate = this.data.head.estate;
    document.title = [title, ...(estate === undefined || title.startsWith(estate) ? [] : [estate]), t.product].join(' · ');
  }

  private page(page: string, word: string): Child {
    const data = this.data;
    if (page === '' ) return overview(data);
    const tier = tierNames.indexOf(page as typeof tierNames[number]);
    const item = tier >= 0 ? data.find(tier, word) : -1;
    if (item >= 0) return sheet(data, item);
    const party = page === 'person' ? data.findParty(word) : -1;
    if (party >= 0) return personPage(data, party);
    const rule = page === 'rule' ? data.ruleNumber(word) : -1;
    if (rule >= 0) return rulePage(data, rule);
    return h('div', {}, h('h1', {}, t.notFound(word)), h('p', { class: 'said' }, t.notFoundMore), h('p', { class: 'onward' }, h('a', { href: address(''), class: 'to' }, t.goHome)));
  }

  private key(event: KeyboardEvent): void {
    const isWriting = event.target instanceof Element && event.target.closest('input:not([type=checkbox]), select, textarea') !== null;
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isWriting) return;
    event.preventDefault();
    const search = document.getElementById('search') ?? this.finder.input;
    search.focus();
    (search as HTMLInputElement).select();
  }
}

new Page().start();
