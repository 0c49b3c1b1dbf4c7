// The map on the screen, in two layers: all that rests, and above it only who is being moved, with their lines.

import { fill } from "../working/elements.js";
import { Plane } from "./geometry.js";

const SVG = "http://www.w3.org/2000/svg";
const READABLE = 13; // px that labels have on the screen, however small the map is
const LARGEST_EM = 30; // units that they take at most
const HIT = 24; // px from side to side that a finger needs
export const DASHES = { information: "9 5", referral: "2 5", meetings: "14 4 2 4", support: "20 3" };

/** @param {string} tag @param {Record<string, any>} [attributes] @param {...any} children */
export function drawElement(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/** Everything that is seen of one map. */
export class DrawnMap {
  /** @param {any} t @param {any} measures */
  constructor(t, measures) {
    this.t = t;
    this.measures = measures;
    const frame = { viewBox: `0 0 ${measures.width} ${measures.height}` };
    this.rest = drawElement("svg", { ...frame, role: "group", class: "mf-map-rest" });
    this.moving = drawElement("svg", { ...frame, "aria-hidden": "true", class: "mf-map-moving" });
    this.node = document.createElement("div");
    this.node.className = "mf-map";
    this.node.append(this.rest, this.moving);
    this.back = drawElement("g");
    this.tied = drawElement("g", { class: "mf-lines" });
    this.middle = drawElement("g");
    this.people = drawElement("g");
    this.rest.append(this.back, this.tied, this.middle, this.people);
    /** @type {Map<string, any>} */
    this.actors = new Map();
    /** @type {Map<string, any[]>} */
    this.lines = new Map();
    this.lifted = null;
    this.unlabelled = 0; // how many have no room for their label
  }

  /** Units of the picture that one pixel is. */
  get scale() {
    return this.measures.width / (this.rest.getBoundingClientRect().width || this.measures.width);
  }

  /** How large labels are to be set, in the picture's units. */
  get em() {
    return Math.min(LARGEST_EM, Math.max(this.measures.em, READABLE * this.scale));
  }

  /** Draw a map. Who stands on it already stays the same node: nothing is taken from under a hand, a focus or a screen reader.
   * @param {any} network @param {any} map
   */
  draw(network, map) {
    this.lower();
    const m = this.measures;
    this.plane = new Plane(m, network.sectors);
    this.map = map;
    this.network = network;
    this.byId = new Map(map.actors.map((/** @type {any} */ one) => [one.id, one]));
    this.lines.clear();
    this.rest.setAttribute("aria-label", network.title);
    const back = [
      drawElement("circle", { cx: m.x, cy: m.y, r: m.outer + m.border, class: "mf-edge" }),
      ...network.sectors.map((/** @type {any} */ _one, /** @type {number} */ n) => this.border(n)),
      ...map.sectorNames.map(([words, x, y]) => this.words(words, x, y, "mf-sector-name")),
    ];
    if (network.directed) back.unshift(this.arrow());
    this.back.replaceChildren(...back);
    this.middle.replaceChildren(drawElement("circle", { cx: m.x, cy: m.y, r: m.inner / 2, class: "mf-middle" }), this.words([network.centre], m.x, m.y + m.em * 0.35, "mf-middle-name"));
    this.tied.replaceChildren();
    for (const tie of map.ties) if (map.places[tie.one] && map.places[tie.other]) this.line(tie, this.tied);
    this.gather(map.actors.filter((/** @type {any} */ one) => map.places[one.id]));
    for (const id of this.actors.keys()) this.put(id);
    this.label(map);
  }

  /** Let just those be there, in their order. @param {any[]} there */
  gather(there) {
    const before = this.actors;
    this.actors = new Map(there.map((one) => [one.id, before.get(one.id) ?? this.actor(one)]));
    for (const [id, { group }] of before) if (!this.actors.has(id)) group.remove();
    let last = null;
    for (const one of there) {
      const { group } = this.actors.get(one.id);
      const next = last ? last.nextSibling : this.people.firstChild;
      if (next !== group) this.people.insertBefore(group, next);
      last = group;
      this.sign(one);
    }
  }

  /** @param {number} n */
  border(n) {
    const m = this.measures;
    const turn = (2 * Math.PI * n) / this.network.sectors.length;
    const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
    return drawElement("line", { x1: m.x + (m.inner / 2) * sin, y1: m.y - (m.inner / 2) * cos, x2: m.x + (m.outer + m.border) * sin, y2: m.y - (m.outer + m.border) * cos, class: "mf-border" });
  }

  arrow() {
    return drawElement("defs", {}, drawElement("marker", { id: "mf-arrow", viewBox: "0 0 10 10", refX: 10, refY: 5, markerWidth: 18, markerHeight: 18, markerUnits: "userSpaceOnUse", orient: "auto" }, drawElement("path", { d: "M0 0L10 5L0 10z" })));
  }

  /** @param {string[]} lines @param {number} x @param {number} y @param {string} name */
  words(lines, x, y, name) {
    const text = drawElement("text", { class: name });
    this.write(text, lines, x, y);
    return text;
  }

  /** @param {any} text @param {string[]} lines @param {number} x @param {number} y */
  write(text, lines, x, y) {
    text.style.fontSize = `${this.em}px`;
    text.replaceChildren(...lines.map((line, n) => drawElement("tspan", { x, y: y + n * 1.2 * this.em }, n < lines.length - 1 ? `${line} ` : line)));
  }

  /** @param {any} tie @param {any} place */
  line(tie, place) {
    const line = drawElement("line", { "data-tie": tie.id, "stroke-dasharray": DASHES[tie.kind], "stroke-width": 1 + (tie.strength || 1), "marker-end": this.network.directed ? "url(#mf-arrow)" : null });
    place.append(line);
    for (const end of [tie.one, tie.other]) {
      if (!this.lines.has(end)) this.lines.set(end, []);
      this.lines.get(end).push({ line, tie });
    }
  }

  /** @param {any} one */
  actor(one) {
    const group = drawElement("g", { class: "mf-actor", tabindex: 0, role: "button", "data-id": one.id, "data-lm-suppress-shortcuts": "true" });
    return { group, text: drawElement("text", {}), title: drawElement("title"), hanger: drawElement("line", { class: "mf-hanger" }), looks: "" };
  }

  /** Draw somebody's sign, unless it looks so already. @param {any} one */
  sign(one) {
    const m = this.measures;
    const reach = Math.max(m.radius + 4, (HIT / 2) * this.scale);
    const there = this.actors.get(one.id);
    const looks = [one.kind, one.coordinates, reach].join();
    if (there.looks === looks) return;
    there.looks = looks;
    const sign = one.kind === "service"
      ? drawElement("rect", { x: -m.radius * 0.9, y: -m.radius * 0.9, width: m.radius * 1.8, height: m.radius * 1.8, rx: 3, class: "mf-service" })
      : drawElement("circle", { r: m.radius, class: one.kind === "uncounted" ? "mf-uncounted" : "mf-person" });
    const ring = one.coordinates ? [drawElement("circle", { r: m.radius + 5, class: "mf-coordinator" })] : [];
    there.group.replaceChildren(drawElement("circle", { r: reach, class: "mf-hit" }), ...ring, sign, there.hanger, there.text, there.title);
  }

  /** Put somebody, and their lines, where their place is. @param {string} id */
  put(id) {
    const { group } = this.actors.get(id);
    const [x, y] = this.plane.at(this.map.places[id]);
    group.setAttribute("transform", `translate(${x.toFixed(1)},${y.toFixed(1)})`);
    for (const { line, tie } of this.lines.get(id) || []) this.stretch(line, tie);
  }

  /** @param {any} line @param {any} tie */
  stretch(line, tie) {
    const [one, other] = [tie.one, tie.other].map((end) => this.plane.at(this.map.places[end]));
    const long = Math.hypot(other[0] - one[0], other[1] - one[1]) || 1;
    const [along, down] = [(other[0] - one[0]) / long, (other[1] - one[1]) / long];
    const right = tie.aside * (tie.one <= tie.other ? 1 : -1);
    const [dx, dy, x, y] = [along * this.measures.radius, down * this.measures.radius, -down * right, along * right];
    for (const [name, value] of Object.entries({ x1: one[0] + dx + x, y1: one[1] + dy + y, x2: other[0] - dx + x, y2: other[1] - dy + y })) line.setAttribute(name, value.toFixed(1));
  }

  /** Write the labels where they have room, and say of everybody what is seen of them. @param {any} laid */
  label(laid) {
    Object.assign(this.map, { words: laid.words, labels: laid.labels, sectorNames: laid.sectorNames });
    this.unlabelled = 0;
    for (const [id, { group, text, title, hanger }] of this.actors) {
      const at = this.plane.at(this.map.places[id]);
      const label = laid.labels[id];
      text.replaceChildren();
      hanger.setAttribute("visibility", "hidden");
      group.setAttribute("aria-label", this.told(id));
      title.textContent = label ? "" : this.map.words[id]; // a pointer finds it at least
      if (!label) {
        this.unlabelled += 1;
        continue;
      }
      const [lines, x, y, left, top, right, bottom] = label;
      this.write(text, lines, x - at[0], y - at[1]);
      const near = [Math.min(Math.max(at[0], left), right), Math.min(Math.max(at[1], top), bottom)];
      if (Math.hypot(near[0] - at[0], near[1] - at[1]) > 2 * this.measures.radius) {
        for (const [name, value] of Object.entries({ x1: 0, y1: 0, x2: near[0] - at[0], y2: near[1] - at[1], visibility: "visible" })) hanger.setAttribute(name, String(value));
      }
    }
  }

  /** Somebody in words. @param {string} id */
  told(id) {
    const { t, map } = this;
    const place = map.places[id];
    const sector = this.network.sectors.find((/** @type {any} */ one) => one.id === place.sector)?.label ?? "";
    const where = fill(t.place, { who: map.words[id], sector, percent: Math.round(place.distance * 100) });
    return `${where}, ${this.linesTold(id)}`;
  }

  /** With whom somebody has to do, in words; where lines have a direction, to whom they lead, and from whom. @param {string} id */
  linesTold(id) {
    const t = this.t;
    const named = (/** @type {string[]} */ ids) => ids.map((other) => this.map.words[other]).join(", ") || t.nobody;
    if (!this.network.directed) return fill(t.linesOf, { whom: named(this.neighbours(id)) });
    const { to, from } = this.ends(id);
    return `${fill(t.linesToWhom, { whom: named(to) })}, ${fill(t.linesFrom, { whom: named(from) })}`;
  }

  /** To whom somebody's lines lead, and from whom lines lead to them. @param {string} id */
  ends(id) {
    const ties = (this.lines.get(id) || []).map(({ tie }) => tie);
    return { to: ties.filter((tie) => tie.one === id).map((tie) => tie.other), from: ties.filter((tie) => tie.other === id).map((tie) => tie.one) };
  }

  /** With whom somebody has to do. @param {string} id @returns {string[]} */
  neighbours(id) {
    return [...new Set((this.lines.get(id) || []).map(({ tie }) => (tie.one === id ? tie.other : tie.one)))];
  }

  /** Take somebody and their lines into the upper layer, so that nothing else is painted while they move. @param {string} id */
  lift(id) {
    const { group } = this.actors.get(id);
    const [mark, marks] = [document.createComment(""), []];
    group.before(mark);
    for (const { line } of this.lines.get(id) || []) {
      const stands = document.createComment("");
      line.before(stands);
      marks.push([stands, line]);
    }
    this.moving.append(...marks.map(([, line]) => line), group);
    this.lifted = { id, marks: [[mark, group], ...marks] };
  }

  /** Put back who was lifted, in their old place: the order of the Tab key stays. */
  lower() {
    for (const [mark, node] of this.lifted?.marks ?? []) mark.replaceWith(node);
    this.lifted = null;
  }

  /** A point of the screen in the picture's units. @param {{clientX: number, clientY: number}} event @returns {[number, number]} */
  unitsAt(event) {
    const box = this.rest.getBoundingClientRect();
    return [(event.clientX - box.left) * this.scale, (event.clientY - box.top) * this.scale];
  }
}
