// What can be measured, each figure with its definition, source, and how to read it.

import { fill, make } from "../working/elements.js";

/** @param {any} page @param {any} place */
export async function figuresView(page, place) {
  const t = page.t;
  place.replaceChildren(make("p", { role: "status", text: "…" }));
  const rows = await page.line.ask("figures", { map: page.mapId });
  if (page.view !== "figures") return;
  place.replaceChildren(make("p", { text: fill(t.figuresHelp, { n: rows[0].n }) }), figuresTable(t, t.figures, rows));
}

/** @param {any} t @param {string} caption @param {any[]} rows */
export function figuresTable(t, caption, rows) {
  const head = [t.measure, t.value, "n", t.what, t.reading, t.source].map((label) => make("th", { scope: "col", text: label }));
  const body = rows.map((one) => make("tr", {}, make("th", { scope: "row", text: one.name }), ...[one.value, one.n, one.definition, one.reading, one.source].map((text) => make("td", { text }))));
  return make("div", { class: "mf-scroll", tabindex: "0", role: "region", "aria-label": caption },
    make("table", { class: "mf-figures" }, make("caption", { text: caption }), make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...body)));
}
