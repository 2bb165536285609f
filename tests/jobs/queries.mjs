// The queries of a Grafana dashboard, one a line: `node queries.mjs DASHBOARD.json`. Fails where the
// file is no JSON, a panel has no query, or two panels lie over one another.
import { readFileSync } from "node:fs";

const dashboard = JSON.parse(readFileSync(process.argv[2], "utf8"));
const taken = [];
for (const panel of dashboard.panels) {
  const place = panel.gridPos;
  const over = taken.find((other) => place.x < other.x + other.w && other.x < place.x + place.w &&
    place.y < other.y + other.h && other.y < place.y + place.h);
  if (over || place.x + place.w > 24) {
    throw new Error(`${panel.title}: lies over another panel, or out of the grid`);
  }
  taken.push(place);
  const queries = panel.targets.map((target) => target.expr ?? target.rawSql);
  if (queries.length === 0 || queries.some((query) => !query)) {
    throw new Error(`${panel.title}: has no query`);
  }
  queries.forEach((query) => console.log(query));
}
