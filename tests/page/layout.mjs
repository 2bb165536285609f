// The page's layout of neighbourhoods beside that of pictures, which tests/pictures keeps: the same
// columns, the same order, the same places, the same lines.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { layoutOf } from './layout-rules.mjs';

const kept = readFileSync(join(process.env.ROOT, 'tests', 'page', 'expected', 'layouts.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));

/** In each column, the cards from top to bottom. */
const orders = (cards, layout) => [0, 1, 2, 3].map((column) => cards.map((card, i) => [i, card]).filter(([, card]) => card.column === column)
  .sort(([a], [b]) => layout.cards[a].y - layout.cards[b].y).map(([i]) => i));

const near = (a, b) => Math.abs(a - b) < 1e-6;

test('layouts of the page are those of pictures', () => {
  assert.ok(kept.length > 60);
  for (const one of kept) {
    const layout = layoutOf(one.cards, one.edges, one.hasZones, one.measures);
    assert.deepEqual(layout.columnX, one.layout.columnX, one.name);
    assert.deepEqual(orders(one.cards, layout), orders(one.cards, one.layout), one.name);
    assert.deepEqual(layout.cards, one.layout.cards, one.name);
    assert.deepEqual(layout.beginsZone, one.layout.beginsZone, one.name);
    assert.ok(near(layout.width, one.layout.width) && near(layout.height, one.layout.height), one.name);
    layout.edges.forEach((stretches, i) => {
      assert.equal(stretches.length, one.layout.edges[i].length, one.name);
      stretches.forEach((stretch, k) => {
        for (const [key, value] of Object.entries(stretch)) assert.ok(near(value, one.layout.edges[i][k][key]), `${one.name}: line ${i}, ${key}`);
      });
    });
  }
});

test('a line that passes a column runs under no card', () => {
  for (const one of kept) {
    const { cards } = layoutOf(one.cards, one.edges, one.hasZones, one.measures);
    const { edges } = one.layout;
    edges.forEach((stretches, i) => stretches.slice(0, -1).forEach((stretch, k) => {
      // Level, from the end of one stretch to where the next begins.
      const x1 = Math.min(stretch.x2, stretches[k + 1].x1), x2 = Math.max(stretch.x2, stretches[k + 1].x1);
      const under = cards.findIndex((card) => card.x < x2 - 1 && card.x + one.measures.width > x1 + 1 && card.y < stretch.y2 && card.y + one.measures.height > stretch.y2);
      assert.equal(under, -1, `${one.name}: line ${i}`);
    }));
  }
});
