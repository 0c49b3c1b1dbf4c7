// Gatherings of a learning network: a picture, and what each team told at each, side by side.

import { field, keepingFocus, make, press, saveFile, select, sendingForm } from "../working/elements.js";
import { showPicture } from "./pictures.js";
import { sureBox } from "./sure.js";

/** @param {any} page @param {any} place */
export async function gatheringsView(page, place) {
  const t = page.t;
  const all = await page.line.ask("gatherings", { network: page.learning ?? "" });
  if (page.view !== "gatherings") return;
  const which = select(all.networks.map((/** @type {string} */ name) => [name, name || t.oneNetwork]), all.network);
  which.addEventListener("change", () => { page.learning = which.value; page.show("gatherings"); });
  const save = async (/** @type {string} */ kind) => {
    const content = await page.line.ask("gatherings_file", { network: all.network, kind: `.${kind}` });
    saveFile(`${all.network || t.gatherings}.${kind}`, [Uint8Array.from(atob(content), (c) => c.charCodeAt(0))]);
  };
  keepingFocus(place, () => place.replaceChildren(
    all.networks.length > 1 ? make("div", { class: "mf-pair" }, field(t.learningNetwork, which)) : "",
    make("div", { class: "mf-tools" }, press(t.noteDown, () => noteForm(page, all, null), { class: "mf-main" }), press(t.undo, () => page.back("undo", "_gathering")), press(t.redo, () => page.back("redo", "_gathering"))),
    make("p", { class: "mf-quiet", text: t.gatheringsHelp }),
    ...(all.teams.length ? [
      make("div", { class: "mf-tools" }, make("span", { text: t.savePicture }), ...["svg", "png", "pdf"].map((kind) => press(kind.toUpperCase(), () => save(kind), { "aria-label": `${t.savePicture}: ${kind.toUpperCase()}` }))),
      showPicture(all.picture, t.gatherings), teamsTable(page, all)] : [make("p", { text: t.noGathering })])));
}

/** @param {any} page @param {any} all */
function teamsTable(page, all) {
  const t = page.t;
  const told = (/** @type {any} */ team, /** @type {any} */ one) => make("li", {}, make("span", { text: one.shown }), one.standing ? make("span", { class: "mf-quiet", text: ` (${one.standing})` }) : "", " ",
    press(t.change, () => noteForm(page, all, { ...one, team: team.team }), { "aria-label": `${t.change}: ${one.shown}` }));
  const rows = all.teams.map((/** @type {any} */ team) => make("tr", {}, make("th", { scope: "row", text: team.team }),
    ...team.told.map((/** @type {any[]} */ notes) => make("td", {}, notes.length ? make("ul", {}, ...notes.map((one) => told(team, one))) : "–"))));
  const head = [t.team, ...all.gatherings.map((/** @type {any} */ one) => one.shown)].map((label) => make("th", { scope: "col", text: label }));
  return make("div", { class: "mf-scroll", tabindex: "0", role: "region", "aria-label": t.whatTeamsTold },
    make("table", { class: "mf-teams" }, make("caption", { text: t.whatTeamsTold }), make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows)));
}

/** @param {any} page @param {any} all @param {any} there a note that is there, or nothing */
function noteForm(page, all, there) {
  const t = page.t;
  const words = (/** @type {string} */ key, /** @type {string} */ value) => make("input", { type: "text", maxlength: String(all.longest[key]), value });
  const network = words("network", all.network);
  const last = all.gatherings.at(-1)?.number ?? 1;
  const number = make("input", { type: "number", min: "1", value: String(last) });
  const day = make("input", { type: "date" });
  const team = words("team", there?.team ?? "");
  const kind = select(all.kinds, there?.kind ?? "goal");
  const said = make("textarea", { rows: "3", maxlength: String(all.longest.words) });
  said.value = there?.words ?? "";
  const theme = select([["", t.noTheme], ...page.choices.themes], there?.theme ?? "");
  const earlier = make("select", {});
  const dayAsked = field(t.day, day);
  const sure = sureBox(t);
  const fit = () => {
    const at = there?.number ?? Number(number.value);
    const theirs = all.teams.find((/** @type {any} */ one) => one.team === team.value.trim())?.told.flat() ?? [];
    const before = theirs.filter((/** @type {any} */ one) => one.number < at);
    const chosen = earlier.value || there?.earlier || "";
    earlier.replaceChildren(...[["", t.onItsOwn], ...before.map((/** @type {any} */ one) => [one.id, `${one.number}. ${one.shown}`])].map(([value, label]) => make("option", { value, text: label })));
    earlier.value = before.some((/** @type {any} */ one) => one.id === chosen) ? chosen : "";
    dayAsked.hidden = network.value.trim() === all.network && all.gatherings.some((/** @type {any} */ one) => one.number === at); // known already
  };
  const name = `gathering-${there?.id ?? ""}`;
  page.keepTyped(name, { words: said, team });
  const leave = () => {
    page.drafts.drop(name);
    page.forms.replaceChildren();
  };
  const shown = async (/** @type {Promise<any>} */ act) => {
    await act;
    page.learning = network.value.trim();
    leave();
    await page.show("gatherings");
  };
  const send = () => sure.asking((/** @type {boolean} */ isSure) => {
    const values = { team: team.value, kind: kind.value, words: said.value, theme: theme.value, earlier: earlier.value, sure: isSure };
    return shown(there ? page.change("change_note", { note: there.id, ...values }) : page.change("add_note", { network: network.value, number: Number(number.value), day: day.value, ...values }));
  });
  const place = there ? [] : [field(t.learningNetwork, network), make("p", { class: "mf-quiet", text: t.learningHelp }), field(t.whichGathering, number), dayAsked];
  page.forms.replaceChildren(sendingForm(t, { label: there ? t.change : t.noteDown, go: t.save, send, leave, asked: sure.shown },
    ...place, field(t.team, team), field(t.kind, kind), field(t.toldWords, said), field(t.theme, theme), field(t.goesOnFrom, earlier)),
  there ? make("div", { class: "mf-tools" }, press(t.remove, () => shown(page.change("remove_note", { note: there.id })))) : "");
  for (const one of [team, number, network]) one.addEventListener("input", fit);
  fit();
  (there ? said : team).focus();
  page.forms.scrollIntoView({ block: "nearest" });
}
