// A round in one file: it asks for its passphrase, opens what it holds, and keeps the answers until they are saved as a
// small file to send back.

import { Drafts } from "../working/drafts.js";
import { field, fill, followSystem, make, press, saveFile } from "../working/elements.js";

const ENCODER = new TextEncoder();

/** @param {string} text base64 */
function bytesOf(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** @param {...Uint8Array} parts one after the other, as base64 */
function textOf(...parts) {
  return btoa(parts.map((part) => Array.from(part, (byte) => String.fromCharCode(byte)).join("")).join(""));
}

/** What the researcher's machine sealed, and what opens its answers there. The means are told in workbench/review/packages.py. */
export class Sealed {
  /** @param {any} given */
  constructor(given) {
    this.given = given;
  }

  /** @param {string} what */
  bound(what) {
    return ENCODER.encode(`medforsk-${what}-1:${this.given.id}`);
  }

  /** Open what the page shows; throws where the passphrase is another. @param {string} passphrase */
  async open(passphrase) {
    const letters = passphrase.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
    const drawn = await crypto.subtle.importKey("raw", ENCODER.encode(letters), "PBKDF2", false, ["deriveKey"]);
    const way = { name: "PBKDF2", hash: "SHA-256", salt: bytesOf(this.given.salt), iterations: this.given.rounds };
    this.key = await crypto.subtle.deriveKey(way, drawn, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    return JSON.parse(new TextDecoder().decode(await this.opened(this.key, bytesOf(this.given.nonce), bytesOf(this.given.box), "package")));
  }

  /** @param {CryptoKey} key @param {Uint8Array} nonce @param {Uint8Array} box @param {string} what */
  opened(key, nonce, box, what) {
    return crypto.subtle.decrypt({ name: "AES-GCM", iv: /** @type {any} */ (nonce), additionalData: this.bound(what) }, key, /** @type {any} */ (box));
  }

  /** @param {CryptoKey} key @param {any} content @param {string} what */
  async sealed(key, content, what) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return textOf(iv, new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: this.bound(what) }, key, content)));
  }

  /** The answers as a file. @param {any[]} answers */
  async answers(answers) {
    const raw = crypto.getRandomValues(new Uint8Array(32));
    const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
    const round = await crypto.subtle.importKey("spki", bytesOf(this.given.public), { name: "RSA-OAEP", hash: "SHA-256" }, false, ["encrypt"]);
    return JSON.stringify({
      medforsk: "answers", package: this.given.id,
      forRound: textOf(new Uint8Array(await crypto.subtle.encrypt("RSA-OAEP", round, raw))),
      forWriter: await this.sealed(/** @type {CryptoKey} */ (this.key), raw, "key"),
      answers: await this.sealed(key, ENCODER.encode(JSON.stringify(answers)), "answers"),
    });
  }

  /** The answers that a file holds; throws where it belongs to another package, or a byte is another. @param {string} text */
  async answersIn(text) {
    const given = JSON.parse(text);
    const parted = (/** @type {string} */ part) => [bytesOf(part).slice(0, 12), bytesOf(part).slice(12)];
    const [nonce, wrapped] = parted(given.forWriter);
    const raw = await this.opened(/** @type {CryptoKey} */ (this.key), nonce, wrapped, "key");
    const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
    const [iv, box] = parted(given.answers);
    return JSON.parse(new TextDecoder().decode(await this.opened(key, iv, box, "answers")));
  }
}

/** A transport that is answered on the spot. @param {(message: any) => Promise<any>} value what is answered to an ask */
export function embeddedTransport(value) {
  /** @type {(message: any) => void} */
  let told = () => {};
  return {
    send: (/** @type {any} */ message) => value(message).then((answer) => told({ id: message.id, value: answer }), (fault) => told({ id: message.id, error: fault.message })),
    listen: (/** @type {(message: any) => void} */ listener) => {
      told = listener;
      return () => (told = () => {});
    },
  };
}

/** The bar by which answers are saved to be sent back, and taken up again. */
export class SendingBack {
  /** @param {any} desk what keeps the answers @param {Sealed} sealed @param {any} page */
  constructor(desk, sealed, page) {
    this.desk = desk;
    this.sealed = sealed;
    this.page = page;
    this.saved = 0; // how many answers the last file held
    this.bar = make("section", { class: "mf-card mf-send-back" });
    addEventListener("beforeunload", (event) => page.drafts.lasting || desk.answers.length === this.saved || event.preventDefault());
  }

  paint() {
    const t = this.page.t;
    const given = this.desk.answers.length;
    this.bar.setAttribute("aria-label", t.saveAnswers);
    const choose = make("input", { type: "file", accept: ".medforsk", hidden: true, "aria-label": t.goOnFrom });
    choose.addEventListener("change", () => this.goOnFrom(choose.files[0]));
    this.bar.replaceChildren(given ? make("p", { text: fill(t.howToSend, { n: given }) }) : "",
      make("div", { class: "mf-tools" }, given ? press(t.saveAnswers, () => this.save()) : null, press(t.goOnFrom, () => choose.click())), choose);
  }

  async save() {
    this.saved = this.desk.answers.length;
    saveFile(`${this.sealed.given.id.slice(0, 8)}.medforsk`, [await this.sealed.answers(this.desk.answers)]);
    this.page.say(this.page.t.sendIt);
  }

  /** @param {File} file */
  async goOnFrom(file) {
    try {
      await this.desk.take(await this.sealed.answersIn(await file.text()));
      await this.page.tookUp();
      this.page.say(this.page.t.tookUp);
    } catch {
      this.page.fail(new Error(this.page.t.notTheseAnswers));
    }
  }
}

/** Ask for the passphrase, and open the page. @param {HTMLElement} place @param {(place: HTMLElement, all: any, drafts: Drafts, sealed: Sealed) => any} made */
export function unpackInto(place, made) {
  followSystem();
  const given = JSON.parse(document.getElementById("sealed")?.textContent || "");
  const s = given.texts;
  const sealed = new Sealed(given);
  const told = make("p", { role: "alert" });
  if (!globalThis.crypto?.subtle) {
    place.append(make("main", { class: "mf-working mf-review mf-review-main" }, make("p", { class: "mf-fault", text: s.otherBrowser })));
    return;
  }
  const passphrase = make("input", { type: "text", autocapitalize: "off", spellcheck: "false" });
  const open = async (/** @type {Event} */ event) => {
    event.preventDefault();
    told.textContent = s.opening;
    told.classList.remove("mf-fault");
    let all;
    try {
      all = await sealed.open(passphrase.value);
    } catch {
      told.textContent = s.wrongPassphrase;
      told.classList.add("mf-fault");
      return;
    }
    const drafts = new Drafts(all.study);
    await drafts.unlock(all.draftKey);
    place.replaceChildren();
    await made(place, all, drafts, sealed).open();
  };
  const go = make("button", { text: s.open, class: "mf-main" });
  go.setAttribute("type", "submit");
  place.append(make("main", { class: "mf-working mf-review mf-review-main" }, make("h1", { text: s.together }), make("p", { text: s.howToOpen }),
    make("form", { class: "mf-form", on: { submit: open } }, field(s.passphrase, passphrase), told, go)));
}
