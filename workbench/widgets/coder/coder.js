// The page: sources at the left, the text in the middle, codebook and chosen coding at the right; other views beside it.
// It speaks only through a Line, so that the same module serves a kernel, a small server, or a page with its data in it.

import { chosenPane } from "./chosen.js";
import { codebookForm, reopenCodebookForm } from "./codebook.js";
import { inWords } from "./codes.js";
import { correctionForm, maskForm, unplacedPane } from "./correcting.js";
import { askFirst, fill, make, openDialog, press, rest } from "../working/elements.js";
import { findingView } from "./finding.js";
import { keysDialog } from "./help.js";
import { keyAnywhere, keyInText } from "./keys.js";
import { matrixView, othersWording, statementForm } from "./matrix.js";
import { memoField, memosView, sendMemos } from "./memos.js";
import { pickerPane } from "./picker.js";
import { Transcript } from "./transcript.js";
import { WorkingPage, rendering } from "../working/page.js";
import { wholeView } from "./whole.js";

const QUIET = 800; // ms without a change before what changes slowly is counted again
const POLL = 1000; // ms between looks at what others did: they are seen within two seconds
const SIZES = [0.85, 1, 1.15, 1.3, 1.5, 1.75];

class CoderPage extends WorkingPage {
  /** @param {HTMLElement} el @param {any} transport */
  constructor(el, transport) {
    super(el, transport, "mf-coder");
    this.view = "read";
    this.chosen = null;
    this.here = [];
    this.ownTexts = new Set(); // versions that this page made: it need not be told of them
  }

  async open() {
    const all = await this.begin();
    for (const name of ["effects", "determinants", "themes"]) this[name] = new Map(all[name].map((one) => [one.id, one]));
    this.claim = { effect: all.effects[0].id, determinant: all.determinants[0].id, ...this.recall("claim") };
    this.take(all);
    this.shares = all.shares;
    this.seq = all.seq;
    this.build(all.title);
    await this.sendLeftovers();
    await sendMemos(this);
    const last = this.recall("place");
    if (last && this.sources.some((one) => one.id === last.source)) await this.chooseSource(last.source, last.row);
    const statement = this.drafts.get("statement");
    if (statement && !statement.away) statementForm(this, statement.codings || []);
    else reopenCodebookForm(this);
    this.poll = setInterval(() => this.look(), POLL);
    this.root.dataset.ready = "1";
  }

  /** Take in what stands around the text. @param {any} all */
  take(all) {
    this.sources = all.sources;
    this.codes = new Map(all.codes.map((one) => [one.id, one]));
    this.memos = all.memos;
    this.hypotheses = all.hypotheses;
    this.actor = all.actor;
    this.vaultOpen = all.open;
  }

  /** @param {string} title */
  build(title) {
    const t = this.t;
    const views = ["read", "matrix", "find", "whole", "memos"];
    this.tabs = new Map(views.map((view) => [view, make("button", { text: t[view], class: "mf-tab", on: { click: () => this.show(view) } })]));
    const bar = make(
      "div", { class: "mf-bar" },
      make("h1", { text: title }),
      make("nav", { "aria-label": t.views }, ...this.tabs.values()),
      make("div", { class: "mf-tools" },
        press(t.undo, () => this.undo()), press(t.redo, () => this.redo()),
        press("A−", () => this.resize(-1), { "aria-label": t.smaller }), press("A+", () => this.resize(1), { "aria-label": t.larger }),
        press("?", () => keysDialog(this), { "aria-label": t.help })),
      make("div", { class: "mf-told" }, this.vault, this.status),
    );
    this.sourceList = make("ul", { class: "mf-list" });
    this.sourceBox = make("details", { open: true }, make("summary", { text: t.sources, "data-lm-suppress-shortcuts": "true" }), this.sourceList);
    this.transcript = new Transcript(this);
    this.heading = make("h2", { text: t.chooseSource });
    this.sourceEntry = press("", () => this.showEntry(), { hidden: true });
    this.sourceMemos = press(t.memos, () => this.memosOn(this.source.id, this.source.name), { hidden: true });
    this.selectionLine = make("p", { class: "mf-selection", text: "" });
    this.side = make("div", { class: "mf-side-inner" });
    this.pickerBox = pickerPane(this);
    this.forms = make("div", { class: "mf-forms" });
    this.unplacedBox = make("div", { class: "mf-unplaced" });
    this.reading = make(
      "div", { class: "mf-reading" },
      make("section", { class: "mf-sources", "aria-label": t.sources }, this.sourceBox),
      make("div", { class: "mf-middle" },
        make("div", { class: "mf-head" }, this.heading, press(t.correct, () => this.correct()), press(t.mask, () => maskForm(this)), this.sourceEntry, this.sourceMemos),
        this.unplacedBox, this.transcript.el, this.selectionLine),
      make("section", { class: "mf-side", "aria-label": t.codebook }, this.forms, this.pickerBox.el, this.side),
    );
    this.others = make("div", { class: "mf-view", hidden: true });
    this.root.replaceChildren(bar, this.contactLine, make("div", { class: "mf-body" }, this.reading, this.others));
    this.transcript.pane.addEventListener("keydown", (event) => keyInText(this, event));
    this.root.addEventListener("keydown", (event) => keyAnywhere(this, event));
    this.resize(0);
    this.paint();
    this.show("read");
  }

  /** Paint what stands around the text anew. */
  paint() {
    this.vault.textContent = this.vaultOpen ? this.t.vaultOpen : this.t.vaultLocked;
    this.paintSources();
    this.sourceMemos.hidden = !this.source;
    this.sourceEntry.hidden = !this.source?.entry;
    this.sourceEntry.textContent = this.source?.entry ? fill(this.t.fromLog, this.source.entry) : "";
    this.sourceMemos.textContent = [this.t.memos, this.source && this.memos[this.source.id] ? `(${this.memos[this.source.id]})` : ""].join(" ").trim();
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
    if (news.open !== this.vaultOpen) {
      this.vaultOpen = news.open;
      this.vault.textContent = news.open ? this.t.vaultOpen : this.t.vaultLocked;
    }
    if (news.seq === this.seq) return;
    this.seq = news.seq;
    const codesBefore = JSON.stringify([...this.codes.values()].map(({ count, ...code }) => code));
    this.take(news);
    if (this.source && (news.reload || news.text !== this.source.textId)) await this.openSource(this.source.id, this.transcript.currentRow(), true, !news.reload);
    else if (this.source) {
      this.transcript.take(news.gone);
      this.transcript.put(news.codings);
      if (news.unplaced !== this.source.unplaced) {
        this.source.unplaced = news.unplaced;
        await unplacedPane(this);
      }
      if (codesBefore !== JSON.stringify([...this.codes.values()].map(({ count, ...code }) => code))) this.transcript.repaint();
    }
    if (this.chosen && this.source && !this.transcript.codings.has(this.chosen)) this.chosen = null;
    if (news.kinds.includes("memo")) this.paneShows = "";
    this.paint();
    this.countSoon();
    if (this.view !== "read" && this.refreshView && !this.others.contains(document.activeElement)) this.refreshView();
    else if (this.view === "matrix" && news.kinds.includes("statement")) await othersWording(this, this.others);
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

  // --- views ---

  /** @param {string} view @param {any} [given] */
  show(view, given) {
    this.view = view;
    this.calm();
    for (const [name, tab] of this.tabs) {
      if (name === view) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
    this.reading.hidden = view !== "read";
    this.others.hidden = view === "read";
    this.refreshView = null;
    if (view === "read") {
      this.others.replaceChildren();
      return;
    }
    this.others.scrollTop = 0;
    const views = { matrix: matrixView, find: findingView, whole: wholeView, memos: memosView };
    this.refreshView = () => views[view](this, this.others, given);
    this.refreshView();
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
      const inText = this.transcript.el.contains(document.activeElement);
      const inCorrection = Boolean(document.activeElement?.closest(".mf-correcting"));
      if (!corrected) this.correcting = null;
      this.transcript.show(source);
      this.selectionChanged(null);
      if (corrected ? inText : !this.forms.contains(document.activeElement)) this.transcript.pane.focus({ preventScroll: true });
      this.correcting?.rebase(inCorrection);
      if (row) this.transcript.rows[Math.min(row, this.transcript.rows.length - 1)]?.box.scrollIntoView({ block: "start" });
      this.keep("place", { source: id, row });
      this.transcript.pane.onscroll = () => this.rememberPlace();
      this.paint();
      unplacedPane(this);
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
        await rest(POLL);
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

  /** Open a source at a passage, from any view.
   * @param {string} source @param {number} start @param {number} [end] @param {string} [coding]
   */
  async goTo(source, start, end, coding) {
    this.show("read");
    if (!this.source || this.source.id !== source) await this.openSource(source);
    this.transcript.goTo(start);
    if (end) this.transcript.select(start, end);
    if (coding) this.choose(coding);
    this.transcript.pane.focus({ preventScroll: true });
  }

  /** @param {number} by */
  resize(by) {
    const now = Math.max(0, Math.min(SIZES.length - 1, (this.recall("size") ?? 1) + by));
    this.keep("size", now);
    this.root.style.setProperty("--mf-size", String(SIZES[now]));
  }

  /** Show the memos on a thing, and those that are linked to it, in a form of their own. @param {string} about @param {string} name */
  memosOn(about, name) {
    const place = make("div", { class: "mf-memo-place" });
    this.forms.replaceChildren(make("section", { class: "mf-form", "aria-label": this.t.memos }, make("h3", { text: name }), place,
      make("div", { class: "mf-tools" }, press(this.t.close, () => this.forms.replaceChildren()))));
    this.forms.scrollIntoView({ block: "nearest" });
    memoField(this, place, about, false);
  }

  /** Show the log entry that the source was made of. */
  showEntry() {
    const { when, passages } = this.source.entry;
    const title = fill(this.t.fromLog, { when });
    const dialog = openDialog(this.root, title, make("h2", { text: title }), ...passages.flatMap((/** @type {string[]} */ [label, words]) => [make("h3", { text: label }), make("p", { class: "mf-around", text: words })]),
      make("div", { class: "mf-tools" }, press(this.t.close, () => dialog.close(), { class: "mf-main" })));
  }

  /** Open a thing, as `way` tells: a passage, source, code or statement. @param {any[]} way @param {string} id */
  async goWay([kind, source, start, end], id) {
    if (kind === "passage") return this.goTo(source, start, end, id);
    if (kind === "statement") return this.show("matrix", id);
    this.show("read");
    if (kind === "source") return this.openSource(id);
    return codebookForm(this, id);
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
      this.chosen = made[0][0];
      this.here = [];
      this.transcript.put(made);
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

  /** @param {string | null} id */
  choose(id) {
    const before = this.chosen;
    this.chosen = id;
    const rows = [before, id].filter(Boolean).flatMap((one) => {
      const coding = this.transcript.codings.get(one);
      return coding ? this.transcript.index.pieces(coding[1], coding[2]).map((piece) => piece.row) : [];
    });
    this.transcript.refresh(rows);
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
      if (this.refreshView) await this.refreshView();
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

  correct() {
    if (this.source && this.transcript.rows.length) correctionForm(this, this.transcript.currentRow());
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

export default { render: rendering((el, transport) => new CoderPage(el, transport)) };
