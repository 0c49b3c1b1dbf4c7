// Finding: words in their contexts, narrowed by what is coded, who speaks and where; what is found can be coded in one go.

import { codesUnderThemes, sorted } from "./codes.js";
import { dimensionsOf } from "./picker.js";
import { field, fill, make, press, select } from "../working/elements.js";

const PORTION = 300; // passages shown at once
const LINES = 200; // of a word in its contexts
const OFTEN = 30; // words counted that are shown

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
  const extent = select([["turns", t.wholePassages], ["sentences", t.onlySentences]], "turns", { "aria-label": t.extent });
  const codeAll = async () => {
    const chosen = [...list.querySelectorAll(".mf-pick:checked")].map((/** @type {any} */ box) => found[Number(box.value)]);
    if (!chosen.length) {
      told.textContent = t.choosePassages;
      return;
    }
    const target = targets.value.startsWith("theme:") ? { theme: targets.value.slice(6) } : { code: targets.value };
    try {
      const passages = chosen.flatMap(({ source, text, start, end, sentences }) =>
        (extent.value === "sentences" && sentences.length ? sentences : [[start, end]]).map((/** @type {number[]} */ span) => ({ source, text, start: span[0], end: span[1] })));
      await page.change("code", { passages, claim: { ...page.claim, ...target } });
      told.textContent = fill(t.codedAll, { n: passages.length });
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
      targets, extent, press(t.codeAll, codeAll)), dimensionsOf(page),
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
      const asked = (/** @type {string} */ given) => {
        word.value = given;
        look();
        word.focus();
      };
      out.replaceChildren(
        all.concordance.length ? concordance(page, all.concordance.slice(0, LINES)) : word.value.trim() ? make("p", { text: t.nothingFound }) : "",
        times(page, t.frequencies, all.frequencies.map((/** @type {any} */ [said, n]) => [[said], n]), asked),
        all.collocations.length ? times(page, word.value.trim() ? fill(t.collocationsWith, { word: word.value.trim() }) : t.collocations, all.collocations.map((/** @type {any} */ [one, other, n]) => [[one, other], n]), asked) : "");
    } catch (fault) {
      page.fail(fault);
    }
  };
  place.replaceChildren(make("form", { class: "mf-card", "aria-label": t.concordance, on: { submit: (/** @type {Event} */ e) => {
    e.preventDefault();
    look();
  } } }, field(t.concordance, word), field(t.source, source), submit(t.show)), out);
}

/** A word in its contexts, one below the other. @param {any} page @param {any[]} lines */
function concordance(page, lines) {
  const t = page.t;
  return make("section", { class: "mf-concordance" }, make("h3", { text: t.concordance }), make("div", { class: "mf-scroll", tabindex: "0", role: "region", "aria-label": t.concordance },
    make("table", {}, make("tbody", {}, ...lines.map((one) => make("tr", {},
      make("th", { scope: "row", text: one.name }), make("td", { class: "mf-left", text: one.line[0] }),
      make("td", {}, press(one.line[1], () => page.goTo(one.source, one.line[3], one.line[4]), { class: "mf-link" })), make("td", { text: one.line[2] })))))));
}

/** How often words stand there, the length of a bar beside each number; a word opens its contexts.
 * @param {any} page @param {string} title @param {Array<[string[], number]>} rows @param {(word: string) => void} open
 */
function times(page, title, rows, open) {
  const t = page.t;
  const most = Math.max(1, ...rows.map(([, n]) => n));
  return make("table", { class: "mf-times" }, make("caption", { text: title }),
    make("thead", {}, make("tr", {}, make("th", { scope: "col", text: t.word }), make("th", { scope: "col", text: t.times }))),
    make("tbody", {}, ...rows.slice(0, OFTEN).map(([words, n]) => make("tr", {},
      make("th", { scope: "row" }, ...words.map((word) => press(word, () => open(word), { class: "mf-link" }))),
      make("td", {}, make("span", { text: String(n) }), make("span", { class: "mf-length", "aria-hidden": "true", style: `--mf-share:${Math.round((100 * n) / most)}%` }))))));
}
