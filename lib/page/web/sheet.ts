// All about one item: who answers for it and how that is known, whom it serves, what it stands on,
// what is wrong with it, and who could own it.

import { h, outward, type Child } from './dom.ts';
import { type Data, TierOf, facingNames, stateNames, tierNames } from './data.ts';
import { Neighbourhood, around } from './around.ts';
import { candidateList, card, sentence, served, servedList, shortList } from './finding.ts';
import { badge, facing, itemLink, kindOf, name, ownerFlaw, partyLink, stateOf, supportsNobody, whoAnswers } from './marks.ts';
import { address } from './route.ts';
import { listed, n, t } from './words.ts';

export function sheet(data: Data, item: number): HTMLElement {
  const findings = data.findingsOf(item);
  return h('article', { class: 'sheet' },
    crumbs(data, item), h('h1', {}, name(data.items.name[item]!)), facts(data, item),
    h('div', { class: 'lead' }, answers(data, item), serves(data, item)),
    held(data, item),
    data.items.tier[item] !== TierOf.portfolio && h('section', { class: 'around' }, h('h2', {}, t.around), new Neighbourhood(data, item).draw(), lists(data, item)),
    chain(data, item),
    h('div', { class: 'half' },
      h('section', {}, h('h2', {}, t.itsFindings),
        ...(findings.length === 0 ? [h('p', { class: 'said' }, t.noFindings)] : findings.slice(0, 6).map((finding) => card(data, finding))),
        findings.length > 6 && shortList(data, findings.slice(6), 20)),
      h('div', {}, candidates(data, item), nearby(data, item))));
}

function crumbs(data: Data, item: number): HTMLElement {
  const holders = data.reach1(item, data.holders).order.slice(0, 3).reverse();
  return h('nav', { class: 'crumbs', 'aria-label': t.place }, h('a', { href: address(''), class: 'to' }, t.overview),
    ...holders.flatMap((holder): Child[] => ['›', itemLink(data, holder), h('span', {}, ...whoAnswers(data, holder))]));
}

function facts(data: Data, item: number): HTMLElement {
  const environment = data.items.environment[item];
  const criticality = data.items.criticality[item]!;
  const id = data.items.id[item];
  const all: Child[][] = [[facing(data, item), ' ', kindOf(data, item)], [stateOf(data, item)]];
  if (criticality > 0) all.push([t.criticality(criticality)]);
  if (environment) all.push([t.inEnvironment(environment)]);
  if (data.className(item) !== '') all.push([h('code', {}, data.className(item))]);
  if (id) all.push([t.id, ' ', h('code', {}, id)]);
  if (data.items.vendor[item]) all.push([t.vendor(data.items.vendor[item] as string)]);
  all.push([t.findingsOn(data.findingsOf(item).length)]);
  if (data.items.link[item]) all.push([outward(data.items.link[item] as string, t.itsPage)]);
  return h('p', { class: 'facts' }, ...all.map((fact) => h('span', {}, ...fact)));
}

// --- who answers

function answers(data: Data, item: number): HTMLElement {
  const owners = data.owners(item);
  const isKnown = data.items.ownerExported[item] === 1;
  const verdict = owners.length > 0 ? owners.flatMap((owner, i): Child[] => [i > 0 ? ', ' : '', partyLink(data, owner), ' ', ownerFlaw(data, owner)]) : [isKnown ? t.nobody : t.unknownOwner];
  return h('div', {}, h('h2', {}, t.answersFor),
    h('p', { class: owners.length === 0 && isKnown && data.isLive(item) ? 'verdict alarm' : 'verdict' }, ...verdict),
    ...owners.slice(0, 3).map((owner) => reached(data, owner)),
    h('p', { class: 'said' }, ...howKnown(data, item), ' ', others(data, item), h('small', { class: 'note' }, h('code', {}, data.itemPlace(item)))));
}

/** How to reach somebody, and who is in a group. */
export function reached(data: Data, party: number): Child {
  const ways = data.ways(party);
  const lead = data.lead(party);
  const members = data.membersOf(party).filter((member) => member !== lead && data.isActive(member));
  const most = 6;
  const parts: Child[][] = ways.map((way) => [way]);
  if (lead >= 0) parts.push([t.leads, ' ', partyLink(data, lead), ...data.ways(lead).map((way) => ` ${way}`)]);
  if (members.length > 0) parts.push([t.inGroup, ' ', ...members.slice(0, most).flatMap((member, i): Child[] => [i > 0 ? ', ' : '', partyLink(data, member)]), members.length > most ? ` ${t.answer.more(members.length - most)}` : '']);
  return parts.length > 0 && h('p', { class: 'reached' }, ...parts.map((part) => h('span', {}, ...part)));
}

function howKnown(data: Data, item: number): Child[] {
  const field = data.ownerFields(item);
  const owners = data.owners(item);
  const placeholder = data.items.placeholder[item];
  if (data.items.ownerExported[item] !== 1) return [t.field.notThere];
  const lead = field === '' ? t.field.anOwnerField : h('code', {}, field);
  if (owners.length === 0) return [lead, placeholder ? t.field.isPlaceholder(placeholder) : t.field.isEmpty];
  return [lead, t.field.names(owners.length > 1 ? t.several(owners.length) : about(data, owners[0]!))];
}

function about(data: Data, party: number): string {
  const flags = data.parties.flags[party]!;
  if ((flags & 1) === 0) return t.somebody.replace('.', ' ') + t.left;
  if ((flags & 6) === 4) return t.somebody.replace('.', ' ') + t.ofNoTable;
  if ((flags & 6) === 0) return t.somebody.replace('.', ' ') + t.noTable;
  return data.parties.kind[party] === 1 ? t.oneGroup : data.parties.kind[party] === 0 ? t.onePerson : t.somebody;
}

function others(data: Data, item: number): string {
  const names = (parties: number[]): string => listed(parties.map((party) => data.partyName(party)));
  const groups = data.operators(item), named = data.named(item);
  return [
    groups.length === 0 ? '' : data.items.tier[item] === TierOf.component && data.owners(item).length === 0 ? t.runByEnough(names(groups)) : t.runBy(names(groups)),
    named.length === 0 ? '' : t.namedOnIt(names(named)),
  ].filter((text) => text !== '').join(' ');
}

// --- whom it serves

function serves(data: Data, item: number): HTMLElement {
  if (data.items.tier[item] === TierOf.portfolio) return holding(data, item);
  const { services } = served(data, item);
  const isOne = data.isCustomerFacing(item);
  const shown = 6;
  const verdict = isOne && data.isLive(item) ? [t.customers, ' ', h('small', {}, facingNames[data.items.facing[item]!]!)] : [n(services.length), ' ', h('small', {}, t.serviceCount(services.length))];
  return h('div', {}, h('h2', {}, t.servesTitle), h('p', { class: 'verdict' }, ...verdict),
    h('p', { class: 'said' }, isOne ? t.othersRely(services.length) : services.length === 0 ? t.servesNobody : '', ' ', foundation(data, item)),
    services.length > 0 && servedList(data, item, shown));
}

/** Of a portfolio: how many services are in it, at whatever depth, and how they fare. */
function holding(data: Data, item: number): HTMLElement {
  const services = data.reach1(item, data.holds).order.filter((one) => data.isService(one));
  const unowned = services.filter((one) => data.isUnowned(one)).length;
  const idle = services.filter((one) => supportsNobody(data, one)).length;
  return h('div', {}, h('h2', {}, t.holdsTitle), h('p', { class: 'verdict' }, n(services.length), ' ', h('small', {}, services.length === 1 ? t.liveService : t.liveServices)),
    h('p', { class: 'said' }, sentence(t.boxCounts(unowned, idle) || t.allFine)));
}

function foundation(data: Data, item: number): Child {
  const below = data.reach1(item, data.relies).order;
  const words = tierNames.map((tier, i) => [tier, below.filter((one) => data.items.tier[one] === i).length] as const)
    .filter(([, amount]) => amount > 0).map(([tier, amount]) => `${n(amount)} ${t.some[tier]![amount === 1 ? 0 : 1]}`);
  if (words.length === 0) return data.items.tier[item] === TierOf.component ? '' : t.standsOnNothing;
  const unowned = below.filter((one) => data.items.tier[one] !== TierOf.component && data.isUnowned(one));
  return [t.standsOnSaid(listed(words, 4)), unowned.length > 0 ? ' ' + t.nobodyFor(listed(unowned.map((one) => data.items.name[one]!))) : '', data.head.leftOut.relations ? ' ' + t.partial : ''].join('');
}

/** What a portfolio or service holds. */
function held(data: Data, item: number): Child {
  const most = 400;
  const order = (one: number): number => (data.isUnowned(one) ? 0 : 4) + (data.isLive(one) ? 0 : 8) + data.items.facing[one]!;
  const all = data.holds.of(item).sort((a, b) => order(a) - order(b) || (data.items.name[a]! < data.items.name[b]! ? -1 : 1));
  if (all.length === 0) return null;
  return h('section', {}, h('h2', {}, t.holdsTitle), h('ul', { class: 'held' }, ...all.slice(0, most).map((one) => line(data, one))),
    all.length > most && h('p', { class: 'quiet' }, t.moreWays(all.length - most)));
}

export function line(data: Data, item: number, saysWho = true): HTMLElement {
  return h('li', {}, h('span', { class: 'item' }, facing(data, item), itemLink(data, item), ' ', data.isService(item) ? badge(data, item) : h('small', {}, t.tier[tierNames[data.items.tier[item]!]!]!)),
    h('span', { class: 'who' }, !data.isLive(item) && h('small', {}, t.state[stateNames[data.items.state[item]!]!]!), ' ', ...(saysWho ? whoAnswers(data, item) : [])));
}

/** The neighbourhood as two lists, for narrow screens. */
function lists(data: Data, item: number): HTMLElement {
  const found = around(data, item);
  const most = 12;
  const part = (title: string, items: number[]): Child => items.length > 0 && h('div', {}, h('h3', {}, title),
    h('ul', { class: 'held' }, ...items.slice(0, most).map((one) => line(data, one))), items.length > most && h('p', { class: 'quiet' }, t.moreWays(items.length - most)));
  return h('div', { class: 'tiers' }, part(t.itServes, found.above), part(t.itStandsOn, found.below));
}

// --- the chain

interface Link { items: number[]; who: Child[]; how: Child[] }

function chain(data: Data, item: number): Child {
  const below = data.reach1(item, data.relies).order;
  const holders = data.reach1(item, data.holders).order;
  const tier = data.items.tier[item]!;
  const parts: [string, Link[], boolean][] = [];
  const of = (level: number): number[] => below.filter((one) => data.items.tier[one] === level);
  parts.push([t.tiers['portfolio']!, links(data, holders.filter((one) => data.items.tier[one] === TierOf.portfolio)), false]);
  if (tier !== TierOf.service) parts.push([t.tiers['service']!, links(data, holders.filter((one) => data.isService(one))), false]);
  parts.push([sentence(t.tier[tierNames[tier]!]!).replace('.', ''), links(data, [item]), true]);
  parts.push([t.servicesItStandsOn, links(data, of(TierOf.service)), false], [t.tiers['system']!, links(data, of(TierOf.system)), false], [t.tiers['component']!, links(data, of(TierOf.component)), false]);
  const gaps = [...holders, item, ...below].filter((one) => data.isLive(one) && data.isUnowned(one)).map((one) => data.items.name[one]!);
  const rows = parts.flatMap(([label, all, isMe]) => all.map((link, i) => h('tr', { class: isMe ? 'me' : '' },
    h('td', {}, i === 0 ? label : ''), h('td', {}, ...joined(data, link.items)), h('td', {}, ...link.who), h('td', { class: 'how' }, ...link.how))));
  if (rows.length < 2) return null;
  const head = (text: string): HTMLElement => h('th', { scope: 'col' }, text);
  return h('section', { class: 'chain-part' }, h('h2', {}, t.chain), h('p', { class: 'said' }, t.chainSaid(gaps)),
    h('table', { class: 'chain' }, h('thead', {}, h('tr', {}, head(t.chainHead.tier), head(t.chainHead.what), head(t.chainHead.who), head(t.chainHead.how))), h('tbody', {}, ...rows)));
}

function joined(data: Data, items: number[]): Child[] {
  const most = 6;
  return [...items.slice(0, most).flatMap((one, i): Child[] => [i > 0 ? ', ' : '', itemLink(data, one)]), items.length > most ? ` ${t.answer.more(items.length - most)}` : ''];
}

/** A line for each that nobody answers for, and one for each who answers for some. */
function links(data: Data, items: number[]): Link[] {
  const mostRows = 8;
  const unowned = items.filter((item) => data.isUnowned(item));
  const byOwner = new Map<string, number[]>();
  for (const item of items) {
    if (data.isUnowned(item)) continue;
    const key = `${data.owners(item).join()}|${data.owners(item).length === 0 ? data.operators(item).join() : ''}|${data.items.ownerExported[item]}`;
    byOwner.set(key, [...(byOwner.get(key) ?? []), item]);
  }
  const all = [...unowned.map((item) => [item]), ...byOwner.values()];
  const shown = all.slice(0, mostRows).map((group): Link => ({ items: group, who: whoAnswers(data, group[0]!), how: how(data, group) }));
  const rest = all.slice(mostRows).reduce((sum, group) => sum + group.length, 0);
  if (rest > 0) shown.push({ items: [], who: [h('span', { class: 'quiet' }, t.moreWays(rest))], how: [] });
  return shown;
}

function how(data: Data, group: number[]): Child[] {
  const item = group[0]!;
  const field = data.ownerFields(item);
  const lead = field === '' ? t.field.anOwnerField : h('code', {}, field);
  const owners = data.owners(item).map((party) => data.partyName(party));
  if (data.items.ownerExported[item] !== 1) return [t.how.notExported];
  if (owners.length === 0 && data.operators(item).length > 0 && data.items.tier[item] === TierOf.component) return [t.how.group];
  if (group.length > 1) return [lead, t.how.ofEach];
  const placeholder = data.items.placeholder[item];
  return [lead, owners.length > 0 ? t.how.says(listed(owners)) : placeholder ? t.how.placeholder(placeholder) : t.how.empty, ', ', h('code', {}, data.itemPlace(item).replace(/^.*\//, ''))];
}

// --- findings around it, and who could own it

function nearby(data: Data, item: number): Child {
  const own = new Set(data.findingsOf(item));
  const others = [...data.reach1(item, data.holders).order, ...data.reach1(item, data.relies).order.slice(0, 2000)];
  const found = [...new Set(others.flatMap((other) => data.findingsOf(other)))].filter((finding) => !own.has(finding)).sort((a, b) => a - b);
  return found.length > 0 && h('section', { class: 'nearby' }, h('h2', {}, t.aroundIt), shortList(data, found, 8));
}

function candidates(data: Data, item: number): Child {
  const all = data.candidates.get(item) ?? [];
  if (all.length === 0 || data.owners(item).length > 0) return null;
  return h('section', {}, h('h2', {}, t.couldOwn), h('p', { class: 'said' }, t.couldOwnSaid),
    candidateList(data, all));
}

