// The first page: the two answers, what to do first, how far all this can be believed, the map.

import { h, replaceChildren, s, type Child } from './dom.ts';
import { type Data, TierOf, inSlices, severityNames, tierNames } from './data.ts';
import { linkTo } from './finding.ts';
import { ServiceMap } from './map.ts';
import { facing, itemLink, name, namedParty, severity, supportsNobody } from './marks.ts';
import { address } from './route.ts';
import { trend } from './trend.ts';
import { count, listed, n, t } from './words.ts';

const shownToDo = 10, shownNames = 5, mostUnits = 60;

export function overview(data: Data): HTMLElement {
  const todo = h('section', { class: 'todo-part' });
  const map = new ServiceMap(data);
  const first = h('div', { class: 'answers' }, ...answers(data), tally(data));
  if (data.complete) {
    void fillToDo(data, todo);
    void map.draw();
  }
  return h('div', {},
    h('h1', {}, t.titleOf(data.head.estate)), warnings(data), first,
    h('div', { class: 'two' }, todo, h('aside', {}, trend(data), changes(data), coverage(data), notJudged(data), leftOut(data))),
    map.element);
}

function warnings(data: Data): Child {
  const head = data.head;
  const parts: Child[] = [];
  if (head.scope.length > 0) parts.push(h('p', { class: 'note' }, t.scope(head.scope)));
  if (head.incomplete) parts.push(h('p', { class: 'warning' }, h('b', {}, t.incomplete), ' ', t.incompleteMore));
  return parts.length > 0 && h('div', {}, ...parts);
}

// --- the two answers

interface Answer { some: number; all: number; said: string; names: number[]; units: string[]; more: string }

function answers(data: Data): HTMLElement[] {
  return [big(data, owners(data)), big(data, support(data))];
}

function services(data: Data, condition: (item: number) => boolean): number[] {
  const found: number[] = [];
  for (let item = 0; item < data.items.count && data.items.tier[item]! <= TierOf.service; ++item) if (data.isService(item) && data.isLive(item) && condition(item)) found.push(item);
  return found;
}

function units(parts: [string, number][]): string[] {
  return parts.reduce((sum, [, amount]) => sum + amount, 0) > mostUnits ? [] : parts.flatMap(([kind, amount]) => Array<string>(amount).fill(kind));
}

function owners(data: Data): Answer | string[] {
  const tier = data.head.tiers[TierOf.service]!;
  if (tier.live === 0) return [t.answer.noService];
  if (tier.notEvaluated === tier.live) return [t.answer.ownersUnknown, t.answer.ownersUnknownWhy];
  if (tier.owned === tier.live) return [t.answer.allOwned, t.answer.shareOwned(tier.owned, tier.live)];
  const isScoped = data.head.scope.length > 0;
  return {
    some: tier.unowned, all: tier.live, said: t.answer.noOwner(tier.unowned), names: isScoped ? [] : services(data, (item) => data.isUnowned(item)),
    units: units([['nobody', tier.unowned], ['unknown', tier.notEvaluated], ['owner', tier.owned]]), more: tier.notEvaluated > 0 ? t.answer.notJudged(tier.notEvaluated) : '',
  };
}

function support(data: Data): Answer | string[] {
  const known = data.head.supporting;
  if (!known.asked) return [t.answer.notAsked];
  if (known.notJudged !== '') return [t.answer.supportUnknown, known.notJudged];
  if (known.live === 0) return [t.answer.noSupporting];
  const open = known.undetermined > 0 ? t.answer.notJudged(known.undetermined) : '';
  if (known.orphans === 0) return [known.undetermined > 0 ? t.answer.noneKnownIdle : t.answer.noneIdle, open];
  return {
    some: known.orphans, all: known.live, said: t.answer.supportsNobody(known.orphans), names: services(data, (item) => data.items.facing[item] === 2 && supportsNobody(data, item)),
    units: units([['idle', known.orphans], ['unknown', known.undetermined], ['owner', known.live - known.orphans - known.undetermined]]), more: open,
  };
}

function big(data: Data, answer: Answer | string[]): HTMLElement {
  if (Array.isArray(answer)) return h('div', { class: 'answer' }, h('h2', { class: 'whole' }, answer[0]), h('p', { class: 'said' }, answer[1] ?? ''));
  const shown = answer.names.slice(0, shownNames);
  return h('div', { class: 'answer' },
    h('h2', {}, h('span', { class: 'n' }, n(answer.some), ' ', h('span', {}, t.answer.of(answer.all))), ' ', answer.said),
    unitPicture(answer),
    h('p', { class: 'said' }, ...shown.flatMap((item, i): Child[] => [i > 0 ? ', ' : '', itemLink(data, item)]),
      answer.names.length > shown.length ? ` ${t.answer.more(answer.names.length - shown.length)}` : '', shown.length > 0 ? '. ' : '', answer.more));
}

function unitPicture(answer: Answer): SVGElement {
  const size = 14;
  if (answer.units.length > 0) {
    const perRow = 30;
    const rows = Math.ceil(answer.units.length / perRow);
    const picture = s('svg', { class: 'units', viewBox: `0 0 ${perRow * size} ${rows * size}`, 'aria-hidden': 'true' },
      ...answer.units.map((kind, i) => s('rect', { x: (i % perRow) * size + 1, y: Math.floor(i / perRow) * size + 1, width: 10, height: 10, rx: 1, class: kind })));
    picture.style.width = `${perRow * size}px`;
    return picture;
  }
  const width = 420;
  const part = Math.max(4, answer.some / answer.all * width);
  return s('svg', { class: 'units', viewBox: `0 0 ${width} 12`, 'aria-hidden': 'true' }, s('rect', { x: 1, y: 1, width: part - 2, height: 10, class: 'nobody' }), s('rect', { x: part + 1, y: 1, width: Math.max(0, width - part - 2), height: 10, class: 'owner' }));
}

function tally(data: Data): HTMLElement {
  const counts = data.head.severities;
  const most = Math.max(1, ...counts);
  return h('div', { class: 'answer' }, h('h2', {}, h('a', { href: address('findings'), class: 'to' }, t.answer.bySeverity(data.head.counts.findings))),
    h('ul', { class: 'tally' }, ...[4, 3, 2, 1, 0].map((level) => {
      const bar = h('span', { class: 'bar' });
      bar.style.width = `${Math.max(counts[level]! > 0 ? 2 : 0, counts[level]! / most * 100)}%`;
      const query = new URLSearchParams({ severity: severityNames[level]! });
      return h('li', { class: counts[level]! > 0 ? severityNames[level] : 'zero' }, h('a', { href: address('findings', '', query) }, severity(level), h('span', { class: 'amount' }, n(counts[level]!)), h('span', { class: 'track' }, bar)));
    })));
}

// --- what to do first

interface Task { findings: number[]; reach: number; alike: number[] }

async function fillToDo(data: Data, element: HTMLElement): Promise<void> {
  const bySubject = new Map<string, Task>();
  let graves = 0;
  // Findings stand in the order of their severity; where none is grave, the gravest there are.
  const grave = 3;
  const least = data.findingCount === 0 ? grave : Math.min(grave, data.severity(0));
  await inSlices(data.findingCount, (i) => {
    if (data.severity(i) < least) return;
    ++graves;
    const key = data.item(i) >= 0 ? String(data.item(i)) : `=${i}`;
    const task = bySubject.get(key);
    if (task !== undefined) task.findings.push(i);
    else bySubject.set(key, { findings: [i], reach: Math.max(0, data.reach(i)), alike: [] });
  });
  const tasks = together(data, [...bySubject.values()]);
  tasks.sort((a, b) => b.reach - a.reach || data.severity(b.findings[0]!) - data.severity(a.findings[0]!) || a.findings[0]! - b.findings[0]!);
  const head = (text: string, kind: string): HTMLElement => h('th', { scope: 'col', class: kind }, text);
  const rest = tasks.slice(shownToDo).reduce((sum, task) => sum + Math.max(1, task.alike.length), 0);
  const query = new URLSearchParams([...severityNames.slice(least).map((level) => ['severity', level]), ['sort', 'reach']]);
  if (least < grave) query.delete('severity');
  replaceChildren(element, h('h2', {}, t.todo), h('p', { class: 'said' }, t.todoSaid(graves, least === grave ? t.todoGrave : severityNames[least]!)),
    tasks.length > 0 && h('table', { class: 'todo' },
      h('thead', {}, h('tr', {}, head(t.todoHead.services, 'count'), head(t.todoHead.what, 'what'), head(t.todoHead.remedy, 'remedy'), head(t.todoHead.who, 'who'), head(t.todoHead.level, 'level'))),
      h('tbody', {}, ...tasks.slice(0, shownToDo).map((task) => toDoRow(data, task)))),
    rest > 0 && h('p', { class: 'onward' }, h('a', { href: address('findings', '', query), class: 'to' }, t.todoRest(rest))));
}

/** Subjects that nobody stands on and that have one finding of the same rule are one task. */
function together(data: Data, tasks: Task[]): Task[] {
  const byRule = new Map<number, Task[]>();
  const isPlain = (task: Task): boolean => task.reach === 0 && task.findings.length === 1 && data.item(task.findings[0]!) >= 0;
  for (const task of tasks) {
    if (isPlain(task)) byRule.set(data.rule(task.findings[0]!), [...(byRule.get(data.rule(task.findings[0]!)) ?? []), task]);
  }
  const isOneOfMany = (task: Task): boolean => isPlain(task) && byRule.get(data.rule(task.findings[0]!))!.length >= 3;
  return [...tasks.filter((task) => !isOneOfMany(task)), ...[...byRule.values()].filter((same) => same.length >= 3).map((same) => ({ findings: [same[0]!.findings[0]!], reach: 0, alike: same.map((task) => task.findings[0]!) }))];
}

function toDoRow(data: Data, task: Task): HTMLElement {
  const finding = task.findings[0]!;
  const item = data.item(finding);
  const rule = data.ruleOf(finding);
  const isMany = task.alike.length > 0;
  const ask = data.ask(finding);
  const subject: Child[] = isMany
    ? [h('a', { href: address('findings', '', new URLSearchParams({ rule: rule.id })), class: 'to' }, t.alike(task.alike.length, tierNames[data.items.tier[item]!]!)), `: ${rule.title}`,
      h('small', { class: 'note' }, listed(task.alike.map((one) => data.subject(one)), 5))]
    : [item >= 0 ? facing(data, item) : null, item >= 0 ? itemLink(data, item) : h('a', { href: linkTo(data, finding), class: 'to' }, name(data.subject(finding))), ' ', data.brief(finding),
      task.findings.length > 1 && h('small', { class: 'note' }, h('a', { href: linkTo(data, finding), class: 'to' }, t.alsoFound(task.findings.length - 1)))];
  return h('tr', {},
    h('td', { class: task.reach > 0 ? 'count' : 'count zero' }, t.reachOf(task.reach, data.reachIsExact(finding))),
    h('td', { class: 'what' }, ...subject), h('td', { class: 'remedy' }, rule.remedy),
    h('td', { class: 'who' }, isMany ? t.theirOwners : ask === '' ? h('small', {}, t.nobodyOnRecord) : namedParty(data, ask)),
    h('td', { class: 'level' }, severity(data.severity(finding))));
}

// --- how far it can be believed

/** What has become of the findings of an earlier night. */
function changes(data: Data): Child {
  const baseline = data.head.baseline;
  if (baseline === undefined) return null;
  const shown = 32;
  const counts = ([['new', baseline.added], ['updated', baseline.updated], ['unchanged', baseline.unchanged]] as const).map(([state, amount]) =>
    h('li', { class: 'pair' }, h('a', { href: address('findings', '', new URLSearchParams({ state })), class: 'to' }, t.states[state]!), h('b', {}, n(amount))));
  return h('section', {}, h('h2', {}, t.since(baseline.asOf)),
    h('ul', { class: 'open' }, ...counts, h('li', { class: 'pair' }, h('span', {}, t.gone.toLowerCase()), h('b', {}, n(baseline.absent)))),
    baseline.gone.length > 0 && h('details', {}, h('summary', { class: 'quiet' }, t.goneMore),
      h('ul', { class: 'open' }, ...baseline.gone.slice(0, shown).map((one) => h('li', {}, h('b', {}, name(one.name)), h('small', {}, `${data.head.rules[data.ruleNumber(one.rule)]?.title ?? one.rule}: ${t.fates[one.fate] ?? one.fate}`))),
        baseline.absent > shown && h('li', { class: 'quiet' }, t.moreWays(baseline.absent - shown)))));
}

function coverage(data: Data): HTMLElement {
  const rows = data.head.tiers.filter((tier) => tier.live > 0 && tier.tier !== 'unmapped').map((tier) => {
    // Of a part of the estate nobody counts how many components a group runs.
    const isUnclear = data.head.scope.length > 0 && tier.tier === 'component' && tier.unowned > 0;
    const byGroup = isUnclear ? tier.unowned : tier.runByGroup;
    const parts: [keyof typeof t.key, number][] = [['owner', tier.owned], ['group', byGroup], ['nobody', tier.unowned - byGroup], ['unknown', tier.notEvaluated]];
    const bar = h('span', { class: 'stack', 'aria-hidden': 'true' }, ...parts.filter(([, amount]) => amount > 0).map(([kind, amount]) => {
      const part = h('i', { class: kind });
      part.style.flexGrow = String(amount);
      return part;
    }));
    const extra = isUnclear ? t.groupUnclear : tier.runByGroup > 0 ? t.groupIsEnough(tier.runByGroup) : '';
    return h('div', { class: 'cover' }, h('p', {}, h('span', {}, t.tiers[tier.tier]!), h('span', {}, t.ofAll(tier.owned, tier.live))), extra !== '' && h('p', { class: 'note' }, extra), bar);
  });
  const kinds = (Object.keys(t.key) as (keyof typeof t.key)[]);
  return h('section', {}, h('h2', {}, t.coverage), ...rows, h('p', { class: 'key' }, ...kinds.map((kind) => h('span', {}, h('i', { class: kind }), t.key[kind]))));
}

function notJudged(data: Data): Child {
  const head = data.head;
  const byReason = new Map<string, typeof head.notEvaluated>();
  for (const one of head.notEvaluated) byReason.set(one.reason, [...(byReason.get(one.reason) ?? []), one]);
  const most = 8;
  const all: Child[] = [...byReason].slice(0, most).map(([reason, ones]) => h('li', {}, h('b', {}, ...ones.slice(0, 3).flatMap((one, i): Child[] => [i > 0 ? ', ' : '', head.rules[one.rule]!.title]), ones.length > 3 ? ` ${t.answer.more(ones.length - 3)}` : ''),
    h('small', {}, reason, ones[0]!.subjects.length > 0 ? `: ${listed(ones[0]!.subjects, 3, ones[0]!.count)}` : ones[0]!.count > 0 ? ` (${t.notJudgedCount(ones[0]!.count)})` : '')));
  for (const gap of head.gaps) all.push(h('li', {}, h('b', {}, gap.what), h('small', {}, gap.which)));
  return h('section', { id: 'gaps' }, h('h2', {}, t.notJudged), all.length === 0 ? h('p', { class: 'said' }, t.allJudged) : h('ul', { class: 'open' }, ...all));
}

function leftOut(data: Data): Child {
  const out = data.head.leftOut;
  const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);
  const lines: string[] = [];
  if (sum(out.findings) > 0) lines.push(t.leftOutFindings(sum(out.findings), listed([4, 3, 2, 1, 0].filter((level) => out.findings[level]! > 0).map((level) => `${n(out.findings[level]!)} ${severityNames[level]}`), 5)));
  if (sum(out.items) > 0) lines.push(t.leftOutItems(sum(out.items), listed(tierNames.map((tier, i) => [tier, out.items[i]!] as const).filter(([, amount]) => amount > 0).map(([tier, amount]) => count(amount, ...t.some[tier]!)), 5)));
  if (out.relations) lines.push(t.leftOutRelations);
  return lines.length > 0 && h('section', {}, h('h2', {}, t.leftOutTitle), h('ul', { class: 'open' }, ...lines.map((line) => h('li', {}, h('small', {}, line)))));
}
