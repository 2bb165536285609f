// How it has gone: figures over the nights that a history knows, or then and now beside a baseline.

import { h, s, type Child } from './dom.ts';
import { type Data, TierOf, tierNames, type Trend } from './data.ts';
import { day, n, t } from './words.ts';

/** One figure, night by night; null where it is not known. */
interface Figure { name: string; values: (number | null)[]; isShare: boolean }

const width = 96, height = 30, inset = 4, mostDots = 31;

export function trend(data: Data): Child {
  const known = data.head.trend;
  if (known === undefined) return null;
  const figures = figuresOf(known).filter((figure) => figure.values.at(-1) !== null && numbers(figure).length > 1);
  if (figures.length === 0) return null;
  const isThenAndNow = known.nights.length === 2;
  const first = known.nights[0]!, last = known.nights.at(-1)!;
  const [least, most] = shareRange(figures);
  const notes = [isThenAndNow ? t.trend.then(first) : t.trend.span(first, last)];
  if (isThinned(known)) notes.push(t.trend.thinned(known.every));
  if (known.incomplete > 0) notes.push(t.trend.incomplete(known.incomplete));
  if (data.head.incomplete) notes.push(t.trend.isPart);
  if (!isThenAndNow) notes.push(t.trend.scale(least, most));
  const head = (text: string): HTMLElement => h('th', { scope: 'col' }, text);
  return h('section', { class: 'trend' }, h('h2', {}, isThenAndNow ? t.trend.thenAndNow : t.trend.over(known.all)), h('p', { class: 'note' }, notes.join(' ')),
    h('table', { class: isThenAndNow ? 'figures pairs' : 'figures' },
      h('colgroup', {}, h('col'), h('col', { class: 'then' }), h('col', { class: 'now' })),
      h('thead', { class: isThenAndNow ? undefined : 'unseen' }, h('tr', {}, head(t.trend.head.figure), head(isThenAndNow ? t.trend.head.then : t.trend.head.course), head(t.trend.head.now))),
      ...[false, true].map((isShare) => {
        const rows = figures.filter((figure) => figure.isShare === isShare)
          .map((figure) => isThenAndNow ? pairRow(figure) : courseRow(known, figure, isShare ? least : 0, isShare ? most : Math.max(1, ...numbers(figure))));
        return rows.length > 0 && h('tbody', {}, isShare && h('tr', {}, h('th', { scope: 'rowgroup', colspan: 3 }, t.trend.withOwner)), ...rows);
      })),
    !isThenAndNow && nights(known, figures));
}

/** What is said of all nights is then not known to be true of those between. */
function isThinned(known: Trend): boolean { return known.nights.length < known.all; }

function figuresOf(known: Trend): Figure[] {
  const sum = (...levels: number[]): number[] => known.nights.map((_, night) => levels.reduce((all, level) => all + known.severities[level]![night]!, 0));
  const orNull = (value: number): number | null => value < 0 ? null : value;
  const judged = (tier: number, night: number): number => known.owned[tier]![night]! + known.unowned[tier]![night]!;
  const byTier = (tier: number, of: (night: number) => number): (number | null)[] => known.nights.map((_, night) => judged(tier, night) > 0 ? of(night) : null);
  return [
    { name: t.trend.unowned, values: byTier(TierOf.service, (night) => known.unowned[TierOf.service]![night]!), isShare: false },
    { name: t.trend.orphans, values: known.orphans.map(orNull), isShare: false },
    { name: t.trend.grave, values: sum(3, 4), isShare: false },
    { name: t.trend.findings, values: sum(0, 1, 2, 3, 4), isShare: false },
    ...[TierOf.portfolio, TierOf.service, TierOf.system, TierOf.component].map((tier) => ({ name: t.tiers[tierNames[tier]]!, values: byTier(tier, (night) => Math.floor(known.owned[tier]![night]! / judged(tier, night) * 100)), isShare: true })),
  ];
}

/** What it is called where no heading stands above it. */
function full(figure: Figure): string { return figure.isShare ? t.trend.owned(figure.name) : figure.name; }

function numbers(figure: Figure): number[] { return figure.values.filter((value) => value !== null); }

function shown(figure: Figure, value: number | null): string { return value === null ? t.trend.unknown : figure.isShare ? t.trend.percent(value) : n(value); }

/** Shares have one scale, so that their lines can be compared: tens around all of them, and no fewer than twenty. */
function shareRange(figures: Figure[]): [number, number] {
  const shares = figures.filter((figure) => figure.isShare).flatMap(numbers);
  const most = Math.ceil(Math.max(20, ...shares) / 10) * 10;
  return [Math.min(Math.floor(Math.min(100, ...shares) / 10) * 10, most - 20), most];
}

function pairRow(figure: Figure): HTMLElement {
  const [then, now] = figure.values;
  return h('tr', {}, h('th', { scope: 'row' }, figure.name), h('td', {}, shown(figure, then!)), h('td', { class: 'now' }, h('b', {}, shown(figure, now!))));
}

function courseRow(known: Trend, figure: Figure, least: number, most: number): HTMLElement {
  const values = numbers(figure);
  const isStill = values.every((value) => value === values[0]);
  return h('tr', {}, h('th', { scope: 'row' }, figure.name), h('td', {}, course(known, figure, least, most)),
    h('td', { class: 'now' }, h('b', {}, shown(figure, values.at(-1)!)), h('small', {}, isStill ? t.trend.still(isThinned(known)) : t.trend.from(shown(figure, values[0]!)))));
}

/** A line over the days, so that a night that was missed is a longer step; broken where a figure is not known. */
function course(known: Trend, figure: Figure, least: number, most: number): SVGElement {
  const days = known.nights.map((date) => Date.parse(date) / 86_400_000);
  const first = days[0]!, span = Math.max(1, days.at(-1)! - first);
  const x = (night: number): number => round(inset + (days[night]! - first) / span * (width - 2 * inset));
  const y = (value: number): number => round(height - inset - (value - least) / (most - least) * (height - 2 * inset));
  let path = '';
  figure.values.forEach((value, night) => { if (value !== null) path += `${path === '' || figure.values[night - 1] === null ? 'M' : 'L'}${x(night)} ${y(value)}`; });
  const dots = figure.values.length > mostDots ? [] : figure.values.flatMap((value, night) => value === null ? [] : [s('circle', { cx: x(night), cy: y(value), r: 1.25, class: 'night' })]);
  const values = numbers(figure);
  const show = (value: number): string => shown(figure, value);
  const said = t.trend.said(full(figure), show(values[0]!), known.nights[figure.values.findIndex((value) => value !== null)]!, show(values.at(-1)!), known.nights.at(-1)!, show(Math.min(...values)), show(Math.max(...values)), isThinned(known));
  return s('svg', { class: 'course', role: 'img', 'aria-label': said, viewBox: `0 0 ${width} ${height}` }, s('title', {}, said),
    s('path', { d: `M0 ${height - 0.5}H${width}`, class: 'ground' }), s('path', { d: path, class: 'line' }), ...dots,
    s('circle', { cx: x(days.length - 1), cy: y(values.at(-1)!), r: 3, class: 'end' }));
}

function round(value: number): number { return Math.round(value * 10) / 10; }

/** All of it in numbers, the latest night first. */
function nights(known: Trend, figures: Figure[]): HTMLElement {
  const rows = known.nights.map((date, night) => h('tr', {}, h('th', { scope: 'row' }, date), ...figures.map((figure) => h('td', {}, shown(figure, figure.values[night]!)))));
  return h('details', {}, h('summary', { class: 'quiet' }, t.trend.numbers),
    h('div', { class: 'sideways', role: 'region', tabindex: 0, 'aria-label': t.trend.table(day(known.nights[0]!), day(known.nights.at(-1)!)) },
      h('table', {}, h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t.trend.head.night), ...figures.map((figure) => h('th', { scope: 'col' }, full(figure))))), h('tbody', {}, ...rows.reverse()))));
}
