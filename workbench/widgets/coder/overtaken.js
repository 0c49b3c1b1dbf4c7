// Two who word the same thing: the page that comes late shows both wordings, and its person chooses.

import { make, press } from "../working/elements.js";

/** Say that somebody has worded it meanwhile; nothing of one's own is lost until one has chosen.
 * @param {any} page @param {any} told @param {string} sentence what the study answered
 * @param {() => void} keep save one's own words over theirs @param {() => void} take let one's own go
 */
export function overtaken(page, told, sentence, keep, take) {
  const choose = (/** @type {() => void} */ act) => () => {
    told.replaceChildren();
    act();
  };
  told.replaceChildren(make("span", { class: "mf-fault", text: `${page.t.notSaved} ${sentence} ` }),
    press(page.t.keepMine, choose(keep)), press(page.t.takeTheirs, choose(take)));
}
