// The log: entries with their passages, afterthoughts added below with their own date, earlier wordings kept in sight.

import { askFirst, choosing, field, fill, make, newEdit, openDialog, press, select, sendOnce } from "../working/elements.js";
import { attachedPart } from "./attached.js";
import { quoteButton, said } from "./quoting.js";

export const STILL = 800; // ms without a key until what is written is kept in the vault's folder too

/** @param {any} page @param {any} place @param {boolean} [quietly] leave it alone where somebody types by now */
export async function logView(page, place, quietly = false) {
  const t = page.t;
  const words = make("input", { type: "search", "aria-label": t.search, placeholder: t.search, value: page.asked.words });
  const kinds = [...new Set([...page.settings, ...page.settingsUsed])];
  const setting = select([["*", t.anySetting], ["", t.unsaid], ...kinds.map((s) => [s, s])], page.asked.setting ?? "*", { "aria-label": t.setting });
  const slower = select([["0", t.anyDelay], ["24", t.afterADay], ["168", t.afterAWeek]], String(page.asked.slower), { "aria-label": t.delay });
  const unreflected = press(t.unreflected, () => ask({ unreflected: !page.asked.unreflected }), { "aria-pressed": String(page.asked.unreflected) });
  const reflected = page.asked.reflected ? press(`${t.reflectedOnly} ×`, () => ask({ reflected: false })) : null;
  const theme = page.asked.theme ? press(`${page.themeLabels[page.asked.theme]} ×`, () => ask({ theme: "" })) : null;
  const day = page.asked.day ? press(`${page.asked.day} ×`, () => ask({ day: "" }), { "aria-label": `${t.anyTime}: ${page.asked.day}` }) : null;
  const ask = (/** @type {any} */ change) => {
    page.asked = { ...page.asked, ...change };
    logView(page, place);
  };
  words.addEventListener("change", () => ask({ words: words.value }));
  const search = press(t.searchNow, () => ask({ words: words.value }));
  const only = page.asked.only ? press(`${t.oneEntry} ×`, () => ask({ only: "" })) : null;
  setting.addEventListener("change", () => ask({ setting: setting.value === "*" ? null : setting.value }));
  slower.addEventListener("change", () => ask({ slower: Number(slower.value) }));
  const list = make("div", { class: "mf-entries" });
  const older = press(t.older, () => fetchMore(page, list, older));
  await fetchMore(page, list, older, true);
  await page.released();
  if (page.view !== "log" || (quietly && page.typing())) return; // one may have gone on to another view
  place.replaceChildren(
    make("div", { class: "mf-tools mf-asking", role: "search" }, words, search, setting, slower, unreflected, reflected, theme, day, only),
    page.waiting.length && page.vaultOpen ? press(t.screenNow, () => page.change("screen_inbox", {}).then(() => page.look(), () => {}), { class: "mf-main" }) : "",
    ...page.waiting.map((/** @type {any} */ one) => waitingCard(page, one)),
    page.justLogged && !list.querySelector(`[data-entry="${page.justLogged}"]`) && !page.waiting.some((/** @type {any} */ one) => one.id === page.justLogged) && !only ? press(t.showLogged, () => ask({ ...page.nothingAsked(), only: page.justLogged }), { class: "mf-link" }) : "",
    list, older);
  if (!quietly && !page.others.contains(document.activeElement) && document.activeElement === document.body) words.focus({ preventScroll: true });
}

/** What waits to be screened; to an entry more can be added meanwhile. @param {any} page @param {any} one */
function waitingCard(page, one) {
  const t = page.t;
  const forms = make("div", { class: "mf-forms" });
  const more = press(t.addReflection, () => addForm(page, one, forms));
  const files = attachedPart(page, one, () => page.look());
  return make("article", { class: "mf-card", "data-waiting": one.id }, make("h2", { text: one.when }), make("p", { class: "mf-quiet", text: one.around }), make("p", { class: "mf-badge", text: `${t.waiting} · ${one.label}` }), said(one.words), forms,
    ...(one.whole ? [make("div", { class: "mf-tools" }, more, files.button), files.choose] : []));
}

/** @param {any} page @param {any} list @param {any} older @param {boolean} [anew] */
async function fetchMore(page, list, older, anew = false) {
  const answer = await page.line.ask("entries", { ...page.asked, before: anew ? null : older.before });
  list.append(...answer.entries.map((/** @type {any} */ one) => entryCard(page, one)));
  const narrowed = JSON.stringify(page.asked) !== JSON.stringify(page.nothingAsked());
  if (anew && !answer.entries.length && !page.waiting.length) list.append(make("p", { class: "mf-quiet", role: "status", text: narrowed ? page.t.nothingFound : page.t.nothing }));
  older.hidden = !answer.more;
  older.before = answer.more;
}

/** @param {any} page @param {any} one */
export function entryCard(page, one) {
  const t = page.t;
  const around = [one.setting, one.place, ...one.present, one.role, one.hidden ? t.hiddenObserver : ""].filter(Boolean).join(" · ");
  const forms = make("div", { class: "mf-forms" });
  const files = attachedPart(page, one, () => again(page, one.id));
  const remove = () => askFirst(page.root, t, t.removeEntry, t.removeEntrySure, () => page.change("remove_entry", { entry: one.id }).then(() => {
    card.remove();
    page.say(t.removed);
  }, () => {}));
  let selected = ""; // a press on what is folded would take the selection away, so it is kept
  const keepSelected = () => {
    const words = String(getSelection() || "").trim();
    if (words && one.passages.some((/** @type {any} */ p) => p.text.includes(words))) selected = words;
  };
  const card = make("article", { class: "mf-card mf-entry", "data-entry": one.id, on: { pointerup: keepSelected, keyup: keepSelected, touchend: () => setTimeout(keepSelected) } },
    make("h2", { text: one.when }), make("p", { class: "mf-quiet", text: [one.delay, around].filter(Boolean).join(" · ") }),
    ...one.passages.map((/** @type {any} */ passage) => passagePart(page, one, passage, forms)), forms,
    files.list,
    one.sources.length ? make("div", { class: "mf-tools" }, make("span", { class: "mf-quiet", text: t.isSource }),
      ...one.sources.map((/** @type {any} */ source) => press(source.name, () => showSource(page, source.id), { class: "mf-link" }))) : null,
    make("div", { class: "mf-tools" }, ...citing(page, one, () => again(page, one.id)),
      press(t.addReflection, () => addForm(page, one, forms)),
      press(t.askBack, () => askForm(page, one, forms)),
    ), make("details", {}, make("summary", { text: t.more, "data-lm-suppress-shortcuts": "true" }),
      make("div", { class: "mf-tools" }, press(t.toSource, () => sourceForm(page, one, forms, selected)), files.button, press(t.removeEntry, remove))), files.choose);
  reopen(page, one, forms);
  return card;
}

/** Open the form again that was left with words in it. @param {any} page @param {any} one @param {any} forms */
function reopen(page, one, forms) {
  const begun = page.unsent("").filter((/** @type {string} */ name) => page.drafts.get(name).entry === one.id);
  const left = begun.find((/** @type {string} */ name) => page.drafts.get(name).id === page.goingOn) || begun[0];
  if (!left) return;
  if (left.startsWith("afterthought-")) addForm(page, one, forms, false);
  else if (left.startsWith("ask-")) askForm(page, one, forms, false);
  else {
    const passage = one.passages.find((/** @type {any} */ p) => left.startsWith(`reword-${p.id}-`));
    if (passage) rewordForm(page, one, passage, forms, false);
  }
}

/** @param {any} page @param {any} one @param {any} forms @param {boolean} [focus] */
function addForm(page, one, forms, focus = true) {
  writeIn(page, one, forms, page.t.addReflection, `afterthought-${one.id}`, (words, id) => page.change("afterthought", { entry: one.id, words }, id), { focus });
}

/** @param {any} page @param {any} one @param {any} passage @param {any} forms @param {boolean} [focus] */
function rewordForm(page, one, passage, forms, focus = true) {
  writeIn(page, one, forms, page.t.reword, `reword-${passage.id}`,
    (words, id) => page.change("reword", { passage: passage.id, words, after: passage.standing }, id), { text: passage.text, focus });
}

/** @param {any} page @param {any} one @param {any} passage @param {any} forms */
function passagePart(page, one, passage, forms) {
  const t = page.t;
  const later = passage.part !== "observation" && passage.part !== "reflection";
  const change = press(t.reword, () => rewordForm(page, one, passage, forms), { class: "mf-small", "aria-label": `${t.reword}: ${passage.label}` });
  return make("section", { class: `mf-passage mf-${passage.part}` },
    make("h3", { text: passage.label }), later ? make("p", { class: "mf-quiet", text: [passage.when, ...askedOf(page, passage)].filter(Boolean).join(" · ") }) : null,
    passage.standing.length > 1 ? make("p", { class: "mf-badge", text: t.both }) : null,
    ...(passage.standing.length > 1
      ? passage.wordings.filter((/** @type {any} */ w) => passage.standing.includes(w.id)).map((/** @type {any} */ w) => make("blockquote", { class: "mf-quote" }, make("p", { class: "mf-quiet", text: w.when }), said(w.text)))
      : [said(passage.text)]),
    passage.wordings.length > passage.standing.length ? make("details", {}, make("summary", { text: fill(t.earlier, { n: passage.wordings.length - passage.standing.length }), "data-lm-suppress-shortcuts": "true" }),
      ...passage.wordings.filter((/** @type {any} */ w) => !passage.standing.includes(w.id)).map((/** @type {any} */ w) => make("div", {}, make("p", { class: "mf-quiet", text: w.when }), said(w.text)))) : null,
    change);
}

/** Whom a question goes to, and until when. @param {any} page @param {any} passage */
function askedOf(page, passage) {
  const asked = page.questions.find((/** @type {any} */ one) => one.id === passage.id);
  return asked ? [asked.whom, asked.due ? fill(page.t.until, { date: asked.due }) : "", asked.overdue ? page.t.overdue : ""] : [];
}

/** A field to write in below an entry; what is typed is kept until it is saved.
 * @param {any} page @param {any} one @param {any} forms @param {string} label @param {string} draft
 * @param {(words: string, id: string) => Promise<any>} save
 * @param {{text?: string, focus?: boolean, more?: any[]}} [options] what stands there first, and fields below it
 */
function writeIn(page, one, forms, label, draft, save, { text = "", focus = true, more = [] } = {}) {
  const t = page.t;
  const left = page.unsent(`${draft}-`)[0];
  const kept = page.drafts.get(left);
  const id = kept?.id || newEdit();
  const mine = left || `${draft}-${id}`; // of its own: what is being sent must not be overwritten by what is written next
  const words = make("textarea", { rows: "4", value: kept?.words ?? text });
  const names = make("p", { class: "mf-badge mf-noticed", role: "status" });
  let timer = 0;
  const keep = async () => {
    const sent = page.drafts.get(mine);
    const seen = await page.line.ask("draft", { draft: id, item: { ...sent, name: mine } });
    if (page.drafts.get(mine) === sent) page.drafts.put(mine, { ...sent, left: true });
    names.textContent = seen.names.length ? fill(t.willBeMasked, { list: seen.names.map((/** @type {any} */ [word, by]) => `${word} → ${by}`).join(", ") }) : "";
  };
  words.addEventListener("input", () => {
    page.drafts.put(mine, { id, words: words.value, entry: one.id, at: Date.now() });
    clearTimeout(timer);
    timer = window.setTimeout(() => keep().catch(() => {}), STILL); // typed words are here in any case
  });
  const told = make("p", { class: "mf-fault", role: "alert" });
  const close = () => made.remove();
  const done = () => sendOnce(made, async () => {
    clearTimeout(timer);
    try {
      const answer = await save(words.value, id);
      page.drafts.drop(mine);
      delete page.draftsThere[id];
      if (answer && answer.waits) page.say(t.waits);
      const alone = made.isConnected;
      close();
      if (!alone && page.typing()) return; // something else is written by now
      await again(page, one.id);
      back();
    } catch (fault) {
      told.textContent = fault.message;
      if (!made.isConnected) page.fail(fault);
    }
  });
  const back = () => {
    const root = page.others.querySelector(`[data-entry="${one.id}"], [data-waiting="${one.id}"]`);
    (root?.querySelector(".mf-tools button") || page.others).focus();
  };
  const leave = () => { // what was typed is kept, and stands there again when the entry is shown anew
    close();
    back();
  };
  const throwAway = () => {
    const away = () => {
      clearTimeout(timer);
      page.drafts.drop(mine);
      delete page.draftsThere[id];
      page.line.ask("drop_draft", { draft: id }).catch(() => {});
      leave();
    };
    if (words.value.trim() && words.value !== text) askFirst(page.root, t, t.throwAway, t.throwAwaySure, away);
    else away();
  };
  const made = make("form", { class: "mf-form", on: { submit: (/** @type {Event} */ e) => { e.preventDefault(); done(); }, keydown: (/** @type {KeyboardEvent} */ e) => e.key === "Escape" && leave() } },
    field(label, words), make("div", { class: "mf-tools" }, quoteButton(t, words)), names, ...more, told, make("div", { class: "mf-tools" }, press(t.save, done, { class: "mf-main" }), press(t.close, leave), press(t.throwAway, throwAway)));
  forms.replaceChildren(made);
  if (focus) words.focus();
}

/** @param {any} page @param {any} one @param {any} forms @param {boolean} [focus] */
function askForm(page, one, forms, focus = true) {
  const t = page.t;
  const whom = make("input", { type: "text" });
  const due = make("input", { type: "date" });
  writeIn(page, one, forms, t.askBack, `ask-${one.id}`,
    (question, id) => page.change("ask_back", { entry: one.id, question, whom: whom.value, due: due.value }, id), { focus, more: [field(t.whom, whom), field(t.due, due)] });
}

/** Show a source that an entry became, with what it is coded with. @param {any} page @param {string} id */
async function showSource(page, id) {
  const t = page.t;
  try {
    const source = await page.line.ask("source_of_entry", { source: id });
    const dialog = openDialog(page.root, fill(t.sourceOf, source), make("h2", { text: fill(t.sourceOf, source) }), make("p", { class: "mf-said", text: source.text }),
      source.codings.length ? make("h3", { text: t.codedWith }) : make("p", { class: "mf-quiet", text: t.notCoded }),
      make("ul", {}, ...source.codings.map((/** @type {any} */ coding) => make("li", {}, make("strong", { text: coding.bears }), ` «${coding.quote}»`))),
      make("div", { class: "mf-tools" }, press(t.close, () => dialog.close(), { class: "mf-main" })));
  } catch (fault) {
    page.fail(fault);
  }
}

/** Choose what of an entry becomes a source. @param {any} page @param {any} one @param {any} forms @param {string} inside words that were selected */
function sourceForm(page, one, forms, inside) {
  const t = page.t;
  const only = make("input", { type: "checkbox" });
  only.checked = true;
  const boxes = one.passages.map((/** @type {any} */ p) => {
    const box = make("input", { type: "checkbox", value: p.id });
    box.checked = p.part === "observation" || p.part === "reflection";
    return make("label", { class: "mf-check" }, box, p.label);
  });
  const told = make("p", { class: "mf-fault", role: "alert" });
  const close = () => forms.replaceChildren();
  const save = () => sendOnce(forms, async () => {
    try {
      const chosen = [...forms.querySelectorAll("input[value]:checked")].map((/** @type {any} */ box) => box.value);
      const made = await page.line.ask("observe", { entry: one.id, ...(inside && only.checked ? { words: inside } : { passages: chosen }) });
      close();
      await again(page, one.id);
      page.say(fill(t.becameSource, { name: made.name }));
    } catch (fault) {
      told.textContent = fault.message;
    }
  });
  forms.replaceChildren(make("div", { class: "mf-form", role: "group", "aria-label": t.toSource },
    ...(inside ? [field(t.onlySelected, only), make("p", { class: "mf-said", text: inside })] : []), ...boxes, told,
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
  return [names, choosing(left.map((/** @type {any} */ h) => [h.id, h.words.slice(0, 80)]), t.speakTo, t.linkIt, (hypothesis) =>
    page.change("cite", { hypothesis, other: one.id }).then(again, () => {}))];
}
