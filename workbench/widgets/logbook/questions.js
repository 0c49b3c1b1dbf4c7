// Questions to go back with: those due first on top, what came of them below.

import { field, fill, make, newEdit, press, sendOnce } from "../working/elements.js";
import { entryCard } from "./entries.js";

/** @param {any} page @param {any} place */
export function questionsView(page, place) {
  const t = page.t;
  const open = page.questions.filter((/** @type {any} */ one) => !one.settled);
  const settled = page.questions.filter((/** @type {any} */ one) => one.settled);
  place.replaceChildren(
    ...(page.questions.length ? [] : [make("p", { class: "mf-quiet", text: t.nothing })]),
    ...open.map((/** @type {any} */ one) => questionCard(page, one)),
    ...(settled.length ? [make("h2", { text: t.settled }), ...settled.map((/** @type {any} */ one) => questionCard(page, one))] : []));
}

/** @param {any} page @param {any} one */
function questionCard(page, one) {
  const t = page.t;
  const draft = `outcome-${one.id}`;
  const kept = page.drafts.get(draft);
  const id = kept?.id || newEdit();
  const outcome = make("textarea", { rows: "3", value: kept?.words || "" });
  outcome.addEventListener("input", () => page.drafts.put(draft, { id, words: outcome.value }));
  const told = make("p", { class: "mf-fault", role: "alert" });
  const save = () => sendOnce(made, async () => {
    try {
      await page.change("answer_back", { question: one.id, outcome: outcome.value }, id);
      page.drafts.drop(draft);
      await page.look();
      page.refresh();
    } catch (fault) {
      told.textContent = fault.message;
    }
  });
  const below = make("div", {});
  const show = async () => below.replaceChildren(entryCard(page, await page.line.ask("entry", { entry: one.entry })));
  const made = make("article", { class: "mf-card" },
    make("p", { class: "mf-said", text: one.text }),
    make("p", { class: "mf-quiet", text: [one.whom, one.due ? fill(t.until, { date: one.due }) : "", one.overdue ? t.overdue : ""].filter(Boolean).join(" · ") }),
    one.settled ? make("p", { class: "mf-said", text: one.outcome }) : field(t.outcome, outcome), told,
    make("div", { class: "mf-tools" }, one.settled ? null : press(t.settle, save, { class: "mf-main" }), press(t.openEntry, show)), below);
  made.inert = page.sending.has(id);
  return made;
}
