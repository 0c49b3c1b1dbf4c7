// A table of counts whose marks open what they count; the shade says again what the number says.

import { make, press } from "./elements.js";

/**
 * @param {string} title @param {Array<[string, string]>} rows @param {Array<[string, string]>} columns ids and labels
 * @param {(row: string, column: string) => number} count @param {(row: string, column: string) => void} open
 */
export function counted(title, rows, columns, count, open) {
  const most = Math.max(1, ...rows.flatMap(([r]) => columns.map(([c]) => count(r, c))));
  return make("section", { class: "mf-card" }, make("h3", { text: title }), make("div", { class: "mf-scroll", tabindex: "0", role: "region", "aria-label": title },
    make("table", { class: "mf-counts" },
      make("thead", {}, make("tr", {}, make("td", {}), ...columns.map(([, label]) => make("th", { scope: "col", text: label })))),
      make("tbody", {}, ...rows.map(([r, label]) => make("tr", {}, make("th", { scope: "row", text: label }), ...columns.map(([c, column]) => {
        const n = count(r, c);
        return make("td", { style: `--mf-shade:${Math.round((n / most) * 40)}%` }, n ? press(String(n), () => open(r, c), { "aria-label": `${label}, ${column}: ${n}` }) : "");
      })))))));
}
