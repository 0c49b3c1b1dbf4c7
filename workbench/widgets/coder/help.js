// The keys, in a dialog.

import { make, openDialog, press } from "../working/elements.js";

/** @param {any} page @param {string[][]} more keys of the page's own, and what they do */
export function keysDialog(page, more = []) {
  const t = page.t;
  const rows = [
    [`← → ↑ ↓`, t.keyMove], [`Shift + ← → ↑ ↓`, t.keySelect], ["1–9", t.keyTheme], ["a, d, f …", t.keyOwn], ["c", t.keyPick],
    ["+  −  *", t.keyEffect], [`Shift + 1  2  3`, t.keyDeterminant], ["n  p", t.keyNext], ["b", t.keyEdges],
    ["Delete", t.keyRemove], [`Ctrl + Z, Ctrl + Y`, t.keyUndo], ...more, ["?", t.keyHelp],
  ];
  const dialog = openDialog(page.root, t.keysTitle,
    make("h2", { text: t.keysTitle, tabindex: "-1", autofocus: true }),
    make("table", {}, make("tbody", {}, ...rows.map(([key, does]) => make("tr", {}, make("th", { scope: "row" }, make("kbd", { text: key })), make("td", { text: does }))))),
    press(t.close, () => dialog.close(), { class: "mf-main" }));
  dialog.addEventListener("close", () => page.transcript.pane.focus({ preventScroll: true }));
}
