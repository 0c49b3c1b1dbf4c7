// What the signs on the map mean: only those that stand on it.

import { make } from "../working/elements.js";
import { DASHES, drawElement } from "./drawn.js";

const ACTOR_SIGNS = {
  person: () => drawElement("circle", { cx: 14, cy: 10, r: 8, class: "mf-person" }),
  service: () => drawElement("rect", { x: 6, y: 2, width: 16, height: 16, rx: 2, class: "mf-service" }),
  uncounted: () => drawElement("circle", { cx: 14, cy: 10, r: 8, class: "mf-uncounted" }),
};

/** @param {any} page */
export function legendOf(page) {
  const { t, map, network, choices } = page;
  const there = map.actors.filter((/** @type {any} */ one) => map.places[one.id]);
  const kinds = choices.actorKinds.filter((/** @type {string[]} */ [kind]) => there.some((/** @type {any} */ one) => one.kind === kind));
  const told = kinds.map((/** @type {string[]} */ [kind, label]) => legendItem(label, ACTOR_SIGNS[kind]()));
  if (there.some((/** @type {any} */ one) => one.coordinates)) told.push(legendItem(t.coordinates, drawElement("circle", { cx: 14, cy: 10, r: 9, class: "mf-coordinator" })));
  for (const [kind, label] of choices.tieKinds) {
    if (kind && map.ties.some((/** @type {any} */ tie) => tie.kind === kind)) told.push(legendItem(label, lineSample({ "stroke-dasharray": DASHES[kind], "stroke-width": 2 })));
  }
  if (network.strengths && map.ties.some((/** @type {any} */ tie) => tie.strength)) told.push(legendItem(t.thicker, lineSample({ "stroke-width": 4 })));
  return make("ul", { class: "mf-legend", "aria-label": t.signs }, ...told);
}

/** @param {Record<string, any>} looks */
const lineSample = (looks) => drawElement("line", { x1: 0, y1: 10, x2: 28, y2: 10, class: "mf-sample", ...looks });

/** @param {string} label @param {any} sign */
const legendItem = (label, sign) => make("li", {}, drawElement("svg", { viewBox: "0 0 28 20", width: 28, height: 20, "aria-hidden": "true" }, sign), ` ${label}`);
