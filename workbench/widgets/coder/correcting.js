// Correct a line of the text in place, place by hand what a correction left behind, mask a name that slipped through.

import { inWords } from "./codes.js";
import { field, fill, make, press } from "../working/elements.js";
import { openForm } from "./matrix.js";

/** @param {any} page @param {number} number the row */
export function correctionForm(page, number) {
  const t = page.t;
  let row = page.transcript.index.rows[number];
  const draft = `correct-${page.source.id}-${row.line}`;
  let was = page.drafts.get(draft)?.was ?? row.string; // how the line read when one began
  const words = make("textarea", { rows: String(Math.min(12, 2 + Math.ceil(row.string.length / 70))), value: row.string });
  page.keepTyped(draft, { words }, { was });
  const told = make("p", { class: "mf-fault", role: "alert" });
  const place = make("div", { class: "mf-correcting" });
  const done = () => {
    place.remove();
    page.correcting = null;
  };
  const tellChanged = () => {
    if (row.string !== was) told.textContent = fill(t.lineReads, { words: row.string });
    was = row.string;
  };
  /** The text was corrected elsewhere: the form goes along to its line, with all that was typed. @param {boolean} typing */
  const rebase = (typing) => {
    const rows = page.transcript.index.rows;
    const same = rows.filter((/** @type {any} */ one) => one.string === was);
    row = same.sort((/** @type {any} */ one, /** @type {any} */ other) => Math.abs(one.number - row.number) - Math.abs(other.number - row.number))[0] || rows[Math.min(row.number, rows.length - 1)];
    page.transcript.rows[row.number].box.append(place);
    if (typing) words.focus();
    tellChanged();
  };
  const save = async () => {
    if (!words.value.trim()) {
      told.textContent = t.emptyLine;
      return;
    }
    try {
      const answer = await page.change("correct", { source: page.source.id, text: page.source.textId, start: row.start, end: row.end, words: words.value });
      if (answer) page.ownTexts.add(answer.text);
      page.drafts.drop(draft);
      done();
      await page.openSource(page.source.id, row.number, true);
      if (answer) page.say(fill(answer.lost ? t.correctedLost : t.correctedMoved, { n: answer.lost || answer.moved }));
    } catch (fault) {
      told.textContent = fault.message;
    }
  };
  page.root.querySelector(".mf-correcting")?.remove();
  page.correcting = { rebase };
  page.transcript.rows[number].box.append(place);
  openForm(page, fill(t.correctTurn, { n: row.line }), save, done, [field(t.text, words), told], t.save, place);
  tellChanged();
  words.focus();
}

/** What waits to be placed by hand, as it stood beside what stands there now. @param {any} page */
export async function unplacedPane(page) {
  const t = page.t;
  const place = page.unplacedBox;
  if (!page.source || !page.source.unplaced) {
    place.replaceChildren();
    return;
  }
  const waiting = await page.line.ask("unplaced", { source: page.source.id });
  const again = () => page.openSource(page.source.id, page.transcript.currentRow());
  place.replaceChildren(make("details", { class: "mf-card" },
    make("summary", { text: fill(t.unplaced, { n: waiting.length }), "data-lm-suppress-shortcuts": "true" }), make("p", { text: t.placeHelp }),
    ...waiting.map((/** @type {any} */ one) => make("div", { class: "mf-beside" },
      make("div", {}, make("h4", { text: t.before }), make("p", { class: "mf-around" }, one.before[0], make("mark", { text: one.before[1] }), one.before[2]), make("p", { class: "mf-claim", text: inWords(page, one.coding) })),
      make("div", {}, make("h4", { text: t.now }), make("p", { class: "mf-around", text: one.now.trim() || t.nothingNow }),
        make("div", { class: "mf-tools" },
          press(t.goThere, () => page.goTo(page.source.id, one.at[0], one.at[1])),
          press(t.placeHere, async () => {
            const passage = page.passage();
            if (!passage) return;
            await page.change("change", { coding: one.coding[0], start: passage.start, end: passage.end, text_id: passage.text });
            again();
          }),
          press(t.removeCoding, () => page.change("remove", { codings: [one.coding[0]] }).then(again))))))));
}

/** @param {any} page */
export function maskForm(page) {
  const t = page.t;
  const kept = page.transcript.kept;
  const word = make("input", { type: "text", value: kept ? page.transcript.index.words(kept.start, kept.end).slice(0, 80) : "" });
  const by = make("input", { type: "text" });
  const told = make("p", { class: "mf-fault", role: "alert" });
  const done = () => page.forms.replaceChildren();
  const save = async () => {
    try {
      page.say(t.saving); // it looks through everything
      const { masked, editions } = await page.line.ask("mask", { word: word.value, replacement: by.value });
      done();
      await page.look();
      page.say([fill(t.masked, { n: masked }), editions.length ? fill(t.editionsHold, { list: editions.join(", ") }) : ""].join(" "));
    } catch (fault) {
      page.say("");
      told.textContent = fault.message;
    }
  };
  openForm(page, t.mask, save, done, [field(t.maskWord, word), field(t.maskBy, by), make("p", { class: "mf-quiet", text: t.maskWarn }), told], t.maskDo);
  (kept ? by : word).focus();
}
