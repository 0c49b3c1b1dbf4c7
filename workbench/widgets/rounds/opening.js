// Open a round: of which kind, over what, until when. What does not belong to the kind is not asked.

import { field, make, select, sendingForm } from "../working/elements.js";

/** Several of a list: boxes to tick, none ticked means all. @param {string} label @param {any[][]} all */
function severalOf(label, all) {
  const boxes = all.map(([value, name]) => ({ value, box: make("input", { type: "checkbox" }), name }));
  const node = make("fieldset", { class: "mf-several" }, make("legend", { text: label }), ...boxes.map((one) => make("label", {}, one.box, ` ${one.name}`)));
  return { node, chosen: () => boxes.filter((one) => one.box.checked).map((one) => one.value) };
}

/** @param {any} page @param {any} forms */
export function openingForm(page, forms) {
  const t = page.t;
  const title = make("input", { type: "text", maxlength: "200" });
  const kind = select(page.kinds, page.kinds[0][0]);
  const over = select([["codings", t.overCodings], ["statements", t.overStatements]], "codings");
  const themes = severalOf(t.themes, page.themes);
  const sources = severalOf(t.sources, page.sources);
  const informant = select(page.informants, page.informants[0]?.[0] ?? "");
  const belongs = select([["", t.belongsNowhere], ...page.sources], "");
  const blind = make("input", { type: "checkbox" });
  const most = make("input", { type: "number", min: "1", value: "10" });
  const deadline = make("input", { type: "date" });
  const asked = { over: field(t.over, over), informant: field(t.informant, informant), blind: make("label", { class: "mf-check" }, blind, ` ${t.blind}`), most: field(t.most, most) };
  const fit = () => {
    const check = kind.value === "member_check";
    const independent = kind.value === "independent";
    const stated = over.value === "statements" && !independent;
    asked.informant.hidden = !check;
    asked.over.hidden = themes.node.hidden = check || independent;
    sources.node.hidden = check || stated;
    asked.blind.hidden = check || stated || independent;
    asked.most.hidden = independent;
  };
  for (const one of [kind, over]) one.addEventListener("change", fit);
  fit();
  page.keepTyped("round", { title });
  const close = () => {
    page.drafts.drop("round");
    forms.replaceChildren();
  };
  const send = async () => {
    await page.change("open_round", {
      title: title.value, kind: kind.value, over: over.value, themes: themes.chosen(), sources: sources.chosen(), informant: informant.value,
      belongs: belongs.value, blind: blind.checked && !asked.blind.hidden, most: asked.most.hidden ? "" : most.value, deadline: deadline.value,
    });
    close();
    await page.look();
  };
  forms.replaceChildren(sendingForm(t, { label: t.newRound, go: t.newRound, send, leave: close },
    field(t.title, title), field(t.kind, kind), asked.informant, asked.over, themes.node, sources.node, asked.blind, asked.most, field(t.deadline, deadline), field(t.belongs, belongs)));
  title.focus();
}
