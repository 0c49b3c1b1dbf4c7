// The network overview: a row for every role that may be filled, who is in the team, how to reach them, what they may
// help with. How to reach them is the vault's.

import { field, fill, keepingFocus, make, press, sendingForm } from "../working/elements.js";
import { sureBox } from "./sure.js";

const PHOTO = 240; // px that a photo is made small to

/** @param {any} page @param {any} place */
export async function overviewView(page, place) {
  const t = page.t;
  const contacts = page.vaultOpen ? await page.line.ask("contacts", { network: page.network.id }) : {};
  if (page.view !== "overview") return;
  const forms = make("div", { class: "mf-forms" });
  const filled = new Map(page.map.actors.map((/** @type {any} */ one) => [one.role, one]));
  const rows = page.choices.roles.map((/** @type {any} */ role) => [role.label, filled.get(role.id), role]);
  const known = new Set(page.choices.roles.map((/** @type {any} */ role) => role.id));
  for (const one of page.map.actors) if (!known.has(one.role) || filled.get(one.role) !== one) rows.push([one.label, one, null]);
  const head = [t.who, t.inTeam, t.contact, t.support].map((label) => make("th", { scope: "col", text: label }));
  keepingFocus(place, () => place.replaceChildren(
    make("p", { class: "mf-quiet", text: t.lockedContacts, hidden: page.vaultOpen }), forms,
    make("div", { class: "mf-scroll", tabindex: "0", role: "region", "aria-label": t.overview }, make("table", { class: "mf-overview" }, make("caption", { text: t.overview }), make("thead", {}, make("tr", {}, ...head)),
      make("tbody", {}, ...rows.map(([label, one, role]) => overviewRow(page, forms, contacts, label, one, role)))))));
}

/** @param {any} page @param {any} forms @param {any} contacts @param {string} label @param {any} one @param {any} role */
function overviewRow(page, forms, contacts, label, one, role) {
  const t = page.t;
  const head = make("th", { scope: "row", text: one ? one.label : label });
  if (!one) {
    const fillIn = async () => {
      const sector = (page.network.sectors.find((/** @type {any} */ each) => each.key === role.sector) || page.network.sectors.at(-1)).id;
      await page.change("add_actor", { map: page.mapId, label, sector, ...page.freePlace(sector), kind: role.kind, level: role.level, role: role.id }).catch(() => {});
      await page.reload();
    };
    return make("tr", { class: "mf-vacant" }, head, make("td", { colspan: "3" }, press(t.fillRow, fillIn, { "aria-label": `${t.fillRow}: ${label}` })));
  }
  const team = make("input", { type: "checkbox", checked: one.in_team, "aria-label": `${t.inTeam}: ${one.label}` });
  team.addEventListener("change", () => page.change("change_actor", { map: page.mapId, actor: one.id, in_team: team.checked }).catch(() => {}));
  const known = contacts[one.id] || {};
  const told = page.choices.contact.filter((/** @type {string} */ key) => key !== "photo" && known[key]).map((/** @type {string} */ key) => make("div", { text: known[key] }));
  const photo = known.photo ? make("img", { src: `data:image/jpeg;base64,${known.photo}`, alt: `${t.photo}: ${one.label}`, class: "mf-photo" }) : null;
  return make("tr", { "data-row": one.id }, head, make("td", {}, team),
    make("td", {}, photo, ...told, page.vaultOpen ? press(t.change, () => contactForm(page, forms, one, known), { "aria-label": `${t.contact}: ${one.label}` }) : null),
    make("td", {}, make("div", { text: one.support }), press(t.change, () => supportForm(page, forms, one), { "aria-label": `${t.support}: ${one.label}` })));
}

/** @param {any} page @param {any} forms @param {any} one @param {any} known */
function contactForm(page, forms, one, known) {
  const t = page.t;
  const types = { direct: "tel", main: "tel", mail: "email" };
  const keys = page.choices.contact.filter((/** @type {string} */ key) => key !== "photo");
  const fields = Object.fromEntries(keys.map((/** @type {string} */ key) => [key, make("input", { type: types[key] || "text", value: known[key] || "" })]));
  const photo = make("input", { type: "file", accept: "image/*" });
  const leave = () => forms.replaceChildren();
  const send = async () => {
    const values = Object.fromEntries(keys.map((/** @type {string} */ key) => [key, fields[key].value]));
    page.say("");
    if (photo.files[0]) values.photo = await small(t, photo.files[0]);
    await page.change("keep_contact", { map: page.mapId, actor: one.id, ...values });
    leave();
    await page.reload();
  };
  const names = { name: t.name, direct: t.direct, main: t.main, mail: t.mail, address: t.address };
  forms.replaceChildren(sendingForm(t, { label: fill("{who}: {what}", { who: one.label, what: t.contact }), send, leave }, make("h2", { text: one.label }), make("p", { class: "mf-quiet", text: t.contactHelp }),
    ...keys.map((/** @type {string} */ key) => field(names[key], fields[key])), field(t.photo, photo)));
  fields.name.focus();
}

/** A photo made small, as base64. @param {any} t @param {File} file */
async function small(t, file) {
  const image = await createImageBitmap(file).catch(() => { throw new Error(t.noPhoto); });
  const share = Math.min(1, PHOTO / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: Math.round(image.width * share), height: Math.round(image.height * share) });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.85).split(",")[1];
}

/** @param {any} page @param {any} forms @param {any} one */
function supportForm(page, forms, one) {
  const t = page.t;
  const words = make("textarea", { rows: "3", maxlength: "500", value: one.support });
  const sure = sureBox(t);
  const name = `support-${one.id}`;
  page.keepTyped(name, { words });
  const leave = () => {
    page.drafts.drop(name);
    forms.replaceChildren();
  };
  const send = async () => {
    await sure.asking((/** @type {boolean} */ isSure) => page.change("change_actor", { map: page.mapId, actor: one.id, support: words.value, sure: isSure }));
    leave();
    await page.reload();
  };
  forms.replaceChildren(sendingForm(t, { label: fill("{who}: {what}", { who: one.label, what: t.support }), send, leave, asked: sure.shown }, make("h2", { text: one.label }), field(t.support, words)));
  words.focus();
}
