// The log: entries with their passages, afterthoughts added below with their own date, earlier wordings kept in sight.

import { field, fill, make, newEdit, press, select } from "../working/elements.js";
import { citing } from "./preunderstanding.js";

/** @param {any} page @param {any} place @param {boolean} [quietly] leave it alone where somebody types by now */
export async function logView(page, place, quietly = false) {
  const t = page.t;
  const words = make("input", { type: "search", "aria-label": t.search, placeholder: t.search, value: page.asked.words });
  const setting = select([["", t.allSettings], ...page.settings.map((/** @type {string} */ s) => [s, s])], page.asked.setting, { "aria-label": t.setting });
  const unreflected = press(t.unreflected, () => ask({ part: page.asked.part ? "" : "reflection" }), { "aria-pressed": String(Boolean(page.asked.part)) });
  const ask = (/** @type {any} */ change) => {
    page.asked = { ...page.asked, ...change };
    logView(page, place);
  };
  words.addEventListener("change", () => ask({ words: words.value }));
  setting.addEventListener("change", () => ask({ setting: setting.value }));
  const list = make("div", { class: "mf-entries" });
  const older = press(t.older, () => fetchMore(page, list, older));
  await fetchMore(page, list, older, true);
  if (quietly && (page.view !== "log" || page.typing())) return;
  place.replaceChildren(
    make("div", { class: "mf-tools mf-asking", role: "search" }, words, setting, unreflected),
    ...page.waiting.map((/** @type {any} */ one) => make("article", { class: "mf-card" }, make("h2", { text: one.when }), make("p", { class: "mf-badge", text: t.waiting }), make("p", { class: "mf-said", text: one.words }))),
    list, older);
}

/** @param {any} page @param {any} list @param {any} older @param {boolean} [anew] */
async function fetchMore(page, list, older, anew = false) {
  const answer = await page.line.ask("entries", { ...page.asked, before: anew ? null : older.before });
  list.append(...answer.entries.map((/** @type {any} */ one) => entryCard(page, one)));
  if (anew && !answer.entries.length) list.append(make("p", { class: "mf-quiet", text: page.t.nothing }));
  older.hidden = !answer.more;
  older.before = answer.more;
}

/** @param {any} page @param {any} one */
export function entryCard(page, one) {
  const t = page.t;
  const around = [one.setting, one.place, ...one.present, one.role, one.hidden ? t.hiddenObserver : ""].filter(Boolean).join(" · ");
  const forms = make("div", { class: "mf-forms" });
  const card = make("article", { class: "mf-card mf-entry", "data-entry": one.id },
    make("h2", { text: one.when }), make("p", { class: "mf-quiet", text: [one.delay, around].filter(Boolean).join(" · ") }),
    ...one.passages.map((/** @type {any} */ passage) => passagePart(page, one, passage, forms)), forms,
    make("div", { class: "mf-tools" }, ...citing(page, one, () => again(page, one.id)),
      press(t.addReflection, () => writeIn(page, one, forms, t.addReflection, `afterthought-${one.id}`, (/** @type {string} */ words, /** @type {string} */ id) => page.change("afterthought", { entry: one.id, words }, id))),
      press(t.askBack, () => askForm(page, one, forms))));
  return card;
}

/** @param {any} page @param {any} one @param {any} passage @param {any} forms */
function passagePart(page, one, passage, forms) {
  const t = page.t;
  const later = passage.part !== "observation" && passage.part !== "reflection";
  const change = press(t.reword, () => writeIn(page, one, forms, t.reword, `reword-${passage.id}`,
    (/** @type {string} */ words, /** @type {string} */ id) => page.change("reword", { passage: passage.id, words, after: passage.standing }, id), passage.text), { class: "mf-small", "aria-label": `${t.reword}: ${passage.label}` });
  return make("section", { class: `mf-passage mf-${passage.part}` },
    make("h3", { text: passage.label }), later ? make("p", { class: "mf-quiet", text: passage.when }) : null,
    passage.standing.length > 1 ? make("p", { class: "mf-badge", text: t.both }) : null,
    make("p", { class: "mf-said", text: passage.text }),
    passage.wordings.length > 1 ? make("details", {}, make("summary", { text: fill(t.earlier, { n: passage.wordings.length - passage.standing.length }), "data-lm-suppress-shortcuts": "true" }),
      ...passage.wordings.map((/** @type {any} */ w) => make("div", {}, make("p", { class: "mf-quiet", text: w.when }), make("p", { class: "mf-said", text: w.text })))) : null,
    change);
}

/** A field to write in below an entry; what is typed is kept until it is saved.
 * @param {any} page @param {any} one @param {any} forms @param {string} label @param {string} draft
 * @param {(words: string, id: string) => Promise<any>} save @param {string} [text]
 */
function writeIn(page, one, forms, label, draft, save, text = "", ...more) {
  const t = page.t;
  const kept = page.drafts.get(draft);
  const id = kept?.id || newEdit();
  const words = make("textarea", { rows: "4", value: kept?.words ?? text });
  words.addEventListener("input", () => page.drafts.put(draft, { id, words: words.value }));
  const told = make("p", { class: "mf-fault", role: "alert" });
  const close = () => forms.replaceChildren();
  const done = async () => {
    try {
      const answer = await save(words.value, id);
      page.drafts.drop(draft);
      close();
      await again(page, one.id);
      if (answer && answer.waits) page.say(t.waits);
    } catch (fault) {
      told.textContent = fault.message;
    }
  };
  const cancel = () => {
    page.drafts.drop(draft);
    close();
  };
  forms.replaceChildren(make("form", { class: "mf-form", on: { submit: (/** @type {Event} */ e) => { e.preventDefault(); done(); }, keydown: (/** @type {KeyboardEvent} */ e) => e.key === "Escape" && cancel() } },
    field(label, words), ...more, told, make("div", { class: "mf-tools" }, press(t.save, done, { class: "mf-main" }), press(t.cancel, cancel))));
  words.focus();
}

/** @param {any} page @param {any} one @param {any} forms */
function askForm(page, one, forms) {
  const t = page.t;
  const whom = make("input", { type: "text" });
  const due = make("input", { type: "date" });
  writeIn(page, one, forms, t.askBack, `ask-${one.id}`,
    (/** @type {string} */ question, /** @type {string} */ id) => page.change("ask_back", { entry: one.id, question, whom: whom.value, due: due.value }, id), "", field(t.whom, whom), field(t.due, due));
}

/** Show an entry as it is now. @param {any} page @param {string} id */
async function again(page, id) {
  const card = page.others.querySelector(`[data-entry="${id}"]`);
  if (card) card.replaceWith(entryCard(page, await page.line.ask("entry", { entry: id })));
}
