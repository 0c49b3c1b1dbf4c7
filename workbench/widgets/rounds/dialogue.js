// The talk: every coding with all readings side by side, large enough for a room, and what was settled.

import { choosing, field, fill, make, press, select, sendingForm } from "../working/elements.js";

/** @param {any} page @param {any} place @param {any} round */
export async function dialogueView(page, place, round) {
  const t = page.t;
  const looked = await page.line.ask("round", { round: round.id });
  await page.released();
  if (page.talking !== round || place.querySelector("[data-item] .mf-form")) return; // a form opened meanwhile stays
  place.classList.add("mf-meeting");
  place.replaceChildren(make("div", { class: "mf-tools" }, press(t.back, () => page.draw(null))), make("h2", { text: round.title }), make("p", { class: "mf-quiet", text: `${t.order} ${t.notScreened}` }),
    ...looked.map((/** @type {any} */ one) => card(page, one)));
}

/** @param {any} page @param {any} one */
function card(page, one) {
  const t = page.t;
  if (one.held && !page.shown.has(one.item)) {
    const box = make("article", { class: "mf-card", "data-item": one.item }, make("p", { text: t.heldBack }), make("div", { class: "mf-tools" }, press(t.showAll, () => {
      page.shown.add(one.item);
      box.replaceWith(card(page, one));
    })));
    return box;
  }
  const place = make("div", {});
  const voices = one.said.map((/** @type {any} */ said) => make("li", { class: said.stands ? "mf-voice" : "mf-voice mf-quiet" }, make("h3", { text: `${said.who}: ${said.stance}` }),
    said.first || !said.stands ? make("p", { class: "mf-quiet", text: [said.first ? t.firstAnswer : "", said.stands ? "" : t.earlierAnswer].filter(Boolean).join(" · ") }) : null,
    said.reading ? make("p", { class: "mf-claim", text: said.reading }) : null,
    said.marked ? make("p", { text: fill(t.markedWords, { words: said.marked }) }) : null,
    said.words ? make("p", { class: "mf-said", text: said.words }) : null, ...speaking(page, said)));
  return make("article", { class: "mf-card", "data-item": one.item },
    make("blockquote", { class: "mf-quote", text: one.quote }), make("p", { class: "mf-quiet", text: `${one.source} · ${fill(t.counts, one)}` }),
    make("ul", { class: "mf-voices" }, make("li", { class: "mf-voice" }, make("h3", { text: t.yours }), make("p", { class: "mf-claim", text: one.reading })), ...voices),
    one.said.length ? null : make("p", { class: "mf-quiet", text: t.nobodyYet }),
    one.decision ? make("p", { class: "mf-badge", text: fill(t.settled, one.decision) }) : null,
    make("div", { class: "mf-tools" }, press(t.settle, () => settling(page, one, place))), place);
}

/** To what of one's preunderstanding an answer speaks. @param {any} page @param {any} said */
function speaking(page, said) {
  const t = page.t;
  const left = page.hypotheses.filter((/** @type {any} */ one) => !said.speaksTo.includes(one[1]));
  return [
    said.speaksTo.length ? make("p", { class: "mf-quiet", text: fill(t.speaksTo, { what: said.speaksTo.join(" · ") }) }) : null,
    left.length ? make("details", {}, make("summary", { text: t.speakTo, "data-lm-suppress-shortcuts": "true" }), choosing(left, t.speakTo, t.linkIt, (hypothesis) => page.change("cite", { hypothesis, other: said.id }).then(() => page.draw(), () => {}))) : null,
  ];
}

/** @param {any} page @param {any} one @param {any} place */
function settling(page, one, place) {
  const t = page.t;
  const outcome = select(page.outcomes, page.outcomes[0][0]);
  const reason = make("textarea", { rows: "3" });
  const others = [...new Set(one.said.filter((/** @type {any} */ said) => said.differs && said.stands).map((/** @type {any} */ said) => said.who))];
  const whose = select(others.map((who) => [who, who]), others[0] ?? "");
  const code = make("input", { type: "text" });
  const asked = { theirs: field(t.whose, whose), new: field(t.newCode, code) };
  const fit = () => {
    asked.theirs.hidden = outcome.value !== "theirs" || !others.length;
    asked.new.hidden = outcome.value !== "new" || one.about !== "coding";
  };
  outcome.addEventListener("change", fit);
  fit();
  const present = make("input", { type: "text", value: [...new Set(one.said.map((/** @type {any} */ said) => said.who))].join(", ") });
  const draft = `settle-${one.item}`;
  page.keepTyped(draft, { reason });
  const send = async () => {
    await page.change("decide", { item: one.item, outcome: outcome.value, reason: reason.value, present: present.value, whose: whose.value, code: code.value });
    page.drafts.drop(draft);
    place.replaceChildren();
    await page.draw();
  };
  place.replaceChildren(sendingForm(t, { label: t.settle, send, leave: () => place.replaceChildren() },
    field(t.outcome, outcome), asked.theirs, asked.new, field(t.reason, reason), field(t.present, present)));
  outcome.focus();
}
