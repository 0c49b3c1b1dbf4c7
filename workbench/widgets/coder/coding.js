// The text and the codebook beside each other, and coding: what a researcher's coder and a co-researcher's have in common.
// It speaks only through a Line, so that the same module serves a kernel, a small server, or a page with its data in it.

import { chosenPane } from "./chosen.js";
import { inWords } from "./codes.js";
import { askFirst, fill, make, press, rest } from "../working/elements.js";
import { keyAnywhere, keyInText } from "./keys.js";
import { pickerPane } from "./picker.js";
import { Transcript } from "./transcript.js";
import { WorkingPage } from "../working/page.js";

const QUIET = 800; // ms without a change before what changes slowly is counted again
const EVERY = 1000; // ms between looks at what others did: they are seen within two seconds
const SIZES = [0.85, 1, 1.15, 1.3, 1.5, 1.75];

/** @abstract A page has `layOut`, which puts its parts together. */
export class CodingPage extends WorkingPage {
  view = "read";
  chosen = null;
  /** @type {string[]} */
  here = [];
  ownTexts = new Set(); // versions that this page made: it need not be told of them

  /** Take in what the page begins with, and put its parts together. @param {any} all */
  start(all) {
    for (const name of ["effects", "determinants", "themes"]) this[name] = new Map(all[name].map((/** @type {any} */ one) => [one.id, one]));
    this.claim = { effect: all.effects[0].id, determinant: all.determinants[0].id, ...this.recall("claim") };
    this.take(all);
    this.shares = all.shares;
    this.seq = all.seq;
    this.sourceList = make("ul", { class: "mf-list" });
    this.sourceBox = make("details", { open: true }, make("summary", { text: this.t.sources, "data-lm-suppress-shortcuts": "true" }), this.sourceList);
    this.transcript = new Transcript(this);
    this.heading = make("h2", { text: this.t.chooseSource });
    this.selectionLine = make("p", { class: "mf-selection", text: "" });
    this.side = make("div", { class: "mf-side-inner" });
    this.pickerBox = pickerPane(this);
    this.forms = make("div", { class: "mf-forms" });
    this.besideText = make("div", { class: "mf-beside-text" });
    this.headTools = make("div", { class: "mf-tools" });
    this.reading = make(
      "div", { class: "mf-reading" },
      make("section", { class: "mf-sources", "aria-label": this.t.sources }, this.sourceBox),
      make("div", { class: "mf-middle" }, make("div", { class: "mf-head" }, this.heading, this.headTools), this.besideText, this.transcript.el, this.selectionLine),
      make("section", { class: "mf-side", "aria-label": this.t.codebook }, this.forms, this.pickerBox.el, this.side),
    );
    this.layOut(all.title);
    this.transcript.pane.addEventListener("keydown", (event) => keyInText(this, event));
    this.root.addEventListener("keydown", (event) => keyAnywhere(this, event));
    this.resize(0);
    this.paint();
  }

  /** @abstract @param {string} _title */
  layOut(_title) {}

  /** Buttons that every coding page has. */
  tools() {
    const t = this.t;
    return [press(t.undo, () => this.undo()), press(t.redo, () => this.redo()),
      press("A−", () => this.resize(-1), { "aria-label": t.smaller }), press("A+", () => this.resize(1), { "aria-label": t.larger }),
      press("?", () => this.showKeys(), { "aria-label": t.help })];
  }

  /** Go where one was, and look from now on what is done. */
  async goOn() {
    const last = this.recall("place");
    if (last && this.sources.some((/** @type {any} */ one) => one.id === last.source)) await this.chooseSource(last.source, last.row);
    this.poll = setInterval(() => this.look(), EVERY);
  }

  /** Take in what stands around the text. @param {any} all */
  take(all) {
    this.sources = all.sources;
    this.codes = new Map(all.codes.map((/** @type {any} */ one) => [one.id, one]));
    this.actor = all.actor;
  }

  /** Paint what stands around the text anew. */
  paint() {
    this.paintSources();
    this.pickerBox.paint();
    chosenPane(this);
  }

  paintSources() {
    const t = this.t;
    this.sourceList.replaceChildren(
      ...(this.sources.length ? [] : [make("li", { text: t.noSources })]),
      ...this.sources.map((one) => make("li", {}, make(
        "button",
        { class: "mf-source", "aria-current": this.source && this.source.id === one.id ? "true" : false, on: { click: () => this.chooseSource(one.id) } },
        make("span", { class: "mf-source-name", text: one.name }),
        make("span", { class: "mf-quiet", text: [one.kindLabel, one.group].filter(Boolean).join(" · ") }),
        make("span", { class: "mf-quiet", text: `${fill(t.words, { n: one.words })} · ${fill(t.coded, { n: this.shares[one.id] || 0 })}` }),
        make("span", { class: "mf-meter", "aria-hidden": "true", style: `--mf-share:${this.shares[one.id] || 0}%` }),
      ))),
    );
  }

  // --- what a page adds of its own ---

  /** The keys that do something in the text, beside those that code. @returns {Record<string, () => void>} */
  keys() {
    return {};
  }

  showKeys() {}

  /** What stands under the codebook. @returns {any[]} */
  codebookTools() {
    return [];
  }

  /** What stands beside a code. @param {any} _code @returns {any} */
  codeTools(_code) {
    return null;
  }

  /** What else can be done with the chosen coding. @param {any} _coding @returns {any[]} */
  chosenTools(_coding) {
    return [];
  }

  /** What the pane of the chosen coding shows beside it: drawn anew where that has changed. @returns {any} */
  chosenShows() {
    return null;
  }

  // --- what others did ---

  /** Look what anybody did since; one look at a time. */
  async look() {
    if (this.looking || !this.sources) {
      this.again = true;
      return;
    }
    this.looking = true;
    try {
      const news = await this.line.ask("since", { seq: this.seq, source: this.source ? this.source.id : null });
      await this.released();
      await this.hear(news);
    } catch (fault) {
      this.fail(fault);
    } finally {
      this.looking = false;
    }
    if (this.again) {
      this.again = false;
      await this.look();
    }
  }

  /** @param {any} news */
  async hear(news) {
    if (news.seq === this.seq) return;
    this.seq = news.seq;
    const known = () => JSON.stringify([...this.codes.values()].map(({ count, ...code }) => code));
    const codesBefore = known();
    this.take(news);
    if (this.source && (news.reload || news.text !== this.source.textId)) await this.openSource(this.source.id, this.transcript.currentRow(), true, !news.reload);
    else if (this.source) {
      this.transcript.take(news.gone);
      this.transcript.put(news.codings);
      if (codesBefore !== known()) this.transcript.repaint();
    }
    if (this.chosen && this.source && !this.transcript.codings.has(this.chosen)) this.chosen = null;
    this.paint();
    this.countSoon();
  }

  /** Count anew how much of each source is coded, once nothing has changed for a moment. */
  countSoon() {
    clearTimeout(this.counting);
    this.counting = setTimeout(async () => {
      try {
        this.shares = await this.line.ask("shares");
        this.paintSources();
      } catch (fault) {
        this.fail(fault);
      }
    }, QUIET);
  }

  /** Open the source that somebody chose; where all stands below each other, the list makes way for the text.
   * @param {string} id @param {number} [row]
   */
  async chooseSource(id, row = 0) {
    if (getComputedStyle(this.reading).gridTemplateColumns.split(" ").length < 3) this.sourceBox.open = false;
    await this.openSource(id, row);
  }

  /** @param {string} id @param {number} [row] @param {boolean} [corrected] @param {boolean} [told] */
  async openSource(id, row = 0, corrected = false, told = true) {
    const began = performance.now();
    try {
      const source = await this.line.ask("source", { source: id, row });
      this.source = source;
      this.seq = Math.min(this.seq, source.seq);
      if (!corrected) this.chosen = null;
      this.here = [];
      this.heading.textContent = source.name;
      this.showSource(source, corrected);
      if (row) this.transcript.rows[Math.min(row, this.transcript.rows.length - 1)]?.box.scrollIntoView({ block: "start" });
      this.keep("place", { source: id, row });
      this.transcript.pane.onscroll = () => this.rememberPlace();
      this.paint();
      if (corrected && told && !this.ownTexts.has(source.textId)) this.say(this.t.stale);
      requestAnimationFrame(() => setTimeout(() => {
        this.root.dataset.painted = String(performance.now() - began);
        this.root.dataset.source = source.id;
        this.fetchOthers(source).catch((fault) => this.fail(fault));
      }));
    } catch (fault) {
      this.fail(fault);
    }
  }

  /** @param {any} source @param {boolean} corrected the same one, whose text is another by now */
  showSource(source, corrected) {
    const inText = this.transcript.el.contains(document.activeElement);
    this.transcript.show(source);
    this.selectionChanged(null);
    if (corrected ? inText : !this.forms.contains(document.activeElement)) this.transcript.pane.focus({ preventScroll: true });
  }

  /** Fetch the codings that are not near, part by part outwards, while the page is in use already.
   * @param {any} source
   */
  async fetchOthers(source) {
    const length = source.rows.length ? source.rows[source.rows.length - 1][1] : 0;
    let [from, to] = source.near;
    const width = Math.max(1, to - from);
    while (this.source === source && (from > 0 || to < length)) {
      const [before, after] = [[Math.max(0, from - width), from], [to, Math.min(length, to + width)]];
      for (const [start, end] of [after, before]) {
        if (start >= end) continue;
        await rest(EVERY);
        const codings = await this.line.ask("codings_in", { text: source.textId, start, end });
        if (this.source !== source) return;
        this.transcript.put(codings);
      }
      [from, to] = [before[0], after[1]];
    }
    this.root.dataset.whole = source.id;
  }

  rememberPlace() {
    clearTimeout(this.placing);
    this.placing = setTimeout(() => {
      const top = this.transcript.pane.getBoundingClientRect().top;
      const row = this.transcript.rows.findIndex((one) => one.box.getBoundingClientRect().bottom > top);
      if (this.source) this.keep("place", { source: this.source.id, row: Math.max(0, row) });
    }, 300);
  }

  /** @param {number} by */
  resize(by) {
    const now = Math.max(0, Math.min(SIZES.length - 1, (this.recall("size") ?? 1) + by));
    this.keep("size", now);
    this.root.style.setProperty("--mf-size", String(SIZES[now]));
  }

  // --- coding ---

  /** @param {{start: number, end: number} | null} selection */
  selectionChanged(selection) {
    const words = selection ? this.transcript.index.words(selection.start, Math.min(selection.end, selection.start + 400)) : "";
    this.selectionLine.textContent = selection ? fill(this.t.selected, { words: words.length > 120 ? `${words.slice(0, 120)}…` : words }) : "";
    this.selectionLine.dataset.start = selection ? String(selection.start) : "";
    this.selectionLine.dataset.end = selection ? String(selection.end) : "";
  }

  /** The words that an act is about now, or null after saying that none are selected. */
  passage() {
    const kept = this.transcript.selected() || this.transcript.kept; // keys may come faster than the browser tells
    if (!this.source || !kept) {
      this.fail(new Error(this.t.selectFirst));
      return null;
    }
    return { source: this.source.id, text: this.source.textId, start: kept.start, end: kept.end };
  }

  /** Code the selection. @param {Record<string, any>} target a code, a theme, or a new code from the words */
  async code(target) {
    const passage = this.passage();
    if (!passage) return;
    const began = performance.now();
    try {
      const made = await this.change("code", { passages: [passage], claim: { ...this.claim, ...target } });
      if (!made) return;
      const answered = performance.now();
      if (target.in_vivo) await this.look();
      const before = this.rowsOf(this.chosen);
      this.chosen = made[0][0];
      this.here = [];
      this.transcript.put(made);
      this.transcript.refresh(before);
      requestAnimationFrame(() => setTimeout(() => {
        this.say(fill(this.t.codedAs, { what: inWords(this, made[0]) }));
        chosenPane(this);
        this.pickerBox.used(target);
        this.root.dataset.coded = JSON.stringify({ id: made[0][0], answered: answered - began, painted: performance.now() - began });
      }));
    } catch {
      // said where it happened
    }
  }

  /** Change the chosen coding; without one, what the next will be.
   * @param {"effect" | "determinant"} dimension @param {string} value
   */
  async setDimension(dimension, value) {
    this.claim = { ...this.claim, [dimension]: value };
    this.keep("claim", this.claim);
    this.pickerBox.paint();
    if (this.chosen) await this.changeChosen({ [dimension]: value });
  }

  /** @param {Record<string, any>} values */
  async changeChosen(values) {
    if (!this.chosen) return;
    try {
      const changed = await this.change("change", { coding: this.chosen, ...values });
      if (changed) this.transcript.put([changed]);
      chosenPane(this);
    } catch {
      // said where it happened
    }
  }

  async removeChosen() {
    if (!this.chosen) return;
    const gone = this.chosen;
    try {
      await this.change("remove", { codings: [gone] });
      this.transcript.take([gone]);
      this.chosen = null;
      this.here = [];
      const had = this.side.contains(document.activeElement);
      chosenPane(this);
      if (had) this.transcript.pane.focus({ preventScroll: true });
      this.say(this.t.removed);
    } catch {
      // said where it happened
    }
  }

  /** The rows in which a coding stands. @param {string | null} id @returns {number[]} */
  rowsOf(id) {
    const coding = id && this.transcript.codings.get(id);
    return coding ? this.transcript.index.pieces(coding[1], coding[2]).map((piece) => piece.row) : [];
  }

  /** @param {string | null} id */
  choose(id) {
    const before = this.chosen;
    this.chosen = id;
    this.transcript.refresh([...this.rowsOf(before), ...this.rowsOf(id)]);
    const coding = id && this.transcript.codings.get(id);
    if (coding && !this.transcript.selected()) this.transcript.caretTo(this.transcript.index.rowAt(coding[1]));
    chosenPane(this);
    if (id && id !== before) this.side.scrollIntoView({ block: "nearest" });
  }

  /** @param {any[]} codings */
  showHere(codings) {
    this.here = codings.map((one) => one[0]);
    this.choose(this.here[0]);
  }

  /** @param {number} by */
  chooseNext(by) {
    const order = [...this.transcript.codings.values()].sort((a, b) => a[1] - b[1] || a[2] - b[2]);
    if (!order.length) return;
    const now = order.findIndex((one) => one[0] === this.chosen);
    const next = order[(now + by + order.length) % order.length] || order[0];
    this.transcript.goTo(next[1]);
    this.choose(next[0]);
  }

  async undo() {
    await this.back("undo");
  }

  async redo() {
    await this.back("redo");
  }

  /** @param {string} what @param {boolean} [sure] */
  async back(what, sure = false) {
    try {
      const { done, coding } = await this.line.ask(what, sure ? { sure } : {});
      await this.look();
      this.say(done);
      const there = this.view === "read" && coding && this.transcript.codings.get(coding);
      if (!there) return;
      this.transcript.goTo(there[1]);
      this.choose(coding);
    } catch (fault) {
      this.fail(fault);
      if (fault.kind !== "Unsure") return;
      askFirst(this.root, this.t, this.t.undo, fault.message, () => this.back(what, true));
    }
  }

  useSelection() {
    const passage = this.passage();
    if (passage) this.changeChosen({ start: passage.start, end: passage.end, text_id: passage.text });
  }

  close() {
    super.close();
    clearTimeout(this.counting);
    if (this.transcript) this.transcript.close();
  }
}
