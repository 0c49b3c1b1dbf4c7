// Building elements, and making JupyterLab's shortcuts quiet on every one that can have the focus: an attribute on a
// parent does nothing, for Lab looks at the focused element itself.

/** @typedef {Record<string, any>} Options */

const FOCUSABLE = new Set(["button", "input", "select", "textarea", "a", "summary"]);

/**
 * Make an element. `on` holds listeners, `text` its text; everything else becomes an attribute (false: left out).
 * @param {string} tag
 * @param {Options} [options]
 * @param {...(Node | string | null)} children
 * @returns {any}
 */
export function make(tag, options = {}, ...children) {
  const { on = {}, text, value, ...attributes } = options;
  const node = document.createElement(tag);
  if (tag === "button") node.setAttribute("type", "button");
  if (tag === "input" || tag === "form") node.setAttribute("autocomplete", "off"); // or the browser keeps what is typed, names too
  if (FOCUSABLE.has(tag) || "tabindex" in attributes) node.setAttribute("data-lm-suppress-shortcuts", "true");
  for (const [name, given] of Object.entries(attributes)) {
    if (given !== false && given !== null && given !== undefined) node.setAttribute(name, given === true ? "" : String(given));
  }
  for (const [name, listener] of Object.entries(on)) node.addEventListener(name, listener);
  if (text !== undefined) node.textContent = text;
  node.append(...children.filter((child) => child !== null && child !== undefined));
  if (value !== undefined) /** @type {any} */ (node).value = value;
  return node;
}

/**
 * Put values into a text: "{n} words". One that has a form for one and a form for more takes the one that fits `n`.
 * @param {string | string[]} text
 * @param {Record<string, any>} values
 */
export function fill(text, values) {
  const form = Array.isArray(text) ? text[values.n === 1 ? 0 : 1] : text;
  return form.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
}

/** A button whose press keeps the selection in the text.
 * @param {string} label
 * @param {(event: any) => void} act
 * @param {Options} [options]
 */
export function press(label, act, options = {}) {
  return make("button", { text: label, on: { click: act, mousedown: (/** @type {Event} */ e) => e.preventDefault() }, ...options });
}

/** Draw something anew; what had the focus in it has it again: the same control by its name, else the one at its place.
 * @param {any} place @param {() => void} draw
 */
export function keepingFocus(place, draw) {
  const controls = () => /** @type {HTMLElement[]} */ ([...place.querySelectorAll("button, input, select, textarea, summary, a")]);
  const named = (/** @type {HTMLElement} */ control) => control.getAttribute("aria-label") || control.textContent;
  const had = controls().indexOf(/** @type {any} */ (document.activeElement));
  const name = had < 0 ? "" : named(controls()[had]);
  draw();
  if (had >= 0) (controls().find((control) => name && named(control) === name) || controls()[Math.min(had, controls().length - 1)] || place).focus();
}

let lastField = 0;

/** A field under its label.
 * @param {string} label
 * @param {any} input
 */
export function field(label, input) {
  input.id = `mf-field-${++lastField}`;
  return make("div", { class: "mf-field" }, make("label", { for: input.id, text: label }), input);
}

/** A list to choose from; choices that stand under a heading are a list of their own.
 * @param {any[][]} choices values and labels, or a heading and what stands under it
 * @param {string} chosen
 * @param {Options} [options]
 */
export function select(choices, chosen, options = {}) {
  const option = (/** @type {any} */ [value, label]) => Array.isArray(label)
    ? make("optgroup", { label: value }, ...label.map(option))
    : make("option", { value, text: label });
  const node = make("select", options, ...choices.map(option));
  for (const option of node.options) option.value = option.getAttribute("value");
  node.value = chosen;
  return node;
}

/** The edit that a person makes in one go, so that it is made once and undone in one: a UUIDv7, so that later ones come
 * later in an order.
 */
export function newEdit() {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  bytes[0] = 0x70 | (bytes[0] & 0x0f);
  bytes[2] = 0x80 | (bytes[2] & 0x3f);
  const hex = Date.now().toString(16).padStart(12, "0") + [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Send what a form holds: until that is answered nothing in it can be changed, nor sent twice.
 * @param {any} form @param {() => Promise<any>} send
 */
export async function sendOnce(form, send) {
  const had = document.activeElement;
  form.inert = true;
  try {
    await send();
  } finally {
    form.inert = false;
    if (form.isConnected && form.contains(had)) /** @type {HTMLElement} */ (had).focus();
  }
}

/** A form that is sent by Enter or its button, once at a time; what is refused is told in it.
 * @param {any} t @param {{label: string, go?: string, send: () => Promise<any>, leave: () => any, leaving?: string, asked?: any}} way `go` and `leaving` name the buttons; `asked` stands below what is refused
 * @param {...any} parts
 */
export function sendingForm(t, { label, go = t.save, send, leave, leaving = t.cancel, asked = "" }, ...parts) {
  const told = make("p", { class: "mf-fault", role: "alert" });
  const sent = async () => {
    told.textContent = "";
    try {
      await send();
    } catch (fault) {
      told.textContent = /** @type {Error} */ (fault).message;
    }
  };
  const button = make("button", { text: go, class: "mf-main" });
  button.setAttribute("type", "submit");
  const opener = /** @type {HTMLElement | null} */ (document.activeElement);
  const left = () => {
    leave();
    if (opener?.isConnected && document.activeElement === document.body) opener.focus();
  };
  let touched = false;
  const escaped = (/** @type {KeyboardEvent} */ e) => e.key === "Escape" && !touched && left(); // a slip loses no words
  const form = make("form", { class: "mf-form", "aria-label": label, on: { submit: (/** @type {Event} */ e) => { e.preventDefault(); sendOnce(form, sent); }, input: () => (touched = true), keydown: escaped } },
    ...parts, told, asked, make("div", { class: "mf-tools" }, button, press(leaving, left)));
  return form;
}

/** Let the browser save a file. @param {string} name @param {any[]} content */
export function saveFile(name, content) {
  const link = make("a", { href: URL.createObjectURL(new Blob(content)), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Show something in a dialog of its own over a page; returns the dialog.
 * @param {any} root @param {string} label @param {...any} children
 */
export function openDialog(root, label, ...children) {
  const dialog = make("dialog", { class: "mf-dialog", "aria-label": label }, ...children);
  dialog.addEventListener("close", () => dialog.remove());
  root.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Ask before something that can't be taken back, and do it if so.
 * @param {any} root @param {any} texts @param {string} label what is done @param {string} sentence what that means @param {() => any} act
 */
export function askFirst(root, texts, label, sentence, act) {
  const dialog = openDialog(root, label, make("p", { text: sentence }), make("div", { class: "mf-tools" },
    press(label, () => {
      dialog.close();
      act();
    }, { class: "mf-main" }), press(texts.cancel, () => dialog.close())));
}

/** A list and a button that does something with what is chosen in it: a list that acts by itself acts at the first arrow key.
 * @param {any[][]} choices @param {string} label @param {string} go @param {(value: string, name: string) => any} act
 */
export function choosing(choices, label, go, act) {
  const list = select([["", label], ...choices], "", { "aria-label": label });
  const name = () => list.selectedOptions[0].textContent || "";
  return make("span", { class: "mf-tools" }, list, press(go, async () => {
    if (!list.value) return list.focus();
    await act(list.value, name());
    list.value = "";
  }));
}

/** Rest until the browser has nothing else to do; one that can't tell (Safari) rests for a moment.
 * @param {number} timeout ms after which it is time all the same
 */
export function rest(timeout) {
  return new Promise((rested) => {
    if (globalThis.requestIdleCallback) requestIdleCallback(rested, { timeout });
    else setTimeout(rested, 20);
  });
}

/** On a page without JupyterLab around it, be as dark as the system is. */
export function followSystem() {
  if (!document.body.dataset.voila) return;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => (document.body.dataset.jpThemeLight = String(!dark.matches));
  dark.addEventListener("change", follow);
  follow();
}
