// Rounds: a list, a form to open one, people invited, and the talk about what was said.

import { askFirst, field, fill, make, press, saveFile, sendOnce } from "../working/elements.js";
import { WorkingPage, rendering } from "../working/page.js";
import { dialogueView } from "./dialogue.js";
import { seating } from "./here.js";
import { openingForm } from "./opening.js";

const POLL = 2000; // ms between looks at what was answered

class RoundsPage extends WorkingPage {
  async open() {
    const all = await this.begin();
    this.themes = all.themes;
    this.sources = all.sources;
    this.kinds = all.kinds;
    this.informants = all.informants;
    this.outcomes = all.outcomes;
    this.hypotheses = all.hypotheses;
    this.talking = null;
    this.seated = false;
    this.takeIn(all);
    this.main = make("div", { class: "mf-view", tabindex: "-1" });
    this.root.replaceChildren(make("div", { class: "mf-bar" }, make("h1", { text: all.title }), make("div", { class: "mf-told" }, this.vault, this.status)), this.contactLine, this.main);
    this.root.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => event.stopPropagation()); // not for the notebook around
    await this.sendLeftovers();
    await this.draw();
    this.poll = setInterval(() => this.look(), POLL);
    this.root.dataset.ready = "1";
  }

  /** @param {any} news */
  takeIn(news) {
    this.seq = news.seq;
    this.vaultOpen = news.open;
    this.vault.textContent = news.open ? this.t.vaultOpen : this.t.vaultLocked;
    if (news.rounds) this.rounds = news.rounds;
  }

  /** @param {any} [round] */
  async draw(round = this.talking) {
    this.talking = round;
    if (round) return dialogueView(this, this.main, round);
    const t = this.t;
    const forms = make("div", { class: "mf-forms" });
    const choose = make("input", { type: "file", accept: ".medforsk", multiple: true, hidden: true, "aria-label": t.takeIn });
    choose.addEventListener("change", () => this.takeInFiles([...choose.files], taken));
    const taken = make("div", { role: "status" });
    return this.main.replaceChildren(make("h2", { text: t.rounds }), make("div", { class: "mf-tools" }, press(t.newRound, () => openingForm(this, forms), { class: "mf-main" }), press(t.takeIn, () => choose.click()), choose), forms, taken,
      ...(this.rounds.length ? this.rounds.map((/** @type {any} */ one) => this.card(one)) : [make("p", { text: t.noRounds })]));
  }

  /** @param {any} one */
  card(one) {
    const t = this.t;
    const told = [one.kind, one.informant, one.closed ? t.closed : t.openNow, one.blind ? t.blindRound : "", one.deadline ? fill(t.until, { date: one.deadline }) : "",
      fill(t.passages, { n: one.items }), fill(t.answers, { n: one.answers }), fill(t.settledCount, { n: one.settled })];
    const place = make("div", {});
    return make("article", { class: "mf-card", "data-round": one.id }, make("h3", { text: one.title }), make("p", { class: "mf-quiet", text: told.filter(Boolean).join(" · ") }),
      make("div", { class: "mf-tools" }, press(t.talk, () => this.draw(one), { class: "mf-main" }),
        ...(one.closed ? [] : [press(t.invite, () => this.inviting(one, place)), press(t.answerHere, () => seating(this, one, place)), press(t.asFile, () => this.packing(one, place)), press(t.closeRound, () => askFirst(this.root, t, t.closeRound, one.title, () => this.change("close_round", { round: one.id }).catch(() => {})))])), place);
  }

  /** @param {any} round @param {any} place */
  inviting(round, place) {
    const t = this.t;
    const who = make("input", { type: "text", value: round.informant });
    const base = make("input", { type: "text", value: this.recall("base") || "http://127.0.0.1:8868/" });
    const told = make("p", { role: "status" });
    const link = make("input", { type: "text", readonly: true, hidden: true, "aria-label": t.invite });
    const send = () => sendOnce(place, async () => {
      try {
        const made = await this.change("invite", { round: round.id, reviewer: who.value, base: base.value });
        this.keep("base", base.value);
        told.textContent = fill(t.linkOnce, { who: who.value });
        link.hidden = false;
        link.value = made;
        link.select();
      } catch (fault) {
        told.textContent = /** @type {Error} */ (fault).message;
      }
    });
    const go = make("button", { text: t.invite, class: "mf-main" });
    go.setAttribute("type", "submit");
    place.replaceChildren(make("form", { class: "mf-form", "aria-label": t.invite, on: { submit: (/** @type {Event} */ e) => { e.preventDefault(); send(); } } }, field(t.who, who), field(t.base, base), told, link, make("div", { class: "mf-tools" }, go, press(t.close, () => place.replaceChildren()))));
    who.focus();
  }

  /** Put the round into a file for somebody who never meets the server. @param {any} round @param {any} place */
  packing(round, place) {
    const t = this.t;
    const who = make("input", { type: "text", value: round.informant });
    const told = make("p", { role: "status" });
    const passphrase = make("input", { type: "text", readonly: true, hidden: true, "aria-label": t.passphrase });
    const send = () => sendOnce(place, async () => {
      try {
        const made = await this.change("package", { round: round.id, reviewer: who.value });
        saveFile(`${who.value}.html`, [made.page]);
        told.textContent = fill(t.passphraseOnce, { who: who.value });
        passphrase.hidden = false;
        passphrase.value = made.passphrase;
      } catch (fault) {
        told.textContent = /** @type {Error} */ (fault).message;
      }
    });
    const go = make("button", { text: t.makeFile, class: "mf-main" });
    go.setAttribute("type", "submit");
    place.replaceChildren(make("form", { class: "mf-form", "aria-label": t.asFile, on: { submit: (/** @type {Event} */ e) => { e.preventDefault(); send(); } } }, make("p", { text: t.whatFileIs }), field(t.who, who), told, passphrase,
      make("div", { class: "mf-tools" }, go, press(t.close, () => place.replaceChildren()))));
    who.focus();
  }

  /** @param {File[]} files @param {any} place */
  async takeInFiles(files, place) {
    const t = this.t;
    place.replaceChildren();
    for (const file of files) {
      try {
        const taken = await this.change("merge", { content: await file.text() });
        place.append(make("p", { text: `${file.name}: ${fill(t.taken, taken)}` }));
      } catch (fault) {
        place.append(make("p", { class: "mf-fault", text: `${file.name}: ${/** @type {Error} */ (fault).message}` }));
      }
    }
  }

  /** Look what was answered; where somebody writes, nothing is drawn anew. */
  async look() {
    if (this.looking) return;
    this.looking = true;
    try {
      const news = await this.line.ask("since", { seq: this.seq });
      const changed = news.seq !== this.seq;
      this.takeIn(news);
      await this.released();
      if (changed && !this.seated && !this.main.querySelector(".mf-form, [role=status]:not(:empty)")) await this.draw();
    } catch (fault) {
      this.fail(fault);
    } finally {
      this.looking = false;
    }
  }
}

export default { render: rendering((el, transport) => new RoundsPage(el, transport, "mf-rounds")) };
