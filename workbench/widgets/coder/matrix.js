// Statements: written from codings, worded and ordered cell by cell, their support always in sight.

import { field, fill, keepingFocus, make, newEdit, press, select, sendOnce } from "../working/elements.js";
import { overtaken } from "./overtaken.js";

const SETTLED = 900; // ms without a key until a wording is saved

/** @param {any} page @param {any} place @param {string} [shown] a statement to show */
export async function matrixView(page, place, shown) {
  const t = page.t;
  const all = await page.line.ask("matrix");
  await page.released();
  if (page.view !== "matrix") return; // one may have gone on to another view
  const table = make("table", { class: "mf-matrix" },
    make("thead", {}, make("tr", {}, make("td", {}), ...[...page.effects.values()].map((e) => make("th", { scope: "col", text: e.label })))),
    make("tbody", {}, ...[...page.determinants.values()].map((d) => make("tr", {}, make("th", { scope: "row", text: d.label }),
      ...[...page.effects.values()].map((e) => make("td", { "data-effect": e.label }, cell(page, place, all.filter((/** @type {any} */ s) => s.effect === e.id && s.determinant === d.id), e.id, d.id)))))));
  const at = typingIn(place); // asked now: somebody may have begun to type meanwhile
  keepingFocus(place, () => place.replaceChildren(make("h2", { text: t.matrix }), make("div", { class: "mf-scroll", tabindex: "0", role: "region", "aria-label": t.matrix }, table)));
  if (at) goOnTyping(place, at);
  if (typeof shown === "string") place.querySelector(`textarea[data-statement="${shown}"]`)?.focus();
}

/** In which statement somebody types, and where. @param {any} place */
function typingIn(place) {
  const words = document.activeElement;
  if (!(words instanceof HTMLTextAreaElement) || !place.contains(words)) return null;
  return { statement: words.dataset.statement, from: words.selectionStart, to: words.selectionEnd };
}

/** @param {any} place @param {any} at */
function goOnTyping(place, at) {
  const words = place.querySelector(`textarea[data-statement="${at.statement}"]`);
  if (!words) return;
  words.focus();
  words.setSelectionRange(at.from, at.to);
}

/** Show what others worded meanwhile, where somebody is at work in the matrix: nothing is drawn anew under the hands.
 * @param {any} page @param {any} place
 */
export async function othersWording(page, place) {
  const all = await page.line.ask("matrix");
  for (const s of all) place.querySelector(`textarea[data-statement="${s.id}"]`)?.dispatchEvent(new CustomEvent("mf-worded", { detail: s.text }));
}

/** @param {any} page @param {any} place @param {any[]} statements @param {string} effect @param {string} determinant */
function cell(page, place, statements, effect, determinant) {
  const ids = statements.map((s) => s.id);
  const order = async (/** @type {number} */ from, /** @type {number} */ to) => {
    const next = [...ids];
    next.splice(to, 0, ...next.splice(from, 1));
    await page.change("order_statements", { effect, determinant, ids: next });
    await matrixView(page, place);
    const moved = place.querySelector(`li[data-moves="${ids[from]}"]`);
    (moved.querySelector(to > from ? ".mf-down" : ".mf-up") || moved.querySelector(".mf-up, .mf-down")).focus();
  };
  return make("ol", { class: "mf-statements" }, ...(statements.length ? statements.map((s, n) => make("li", { "data-moves": s.id }, card(page, place, s),
    make("div", { class: "mf-tools" },
      n ? press("↑", () => order(n, n - 1), { class: "mf-small mf-up", "aria-label": `${page.t.up}: ${s.text}` }) : null,
      n + 1 < statements.length ? press("↓", () => order(n, n + 1), { class: "mf-small mf-down", "aria-label": `${page.t.down}: ${s.text}` }) : null))) : []));
}

/** @param {any} page @param {any} place @param {any} s */
function card(page, place, s) {
  const t = page.t;
  const draft = `wording-${s.id}`;
  const kept = page.drafts.get(draft);
  let was = kept?.was ?? s.text; // what it said when one began to type
  const words = make("textarea", { rows: "3", "aria-label": `${t.statement}: ${s.text}`, "data-statement": s.id, value: kept?.words ?? s.text });
  words.addEventListener("input", () => page.drafts.put(draft, { words: words.value, was }));
  const told = make("span", { class: "mf-quiet", role: "status" });
  const edit = newEdit();
  let timer = 0;
  const save = async () => {
    clearTimeout(timer);
    const typed = words.value;
    if (!page.drafts.get(draft) || !typed.trim()) return;
    told.textContent = t.saving;
    try {
      const stored = await page.line.ask("change_statement", { edit, statement: s.id, words: typed, was });
      if (typeof stored === "string") was = stored;
      theirs = null;
      told.textContent = t.saved;
      if (words.value !== typed) { // somebody types on
        page.drafts.put(draft, { words: words.value, was });
        return;
      }
      page.drafts.drop(draft);
      if (typeof stored === "string" && document.activeElement !== words) words.value = stored;
    } catch (fault) {
      if (fault.kind === "Overtaken") await meanwhile(fault.message);
      else told.textContent = `${t.notSaved} ${fault.message}`;
    }
  };
  const meanwhile = async (/** @type {string} */ sentence) => {
    const stands = await page.line.ask("statement_text", { statement: s.id });
    overtaken(page, told, sentence, () => {
      was = stands;
      save();
    }, () => {
      was = words.value = stands;
      page.drafts.drop(draft);
    });
  };
  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(save, SETTLED);
  });
  words.addEventListener("blur", save);
  /** @type {string | null} */
  let theirs = null; // worded by another while one stood in the field: shown when one leaves it
  const adopt = () => {
    if (theirs === null || page.drafts.get(draft) || document.activeElement === words) return;
    was = words.value = theirs;
    theirs = null;
  };
  words.addEventListener("mf-worded", (/** @type {any} */ event) => {
    theirs = event.detail;
    adopt();
  });
  words.addEventListener("blur", adopt);
  if (kept) save(); // typed on an earlier page, or while the vault was locked
  const theme = select([...page.themes.values()].map((one) => [one.id, `${one.number} ${one.label}`]), s.theme, { "aria-label": t.theme });
  const move = select([...page.determinants.values()].flatMap((d) => [...page.effects.values()].map((e) => [`${d.id} ${e.id}`, `${d.label} · ${e.label}`])), `${s.determinant} ${s.effect}`, { "aria-label": t.cell });
  theme.addEventListener("change", () => page.change("change_statement", { statement: s.id, cell: { theme: theme.value } }).then(() => matrixView(page, place)));
  move.addEventListener("change", () => {
    const [determinant, effect] = move.value.split(" ");
    page.change("change_statement", { statement: s.id, cell: { determinant, effect } }).then(() => matrixView(page, place));
  });
  return make("div", { class: "mf-statement", "data-statement": s.id }, words, told, make("p", { class: "mf-quiet mf-theme", text: [page.themes.get(s.theme)].map((one) => `${one.number} ${one.label}`).join() }), support(page, { ...s.support, counters: s.counters.length, agree: s.agree, differ: s.differ }),
    make("details", {}, make("summary", { text: fill(t.counted, { n: s.codings.length + s.counters.length }), "data-lm-suppress-shortcuts": "true" }),
      quotes(page, place, s, s.codings), s.counters.length ? make("h4", { text: t.counters }) : null, quotes(page, place, s, s.counters),
      make("div", { class: "mf-tools" }, theme, move,
        press(t.memos, () => { page.show("read"); page.memosOn(s.id, s.text); }),
        press(t.removeStatement, () => page.change("remove_statement", { statement: s.id }).then(() => matrixView(page, place))))));
}

/** What a statement rests on, in words. @param {any} page @param {any} s */
function support(page, s) {
  const t = page.t;
  const rests = fill(t.supportedBy, { codings: fill(t.counted, { n: s.codings }), sources: fill(t.sourcesCounted, { n: s.sources }) });
  const parts = [rests, s.groups.length ? fill(t.groups, { list: s.groups.join(", ") }) : "", s.methods.length ? fill(t.methods, { list: s.methods.join(", ") }) : "", fill(t.primary, s), s.counters ? fill(t.countersCounted, { n: s.counters }) : "",
    s.agree + s.differ ? fill(t.dissent, { agree: s.agree, all: s.agree + s.differ, n: s.differ }) : ""];
  return make("p", { class: "mf-quiet", text: parts.filter(Boolean).join(" · ") });
}

/** @param {any} page @param {any} place @param {any} s @param {any[]} list */
function quotes(page, place, s, list) {
  return make("ul", { class: "mf-quotes" }, ...list.map((one) => make("li", {},
    press(`«${one.quote.slice(0, 160)}»`, () => page.goTo(one.source, one.coding[1], one.coding[2], one.coding[0]), { class: "mf-link" }),
    press(page.t.takeOut, () => page.change("support", { statement: s.id, codings: [one.coding[0]], counter: null }).then(() => matrixView(page, place)), { class: "mf-small", "aria-label": `${page.t.takeOut}: ${one.quote.slice(0, 60)}` }))));
}

/** Codings of the statement's theme and cell, each to be taken along or not. @param {any} page @param {string[]} chosen is changed by it @param {() => any} cell @param {() => any} changed */
function alongside(page, chosen, cell, changed) {
  const list = make("ul", { class: "mf-quotes mf-along" });
  const fetched = async () => {
    const found = await page.line.ask("codings_of", { where: cell() });
    const box = (/** @type {any} */ one) => {
      const input = make("input", { type: "checkbox", on: { change: () => {
        if (input.checked) chosen.push(one.coding[0]);
        else chosen.splice(chosen.indexOf(one.coding[0]), 1);
        changed();
      } } });
      input.checked = chosen.includes(one.coding[0]);
      const source = page.sources.find((/** @type {any} */ each) => each.id === one.source)?.name || "";
      return make("li", {}, make("label", {}, input, ` «${one.quote.slice(0, 160)}» `, make("span", { class: "mf-quiet", text: source })));
    };
    list.replaceChildren(...found.map(box));
  };
  const details = make("details", { on: { toggle: () => details.open && fetched().catch((/** @type {any} */ fault) => page.fail(fault)) } },
    make("summary", { text: page.t.moreCodings, "data-lm-suppress-shortcuts": "true" }), list);
  return { details, again: () => details.open && fetched().catch((/** @type {any} */ fault) => page.fail(fault)) };
}

/** Write a statement from codings. @param {any} page @param {string[]} from */
export function statementForm(page, from) {
  const codings = [...from];
  const t = page.t;
  const first = page.transcript.codings.get(codings[0]);
  const draft = "statement";
  const words = make("textarea", { rows: "3" });
  page.keepTyped(draft, { words }, { codings });
  const theme = select([...page.themes.values()].map((one) => [one.id, `${one.number} ${one.label}`]), first ? first[3] : [...page.themes.keys()][0]);
  const effect = select([...page.effects.values()].map((one) => [one.id, one.label]), first ? first[5] : page.claim.effect);
  const determinant = select([...page.determinants.values()].map((one) => [one.id, one.label]), first ? first[6] : page.claim.determinant);
  const told = make("p", { class: "mf-fault", role: "alert" });
  const count = make("p", { class: "mf-quiet", role: "status" });
  const tell = () => (count.textContent = fill(t.fromCodings, { n: codings.length }));
  const more = alongside(page, codings, () => ({ theme: theme.value, effect: effect.value, determinant: determinant.value }), tell);
  for (const list of [theme, effect, determinant]) list.addEventListener("change", more.again);
  const done = () => {
    if (page.drafts.get(draft)) page.drafts.put(draft, { words: words.value, codings, away: true }); // kept, but not in the way
    page.forms.replaceChildren();
  };
  const save = async () => {
    try {
      const made = await page.change("add_statement", { words: words.value, theme: theme.value, effect: effect.value, determinant: determinant.value, codings });
      page.drafts.drop(draft);
      done();
      page.transcript.pane.focus({ preventScroll: true });
      if (made === null) page.say(t.statementWaits);
    } catch (fault) {
      told.textContent = fault.message;
    }
  };
  openForm(page, t.newStatement, save, done, [
    count, field(t.words_, words), field(t.theme, theme), field(t.effect, effect), field(t.determinant, determinant), more.details, told]);
  tell();
  words.focus();
}

/** Add codings to a statement that is there. @param {any} page @param {string[]} codings */
export async function supportForm(page, codings) {
  const t = page.t;
  const all = await page.line.ask("matrix");
  const cells = [...page.determinants.values()].flatMap((d) => [...page.effects.values()].map((e) => [`${d.label} · ${e.label}`,
    all.filter((/** @type {any} */ s) => s.determinant === d.id && s.effect === e.id).map((/** @type {any} */ s) => [s.id, s.text.length > 110 ? `${s.text.slice(0, 109)}…` : s.text])]));
  const chosen = select(cells.filter(([, inside]) => inside.length), all.length ? all[0].id : "");
  const counter = make("input", { type: "checkbox" });
  const told = make("p", { class: "mf-fault", role: "alert" });
  const done = () => page.forms.replaceChildren();
  const save = async () => {
    try {
      await page.change("support", { statement: chosen.value, codings, counter: counter.checked });
      done();
      page.transcript.pane.focus({ preventScroll: true });
    } catch (fault) {
      told.textContent = fault.message;
    }
  };
  if (!all.length) {
    page.say(t.noStatements);
    return;
  }
  openForm(page, t.addToStatement, save, done, [field(t.statement, chosen), field(t.asCounter, counter), told]);
  chosen.focus();
}

/** A form, at the right if nothing else is said, saved by Enter or button, closed by Escape.
 * @param {any} page @param {string} title @param {() => Promise<any>} save @param {() => void} done @param {any[]} parts
 */
export function openForm(page, title, save, done, parts, label = page.t.save, place = page.forms) {
  const close = () => {
    done();
    page.transcript.pane.focus({ preventScroll: true });
  };
  const go = make("button", { text: label, class: "mf-main" });
  go.setAttribute("type", "submit");
  const form = make("form", { class: "mf-form", "aria-label": title, on: {
    submit: (/** @type {Event} */ e) => {
      e.preventDefault();
      sendOnce(form, save);
    },
    keydown: (/** @type {KeyboardEvent} */ e) => e.key === "Escape" && close(),
  } }, make("h3", { text: title }), ...parts, make("div", { class: "mf-tools" }, go, press(page.t.cancel, close)));
  place.replaceChildren(form);
}
