// Who takes part: pledges, parts in conversations, own words as data, and what the report on participation is asked for.

import { field, make, press, select, sendingForm } from "../working/elements.js";

/** @param {any} page @param {any} place */
export async function peopleView(page, place) {
  const t = page.t;
  const all = await page.line.ask("people");
  await page.released();
  if (page.view !== "people" || place.querySelector(".mf-noting .mf-form")) return; // a form opened meanwhile stays
  const forms = make("div", { class: "mf-forms mf-noting" });
  const redraw = () => peopleView(page, place);
  const head = make("tr", {}, ...all.columns.map((/** @type {string} */ label) => make("th", { scope: "col", text: label })));
  const rows = all.rows.map((/** @type {any[]} */ row) => make("tr", {}, ...row.map((cell, n) => make(n ? "td" : "th", n ? { text: cell } : { scope: "row", text: cell }))));
  place.replaceChildren(
    make("h2", { text: t.people }),
    make("div", { class: "mf-tools" }, press(t.pledged, () => pledging(page, forms, redraw)), press(t.tookPart, () => presence(page, forms, all, redraw)), press(t.ownWordsIn, () => words(page, forms, all, redraw))),
    forms,
    rows.length ? make("div", { class: "mf-wide", tabindex: "0", role: "region", "aria-label": t.people }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows))) : make("p", { text: t.nobodyYetHere }),
    make("h2", { text: t.accounts }), make("p", { class: "mf-quiet", text: t.accountsTold }),
    ...all.accounts.map((/** @type {any} */ one) => account(page, one, redraw)));
}

/** A form in its place, which goes when it is sent. @param {any} page @param {any} forms @param {string} label @param {() => Promise<any>} act @param {() => any} redraw @param {...any} parts */
function asked(page, forms, label, act, redraw, ...parts) {
  const leave = () => forms.replaceChildren();
  const send = async () => {
    await act();
    leave();
    await redraw();
  };
  forms.replaceChildren(sendingForm(page.t, { label, go: page.t.save, send, leave }, ...parts));
  forms.querySelector("input, select")?.focus();
}

/** @param {any} page @param {any} forms @param {() => any} redraw */
function pledging(page, forms, redraw) {
  const who = make("input", { type: "text" });
  const day = make("input", { type: "date", value: new Date().toLocaleDateString("sv") }); // Swedish dates are ISO dates
  asked(page, forms, page.t.pledged, () => page.change("pledge", { code: who.value, day: day.value }), redraw, field(page.t.who, who), field(page.t.day, day));
}

/** @param {any} page @param {any} forms @param {any} all @param {() => any} redraw */
function presence(page, forms, all, redraw) {
  const who = make("input", { type: "text" });
  const source = select(page.sources, page.sources[0]?.[0] ?? "");
  const part = select(all.parts, all.parts[0][0]);
  asked(page, forms, page.t.tookPart, () => page.change("take_part", { code: who.value, source: source.value, part: part.value }), redraw,
    field(page.t.who, who), field(page.t.conversation, source), field(page.t.part, part));
}

/** @param {any} page @param {any} forms @param {any} all @param {() => any} redraw */
function words(page, forms, all, redraw) {
  const who = select(page.informants, page.informants[0]?.[0] ?? "");
  asked(page, forms, page.t.ownWordsIn, async () => page.say(await page.change("own_words", { code: who.value })), redraw,
    make("p", { text: page.t.whatOwnWordsAre }), field(page.t.informant, who));
}

/** @param {any} page @param {any} one @param {() => any} redraw */
function account(page, one, redraw) {
  const t = page.t;
  const place = make("div", { class: "mf-noting" });
  const write = () => {
    const area = make("textarea", { rows: "5", value: one.words });
    asked(page, place, one.label, async () => {
      await page.change("account", { section: one.section, words: area.value });
      page.drafts.drop(`account-${one.section}`);
    }, redraw, field(one.label, area));
    page.keepTyped(`account-${one.section}`, { words: area });
    area.focus();
  };
  return make("article", { class: "mf-card" }, make("h3", { text: one.label }), make("p", { class: one.words ? "" : "mf-quiet", text: one.words || t.missing }), make("div", { class: "mf-tools" }, press(t.writeIt, write, { "aria-label": `${t.writeIt}: ${one.label}` })), place);
}
