// The passage in its lines, the words in question marked; other words can be marked, by selecting them or word by word.

import { fill, make, press } from "../working/elements.js";

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
function selectedIn(place) {
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

/** Other words of the passage: what was selected, or else the first and the last word pressed, by finger, mouse or key. */
export class OtherWords {
  /** @param {any} t @param {any} passage @param {{start: number, end: number, words: string} | null} kept @param {() => any} changed */
  constructor(t, passage, kept, changed) {
    this.t = t;
    this.passage = passage;
    this.place = kept;
    this.changed = changed;
    this.told = make("p", { role: "status" });
    this.begin = press(t.otherWords, () => this.mark());
    this.unmark = press(t.unmark, () => this.take(null));
    this.part = make("div", {}, make("div", { class: "mf-tools" }, this.begin, this.unmark), this.told);
    this.tell();
  }

  tell() {
    this.told.textContent = this.place ? fill(this.t.marked, this.place) : "";
    this.unmark.hidden = !this.place;
  }

  /** @param {any} place */
  take(place) {
    this.place = place;
    this.tell();
    this.changed();
    this.begin.focus();
  }

  mark() {
    const selected = selectedIn(this.passage);
    if (selected) this.take(selected);
    else if (!this.passage.querySelector(".mf-word")) this.askForWords();
  }

  /** Make every word a button until the first and the last of the words are pressed, in one line. */
  askForWords() {
    const lines = [...this.passage.querySelectorAll(".mf-words")];
    const before = lines.map((line) => [...line.childNodes]);
    /** @type {any} */
    let first = null;
    const done = () => lines.forEach((line, n) => line.replaceChildren(...before[n]));
    const pressed = (/** @type {any} */ word) => {
      if (!first || first.line !== word.line) {
        first?.button.removeAttribute("aria-pressed");
        first = word;
        word.button.setAttribute("aria-pressed", "true");
        this.told.textContent = this.t.lastWord;
        return;
      }
      const [start, end] = [Math.min(first.start, word.start), Math.max(first.end, word.end)];
      const said = [...word.text].slice(start - word.line, end - word.line).join("");
      done();
      this.take({ start, end, words: said });
    };
    for (const line of lines) line.replaceChildren(...wordsOf(line, pressed));
    this.told.textContent = this.t.firstWord;
    this.passage.onkeydown = (/** @type {KeyboardEvent} */ e) => {
      if (e.key !== "Escape") return;
      done();
      this.tell();
      this.begin.focus();
    };
    this.passage.scrollIntoView({ block: "nearest" });
    this.passage.querySelector(".mf-word").focus();
  }
}

/** A line with a button for each word. @param {any} line @param {(word: any) => any} pressed */
function wordsOf(line, pressed) {
  const [from, text] = [Number(line.dataset.start), line.textContent];
  let at = from;
  return text.split(/(\s+)/).filter(Boolean).map((/** @type {string} */ part) => {
    const [start, end] = [at, (at += [...part].length)];
    if (!part.trim()) return part;
    const word = { line: from, text, start, end, button: press(part, () => pressed(word), { class: "mf-word" }) };
    return word.button;
  });
}
