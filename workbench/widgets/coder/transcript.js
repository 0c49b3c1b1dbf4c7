// The text: rows in chunks that the browser lays out when they come near, marks built only there, brackets in the margin
// with labels as on paper. Screen readers meet the marks, and the labels as buttons.

import { SIGNS, colourOf, inWords, nameOf } from "./codes.js";
import { fill, make, press } from "../working/elements.js";
import { TextIndex, toPoints } from "./offsets.js";

const CHUNK = 10; // rows laid out together
const NEAR = "300px"; // how far from the window marks are built
const LABEL = 26; // px that a label takes
const LABELS = 6; // labels in a row's margin before the rest is gathered behind one button
/** @typedef {import("./codes.js").Coding} Coding */

let views = 0;

/** How far down each label is moved from the one before it, so that it stands where its words begin, as far as there is
 * room in the row.
 * @param {number[]} tops where each would stand, in px from the top of the row, ascending @param {number} height of the row
 */
function gapsBefore(tops, height) {
  const placed = [];
  tops.forEach((top, n) => placed.push(Math.max(top, n ? placed[n - 1] + LABEL : 0)));
  let room = height;
  for (let n = placed.length - 1; n >= 0; n -= 1) {
    room = Math.min(room - LABEL, placed[n]);
    placed[n] = Math.max(room, n * LABEL);
  }
  return placed.map((top, n) => top - (n ? placed[n - 1] + LABEL : 0));
}

export class Transcript {
  /** @param {any} page */
  constructor(page) {
    this.page = page;
    this.name = `mf-pending-${++views}`;
    this.pane = make("div", { class: "mf-pane", tabindex: "0", role: "region", "aria-label": page.t.text });
    const sheet = make("style", { text: `::highlight(${this.name}) { background: var(--mf-selection); color: var(--mf-text); }` });
    this.el = make("div", { class: "mf-transcript" }, sheet, this.pane);
    /** @type {Map<string, Coding>} */
    this.codings = new Map();
    /** @type {Array<Set<string>>} */
    this.byRow = [];
    /** @type {any[]} */
    this.rows = [];
    this.live = new Set();
    this.kept = null;
    this.onSelection = () => this.remember();
    document.addEventListener("selectionchange", this.onSelection);
    // What is selected would be dragged along, where somebody begins to select a part of it.
    this.pane.addEventListener("mousedown", (/** @type {any} */ e) => e.button || e.shiftKey || !e.target.closest(".mf-words") || getSelection()?.removeAllRanges());
    this.pane.addEventListener("click", (/** @type {any} */ event) => this.clicked(event));
    this.chunksNear = new Set(); // first rows of the chunks that are near the window
    this.stale = new Set(); // rows whose brackets were measured at another width
    this.width = 0;
    this.sizes = new ResizeObserver(() => this.resized());
    this.sizes.observe(this.pane);
    if (globalThis.CSS && CSS.highlights) CSS.highlights.set(this.name, new Highlight());
  }

  /** Show a source.
   * @param {any} source
   */
  show(source) {
    this.source = source;
    this.index = new TextIndex(source.text, source.rows);
    this.codings = new Map(source.codings.map((/** @type {Coding} */ c) => [c[0], c]));
    this.byRow = this.index.rows.map(() => new Set());
    for (const coding of this.codings.values()) this.place(coding);
    this.live.clear();
    this.stale.clear();
    this.chunksNear.clear();
    this.kept = null;
    if (this.nearby) this.nearby.disconnect();
    const all = document.createDocumentFragment();
    let chunk = null;
    this.rows = [];
    for (const row of this.index.rows) {
      if (row.number % CHUNK === 0) {
        chunk = make("div", { class: "mf-chunk", "data-first": row.number });
        all.append(chunk);
      }
      const words = make("p", { class: "mf-words", "data-row": row.number, text: row.string });
      const speaker = make("span", { class: "mf-speaker", text: row.speaker });
      const told = [String(row.line), row.time].filter(Boolean).join(" · ");
      const margin = make("div", { class: "mf-margin" });
      const box = make("div", { class: "mf-row" }, make("div", { class: "mf-gutter" }, speaker, make("span", { class: "mf-line", text: told })), words, margin);
      this.rows.push({ box, words, margin });
      if (this.byRow[row.number].size) this.room(row.number);
      chunk.append(box);
    }
    this.pane.replaceChildren(all);
    this.pane.scrollTop = 0;
    this.nearby = new IntersectionObserver((seen) => this.near(seen), { root: this.pane, rootMargin: NEAR });
    for (const one of this.pane.children) this.nearby.observe(one);
  }

  /** @param {Coding} coding */
  place(coding) {
    for (const piece of this.index.pieces(coding[1], coding[2])) this.byRow[piece.row].add(coding[0]);
  }

  /** Keep room for a row's labels, so that nothing jumps when they come.
   * @param {number} number
   */
  room(number) {
    const labels = Math.min(this.startsIn(number).length, LABELS + 1);
    this.rows[number].box.style.setProperty("--mf-labels", String(labels));
  }

  /** The codings whose label stands in a row: those that begin there.
   * @param {number} number
   */
  startsIn(number) {
    const row = this.index.rows[number];
    const here = [...this.byRow[number]].map((id) => /** @type {Coding} */ (this.codings.get(id)));
    return here
      .filter((c) => c[1] >= row.start || this.index.pieces(c[1], c[2])[0]?.row === number)
      .sort((a, b) => a[1] - b[1] || b[2] - a[2]);
  }

  /** @param {IntersectionObserverEntry[]} seen */
  near(seen) {
    for (const one of seen) {
      const first = Number(/** @type {HTMLElement} */ (one.target).dataset.first);
      if (!one.isIntersecting) {
        this.chunksNear.delete(first);
        continue;
      }
      this.chunksNear.add(first);
      for (let n = first; n < Math.min(first + CHUNK, this.rows.length); n += 1) {
        if (this.stale.delete(n) && this.byRow[n].size) this.measureSoon([n]);
        if (this.live.has(n)) continue;
        this.live.add(n);
        if (this.byRow[n].size) this.draw(n);
      }
    }
  }

  /** Draw a row's marks, and its brackets once the marks have their places.
   * @param {number} number
   */
  draw(number) {
    this.marks(number);
    this.measureSoon([number]);
  }

  /** At another width the words stand elsewhere. Only what is near is measured now: to measure what the browser has not
   * laid out makes it lay out all of it. */
  resized() {
    if (this.pane.clientWidth === this.width) return;
    this.width = this.pane.clientWidth;
    this.stale = new Set(this.live);
    const near = [...this.live].filter((n) => this.isNear(n));
    for (const n of near) this.stale.delete(n);
    this.measureSoon(near);
  }

  /** @param {number} number */
  isNear(number) {
    return this.chunksNear.has(number - (number % CHUNK));
  }

  /** @param {Iterable<number>} numbers */
  measureSoon(numbers) {
    this.pendingRows = this.pendingRows || new Set();
    for (const n of numbers) this.pendingRows.add(n);
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      // First everything is measured, then everything written: else each row would lay the page out again.
      const wanted = [...(this.pendingRows || [])].filter((n) => this.byRow[n] && this.byRow[n].size);
      for (const n of wanted) if (!this.isNear(n)) this.stale.add(n);
      const measured = wanted.filter((n) => this.isNear(n)).map((n) => ({ n, places: this.measure(n), height: this.rows[n].box.clientHeight }));
      for (const { n, places, height } of measured) this.brackets(n, places, height);
      this.pendingRows = new Set();
    });
  }

  /** @param {number} number */
  marks(number) {
    const row = this.index.rows[number];
    const here = [...this.byRow[number]].map((id) => /** @type {Coding} */ (this.codings.get(id)));
    const words = this.rows[number].words;
    if (!here.length) {
      words.textContent = row.string;
      return;
    }
    const parts = here.map((coding) => {
      const piece = this.index.pieces(coding[1], coding[2]).find((p) => p.row === number);
      return { coding, from: piece ? piece.from : 0, to: piece ? piece.to : 0 };
    });
    const cuts = [...new Set([0, row.string.length, ...parts.flatMap((p) => [p.from, p.to])])].sort((a, b) => a - b);
    const made = document.createDocumentFragment();
    for (let n = 0; n + 1 < cuts.length; n += 1) {
      const [from, to] = [cuts[n], cuts[n + 1]];
      const over = parts.filter((p) => p.from <= from && p.to >= to);
      if (!over.length) {
        made.append(row.string.slice(from, to));
        continue;
      }
      const mark = make("mark", { "data-codings": over.map((p) => p.coding[0]).join(" "), text: row.string.slice(from, to) });
      const colours = over.slice(0, 3).map((p) => colourOf(this.page, p.coding));
      mark.style.backgroundImage = colours.map((c) => `linear-gradient(var(--mf-wash-${c}) 0 0)`).join(",");
      mark.style.textDecorationColor = `var(--mf-code-${colours[0]})`;
      if (over.length > 1) mark.classList.add("mf-several");
      if (over.some((p) => p.coding[0] === this.page.chosen)) mark.classList.add("mf-chosen");
      made.append(mark);
    }
    words.replaceChildren(made);
  }

  /** Top and height of each coding's words in a row.
   * @param {number} number
   */
  measure(number) {
    const { words, box } = this.rows[number];
    const base = box.getBoundingClientRect().top;
    const range = document.createRange();
    return [...this.byRow[number]].map((id) => {
      const coding = /** @type {Coding} */ (this.codings.get(id));
      const piece = this.index.pieces(coding[1], coding[2]).find((p) => p.row === number);
      const from = this.nodeAt(words, piece ? piece.from : 0, false);
      const to = this.nodeAt(words, piece ? piece.to : 0, true);
      range.setStart(from[0], from[1]);
      range.setEnd(to[0], to[1]);
      const around = range.getBoundingClientRect();
      return { coding, top: around.top - base, height: around.height };
    });
  }

  /** @param {number} number @param {Array<{coding: Coding, top: number, height: number}>} places @param {number} height of the row */
  brackets(number, places, height) {
    const margin = this.rows[number].margin;
    places.sort((a, b) => a.top - b.top || b.height - a.height);
    /** @type {number[]} */
    const lanes = [];
    const made = document.createDocumentFragment();
    for (const place of places) {
      let lane = lanes.findIndex((bottom) => bottom <= place.top + 1);
      if (lane < 0) lane = lanes.length;
      lanes[lane] = place.top + place.height;
      const brace = make("i", { class: "mf-brace", "aria-hidden": "true" });
      brace.style.cssText = `top:${place.top}px;height:${place.height}px;left:${lane * 7}px;border-color:var(--mf-code-${colourOf(this.page, place.coding)})`;
      made.append(brace);
    }
    const begin = this.startsIn(number);
    const list = make("div", { class: "mf-labels" });
    list.style.marginLeft = `${Math.min(lanes.length, 8) * 7 + 4}px`;
    const labels = begin.slice(0, LABELS).map((coding) => this.label(coding));
    if (begin.length > LABELS) {
      labels.push(press(fill(this.page.t.another, { n: begin.length - LABELS }), () => this.page.showHere(begin), { class: "mf-label" }));
    }
    const tops = new Map(places.map((place) => [place.coding[0], place.top]));
    const gaps = gapsBefore(begin.slice(0, labels.length).map((coding) => tops.get(coding[0]) || 0), height);
    labels.forEach((label, n) => (label.style.marginTop = `${gaps[n]}px`));
    list.append(...labels);
    made.append(list);
    margin.replaceChildren(made);
  }

  /** @param {Coding} coding */
  label(coding) {
    const colour = colourOf(this.page, coding);
    const sign = make("span", { class: "mf-sign", "aria-hidden": "true", text: SIGNS[colour] });
    sign.style.color = `var(--mf-code-${colour})`;
    const words = this.index.words(coding[1], coding[2]).slice(0, 60);
    return make(
      "button",
      {
        class: "mf-label", "data-coding": coding[0], "aria-pressed": String(coding[0] === this.page.chosen),
        "aria-label": `${inWords(this.page, coding)}: ${words}`, title: inWords(this.page, coding),
        on: { click: () => this.page.choose(coding[0]), mousedown: (/** @type {Event} */ e) => e.preventDefault() },
      },
      sign,
      make("span", { text: `${this.effectSign(coding)} ${nameOf(this.page, coding)}` }),
    );
  }

  /** @param {Coding} coding */
  effectSign(coding) {
    return ["+", "−", "±"][[...this.page.effects.keys()].indexOf(coding[5])] || "";
  }

  /** Redraw rows that are drawn already; the selection outlives it.
   * @param {Iterable<number>} numbers
   */
  refresh(numbers) {
    const wanted = new Set(numbers);
    for (const n of wanted) this.room(n);
    const drawn = [...wanted].filter((n) => this.live.has(n));
    if (!drawn.length) return;
    const kept = this.selected(); // asked now: what was remembered may be a key press old
    for (const n of drawn) {
      this.marks(n);
      if (this.byRow[n].size) this.draw(n);
      else this.rows[n].margin.replaceChildren();
    }
    if (kept) this.select(kept.start, kept.end);
  }

  /** Add codings, or show them changed.
   * @param {Coding[]} codings
   */
  put(codings) {
    const rows = new Set();
    for (const coding of codings) {
      const before = this.codings.get(coding[0]);
      if (before && before.join() === coding.join()) continue;
      if (before) for (const n of this.lift(coding[0])) rows.add(n);
      if (coding[8] !== this.source.textId) continue;
      this.codings.set(coding[0], coding);
      this.place(coding);
      for (const piece of this.index.pieces(coding[1], coding[2])) rows.add(piece.row);
    }
    this.refresh(rows);
  }

  /** @param {string[]} ids */
  take(ids) {
    this.refresh(ids.flatMap((id) => (this.codings.has(id) ? this.lift(id) : [])));
  }

  /** @param {string} id @returns {number[]} */
  lift(id) {
    const coding = /** @type {Coding} */ (this.codings.get(id));
    const rows = this.index.pieces(coding[1], coding[2]).map((piece) => piece.row);
    for (const n of rows) this.byRow[n].delete(id);
    this.codings.delete(id);
    return rows;
  }

  /** Draw all again, as when codes have other names or colours. */
  repaint() {
    this.refresh([...this.live].filter((n) => this.byRow[n].size));
  }

  // --- selection ---

  /** @param {Node} node @returns {any} */
  wordsAround(node) {
    const element = node.nodeType === 1 ? /** @type {Element} */ (node) : node.parentElement;
    return element && element.closest(".mf-words");
  }

  selectionInside() {
    const selection = getSelection();
    return Boolean(selection && selection.rangeCount && this.pane.contains(selection.getRangeAt(0).commonAncestorContainer));
  }

  /** Where the selection stands, in code points; null for none. A drag past a row's end stops at its end. */
  selected() {
    if (!this.index || !this.selectionInside()) return null;
    const range = /** @type {Selection} */ (getSelection()).getRangeAt(0);
    if (range.collapsed) return null;
    const start = this.boundary(range.startContainer, range.startOffset, false, range);
    const end = this.boundary(range.endContainer, range.endOffset, true, range);
    return start !== null && end !== null && end > start ? { start, end } : null;
  }

  /** @param {Node} node @param {number} offset @param {boolean} last @param {Range} range */
  boundary(node, offset, last, range) {
    const words = this.wordsAround(node);
    if (words && this.pane.contains(words)) {
      const row = this.index.rows[Number(words.dataset.row)];
      const before = document.createRange();
      before.setStart(words, 0);
      before.setEnd(node, offset);
      const units = before.toString().length;
      if (!(last && units === 0)) return row.start + toPoints(row, units);
      return row.number ? this.index.rows[row.number - 1].end : null;
    }
    const inside = this.rows.map((r) => r.words).filter((w) => range.intersectsNode(w));
    if (!inside.length) return null;
    const edge = this.index.rows[Number(inside[last ? inside.length - 1 : 0].dataset.row)];
    return last ? edge.end : edge.start;
  }

  remember() {
    if (!this.selectionInside()) return;
    this.kept = this.selected();
    this.page.selectionChanged(this.kept);
    const highlight = globalThis.CSS && CSS.highlights && CSS.highlights.get(this.name);
    if (highlight) highlight.clear();
  }

  /** Keep the selection visible while another field has the focus. */
  holdSelection() {
    const highlight = globalThis.CSS && CSS.highlights && CSS.highlights.get(this.name);
    if (!highlight || !this.kept) return;
    highlight.clear();
    highlight.add(this.range(this.kept.start, this.kept.end));
  }

  /** @param {any} words @param {number} units @param {boolean} last @returns {[Node, number]} */
  nodeAt(words, units, last) {
    const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
    let left = units;
    let node = walker.nextNode();
    while (node) {
      const length = /** @type {Text} */ (node).length;
      if (left < length || (last && left === length)) return [node, left];
      left -= length;
      node = walker.nextNode();
    }
    return [words, words.childNodes.length];
  }

  /** @param {number} start @param {number} end */
  range(start, end) {
    const pieces = this.index.pieces(start, end);
    const range = document.createRange();
    if (!pieces.length) return range;
    const last = pieces[pieces.length - 1];
    range.setStart(...this.nodeAt(this.rows[pieces[0].row].words, pieces[0].from, false));
    range.setEnd(...this.nodeAt(this.rows[last.row].words, last.to, true));
    return range;
  }

  /** @param {number} start @param {number} end */
  select(start, end) {
    const range = this.range(start, end);
    const selection = /** @type {Selection} */ (getSelection());
    selection.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    this.kept = { start, end };
  }

  /** Bring a place into sight.
   * @param {number} start
   */
  goTo(start) {
    const row = this.rows[this.index.rowAt(start)];
    if (row) row.box.scrollIntoView({ block: "center" });
  }

  /** The row in which the caret stands, else the first in sight. */
  currentRow() {
    const selection = getSelection();
    const words = selection && selection.anchorNode && this.pane.contains(selection.anchorNode) ? this.wordsAround(selection.anchorNode) : null;
    if (words) return Number(words.dataset.row);
    const top = this.pane.getBoundingClientRect().top;
    const first = this.rows.findIndex((r) => r.box.getBoundingClientRect().bottom > top);
    return Math.max(0, first);
  }

  /** Move the caret, or stretch the selection, as the keys say.
   * @param {KeyboardEvent} event
   */
  moveCaret(event) {
    const selection = /** @type {Selection} */ (getSelection());
    const how = event.shiftKey ? "extend" : "move";
    const sideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
    if (!this.selectionInside()) this.caretTo(this.currentRow());
    if (sideways) {
      selection.modify(how, event.key === "ArrowRight" ? "forward" : "backward", event.ctrlKey ? "word" : "character");
    } else if (event.shiftKey) {
      selection.modify("extend", event.key === "ArrowDown" ? "forward" : "backward", "line");
    } else {
      this.caretTo(this.currentRow() + (event.key === "ArrowDown" ? 1 : -1));
    }
  }

  /** @param {number} number */
  caretTo(number) {
    const row = this.rows[Math.max(0, Math.min(this.rows.length - 1, number))];
    if (!row) return;
    row.box.scrollIntoView({ block: "nearest" });
    /** @type {Selection} */ (getSelection()).setBaseAndExtent(...this.nodeAt(row.words, 0, false), ...this.nodeAt(row.words, 0, false));
  }

  /** @param {any} event */
  clicked(event) {
    const mark = event.target.closest && event.target.closest("mark");
    const selection = getSelection();
    if (!mark || (selection && !selection.isCollapsed)) return;
    const here = mark.dataset.codings.split(" ").map((/** @type {string} */ id) => this.codings.get(id));
    if (here.length === 1) this.page.choose(here[0][0]);
    else this.page.showHere(here);
  }

  close() {
    document.removeEventListener("selectionchange", this.onSelection);
    this.sizes.disconnect();
    if (this.nearby) this.nearby.disconnect();
    if (globalThis.CSS && CSS.highlights) CSS.highlights.delete(this.name);
  }
}
