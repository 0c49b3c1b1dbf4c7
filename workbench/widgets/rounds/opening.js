// Open a round over codings.

import { field, make, press, select } from "../working/elements.js";

/** @param {any} page @param {any} forms */
export function openingForm(page, forms) {
  const t = page.t;
  const title = make("input", { type: "text", maxlength: "200" });
  const theme = select([["", t.anyTheme], ...page.themes], "");
  const source = select([["", t.anySource], ...page.sources], "");
  const blind = make("input", { type: "checkbox" });
  const most = make("input", { type: "number", min: "1", value: "10" });
  const deadline = make("input", { type: "date" });
  const told = make("p", { class: "mf-fault", role: "alert" });
  page.keepTyped("round", { title });
  const close = () => {
    page.drafts.drop("round");
    forms.replaceChildren();
  };
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    try {
      await page.change("open_round", { title: title.value, theme: theme.value, source: source.value, blind: blind.checked, most: most.value, deadline: deadline.value });
      close();
      await page.look();
    } catch (fault) {
      told.textContent = /** @type {Error} */ (fault).message;
    }
  };
  const go = make("button", { text: t.newRound, class: "mf-main" });
  go.setAttribute("type", "submit");
  forms.replaceChildren(make("form", { class: "mf-form", "aria-label": t.newRound, on: { submit: save } },
    field(t.title, title), field(t.theme, theme), field(t.source, source), field(t.blind, blind), field(t.most, most), field(t.deadline, deadline),
    told, make("div", { class: "mf-tools" }, go, press(t.cancel, close))));
  title.focus();
}
