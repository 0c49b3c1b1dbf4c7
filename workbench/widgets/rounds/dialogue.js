// The talk: every coding with all readings side by side, large enough for a room, and what was settled.

import { field, fill, make, press, select, sendOnce } from "../working/elements.js";

/** @param {any} page @param {any} place @param {any} round */
export async function dialogueView(page, place, round) {
  const t = page.t;
  const looked = await page.line.ask("round", { round: round.id });
  await page.released();
  if (page.talking !== round) return;
  place.replaceChildren(make("div", { class: "mf-tools" }, press(t.back, () => page.draw(null))), make("h2", { text: round.title }), make("p", { class: "mf-quiet", text: `${t.order} ${t.notScreened}` }),
    ...looked.map((/** @type {any} */ one) => card(page, one)));
}

/** @param {any} page @param {any} one */
function card(page, one) {
  const t = page.t;
  const place = make("div", {});
  const voices = one.said.map((/** @type {any} */ said) => make("li", { class: said.stands ? "mf-voice" : "mf-voice mf-quiet" }, make("h3", { text: `${said.who}: ${said.stance}` }),
    said.first || !said.stands ? make("p", { class: "mf-quiet", text: [said.first ? t.firstAnswer : "", said.stands ? "" : t.earlierAnswer].filter(Boolean).join(" · ") }) : null,
    said.reading ? make("p", { class: "mf-claim", text: said.reading }) : null,
    said.marked ? make("p", { text: fill(t.markedWords, { words: said.marked }) }) : null,
    said.words ? make("p", { class: "mf-said", text: said.words }) : null));
  return make("article", { class: "mf-card", "data-item": one.item },
    make("blockquote", { class: "mf-quote", text: one.quote }), make("p", { class: "mf-quiet", text: `${one.source} · ${fill(t.counts, one)}` }),
    make("ul", { class: "mf-voices" }, make("li", { class: "mf-voice" }, make("h3", { text: t.yours }), make("p", { class: "mf-claim", text: one.reading })), ...voices),
    one.said.length ? null : make("p", { class: "mf-quiet", text: t.nobodyYet }),
    one.decision ? make("p", { class: "mf-badge", text: fill(t.settled, one.decision) }) : null,
    make("div", { class: "mf-tools" }, press(t.settle, () => settling(page, one, place))), place);
}

/** @param {any} page @param {any} one @param {any} place */
function settling(page, one, place) {
  const t = page.t;
  const outcome = select(page.outcomes, page.outcomes[0][0]);
  const reason = make("textarea", { rows: "3" });
  const present = make("input", { type: "text", value: [...new Set(one.said.map((/** @type {any} */ said) => said.who))].join(", ") });
  const told = make("p", { class: "mf-fault", role: "alert" });
  const draft = `settle-${one.item}`;
  page.keepTyped(draft, { reason });
  const save = () => sendOnce(place, async () => {
    try {
      await page.change("decide", { item: one.item, outcome: outcome.value, reason: reason.value, present: present.value });
      page.drafts.drop(draft);
      place.replaceChildren();
      await page.draw();
    } catch (fault) {
      told.textContent = /** @type {Error} */ (fault).message;
    }
  });
  const go = make("button", { text: t.save, class: "mf-main" });
  go.setAttribute("type", "submit");
  place.replaceChildren(make("form", { class: "mf-form", "aria-label": t.settle, on: { submit: (/** @type {Event} */ e) => { e.preventDefault(); save(); } } },
    field(t.outcome, outcome), field(t.reason, reason), field(t.present, present), told, make("div", { class: "mf-tools" }, go, press(t.cancel, () => place.replaceChildren()))));
  outcome.focus();
}
