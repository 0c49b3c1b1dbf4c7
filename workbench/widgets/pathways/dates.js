// Two maps of one person laid on one another: what changed, in a picture and in words.

import { field, make, select } from "../working/elements.js";
import { showPicture } from "./pictures.js";

const WHO = ["came", "went", "nearer", "farther", "other_sector"];
const CHANGES = [...WHO, "new_ties", "gone_ties", "changed_ties"];

/** @param {any} page @param {any} place */
export async function datesView(page, place) {
  const t = page.t;
  const maps = page.network.maps;
  if (maps.length < 2) {
    place.replaceChildren(make("p", { text: t.oneDate }));
    return;
  }
  const choices = maps.map((/** @type {any} */ one) => [one.id, one.shown]);
  const before = select(choices, maps.at(-2).id);
  const after = select(choices, maps.at(-1).id);
  const shown = make("div", { role: "status" });
  const compare = async () => {
    const found = await page.line.ask("changes", { before: before.value, after: after.value });
    const told = CHANGES.map((key) => [make("dt", { text: t[key] }), make("dd", { text: found.lists[key].join(", ") || (WHO.includes(key) ? t.nobody : t.nothing) })]);
    shown.replaceChildren(make("dl", { class: "mf-changes" }, ...told.flat()), showPicture(found.picture, t.differences));
  };
  for (const one of [before, after]) one.addEventListener("change", compare);
  place.replaceChildren(make("div", { class: "mf-pair" }, field(t.before, before), field(t.after, after)), shown);
  await compare();
}
