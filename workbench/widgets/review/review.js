// The review page: one passage, the reading in words, three answers with room for own words. Nothing else to learn.

import { field, fill, make, newEdit, press } from "../working/elements.js";
import { WorkingPage } from "../working/page.js";
import { OtherWords, passagePart } from "./marking.js";
import { OwnReading } from "./reading.js";

export class ReviewPage extends WorkingPage {
  inside = false; // another page, which has the landmarks

  async open() {
    const all = await this.begin();
    this.themes = all.themes;
    this.effects = all.effects;
    this.determinants = all.determinants;
    this.contactWay = all.contact;
    this.closed = all.closed;
    this.own = all.kind === "member_check";
    this.items = all.items;
    this.shownHard = new Set(); // what somebody chose to see after the note
    const [head, body, title] = this.inside ? ["div", "div", "h2"] : ["header", "main", "h1"];
    this.main = make(body, { class: "mf-review-main", tabindex: "-1" });
    this.vault.hidden = true;
    this.root.replaceChildren(make(head, { class: "mf-bar" }, make(title, { text: all.title }), make("div", { class: "mf-told" }, this.vault, this.status)), this.contactLine, this.main);
    if (this.drafts.names("act-").length) {
      await this.sendLeftovers();
      this.items = await this.line.ask("items");
    }
    this.at = this.recall("at") ?? Math.max(0, this.first());
    this.draw();
    this.root.dataset.ready = "1";
  }

  /** Where somebody begins who was not here before. */
  first() {
    return this.items.findIndex((/** @type {any} */ one) => !one.answers.length);
  }

  /** An act, or a step to another passage, begins: an earlier one that is answered late moves the page no more. */
  begins() {
    return (this.acts = (this.acts || 0) + 1);
  }

  /** @param {number} act */
  isLast(act) {
    return act === this.acts;
  }

  /** @param {number} at */
  go(at) {
    this.begins();
    this.at = at;
    this.keep("at", at);
    this.draw();
    this.main.focus();
    scrollTo(0, 0);
  }

  draw() {
    this.build();
    this.drawn();
  }

  /** What stands under every view. */
  drawn() {}

  build() {
    const t = this.t;
    const item = this.items[this.at];
    const answered = this.items.filter((/** @type {any} */ one) => one.answers.length).length;
    if (!item) {
      this.main.replaceChildren(make("h2", { text: t.nothing }), answered ? make("p", { text: fill(t.answered, { n: answered }) }) : "", make("p", { class: "mf-quiet", text: t.pause }),
        this.items.length ? press(t.back, () => this.go(this.items.length - 1)) : "");
      return;
    }
    const head = make("p", { class: "mf-quiet", text: fill(t.progress, { n: this.at + 1, all: this.items.length }) });
    const ways = make("div", { class: "mf-tools mf-ways" }, this.at ? press(t.back, () => this.go(this.at - 1)) : null, press(t.skip, () => this.go(this.at + 1)));
    if (item.hard && !this.shownHard.has(item.id)) {
      this.main.replaceChildren(head, make("section", { class: "mf-card" }, make("h2", { text: t.hardNote }), this.talk(),
        make("div", { class: "mf-tools" }, press(t.showIt, () => { this.shownHard.add(item.id); this.draw(); }))), ways);
      return;
    }
    const [statement, ...passages] = [item.about === "statement" ? make("p", { class: "mf-claim", text: item.claims[0] }) : "", ...item.passages.map((/** @type {any} */ one) => passagePart(t, one))];
    this.passage = passages.length === 1 ? passages[0] : null;
    this.main.replaceChildren(head, make("p", { text: statement ? t.statementWhatToDo : this.own ? t.ownWhatToDo : t.whatToDo }), statement, ...passages,
      make("p", { class: "mf-reading-told", text: item.reading ? fill(t.theyRead, item) : t.blindFirst }),
      ...(statement ? [] : item.claims.map((/** @type {string} */ claim) => make("p", { class: "mf-reading-told", text: fill(t.restsOnIt, { claim }) }))),
      ...this.earlier(item), this.closed ? this.tooLate(item) : this.answerForm(item), this.closed ? "" : this.takeAway(item), ways);
  }

  talk() {
    return this.contactWay ? make("p", { text: fill(this.t.contact, { contact: this.contactWay }) }) : null;
  }

  /** What this person said before; the words themselves this browser alone has as they were typed. @param {any} item */
  earlier(item) {
    const t = this.t;
    const what = (/** @type {any} */ one) => [t[one.stance], one.reading, one.marked && fill(t.marked, { words: one.marked }), one.words || this.drafts.get(`said-${one.id}`), one.at].filter(Boolean).join(" · ");
    const said = item.answers.map((/** @type {any} */ one) => make("p", { class: "mf-badge", text: fill(t.youSaid, { what: what(one) }) }));
    return item.answers.some((/** @type {any} */ one) => one.blind) ? [...said, make("p", { class: "mf-quiet", text: t.yourFirst })] : said;
  }

  /** The round is closed; what was written and not sent is there to be copied. @param {any} item */
  tooLate(item) {
    const t = this.t;
    const unsent = this.drafts.get(`answer-${item.id}`)?.words;
    return make("section", { class: "mf-card" }, make("p", { text: t.closed }), unsent ? field(t.ownWords, make("textarea", { rows: "4", readonly: true, value: unsent })) : "");
  }

  /** @param {any} item */
  answerForm(item) {
    const t = this.t;
    const draft = `answer-${item.id}`;
    const kept = this.drafts.get(draft) || {};
    let stance = kept.stance || "";
    const words = make("textarea", { rows: "4" });
    const keep = () => this.drafts.put(draft, { stance, words: words.value, reading: reading.values, place: other && other.place });
    const reading = new OwnReading(t, this, kept.reading || {}, keep);
    const other = this.passage && new OtherWords(t, this.passage, kept.place || null, keep);
    const own = make("fieldset", { hidden: true }, make("legend", { text: t.myReading }), ...reading.fields, other && other.part);
    const more = make("div", { hidden: !stance });
    const told = make("p", { role: "status" });
    const buttons = ["agree", "differ", "wonder"].filter((one) => item.reading || one !== "agree").map((one) => make("button", { text: one === "differ" && !item.reading ? t.myReading : t[one], class: "mf-stance", "data-stance": one, "aria-pressed": String(stance === one), on: { click: () => choose(one), mousedown: (/** @type {Event} */ e) => e.preventDefault() } }));
    const choose = (/** @type {string} */ chosen) => {
      stance = chosen;
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.stance === chosen));
      more.hidden = false;
      own.hidden = stance !== "differ";
      keep();
    };
    const refuse = (/** @type {string} */ why) => {
      told.textContent = why;
      told.classList.add("mf-fault");
    };
    const send = async () => {
      const place = stance === "differ" ? other?.place : null;
      const differs = stance === "differ";
      if (differs && reading.begun && !reading.chosen) return refuse(t.chooseAll);
      if (differs && !reading.chosen && !place && !words.value.trim()) return refuse(t.sayHow);
      go.disabled = true; // pressed twice it would be said twice
      const [act, edit] = [this.begins(), newEdit()];
      if (words.value.trim()) this.drafts.put(`said-${edit}`, words.value.trim());
      try {
        const items = await this.change("answer", { item: item.id, stance, words: words.value, reading: differs ? reading.chosen : null, start: place?.start ?? null, end: place?.end ?? null }, edit);
        this.drafts.drop(draft);
        this.items = items || await this.line.ask("items");
        if (this.isLast(act)) this.go(item.reading ? this.at + 1 : this.at); // now the other reading is shown, to think again
        this.say(t.sent);
      } catch (fault) {
        go.disabled = false;
        this.drafts.drop(`said-${edit}`);
        refuse(/** @type {Error} */ (fault).message);
      }
    };
    const go = /** @type {HTMLButtonElement} */ (press(t.send, send, { class: "mf-main" }));
    more.append(own, field(t.ownWords, words), make("p", { class: "mf-quiet", text: t.ownWordsHelp }), told, go);
    words.addEventListener("input", keep);
    words.value = kept.words || "";
    own.hidden = stance !== "differ";
    return make("section", { class: "mf-answer" }, make("div", { class: "mf-stances", role: "group" }, ...buttons), more);
  }

  /** Have a passage taken away at once. @param {any} item */
  takeAway(item) {
    const t = this.t;
    const away = async (/** @type {string} */ stance) => {
      const act = this.begins();
      const after = this.items.slice(this.at + 1).map((/** @type {any} */ one) => one.id);
      this.main.replaceChildren(make("p", { role: "status", text: t.takenAway }), this.talk() || "");
      try {
        this.items = (await this.change("answer", { item: item.id, stance }, newEdit())) || await this.line.ask("items");
        if (!this.isLast(act)) return;
        const next = this.items.findIndex((/** @type {any} */ one) => after.includes(one.id)); // others may have gone with it
        const on = press(t.skip, () => this.go(next < 0 ? this.items.length : next));
        this.main.append(on);
        this.drawn();
        on.focus();
      } catch {
        // said where it happened
      }
    };
    const first = this.own ? press(t.withhold, () => away("withhold")) : press(t.known, () => away("known"));
    return make("div", { class: "mf-tools mf-away" }, first, press(t.hard, () => away("hard")));
  }
}
