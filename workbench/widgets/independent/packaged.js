// Independent coding out of a file: what was coded is kept here as changes, each with what it was before, until they are
// saved to be sent back.

import { Drafts } from "../working/drafts.js";
import { newEdit } from "../working/elements.js";
import { IndependentPage } from "./independent.js";
import { SendingBack, embeddedTransport, unpackInto } from "../review/sealed.js";

/** @typedef {{id: string, undoes: string | null, coding: string, source: string, before: any, state: any, at: string}} Change */

/** What the study's desk does elsewhere. */
class EmbeddedCodingDesk {
  /** @param {any} all what the page opens with, and its texts @param {Drafts} drafts */
  constructor(all, drafts) {
    this.all = all;
    this.drafts = drafts;
    /** @type {any[]} */
    this.answers = drafts.get("answers") || [];
  }

  /** @param {any[]} more */
  async take(more) {
    const known = new Set(this.answers.map((one) => one.id));
    const order = (/** @type {any} */ one) => `${one.at} ${one.id}`;
    this.answers = [...this.answers, ...more.filter((one) => !known.has(one.id))].sort((a, b) => (order(a) < order(b) ? -1 : 1));
    await this.drafts.put("answers", this.answers);
  }

  /** @returns {Change[]} */
  get changes() {
    return this.answers.filter((one) => "coding" in one);
  }

  /** What each coding is by now, by id. */
  get codings() {
    const found = new Map();
    for (const one of this.changes) {
      if (one.state) found.set(one.coding, one);
      else found.delete(one.coding);
    }
    return found;
  }

  /** @param {string} source */
  packed(source) {
    return [...this.codings.values()].filter((one) => one.source === source).map(({ coding, state: s }) => [coding, s.start, s.end, s.theme, s.code_id, s.effect, s.determinant, this.all.actor, s.text_id]);
  }

  /** Stances that were taken to a text. @param {string} source */
  said(source) {
    return this.answers.filter((one) => "stance" in one && one.source === source).map((one) => one.stance);
  }

  get around() {
    const t = this.all.texts;
    const there = this.all.sources.filter((/** @type {any} */ one) => !this.said(one.id).some((stance) => stance === "known" || stance === "hard"));
    const sources = there.map((/** @type {any} */ one) => (this.said(one.id).includes("read") ? { ...one, done: true, kindLabel: t.doneWith } : one));
    return { ...this.all, sources, shares: Object.fromEntries(sources.map((/** @type {any} */ one) => [one.id, this.share(one.id)])), seq: this.answers.length };
  }

  /** How much of a text is coded, in per cent of what is shown. @param {string} source */
  share(source) {
    const shown = this.all.shown[source].rows.reduce((/** @type {number} */ sum, /** @type {any[]} */ row) => sum + row[1] - row[0], 0);
    let [count, reached] = [0, 0];
    for (const [, start, end] of this.packed(source).sort((a, b) => a[1] - b[1])) {
      count += Math.max(0, end - Math.max(start, reached));
      reached = Math.max(reached, end);
    }
    return Math.min(100, Math.round((100 * count) / shown));
  }

  /** The words of a place: they may stand elsewhere in the text by the time they are read. @param {string} source @param {any} state */
  words(source, state) {
    return [...this.all.shown[source].text].slice(state.start, state.end).join("");
  }

  /** @param {string} edit @param {string} coding @param {string} source @param {any} state @param {string | null} undoes */
  async put(edit, coding, source, state, undoes = null) {
    const before = this.codings.get(coding)?.state ?? null;
    await this.take([{ id: edit, undoes, coding, source, before, state: state && { ...state, words: this.words(source, state) }, at: new Date().toISOString() }]);
  }

  /** @param {any} claim */
  claimed({ theme, code, code_id, ...rest }) {
    const chosen = code ?? code_id ?? null;
    return { ...rest, code_id: chosen, ...(chosen ? { theme: this.all.codes.find((/** @type {any} */ one) => one.id === chosen).theme } : { theme }) };
  }

  /** Take back the newest change that stands, or the newest undo. @param {boolean} back */
  async goBack(back) {
    const t = this.all.texts;
    const undone = new Set();
    for (const one of [...this.changes].reverse()) {
      if (undone.has(one.id)) continue;
      const isUndo = one.undoes && !this.changes.find((each) => each.id === one.undoes)?.undoes;
      if (!back && !isUndo && !one.undoes) break;
      if (back ? !one.undoes : isUndo) {
        await this.put(newEdit(), one.coding, one.source, one.before, one.id);
        return { done: back ? t.undone : t.doneAgain, coding: null };
      }
      undone.add(one.undoes);
    }
    return { done: back ? t.nothingToUndo : t.nothingToRedo, coding: null };
  }

  /** @param {any} message */
  async value({ ask, with: values }) {
    if (ask === "open") return this.around;
    if (ask === "source") return { ...this.all.shown[values.source], codings: this.packed(values.source), seq: this.answers.length };
    if (ask === "shares") return this.around.shares;
    if (ask === "since") return values.seq === this.answers.length ? { seq: values.seq } : this.news(values.source);
    if (ask === "undo" || ask === "redo") return this.goBack(ask === "undo");
    if (ask === "say") {
      const { edit, source, stance, words = "" } = values;
      await this.take([{ id: edit, source, stance, words, at: new Date().toISOString() }]);
      return this.around;
    }
    if (ask === "code") return this.code(values);
    if (ask === "change") {
      const { edit, coding, ...changed } = values;
      const { source, state } = this.codings.get(coding);
      await this.put(edit, coding, source, "code_id" in changed || "theme" in changed ? this.claimed({ ...state, ...changed }) : { ...state, ...changed });
      return this.packed(source).find((one) => one[0] === coding);
    }
    for (const one of values.codings) await this.put(values.edit, one, this.codings.get(one).source, null);
    return null;
  }

  /** @param {any} values */
  async code({ edit, passages: [{ source, text, start, end }], claim }) {
    const hidden = this.all.shown[source].rows.some((/** @type {any[]} */ row) => row[0] === row[1] && start <= row[0] && row[0] < end);
    if (hidden || !this.words(source, { start, end }).trim()) throw new Error(this.all.texts.selectFirst);
    await this.put(edit, newEdit(), source, { text_id: text, start, end, ...this.claimed(claim) });
    return [this.packed(source).find((one) => one[0] === this.changes[this.changes.length - 1].coding)];
  }

  /** @param {string} source */
  news(source) {
    const codings = source ? this.packed(source) : [];
    const here = new Set(codings.map((one) => one[0]));
    return { ...this.around, reload: false, text: source ? this.all.shown[source].textId : null, codings, gone: this.changes.map((one) => one.coding).filter((id) => !here.has(id)) };
  }
}

/** The page, and a bar to save the answers by. */
class PackagedCoding extends IndependentPage {
  /** @param {HTMLElement} place @param {EmbeddedCodingDesk} desk @param {any} sealed */
  constructor(place, desk, sealed) {
    super(place, embeddedTransport((message) => desk.value(message)));
    this.sendBack = new SendingBack(desk, sealed, this);
  }

  async begin() {
    const all = await super.begin();
    this.t = { ...this.t, takenAway: this.t.takenAwayHere }; // what the server does at once, comes by a file sent back
    return all;
  }

  /** @param {string} title */
  layOut(title) {
    super.layOut(title);
    this.side.before(this.sendBack.bar);
  }

  paint() {
    super.paint();
    this.sendBack.paint();
  }

  tookUp() {
    return this.look();
  }
}

/** @param {HTMLElement} place */
export function unpack(place) {
  unpackInto(place, (inside, all, drafts, sealed) => new PackagedCoding(inside, new EmbeddedCodingDesk(all, drafts), sealed));
}
