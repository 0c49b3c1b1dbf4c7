// The chosen coding: what it claims, where it begins and ends, its memos, and the statements it supports.

import { codesUnderThemes, inWords, nameOf, whoIs } from "./codes.js";
import { choosing, fill, keepingFocus, make, press, select } from "../working/elements.js";

/** @param {any} page */
export function chosenPane(page) {
  const t = page.t;
  const coding = page.chosen && page.transcript && page.transcript.codings.get(page.chosen);
  const writing = page.side.contains(document.activeElement) && /** @type {Element} */ (document.activeElement).matches("textarea");
  if (writing && page.side.dataset.coding === page.chosen) return; // what is being typed stays under the hands
  const codes = [...page.codes.values()].map((one) => [one.id, one.name, one.retired]);
  const shows = JSON.stringify([page.chosen, coding, page.here, codes, page.chosenShows()]);
  if (shows === page.paneShows) return; // nothing that it shows has changed: nothing is taken from under the hand
  page.paneShows = shows;
  keepingFocus(page.side, () => drawPane(page, coding));
}

/** @param {any} page @param {any} coding */
function drawPane(page, coding) {
  const t = page.t;
  page.side.dataset.coding = coding ? page.chosen : "";
  if (!coding) {
    page.side.replaceChildren(make("h2", { text: t.chosen }), make("p", { class: "mf-quiet", text: t.noneChosen }));
    return;
  }
  const here = page.here.filter((/** @type {string} */ id) => page.transcript.codings.has(id));
  const others = here.length > 1
    ? make("div", { class: "mf-here", role: "group", "aria-label": fill(t.overlap, { n: here.length }) },
        make("h3", { text: fill(t.overlap, { n: here.length }) }),
        ...here.map((/** @type {string} */ id) => press(inWords(page, page.transcript.codings.get(id)), () => page.choose(id), { "aria-pressed": String(id === page.chosen) })))
    : null;
  const quote = page.transcript.index.words(coding[1], coding[2]);
  page.side.replaceChildren(
    make("h2", { text: t.chosen }),
    others || "",
    make("p", { class: "mf-quote", text: quote.length > 300 ? `${quote.slice(0, 300)}…` : quote }),
    make("p", { class: "mf-claim", text: `${inWords(page, coding)} · ${fill(t.by, { who: whoIs(page, coding[7]) })}` }),
    choices(page, coding, "effect", page.effects, 5),
    choices(page, coding, "determinant", page.determinants, 6),
    codeChoice(page, coding),
    edges(page, coding),
    make("div", { class: "mf-tools" }, press(t.removeCoding, () => page.removeChosen())),
    ...page.chosenTools(coding),
  );
}

/** Say to which hypothesis of the preunderstanding a coding speaks. @param {any} page @param {any} coding */
export function citing(page, coding) {
  const t = page.t;
  if (!page.hypotheses.length) return [];
  const held = page.hypotheses.map(([/** @type {string} */ id, /** @type {string} */ words]) => [id, words.slice(0, 80)]);
  return [choosing(held, t.speakTo, t.linkIt, (id, name) =>
    page.change("cite", { hypothesis: id, other: coding[0] }).then(() => page.say(fill(t.speaksTo, { what: name })), () => {}))];
}

/** @param {any} page @param {any} coding @param {"effect" | "determinant"} name @param {Map<string, any>} values @param {number} place */
function choices(page, coding, name, values, place) {
  return make("div", { class: "mf-choice", role: "group", "aria-label": `${page.t[name]}: ${nameOf(page, coding)}` }, make("span", { text: page.t[name] }),
    ...[...values.values()].map((one) => press(one.label, () => page.changeChosen({ [name]: one.id }), { "aria-pressed": String(coding[place] === one.id) })));
}

/** @param {any} page @param {any} coding */
function codeChoice(page, coding) {
  const t = page.t;
  const options = codesUnderThemes(page, (one) => !one.retired || one.id === coding[4]);
  const chosen = coding[4] || `theme:${coding[3]}`;
  const box = select(options, chosen, { "aria-label": t.changeCode });
  box.addEventListener("change", () => {
    const theme = box.value.startsWith("theme:") && box.value.slice(6);
    page.changeChosen(theme ? { theme, code_id: null } : { code_id: box.value });
  });
  return make("div", { class: "mf-choice" }, make("span", { text: t.changeCode }), box);
}

/** @param {any} page @param {any} coding */
function edges(page, coding) {
  const t = page.t;
  /** @param {number} start @param {number} end */
  const to = (start, end) => page.changeChosen({ start, end, text_id: page.source.textId });
  const words = wordEdges(page, coding);
  return make("div", { class: "mf-choice", role: "group", "aria-label": t.edges },
    press("⇤", () => to(words.earlierStart, coding[2]), { "aria-label": t.startBack, title: t.startBack }),
    press("⇥", () => to(words.laterStart, coding[2]), { "aria-label": t.startOn, title: t.startOn }),
    press("↤", () => to(coding[1], words.earlierEnd), { "aria-label": t.endBack, title: t.endBack }),
    press("↦", () => to(coding[1], words.laterEnd), { "aria-label": t.endOn, title: t.endOn }),
    press(t.useSelection, () => page.useSelection()));
}

/** The next words' edges on either side of each edge, in code points; words of the text as the browser parts them.
 * @param {any} page @param {any} coding
 */
function wordEdges(page, coding) {
  const edges = [];
  const index = page.transcript.index;
  const first = Math.max(0, index.rowAt(coding[1]) - 1);
  for (let n = first; n < index.rows.length && index.rows[n].start <= coding[2] + 400; n += 1) {
    const row = index.rows[n];
    for (const match of row.string.matchAll(/\S+/g)) {
      const from = row.start + [...row.string.slice(0, match.index)].length;
      edges.push([from, from + [...match[0]].length]);
    }
  }
  const starts = edges.map((e) => e[0]);
  const ends = edges.map((e) => e[1]);
  return {
    earlierStart: starts.findLast((s) => s < coding[1]) ?? coding[1],
    laterStart: starts.find((s) => s > coding[1] && s < coding[2]) ?? coding[1],
    earlierEnd: ends.findLast((e) => e < coding[2] && e > coding[1]) ?? coding[2],
    laterEnd: ends.find((e) => e > coding[2]) ?? coding[2],
  };
}
