// What is attached to an entry: photos, sounds and texts shown in place while the vault is open, other files to be saved.

import { askFirst, make, newEdit, press, saveFile } from "../working/elements.js";

const PART = 393_216; // bytes of a file in one message

/** @param {any} page @param {any} one an entry @param {() => any} again */
export function attachedPart(page, one, again) {
  const t = page.t;
  const choose = make("input", { type: "file", "aria-label": t.attach, accept: "image/*,audio/*,.pdf,.docx,.odt,.txt,.md", hidden: true });
  choose.addEventListener("change", async () => {
    for (const file of choose.files) await send(page, one.id, file).catch((fault) => page.fail(fault));
    again();
  });
  const list = one.attached.map((/** @type {any} */ file) => filePart(page, file, again));
  return { list: list.length ? make("ul", { class: "mf-links", "aria-label": t.attachedFiles }, ...list) : null, button: press(t.attach, () => choose.click()), choose };
}

/** One file: a button that shows or saves it, and one that removes it. @param {any} page @param {any} file @param {() => any} again */
function filePart(page, file, again) {
  const t = page.t;
  const place = make("div", { class: "mf-attached" });
  const way = shownAs(file);
  const act = async () => {
    if (place.firstChild) return place.replaceChildren();
    const pieces = await fetchFile(page, file);
    if (way === "saved") return saveFile(file.name, pieces);
    return place.replaceChildren(await shown(page, file, way, pieces));
  };
  const open = press(`${way === "saved" ? t.saveFile : t.show} ${file.name}`, () => act().catch((/** @type {any} */ fault) => page.fail(fault)), { class: "mf-link" });
  if (way !== "saved") new MutationObserver(() => { open.textContent = `${place.firstChild ? t.hide : t.show} ${file.name}`; }).observe(place, { childList: true });
  return make("li", {}, make("div", { class: "mf-tools" }, open, press("×", () => askFirst(page.root, t, t.removeFile, file.name, () => page.change("remove_attachment", { attachment: file.id }).then(again, () => {})), { class: "mf-small", "aria-label": `${t.removeFile}: ${file.name}` })), place);
}

/** @param {any} file @returns {"img" | "audio" | "text" | "saved"} */
function shownAs(file) {
  if (/^image\/(png|jpeg|gif|webp)$/.test(file.type)) return "img";
  if (file.type.startsWith("audio/")) return "audio";
  return /\.(txt|md)$/i.test(file.name) ? "text" : "saved";
}

/** Take away what is shown: the vault was locked. @param {any} root */
export function hideAttached(root) {
  for (const place of root.querySelectorAll(".mf-attached")) place.replaceChildren();
}

/** Send a file in parts. @param {any} page @param {string} entry @param {File} file */
async function send(page, entry, file) {
  if (file.size > page.largest) throw new Error(page.t.tooLarge);
  const edit = newEdit();
  const bytes = new Uint8Array(await file.arrayBuffer());
  const parts = Math.max(1, Math.ceil(bytes.length / PART));
  for (let part = 0; part < parts; part += 1) {
    page.say(`${page.t.saving} ${Math.round((100 * part) / parts)} %`);
    const piece = bytes.subarray(part * PART, (part + 1) * PART);
    await page.line.ask("attach", { edit, entry, name: file.name, media_type: file.type, data: base64(piece), part, parts });
  }
  page.say(page.vaultOpen ? page.t.saved : page.t.nameWaits);
}

/** @param {any} page @param {any} file */
async function fetchFile(page, file) {
  const pieces = [];
  let parts = 1;
  for (let part = 0; part < parts; part += 1) {
    const answer = await page.line.ask("attachment", { attachment: file.id, part });
    parts = answer.parts;
    pieces.push(Uint8Array.from(atob(answer.data), (c) => c.charCodeAt(0)));
  }
  return pieces;
}

/** @param {any} page @param {any} file @param {"img" | "audio" | "text"} way @param {Uint8Array<ArrayBuffer>[]} pieces */
async function shown(page, file, way, pieces) {
  const blob = new Blob(pieces, { type: way === "text" ? "text/plain" : file.type });
  if (way === "text") return make("p", { class: "mf-said", text: await blob.text() });
  const made = way === "img" ? make("img", { alt: file.name }) : make("audio", { controls: true, "aria-label": file.name });
  made.addEventListener("error", () => made.replaceWith(make("p", { class: "mf-fault", text: page.t.cantShow })));
  made.src = URL.createObjectURL(blob);
  return made;
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  let text = "";
  for (let n = 0; n < bytes.length; n += 8192) text += String.fromCharCode(...bytes.subarray(n, n + 8192));
  return btoa(text);
}
