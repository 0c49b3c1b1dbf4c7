// The page of network maps: whose network, which day, the map with its table, the overview, then and now, the figures.

import { fill, keepingFocus, make, press, saveFile, select } from "../working/elements.js";
import { WorkingPage, rendering } from "../working/page.js";
import { actorForm, lineTold, placingForm } from "./actors.js";
import { datesView } from "./dates.js";
import { DrawnMap } from "./drawn.js";
import { figuresView } from "./figures.js";
import { formsView } from "./forms.js";
import { gatheringsView } from "./gatherings.js";
import { Hands } from "./hands.js";
import { coursesView } from "./courses.js";
import { anewForm, networkForm, settingsForm } from "./networks.js";
import { legendOf } from "./legend.js";
import { overviewView } from "./overview.js";
import { servicesView } from "./services.js";
import { sheetView } from "./sheet.js";

const POLL = 2000; // ms between looks at what others did
const RESIZED = 200; // ms after the window's size changed until labels are laid anew
const VIEWS = { map: null, overview: overviewView, dates: datesView, figures: figuresView, courses: coursesView, services: servicesView, forms: formsView, gatherings: gatheringsView };
const OF_A_NETWORK = new Set(["map", "overview", "dates", "figures"]);

class PathwaysPage extends WorkingPage {
  async open() {
    const all = await this.begin();
    const t = this.t;
    this.choices = all;
    this.takeIn(all);
    this.view = "map";
    this.named = false;
    this.drawn = new DrawnMap(t, all.geometry);
    this.told = make("p", { class: "mf-quiet mf-live", role: "status", "aria-live": "polite" });
    this.hands = new Hands(this, this.drawn, this.told);
    this.forms = make("div", { class: "mf-forms" });
    this.sheet = make("div", {});
    this.noRoom = make("p", { class: "mf-quiet" });
    this.legend = make("div", {});
    this.main = make("div", { class: "mf-view" });
    this.ways = make("nav", { "aria-label": t.views });
    this.tabs = new Map(Object.keys(VIEWS).map((view) => [view, make("button", { text: t[view], class: "mf-tab", on: { click: () => this.show(view) } })]));
    this.ways.append(...this.tabs.values());
    this.picks = make("div", { class: "mf-tools" });
    this.root.replaceChildren(make("div", { class: "mf-bar" }, make("h1", { text: all.title }), this.ways, this.picks, make("div", { class: "mf-told" }, this.vault, this.status)), this.contactLine, this.main);
    this.root.tabIndex = -1; // a press beside everything stays here too, not with the notebook around
    this.root.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.keys(event));
    this.watch = new ResizeObserver(() => {
      clearTimeout(this.resizing);
      this.resizing = setTimeout(() => this.relabel(), RESIZED);
    });
    this.watch.observe(this.drawn.node);
    await this.sendLeftovers();
    await this.refresh();
    const was = this.recall("map") || {};
    await this.enter(was.network ?? "", was.map ?? "");
    this.poll = setInterval(() => this.look(), POLL);
    this.root.dataset.ready = "1";
  }

  /** @param {any} news */
  takeIn(news) {
    this.seq = news.seq;
    this.vaultOpen = news.open;
    this.vault.textContent = news.open ? this.t.vaultOpen : this.t.vaultLocked;
    if (!news.networks) return;
    this.networks = news.networks;
    this.informants = news.informants;
    this.network = this.networks.find((/** @type {any} */ one) => one.id === this.network?.id) ?? null;
  }

  async refresh() {
    this.takeIn(await this.line.ask("since", { seq: -1 }));
  }

  /** Go to a network, and one of its maps: the newest, where none is named. @param {string} network @param {string} [map] */
  async enter(network, map = "") {
    this.network = this.networks.find((/** @type {any} */ one) => one.id === network) ?? this.networks.at(-1) ?? null;
    this.mapId = this.network && (this.network.maps.find((/** @type {any} */ one) => one.id === map) ?? this.network.maps.at(-1)).id;
    this.told.textContent = "";
    if (this.network) this.keep("map", { network: this.network.id, map: this.mapId });
    await this.show(this.view);
  }

  /** @param {string} view */
  async show(view) {
    this.view = view;
    this.calm();
    for (const [name, tab] of this.tabs) {
      if (name === view) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
    this.forms.replaceChildren();
    this.drawPicks();
    if (!OF_A_NETWORK.has(view)) {
      await this.fillMain();
      return;
    }
    if (!this.network) {
      this.main.replaceChildren(this.forms, make("p", { text: this.t.noNetwork }), press(this.t.newNetwork, () => networkForm(this, this.forms), { class: "mf-main" }));
      return;
    }
    await this.load();
    if (this.view === "map") this.drawMap();
    else await this.fillMain();
  }

  /** Show the view that is chosen; what stands in its way is told in its place. */
  async fillMain() {
    const view = this.view;
    if (this.main.previousSibling !== this.forms) this.main.before(this.forms); // moved, it would lose the focus
    try {
      await VIEWS[view](this, this.main);
    } catch (fault) {
      if (this.view === view) this.main.replaceChildren(make("p", { class: "mf-fault", role: "alert", text: /** @type {Error} */ (fault).message }));
    }
  }

  drawPicks() {
    const t = this.t;
    if (!this.network || !OF_A_NETWORK.has(this.view)) return this.picks.replaceChildren();
    const network = select(this.networks.map((/** @type {any} */ one) => [one.id, one.title]), this.network.id, { "aria-label": t.network });
    network.addEventListener("change", () => this.enter(network.value));
    const map = select(this.network.maps.map((/** @type {any} */ one) => [one.id, one.shown]), this.mapId, { "aria-label": t.drawnOn });
    map.addEventListener("change", () => this.enter(this.network.id, map.value));
    this.settings = press(t.settings, () => settingsForm(this, this.forms));
    keepingFocus(this.picks, () => this.picks.replaceChildren(network, map, press(t.drawAnew, () => anewForm(this, this.forms)), press(t.newNetwork, () => networkForm(this, this.forms)), this.settings));
  }

  async load() {
    this.map = await this.line.ask("map", { map: this.mapId, em: this.drawn.em, named: this.named && this.vaultOpen });
  }

  drawMap() {
    const t = this.t;
    const had = this.actorInFocus();
    this.lineButton = press(t.line, () => (this.hands.from === null ? this.hands.lineFrom() : this.hands.cancelLine()), { "aria-pressed": "false" });
    const names = press(t.showNames, () => this.showNames(), { "aria-pressed": String(this.named), title: t.namesHelp, disabled: !this.vaultOpen });
    const plain = make("input", { type: "checkbox" });
    const kinds = ["svg", "png", "pdf"].map((kind) => press(kind.toUpperCase(), () => this.save(kind, plain.checked), { "aria-label": `${t.savePicture}: ${kind.toUpperCase()}` }));
    this.main.replaceChildren(
      make("div", { class: "mf-tools" }, press(t.add, () => this.adding(), { class: "mf-main" }), this.lineButton, press(t.undo, () => this.back("undo")), press(t.redo, () => this.back("redo")), names),
      this.told,
      make("div", { class: "mf-two" }, make("div", { class: "mf-drawn" }, make("div", { class: "mf-scroll" }, this.drawn.node), this.legend, this.noRoom), make("div", {}, this.forms, this.sheet)),
      make("p", { class: "mf-quiet", text: t.keys }),
      make("div", { class: "mf-tools" }, make("span", { text: t.savePicture }), ...kinds, make("label", {}, plain, ` ${t.plain}`)));
    const around = /** @type {HTMLElement} */ (this.drawn.node.parentElement);
    around.scrollLeft = (around.scrollWidth - around.clientWidth) / 2; // on a small screen the middle is in sight
    this.drawAll(had);
    this.relabel();
  }

  actorInFocus() {
    return /** @type {any} */ (document.activeElement)?.closest?.(".mf-actor")?.dataset.id;
  }

  /** Draw map and table anew; who had the focus has it again. @param {string} [id] who is to have it if nobody on the map had */
  drawAll(id) {
    const focused = this.actorInFocus();
    const had = focused && this.map.places[focused] ? focused : id;
    this.drawn.draw(this.network, this.map);
    this.legend.replaceChildren(legendOf(this));
    this.noRoom.textContent = this.drawn.unlabelled ? fill(this.t.noRoom, { n: this.drawn.unlabelled }) : "";
    keepingFocus(this.sheet, () => sheetView(this, this.sheet));
    if (had) this.drawn.actors.get(had)?.group.focus();
    if (this.hands.from) this.drawn.actors.get(this.hands.from)?.group.classList.add("mf-from");
  }

  /** See the map as it stands by now. @param {string} [id] who is to have the focus, unless somebody on the map has it */
  async reload(id) {
    await this.refresh();
    if (!this.network?.maps.some((/** @type {any} */ one) => one.id === this.mapId)) return this.enter(this.network?.id ?? "");
    if (this.view !== "map") return this.show(this.view);
    await this.load();
    await this.released();
    this.drawPicks();
    this.drawAll(id);
  }

  /** Lay the labels anew where something moved, or the map has another size. */
  async relabel() {
    if (this.view !== "map" || !this.network || !this.drawn.node.isConnected) return;
    const map = this.map;
    const laid = await this.line.ask("labels", { map: this.mapId, em: this.drawn.em, named: this.named && this.vaultOpen });
    await this.released();
    if (map !== this.map || Object.keys(laid.words).length !== this.drawn.actors.size) return;
    Object.assign(this.map, laid);
    this.drawAll();
  }

  /** Somebody stands elsewhere by now: keep it, or put them back. @param {string} id @param {any} before */
  async moved(id, before) {
    const map = this.map;
    this.told.textContent = this.drawn.told(id);
    try {
      await this.change("place_actor", { map: this.mapId, actor: id, ...map.places[id] });
      await this.relabel();
    } catch {
      if (map === this.map) map.places[id] = before;
      await this.reload(id);
    }
  }

  /** @param {string} id @param {any} place */
  async put(id, place) {
    const before = this.map.places[id];
    this.map.places[id] = place;
    await this.moved(id, before);
  }

  /** Let somebody who stands on another map stand on this one too. @param {string} id @param {any} place */
  async putBack(id, place) {
    await this.change("place_actor", { map: this.mapId, actor: id, ...place }).catch(() => {});
    await this.reload(id);
  }

  /** A place in a sector where few stand. @param {string} sector */
  freePlace(sector) {
    const there = Object.values(this.map.places).filter((/** @type {any} */ one) => one.sector === sector);
    const free = (/** @type {any} */ place) => Math.min(9, ...there.map((/** @type {any} */ one) => Math.hypot(one.bearing - place.bearing, one.distance - place.distance)));
    const among = (/** @type {number[]} */ bearings, /** @type {number[]} */ distances) => bearings.flatMap((bearing) => distances.map((distance) => ({ distance, bearing })));
    const first = among([0.5, 0.3, 0.7, 0.15, 0.85], [0.5, 0.25, 0.75, 0.95]).reduce((best, place) => (free(place) > free(best) + 0.1 ? place : best));
    if (free(first) > 0) return first;
    const fine = Array.from({ length: 19 }, (_one, n) => (n + 1) / 20); // all those are taken
    return among(fine, fine).reduce((best, place) => (free(place) > free(best) ? place : best));
  }

  /** Ask who is to be placed. @param {any} [place] */
  adding(place = null) {
    placingForm(this, this.forms, place);
  }

  /** @param {string} id */
  choose(id) {
    actorForm(this, this.forms, id);
  }

  /** @param {string} id */
  async takeOff(id) {
    const there = [...this.drawn.actors.keys()];
    const next = there[there.indexOf(id) + 1] ?? there.at(-2);
    const who = this.map.words[id];
    const gone = await this.change("take_off", { map: this.mapId, actor: id }).then(() => true, () => false);
    this.forms.replaceChildren();
    await this.reload(gone ? next : id);
    if (gone) this.told.textContent = fill(this.t.takenOff, { who });
  }

  /** @param {string} one @param {string} other */
  async tie(one, other) {
    const told = lineTold(this, one, other);
    this.drawn.actors.get(other)?.group.focus();
    try {
      await this.change("tie", { map: this.mapId, one, other });
      this.told.textContent = told;
    } catch (fault) {
      this.told.textContent = /** @type {Error} */ (fault).message;
    }
    await this.reload();
  }

  lineEnded() {
    this.lineButton?.setAttribute("aria-pressed", "false");
  }

  /** @param {string} way undo or redo @param {string} [of] of what: of the map, if nothing is told */
  async back(way, of = "") {
    const t = this.t;
    this.told.textContent = "";
    const [done, none] = way === "undo" ? [t.undone, t.nothingUndone] : [t.redone, t.nothingRedone];
    try {
      const was = await this.change(way + of, {});
      await (of ? this.show(this.view) : this.goWhere(was.map));
      this.say((of ? was : was.done) ? done : none);
    } catch {
      await (of ? this.show(this.view) : this.reload()); // it is said already
    }
  }

  /** See what was taken back, on another map too. @param {string} map */
  async goWhere(map) {
    await this.refresh();
    const network = this.networks.find((/** @type {any} */ one) => one.maps.some((/** @type {any} */ each) => each.id === map));
    if (network && map !== this.mapId) await this.enter(network.id, map);
    else await this.reload();
  }

  async showNames() {
    this.named = !this.named;
    await this.load();
    this.drawMap();
    this.main.querySelector(`[title="${CSS.escape(this.t.namesHelp)}"]`)?.focus();
  }

  /** The vault was locked or opened: names go from the screen, or may be shown; what is half typed stays. */
  async vaultTurned() {
    this.named = this.named && this.vaultOpen;
    if (this.view === "overview" && this.network) await this.fillMain();
    if (this.view !== "map" || !this.network) return;
    await this.load();
    await this.released();
    this.drawMap();
  }

  /** @param {string} kind @param {boolean} plain */
  async save(kind, plain) {
    const content = await this.line.ask("picture", { map: this.mapId, kind: `.${kind}`, plain });
    saveFile(`${this.network.title}.${kind}`, [Uint8Array.from(atob(content), (c) => c.charCodeAt(0))]);
  }

  /** @param {KeyboardEvent} event */
  keys(event) {
    const typing = /** @type {any} */ (event.target).matches?.("input:not([type=checkbox]):not([type=range]), textarea");
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && !typing && this.network && (key === "z" || key === "y")) {
      event.preventDefault();
      this.back(key === "y" || event.shiftKey ? "redo" : "undo");
    }
    if (event.key !== "Tab") event.stopPropagation(); // not for the notebook around
  }

  close() {
    this.watch?.disconnect();
    super.close();
  }

  async look() {
    const news = await this.line.ask("since", { seq: this.seq });
    const changed = news.seq !== this.seq;
    const turned = news.open !== this.vaultOpen;
    this.takeIn(news);
    if (turned) await this.vaultTurned();
    if (!changed || this.sending.size || this.hands.waiting || this.forms.childElementCount) return;
    await this.released();
    if (this.network && this.view === "map") await this.reload();
    else if (this.view === "courses") await this.show("courses");
  }
}

export default { render: rendering((el, transport) => new PathwaysPage(el, transport, "mf-pathways")) };
