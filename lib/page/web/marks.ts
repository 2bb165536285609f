// The vocabulary that all pages share: whom a service faces, how grave a finding is, who answers.

import { h, s, type Child } from './dom.ts';
import { type Data, TierOf, facingNames, severityNames, stateNames, tierNames } from './data.ts';
import { address } from './route.ts';
import { listed, t } from './words.ts';

/** Disc: external. Half a disc: internal. Ring: supporting. Broken ring: unknown. */
export function facingShape(facing: number, x: number, y: number): SVGElement[] {
  const ring = { cx: x, cy: y, r: 4, class: facing === 3 ? 'ring broken' : 'ring' };
  if (facing === 0) return [s('circle', { cx: x, cy: y, r: 5, class: 'disc' })];
  if (facing === 1) return [s('circle', ring), s('path', { d: `M${x} ${y - 5}A5 5 0 0 0 ${x} ${y + 5}Z`, class: 'disc' })];
  return [s('circle', ring)];
}
export function facing(data: Data, item: number): Child {
  if (!data.isService(item)) return null;
  return s('svg', { class: 'glyph', viewBox: '0 0 10 10', role: 'img', 'aria-label': t.facing[facingNames[data.items.facing[item]!]!] },
    ...facingShape(data.items.facing[item]!, 5, 5));
}

export function severity(level: number): HTMLElement {
  const bars = [0, 1, 2, 3].map((i) => s('rect', { x: i * 4, y: 8 - i * 2.5, width: 3, height: 3 + i * 2.5, class: i < level ? 'on' : 'off' }));
  return h('span', { class: `sev ${severityNames[level]}` }, s('svg', { viewBox: '0 0 15 11', 'aria-hidden': 'true' }, ...bars), severityNames[level]);
}

export function noOwner(): HTMLElement { return h('span', { class: 'tag none' }, t.noOwner); }

/** How many findings an item has; filled where one of them is critical or high. */
export function badge(data: Data, item: number): Child {
  const findings = data.findingsOf(item);
  if (findings.length === 0) return null;
  const isGrave = findings.some((finding) => data.severity(finding) >= 3);
  const label = t.findingsOn(findings.length);
  return h('span', { class: isGrave ? 'badge' : 'badge mild', role: 'img', 'aria-label': label, title: label }, String(findings.length));
}

/** A name from an export: of any script and direction. */
export function name(text: string, props: { class?: string } = {}): HTMLElement { return h('bdi', { class: props.class ?? 'name' }, text); }

export function pageOf(data: Data, item: number): string { return address(tierNames[data.items.tier[item]!]!, data.word(item)); }

export function itemLink(data: Data, item: number, text?: string): HTMLElement {
  return h('a', { href: pageOf(data, item), class: 'to' }, name(text ?? data.items.name[item]!));
}
export function partyLink(data: Data, party: number): HTMLElement {
  return h('a', { href: address('person', data.partyWord(party)), class: 'to' }, name(data.partyName(party)));
}
/** Somebody by name, with a link where that is one of those that the page knows. */
export function namedParty(data: Data, who: string): HTMLElement {
  const party = data.findParty(who);
  return party >= 0 ? partyLink(data, party) : name(who);
}
export function ruleLink(data: Data, rule: number): HTMLElement {
  const one = data.head.rules[rule]!;
  return h('a', { href: address('rule', one.id), class: 'to' }, one.title);
}

/** What is not as it should be with an owner. */
export function ownerFlaw(data: Data, party: number): Child {
  const flags = data.parties.flags[party]!;
  const flaw = (flags & 1) === 0 ? t.hasLeft : (flags & 6) === 4 ? t.inNoTable : '';
  return flaw === '' ? null : h('span', { class: 'tag flaw' }, flaw);
}

/** Who answers for an item, in a few words. */
export function whoAnswers(data: Data, item: number, link = true): Child[] {
  const owners = data.owners(item);
  if (owners.length > 0) {
    const [first] = owners as [number];
    return [link ? partyLink(data, first) : name(data.partyName(first)), owners.length > 1 ? ` ${t.answer.more(owners.length - 1)}` : '', ' ', ownerFlaw(data, first)];
  }
  if (!data.isLive(item)) return [h('span', { class: 'quiet' }, t.notLive(stateNames[data.items.state[item]!]!))];
  const groups = data.operators(item);
  if (data.items.tier[item] === TierOf.component && groups.length > 0) {
    return [h('span', { class: 'quiet' }, t.runs(listed(groups.map((group) => data.partyName(group)), 1)))];
  }
  return data.items.ownerExported[item] === 1 ? [noOwner()] : [h('span', { class: 'quiet' }, t.notExported)];
}

/** Whether a live supporting service was found to support nobody. */
export function supportsNobody(data: Data, item: number): boolean {
  return data.findingsOf(item).some((finding) => data.item(finding) === item && data.ruleOf(finding).id === 'orphaned-supporting-service');
}

export function kindOf(data: Data, item: number): string {
  const tier = t.tier[tierNames[data.items.tier[item]!]!]!;
  const faces = facingNames[data.items.facing[item]!]!;
  return data.isService(item) && faces !== 'unknown' ? `${faces} ${tier}` : tier;
}
export function stateOf(data: Data, item: number): string { return t.state[stateNames[data.items.state[item]!]!]!; }

export function say(message: string): void {
  const status = document.getElementById('said');
  if (status !== null) status.textContent = message;
}
