// The review page out of a file. What the server does for the page elsewhere, is done here with what came along.

import { Drafts } from "../working/drafts.js";
import { ReviewPage } from "./review.js";
import { SendingBack, embeddedTransport, unpackInto } from "./sealed.js";

/** What somebody had taken away: hard words wherever they are shown, and all words of whom they recognised. */
class Away {
  /** @param {any[]} items @param {any[]} answers */
  constructor(items, answers) {
    const told = (/** @type {string[]} */ stances) => new Set(answers.filter((one) => stances.includes(one.stance)).map((one) => one.item));
    const own = (/** @type {Set<string>} */ ids) => items.filter((item) => ids.has(item.id)).flatMap((item) => item.passages).flatMap((passage) => ownLines(passage).map((line) => [passage.text, ...line]));
    this.items = told(["known", "hard", "withhold"]);
    this.places = new Set(own(told(["known", "hard"])).map(([text, , start]) => `${text} ${start}`));
    this.voices = new Set(own(told(["known"])).map(([, , , , voice]) => voice).filter(Boolean));
  }

  /** What is left of an item's passages. @param {any} item */
  leaves(item) {
    const left = [];
    for (const passage of this.items.has(item.id) ? [] : item.passages) {
      const goes = (/** @type {any} */ [, start, , voice]) => this.voices.has(voice) || this.places.has(`${passage.text} ${start}`);
      if (ownLines(passage).some(goes)) continue;
      left.push({ ...passage, lines: passage.lines.map((/** @type {any} */ line) => (goes(line) ? [line[0], line[1], null, line[3]] : line)) });
    }
    return left;
  }
}

/** The lines that hold the passage. @param {any} passage */
function ownLines(passage) {
  return passage.lines.filter((/** @type {any} */ [, start, text]) => text !== null && start < passage.end && passage.start < start + [...text].length);
}

/** Answers kept in the browser, sealed, and the page's asks answered from what came along. */
class EmbeddedDesk {
  /** @param {any} all what the page opens with @param {Drafts} drafts */
  constructor(all, drafts) {
    this.all = all;
    this.drafts = drafts;
    /** @type {any[]} */
    this.answers = drafts.get("answers") || [];
  }

  /** @param {any[]} more */
  async take(more) {
    const known = new Set(this.answers.map((one) => one.id));
    this.answers = [...this.answers, ...more.filter((one) => !known.has(one.id))];
    await this.drafts.put("answers", this.answers);
  }

  get items() {
    const away = new Away(this.all.items, this.answers);
    return this.all.items.flatMap((/** @type {any} */ item) => {
      const passages = away.leaves(item);
      const answers = [...item.answers, ...this.answers.filter((one) => one.item === item.id).map((one) => this.told(one, item))];
      return passages.length ? [{ ...item, passages, answers }] : [];
    });
  }

  /** @param {any} one @param {any} item */
  told(one, item) {
    const named = (/** @type {string} */ list, /** @type {string} */ id) => this.all[list].find((/** @type {any} */ each) => each.id === id)?.label;
    const reading = one.reading ? [named("effects", one.reading.effect), named("determinants", one.reading.determinant), named("themes", one.reading.theme)].join(" · ").toLowerCase() : "";
    return { id: one.id, stance: one.stance, reading, words: one.words, marked: one.marked?.words, blind: !item.reading, at: new Date(one.at).toLocaleDateString(this.all.texts.language) };
  }

  /** The words that were marked, which may stand elsewhere in the text by the time they are read. @param {any} values */
  marked({ item, start = null, end = null }) {
    const lines = this.all.items.find((/** @type {any} */ one) => one.id === item)?.passages[0].lines ?? [];
    for (const [, begins, text] of start === null ? [] : lines) {
      const points = [...(text ?? "")];
      if (begins <= start && end <= begins + points.length) return { start, words: points.slice(start - begins, end - begins).join("") };
    }
    return null;
  }

  /** @param {any} message */
  async value({ ask, with: values }) {
    if (ask === "open") return { ...this.all, items: this.items };
    if (ask === "answer") {
      const { edit, item, stance, words = "", reading = null } = values;
      await this.take([{ id: edit, item, stance, words, reading, marked: this.marked(values), at: new Date().toISOString() }]);
    }
    return this.items;
  }
}

/** The review page, and a bar to save the answers by. */
class PackagedPage extends ReviewPage {
  /** @param {HTMLElement} place @param {EmbeddedDesk} desk @param {any} sealed */
  constructor(place, desk, sealed) {
    super(place, embeddedTransport((message) => desk.value(message)), "mf-review");
    this.desk = desk;
    this.back = new SendingBack(desk, sealed, this);
  }

  async begin() {
    const all = await super.begin();
    // What the server does at once, comes by a file sent back.
    const t = this.t;
    this.t = { ...t, blindFirst: t.blindLater, takenAway: t.takenAwayHere };
    return all;
  }

  /** The other readings that came with this file are looked at first. */
  first() {
    const come = this.items.findIndex((/** @type {any} */ one) => one.reading && one.answers.length && one.answers.every((/** @type {any} */ answer) => answer.blind));
    return come < 0 ? super.first() : come;
  }

  drawn() {
    this.back.paint();
    this.main.append(this.back.bar);
  }

  tookUp() {
    this.items = this.desk.items;
    this.draw();
  }
}

/** @param {HTMLElement} place */
export function unpack(place) {
  unpackInto(place, (inside, all, drafts, sealed) => new PackagedPage(inside, new EmbeddedDesk(all, drafts), sealed));
}
