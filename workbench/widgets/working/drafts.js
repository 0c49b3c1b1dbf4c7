// What was typed and is not yet saved, kept in the browser sealed under a key that the server hands out and the browser
// never stores. Without a safe context (HTTPS or this machine) it is kept in memory only.

/** Sealed drafts of one person in one study. */
export class Drafts {
  /** @param {string} study */
  constructor(study) {
    this.prefix = `medforsk-${study}-`;
    /** @type {Map<string, any>} */
    this.memory = new Map();
    /** @type {CryptoKey | null} */
    this.key = null;
  }

  /** Whether what is kept outlives the page. */
  get lasting() {
    return this.key !== null;
  }

  /** Take the key, and open what an earlier page left.
   * @param {string} key base64
   */
  async unlock(key) {
    if (!globalThis.crypto || !crypto.subtle) return;
    const raw = Uint8Array.from(atob(key), (c) => c.charCodeAt(0));
    this.key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(this.prefix)) continue;
      try {
        const sealed = Uint8Array.from(atob(localStorage.getItem(name) || ""), (c) => c.charCodeAt(0));
        const open = await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.slice(0, 12) }, this.key, sealed.slice(12));
        this.memory.set(name.slice(this.prefix.length), JSON.parse(new TextDecoder().decode(open)));
      } catch (fault) {
        console.warn("A draft of another key was left alone.", fault);
      }
    }
  }

  /** @param {string} name */
  get(name) {
    return this.memory.get(name);
  }

  /** Names that begin so. @param {string} beginning */
  names(beginning) {
    return [...this.memory.keys()].filter((name) => name.startsWith(beginning)).sort();
  }

  /** @param {string} name @param {any} value */
  async put(name, value) {
    this.memory.set(name, value);
    if (!this.key) return;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = new Uint8Array(
      await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.key, new TextEncoder().encode(JSON.stringify(value))),
    );
    if (this.memory.get(name) !== value) return; // overtaken by a later one, or dropped meanwhile
    localStorage.setItem(this.prefix + name, btoa(String.fromCharCode(...iv) + Array.from(sealed, (b) => String.fromCharCode(b)).join("")));
  }

  /** @param {string} name */
  drop(name) {
    this.memory.delete(name);
    localStorage.removeItem(this.prefix + name);
  }
}
