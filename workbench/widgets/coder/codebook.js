// One code: its words, its place, shortcut and colour; merge, split, retire; what became of it. And the codebook as at a
// date.

import { SIGNS, codesUnderThemes, sorted, whoIs } from "./codes.js";
import { field, fill, make, press, saveFile, select, sendOnce } from "../working/elements.js";

const WORDS = /** @type {const} */ (["definition", "use_when", "not_when", "example"]);

/** Open the form for a code, or for a new one.
 * @param {any} page @param {string | null} id @param {string} [theme]
 */
export function codebookForm(page, id, theme) {
  const t = page.t;
  const code = id ? page.codes.get(id) : { name: "", theme, parent: null, shortcut: "", colour: null, retired: false };
  const labels = { definition: t.definition, use_when: t.useWhen, not_when: t.notWhen, example: t.example };
  const name = make("input", { type: "text", maxlength: "200", value: code.name });
  const areas = Object.fromEntries(WORDS.map((word) => [word, make("textarea", { rows: "2", value: code[word] || "" })]));
  const place = select(codesUnderThemes(page, (one) => !isUnder(page, one, id)), code.parent || `theme:${code.theme}`);
  const shortcut = make("input", { type: "text", maxlength: "1", size: "2", value: code.shortcut || "" });
  const colours = [t.blue, t.orange, t.green, t.pink, t.ochre, t.lightBlue, t.olive, t.grey]; // as the tokens have them
  const colour = select(SIGNS.map((sign, n) => [String(n), `${sign} ${colours[n]}`]), String(code.colour ?? ""), {});
  const retired = make("input", { type: "checkbox" });
  retired.checked = code.retired;
  const reason = make("input", { type: "text" });
  const told = make("p", { class: "mf-fault", role: "alert" });
  const draft = `code-${id || "new"}`;
  const close = () => page.forms.replaceChildren();
  const done = () => {
    page.drafts.drop(draft);
    close();
  };
  const send = async (/** @type {string} */ what, /** @type {any} */ values) => {
    try {
      const answer = await page.change(what, values);
      done();
      return answer;
    } catch (fault) {
      told.textContent = fault.message;
      return undefined;
    }
  };
  const save = () => {
    const theme_ = place.value.startsWith("theme:") ? place.value.slice(6) : null;
    const where = theme_ ? { theme: theme_, parent_id: null } : { parent_id: place.value };
    const words = Object.fromEntries(WORDS.map((word) => [word, areas[word].value.trim() || null]));
    const common = { name: name.value, ...words, shortcut: shortcut.value.trim() || null, reason: reason.value };
    const chosen = colour.value ? { colour: Number(colour.value) } : {};
    if (!id) return send("add_code", { ...common, ...chosen, theme: theme_ || page.codes.get(place.value).theme, parent_id: theme_ ? null : place.value });
    // Only what was changed: another may have written in the other fields meanwhile.
    const kept = { name: code.name, shortcut: code.shortcut || null, ...Object.fromEntries(WORDS.map((word) => [word, code[word] || null])) };
    const changed = Object.fromEntries(Object.entries(common).filter(([key, value]) => key === "reason" || value !== kept[/** @type {keyof typeof kept} */ (key)]));
    const moved = (code.parent || `theme:${code.theme}`) !== place.value ? where : {};
    return send("change_code", { code: id, ...changed, ...(colour.value === String(code.colour ?? "") ? {} : chosen), ...moved, ...(retired.checked === code.retired ? {} : { retired: retired.checked }) });
  };
  const form = make("form", { class: "mf-form", "aria-label": id ? fill(t.editCode, { name: code.name }) : t.newCode, on: { submit: (/** @type {Event} */ e) => {
    e.preventDefault();
    sendOnce(form, save);
  } } },
    make("h3", { text: id ? fill(t.editCode, { name: code.name }) : t.newCode }),
    field(t.name, name), ...WORDS.map((word) => field(labels[word], areas[word])),
    field(t.place, place), field(t.shortcut, shortcut), field(t.colour, colour),
    id ? field(t.retired, retired) : null, field(t.reason, reason), told,
    make("div", { class: "mf-tools" }, make("button", { type: "submit", text: t.save, class: "mf-main" }), press(t.cancel, done)),
    id ? more(page, id, code, reason, send, told) : null);
  form.querySelector("button").setAttribute("type", "submit");
  form.addEventListener("keydown", (/** @type {KeyboardEvent} */ e) => e.key === "Escape" && done());
  page.forms.replaceChildren(form);
  page.keepTyped(draft, { name, ...areas, reason });
  name.focus();
}

/** The codes that are no more in use, each to take back or to look at. @param {any} page */
export function retiredCodes(page) {
  const t = page.t;
  const codes = sorted(page, [...page.codes.values()].filter((code) => code.retired));
  const open = Boolean(page.pickerBox?.el.querySelector(".mf-retired details[open]"));
  return make("div", { class: "mf-retired" }, codes.length ? make("details", { open },
    make("summary", { text: fill(t.retiredCodes, { n: codes.length }), "data-lm-suppress-shortcuts": "true" }),
    make("ul", { class: "mf-codes" }, ...codes.map((code) => make("li", { class: "mf-option-row" },
      make("span", { class: "mf-option-name", text: `${code.name} · ${fill(t.counted, { n: code.count })}` }),
      press("↩", () => page.change("change_code", { code: code.id, retired: false }).catch(() => {}), { class: "mf-small", "aria-label": fill(t.bringBack, code), title: fill(t.bringBack, code) }),
      page.codeTools(code))))) : "");
}

/** Open again the form that an earlier page was closed over. @param {any} page */
export function reopenCodebookForm(page) {
  const id = page.drafts.names("code-").map((/** @type {string} */ name) => name.slice(5)).find((/** @type {string} */ one) => one === "new" || page.codes.has(one));
  if (id) codebookForm(page, id === "new" ? null : id, page.pickerBox.theme());
}

/** @param {any} page @param {string} id @param {any} code @param {any} reason @param {any} send @param {any} told */
function more(page, id, code, reason, send, told) {
  const t = page.t;
  const into = select([["", t.mergeInto], ...sorted(page, [...page.codes.values()].filter((one) => !isUnder(page, one, id))).map((one) => [one.id, one.name])], "", { "aria-label": t.mergeInto });
  const part = make("input", { type: "text", "aria-label": t.newCode, placeholder: t.newCode });
  const list = make("div", { class: "mf-choose" });
  const history = make("ol", { class: "mf-history" });
  const choose = async () => {
    const found = await page.line.ask("codings_of", { where: { code_id: id } });
    const sources = new Map(page.sources.map((/** @type {any} */ one) => [one.id, one.name]));
    list.replaceChildren(make("p", { text: found.length ? t.splitChoose : t.nobody }), ...found.map((/** @type {any} */ one) =>
      make("label", { class: "mf-check" }, make("input", { type: "checkbox", name: "mf-split", value: one.coding[0] }), make("span", { text: `${one.quote.slice(0, 140)} (${sources.get(one.source) || ""}, ${one.coding[7]})` }))));
  };
  const split = () => {
    const chosen = [...list.querySelectorAll("input:checked")].map((/** @type {any} */ box) => box.value);
    if (!chosen.length) told.textContent = t.splitChoose;
    else send("split_code", { code: id, name: part.value, codings: chosen, reason: reason.value });
  };
  const tell = async () => {
    const rows = await page.line.ask("code_history", { code: id });
    history.replaceChildren(...rows.map((/** @type {any} */ row) => make("li", {},
      make("strong", { text: `${row.at} · ${fill(page.t.by, { who: whoIs(page, row.actor) })} ` }), row.other ? make("span", { text: row.other }) : null,
      make("span", { text: row.changes.map(([/** @type {string} */ what, /** @type {any} */ before, /** @type {any} */ after]) => said(page, what, before, after)).join("; ") }),
      row.reason ? make("em", { text: ` ${row.reason}` }) : null)));
  };
  return make("details", { class: "mf-more" }, make("summary", { text: t.more, "data-lm-suppress-shortcuts": "true" }),
    make("div", { class: "mf-tools" }, into, press(t.merge, async () => {
      const moved = into.value && (await send("merge_codes", { code: id, into: into.value, reason: reason.value }));
      if (typeof moved === "number") page.say(fill(t.merged, { n: moved }));
    })),
    make("div", { class: "mf-tools" }, part, press(t.splitChoose, choose), press(t.split, split)), list,
    make("div", { class: "mf-tools" }, press(t.history, tell), press(t.memos, () => page.memosOn(id, code.name))), history);
}

/** Whether a code is another, or stands under it. @param {any} page @param {any} code @param {string | null} other @returns {boolean} */
function isUnder(page, code, other) {
  return Boolean(other && code) && (code.id === other || isUnder(page, page.codes.get(code.parent), other));
}

/** @param {any} page @param {string} what @param {any} before @param {any} after */
function said(page, what, before, after) {
  const t = page.t;
  const names = { name: t.name, definition: t.definition, use_when: t.useWhen, not_when: t.notWhen, example: t.example, theme: t.theme, parent_id: t.place, retired: t.retired };
  const told = (/** @type {any} */ value) => value === true ? t.yes : value === false ? t.no : page.themes.get(value)?.label || page.codes.get(value)?.name || value || "–";
  return fill(t.was, { what: names[/** @type {keyof typeof names} */ (what)], before: told(before), after: told(after) });
}

/** The codebook as at a date. @param {any} page */
export function codebookAt(page) {
  const t = page.t;
  const date = make("input", { type: "date", value: new Date().toLocaleDateString("sv") }); // Swedish dates are ISO dates
  const list = make("div", { class: "mf-then" });
  const told = make("p", { class: "mf-fault", role: "alert" });
  const asking = async (/** @type {() => Promise<any>} */ ask) => {
    told.textContent = "";
    list.replaceChildren();
    try {
      await ask();
    } catch (fault) {
      told.textContent = fault.message;
    }
  };
  const show = () => asking(async () => {
    const then = await page.line.ask("codebook_at", { date: date.value });
    if (!then.length) told.textContent = t.noCodesThen;
    else list.replaceChildren(...[...page.themes.values()].map((theme) => make("section", {}, make("h4", { text: `${theme.number} ${theme.label}` }), branches(page, then.filter((/** @type {any} */ c) => c.theme === theme.id), null))));
  });
  const save = () => asking(async () => {
    const text = await page.line.ask("codebook_csv", { date: date.value });
    saveFile(`codebook-${date.value}.csv`, ["\ufeff", text]);
  });
  return make("section", { class: "mf-card" }, make("h3", { text: t.codebook }), make("div", { class: "mf-tools" }, field(t.asAt, date), press(t.show, show), press(t.export, save)), told, list);
}

/** Codes under one, each with what it means and when it is used. @param {any} page @param {any[]} codes @param {string | null} parent @returns {any} */
function branches(page, codes, parent) {
  const t = page.t;
  const known = new Set(codes.map((one) => one.id));
  const here = sorted(page, codes.filter((one) => (known.has(one.parent) ? one.parent : null) === parent));
  if (!here.length) return "";
  const labels = [[t.useWhen, "use_when"], [t.notWhen, "not_when"], [t.example, "example"], [t.shortcut, "shortcut"]];
  return make("ul", {}, ...here.map((one) => make("li", {},
    make("strong", { text: `${SIGNS[one.colour]} ${one.name}` }), one.retired ? make("em", { text: ` ${t.retired}` }) : null, one.definition ? make("span", { text: ` ${one.definition}` }) : null,
    ...labels.filter(([, key]) => one[key]).map(([label, key]) => make("p", { class: "mf-quiet", text: `${label}: ${one[key]}` })),
    branches(page, codes, one.id))));
}
