// What every working page does: opens, says what happens, keeps an act until it is answered, remembers where one was.

import { Drafts } from "./drafts.js";
import { fill, followSystem, make, newEdit, press } from "./elements.js";
import { Line, kernelTransport } from "./transport.js";

const SLOW = 150; // ms after which an act that is not answered yet is said to be under way
const READ = 12000; // ms that a message stays
const SOON = 100; // ms after an act until the page looks what it did to the rest: first the act itself is drawn

/** @abstract A page has `open`, which begins and builds, and `look`, which sees what was done since. */
export class WorkingPage {
  /** @param {HTMLElement} el @param {any} transport @param {string} name the class of its root */
  constructor(el, transport, name) {
    this.el = el;
    this.line = new Line(transport, (away, waiting, long) => this.contact(away, waiting, long));
    this.root = make("div", { class: `mf-working ${name}` });
    el.append(this.root);
    this.poll = 0;
    this.sending = new Set(); // edits that are not answered yet
    this.held = false; // a button that is pressed must be there still when it is let go, or the press is lost
    this.root.addEventListener("pointerdown", () => (this.held = true));
    this.letGo = () => (this.held = false);
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, this.letGo);
  }

  /** Wait until nothing is held down: what is drawn anew then takes nothing from under the hand. */
  async released() {
    while (this.held) await new Promise((done) => setTimeout(done, SOON));
  }

  /** Ask what the page begins with; texts and drafts are ready after that. */
  async begin() {
    this.root.append(make("p", { class: "mf-loading", role: "status", text: "…" }));
    const all = await this.line.ask("open");
    this.t = all.texts;
    this.root.lang = this.t.language;
    this.study = all.study;
    this.drafts = new Drafts(all.study);
    await this.drafts.unlock(all.draftKey);
    this.status = make("span", { class: "mf-status", role: "status", "aria-live": "polite" });
    this.contactWords = make("span", { role: "alert" });
    this.contactAnew = press(this.t.loadAnew, () => this.loadAnew(), { hidden: true });
    this.contactLine = make("div", { class: "mf-contact", hidden: true }, this.contactWords, this.contactAnew);
    this.vault = make("span", { class: "mf-vault" });
    return all;
  }

  /** Change something: acknowledged visibly, kept until it is, undone in one.
   * @param {string} what @param {Record<string, any>} values @param {string} [edit]
   */
  async change(what, values, edit = newEdit()) {
    const name = `act-${Date.now()}-${edit}`;
    const message = { ...values, edit };
    const saving = setTimeout(() => this.say(this.t.saving), SLOW);
    this.sending.add(edit);
    this.drafts.put(name, { what, message });
    try {
      const answer = await this.line.ask(what, message);
      this.say(this.t.saved);
      return answer;
    } catch (fault) {
      this.fail(fault);
      throw fault;
    } finally {
      clearTimeout(saving);
      this.sending.delete(edit);
      this.drafts.drop(name);
      setTimeout(() => this.look(), SOON);
    }
  }

  /** Send what an earlier page could not; gives what was done. What was refused stands still where it was typed. */
  async sendLeftovers() {
    const done = [];
    for (const name of this.drafts.names("act-")) {
      const { what, message } = this.drafts.get(name);
      try {
        await this.line.ask(what, message);
        this.say(this.t.saved);
        done.push({ what, message });
        for (const typed of this.drafts.names("")) if (this.drafts.get(typed).id === message.edit) this.drafts.drop(typed);
      } catch (fault) {
        this.fail(fault);
      }
      this.drafts.drop(name);
    }
    return done;
  }

  /** Names of what was typed, and is not being sent. @param {string} beginning */
  unsent(beginning) {
    return this.drafts.names(beginning).filter((/** @type {string} */ name) => !this.sending.has(this.drafts.get(name).id));
  }

  /** @param {string} text */
  say(text) {
    this.status.textContent = text;
    this.status.classList.remove("mf-fault");
    clearTimeout(this.quieting);
    this.quieting = setTimeout(() => (this.status.textContent = ""), READ); // what went well need not stay in the way
  }

  /** @param {any} fault */
  fail(fault) {
    this.status.textContent = fault.message;
    clearTimeout(this.quieting);
    this.status.classList.add("mf-fault");
  }

  /** Take away what was refused: one has gone on to something else. */
  calm() {
    if (this.status.classList.contains("mf-fault")) this.say("");
  }

  /** Say that contact is lost, or back. Who served the page may be gone for good: loading it anew starts another, and
   * takes along what the browser could keep.
   * @param {boolean} away @param {number} waiting @param {boolean} long
   */
  contact(away, waiting, long) {
    if (!this.contactLine) return;
    const t = this.t;
    const serves = this.served ?? Promise.resolve("unknown");
    if (!away) this.served = null;
    else if (long && document.body.dataset.voila) this.served ??= this.whoServes(); // asked once: each asking starts a kernel
    this.contactLine.hidden = !away;
    const anew = long && document.body.dataset.voila && this.drafts.lasting;
    this.contactWords.textContent = away ? [anew ? t.awayLong : t.away, waiting ? fill(t.waitsHere, { n: waiting }) : ""].join(" ") : "";
    this.contactAnew.hidden = !anew;
    serves.then((/** @type {string} */ found) => {
      if (away && found === "another") this.tellElsewhere();
    });
    if (!away) this.say(t.back);
  }

  /** Who answers at the page's address: the one that handed it out, another that asks for its own, or nobody. */
  async whoServes() {
    try {
      const there = await fetch(location.href, { cache: "no-store" });
      return there.ok && !there.url.includes("/login") ? "same" : "another";
    } catch {
      return "nobody";
    }
  }

  tellElsewhere() {
    this.contactWords.textContent = this.t.elsewhere;
    this.contactAnew.hidden = true;
  }

  /** Load the page again, unless whoever serves it now knows this address no more. */
  async loadAnew() {
    const found = await this.whoServes();
    if (found === "same") location.reload();
    else if (found === "another") this.tellElsewhere();
  }

  /** Keep what is typed into fields as a draft, and put back what an earlier page kept.
   * @param {string} name @param {Record<string, any>} fields @param {Record<string, any>} [extra] what is kept beside it
   */
  keepTyped(name, fields, extra = {}) {
    const kept = this.drafts.get(name) || {};
    const keep = () => this.drafts.put(name, { ...extra, ...Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, field.value])) });
    for (const [key, field] of Object.entries(fields)) {
      if (key in kept) field.value = kept[key];
      field.addEventListener("input", keep);
    }
  }

  /** Where one was is nobody's words, so the browser may keep it. @param {string} name @param {any} value */
  keep(name, value) {
    localStorage.setItem(`medforsk-${name}-${this.study}`, JSON.stringify(value));
  }

  /** @param {string} name */
  recall(name) {
    try {
      return JSON.parse(localStorage.getItem(`medforsk-${name}-${this.study}`) || "null");
    } catch {
      return null;
    }
  }

  /** @abstract @returns {Promise<void>} */
  async look() {}

  close() {
    clearInterval(this.poll);
    clearTimeout(this.quieting);
    for (const end of ["pointerup", "pointercancel"]) document.removeEventListener(end, this.letGo);
    this.line.close();
  }
}

/** What anywidget calls to show a page. @param {(el: HTMLElement, transport: any) => any} made */
export function rendering(made) {
  return (/** @type {{model: any, el: HTMLElement}} */ { model, el }) => {
    followSystem();
    const page = made(el, kernelTransport(model));
    page.open().catch((/** @type {any} */ fault) => {
      page.root.replaceChildren(make("p", { class: "mf-fault", role: "alert", text: fault.message }));
      console.error(fault);
    });
    return () => page.close();
  };
}
