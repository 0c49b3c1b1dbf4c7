// Writing an entry: observation and reflection first, what was around them below. Saved as it is typed, here and, when
// there is contact, sealed in the vault's folder, so that another device can go on.

import { STILL } from "./entries.js";
import { quoteButton } from "./quoting.js";
import { askFirst, field, fill, make, newEdit, press, select } from "../working/elements.js";

/** @param {any} page @param {any} place */
export function writingView(page, place) {
  if (!page.writing) page.writing = { id: newEdit(), item: {} };
  place.replaceChildren(undone(page, place), form(page, place, page.writing));
}

/** What was begun and is not done, here and on other devices. @param {any} page @param {any} place */
function undone(page, place) {
  const here = page.drafts.names("entry-").map((/** @type {string} */ name) => [name.slice("entry-".length), page.drafts.get(name)]);
  const elsewhere = Object.entries(page.draftsThere);
  const mine = Object.entries(Object.fromEntries([...elsewhere.filter(([, one]) => !one.entry), ...here])).filter(([id]) => id !== page.writing?.id && !page.sending.has(id));
  for (const [id, one] of elsewhere) if (one.entry && !page.sending.has(id) && isNewer(one, page.drafts.get(one.name))) page.drafts.put(one.name, { ...one, id });
  const added = page.unsent("").map((/** @type {string} */ name) => page.drafts.get(name)).filter((/** @type {any} */ one) => one?.entry && one.words?.trim());
  return mine.length || added.length
    ? make("section", { class: "mf-card mf-undone", "aria-label": page.t.drafts }, make("h2", { text: page.t.drafts }),
        ...added.map((/** @type {any} */ one) => press(fill(page.t.goOn, { words: one.words.slice(0, 60) }), () => {
          page.goingOn = one.id; // of several begun on one entry, this one is opened
          page.showOnly(one.entry);
        }, { class: "mf-link" })),
        ...mine.map(([id, item]) => press(fill(page.t.goOn, { words: beginning(item) }), () => startWriting(page, place, id, item), { class: "mf-link" })))
    : make("div", { class: "mf-undone" });
}

/** Whether what another device wrote is newer than what is here. @param {any} there @param {any} here */
function isNewer(there, here) {
  return !here || (there.at ?? 0) > (here.at ?? 0);
}

/** Take over what another device went on with; what was typed here meanwhile and never left stands beside it, as another draft.
 * @param {any} page
 */
export async function takeOver(page) {
  const typed = page.drafts.names("").filter((/** @type {string} */ name) => page.drafts.get(name).left);
  const ids = new Map(typed.map((/** @type {string} */ name) => [page.drafts.get(name).id || name.slice("entry-".length), name]));
  for (const id of ids.size ? await page.line.ask("logged", { ids: [...ids.keys()] }) : []) page.drafts.drop(ids.get(id)); // finished elsewhere
  for (const name of page.drafts.names("entry-")) {
    const [there, here] = [page.draftsThere[name.slice("entry-".length)], page.drafts.get(name)];
    if (!there || !isNewer(there, here)) continue;
    if (!here.left) page.drafts.put(`entry-${newEdit()}`, here);
    page.drafts.put(name, { ...there, left: true });
  }
}

/** @param {any} item */
function beginning(item) {
  return (item.observation || item.reflection || "").slice(0, 60);
}

/** Whether anything was written. @param {any} item */
function begun(item) {
  return Boolean(item.observation?.trim() || item.reflection?.trim());
}

/** @param {any} page @param {any} place @param {string} id @param {any} item @param {any} [fault] why it was not logged */
function startWriting(page, place, id, item, fault) {
  page.writing = { id, item, fault };
  if (page.view === "write") writingView(page, place);
  else if (fault) page.fail(fault);
}

/** Another entry can be written while one is on its way. @param {any} page @param {any} place */
function startAnew(page, place) {
  page.writing = null;
  page.putAway = false;
  if (page.view !== "write") return;
  writingView(page, place);
  place.querySelector("textarea").focus();
}

/** The clock on the wall as the field wants it: 2026-05-01T14:30. */
function wallClock() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

/** @param {string} wall */
function withZone(wall) {
  const ahead = -new Date(wall).getTimezoneOffset();
  const two = (/** @type {number} */ n) => String(Math.floor(Math.abs(n))).padStart(2, "0");
  return `${wall}:00${ahead < 0 ? "-" : "+"}${two(ahead / 60)}:${two(Math.abs(ahead) % 60)}`;
}

/** @param {any} page @param {any} place @param {{id: string, item: any, fault?: any}} writing */
function form(page, place, { id, item: given, fault }) {
  const t = page.t;
  const observation = make("textarea", { rows: "7", value: given.observation || "" });
  const reflection = make("textarea", { rows: "5", value: given.reflection || "" });
  const when = make("input", { type: "datetime-local", value: given.wall || wallClock() });
  const setting = select([["", "–"], ...page.settings.map((/** @type {string} */ s) => [s, s])], given.setting || "");
  const where = make("input", { type: "text", value: given.place || "" });
  let filled = ""; // where one was last in such a situation
  setting.addEventListener("change", () => {
    if (where.value === filled) where.value = filled = page.places[setting.value] ?? "";
  });
  const known = make("datalist", { id: `mf-people-${id}` }, ...page.people.map((/** @type {string} */ one) => make("option", { value: one })));
  const present = make("input", { type: "text", list: known.id, value: (given.present || []).join(", ") });
  const role = make("input", { type: "text", value: given.role || "" });
  const hidden = make("input", { type: "checkbox" });
  hidden.checked = given.observer === "hidden";
  const sure = make("input", { type: "checkbox" });
  const told = make("p", { class: fault ? "mf-fault" : "mf-quiet", role: "status", text: fault?.message ?? "" });
  const unlikely = make("div", { class: "mf-check", hidden: fault?.kind !== "Unsure" }, sure, make("label", { text: t.sure }));
  tie(sure, unlikely.lastChild);
  const concealed = make("div", { class: "mf-check" }, hidden, make("label", { text: t.hidden }));
  tie(hidden, concealed.lastChild);
  const item = () => ({
    at: Date.now(),
    observation: observation.value, reflection: reflection.value, wall: when.value, setting: setting.value, place: where.value,
    present: present.value.split(",").map((/** @type {string} */ one) => one.trim()).filter(Boolean), role: role.value, observer: hidden.checked ? "hidden" : "open",
  });
  const names = make("p", { class: "mf-badge mf-noticed", role: "status" });
  const asked = make("div", {});
  /** @type {any} */
  let question = null;
  const askOneself = (/** @type {any} */ prompt) => {
    question = prompt;
    asked.replaceChildren(make("aside", { class: "mf-card mf-question-to-oneself", "aria-label": t.toOneself },
      make("p", { class: "mf-quiet", text: t.toOneself }), make("p", { text: prompt.text }),
      make("div", { class: "mf-tools" }, press(t.thinkOn, () => reflection.focus()), press(t.putAway, () => {
        page.putAway = true; // for this entry: one question is enough
        asked.replaceChildren();
        page.line.ask("put_away", { prompt: prompt.id }).catch((/** @type {any} */ fault) => page.fail(fault));
      }))));
  };
  let timer = 0;
  let typedLast = given;
  let finished = false; // what comes after that is another entry
  const keep = async () => {
    if (finished) return;
    try {
      const sent = typedLast; // with the moment it was typed at: it is no newer for being kept elsewhere too
      const seen = await page.line.ask("draft", { draft: id, item: sent });
      if (finished) return;
      if (typedLast === sent) page.drafts.put(`entry-${id}`, { ...sent, left: true });
      told.textContent = t.kept;
      told.className = "mf-quiet";
      names.textContent = seen.names.length ? fill(t.willBeMasked, { list: seen.names.map((/** @type {any} */ [word, by]) => `${word} → ${by}`).join(", ") }) : "";
      if (seen.prompt && !question && !page.putAway) askOneself(seen.prompt);
    } catch (fault) {
      told.textContent = fault.message;
    }
  };
  const typed = () => {
    typedLast = page.writing.item = item();
    page.drafts.put(`entry-${id}`, typedLast);
    clearTimeout(timer);
    timer = window.setTimeout(keep, STILL);
  };
  when.addEventListener("input", () => (unlikely.hidden = true));
  const done = async () => {
    const written = item();
    const { wall, at, ...rest } = written;
    finished = true;
    clearTimeout(timer);
    const logging = page.change("log", { item: { ...rest, happened: wall ? withZone(wall) : null, sure: sure.checked && !unlikely.hidden, finished: new Date().toISOString() }, prompt: question && !page.putAway ? question.id : null }, id);
    startAnew(page, place); // what is typed from now on is another entry
    try {
      const answer = await logging;
      forget(page, id);
      page.justLogged = id;
      if (!page.writing || !begun(page.writing.item)) page.show("log");
      if (answer) page.say(answer.waits ? t.waits : t.logged);
    } catch (fault) {
      if (!page.writing || page.writing.id === id || !begun(page.writing.item)) return startWriting(page, place, id, written, fault);
      page.fail(new Error(`${beginning(written)}: ${fault.message}`));
      if (page.view === "write") place.querySelector(".mf-undone").replaceWith(undone(page, place));
    }
  };
  const mayThrow = () => {
    if (begun(item())) askFirst(page.root, t, t.throwAway, t.throwAwaySure, throwAway);
    else throwAway();
  };
  const throwAway = async () => {
    finished = true;
    clearTimeout(timer);
    forget(page, id);
    await page.line.ask("drop_draft", { draft: id });
    writingView(page, place);
  };
  const made = make("form", { class: "mf-writing", on: { input: typed, submit: (/** @type {Event} */ e) => { e.preventDefault(); done(); } } },
    field(t.observation, observation), make("div", { class: "mf-tools" }, quoteButton(t, observation)), field(t.reflection, reflection), names, asked,
    make("fieldset", {}, make("legend", { text: t.around }), make("div", { class: "mf-around-entry" },
      field(t.when, when), field(t.setting, setting), field(t.place, where), field(t.present, present), field(t.role, role)), known, concealed),
    unlikely, told,
    make("div", { class: "mf-tools" }, press(t.done, done, { class: "mf-main" }), press(t.throwAway, mayThrow)));
  return made;
}

/** @param {any} input @param {any} label */
function tie(input, label) {
  input.id = `mf-check-${newEdit()}`;
  label.setAttribute("for", input.id);
}

/** @param {any} page @param {string} id */
function forget(page, id) {
  page.drafts.drop(`entry-${id}`);
  delete page.draftsThere[id];
  if (page.writing?.id !== id) return;
  page.writing = null;
  page.putAway = false;
}
