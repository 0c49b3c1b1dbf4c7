// Codings side by side: what several people made of the same text, those passages first that were read in most ways.

import { fill, make, press } from "../working/elements.js";

/** @param {any} page @param {any} place @param {any} round */
export async function comparingView(page, place, round) {
  const t = page.t;
  const all = await page.line.ask("compared", { round: round.id });
  await page.released();
  if (page.talking !== round) return;
  const figures = all.agreement.length
    ? make("table", {}, make("caption", { text: t.howFar }), make("tbody", {}, ...all.agreement.map((/** @type {any} */ one) => make("tr", {}, make("th", { scope: "row", text: one.theme }), make("td", { text: one.told })))))
    : make("p", { class: "mf-quiet", text: t.nothingToCompare });
  const said = all.said.map((/** @type {any} */ one) => make("li", { text: [one.who, one.source, one.what, one.words].filter(Boolean).join(" · ") }));
  place.replaceChildren(make("div", { class: "mf-tools" }, press(t.back, () => page.draw(null))), make("h2", { text: round.title }), make("p", { class: "mf-quiet", text: `${t.sideBySide} ${t.notScreened}` }),
    figures, said.length ? make("ul", { "aria-label": t.saidOfTexts }, ...said) : "", ...all.passages.map((/** @type {any} */ one) => passageCard(page, one)));
}

/** @param {any} page @param {any} one */
function passageCard(page, one) {
  const t = page.t;
  const voices = one.codings.map((/** @type {any} */ coding) => {
    const take = press(t.takeUp, () => page.change("take_up", { coding: coding.id }).then(() => page.draw(), () => {}), { "aria-label": `${t.takeUp}: ${coding.who}, ${coding.reading}` });
    return make("li", { class: "mf-voice" }, make("h3", { text: coding.who }), make("p", { class: "mf-claim", text: coding.reading }),
      coding.words === one.quote ? null : make("p", { text: fill(t.markedWords, coding) }), coding.own ? make("div", { class: "mf-tools" }, take) : null);
  });
  return make("article", { class: "mf-card" }, make("blockquote", { class: "mf-quote", text: one.quote }), make("p", { class: "mf-quiet", text: one.source }), make("ul", { class: "mf-voices" }, ...voices));
}
