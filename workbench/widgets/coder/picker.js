// The codebook beside the text: find as you type, one key or click to code; effect and determinant above it.

import { fill, keepingFocus, make, press } from "../working/elements.js";
import { SIGNS, sorted } from "./codes.js";

/** Effect and determinant that the next coding gets, to choose. @param {any} page */
export function dimensionsOf(page) {
  const choice = (/** @type {"effect" | "determinant"} */ name, /** @type {Map<string, any>} */ values) => {
    const label = page.t[name];
    const group = make("div", { class: "mf-choice", role: "group", "aria-label": label }, make("span", { text: label }));
    group.append(...[...values.values()].map((one) => press(one.label, async () => {
      await page.setDimension(name, one.id);
      for (const button of group.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.textContent === one.label));
    }, { "aria-pressed": String(page.claim[name] === one.id), title: one.definition })));
    return group;
  };
  return make("div", { class: "mf-dimensions" }, choice("effect", page.effects), choice("determinant", page.determinants));
}

/** @param {any} page */
export function pickerPane(page) {
  const t = page.t;
  const dimensions = make("div", { class: "mf-dimensions" });
  const find = make("input", { type: "search", class: "mf-find", "aria-label": t.pick, placeholder: t.pick });
  const list = make("ul", { class: "mf-codes", "aria-label": t.codebook });
  const tools = make("div", {});
  const under = make("p", { class: "mf-quiet" });
  const el = make("div", { class: "mf-picker" }, make("h2", { text: t.codebook }), dimensions, find, list, tools, under);
  let last = null;
  /** @type {any[]} */
  let targets = [];

  const box = {
    el,
    /** The theme that a new code goes under: the chosen coding's, the last used, or the first. */
    theme() {
      const chosen = page.chosen && page.transcript && page.transcript.codings.get(page.chosen);
      return (last && (last.theme || page.codes.get(last.code)?.theme)) || (chosen && chosen[3]) || [...page.themes.keys()][0];
    },
    focus() {
      page.transcript.holdSelection();
      find.focus();
      find.select();
    },
    /** @param {any} target */
    used(target) {
      if (!target.in_vivo) last = target;
      paintUnder();
    },
    applyLast() {
      if (last) page.code(last);
    },
    paint() {
      dimensions.replaceChildren(...dimensionsOf(page).children);
      targets = wanted();
      const focused = [...list.querySelectorAll(".mf-option")].indexOf(/** @type {any} */ (document.activeElement));
      list.replaceChildren(...(targets.length ? branches(targets) : [make("li", { class: "mf-quiet", text: t.noSuchCode })]));
      paintTools();
      if (focused >= 0) /** @type {any} */ (list.querySelectorAll(".mf-option")[focused])?.focus();
    },
  };

  function paintTools() {
    keepingFocus(tools, () => tools.replaceChildren(...page.codebookTools()));
    under.hidden = !tools.children.length;
    paintUnder();
  }

  function paintUnder() {
    const theme = page.themes.get(box.theme());
    under.textContent = `${t.newUnder}: ${theme.number} ${theme.label}`;
  }

  function wanted() {
    const words = find.value.trim().toLowerCase();
    const found = [];
    /** @param {string} theme @param {string | null} parent @param {number} depth */
    const below = (theme, parent, depth) => {
      const here = [...page.codes.values()].filter((c) => c.theme === theme && (c.parent || null) === parent && !c.retired);
      for (const code of sorted(page, here)) {
        found.push({ code, depth, text: code.name, target: { code: code.id } });
        below(theme, code.id, depth + 1);
      }
    };
    for (const theme of page.themes.values()) {
      found.push({ theme, depth: 0, text: `${theme.number} ${theme.label}`, target: { theme: theme.id } });
      below(theme.id, null, 1);
    }
    return words ? found.filter((one) => one.text.toLowerCase().includes(words)) : found;
  }

  /** Entries as lists in lists, as deep as their codes stand: so a screen reader tells the depth too. @param {any[]} entries */
  function branches(entries) {
    const top = make("li", {});
    const above = [{ depth: -1, item: top }];
    for (const one of entries) {
      while (above[above.length - 1].depth >= one.depth) above.pop();
      const { item: parent } = above[above.length - 1];
      const item = make("li", {}, option(one));
      if (!parent.querySelector(":scope > ul")) parent.append(make("ul", {}));
      parent.querySelector(":scope > ul").append(item);
      above.push({ depth: one.depth, item });
    }
    return [...(top.querySelector(":scope > ul")?.children || [])];
  }

  /** @param {any} one */
  function option(one) {
    const colour = one.code ? one.code.colour : (one.theme.number - 1) % SIGNS.length;
    const sign = make("span", { class: "mf-sign", "aria-hidden": "true", text: SIGNS[colour] });
    sign.style.color = `var(--mf-code-${colour})`;
    const key = one.code ? one.code.shortcut : one.theme.number <= 9 ? String(one.theme.number) : "";
    const entry = press("", () => page.code(one.target), {
      class: `mf-option ${one.theme ? "mf-is-theme" : ""}`, style: `--mf-depth:${one.depth}`, title: (one.code || one.theme).definition || false,
    });
    entry.append(sign, make("span", { class: "mf-option-name", text: one.text }), key ? make("kbd", { text: key }) : "",
      one.code && "count" in one.code ? make("span", { class: "mf-quiet", text: fill(t.counted, { n: one.code.count }) }) : "");
    return make("div", { class: "mf-option-row" }, entry, one.code ? page.codeTools(one.code) : null, meaning(one));
  }

  /** What a theme or code means, where the page shows it. @param {any} one */
  function meaning(one) {
    const words = page.meanings && (one.code || one.theme).definition;
    return words ? make("p", { class: "mf-quiet mf-meaning", text: words }) : null;
  }

  /** @param {number} by */
  function step(by) {
    const options = /** @type {HTMLElement[]} */ ([...list.querySelectorAll(".mf-option")]);
    const now = options.indexOf(/** @type {any} */ (document.activeElement));
    const next = now + by;
    if (next < 0) find.focus();
    else if (options[next]) options[next].focus();
  }

  function backToText() {
    find.value = "";
    box.paint();
    page.transcript.pane.focus({ preventScroll: true });
  }

  find.addEventListener("input", () => box.paint());
  el.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && event.target === find && targets.length) {
      page.code(targets[0].target);
      backToText();
    } else if (event.key === "Escape") backToText();
    else return;
    event.preventDefault();
  });
  return box;
}
