// What the page knows. The data stands in the page as one deflated stream of lines of JSON, in
// base64; it is unpacked and parsed in small pieces, so that the page never stands still.

export interface Tier { tier: string; live: number; owned: number; unowned: number; notEvaluated: number; runByGroup: number }
export interface Rule {
  id: string; title: string; severity: string; confidence: string; certainty: string;
  rationale: string; definition: string; remedy: string; findings: number; judged: number; notJudged: number;
}
export interface NotEvaluated { rule: number; cause: string; reason: string; count: number; subjects: string[] }
export interface Acceptance { until: string; approver: string; reason: string }
/** A number a night in each list, -1 where it is not known; the lists of `owned` and `unowned` are by tier, those of `severities` by level. */
export interface Trend {
  all: number; incomplete: number; every: 'night' | 'week' | 'month' | 'year'; nights: string[];
  owned: number[][]; unowned: number[][]; severities: number[][]; orphans: number[];
}
export interface Head {
  version: string; asOf: string; estate?: string; scope: string[]; incomplete: boolean; redacted: boolean; config: string[];
  tiers: Tier[]; severities: number[];
  supporting: { live: number; asked: boolean; orphans: number; undetermined: number; notJudged: string };
  rules: Rule[]; notEvaluated: NotEvaluated[]; files: string[]; classes: string[]; ownerFields: string[];
  gaps: { what: string; which: string }[];
  counts: { files: number; items: number; relations: number; parties: number; findings: number };
  /** An earlier night, where findings were compared with one. */
  baseline?: { asOf: string; added: number; updated: number; unchanged: number; absent: number; gone: { rule: string; severity: string; name: string; fate: string; since: string }[] };
  /** Where earlier nights are known. */
  trend?: Trend;
  /** What people accept, where the run was told. */
  acceptances?: Acceptance[];
  leftOut: { items: number[]; findings: number[]; relations: boolean };
}

type OneOrMore = number | number[];
type Value = number | string | (number | string)[];
interface FindingLine {
  rule: number[]; severity: number[]; kind: number[]; item: number[]; name: (string | 0)[]; members: (number[] | 0)[];
  message: string[]; brief: (string | 0)[]; cause: (string | 0)[]; evidence: ([string, Value][] | 0)[]; file: number[]; line: number[];
  reach: number[]; mark: string[]; state?: number[]; since?: (string | 0)[]; accepted?: number[];
}

export const tierNames = ['portfolio', 'service', 'system', 'component', 'unmapped'] as const;
export const facingNames = ['external', 'internal', 'supporting', 'unknown'] as const;
export const stateNames = ['planned', 'live', 'retiring', 'retired', 'unknown'] as const;
export const severityNames = ['info', 'low', 'medium', 'high', 'critical'] as const;
export const kindNames = ['item', 'relation', 'class', 'relation type', 'field', 'file', 'group', 'party', 'source', 'acceptance'] as const;
export const findingStates = ['new', 'unchanged', 'updated'] as const;
const lineLength = 1000;

export const enum TierOf { portfolio, service, system, component, unmapped }

/** Items, by number; one entry an item in each column. */
class Items {
  name: string[] = [];
  id: (string | 0)[] = [];
  tier: number[] = [];
  class: number[] = [];
  facing: number[] = [];
  state: number[] = [];
  criticality: number[] = [];
  ownerExported: number[] = [];
  file: number[] = [];
  line: number[] = [];
  portfolio: number[] = [];
  placeholder: (string | 0)[] = [];
  environment: (string | 0)[] = [];
  vendor: (string | 0)[] = [];
  /** To the page of the item elsewhere. */
  link: (string | 0)[] = [];
  owners: OneOrMore[] = [];
  operators: OneOrMore[] = [];
  named: OneOrMore[] = [];
  get count(): number { return this.name.length; }
}

/** For each item the numbers of others: all in one row, with where those of each begin. */
class Edges {
  begin: number[] = [0];
  to: number[] = [];
  add(line: { count: number[]; step: number[] }): void {
    let at = 0;
    for (const count of line.count) {
      let other = 0;
      for (let i = 0; i < count; ++i) {
        other += line.step[at++]!;
        this.to.push(other);
      }
      this.begin.push(this.to.length);
    }
  }
  of(item: number): number[] {
    return this.to.slice(this.begin[item] ?? 0, this.begin[item + 1] ?? this.begin[item] ?? 0);
  }
  reversed(items: number): Edges {
    const degree = new Uint32Array(items + 1);
    for (const other of this.to) degree[other + 1]!++;
    for (let i = 0; i < items; ++i) degree[i + 1]! += degree[i]!;
    const reversed = new Edges();
    reversed.begin = Array.from(degree);
    const at = degree.slice();
    reversed.to = new Array<number>(this.to.length);
    for (let i = 0; i + 1 < this.begin.length; ++i) {
      for (let e = this.begin[i]!; e < this.begin[i + 1]!; ++e) reversed.to[at[this.to[e]!]!++] = i;
    }
    return reversed;
  }
}

export class Data {
  head!: Head;
  items = new Items();
  parties = { name: [] as string[], id: [] as (string | 0)[], kind: [] as number[], flags: [] as number[], email: [] as (string | 0)[], phone: [] as (string | 0)[], lead: [] as number[], members: [] as (number[] | 0)[] };
  relies = new Edges();
  reliedOnBy = new Edges();
  holds = new Edges();
  holders = new Edges();
  candidates = new Map<number, [string, string][]>();
  complete = false;

  private lines: FindingLine[] = [];
  private byItem = new Map<number, number[]>();
  private byParty = new Map<number, { owns: number[]; runs: number[] }>();
  private itemByWord: Map<string, number>[] = [];
  private partyByWord = new Map<string, number>();

  get findingCount(): number { return this.lines.length === 0 ? 0 : (this.lines.length - 1) * lineLength + this.lines[this.lines.length - 1]!.rule.length; }

  // --- findings

  private column<K extends Exclude<keyof FindingLine, 'state' | 'since' | 'accepted'>>(name: K, finding: number): FindingLine[K][number] {
    return this.lines[Math.floor(finding / lineLength)]![name][finding % lineLength]!;
  }
  rule(finding: number): number { return this.column('rule', finding); }
  ruleOf(finding: number): Rule { return this.head.rules[this.rule(finding)]!; }
  severity(finding: number): number { return this.column('severity', finding); }
  kind(finding: number): number { return this.column('kind', finding); }
  /** -1 where it is about something else, or about an item that is left out. */
  item(finding: number): number { return this.column('item', finding); }
  members(finding: number): number[] { return this.column('members', finding) || []; }
  subject(finding: number): string { return this.column('name', finding) || this.items.name[this.item(finding)] || ''; }
  message(finding: number): string { return this.column('message', finding); }
  brief(finding: number): string { return this.column('brief', finding) || this.message(finding); }
  /** What findings of one rule have in common; empty for what stands alone. */
  cause(finding: number): string { return this.column('cause', finding) || ''; }
  evidence(finding: number): [string, Value][] { return this.column('evidence', finding) || []; }
  /** `new`, `unchanged` or `updated` since the earlier night; nothing where there was none. */
  state(finding: number): string {
    const state = this.lines[Math.floor(finding / lineLength)]!.state?.[finding % lineLength];
    return state === undefined ? '' : findingStates[state]!;
  }
  /** The first night that knew it; empty where it is new. */
  since(finding: number): string { return this.lines[Math.floor(finding / lineLength)]!.since?.[finding % lineLength] || ''; }
  /** What accepts it; null where nothing does. */
  acceptance(finding: number): Acceptance | null {
    const accepted = this.lines[Math.floor(finding / lineLength)]!.accepted?.[finding % lineLength] ?? 0;
    return accepted === 0 ? null : this.head.acceptances![accepted - 1]!;
  }
  mark(finding: number): string { return this.column('mark', finding); }
  place(finding: number): string { return this.placeOf(this.column('file', finding), this.column('line', finding)); }
  /** Customer-facing services that rely on the subject; -1 where it is no item. */
  reach(finding: number): number { const n = this.column('reach', finding); return n < -1 ? -2 - n : n; }
  reachIsExact(finding: number): boolean { return this.column('reach', finding) >= -1; }
  findingsOf(item: number): number[] { return this.byItem.get(item) ?? []; }
  findingByMark(mark: string): number {
    if (mark.length < 6) return -1;
    for (let i = 0; i < this.findingCount; ++i) {
      const own = this.mark(i);
      if (own.startsWith(mark) || mark.startsWith(own)) return i;
    }
    return -1;
  }
  /** Whom to ask about it: who owns the subject, else who may be the right one. */
  ask(finding: number): string {
    const item = this.item(finding) >= 0 ? this.item(finding) : this.members(finding)[0] ?? -1;
    const owner = item < 0 ? undefined : this.owners(item).find((party) => this.canAnswer(party));
    if (owner !== undefined) return this.parties.name[owner]!;
    const likely = this.candidates.get(item)?.[0]?.[0];
    if (likely !== undefined) return likely;
    const named = this.evidence(finding).find(([name]) => name === 'candidates')?.[1];
    return Array.isArray(named) && typeof named[0] === 'string' ? named[0] : '';
  }
  /** The portfolio that a finding is of; -1 none, -2 several. */
  portfolioOf(finding: number): number {
    const item = this.item(finding) >= 0 ? this.item(finding) : this.members(finding)[0] ?? -1;
    if (item < 0) return -1;
    return this.items.tier[item] === TierOf.portfolio ? item : this.items.portfolio[item]!;
  }

  // --- items

  placeOf(file: number, line: number): string {
    return file < 0 ? '' : line > 0 ? `${this.head.files[file]}:${line}` : this.head.files[file]!;
  }
  itemPlace(item: number): string { return this.placeOf(this.items.file[item]!, this.items.line[item]!); }
  className(item: number): string { return this.head.classes[this.items.class[item]!] ?? ''; }
  ownerFields(item: number): string { return this.head.ownerFields[this.items.class[item]!] ?? ''; }
  isLive(item: number): boolean { const state = this.items.state[item]; return state === 1 || state === 2 || state === 4; }
  isService(item: number): boolean { return this.items.tier[item] === TierOf.service; }
  isCustomerFacing(item: number): boolean { return this.isService(item) && this.items.facing[item]! < 2; }
  owners(item: number): number[] { return list(this.items.owners[item]); }
  operators(item: number): number[] { return list(this.items.operators[item]); }
  named(item: number): number[] { return list(this.items.named[item]); }
  /** An address and a number. */
  ways(party: number): string[] { return [this.parties.email[party], this.parties.phone[party]].filter((way): way is string => typeof way === 'string'); }
  /** Of a group; -1 where nobody is said to. */
  lead(party: number): number { return this.parties.lead[party] ?? -1; }
  membersOf(party: number): number[] { return this.parties.members[party] || []; }
  isActive(party: number): boolean { return (this.parties.flags[party]! & 1) !== 0; }
  /** Has not left, and is not missing from the table where it ought to be. */
  canAnswer(party: number): boolean { return this.isActive(party) && (this.parties.flags[party]! & 6) !== 4; }
  partyName(party: number): string { return this.parties.name[party] ?? ''; }
  /** Live, could have an owner as far as the export tells, and has none, nor a group that runs a component. */
  isUnowned(item: number): boolean {
    return this.items.ownerExported[item] === 1 && this.owners(item).length === 0 &&
      !(this.items.tier[item] === TierOf.component && this.operators(item).length > 0);
  }
  responsibilities(party: number): { owns: number[]; runs: number[] } { return this.byParty.get(party) ?? { owns: [], runs: [] }; }

  /** Live items that are reached from one, the nearest first, and from where each was reached. */
  reach1(item: number, edges: Edges): { order: number[]; from: Map<number, number> } {
    const from = new Map<number, number>([[item, -1]]);
    const order: number[] = [item];
    for (let at = 0; at < order.length; ++at) {
      for (const next of edges.of(order[at]!)) {
        if (!from.has(next) && this.isLive(next)) {
          from.set(next, order[at]!);
          order.push(next);
        }
      }
    }
    return { order: order.slice(1), from };
  }

  // --- by what stands in an address

  /** How an item is called in addresses: by its name where no other of its tier has it, else by its id. */
  word(item: number): string {
    const name = this.items.name[item]!;
    if (this.itemByWord[this.items.tier[item]!]?.get(name) === item) return name;
    const id = this.items.id[item];
    return id !== 0 && id !== undefined && this.itemByWord[this.items.tier[item]!]?.get(id) === item ? id : `${name}~${item}`;
  }
  find(tier: number, word: string): number {
    const known = this.itemByWord[tier]?.get(word);
    if (known !== undefined && known >= 0) return known;
    const numbered = /~(\d+)$/.exec(word);
    const item = numbered === null ? -1 : Number(numbered[1]);
    return this.items.tier[item] === tier && word.startsWith(this.items.name[item]!) ? item : -1;
  }
  partyWord(party: number): string {
    const name = this.parties.name[party]!;
    return this.partyByWord.get(name) === party ? name : String(this.parties.id[party] || name);
  }
  findParty(word: string): number { return this.partyByWord.get(word) ?? -1; }
  ruleNumber(id: string): number { return this.head.rules.findIndex((rule) => rule.id === id); }

  // --- reading

  /** Takes one line; what is made of all of them is made by `finish`. */
  take(line: { type: string } & Record<string, unknown>): void {
    if (line.type === 'head') {
      this.head = line as unknown as Head;
    } else if (line.type === 'parties' || line.type === 'nodes') {
      const columns = (line.type === 'nodes' ? this.items : this.parties) as unknown as Record<string, unknown[]>;
      for (const name of Object.keys(line)) {
        if (name !== 'type') for (const value of line[name] as unknown[]) columns[name]!.push(value);
      }
    } else if (line.type === 'relies' || line.type === 'holds') {
      this[line.type].add(line as unknown as { count: number[]; step: number[] });
    } else if (line.type === 'ask') {
      const items = line['item'] as number[];
      items.forEach((item, i) => this.candidates.set(item, (line['candidates'] as [string, string][][])[i]!));
    } else if (line.type === 'findings') {
      this.lines.push(line as unknown as FindingLine);
    }
  }

  async finish(): Promise<void> {
    this.reliedOnBy = this.relies.reversed(this.items.count);
    await pause();
    this.holders = this.holds.reversed(this.items.count);
    await inSlices(this.findingCount, (i) => {
      const subjects = this.item(i) >= 0 ? [this.item(i)] : this.members(i);
      for (const item of subjects) push(this.byItem, item, i);
    });
    for (let tier = 0; tier < tierNames.length; ++tier) this.itemByWord.push(new Map());
    await inSlices(this.items.count, (item) => {
      const words = this.itemByWord[this.items.tier[item]!]!;
      const name = this.items.name[item]!;
      words.set(name, words.has(name) ? -1 : item);
      const id = this.items.id[item];
      if (id) words.set(id, words.has(id) ? -1 : item);
      for (const party of this.owners(item)) this.responsibilityOf(party).owns.push(item);
      for (const party of this.operators(item)) this.responsibilityOf(party).runs.push(item);
    });
    await inSlices(this.parties.name.length, (party) => {
      const id = this.parties.id[party];
      if (id) this.partyByWord.set(id, party);
    });
    await inSlices(this.parties.name.length, (party) => {
      const name = this.parties.name[party]!;
      this.partyByWord.set(name, this.partyByWord.has(name) ? -1 : party);
    });
    this.complete = true;
  }

  private responsibilityOf(party: number): { owns: number[]; runs: number[] } {
    let found = this.byParty.get(party);
    if (found === undefined) this.byParty.set(party, found = { owns: [], runs: [] });
    return found;
  }
}

function list(value: OneOrMore | undefined): number[] {
  return value === undefined || value === -1 ? [] : typeof value === 'number' ? [value] : value;
}

function push(map: Map<number, number[]>, key: number, value: number): void {
  const found = map.get(key);
  if (found === undefined) map.set(key, [value]); else found.push(value);
}

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** Lets the browser do what is due. */
export function pause(): Promise<void> {
  return new Promise((done) => { waiting.push(done); channel.port2.postMessage(0); });
}

const slice = 10;  // Milliseconds that something may take in one go.

/** Calls `use` for all numbers below `count`, and pauses often. False where `goesOn` said no. */
export async function inSlices(count: number, use: (i: number) => void, goesOn: () => boolean = () => true): Promise<boolean> {
  let until = performance.now() + slice;
  for (let i = 0; i < count; ++i) {
    if ((i & 63) === 0 && performance.now() > until) {
      await pause();
      if (!goesOn()) return false;
      until = performance.now() + slice;
    }
    use(i);
  }
  return true;
}

/** Reads the data out of base64, and hands over each line. */
export async function read(base64: string, take: (line: { type: string } & Record<string, unknown>) => void | Promise<void>): Promise<void> {
  const piece = 1 << 18;  // A multiple of four.
  let at = 0;
  const bytes = new ReadableStream<Uint8Array>({
    pull(controller): void {
      const digits = base64.slice(at, at += piece);
      if (digits === '') return controller.close();
      controller.enqueue(Uint8Array.from(atob(digits), (c) => c.charCodeAt(0)));
    },
  });
  const reader = bytes.pipeThrough(new DecompressionStream('deflate-raw') as unknown as ReadableWritablePair<Uint8Array, Uint8Array>)
    .pipeThrough(new TextDecoderStream() as unknown as ReadableWritablePair<string, Uint8Array>).getReader();
  let parts: string[] = [];
  let until = performance.now() + slice;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    let begin = 0;
    for (let end = value.indexOf('\n'); end >= 0; end = value.indexOf('\n', begin)) {
      parts.push(value.slice(begin, end));
      await take(JSON.parse(parts.join('')));
      parts = [];
      begin = end + 1;
      if (performance.now() > until) {
        await pause();
        until = performance.now() + slice;
      }
    }
    parts.push(value.slice(begin));
  }
}
