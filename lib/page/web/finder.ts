// The search above all pages: items, persons and rules by name; the slash key leads here.

import { h, replaceChildren, type Child } from './dom.ts';
import { type Data, TierOf, inSlices, tierNames } from './data.ts';
import { fold, wordsOf } from './filter.ts';
import { badge, facing, name, pageOf } from './marks.ts';
import { address, go } from './route.ts';
import { t } from './words.ts';

const most = 12;
interface Hit { score: number; href: string; content: Child[] }

export class Finder {
  private readonly status = h('span', { class: 'unseen', role: 'status' });
  private readonly options = h('ul', { id: 'found', role: 'listbox', 'aria-label': t.finder, hidden: true });
  readonly input = h('input', {
    id: 'finder', class: 'search', type: 'search', role: 'combobox', placeholder: t.finderHint, 'aria-label': t.finder, 'aria-controls': 'found', 'aria-expanded': 'false', 'aria-autocomplete': 'list',
    autocomplete: 'off', spellcheck: 'false', oninput: () => void this.find(), onfocus: () => void this.find(), onblur: () => this.close(), onkeydown: (event) => this.key(event as KeyboardEvent),
  });
  readonly element = h('div', { class: 'finder', role: 'search' }, this.input, this.options, this.status);
  private hits: Hit[] = [];
  private chosen = 0;
  private turn = 0;
  private searching: Promise<void> = Promise.resolve();
  /** Of items, then of parties. */
  private names: Promise<string[]> | null = null;

  constructor(private readonly data: Data) {}

  private index(): Promise<string[]> {
    const { items, parties } = this.data;
    return this.names ??= (async () => {
      const names: string[] = [];
      await inSlices(items.count + parties.name.length, (i) => { names.push(fold(items.name[i] ?? parties.name[i - items.count]!)); });
      return names;
    })();
  }

  /** The better a name fits the words, the lower; services before others. */
  private static score(text: string, words: string[], bonus: number): number {
    let score = bonus;
    for (const word of words) {
      const at = text.indexOf(word);
      if (at < 0) return Infinity;
      score += at === 0 ? 0 : /[\p{L}\p{N}]/u.test(text[at - 1]!) ? 20 : 4;
    }
    return score + Math.min(3, text.length / 40);
  }

  private find(): Promise<void> {
    this.searching = this.search();
    return this.searching;
  }

  private async search(): Promise<void> {
    const turn = ++this.turn;
    const words = wordsOf(this.input.value);
    if (words.length === 0) return this.close();
    const data = this.data;
    const names = await this.index();
    let best: [number, number][] = [];
    const went = await inSlices(names.length, (i) => {
      const tier = data.items.tier[i] ?? TierOf.portfolio;
      const score = Finder.score(names[i]!, words, tier === TierOf.service ? 0 : tier === TierOf.portfolio ? 1 : 2 + tier);
      if (score < (best.length < most ? Infinity : best[best.length - 1]![0])) {
        best.push([score, i]);
        best = best.sort((a, b) => a[0] - b[0]).slice(0, most);
      }
    }, () => turn === this.turn);
    if (!went) return;
    const hits = best.map(([score, i]) => i < data.items.count ? this.item(score, i) : this.party(score, i - data.items.count));
    data.head.rules.forEach((rule) => {
      const score = Finder.score(fold(`${rule.title} ${rule.id}`), words, 8);
      if (score < Infinity) hits.push({ score, href: address('rule', rule.id), content: [rule.title, ' ', h('small', {}, t.rule.toLowerCase())] });
    });
    this.hits = hits.sort((a, b) => a.score - b.score).slice(0, most);
    this.chosen = 0;
    this.show();
  }

  private item(score: number, item: number): Hit {
    const data = this.data;
    return { score, href: pageOf(data, item), content: [facing(data, item), name(data.items.name[item]!), ' ', badge(data, item), h('small', {}, t.tier[tierNames[data.items.tier[item]!]!]!)] };
  }

  private party(score: number, party: number): Hit {
    const { parties } = this.data;
    return { score, href: address('person', this.data.partyWord(party)), content: [name(parties.name[party]!), ' ', h('small', {}, [t.person, t.kinds['group']!, t.aPersonOrGroup][parties.kind[party]!]!)] };
  }

  private show(): void {
    replaceChildren(this.options, ...this.hits.map((hit, i) => h('li', {
      id: `found-${i}`, role: 'option', 'aria-selected': String(i === this.chosen), onpointerdown: (event) => {
        event.preventDefault();
        this.open(i);
      },
    }, ...hit.content)));
    this.options.hidden = this.hits.length === 0;
    this.input.setAttribute('aria-expanded', String(this.hits.length > 0));
    if (this.hits.length > 0) this.input.setAttribute('aria-activedescendant', `found-${this.chosen}`); else this.input.removeAttribute('aria-activedescendant');
    this.status.textContent = t.found(this.hits.length);
  }

  private close(): void {
    ++this.turn;
    this.hits = [];
    this.options.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
    this.status.textContent = '';
  }

  private open(i: number): void {
    const hit = this.hits[i];
    if (hit === undefined) return;
    this.input.value = '';
    this.close();
    this.input.blur();
    go(hit.href);
  }

  private key(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (this.hits.length === 0) return;
      this.chosen = (this.chosen + (event.key === 'ArrowDown' ? 1 : this.hits.length - 1)) % this.hits.length;
      this.show();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      // Whoever types fast does not wait for the list.
      void this.searching.then(() => this.open(this.chosen));
    } else if (event.key === 'Escape') {
      event.preventDefault();
      this.input.value = '';
      this.close();
      this.input.blur();
    }
  }
}
