// The review page: one passage, the reading in words, three answers with room for own words. Nothing else to learn.

import { field, fill, make, newEdit, press, select } from "../working/elements.js";
import { WorkingPage } from "../working/page.js";
import { passagePart, selectedIn } from "./marking.js";

export class ReviewPage extends WorkingPage {
  inside = false; // another page, which has the landmarks

  async open() {
    const all = await this.begin();
    this.themes = all.themes;
    this.effects = all.effects;
    this.determinants = all.determinants;
    this.contactWay = all.contact;
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
    const first = this.items.findIndex((/** @type {any} */ one) => !one.answers.length);
    this.at = this.recall("at") ?? Math.max(0, first);
    this.draw();
    this.root.dataset.ready = "1";
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
    const t = this.t;
    const item = this.items[this.at];
    const answered = this.items.filter((/** @type {any} */ one) => one.answers.length).length;
    if (!item) {
      this.main.replaceChildren(make("h2", { text: t.nothing }), make("p", { text: fill(t.answered, { n: answered }) }), make("p", { class: "mf-quiet", text: t.pause }),
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
      ...this.earlier(item), this.answerForm(item), this.takeAway(item), ways);
  }

  talk() {
    return this.contactWay ? make("p", { text: fill(this.t.contact, { contact: this.contactWay }) }) : null;
  }

  /** What this person said before. @param {any} item */
  earlier(item) {
    const t = this.t;
    const said = item.answers.map((/** @type {any} */ one) => make("p", { class: "mf-badge", text: fill(t.youSaid, { what: [t[one.stance], one.reading, one.words, one.at].filter(Boolean).join(" · ") }) }));
    return item.answers.some((/** @type {any} */ one) => one.blind) ? [...said, make("p", { class: "mf-quiet", text: t.yourFirst })] : said;
  }

  /** @param {any} item */
  answerForm(item) {
    const t = this.t;
    const draft = `answer-${item.id}`;
    const kept = this.drafts.get(draft) || {};
    let stance = kept.stance || "";
    /** @type {any} */
    let place = null;
    const words = make("textarea", { rows: "4" });
    const choice = (/** @type {any[]} */ all) => select(all.map((one) => [one.id, one.label]), all[0].id);
    const reading = { theme: choice(this.themes), effect: choice(this.effects), determinant: choice(this.determinants) };
    const own = make("fieldset", { hidden: true }, make("legend", { text: t.myReading }), field(t.theme, reading.theme), field(t.effect, reading.effect), field(t.determinant, reading.determinant),
      this.passage && make("div", { class: "mf-tools" }, press(t.otherWords, () => {
        place = selectedIn(this.passage);
        told.textContent = place ? fill(t.marked, place) : t.otherWords;
      })));
    const more = make("div", { hidden: !stance });
    const told = make("p", { role: "status" });
    const buttons = ["agree", "differ", "wonder"].filter((one) => item.reading || one !== "agree").map((one) => make("button", { text: one === "differ" && !item.reading ? t.myReading : t[one], class: "mf-stance", "data-stance": one, "aria-pressed": String(stance === one), on: { click: () => choose(one), mousedown: (/** @type {Event} */ e) => e.preventDefault() } }));
    const choose = (/** @type {string} */ chosen) => {
      stance = chosen;
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.stance === chosen));
      more.hidden = false;
      own.hidden = stance !== "differ";
      this.drafts.put(draft, { ...this.drafts.get(draft), stance, words: words.value });
    };
    const send = async () => {
      go.disabled = true; // pressed twice it would be said twice
      const act = this.begins();
      try {
        const chosen = stance === "differ" ? { theme: reading.theme.value, effect: reading.effect.value, determinant: reading.determinant.value } : null;
        const items = await this.change("answer", { item: item.id, stance, words: words.value, reading: chosen, start: place?.start ?? null, end: place?.end ?? null });
        this.drafts.drop(draft);
        this.items = items || await this.line.ask("items");
        if (this.isLast(act)) this.go(item.reading ? this.at + 1 : this.at); // now the other reading is shown, to think again
        this.say(t.sent);
      } catch (fault) {
        go.disabled = false;
        told.textContent = /** @type {Error} */ (fault).message;
        told.classList.add("mf-fault");
      }
    };
    const go = /** @type {HTMLButtonElement} */ (press(t.send, send, { class: "mf-main" }));
    more.append(own, field(t.ownWords, words), make("p", { class: "mf-quiet", text: t.ownWordsHelp }), told, go);
    words.addEventListener("input", () => this.drafts.put(draft, { stance, words: words.value }));
    words.value = kept.words || "";
    own.hidden = stance !== "differ";
    return make("section", { class: "mf-answer" }, make("div", { class: "mf-stances", role: "group" }, ...buttons), more);
  }

  /** Have a passage taken away at once. @param {any} item */
  takeAway(item) {
    const t = this.t;
    const away = async (/** @type {string} */ stance) => {
      const act = this.begins();
      this.main.replaceChildren(make("p", { role: "status", text: t.takenAway }), this.talk() || "");
      try {
        this.items = (await this.change("answer", { item: item.id, stance }, newEdit())) || await this.line.ask("items");
        if (!this.isLast(act)) return;
        const on = press(t.skip, () => this.go(Math.min(this.at, this.items.length)));
        this.main.append(on);
        on.focus();
      } catch {
        // said where it happened
      }
    };
    const first = this.own ? press(t.withhold, () => away("withhold")) : press(t.known, () => away("known"));
    return make("div", { class: "mf-tools mf-away" }, first, press(t.hard, () => away("hard")));
  }
}
