// Finding: words in their contexts, narrowed by what is coded, who speaks and where; what is found can be coded in one go.

import { codesUnderThemes, sorted } from "./codes.js";
import { dimensionsOf } from "./picker.js";
import { field, fill, make, press, select } from "../working/elements.js";

const PORTION = 300; // passages shown at once

/** @param {any} page @param {any} place @param {any} [given] filters to begin with */
export function findingView(page, place, given = {}) {
  const t = page.t;
  const query = make("input", { type: "search", value: given.query || "" });
  const kinds = new Map(page.sources.map((/** @type {any} */ s) => [s.kind, s.kindLabel]));
  const groups = [...new Set(page.sources.flatMap((/** @type {any} */ s) => s.group.split(", ").filter(Boolean)))].sort((one, other) => one.localeCompare(other, t.language));
  const filters = {
    source: select([["", t.anySource], ...page.sources.map((/** @type {any} */ s) => [s.id, s.name])], given.source || ""),
    kind: select([["", t.anyKind], .../** @type {any} */ ([...kinds])], given.kind || ""),
    group: select([["", t.anyGroup], .../** @type {any} */ (groups.map((g) => [g, g]))], given.group || ""),
    theme: select([["", t.anyTheme], ...[...page.themes.values()].map((one) => [one.id, `${one.number} ${one.label}`])], given.theme || ""),
    code_id: select([["", t.anyCode], ...sorted(page, [...page.codes.values()]).map((one) => [one.id, one.name])], given.code_id || ""),
    effect: select([["", t.anyEffect], ...[...page.effects.values()].map((one) => [one.id, one.label])], given.effect || ""),
    determinant: select([["", t.anyDeterminant], ...[...page.determinants.values()].map((one) => [one.id, one.label])], given.determinant || ""),
    coder: select([["", t.anyCoder]], ""),
    speaker: select([["", t.anySpeaker]], ""),
  };
  const labels = { source: t.source, kind: t.kind, group: t.group, theme: t.theme, code_id: t.code, effect: t.effect, determinant: t.determinant, coder: t.coder, speaker: t.speaker };
  const uncoded = make("input", { type: "checkbox" });
  uncoded.checked = Boolean(given.uncoded);
  const told = make("p", { role: "status" });
  const list = make("ol", { class: "mf-found" });
  const words = make("div", {});
  /** @type {any[]} */
  let found = [];
  const look = async () => {
    const asked = Object.fromEntries(Object.entries(filters).map(([key, box]) => [key, box.value]).filter(([, value]) => value));
    told.textContent = "…";
    try {
      const answer = await page.line.ask("find", { query: query.value, ...asked, ...(uncoded.checked ? { uncoded: true } : {}), ...(given.beside ? { beside: given.beside } : {}) });
      found = answer.passages;
      told.textContent = found.length ? answer.told : t.nothingFound;
      list.replaceChildren();
      more();
    } catch (fault) {
      told.textContent = fault.message;
    }
  };
  const more = () => {
    const from = list.children.length;
    list.append(...found.slice(from, from + PORTION).map((one, n) => entry(one, from + n)));
    further.hidden = list.children.length >= found.length;
    further.textContent = fill(t.showMore, { n: found.length - list.children.length });
  };
  const further = press("", more, { hidden: true });
  const entry = (/** @type {any} */ one, /** @type {number} */ n) => make("li", {},
    make("input", { type: "checkbox", class: "mf-pick", value: String(n), "aria-label": `${one.name}: ${one.lines.map((/** @type {any} */ l) => l[1]).join(" ")}`.slice(0, 120) }),
    press(`${one.name} ${one.speaker}`, () => page.goTo(one.source, one.start, one.end), { class: "mf-link" }),
    ...one.lines.slice(0, 3).map((/** @type {any} */ line) => make("p", { class: "mf-kwic" }, make("span", { text: line[0] }), make("strong", { text: line[1] }), make("span", { text: line[2] }))));
  const targets = select(codesUnderThemes(page, (one) => !one.retired), `theme:${[...page.themes.keys()][0]}`, { "aria-label": t.code });
  const codeAll = async () => {
    const chosen = [...list.querySelectorAll(".mf-pick:checked")].map((/** @type {any} */ box) => found[Number(box.value)]);
    if (!chosen.length) {
      told.textContent = t.choosePassages;
      return;
    }
    const target = targets.value.startsWith("theme:") ? { theme: targets.value.slice(6) } : { code: targets.value };
    try {
      await page.change("code", { passages: chosen.map(({ source, text, start, end }) => ({ source, text, start, end })), claim: { ...page.claim, ...target } });
      told.textContent = fill(t.codedAll, { n: chosen.length });
    } catch (fault) {
      told.textContent = /** @type {Error} */ (fault).message;
    }
  };
  const form = make("form", { class: "mf-card", role: "search", on: { submit: (/** @type {Event} */ e) => {
    e.preventDefault();
    look();
  } } },
    field(t.query, query), make("p", { class: "mf-quiet", text: t.queryHelp }),
    make("details", { open: Object.keys(given).length > 0 }, make("summary", { text: t.narrow, "data-lm-suppress-shortcuts": "true" }),
      make("div", { class: "mf-filters" }, ...Object.entries(filters).map(([key, box]) => field(labels[/** @type {keyof typeof labels} */ (key)], box)), field(t.uncoded, uncoded))),
    submit(t.search));
  place.replaceChildren(make("h2", { text: t.find }), form, told,
    make("div", { class: "mf-tools" },
      press(t.chooseAll, () => list.querySelectorAll(".mf-pick").forEach((/** @type {any} */ box) => { box.checked = true; })),
      targets, press(t.codeAll, codeAll)), dimensionsOf(page), make("p", { class: "mf-quiet", text: t.wholePassages }),
    list, further, words);
  wordsPane(page, words);
  query.focus(); // at once: what is typed next is meant for it
  page.line.ask("voices").then((/** @type {any} */ voices) => {
    const offer = (/** @type {any} */ box, /** @type {string[]} */ names) => box.append(...names.map((name) => make("option", { value: name, text: name })));
    offer(filters.coder, voices.coders);
    offer(filters.speaker, voices.speakers);
  }, (/** @type {any} */ fault) => page.fail(fault));
  if (Object.keys(given).length) look();
}

/** @param {string} label */
function submit(label) {
  const button = make("button", { text: label, class: "mf-main" });
  button.setAttribute("type", "submit");
  return button;
}

/** Words counted, and one in its contexts. @param {any} page @param {any} place */
function wordsPane(page, place) {
  const t = page.t;
  const word = make("input", { type: "text" });
  const source = select([["", t.anySource], ...page.sources.map((/** @type {any} */ s) => [s.id, s.name])], "");
  const out = make("div", { class: "mf-columns" });
  const look = async () => {
    out.replaceChildren("…");
    try {
      const all = await page.line.ask("words", { source: source.value || null, word: word.value });
      const table = (/** @type {string} */ title, /** @type {any[]} */ rows) => make("table", {}, make("caption", { text: title }),
        make("thead", {}, make("tr", {}, make("th", { scope: "col", text: t.word }), make("th", { scope: "col", text: t.times }))),
        make("tbody", {}, ...rows.slice(0, 30).map((row) => make("tr", {}, make("th", { scope: "row", text: row[0] }), make("td", { text: String(row[1]) })))));
      out.replaceChildren(table(t.frequencies, all.frequencies),
        table(t.collocations, all.collocations.map((/** @type {any} */ c) => [`${c[0]} … ${c[1]}`, c[2]])),
        all.concordance.length ? make("section", {}, make("h3", { text: t.concordance }), ...all.concordance.slice(0, 200).map((/** @type {any} */ one) =>
          make("p", { class: "mf-kwic" }, press(one.name, () => page.goTo(one.source, one.line[3], one.line[4]), { class: "mf-link" }), make("span", { text: ` … ${one.line[0]}` }), press(one.line[1], () => page.goTo(one.source, one.line[3], one.line[4]), { class: "mf-link" }), make("span", { text: `${one.line[2]} …` })))) : "");
    } catch (fault) {
      page.fail(fault);
    }
  };
  place.replaceChildren(make("form", { class: "mf-card", "aria-label": t.concordance, on: { submit: (/** @type {Event} */ e) => {
    e.preventDefault();
    look();
  } } }, field(t.concordance, word), field(t.source, source), submit(t.show)), out);
}
