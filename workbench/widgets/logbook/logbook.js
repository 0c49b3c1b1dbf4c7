// The logbook's page: write, look back, go back and ask, and see what one held move.

import { make, press } from "../working/elements.js";
import { WorkingPage, rendering } from "../working/page.js";
import { hideAttached } from "./attached.js";
import { logView } from "./entries.js";
import { overviewView } from "./overview.js";
import { preunderstandingView } from "./preunderstanding.js";
import { questionsView } from "./questions.js";
import { takeOver, writingView } from "./writing.js";

const POLL = 1500; // ms between looks at what was done elsewhere

class LogbookPage extends WorkingPage {
  async open() {
    const all = await this.begin();
    this.settings = all.settings;
    this.largest = all.largest;
    this.themeLabels = all.themeLabels;
    this.people = all.people;
    this.effects = all.effects;
    this.determinants = all.determinants;
    this.asked = this.nothingAsked();
    this.writing = null;
    this.entriesShown = new Map(); // below each hypothesis, the entry that is shown
    this.takeIn(all);
    this.build(all.title);
    for (const { what, message } of await this.sendLeftovers()) if (what === "log") this.drafts.drop(`entry-${message.edit}`);
    await takeOver(this);
    const typed = this.drafts.names("entry-").at(-1);
    if (typed) this.writing = { id: typed.slice("entry-".length), item: this.drafts.get(typed) };
    this.show("write");
    this.poll = setInterval(() => this.look(), POLL);
    this.root.dataset.ready = "1";
  }

  /** @param {any} all */
  takeIn(all) {
    this.seq = all.seq;
    this.vaultOpen = all.open;
    this.draftsThere = all.drafts;
    this.waiting = all.waiting;
    this.questions = all.questions;
    this.hypotheses = all.hypotheses;
    this.settingsUsed = all.settingsUsed;
    this.places = all.places;
  }

  /** @param {string} title */
  build(title) {
    const t = this.t;
    const labels = { write: t.write, log: t.log, questions: t.questions, overview: t.overview, held: t.held };
    this.tabs = new Map(Object.entries(labels).map(([view, label]) => [view, press(label, () => this.show(view), { class: "mf-tab" })]));
    this.others = make("div", { class: "mf-view" });
    this.root.replaceChildren(
      make("div", { class: "mf-bar" }, make("h1", { text: title }), make("nav", { "aria-label": t.views }, ...this.tabs.values()), make("div", { class: "mf-told" }, this.vault, this.status)),
      this.contactLine, this.others);
    this.root.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => event.stopPropagation()); // not for the notebook around
    this.tellVault();
  }

  /** What the log is narrowed down to at first: nothing. */
  nothingAsked() {
    return { words: "", setting: null, unreflected: false, reflected: false, slower: 0, day: "", theme: "", only: "" };
  }

  /** Show one entry of the log. @param {string} entry */
  showOnly(entry) {
    this.asked = { ...this.nothingAsked(), only: entry };
    this.show("log");
  }

  tellVault() {
    this.vault.textContent = this.vaultOpen ? this.t.vaultOpen : this.t.vaultLocked;
  }

  /** @param {string} view */
  show(view) {
    if (view !== this.view) this.say(""); // what was said belongs to what one leaves
    this.view = view;
    this.entriesShown.clear();
    for (const [name, tab] of this.tabs) {
      if (name === view) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
    this.refresh();
  }

  /** @param {boolean} [quietly] */
  refresh(quietly = false) {
    const views = { write: writingView, log: logView, questions: questionsView, overview: overviewView, held: preunderstandingView };
    return views[this.view](this, this.others, quietly);
  }

  /** Whether somebody writes here, or looks at what is attached: nothing is drawn anew then. */
  typing() {
    return Boolean(this.others.querySelector(".mf-form, .mf-attached:not(:empty)")) || this.others.contains(document.activeElement);
  }

  /** Look what was done elsewhere; a view in which somebody types is left alone. */
  async look() {
    if (this.looking) return;
    this.looking = true;
    try {
      const news = await this.line.ask("since", { seq: this.seq });
      if (news.open !== this.vaultOpen) {
        this.vaultOpen = news.open;
        this.tellVault();
        if (!news.open) hideAttached(this.root);
      }
      if (news.seq !== this.seq) {
        this.takeIn(news);
        await this.released();
        if (this.view !== "write" && !this.typing()) await this.refresh(true);
      }
    } catch (fault) {
      this.fail(fault);
    } finally {
      this.looking = false;
    }
  }
}

export default { render: rendering((el, transport) => new LogbookPage(el, transport, "mf-logbook")) };
