// The coder: sources at the left, the text in the middle, codebook and chosen coding at the right; other views beside it.

import { CodingPage } from "./coding.js";
import { codebookForm, reopenCodebookForm, retiredCodes } from "./codebook.js";
import { citing } from "./chosen.js";
import { correctionForm, maskForm, unplacedPane } from "./correcting.js";
import { fill, make, openDialog, press } from "../working/elements.js";
import { findingView } from "./finding.js";
import { keysDialog } from "./help.js";
import { matrixView, othersWording, statementForm, supportForm } from "./matrix.js";
import { memoField, memosView, sendMemos } from "./memos.js";
import { rendering } from "../working/page.js";
import { wholeView } from "./whole.js";

class CoderPage extends CodingPage {
  async open() {
    const all = await this.begin();
    this.start(all);
    await this.sendLeftovers();
    await sendMemos(this);
    await this.goOn();
    const statement = this.drafts.get("statement");
    if (statement && !statement.away) statementForm(this, statement.codings || []);
    else reopenCodebookForm(this);
    this.root.dataset.ready = "1";
  }

  /** @param {any} all */
  take(all) {
    super.take(all);
    this.memos = all.memos;
    this.hypotheses = all.hypotheses;
    this.vaultOpen = all.open;
  }

  /** @param {string} title */
  layOut(title) {
    const t = this.t;
    const views = ["read", "matrix", "find", "whole", "memos"];
    this.tabs = new Map(views.map((view) => [view, make("button", { text: t[view], class: "mf-tab", on: { click: () => this.show(view) } })]));
    const bar = make(
      "div", { class: "mf-bar" },
      make("h1", { text: title }),
      make("nav", { "aria-label": t.views }, ...this.tabs.values()),
      make("div", { class: "mf-tools" }, ...this.tools()),
      make("div", { class: "mf-told" }, this.vault, this.status),
    );
    this.sourceEntry = press("", () => this.showEntry(), { hidden: true });
    this.sourceMemos = press(t.memos, () => this.memosOn(this.source.id, this.source.name), { hidden: true });
    this.headTools.append(press(t.correct, () => this.correct()), press(t.mask, () => maskForm(this)), this.sourceEntry, this.sourceMemos);
    this.unplacedBox = make("div", { class: "mf-unplaced" });
    this.besideText.append(this.unplacedBox);
    this.others = make("div", { class: "mf-view", hidden: true });
    this.root.replaceChildren(bar, this.contactLine, make("div", { class: "mf-body" }, this.reading, this.others));
    this.show("read");
  }

  paint() {
    this.vault.textContent = this.vaultOpen ? this.t.vaultOpen : this.t.vaultLocked;
    this.sourceMemos.hidden = !this.source;
    this.sourceEntry.hidden = !this.source?.entry;
    this.sourceEntry.textContent = this.source?.entry ? fill(this.t.fromLog, this.source.entry) : "";
    this.sourceMemos.textContent = [this.t.memos, this.source && this.memos[this.source.id] ? `(${this.memos[this.source.id]})` : ""].join(" ").trim();
    super.paint();
  }

  // --- beside coding ---

  keys() {
    return {
      v: () => this.code({ theme: this.pickerBox.theme(), in_vivo: true }),
      m: () => this.chosen && memoField(this, this.side, this.chosen, true),
      e: () => this.correct(),
      x: () => maskForm(this),
      t: () => statementForm(this, this.chosen ? [this.chosen] : []),
      "/": () => this.show("find"),
    };
  }

  showKeys() {
    const t = this.t;
    keysDialog(this, [["v", t.keyVivo], ["m", t.keyMemo], ["t", t.keyStatement], ["e", t.keyCorrect], ["x", t.keyMask], ["/", t.keyFind]]);
  }

  codebookTools() {
    const t = this.t;
    return [
      make("div", { class: "mf-tools" },
        press(t.inVivo, () => this.code({ theme: this.pickerBox.theme(), in_vivo: true })),
        press(t.newCode, () => codebookForm(this, null, this.pickerBox.theme()))),
      retiredCodes(this),
    ];
  }

  /** @param {any} code */
  codeTools(code) {
    return press("⋯", () => codebookForm(this, code.id), { class: "mf-small", "aria-label": fill(this.t.editCode, { name: code.name }) });
  }

  /** @param {any} coding */
  chosenTools(coding) {
    const t = this.t;
    const memos = make("div", { class: "mf-memo-place" });
    memoField(this, memos, coding[0], false);
    return [
      make("div", { class: "mf-tools" }, press(t.newStatement, () => statementForm(this, [coding[0]])), press(t.addToStatement, () => supportForm(this, [coding[0]]))),
      ...citing(this, coding), memos,
    ];
  }

  chosenShows() {
    return [this.memos[this.chosen || ""], this.hypotheses];
  }

  /** @param {any} news */
  async hear(news) {
    if (news.open !== this.vaultOpen) {
      this.vaultOpen = news.open;
      this.vault.textContent = news.open ? this.t.vaultOpen : this.t.vaultLocked;
    }
    if (news.seq === this.seq) return;
    const source = this.source;
    if (news.kinds.includes("memo")) this.paneShows = "";
    await super.hear(news);
    if (source && this.source === source && news.unplaced !== source.unplaced) {
      source.unplaced = news.unplaced;
      await unplacedPane(this);
    }
    if (this.view !== "read" && this.refreshView && !this.others.contains(document.activeElement)) this.refreshView();
    else if (this.view === "matrix" && news.kinds.includes("statement")) await othersWording(this, this.others);
  }

  /** @param {any} source @param {boolean} corrected */
  showSource(source, corrected) {
    const inCorrection = Boolean(document.activeElement?.closest(".mf-correcting"));
    if (!corrected) this.correcting = null;
    super.showSource(source, corrected);
    this.correcting?.rebase(inCorrection);
    unplacedPane(this);
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

  /** @param {string} what @param {boolean} [sure] */
  async back(what, sure = false) {
    await super.back(what, sure);
    if (this.refreshView) await this.refreshView();
  }

  correct() {
    if (this.source && this.transcript.rows.length) correctionForm(this, this.transcript.currentRow());
  }
}

export default { render: rendering((el, transport) => new CoderPage(el, transport, "mf-coder")) };
