// What stands in a course: episodes, who holds a role, meetings and agreements, each as a table with its form.

import { field, make, press, select, sendingForm } from "../working/elements.js";
import { sureBox } from "./sure.js";

/** @param {any} page @param {string} course @param {string} what @param {any[]} entries */
export function entriesOf(page, course, what, entries) {
  const t = page.t;
  const fields = page.choices.entries[what];
  const add = press(t[`add_${what}`], () => entryForm(page, course, what, fields, null));
  const heading = make("h2", { text: t[`all_${what}`] });
  if (!entries.length) return make("section", { "data-entries": what }, heading, add);
  const head = [...fields.map((/** @type {any} */ one) => one.label), t.change].map((label) => make("th", { scope: "col", text: label }));
  const rows = entries.map((one) => make("tr", { "data-row": one.id },
    ...fields.map((/** @type {any} */ each, /** @type {number} */ n) => make(n ? "td" : "th", n ? { text: one.shown[each.key] } : { scope: "row", text: one.shown[each.key] })),
    make("td", {}, press(t.change, () => entryForm(page, course, what, fields, one), { "aria-label": `${t.change}: ${one.shown[fields[0].key]}` }))));
  return make("section", { "data-entries": what }, heading, make("div", { class: "mf-scroll", tabindex: "0", role: "region", "aria-label": t[`all_${what}`] },
    make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows))), add);
}

/** @param {any} page @param {string} course @param {string} what @param {any[]} fields @param {any} one */
function entryForm(page, course, what, fields, one) {
  const t = page.t;
  const inputs = Object.fromEntries(fields.map((each) => [each.key, input(page, each, one?.values[each.key])]));
  const sure = sureBox(t);
  const name = `${what}-${one?.id ?? course}`;
  page.keepTyped(name, Object.fromEntries(fields.filter((each) => each.kind === "words").map((each) => [each.key, inputs[each.key]])));
  const leave = () => {
    page.drafts.drop(name);
    page.forms.replaceChildren();
  };
  const shown = async (/** @type {Promise<any>} */ act) => {
    await act;
    leave();
    await page.show("courses");
  };
  const send = () => sure.asking((/** @type {boolean} */ isSure) => {
    const values = Object.fromEntries(fields.map((each) => [each.key, inputs[each.key].value]));
    return shown(one ? page.change("change_in_course", { course, what, id: one.id, sure: isSure, values }) : page.change("add_to_course", { course, what, sure: isSure, values }));
  });
  page.forms.replaceChildren(sendingForm(t, { label: t[`add_${what}`], go: one ? t.save : t[`add_${what}`], send, leave, asked: sure.shown },
    ...fields.flatMap((each) => [field(each.label, inputs[each.key]), each.help ? make("p", { class: "mf-quiet", text: each.help }) : ""])),
  one ? make("div", { class: "mf-tools" }, press(t.remove, () => shown(page.change("remove_from_course", { course, what, id: one.id })))) : "");
  inputs[fields[0].key].focus();
  page.forms.scrollIntoView({ block: "nearest" });
}

/** @param {any} page @param {any} each @param {any} value */
function input(page, each, value) {
  if (each.kind === "choice") return select(each.choices, value ?? each.choices[0][0]);
  if (each.kind === "day") return make("input", { type: "date", value: value ?? "" });
  if (each.kind === "count") return make("input", { type: "number", min: "1", value: String(value ?? 1) });
  const list = `mf-known-${each.key}`;
  if (each.known && !page.root.querySelector(`#${list}`)) page.root.append(make("datalist", { id: list }, ...each.known.map((/** @type {string} */ label) => make("option", { value: label }))));
  return make("input", { type: "text", value: value ?? "", maxlength: String(each.longest), list: each.known ? list : null });
}
