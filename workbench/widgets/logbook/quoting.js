// What somebody said, apart from what one saw: words between quotation marks, as the language writes them.

import { make, press } from "../working/elements.js";

const QUOTED = /«[^»]+»|»[^«]+«|“[^”]+”|„[^“]+“|"[^"\n]+"/g;
/** @type {Record<string, string[]>} */
const MARKS = { nb: ["«", "»"], da: ["»", "«"], en: ["“", "”"] };

/** Words as they are read, with quotes set apart. @param {string} text @param {string} [kind] */
export function said(text, kind = "p") {
  const node = make(kind, { class: "mf-said" });
  let at = 0;
  for (const found of text.matchAll(QUOTED)) {
    node.append(text.slice(at, found.index), make("q", { class: "mf-quoted", text: found[0] }));
    at = found.index + found[0].length;
  }
  node.append(text.slice(at));
  return node;
}

/** A button that puts quotation marks around what is selected in an area, or where one writes. @param {any} t @param {any} area */
export function quoteButton(t, area) {
  return press(t.quote, () => {
    const [open, close] = MARKS[t.language];
    const [from, to] = [area.selectionStart, area.selectionEnd];
    if (area.value.slice(from - 1, to + 1) === open + close) return area.focus(); // pressed twice
    area.setRangeText(`${open}${area.value.slice(from, to)}${close}`, from, to, "end");
    if (from === to) area.setSelectionRange(from + 1, from + 1);
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }, { class: "mf-small" });
}
