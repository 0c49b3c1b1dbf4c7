// The passage in its lines, the words in question marked; other words can be marked by selecting them.

import { make } from "../working/elements.js";

/** Units before a number of code points. @param {string} text @param {number} points */
function unitsOf(text, points) {
  return [...text].slice(0, Math.max(0, points)).join("").length;
}

/** The passage. @param {any} t @param {any} excerpt */
export function passagePart(t, excerpt) {
  return make("div", { class: "mf-passage-lines" }, ...excerpt.lines.map((/** @type {any} */ [speaker, start, text]) => {
    if (text === null) return make("p", { class: "mf-quiet", text: t.hidden });
    const [from, to] = [excerpt.start, excerpt.end].map((at) => unitsOf(text, at - start));
    const words = make("p", { class: "mf-words", "data-start": start }, text.slice(0, from), from < to ? make("mark", { text: text.slice(from, to) }) : "", text.slice(to));
    return make("div", { class: "mf-line-said" }, speaker ? make("p", { class: "mf-speaker", text: speaker }) : null, words);
  }));
}

/** What is selected in the passage, in code points of the text, and its words; null where nothing is, or more than a line.
 * @param {any} place
 */
export function selectedIn(place) {
  const selection = getSelection();
  if (!selection || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const of = (/** @type {Node} */ node) => (node instanceof Element ? node : node.parentElement)?.closest(".mf-words");
  const line = /** @type {HTMLElement | null | undefined} */ (of(range.startContainer));
  if (!line || !place.contains(line) || of(range.endContainer) !== line) return null;
  const before = document.createRange();
  before.setStart(line, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const words = range.toString();
  const start = Number(line.dataset.start) + [...before.toString()].length;
  return words.trim() ? { start, end: start + [...words].length, words } : null;
}
