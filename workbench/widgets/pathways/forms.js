// The manuals' forms: chosen, filled, looked at over time, printed.

import { askFirst, field, fill, keepingFocus, make, press, saveFile, select, sendingForm } from "../working/elements.js";
import { showPicture } from "./pictures.js";
import { sureBox } from "./sure.js";

/** @param {any} page @param {any} place */
export async function formsView(page, place) {
  const t = page.t;
  const forms = page.choices.forms;
  const form = forms.find((/** @type {any} */ one) => one.id === page.formId) ?? forms[0];
  page.formId = form.id;
  const whose = page.formWhose ?? "";
  const made = await page.line.ask("answers", { form: form.id, informant: whose });
  if (page.view !== "forms" || page.formId !== form.id) return;
  const which = select(forms.map((/** @type {any} */ one) => [one.id, one.title]), form.id);
  which.addEventListener("change", () => { page.formId = which.value; page.show("forms"); });
  const around = select([["", t.everybody], ...page.informants.map((/** @type {string} */ code) => [code, code])], whose);
  around.addEventListener("change", () => { page.formWhose = around.value; page.show("forms"); });
  const print = (/** @type {string} */ answer) => page.line.ask("printed", { form: form.id, answer }).then((/** @type {string} */ printed) => saveFile(`${form.title}.html`, [printed]), (/** @type {Error} */ fault) => page.fail(fault));
  const rows = made.answers.map((/** @type {any} */ one) => make("tr", { "data-row": one.id }, make("th", { scope: "row", text: one.shown }), make("td", { text: one.informant || "–" }), make("td", { text: one.filled_by || "–" }), make("td", { text: fill(t.coreDone, { n: one.core, all: form.items.filter((/** @type {any} */ item) => item.kind === "core").length }) }),
    make("td", {}, press(t.change, () => fillingForm(page, form, one), { "aria-label": `${t.change}: ${one.shown}` }), " ", press(t.print, () => print(one.id), { "aria-label": `${t.print}: ${one.shown}` }))));
  const head = [t.day, t.about, t.filledBy, t.core, t.change].map((label) => make("th", { scope: "col", text: label }));
  keepingFocus(place, () => place.replaceChildren(
    ...page.choices.formFaults.map((/** @type {string} */ fault) => make("p", { class: "mf-fault", role: "alert", text: fault })),
    make("div", { class: "mf-pair" }, field(t.form, which), field(t.about, around)),
    make("p", { class: "mf-quiet", text: form.filledBy }), form.note ? make("p", { text: form.note }) : "",
    make("div", { class: "mf-tools" }, press(t.fillForm, () => fillingForm(page, form, null), { class: "mf-main" }), press(t.printEmpty, () => print("")), press(t.undo, () => page.back("undo", "_form")), press(t.redo, () => page.back("redo", "_form"))),
    rows.length ? make("div", { class: "mf-scroll", tabindex: "0", role: "region", "aria-label": t.answers }, make("table", { class: "mf-answers" }, make("caption", { text: t.answers }), make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows))) : make("p", { class: "mf-quiet", text: t.noAnswers }),
    made.trends ? showPicture(made.trends, `${form.title}: ${t.trends}`) : ""));
}

/** @param {any} page @param {any} form @param {any} one an answer that is there, or nothing */
function fillingForm(page, form, one) {
  const t = page.t;
  const whose = select([["", t.nobodyYet], ...page.informants.map((/** @type {string} */ code) => [code, code])], one?.informant ?? page.formWhose ?? "");
  const day = make("input", { type: "date", value: one?.day ?? new Date().toLocaleDateString("sv") });
  const by = make("input", { type: "text", maxlength: "200", value: one?.filled_by ?? "" });
  const sure = sureBox(t);
  const items = form.items.map((/** @type {any} */ item) => itemOf(t, item, one?.values[item.id]));
  const name = `form-${one?.id ?? form.id}`;
  page.keepTyped(name, Object.fromEntries(items.filter((/** @type {any} */ each) => each.words).map((/** @type {any} */ each) => [each.id, each.words])));
  const leave = () => {
    page.drafts.drop(name);
    page.forms.replaceChildren();
  };
  const send = async () => {
    const values = Object.fromEntries(items.map((/** @type {any} */ each) => [each.id, each.value()]));
    const around = { informant: whose.value, day: day.value, filled_by: by.value, values };
    await sure.asking((/** @type {boolean} */ isSure) => (one ? page.change("change_answer", { answer: one.id, ...around, sure: isSure }) : page.change("answer_form", { form: form.id, ...around, sure: isSure })));
    leave();
    await page.show("forms");
  };
  const remove = async () => {
    await page.change("remove_answer", { answer: one.id }).catch(() => {});
    leave();
    await page.show("forms");
  };
  const sources = [...new Set(form.items.map((/** @type {any} */ item) => item.source))];
  const node = sendingForm(t, { label: form.title, send, leave, asked: sure.shown }, make("h2", { text: form.title }), field(t.about, whose), field(t.day, day), field(t.filledBy, by), ...sectionsOf(t, items), make("small", { class: "mf-quiet", text: fill(t.ownWording, { sources: sources.join("; ") }) }));
  node.classList.add("mf-filling");
  page.forms.replaceChildren(node, one ? make("div", { class: "mf-tools" }, press(t.removeAnswer, () => askFirst(page.root, t, t.removeAnswer, t.removeAnswerHelp, remove))) : "");
  whose.focus();
}

/** Items in the form's order, under a heading for each kind, unless kinds come by turns. @param {any} t @param {any[]} items */
function sectionsOf(t, items) {
  const runs = items.reduce((/** @type {any[][]} */ found, each) => {
    if (found.at(-1)?.[0].kind === each.kind) found.at(-1)?.push(each);
    else found.push([each]);
    return found;
  }, []);
  const apart = runs.length === new Set(items.map((each) => each.kind)).size;
  return runs.map((run) => make("section", {}, apart ? make("h3", { text: t[`kind_${run[0].kind}`] }) : null, ...run.map((each) => each.node)));
}

/** One item with the control that its kind needs. @param {any} t @param {any} item @param {any} value */
function itemOf(t, item, value) {
  if (item.kind === "text") {
    const words = make("textarea", { rows: "3", value: value ?? "" });
    return { id: item.id, kind: item.kind, words, value: () => words.value, node: make("div", {}, field(item.text, words)) };
  }
  if (item.kind === "score") return scoreOf(t, item, value);
  const box = make("input", { type: "checkbox", checked: value === 1 });
  return { id: item.id, kind: item.kind, value: () => box.checked, node: make("div", {}, field(item.text, box)) };
}

/** A row of buttons, one for each step of a scale; none is chosen before somebody does. @param {any} t @param {any} item @param {any} value */
function scoreOf(t, item, value) {
  const name = `mf-score-${item.id}`;
  const steps = Array.from({ length: item.most - item.least + 1 }, (_one, n) => item.least + n);
  const choice = (/** @type {any} */ step, /** @type {string} */ label) => make("label", {}, make("input", { type: "radio", name, value: String(step), checked: String(value ?? "") === String(step) }), ` ${label}`);
  const node = make("fieldset", {}, make("legend", { text: item.text }),
    make("p", { class: "mf-quiet", text: `${item.least} = ${item.ends[0]}, ${item.most} = ${item.ends[1]}` }),
    make("div", { class: "mf-scale" }, ...steps.map((step) => choice(step, String(step)))), make("div", { class: "mf-scale" }, choice("", t.notScored)));
  return { id: item.id, kind: item.kind, value: () => node.querySelector("input:checked")?.value || null, node };
}
