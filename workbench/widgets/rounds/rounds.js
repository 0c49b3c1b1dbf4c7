// Rounds: a list, a form to open one, people invited, and the talk about what was said.

import { askFirst, field, fill, make, press, saveFile, sendingForm } from "../working/elements.js";
import { WorkingPage, rendering } from "../working/page.js";
import { comparingView } from "./comparing.js";
import { dialogueView } from "./dialogue.js";
import { seating } from "./here.js";
import { openingForm } from "./opening.js";
import { peopleView } from "./people.js";

const POLL = 2000; // ms between looks at what was answered

/** A secret that is told once, in a field to copy it from. @param {string} label */
function shownOnce(label) {
  const told = make("p", { role: "status" });
  const secret = make("input", { type: "text", readonly: true, hidden: true, "aria-label": label });
  const show = (/** @type {string} */ words, /** @type {string} */ value) => {
    told.textContent = words;
    secret.hidden = false;
    secret.value = value;
    secret.select();
  };
  return { parts: [told, secret], show };
}

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
    this.view = "rounds";
    this.seated = false;
    this.shown = new Set(); // what is held back in the talk, and somebody chose to show
    this.taken = make("div", { role: "status" }); // what came of files, whatever is drawn anew
    this.takeIn(all);
    this.main = make("div", { class: "mf-view", tabindex: "-1" });
    this.ways = make("nav", { "aria-label": this.t.views });
    this.tabs = new Map(["rounds", "people"].map((view) => [view, make("button", { text: this.t[view], class: "mf-tab", on: { click: () => this.show(view) } })]));
    this.root.replaceChildren(make("div", { class: "mf-bar" }, make("h1", { text: all.title }), this.ways, make("div", { class: "mf-told" }, this.vault, this.status)), this.contactLine, this.main);
    this.ways.append(...this.tabs.values());
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

  /** @param {string} view */
  show(view) {
    this.view = view;
    this.calm();
    return this.draw(null);
  }

  /** @param {any} [round] */
  async draw(round = this.talking) {
    this.talking = round;
    this.main.classList.remove("mf-meeting");
    for (const [name, tab] of this.tabs) {
      if (name === this.view) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
    if (this.view === "people") return peopleView(this, this.main);
    if (round) return (round.independent ? comparingView : dialogueView)(this, this.main, round);
    const t = this.t;
    const forms = make("div", { class: "mf-forms" });
    const choose = make("input", { type: "file", accept: ".medforsk", multiple: true, hidden: true, "aria-label": t.takeIn });
    choose.addEventListener("change", () => this.takeInFiles([...choose.files]));
    return this.main.replaceChildren(make("h2", { text: t.rounds }), make("div", { class: "mf-tools" }, press(t.newRound, () => openingForm(this, forms), { class: "mf-main" }), press(t.takeIn, () => choose.click()), choose), forms, this.taken,
      ...(this.rounds.length ? this.rounds.map((/** @type {any} */ one) => this.card(one)) : [make("p", { text: t.noRounds })]));
  }

  /** @param {any} one */
  card(one) {
    const t = this.t;
    const told = [one.kind, one.informant, one.closed ? t.closed : t.openNow, one.blind ? t.blindRound : "", one.deadline ? fill(t.until, { date: one.deadline }) : "",
      ...(one.independent ? [fill(t.texts, { n: one.items }), fill(t.codedCount, { n: one.coded })] : [fill(t.passages, { n: one.items }), fill(t.answers, { n: one.answers }), fill(t.settledCount, { n: one.settled })])];
    const place = make("div", {});
    return make("article", { class: "mf-card", "data-round": one.id }, make("h3", { text: one.title }), make("p", { class: "mf-quiet", text: told.filter(Boolean).join(" · ") }),
      make("div", { class: "mf-tools" }, press(one.independent ? t.compare : t.talk, () => this.draw(one), { class: "mf-main" }),
        one.alone ? press(fill(t.toldAlone, { n: one.alone }), () => this.telling(one, place)) : null,
        ...(one.closed ? [] : [press(t.invite, () => this.inviting(one, place)), press(t.answerHere, () => seating(this, one, place)), press(t.asFile, () => this.packing(one, place)), press(t.closeRound, () => askFirst(this.root, t, t.closeRound, one.title, () => this.change("close_round", { round: one.id }).catch(() => {})))])), place);
  }

  /** What people said to the researcher alone, out of the talk's sight. @param {any} round @param {any} place */
  async telling(round, place) {
    const lists = make("ul", {});
    place.replaceChildren(make("div", { class: "mf-card mf-open" }, make("p", { class: "mf-quiet", text: this.t.aloneHelp }), lists, make("div", { class: "mf-tools" }, press(this.t.close, () => place.replaceChildren()))));
    const told = await this.line.ask("told_alone", { round: round.id });
    lists.append(...told.map((/** @type {any} */ one) => make("li", {}, make("strong", { text: `${one.who}: ${one.what}` }), ` «${one.words}» `, make("span", { class: "mf-quiet", text: one.at }))));
  }

  /** @param {any} round @param {any} place */
  async inviting(round, place) {
    const t = this.t;
    const who = make("input", { type: "text", value: round.informant });
    const base = make("input", { type: "text", value: "" });
    const link = shownOnce(t.invite);
    const send = async () => {
      const made = await this.change("invite", { round: round.id, reviewer: who.value, base: base.value });
      link.show(fill(t.linkOnce, { who: who.value }), made);
    };
    place.replaceChildren(sendingForm(t, { label: t.invite, go: t.invite, send, leave: () => place.replaceChildren(), leaving: t.close }, field(t.who, who), field(t.base, base), ...link.parts));
    who.focus();
    const usual = await this.line.ask("base");
    base.value ||= usual; // unless another was typed meanwhile
  }

  /** Put the round into a file for somebody who never meets the server. @param {any} round @param {any} place */
  packing(round, place) {
    const t = this.t;
    const who = make("input", { type: "text", value: round.informant });
    const passphrase = shownOnce(t.passphrase);
    const send = async () => {
      const made = await this.change("package", { round: round.id, reviewer: who.value });
      saveFile(`${who.value}.html`, [made.page]);
      passphrase.show(fill(t.passphraseOnce, { who: who.value }), made.passphrase);
    };
    place.replaceChildren(sendingForm(t, { label: t.asFile, go: t.makeFile, send, leave: () => place.replaceChildren(), leaving: t.close }, make("p", { text: t.whatFileIs }), field(t.who, who), ...passphrase.parts));
    who.focus();
  }

  /** @param {File[]} files */
  async takeInFiles(files) {
    const [t, place] = [this.t, this.taken];
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

  /** Look what was answered; where somebody writes, or reads what they opened, nothing is drawn anew. */
  async look() {
    if (this.looking) return;
    this.looking = true;
    try {
      const news = await this.line.ask("since", { seq: this.seq });
      const changed = news.seq !== this.seq;
      this.takeIn(news);
      await this.released();
      if (changed && !this.seated && !this.main.querySelector(".mf-form, .mf-open")) await this.draw();
    } catch (fault) {
      this.fail(fault);
    } finally {
      this.looking = false;
    }
  }
}

export default { render: rendering((el, transport) => new RoundsPage(el, transport, "mf-rounds")) };
