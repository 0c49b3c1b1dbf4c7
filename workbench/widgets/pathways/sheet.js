// The map as a table: the same data for whoever would rather read and type than look and drag.

import { fill, make, press, select } from "../working/elements.js";

const ROWS = 200; // that are shown at once: each has fields, and thousands of them make every move slow

/** @param {any} page @param {any} place */
export function sheetView(page, place) {
  const t = page.t;
  const there = page.map.actors.filter((/** @type {any} */ one) => page.map.places[one.id]);
  const away = page.map.actors.filter((/** @type {any} */ one) => !page.map.places[one.id]);
  if (!there.length) {
    place.replaceChildren(make("p", { class: "mf-quiet", text: t.empty }), elsewhere(page, away));
    return;
  }
  const shown = there.slice(0, page.rowsShown ?? ROWS);
  const left = there.length - shown.length;
  const head = [t.who, t.sector, t.distance, t.hasToDo].map((label) => make("th", { scope: "col", text: label }));
  place.replaceChildren(make("div", { class: "mf-scroll", tabindex: "0", role: "region", "aria-label": t.onMap },
    make("table", { class: "mf-sheet" }, make("caption", { text: t.onMap }), make("thead", {}, make("tr", {}, ...head)),
      make("tbody", {}, ...shown.map((/** @type {any} */ one) => row(page, one))))),
  left ? press(fill(t.moreRows, { n: Math.min(left, ROWS), all: there.length }), () => moreRows(page, place, shown.length)) : "", elsewhere(page, away));
}

/** @param {any} page @param {any} place @param {number} from */
function moreRows(page, place, from) {
  page.rowsShown = from + ROWS;
  sheetView(page, place);
  place.querySelectorAll("tbody button")[from].focus();
}

/** Those of the network who stand on other maps only. @param {any} page @param {any[]} away */
function elsewhere(page, away) {
  const t = page.t;
  if (!away.length) return "";
  const sector = page.network.sectors[0].id;
  return make("section", {}, make("h3", { text: t.notOnMap }), make("ul", {}, ...away.map((one) => make("li", {}, `${one.label} `,
    press(t.placeAgain, () => page.putBack(one.id, { sector, ...page.freePlace(sector) }), { "aria-label": `${t.placeAgain}: ${one.label}` })))));
}

/** Whom lines lead to, come from, or both. @param {{to: string[], from: string[]}} ends @param {(ids: string[]) => string} named */
function arrowsTold({ to, from }, named) {
  const both = to.filter((id) => from.includes(id));
  const ways = /** @type {[string, string[]][]} */ ([["↔", both], ["→", to.filter((id) => !both.includes(id))], ["←", from.filter((id) => !both.includes(id))]]);
  return ways.filter(([, ids]) => ids.length).map(([arrow, ids]) => `${arrow} ${named([...new Set(ids)])}`).join("; ");
}

/** @param {any} page @param {any} one */
function row(page, one) {
  const t = page.t;
  const name = page.map.words[one.id];
  const place = page.map.places[one.id];
  const sector = select(page.network.sectors.map((/** @type {any} */ each) => [each.id, each.label]), place.sector, { "aria-label": `${t.sector}: ${name}` });
  sector.addEventListener("change", () => page.put(one.id, { ...page.freePlace(sector.value), distance: place.distance, sector: sector.value }));
  const distance = make("input", { type: "range", min: "0", max: "100", value: String(Math.round(place.distance * 100)), "aria-label": `${t.distance}: ${name}` });
  distance.addEventListener("change", () => page.put(one.id, { ...page.map.places[one.id], distance: Number(distance.value) / 100 }));
  const named = (/** @type {string[]} */ ids) => ids.map((other) => page.map.words[other]).join(", ");
  const whom = page.network.directed ? arrowsTold(page.drawn.ends(one.id), named) : named(page.drawn.neighbours(one.id));
  return make("tr", { "data-row": one.id }, make("th", { scope: "row" }, press(name, () => page.choose(one.id))), make("td", {}, sector), make("td", {}, distance), make("td", { text: whom || "–" }));
}
