// A co-researcher codes by themselves: the text, the codebook in plain words, and nobody's codings but their own.

import { CodingPage } from "../coder/coding.js";
import { keysDialog } from "../coder/help.js";
import { field, fill, make, newEdit, openDialog, press, sendingForm } from "../working/elements.js";

export class IndependentPage extends CodingPage {
  meanings = true; // what themes and codes mean stands under them
  inside = false; // another page, which has the landmarks

  /** @param {HTMLElement} el @param {any} transport */
  constructor(el, transport) {
    super(el, transport, "mf-coder mf-independent");
  }

  async open() {
    const all = await this.begin();
    this.contactWay = all.contact;
    this.closed = all.closed;
    this.shownHard = new Set(); // what somebody chose to see after the note
    this.start(all);
    this.claim = { ...this.recall("claim") }; // nothing is read so that nobody chose
    this.pickerBox.paint();
    await this.sendLeftovers();
    await this.goOn();
    if (!this.source && this.sources.length === 1) await this.chooseSource(this.sources[0].id);
    this.root.dataset.ready = "1";
  }

  /** @param {string} title */
  layOut(title) {
    const t = this.t;
    const [head, body, heading] = this.inside ? ["div", "div", "h2"] : ["header", "main", "h1"];
    const bar = make(head, { class: "mf-bar" }, make(heading, { text: title }), make("div", { class: "mf-tools" }, ...this.tools()), make("div", { class: "mf-told" }, this.status));
    this.done = press(t.read, () => this.say_("read", t.doneTold), { hidden: true });
    this.away = ["known", "hard"].map((stance) => press(t[stance], () => this.takeAway(stance), { hidden: true }));
    this.remark = press(t.remark, () => this.remarkForm(), { hidden: true });
    this.selectionLine.after(make("div", { class: "mf-tools" }, this.done, this.remark, ...this.away));
    this.root.replaceChildren(bar, this.contactLine, make(body, { class: "mf-body" }, make("p", { class: "mf-guide", text: this.closed ? t.closed : t.guide }), this.reading));
  }

  paint() {
    super.paint();
    const here = this.sources.find((/** @type {any} */ one) => one.id === this.source?.id);
    for (const button of [this.done, this.remark, ...this.away]) button.hidden = !here;
    this.done.hidden ||= here.done;
    if (this.source && !here) this.leave();
  }

  /** What is open may be read no more. */
  leave() {
    this.source = null;
    this.chosen = null;
    this.transcript.show({ text: "", rows: [], codings: [], textId: "" });
    this.heading.textContent = this.t.chooseSource;
    delete this.root.dataset.source;
  }

  /** @param {Record<string, any>} target */
  async code(target) {
    if (this.claim.effect && this.claim.determinant) return super.code(target);
    this.fail(new Error(this.t.chooseBoth));
  }

  showKeys() {
    keysDialog(this);
  }

  /** A text that may be hard to read carries a note first. @param {string} id @param {number} [row] */
  async chooseSource(id, row = 0) {
    const t = this.t;
    const chosen = this.sources.find((/** @type {any} */ one) => one.id === id);
    if (!chosen?.hard || this.shownHard.has(id)) return super.chooseSource(id, row);
    const show = () => {
      this.shownHard.add(id);
      note.close();
      super.chooseSource(id, row);
    };
    const note = openDialog(this.root, t.hardNote, make("h2", { text: t.hardNote }), this.talk(), make("div", { class: "mf-tools" }, press(t.showIt, show), press(t.close, () => note.close(), { class: "mf-main" })));
  }

  talk() {
    return this.contactWay ? make("p", { text: fill(this.t.contact, { contact: this.contactWay }) }) : null;
  }

  /** Say something of the text that is open. @param {string} stance @param {string} told @param {string} [words] */
  async say_(stance, told, words = "", edit = newEdit()) {
    const all = await this.change("say", { source: this.source.id, stance, words }, edit);
    if (all) this.take(all);
    this.paint();
    this.say(told);
  }

  /** Have the text taken away at once. @param {string} stance */
  async takeAway(stance) {
    const { id } = this.source;
    this.leave();
    this.paint();
    try {
      const all = await this.change("say", { source: id, stance, words: "" });
      if (all) this.take(all);
      this.paint();
      const note = openDialog(this.root, this.t.takenAway, make("p", { role: "status", text: this.t.takenAway }), this.talk(), press(this.t.close, () => note.close(), { class: "mf-main" }));
    } catch {
      // said where it happened
    }
  }

  remarkForm() {
    const t = this.t;
    const words = make("textarea", { rows: "4" });
    const close = () => this.forms.replaceChildren();
    const leave = () => {
      this.drafts.drop(`remark-${this.source.id}`);
      close();
    };
    const send = async () => {
      await this.say_("wonder", t.sent, words.value);
      leave();
    };
    this.forms.replaceChildren(sendingForm(t, { label: t.remark, go: t.send, send, leave }, field(t.ownWords, words), make("p", { class: "mf-quiet", text: t.ownWordsHelp })));
    this.keepTyped(`remark-${this.source.id}`, { words });
    words.focus();
  }
}
