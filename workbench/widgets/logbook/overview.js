// The log at a glance: entries a day, situations and themes by month, and how much was reflected on; each number opens them.

import { counted } from "../working/counts.js";
import { field, make, press, saveFile } from "../working/elements.js";

/** @param {any} page @param {any} place @param {boolean} [quietly] */
export async function overviewView(page, place, quietly = false) {
  const t = page.t;
  const all = await page.line.ask("overview");
  await page.released();
  if (page.view !== "overview" || (quietly && page.typing())) return;
  if (!all.months.length) {
    place.replaceChildren(make("p", { class: "mf-quiet", text: t.nothing }));
    return;
  }
  const open = (/** @type {any} */ asked) => {
    page.asked = { ...page.nothingAsked(), ...asked };
    page.show("log");
  };
  const months = /** @type {Array<[string, string]>} */ (all.months.map((/** @type {any} */ one) => [one.id, one.label]));
  const days = /** @type {Array<[string, string]>} */ (Array.from({ length: 31 }, (_, n) => [String(n + 1).padStart(2, "0"), String(n + 1)]));
  const inTime = months.toReversed(); // time goes to the right
  const settings = /** @type {Array<[string, string]>} */ ([...new Set(all.settings.map((/** @type {any} */ row) => row[0]))].sort((a, b) => a.localeCompare(b, t.language)).map((one) => [one, one || t.notSaid]));
  const themes = /** @type {Array<[string, string]>} */ (Object.entries(all.themeLabels));
  const times = (/** @type {any[]} */ rows) => {
    const found = new Map(rows.map(([one, month, n]) => [`${one}\n${month}`, n]));
    return (/** @type {string} */ one, /** @type {string} */ month) => found.get(`${one}\n${month}`) || 0;
  };
  const inMonth = (/** @type {string} */ month) => all.settings.filter((/** @type {any} */ row) => row[1] === month).reduce((/** @type {number} */ sum, /** @type {any} */ row) => sum + row[2], 0);
  place.replaceChildren(make("h2", { text: t.overview }), exportForm(page),
    counted(t.calendar, months, days, (month, day) => all.days[`${month}-${day}`] || 0, (month, day) => open({ day: `${month}-${day}` })),
    counted(t.bySetting, settings, inTime, times(all.settings), (setting, month) => open({ setting, day: month })),
    all.themes.length ? counted(t.byTheme, themes, inTime, times(all.themes), (theme, month) => open({ theme, day: month })) : "",
    counted(t.reflections, [["yes", t.reflectedOn], ["no", t.notYet]], inTime,
      (which, month) => which === "yes" ? all.reflected[month] || 0 : inMonth(month) - (all.reflected[month] || 0),
      (which, month) => open({ day: month, unreflected: which === "no", reflected: which === "yes" })));
  const [, ...byMonth] = place.querySelectorAll(".mf-scroll"); // after the calendar, whose columns are days
  for (const table of byMonth) table.scrollLeft = table.scrollWidth; // the newest in sight
}

/** The log, or an excerpt of some days, as a file to hand on. @param {any} page */
function exportForm(page) {
  const t = page.t;
  const first = make("input", { type: "date" });
  const last = make("input", { type: "date" });
  const told = make("p", { class: "mf-fault", role: "alert" });
  const save = async (/** @type {string} */ form) => {
    told.textContent = "";
    try {
      const file = await page.line.ask("export", { form, first: first.value, last: last.value });
      saveFile(file.name, [Uint8Array.from(atob(file.data), (c) => c.charCodeAt(0))]);
    } catch (fault) {
      told.textContent = fault.message;
    }
  };
  return make("section", { class: "mf-card", "aria-label": t.takeOut }, make("h3", { text: t.takeOut }), make("p", { class: "mf-quiet", text: t.takeOutHelp }),
    make("div", { class: "mf-tools" }, field(t.firstDay, first), field(t.lastDay, last), press(t.asWord, () => save("docx")), press(t.asTable, () => save("csv"))), told);
}
