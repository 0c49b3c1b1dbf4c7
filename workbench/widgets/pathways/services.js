// All services by level, and between which something goes on: a picture, and a table whose rows open what was said.

import { field, make, press, saveFile, select } from "../working/elements.js";
import { showPicture } from "./pictures.js";

/** @param {any} page @param {any} place */
export async function servicesView(page, place) {
  const t = page.t;
  const asked = page.servicesAsked ?? { informant: "", theme: "", flow: false };
  const made = await page.line.ask("services", asked);
  if (page.view !== "services") return;
  const again = (/** @type {Record<string, any>} */ values) => { page.servicesAsked = { ...asked, ...values }; page.show("services"); };
  const flow = select([["", t.allServices], ["flow", t.flows]], asked.flow ? "flow" : "");
  flow.addEventListener("change", () => again({ flow: flow.value === "flow" }));
  const whose = select([["", t.everybody], ...page.informants.map((/** @type {string} */ code) => [code, code])], asked.informant);
  whose.addEventListener("change", () => again({ informant: whose.value }));
  const theme = select([["", t.allThemes], ...page.choices.themes], asked.theme);
  theme.addEventListener("change", () => again({ theme: theme.value }));
  const save = async (/** @type {string} */ kind) => {
    const content = await page.line.ask("services_file", { ...asked, kind: `.${kind}` });
    saveFile(`${made.title}.${kind}`, [Uint8Array.from(atob(content), (c) => c.charCodeAt(0))]);
  };
  const opened = make("section", { "aria-live": "polite" });
  const head = (asked.flow ? [t.fromService, t.toService, t.inCourses] : [t.service, t.service, t.inNetworks, t.inCourses, t.inTurns]).map((label) => make("th", { scope: "col", text: label }));
  const rows = made.between.map((/** @type {any} */ one) => make("tr", {}, make("th", { scope: "row", text: one.one }), make("td", { text: one.other }), asked.flow ? null : make("td", { text: String(one.networks) }), make("td", { text: String(one.courses) }),
    asked.flow ? null : make("td", {}, one.told.length ? press(String(one.told.length), () => openTold(t, opened, one), { "aria-label": `${t.openTurns}: ${one.one} – ${one.other} (${one.told.length})` }) : "0")));
  place.replaceChildren(
    make("div", { class: "mf-pair" }, field(t.shown, flow), asked.flow ? null : field(t.around, whose), asked.flow ? null : field(t.theme, theme)),
    make("p", { class: "mf-quiet", text: t.servicesHelp }),
    make("div", { class: "mf-tools" }, make("span", { text: t.savePicture }), ...["svg", "png", "pdf"].map((kind) => press(kind.toUpperCase(), () => save(kind), { "aria-label": `${t.savePicture}: ${kind.toUpperCase()}` }))),
    showPicture(made.picture, made.title),
    rows.length ? make("div", { class: "mf-scroll", tabindex: "0", role: "region", "aria-label": t.between },
      make("table", { class: "mf-between" }, make("caption", { text: t.between }), make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows))) : "", opened);
}

/** @param {any} t @param {any} place @param {any} one */
function openTold(t, place, one) {
  const heading = make("h2", { text: `${one.one} – ${one.other}`, tabindex: "-1" });
  place.replaceChildren(heading, ...one.told.map((/** @type {any} */ told) => make("figure", {}, make("blockquote", { text: told.words }), make("figcaption", { text: told.source }))));
  heading.focus();
}
