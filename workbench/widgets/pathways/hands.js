// What hands and keys do on the map: move somebody, open them, draw a line from one to another.

import { fill } from "../working/elements.js";

const SLIP = 4; // px that a hand may slip in a press
const STEP = 10; // units that an arrow key moves; with Shift four times as far
const REST = 500; // ms without a key until a move by keys is saved
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

export class Hands {
  /** @param {any} page @param {any} drawn @param {any} told where what happens is said */
  constructor(page, drawn, told) {
    this.page = page;
    this.drawn = drawn;
    this.told = told;
    this.drag = null;
    this.from = null; // where a line begins that is not drawn yet; "" where one is to be chosen
    this.waiting = null;
    const on = (/** @type {string} */ name, /** @type {(event: any) => void} */ act) => drawn.node.addEventListener(name, act);
    on("pointerdown", (event) => this.down(event));
    on("pointermove", (event) => this.move(event));
    on("pointerup", (event) => this.up(event));
    on("pointercancel", () => this.drop());
    drawn.node.addEventListener("touchmove", (/** @type {any} */ event) => this.drag && event.preventDefault(), { passive: false });
    on("dblclick", (event) => this.double(event));
    on("keydown", (event) => this.key(event));
    on("focusout", () => this.save());
  }

  /** @param {any} event */
  idOf(event) {
    return event.target.closest?.(".mf-actor")?.dataset.id ?? null;
  }

  /** @param {any} event */
  down(event) {
    const id = this.idOf(event);
    if (!id || event.button) {
      if (!id && this.from !== null) this.cancelLine();
      return;
    }
    this.save();
    this.drag = { id, x: event.clientX, y: event.clientY, moved: false, due: 0, pointer: event.pointerId };
    this.drawn.node.setPointerCapture(event.pointerId);
  }

  /** @param {any} event */
  move(event) {
    const drag = this.drag;
    if (!drag || this.from !== null) return;
    if (!drag.moved) {
      if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < SLIP) return;
      drag.moved = true;
      drag.before = this.drawn.map.places[drag.id];
      this.drawn.lift(drag.id);
    }
    drag.to = this.drawn.unitsAt(event);
    drag.due ||= requestAnimationFrame(() => {
      drag.due = 0;
      this.shift(drag.id, drag.to);
    });
  }

  /** @param {string} id @param {number[]} to */
  shift(id, [x, y]) {
    const places = this.drawn.map.places;
    places[id] = this.drawn.plane.within(x, y, places[id].sector);
    this.drawn.put(id);
  }

  /** @param {any} event */
  up(event) {
    const drag = this.drag;
    this.drag = null;
    if (!drag) return;
    if (!drag.moved) return this.released(drag.id, this.under(event) || drag.id);
    cancelAnimationFrame(drag.due);
    this.shift(drag.id, this.drawn.unitsAt(event));
    this.drawn.lower();
    this.drawn.actors.get(drag.id).group.focus();
    this.page.moved(drag.id, drag.before);
  }

  /** A press that moved nobody: a line may be drawn by dragging from one to another. @param {string} id @param {string} under */
  released(id, under) {
    if (this.from === null || under === id) return this.press(id);
    if (this.from === "") this.lineFrom(id);
    this.lineTo(under);
  }

  /** Who lies under a pointer, also while it is captured. @param {any} event */
  under(event) {
    const there = this.drawn.rest.getRootNode().elementFromPoint(event.clientX, event.clientY);
    return there?.closest(".mf-actor")?.dataset.id ?? null;
  }

  drop() {
    if (this.drag?.moved) {
      this.drawn.map.places[this.drag.id] = this.drag.before;
      this.drawn.lower();
      this.drawn.put(this.drag.id);
    }
    this.drag = null;
  }

  /** Somebody was pressed, by hand or Enter. @param {string} id */
  press(id) {
    if (this.from === null) this.page.choose(id);
    else this.lineTo(id);
  }

  /** @param {any} event */
  double(event) {
    if (this.idOf(event)) return;
    const [x, y] = this.drawn.unitsAt(event);
    const sector = this.drawn.plane.sectorAt(x, y);
    this.page.adding(this.drawn.plane.within(x, y, sector));
  }

  /** @param {any} event */
  key(event) {
    const id = this.idOf(event);
    if (event.key === "Escape" && this.from !== null) this.cancelLine();
    if (!id || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow) this.nudge(id, arrow, event.shiftKey ? 4 * STEP : STEP);
    else if (event.key === "Enter" || event.key === " ") this.press(id);
    else if (event.key.toLowerCase() === "l") this.lineTo(id);
    else if (event.key === "Delete" || event.key === "Backspace") this.page.takeOff(id);
    else return;
    event.preventDefault();
  }

  /** @param {string} id @param {number[]} way @param {number} far */
  nudge(id, way, far) {
    const before = this.waiting?.id === id ? this.waiting.before : this.drawn.map.places[id];
    const [x, y] = this.drawn.plane.at(this.drawn.map.places[id]);
    this.shift(id, [x + way[0] * far, y + way[1] * far]);
    clearTimeout(this.waiting?.timer);
    this.waiting = { id, before, timer: setTimeout(() => this.save(), REST) };
    this.told.textContent = this.drawn.told(id);
  }

  /** Save a move that keys made. */
  save() {
    if (!this.waiting) return;
    const { id, before, timer } = this.waiting;
    clearTimeout(timer);
    this.waiting = null;
    if (this.drawn.map.places[id]) this.page.moved(id, before);
  }

  // --- lines ---

  /** Begin a line, from somebody or from whoever is pressed next. @param {string} [id] */
  lineFrom(id = "") {
    this.from = id;
    this.drawn.node.classList.add("mf-lining");
    this.drawn.actors.get(id)?.group.classList.add("mf-from");
    this.told.textContent = id ? fill(this.page.t.lineFrom, { who: this.drawn.map.words[id] }) : this.page.t.lineChoose;
  }

  /** @param {string} id */
  lineTo(id) {
    const from = this.from;
    if (!from) return this.lineFrom(id);
    this.endLine();
    if (from === id) this.told.textContent = this.page.t.lineCancelled;
    else this.page.tie(from, id);
  }

  cancelLine() {
    this.endLine();
    this.told.textContent = this.page.t.lineCancelled;
  }

  endLine() {
    this.drawn.actors.get(this.from)?.group.classList.remove("mf-from");
    this.drawn.node.classList.remove("mf-lining");
    this.from = null;
    this.page.lineEnded();
  }
}
