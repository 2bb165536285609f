// One finding: what there is to say of it, on whatever page.

import { h, type Child } from './dom.ts';
import { type Data, kindNames, severityNames, tierNames } from './data.ts';
import { facing, itemLink, name, namedParty, ruleLink, say, severity, whoAnswers } from './marks.ts';
import { about } from './filter.ts';
import { address } from './route.ts';
import { listed, n, t } from './words.ts';

export function subject(data: Data, finding: number, asLink = true): Child[] {
  const item = data.item(finding);
  const what = item >= 0 ? t.tier[about(data, finding)]! : t.kinds[kindNames[data.kind(finding)]!]!;
  return [item >= 0 ? facing(data, item) : null, item >= 0 && asLink ? itemLink(data, item) : h('b', {}, name(data.subject(finding))), ' ', h('small', {}, what)];
}

export function sentence(text: string): string { return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.'); }

/** What is wrong, beyond what the rule's title says already. */
export function said(data: Data, finding: number): string {
  const title = data.ruleOf(finding).title.toLowerCase();
  const text = [data.brief(finding), data.message(finding)].find((one) => !title.includes(one.toLowerCase()));
  return text === undefined ? '' : sentence(text);
}

function evidence(data: Data, finding: number): Child[] {
  const parts: Child[] = [];
  for (const [label, value] of data.evidence(finding)) {
    if (parts.length > 0) parts.push('; ');
    parts.push(`${t.evidenceNames[label] ?? label}: `);
    const values = Array.isArray(value) ? value : [value];
    const isOfParties = /wners|candidates/.test(label);
    values.forEach((one, i) => {
      if (i > 0) parts.push(', ');
      if (typeof one === 'string') parts.push(isOfParties ? namedParty(data, one) : /^[0-9a-f]{32}$/.test(one) ? h('code', {}, one) : name(one));
      else parts.push(Array.isArray(value) && data.items.name[one] !== undefined ? itemLink(data, one) : n(one));
    });
  }
  return parts;
}

function row(label: string, ...value: Child[]): Child[] { return [h('dt', {}, label), h('dd', {}, ...value)]; }
/** What a sheet on paper goes without. */
function aside(label: string, ...value: Child[]): Child[] { return [h('dt', { class: 'aside' }, label), h('dd', { class: 'aside' }, ...value)]; }

function accepted(data: Data, finding: number): Child[] {
  const one = data.acceptance(finding);
  return one === null ? [] : row(t.facets['accepted']!, t.acceptedUntil(one.until), ' ', name(one.approver), ': ', name(one.reason));
}

export function facts(data: Data, finding: number): HTMLElement {
  const rule = data.ruleOf(finding);
  const known = evidence(data, finding);
  return h('dl', { class: 'kv' },
    ...aside(t.why, rule.rationale),
    ...row(t.toDo, h('b', {}, rule.remedy)),
    ...(known.length > 0 ? row(t.evidence, ...known) : []),
    ...(data.state(finding) === '' ? [] : row(t.facets['state']!, t.states[data.state(finding)]!, data.since(finding) === '' ? '' : `, ${t.knownSince(data.since(finding))}`)),
    ...accepted(data, finding),
    ...aside(t.certainty, t.certaintyOf(rule)),
    ...(data.place(finding) === '' ? [] : aside(t.recordedIn, h('code', {}, name(data.place(finding))))),
    ...aside(t.followIt, ruleLink(data, data.rule(finding)), ' ', h('code', {}, data.mark(finding))));
}

/** Customer-facing services that stand on an item, and on which way. */
export function served(data: Data, item: number): { services: number[]; way: (service: number) => number[] } {
  const above = data.reach1(item, data.reliedOnBy);
  const services = above.order.filter((other) => data.isCustomerFacing(other));
  services.sort((a, b) => data.items.facing[a]! - data.items.facing[b]!);
  return {
    services,
    way(service: number): number[] {
      const steps: number[] = [];
      for (let at = above.from.get(service)!; at !== item && at >= 0; at = above.from.get(at)!) steps.push(at);
      return steps;
    },
  };
}

export function servedList(data: Data, item: number, shown: number): HTMLElement {
  const { services, way } = served(data, item);
  const list = h('ul', { class: 'ways' }, ...services.slice(0, shown).map((service) => {
    const steps = way(service);
    return h('li', {}, facing(data, service), itemLink(data, service),
      h('small', { class: 'via' }, steps.length === 0 ? t.directly : listed(steps.map((step) => data.items.name[step]!), 4).replace(/(, | and )/g, ' › ')),
      h('span', { class: 'who' }, ...whoAnswers(data, service)));
  }));
  if (services.length > shown) list.append(h('li', { class: 'quiet' }, t.moreWays(services.length - shown)));
  return list;
}

export function markdown(data: Data, finding: number): string {
  const escape = (text: string): string => text.replace(/[\\`*_{}[\]<>()#+!|~-]/g, '\\$&').replace(/\s+/g, ' ');
  const rule = data.ruleOf(finding);
  const who = data.ask(finding);
  return `- **${escape(data.subject(finding))}** (${about(data, finding)}, ${severityNames[data.severity(finding)]}): ${escape(data.message(finding))}\n` +
    `  - ${t.toDo}: ${escape(rule.remedy)}\n${who === '' ? '' : `  - ${t.columns['ask']}: ${escape(who)}\n`}` +
    `  - ${rule.id} ${data.mark(finding)}${data.place(finding) === '' ? '' : `, ${escape(data.place(finding))}`}\n`;
}

export function copy(text: string): void {
  const done = (): void => say(t.copied);
  const byHand = (): void => {
    const area = h('textarea', { class: 'unseen', 'aria-hidden': 'true' });
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    if (copied) done(); else say(t.notCopied);
  };
  if (navigator.clipboard === undefined) byHand();
  else navigator.clipboard.writeText(text).then(done, byHand);
}

export function linkTo(data: Data, finding: number): string { return address('findings', '', new URLSearchParams({ open: data.mark(finding) })); }

export function actions(data: Data, finding: number): HTMLElement {
  return h('p', { class: 'actions' },
    h('button', { type: 'button', onclick: () => copy(location.href.replace(/#.*/, '') + linkTo(data, finding)) }, t.copyLink),
    h('button', { type: 'button', onclick: () => copy(markdown(data, finding)) }, t.copyMarkdown));
}

/** Who could own it, the most likely first. */
export function candidateList(data: Data, candidates: [string, string][]): HTMLElement {
  return h('ol', { class: 'rank' }, ...candidates.map(([who, reason]) => h('li', {}, h('div', {}, h('b', {}, namedParty(data, who)), h('p', { class: 'said' }, reason)))));
}

/** With everything, below the row of a list. */
export function detail(data: Data, finding: number): HTMLElement {
  const item = data.item(finding);
  const isServed = item >= 0 && data.isLive(item) && served(data, item).services.length > 0;
  const candidates = item >= 0 && data.owners(item).length === 0 ? data.candidates.get(item) ?? [] : [];
  return h('div', { class: 'detail' },
    h('div', {}, h('p', { class: 'said' }, sentence(data.message(finding))), facts(data, finding), actions(data, finding)),
    h('div', {},
      isServed && h('h2', { class: 'small' }, t.servicesOnIt), isServed && servedList(data, item, 6),
      candidates.length > 0 && h('h2', { class: 'small' }, t.couldOwn), candidates.length > 0 && candidateList(data, candidates),
      item >= 0 && h('p', { class: 'onward' }, itemLink(data, item, t.sheetOf(data.items.name[item]!)))));
}

/** A card of its own, as sheets have them. */
export function card(data: Data, finding: number): HTMLElement {
  return h('article', { class: `found ${severityNames[data.severity(finding)]}` },
    h('header', {}, h('h3', {}, data.ruleOf(finding).title), severity(data.severity(finding))),
    h('p', { class: 'said' }, h('b', {}, name(data.subject(finding))), ' ', data.message(finding)),
    facts(data, finding), actions(data, finding));
}

/** A line each, with a link to the finding. */
export function shortList(data: Data, findings: number[], shown: number): HTMLElement {
  return h('ul', { class: 'shorts' }, ...findings.slice(0, shown).map((finding) =>
    h('li', {}, severity(data.severity(finding)),
      h('span', {}, h('a', { href: linkTo(data, finding), class: 'to' }, name(data.subject(finding))), ' ', data.brief(finding)),
      h('small', {}, data.item(finding) >= 0 ? t.tier[tierNames[data.items.tier[data.item(finding)]!]!]! : t.kinds[kindNames[data.kind(finding)]!]!))),
    findings.length > shown && h('li', { class: 'quiet' }, t.moreWays(findings.length - shown)));
}
