// Networks and their maps: begun, drawn anew on another day, set up, removed.

import { askFirst, field, fill, make, press, select, sendingForm } from "../working/elements.js";
import { sureBox } from "./sure.js";

const dayNow = () => new Date().toLocaleDateString("sv"); // Swedish dates are ISO dates

/** @param {any} page @param {any} forms */
export function networkForm(page, forms) {
  const t = page.t;
  const title = make("input", { type: "text", maxlength: "200" });
  const whose = select([["", t.nobodyYet], ...page.informants.map((/** @type {string} */ code) => [code, code])], "");
  const day = make("input", { type: "date", value: dayNow() });
  const sure = sureBox(t);
  const sort = select([["person", t.personMap], ["actors", t.actorMap]], "person");
  page.keepTyped("network", { title });
  const leave = () => {
    page.drafts.drop("network");
    forms.replaceChildren();
  };
  const send = async () => {
    const id = await sure.asking((/** @type {boolean} */ isSure) => page.change("add_network", { title: title.value, informant: whose.value, day: day.value, actors: sort.value === "actors", sure: isSure }));
    leave();
    await page.refresh();
    await page.enter(id);
  };
  forms.replaceChildren(sendingForm(t, { label: t.newNetwork, go: t.begin, send, leave, asked: sure.shown }, field(t.sort, sort), field(t.whose, whose), field(t.title, title), field(t.day, day)));
  whose.focus();
}

/** @param {any} page @param {any} forms */
export function anewForm(page, forms) {
  const t = page.t;
  const day = make("input", { type: "date", value: dayNow() });
  const title = make("input", { type: "text", maxlength: "200" });
  const sure = sureBox(t);
  const copy = make("input", { type: "checkbox", checked: true });
  const leave = () => forms.replaceChildren();
  const send = async () => {
    const id = await sure.asking((/** @type {boolean} */ isSure) => page.change("add_map", { network: page.network.id, day: day.value, title: title.value, of: copy.checked ? page.mapId : "", sure: isSure }));
    leave();
    await page.refresh();
    await page.enter(page.network.id, id);
  };
  forms.replaceChildren(sendingForm(t, { label: t.drawAnew, go: t.drawAnew, send, leave, asked: sure.shown }, make("p", { class: "mf-quiet", text: t.drawAnewHelp }), field(t.day, day), field(t.aboutMap, title), field(t.fromEarlier, copy)));
  day.focus();
}

/** @param {any} page @param {any} forms */
export function settingsForm(page, forms) {
  const t = page.t;
  const network = page.network;
  const map = network.maps.find((/** @type {any} */ one) => one.id === page.mapId);
  const title = make("input", { type: "text", maxlength: "200", value: network.title });
  const whose = select([["", t.nobodyYet], ...page.informants.map((/** @type {string} */ code) => [code, code])], network.informant);
  const day = make("input", { type: "date", value: map.day });
  const about = make("input", { type: "text", maxlength: "200", value: map.title });
  const sure = sureBox(t);
  const flags = Object.entries({ directed: t.directed, kinds: t.kindsOn, strengths: t.strengthsOn }).map(([key, label]) => ({ key, label, box: make("input", { type: "checkbox", checked: network[key] }) }));
  const sectors = network.sectors.map((/** @type {any} */ one) => ({ ...one }));
  const list = make("div", {});
  const leave = () => forms.replaceChildren();
  const drawSectors = () => list.replaceChildren(...sectors.map((/** @type {any} */ one, /** @type {number} */ n) => {
    const name = make("input", { type: "text", value: one.label, maxlength: "100", "aria-label": fill(t.sectorName, { n: n + 1 }), on: { input: () => Object.assign(one, { label: name.value, key: name.value }) } });
    const paid = make("input", { type: "checkbox", checked: one.professional, on: { change: () => (one.professional = paid.checked) } });
    return make("div", { class: "mf-tools" }, name, make("label", {}, paid, ` ${t.byProfession}`), press("×", () => { sectors.splice(n, 1); drawSectors(); }, { "aria-label": fill(t.dropSector, { name: one.label }) }));
  }));
  drawSectors();
  const more = press(t.addSector, () => { sectors.push({ label: "", key: "", professional: false }); drawSectors(); list.querySelector(".mf-tools:last-child input").focus(); });
  const send = async () => {
    const changed = { title: title.value, informant: whose.value, ...Object.fromEntries(flags.map(({ key, box }) => [key, box.checked])) };
    const kept = Object.keys(changed).filter((key) => changed[key] !== network[key]);
    if (kept.length) await sure.asking((/** @type {boolean} */ isSure) => page.change("change_network", { network: network.id, sure: isSure, ...Object.fromEntries(kept.map((key) => [key, changed[key]])) }));
    if (day.value !== map.day || about.value !== map.title) await sure.asking((/** @type {boolean} */ isSure) => page.change("change_map", { map: map.id, day: day.value, title: about.value, sure: isSure }));
    const wanted = sectors.map((/** @type {any} */ one) => ({ id: one.id, label: one.key, professional: one.professional }));
    const were = network.sectors.map((/** @type {any} */ one) => ({ id: one.id, label: one.key, professional: one.professional }));
    if (JSON.stringify(wanted) !== JSON.stringify(were)) await sure.asking((/** @type {boolean} */ isSure) => page.change("set_sectors", { network: network.id, sectors: wanted, sure: isSure }));
    leave();
    await page.refresh();
    await page.reload();
    page.settings.focus();
  };
  const gone = async (/** @type {Promise<any>} */ act) => {
    await act.catch(() => {});
    leave();
    await page.refresh();
    await page.enter(page.networks.some((/** @type {any} */ one) => one.id === network.id) ? network.id : "");
  };
  forms.replaceChildren(sendingForm(t, { label: t.settings, send, leave, asked: sure.shown }, field(t.whose, whose), field(t.title, title), field(t.day, day), field(t.aboutMap, about),
    ...flags.flatMap(({ key, label, box }) => (key === "directed" && !network.directed ? [field(label, box), make("p", { class: "mf-quiet", text: t.directedHelp })] : [field(label, box)])), make("fieldset", {}, make("legend", { text: t.sectors }), list, more)),
  make("div", { class: "mf-tools" },
    network.maps.length > 1 ? press(t.removeMap, () => gone(page.change("remove_map", { map: page.mapId }))) : null,
    press(t.removeNetwork, () => askFirst(page.root, t, t.removeNetwork, t.removeNetworkHelp, () => gone(page.change("remove_network", { network: network.id }))))));
  title.focus();
}
