// What a person or group answers for, and what is wrong with it; and the page of a rule.

import { h, type Child } from './dom.ts';
import { type Data, TierOf, severityNames } from './data.ts';
import { shortList } from './finding.ts';
import { name, ownerFlaw, severity } from './marks.ts';
import { address } from './route.ts';
import { line, reached } from './sheet.ts';
import { count, listed, n, t } from './words.ts';

const most = 200;

export function personPage(data: Data, party: number): HTMLElement {
  const { owns, runs } = data.responsibilities(party);
  const flags = data.parties.flags[party]!;
  const kind = [t.person, t.kinds['group']!, t.aPersonOrGroup][data.parties.kind[party]!]!;
  const byTier = (a: number, b: number): number => data.items.tier[a]! - data.items.tier[b]! || (data.items.name[a]! < data.items.name[b]! ? -1 : 1);
  const live = owns.filter((item) => data.isLive(item)).sort(byTier);
  const run = runs.filter((item) => data.isLive(item) && !live.includes(item)).sort(byTier);
  const findings = [...new Set(owns.flatMap((item) => data.findingsOf(item).filter((finding) => data.item(finding) === item)))].sort((a, b) => a - b);
  const id = data.parties.id[party];
  const facts: Child[][] = [[kind], ...((flags & 1) === 0 ? [[ownerFlaw(data, party)]] : []), ...((flags & 2) === 0 ? [[t.unknownParty]] : []), ...(id ? [[t.id, ' ', h('code', {}, id)]] : [])];
  return h('article', { class: 'sheet' },
    h('nav', { class: 'crumbs', 'aria-label': t.place }, h('a', { href: address(''), class: 'to' }, t.overview)),
    h('h1', {}, name(data.partyName(party))), h('p', { class: 'facts' }, ...facts.map((fact) => h('span', {}, ...fact))),
    reached(data, party),
    h('div', { class: 'lead' },
      h('div', {}, h('h2', {}, t.owns), h('p', { class: 'verdict' }, n(live.length), ' ', h('small', {}, live.length === 1 ? t.ownsCount(1).replace(/^\S+ /, '') : t.ownsCount(2).replace(/^\S+ /, ''))), h('p', { class: 'said' }, load(data, live))),
      h('div', {}, h('h2', {}, t.itsFindings), h('p', { class: 'verdict' }, n(findings.length), ' ', h('small', {}, t.findingsOn(findings.length).replace(/^\S+ /, ''))),
        h('p', { class: 'said' }, listed([4, 3, 2, 1, 0].map((level) => [level, findings.filter((finding) => data.severity(finding) === level).length] as const).filter(([, amount]) => amount > 0).map(([level, amount]) => `${n(amount)} ${severityNames[level]}`), 5)))),
    h('section', {}, h('h2', {}, t.personFindings), findings.length === 0 ? h('p', { class: 'said' }, t.noPersonFindings) : shortList(data, findings, most)),
    h('div', { class: 'half' }, items(data, t.itsItems, live), run.length > 0 && items(data, t.runsTitle, run)));
}

/** How many customers hang on one person. */
function load(data: Data, items: number[]): string {
  if (items.length === 0) return t.ownsCount(0);
  const seen = new Set(items);
  const order = [...items];
  for (let at = 0; at < order.length; ++at) {
    for (const next of data.reliedOnBy.of(order[at]!)) {
      if (!seen.has(next) && data.isLive(next)) {
        seen.add(next);
        order.push(next);
      }
    }
  }
  const tiers = ['portfolio', 'service', 'system', 'component'].map((tier, i) => [tier, items.filter((item) => data.items.tier[item] === i).length] as const)
    .filter(([, amount]) => amount > 0).map(([tier, amount]) => count(amount, ...t.some[tier]!));
  return t.loadOf(listed(tiers, 4), order.filter((item) => data.items.tier[item] === TierOf.service && data.isCustomerFacing(item)).length);
}

function items(data: Data, title: string, all: number[]): HTMLElement {
  return h('section', {}, h('h2', {}, title), all.length === 0 ? h('p', { class: 'said' }, t.ownsCount(0)) : h('ul', { class: 'held' }, ...all.slice(0, most).map((item) => line(data, item, false))),
    all.length > most && h('p', { class: 'quiet' }, t.moreWays(all.length - most)));
}

export function rulePage(data: Data, number: number): HTMLElement {
  const rule = data.head.rules[number]!;
  const shown = 20;
  const findings: number[] = [];
  for (let i = 0; i < data.findingCount && findings.length < shown; ++i) if (data.rule(i) === number) findings.push(i);
  const part = (title: string, text: string): Child[] => [h('dt', {}, title), h('dd', {}, text)];
  return h('article', { class: 'sheet' },
    h('nav', { class: 'crumbs', 'aria-label': t.place }, h('a', { href: address('findings'), class: 'to' }, t.findings), '›', h('span', {}, t.rule)),
    h('h1', {}, rule.title),
    h('p', { class: 'facts' }, severity(severityNames.indexOf(rule.severity as typeof severityNames[number])), h('code', {}, rule.id), h('span', {}, t.ruleFound(rule), ' ', t.ruleNotJudged(rule))),
    h('dl', { class: 'kv' }, ...part(t.why, rule.rationale), ...part(t.definition, rule.definition), ...part(t.toDo, rule.remedy), ...part(t.certainty, t.certaintyOf(rule))),
    h('section', {}, h('h2', {}, t.itsFindings), findings.length === 0 ? h('p', { class: 'said' }, t.ruleFound(rule)) : shortList(data, findings, shown),
      rule.findings > 0 && h('p', { class: 'onward' }, h('a', { href: address('findings', '', new URLSearchParams({ rule: rule.id })), class: 'to' }, t.ruleFindings))));
}
