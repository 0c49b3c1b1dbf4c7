// The whole at a glance: code by code, theme by group, effect by determinant in each source, stripes; each mark opens its
// passages.

import { codebookAt } from "./codebook.js";
import { sorted } from "./codes.js";
import { counted } from "../working/counts.js";
import { fill, make, press } from "../working/elements.js";

/** @param {any} page @param {any} place */
export async function wholeView(page, place) {
  const t = page.t;
  const all = await page.line.ask("whole");
  await page.released();
  if (page.view !== "whole") return;
  const find = (/** @type {any} */ given) => page.show("find", given);
  place.replaceChildren(make("h2", { text: t.whole }),
    stripes(page, all.stripes), together(page, all.together, find), groups(page, all.groups, find), cells(page, all.cells, find), codebookAt(page));
}

/** @param {any} page @param {any[]} pairs @param {any} find */
function together(page, pairs, find) {
  const ids = [...new Set(pairs.flatMap(([a, b]) => [a, b]))].filter((id) => page.codes.has(id));
  if (!ids.length) return make("section", { class: "mf-card" }, make("h3", { text: page.t.together }), make("p", { text: page.t.noneTogether }));
  const named = sorted(page, ids.map((id) => page.codes.get(id))).map((code) => /** @type {[string, string]} */ ([code.id, code.name]));
  const times = new Map(pairs.flatMap(([a, b, n]) => [[`${a} ${b}`, n], [`${b} ${a}`, n]]));
  return counted(page.t.together, named, named, (a, b) => times.get(`${a} ${b}`) || 0, (a, b) => find({ code_id: a, beside: b }));
}

/** @param {any} page @param {any[]} counts @param {any} find */
function groups(page, counts, find) {
  const times = new Map(counts.map(([theme, group, n]) => [`${theme} ${group}`, n]));
  const columns = /** @type {Array<[string, string]>} */ ([...new Set(counts.map((row) => row[1]))].sort((one, other) => one.localeCompare(other, page.t.language)).map((g) => [g, g]));
  const rows = /** @type {Array<[string, string]>} */ ([...page.themes.values()].map((one) => [one.id, `${one.number} ${one.label}`]));
  return counted(page.t.themeByGroup, rows, columns, (a, b) => times.get(`${a} ${b}`) || 0, (theme, group) => find({ theme, group }));
}

/** @param {any} page @param {any[]} counts @param {any} find */
function cells(page, counts, find) {
  const times = new Map(counts.map(([source, effect, determinant, n]) => [`${source} ${effect} ${determinant}`, n]));
  const columns = /** @type {Array<[string, string]>} */ ([...page.effects.values()].flatMap((e) => [...page.determinants.values()].map((d) => [`${e.id} ${d.id}`, `${e.label} · ${d.label}`])));
  const rows = page.sources.map((/** @type {any} */ s) => [s.id, s.name]);
  return counted(page.t.cellsBySource, rows, columns, (a, b) => times.get(`${a} ${b}`) || 0, (source, both) => {
    const [effect, determinant] = both.split(" ");
    find({ source, effect, determinant });
  });
}

/** Where the codings stand, a lane a theme; the button before a lane finds what is in it. @param {any} page @param {any} all */
function stripes(page, all) {
  const t = page.t;
  return make("section", { class: "mf-card" }, make("h3", { text: t.stripes }), make("ul", { class: "mf-stripes" }, ...page.sources.filter((/** @type {any} */ s) => all[s.id]).map((/** @type {any} */ s) => {
    const { length, codings } = all[s.id];
    const lanes = [...page.themes.values()].map((theme) => [theme, codings.filter((/** @type {any} */ one) => one[3] === theme.id)]).filter(([, here]) => here.length);
    return make("li", {}, press(fill(t.stripeLabel, { source: s.name, n: codings.length }), () => page.goTo(s.id, codings.length ? codings[0][0] : 0), { class: "mf-link" }),
      ...lanes.map(([theme, here]) => make("div", { class: "mf-lane" },
        press(`${theme.number} ${theme.label}: ${here.length}`, () => page.show("find", { source: s.id, theme: theme.id }), { class: "mf-small mf-link" }), lane(page, s, length, here))));
  })));
}

/** @param {any} page @param {any} source @param {number} length @param {any[]} codings */
function lane(page, source, length, codings) {
  const bar = make("span", { class: "mf-stripe", "aria-hidden": "true" });
  for (const [start, end, code, theme, id] of codings) {
    const colour = page.codes.get(code)?.colour ?? ((page.themes.get(theme)?.number || 1) - 1) % 8;
    const mark = make("i", { title: page.codes.get(code)?.name || page.themes.get(theme)?.label });
    mark.style.cssText = `left:${(100 * start) / length}%;width:${Math.max(0.3, (100 * (end - start)) / length)}%;background:var(--mf-code-${colour})`;
    mark.addEventListener("click", () => page.goTo(source.id, start, end, id));
    bar.append(mark);
  }
  return bar;
}
