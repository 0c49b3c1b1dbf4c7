// What is attached to an entry: photos and sounds shown in place while the vault is open, other files to be saved.

import { make, newEdit, press } from "../working/elements.js";

const PART = 393_216; // bytes of a file in one message

/** @param {any} page @param {any} one an entry @param {() => any} again */
export function attachedPart(page, one, again) {
  const t = page.t;
  const choose = make("input", { type: "file", "aria-label": t.attach, accept: "image/*,audio/*,.pdf,.docx,.odt,.txt,.md", hidden: true });
  choose.addEventListener("change", async () => {
    for (const file of choose.files) await send(page, one.id, file).catch((fault) => page.fail(fault));
    again();
  });
  const list = one.attached.map((/** @type {any} */ file) => {
    const place = make("div", { class: "mf-attached" });
    const show = press(`${t.show} ${file.name}`, () => open(page, file, place).catch((/** @type {any} */ fault) => page.fail(fault)), { class: "mf-link" });
    return make("li", {}, show, press("×", () => page.change("remove_attachment", { attachment: file.id }).then(again, () => {}), { class: "mf-small", "aria-label": `${t.removeFile}: ${file.name}` }), place);
  });
  return { list: list.length ? make("ul", { class: "mf-links", "aria-label": t.attachedFiles }, ...list) : null, button: press(t.attach, () => choose.click()), choose };
}

/** Send a file in parts. @param {any} page @param {string} entry @param {File} file */
async function send(page, entry, file) {
  const edit = newEdit();
  const bytes = new Uint8Array(await file.arrayBuffer());
  const parts = Math.max(1, Math.ceil(bytes.length / PART));
  for (let part = 0; part < parts; part += 1) {
    page.say(`${page.t.saving} ${Math.round((100 * part) / parts)} %`);
    const piece = bytes.subarray(part * PART, (part + 1) * PART);
    await page.line.ask("attach", { edit, entry, name: file.name, media_type: file.type, data: base64(piece), part, parts });
  }
  page.say(page.t.saved);
}

/** @param {any} page @param {any} file @param {any} place */
async function open(page, file, place) {
  const pieces = [];
  let parts = 1;
  for (let part = 0; part < parts; part += 1) {
    const answer = await page.line.ask("attachment", { attachment: file.id, part });
    parts = answer.parts;
    pieces.push(Uint8Array.from(atob(answer.data), (c) => c.charCodeAt(0)));
  }
  const shown = /^image\/(png|jpeg|gif|webp)$/.test(file.type) ? "img" : file.type.startsWith("audio/") ? "audio" : "a";
  const address = URL.createObjectURL(new Blob(pieces, { type: shown === "a" ? "application/octet-stream" : file.type }));
  if (shown === "img") place.replaceChildren(make("img", { src: address, alt: file.name }));
  else if (shown === "audio") place.replaceChildren(make("audio", { src: address, controls: true, "aria-label": file.name }));
  else place.replaceChildren(make("a", { href: address, download: file.name, text: file.name }));
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  let text = "";
  for (let n = 0; n < bytes.length; n += 8192) text += String.fromCharCode(...bytes.subarray(n, n + 8192));
  return btoa(text);
}
