// Memos: on anything, several on one thing, saved as they are typed; a list of all, with links.

import { whoIs } from "./codes.js";
import { overtaken } from "./overtaken.js";
import { choosing, fill, make, newEdit, press, select } from "../working/elements.js";

const STILL = 600; // ms without a key until what was typed is saved

/** The memos on one thing, and room for a new one.
 * @param {any} page @param {any} place @param {string} about @param {boolean} write go straight to a new memo
 */
export async function memoField(page, place, about, write) {
  if (!place) return;
  const box = place.classList.contains("mf-memo-place") ? place : place.querySelector(".mf-memo-place") || place;
  try {
    const memos = page.memos[about] || page.drafts.names(`memo-${about}-`).length ? await page.line.ask("memos", { about }) : [];
    const waiting = page.drafts.names(`memo-${about}-`).map((/** @type {string} */ name) => page.drafts.get(name));
    const fields = [
      ...memos.map((/** @type {any} */ memo) => editor(page, about, typedAt(waiting, memo))),
      ...waiting.filter((/** @type {any} */ one) => !one.memo).map((/** @type {any} */ one) => editor(page, about, { id: null, text: one.words, edit: one.edit })),
    ];
    const add = press(page.t.newMemo, () => {
      const made = editor(page, about, { id: null, text: "" });
      add.before(made);
      made.querySelector("textarea").focus();
    });
    box.replaceChildren(make("h3", { text: page.t.memos }), ...fields, add);
    if (write) {
      const last = box.querySelector("textarea");
      if (last) last.focus();
      else add.click();
    }
  } catch (fault) {
    page.fail(fault);
  }
}

/** A memo as somebody left it typed and unsaved, else as it is. @param {any[]} waiting @param {any} memo */
function typedAt(waiting, memo) {
  const left = waiting.find((one) => one.memo === memo.id && one.words.trim());
  return left ? { ...memo, text: left.words, edit: left.edit, was: left.was } : memo;
}

/** Send the memos that an earlier page had typed and could not save. @param {any} page */
export async function sendMemos(page) {
  for (const name of page.drafts.names("memo-")) {
    const { edit, about, words, memo, was } = page.drafts.get(name);
    if (!words.trim()) continue;
    try {
      const answer = await page.line.ask("write_memo", { edit, about, words, memo, was });
      if (!answer.waits) page.drafts.drop(name);
      page.say(answer.waits ? page.t.memoWaits : page.t.saved);
    } catch (fault) {
      page.fail(fault);
    }
  }
}

/** One memo to write in. @param {any} page @param {string} about @param {any} memo */
function editor(page, about, memo) {
  const edit = memo.edit || newEdit();
  let identity = memo.id;
  let was = memo.was ?? (memo.id ? memo.text : null); // what it said when one began to type
  let timer = 0;
  let saving = false;
  let dirty = Boolean(memo.edit);
  const told = make("span", { class: "mf-quiet", role: "status" });
  const area = make("textarea", { rows: "3", "aria-label": page.t.memo, value: memo.text });
  const draft = `memo-${about}-${edit}`;
  const save = async () => {
    if (saving || !dirty) return;
    const words = area.value;
    if (!words.trim()) return;
    saving = true;
    dirty = false;
    told.textContent = page.t.saving;
    try {
      const answer = await page.line.ask("write_memo", { edit, about, words, memo: identity, was });
      identity = answer.memo || identity;
      if (!answer.waits) was = answer.text;
      told.textContent = answer.waits ? page.t.memoWaits : page.t.saved;
      if (!answer.waits && area.value === words) page.drafts.drop(draft);
      if (document.activeElement !== area && area.value === words) area.value = answer.text;
    } catch (fault) {
      if (fault.kind === "Overtaken") await meanwhile(fault.message);
      else told.textContent = fault.message;
    }
    saving = false;
    if (dirty) save();
    page.look();
  };
  const meanwhile = async (/** @type {string} */ sentence) => {
    const theirs = await page.line.ask("memo_text", { memo: identity });
    overtaken(page, told, sentence, () => {
      was = theirs;
      dirty = true;
      save();
    }, () => {
      was = area.value = theirs;
      page.drafts.drop(draft);
    });
  };
  area.addEventListener("input", () => {
    dirty = true;
    page.drafts.put(draft, { words: area.value, edit, memo: identity, about, was });
    clearTimeout(timer);
    timer = window.setTimeout(save, STILL);
  });
  area.addEventListener("blur", save);
  const remove = press(page.t.removeMemo, async () => {
    page.drafts.drop(draft);
    if (identity) await page.change("remove_memo", { memo: identity });
    box.remove();
  });
  const box = make("div", { class: "mf-memo" }, area, make("div", { class: "mf-tools" }, told, remove));
  if (memo.edit) save();
  return box;
}

/** All memos. @param {any} page @param {any} place */
export async function memosView(page, place) {
  const t = page.t;
  const [memos, things] = await Promise.all([page.line.ask("memos"), page.line.ask("things")]);
  await page.released();
  if (page.view !== "memos") return;
  const chosen = page.chosen && page.transcript.codings.get(page.chosen);
  const here = chosen ? [[t.chosen, [[page.chosen, page.transcript.index.words(chosen[1], chosen[2]).slice(0, 60)]]]] : [];
  const cards = memos.map((/** @type {any} */ memo) => {
    const link = choosing([...here, ...things], t.link, t.linkIt, async (other) => {
      if (other !== memo.id) await page.change("link", { one: memo.id, other }).catch(() => {});
      memosView(page, place);
    });
    return make("article", { class: "mf-card" },
      make("h3", {}, wayTo(page, memo.way, memo.about, memo.on || t.memo)),
      editor(page, memo.about, memo),
      make("p", { class: "mf-quiet", text: `${fill(t.by, { who: whoIs(page, memo.author) })} · ${memo.created}` }),
      make("ul", { class: "mf-links", "aria-label": t.links }, ...memo.links.map((/** @type {any} */ one) =>
        make("li", {}, wayTo(page, one.way, one.other, one.name || one.other), press("×", async () => {
          await page.change("unlink", { link: one.id });
          memosView(page, place);
        }, { class: "mf-small", "aria-label": `${t.unlink}: ${one.name}` })))),
      link);
  });
  const about = select([...here, ...things], "", { "aria-label": fill(t.on, { what: t.memo }) });
  about.selectedIndex = 0;
  const start = press(t.newMemo, () => {
    const made = make("article", { class: "mf-card" }, make("h3", { text: about.selectedOptions[0].textContent }), editor(page, about.value, { id: null, text: "" }));
    tools.after(made);
    made.querySelector("textarea").focus();
  });
  const tools = make("div", { class: "mf-tools" }, about, start);
  place.replaceChildren(make("h2", { text: t.memos }), tools, ...(cards.length ? cards : [make("p", { text: t.noMemos })]));
}

/** What a thing is called, as the way to it where there is one. @param {any} page @param {any} way @param {string} id @param {string} name */
function wayTo(page, way, id, name) {
  return way ? press(name, () => page.goWay(way, id), { class: "mf-link" }) : make("span", { text: name });
}
