// Somebody on the map: placed by their role, changed, tied to others, taken off again.

import { field, fill, keepingFocus, make, press, select, sendingForm } from "../working/elements.js";
import { sureBox } from "./sure.js";

const MANY_TIES = 60; // others that are offered as boxes to tick; with more of them lines are drawn on the map only

/** Ask who is to be placed. @param {any} page @param {any} forms @param {any} place where, if a hand chose it */
export function placingForm(page, forms, place) {
  const t = page.t;
  const roles = [...page.choices.roles, ...page.choices.everydayRoles];
  const list = make("datalist", { id: "mf-roles" }, ...[...new Set(roles.map((/** @type {any} */ one) => one.label))].map((label) => make("option", { value: label })));
  const who = make("input", { type: "text", list: "mf-roles", maxlength: "100" });
  const sector = select([["", t.chooseSector], ...page.network.sectors.map((/** @type {any} */ one) => [one.id, one.label])], place?.sector ?? "");
  const kind = select(page.choices.actorKinds, "person");
  const level = select(page.choices.levels, "");
  const sure = sureBox(t);
  let chosen = Boolean(place);
  sector.addEventListener("change", () => (chosen = true));
  who.addEventListener("change", () => {
    const said = who.value.trim().toLowerCase().replace(/\s+\d+$/, "");
    const known = roles.find((/** @type {any} */ one) => one.words.includes(said));
    if (!known) return;
    kind.value = known.kind;
    level.value = known.level;
    const where = page.network.sectors.find((/** @type {any} */ one) => one.key === known.sector);
    if (where && !chosen) sector.value = where.id;
  });
  page.keepTyped("placing", { who });
  const leave = () => {
    page.drafts.drop("placing");
    forms.replaceChildren();
  };
  const send = async () => {
    if (who.value.trim() && !sector.value) throw new Error(t.sectorMissing);
    const there = sector.value === place?.sector ? place : { sector: sector.value, ...page.freePlace(sector.value) };
    const known = page.choices.roles.find((/** @type {any} */ one) => one.label === who.value.trim());
    const id = await sure.asking((/** @type {boolean} */ isSure) => page.change("add_actor", { map: page.mapId, label: who.value, ...there, kind: kind.value, level: level.value, role: known?.id ?? "", sure: isSure }));
    leave();
    await page.reload(id);
  };
  forms.replaceChildren(sendingForm(t, { label: t.add, go: t.add, send, leave, asked: sure.shown }, field(t.who, who), list, make("p", { class: "mf-quiet", text: t.whoHelp }), field(t.sector, sector), field(t.kind, kind), field(t.level, level)));
  who.focus();
}

/** Show somebody with all that can be changed. @param {any} page @param {any} forms @param {string} id */
export function actorForm(page, forms, id) {
  const t = page.t;
  const one = page.drawn.byId.get(id);
  const place = page.map.places[id];
  const who = make("input", { type: "text", value: one.label, maxlength: "100" });
  const sector = select(page.network.sectors.map((/** @type {any} */ each) => [each.id, each.label]), place.sector);
  const distance = make("input", { type: "range", min: "0", max: "100", value: String(Math.round(place.distance * 100)) });
  const kind = select(page.choices.actorKinds, one.kind);
  const level = select(page.choices.levels, one.level);
  const coordinates = make("input", { type: "checkbox", checked: one.coordinates });
  const sure = sureBox(t);
  const leave = () => {
    forms.replaceChildren();
    page.drawn.actors.get(id)?.group.focus();
  };
  const send = async () => {
    const changed = differing({ label: who.value, kind: kind.value, level: level.value, coordinates: coordinates.checked }, one);
    if (Object.keys(changed).length) await sure.asking((/** @type {boolean} */ isSure) => page.change("change_actor", { map: page.mapId, actor: id, sure: isSure, ...changed }));
    const there = { sector: sector.value, distance: Number(distance.value) / 100, bearing: sector.value === place.sector ? place.bearing : page.freePlace(sector.value).bearing };
    if (sector.value !== place.sector || Math.abs(there.distance - place.distance) >= 0.01) await page.change("place_actor", { map: page.mapId, actor: id, ...there });
    leave();
    await page.reload(id);
  };
  const lines = make("div", {});
  const drawLines = () => {
    if (page.map.places[id]) keepingFocus(lines, () => lines.replaceChildren(...tiesOf(page, id, drawLines)));
    else forms.replaceChildren();
  };
  drawLines();
  forms.replaceChildren(sendingForm(t, { label: page.map.words[id], send, leave, leaving: t.close, asked: sure.shown },
    field(t.who, who), field(t.sector, sector), field(t.distance, distance), field(t.kind, kind), field(t.level, level), field(t.coordinates, coordinates)),
  lines,
  make("div", { class: "mf-tools" }, press(t.takeOff, () => page.takeOff(id))));
  who.focus();
}

/** @param {Record<string, any>} values @param {any} were */
function differing(values, were) {
  return Object.fromEntries(Object.entries(values).filter(([key, value]) => were[key] !== value));
}

/** With whom somebody has to do, as boxes to tick; where lines have a direction, whom they lead to, and from whom.
 * @param {any} page @param {string} id @param {() => void} drawn draws them anew
 */
function tiesOf(page, id, drawn) {
  const t = page.t;
  const [to, from] = [(/** @type {string} */ other) => ({ one: id, other }), (/** @type {string} */ other) => ({ one: other, other: id })];
  if (!page.network.directed) return [tieBoxes(page, id, t.hasToDo, (tie) => tie.one === id || tie.other === id, to, drawn)];
  return [tieBoxes(page, id, t.linesTo, (tie) => tie.one === id, to, drawn), tieBoxes(page, id, t.linesComeFrom, (tie) => tie.other === id, from, drawn)];
}

/** One box for everybody else. @param {any} page @param {string} id @param {string} legend @param {(tie: any) => boolean} theirs which lines are meant
 * @param {(other: string) => {one: string, other: string}} ends of a line to somebody @param {() => void} drawn draws them anew
 */
function tieBoxes(page, id, legend, theirs, ends, drawn) {
  const others = page.map.actors.filter((/** @type {any} */ one) => one.id !== id && page.map.places[one.id]);
  const ties = page.map.ties.filter(theirs);
  const tied = (/** @type {any} */ tie) => (tie.one === id ? tie.other : tie.one);
  const again = async (/** @type {Promise<any>} */ act) => {
    await act.catch(() => {});
    await page.reload();
    drawn();
  };
  const box = (/** @type {any} */ other) => {
    const there = ties.filter((/** @type {any} */ tie) => tied(tie) === other.id);
    const tick = make("input", { type: "checkbox", checked: there.length > 0 });
    tick.addEventListener("change", () => again(tick.checked
      ? page.change("tie", { map: page.mapId, ...ends(other.id) })
      : Promise.all(there.map((/** @type {any} */ tie) => page.change("untie", { map: page.mapId, tie: tie.id })))));
    return make("li", {}, make("label", {}, tick, ` ${page.map.words[other.id]}`), ...there.flatMap((/** @type {any} */ tie) => tieChoices(page, tie, page.map.words[other.id], again)));
  };
  const shown = others.length > MANY_TIES ? others.filter((/** @type {any} */ other) => ties.some((/** @type {any} */ tie) => tied(tie) === other.id)) : others;
  return make("fieldset", { class: "mf-ties" }, make("legend", { text: legend }), make("ul", {}, ...shown.map(box)));
}

/** Kind and strength of a line, where the network's lines have any. @param {any} page @param {any} tie @param {string} whom @param {(act: Promise<any>) => any} again */
function tieChoices(page, tie, whom, again) {
  const t = page.t;
  const changed = (/** @type {Record<string, any>} */ values) => again(page.change("change_tie", { map: page.mapId, tie: tie.id, ...values }));
  const made = [];
  if (page.network.kinds) {
    const kind = select(page.choices.tieKinds, tie.kind, { "aria-label": `${t.lineKind}: ${whom}` });
    kind.addEventListener("change", () => changed({ kind: kind.value }));
    made.push(kind);
  }
  if (page.network.strengths) {
    const strength = select([["", "–"], ["1", t.weak], ["2", t.ordinary], ["3", t.strong]], String(tie.strength ?? ""), { "aria-label": `${t.lineStrength}: ${whom}` });
    strength.addEventListener("change", () => changed({ strength: strength.value ? Number(strength.value) : null }));
    made.push(strength);
  }
  return made;
}

/** Say what a line was. @param {any} page @param {string} one @param {string} other */
export function lineTold(page, one, other) {
  return fill(page.network.directed ? page.t.lineLeads : page.t.lineDrawn, { one: page.map.words[one], other: page.map.words[other] });
}
