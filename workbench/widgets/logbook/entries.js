// The log: entries with their passages, afterthoughts added below with their own date, earlier wordings kept in sight.

import { field, fill, make, newEdit, openDialog, press, select } from "../working/elements.js";
import { attachedPart } from "./attached.js";

/** @param {any} page @param {any} place @param {boolean} [quietly] leave it alone where somebody types by now */
export async function logView(page, place, quietly = false) {
  const t = page.t;
  const words = make("input", { type: "search", "aria-label": t.search, placeholder: t.search, value: page.asked.words });
  const setting = select([["", t.allSettings], ...page.settings.map((/** @type {string} */ s) => [s, s])], page.asked.setting, { "aria-label": t.setting });
  const slower = select([["0", t.anyDelay], ["24", t.afterADay], ["168", t.afterAWeek]], String(page.asked.slower), { "aria-label": t.delay });
  const unreflected = press(t.unreflected, () => ask({ unreflected: !page.asked.unreflected }), { "aria-pressed": String(page.asked.unreflected) });
  const day = page.asked.day ? press(`${page.asked.day} ×`, () => ask({ day: "" }), { "aria-label": `${t.anyTime}: ${page.asked.day}` }) : null;
  const ask = (/** @type {any} */ change) => {
    page.asked = { ...page.asked, ...change };
    logView(page, place);
  };
  words.addEventListener("change", () => ask({ words: words.value }));
  setting.addEventListener("change", () => ask({ setting: setting.value }));
  slower.addEventListener("change", () => ask({ slower: Number(slower.value) }));
  const list = make("div", { class: "mf-entries" });
  const older = press(t.older, () => fetchMore(page, list, older));
  await fetchMore(page, list, older, true);
  if (page.view !== "log" || (quietly && page.typing())) return; // one may have gone on to another view
  place.replaceChildren(
    make("div", { class: "mf-tools mf-asking", role: "search" }, words, setting, slower, unreflected, day),
    ...page.waiting.map((/** @type {any} */ one) => waitingCard(page, one)),
    list, older);
}

/** What waits to be screened; to an entry more can be added meanwhile. @param {any} page @param {any} one */
function waitingCard(page, one) {
  const t = page.t;
  const forms = make("div", { class: "mf-forms" });
  const more = press(t.addReflection, () => writeIn(page, one, forms, t.addReflection, `afterthought-${one.id}`, (/** @type {string} */ words, /** @type {string} */ id) => page.change("afterthought", { entry: one.id, words }, id)));
  const files = attachedPart(page, one, () => page.look());
  return make("article", { class: "mf-card", "data-waiting": one.id }, make("h2", { text: one.when }), make("p", { class: "mf-badge", text: t.waiting }), make("p", { class: "mf-said", text: one.words }), forms,
    ...(one.whole ? [make("div", { class: "mf-tools" }, more, files.button), files.choose] : []));
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
  const files = attachedPart(page, one, () => again(page, one.id));
  const remove = () => {
    const dialog = openDialog(page.root, t.removeEntry, make("p", { text: t.removeEntrySure }), make("div", { class: "mf-tools" },
      press(t.removeEntry, () => { dialog.close(); page.change("remove_entry", { entry: one.id }).then(() => card.remove(), () => {}); }, { class: "mf-main" }), press(t.cancel, () => dialog.close())));
  };
  const card = make("article", { class: "mf-card mf-entry", "data-entry": one.id },
    make("h2", { text: one.when }), make("p", { class: "mf-quiet", text: [one.delay, around].filter(Boolean).join(" · ") }),
    ...one.passages.map((/** @type {any} */ passage) => passagePart(page, one, passage, forms)), forms,
    files.list,
    one.sources.length ? make("p", { class: "mf-quiet", text: fill(t.isSource, { names: one.sources.join(", ") }) }) : null,
    make("div", { class: "mf-tools" }, ...citing(page, one, () => again(page, one.id)),
      press(t.addReflection, () => writeIn(page, one, forms, t.addReflection, `afterthought-${one.id}`, (/** @type {string} */ words, /** @type {string} */ id) => page.change("afterthought", { entry: one.id, words }, id))),
      press(t.askBack, () => askForm(page, one, forms)),
    ), make("details", {}, make("summary", { text: t.more, "data-lm-suppress-shortcuts": "true" }),
      make("div", { class: "mf-tools" }, press(t.toSource, () => sourceForm(page, one, forms)), files.button, press(t.removeEntry, remove))), files.choose);
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

/** Choose what of an entry becomes a source. @param {any} page @param {any} one @param {any} forms */
function sourceForm(page, one, forms) {
  const t = page.t;
  const selected = String(getSelection() || "").trim();
  const inside = selected && one.passages.some((/** @type {any} */ p) => p.text.includes(selected)) ? selected : "";
  const boxes = one.passages.map((/** @type {any} */ p) => {
    const box = make("input", { type: "checkbox", value: p.id });
    box.checked = true;
    return field(p.label, box);
  });
  const told = make("p", { class: "mf-fault", role: "alert" });
  const close = () => forms.replaceChildren();
  const save = async () => {
    try {
      const chosen = [...forms.querySelectorAll("input:checked")].map((/** @type {any} */ box) => box.value);
      const made = await page.line.ask("observe", { entry: one.id, ...(inside ? { words: inside } : { passages: chosen }) });
      close();
      await again(page, one.id);
      page.say(fill(t.becameSource, { name: made.name }));
    } catch (fault) {
      told.textContent = fault.message;
    }
  };
  forms.replaceChildren(make("div", { class: "mf-form", role: "group", "aria-label": t.toSource },
    ...(inside ? [make("p", { text: t.onlySelected }), make("p", { class: "mf-said", text: inside })] : boxes), told,
    make("div", { class: "mf-tools" }, press(t.makeSource, save, { class: "mf-main" }), press(t.cancel, close))));
}

/** Show an entry as it is now. @param {any} page @param {string} id */
async function again(page, id) {
  const card = page.others.querySelector(`[data-entry="${id}"]`);
  if (card) card.replaceWith(entryCard(page, await page.line.ask("entry", { entry: id })));
}

/** Choose to which hypothesis an entry speaks. @param {any} page @param {any} one @param {() => any} again */
function citing(page, one, again) {
  const t = page.t;
  const held = one.held.map((/** @type {any} */ h) => h.id);
  const left = page.hypotheses.filter((/** @type {any} */ h) => !held.includes(h.id));
  const names = one.held.length ? make("p", { class: "mf-quiet", text: fill(t.speaksTo, { what: one.held.map((/** @type {any} */ h) => h.words).join(" · ") }) }) : null;
  if (!left.length) return [names];
  const chosen = select([["", t.speakTo], ...left.map((/** @type {any} */ h) => [h.id, h.words.slice(0, 80)])], "", { "aria-label": t.speakTo });
  chosen.addEventListener("change", () => chosen.value && page.change("cite", { hypothesis: chosen.value, other: one.id }).then(again, () => {}));
  return [names, chosen];
}
