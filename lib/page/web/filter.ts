// Which findings fit what is asked, in which order: always in small steps, however many there are.

import { type Data, inSlices, kindNames, pause, tierNames } from './data.ts';

export const facetNames = ['severity', 'state', 'accepted', 'rule', 'tier', 'portfolio', 'owner'] as const;
export type Facet = typeof facetNames[number];
export type Order = 'rank' | 'reach' | 'subject' | 'rule' | 'ask';

export interface Asked { words: string[]; facets: Record<Facet, Set<string>>; order: Order }
/** By facet and value: how many findings would fit if only this facet asked for nothing else. */
export type Counts = Record<Facet, Map<string, number>>;
export interface Fitting { findings: number[]; counts: Counts }

/** Lower case and without accents: the form in which words are looked for. */
export function fold(text: string): string {
  // eslint-disable-next-line no-control-regex
  return (/^[\x00-\x7f]*$/.test(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, '')).toLowerCase();
}

export function wordsOf(query: string): string[] { return fold(query).split(/\s+/).filter((word) => word !== ''); }

/** What a finding is about: the tier of an item, or what else it is. */
export function about(data: Data, finding: number): string {
  const item = data.item(finding);
  return item >= 0 ? tierNames[data.items.tier[item]!]! : kindNames[data.kind(finding)]!;
}

/** Sorted, the equal ones as they were. */
export async function sorted(list: number[], compare: (a: number, b: number) => number, goesOn: () => boolean): Promise<number[]> {
  const run = 512;
  let from = list.slice();
  if (!await inSlices(Math.ceil(from.length / run), (i) => {
    const part = from.slice(i * run, (i + 1) * run).sort(compare);
    for (let k = 0; k < part.length; ++k) from[i * run + k] = part[k]!;
  }, goesOn)) return from;
  for (let size = run; size < from.length; size *= 2) {
    const to = new Array<number>(from.length);
    let left = 0, right = 0, leftEnd = 0, rightEnd = 0;
    if (!await inSlices(from.length, (k) => {
      if (k === rightEnd) {
        left = k;
        leftEnd = right = Math.min(k + size, from.length);
        rightEnd = Math.min(k + 2 * size, from.length);
      }
      const takesLeft = left < leftEnd && (right >= rightEnd || compare(from[left]!, from[right]!) <= 0);
      to[k] = from[takesLeft ? left++ : right++]!;
    }, goesOn)) return from;
    from = to;
  }
  return from;
}

export class FindingFilter {
  private values: Record<Facet, string[]> = { severity: [], state: [], accepted: [], rule: [], tier: [], portfolio: [], owner: [] };
  private texts: string[] = [];
  private indexing: Promise<unknown> | null = null;
  private asked = 0;

  constructor(private readonly data: Data) {}

  /** The value of a facet that a finding has. */
  valueOf(facet: Facet, finding: number): string {
    switch (facet) {
      case 'severity': return String(this.data.severity(finding));
      case 'state': return this.data.state(finding);
      case 'accepted': return this.data.acceptance(finding) === null ? 'open' : 'accepted';
      case 'rule': return this.data.ruleOf(finding).id;
      case 'tier': return about(this.data, finding);
      case 'portfolio': return String(this.data.portfolioOf(finding));
      case 'owner': return this.data.ask(finding);
    }
  }

  private index(): Promise<unknown> {
    const data = this.data;
    return this.indexing ??= inSlices(data.findingCount, (i) => {
      for (const facet of facetNames) this.values[facet].push(this.valueOf(facet, i));
      const item = data.item(i);
      const owner = item < 0 ? '' : data.owners(item).map((party) => data.partyName(party)).join(' ');
      this.texts.push(fold(`${data.subject(i)}\n${data.ruleOf(i).id} ${data.ruleOf(i).title}\n${data.message(i)}\n${this.values.owner[i]} ${owner}\n${data.place(i)}\n${data.mark(i)}`));
    });
  }

  /** Null where something else was asked in the meantime. */
  async ask(asked: Asked): Promise<Fitting | null> {
    const turn = ++this.asked;
    const goesOn = (): boolean => turn === this.asked;
    await this.index();
    await pause();
    if (!goesOn()) return null;
    const counts = Object.fromEntries(facetNames.map((facet) => [facet, new Map<string, number>()])) as Counts;
    const wanted = facetNames.map((facet) => asked.facets[facet]);
    const found: number[] = [];
    const went = await inSlices(this.texts.length, (i) => {
      for (const word of asked.words) if (!this.texts[i]!.includes(word)) return;
      let failing = -1;
      for (let f = 0; f < facetNames.length; ++f) {
        if (wanted[f]!.size > 0 && !wanted[f]!.has(this.values[facetNames[f]!][i]!)) {
          if (failing >= 0) return;
          failing = f;
        }
      }
      if (failing < 0) found.push(i);
      for (let f = 0; f < facetNames.length; ++f) {
        if (failing < 0 || failing === f) {
          const map = counts[facetNames[f]!];
          const value = this.values[facetNames[f]!][i]!;
          map.set(value, (map.get(value) ?? 0) + 1);
        }
      }
    }, goesOn);
    if (!went) return null;
    const findings = await this.inOrder(found, asked.order, goesOn);
    return goesOn() ? { findings, counts } : null;
  }

  private inOrder(found: number[], order: Order, goesOn: () => boolean): Promise<number[]> {
    const data = this.data;
    const byText = (texts: (i: number) => string) => (a: number, b: number): number => {
      const one = texts(a), other = texts(b);
      return one < other ? -1 : one > other ? 1 : a - b;
    };
    switch (order) {
      case 'rank': return Promise.resolve(found);
      case 'reach': return sorted(found, (a, b) => data.reach(b) - data.reach(a) || a - b, goesOn);
      case 'subject': return sorted(found, byText((i) => this.texts[i]!), goesOn);
      case 'rule': return sorted(found, (a, b) => data.rule(a) - data.rule(b) || a - b, goesOn);
      case 'ask': return sorted(found, byText((i) => this.values.owner[i] === '' ? '\uffff' : fold(this.values.owner[i]!)), goesOn);
    }
  }
}
