// What can be measured of a map, each figure with its definition, source, and how to read it.

import { fill, make } from "../working/elements.js";

/** @param {any} page @param {any} place */
export async function figuresView(page, place) {
  const t = page.t;
  place.replaceChildren(make("p", { role: "status", text: "…" }));
  const rows = await page.line.ask("figures", { map: page.mapId });
  if (page.view !== "figures") return;
  const head = [t.measure, t.value, t.what, t.reading, t.source].map((label) => make("th", { scope: "col", text: label }));
  place.replaceChildren(make("p", { text: fill(t.figuresHelp, { n: rows[0].n }) }),
    make("div", { class: "mf-scroll", tabindex: "0", role: "region", "aria-label": t.figures }, make("table", { class: "mf-figures" }, make("caption", { text: t.figures }), make("thead", {}, make("tr", {}, ...head)),
      make("tbody", {}, ...rows.map((/** @type {any} */ one) => make("tr", {}, make("th", { scope: "row", text: one.name }), ...[one.value, one.definition, one.reading, one.source].map((text) => make("td", { text }))))))));
}
