// The preunderstanding: what was held before the study, what is held now, and how the whole moved.

import { askFirst, field, make, newEdit, press, select, sendingForm } from "../working/elements.js";
import { entryCard } from "./entries.js";

/** @param {any} page @param {any} place @param {boolean} [quietly] leave it alone where somebody types by now */
export async function preunderstandingView(page, place, quietly = false) {
  const t = page.t;
  const { hypotheses, picture, told } = await page.line.ask("preunderstanding");
  await page.released();
  if (page.view !== "held" || (quietly && page.typing())) return;
  page.hypotheses = hypotheses;
  const forms = make("div", { class: "mf-forms" });
  const again = () => preunderstandingView(page, place);
  const groups = page.effects.map((/** @type {any} */ effect) => make("section", { "aria-label": effect.label }, make("h2", { text: effect.label }),
    ...hypotheses.filter((/** @type {any} */ one) => one.effect === effect.id).map((/** @type {any} */ one) => card(page, one, again))));
  place.replaceChildren(
    press(t.holdNew, () => newForm(page, forms, again), { class: "mf-main" }), forms,
    ...(hypotheses.length
      ? [make("div", { class: "mf-scroll", tabindex: "0", role: "region", "aria-label": t.movement }, make("img", { class: "mf-picture", alt: told, src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture)}` })),
          make("div", { class: "mf-held" }, ...groups)]
      : [make("p", { text: t.holdFirst })]));
  if (page.unsent("hold-").length) newForm(page, forms, again);
}

/** @param {any} page @param {any} one @param {() => any} again */
function card(page, one, again) {
  const t = page.t;
  const forms = make("div", { class: "mf-forms" });
  const below = make("div", {});
  const showEntry = async () => {
    const entry = page.entriesShown.get(one.id); // remembered: the card may be drawn anew meanwhile
    if (entry) below.replaceChildren(entryCard(page, await page.line.ask("entry", { entry })));
  };
  showEntry();
  const turn = (/** @type {string} */ standing, /** @type {string} */ label) => press(label, () => turnForm(page, one, standing, label, forms, again));
  const linked = one.links.map((/** @type {any} */ link) => make("li", {},
    link.entry
      ? press(link.name, () => {
          page.entriesShown.set(one.id, link.entry);
          showEntry();
        }, { class: "mf-link" })
      : make("span", { text: link.name }),
    press("×", () => page.change("unlink", { link: link.id }).then(again, () => {}), { class: "mf-small", "aria-label": `${t.unlink}: ${link.name}` })));
  const remove = () => askFirst(page.root, t, t.removeHeld, t.removeHeldSure, () => page.change("remove_hypothesis", { hypothesis: one.id }).then(again, () => {}));
  return make("article", { class: "mf-card", "data-hypothesis": one.id },
    make("h3", { text: one.words }), make("p", { class: "mf-badge", text: `${one.standingLabel} · ${one.determinantLabel}` }),
    make("ol", { class: "mf-story" }, ...one.story.map((/** @type {any} */ step) => make("li", {},
      make("strong", { text: `${step.day}: ${step.label}. ` }), step.words ? make("span", { text: `${step.words} ` }) : null, step.grounds ? make("em", { text: step.grounds }) : null,
      step.written ? make("span", { class: "mf-quiet", text: ` ${step.written}` }) : null))),
    linked.length ? make("ul", { class: "mf-links", "aria-label": t.links }, ...linked) : null, forms,
    make("div", { class: "mf-tools" }, turn("held", t.stillHeld), turn("nuanced", t.nuance), turn("given_up", t.giveUp), press(t.removeHeld, remove)), below);
}

/** @param {any} page @param {any} forms @param {() => any} again */
function newForm(page, forms, again) {
  const t = page.t;
  const words = make("textarea", { rows: "3" });
  const grounds = make("textarea", { rows: "2" });
  const effect = select(page.effects.map((/** @type {any} */ e) => [e.id, e.label]), page.effects[0].id);
  const determinant = select(page.determinants.map((/** @type {any} */ d) => [d.id, d.label]), page.determinants[0].id);
  const since = select([["", t.fromBefore], ["new", t.cameNew]], "");
  const day = make("input", { type: "date" });
  heldForm(page, forms, "hold", t.holdNew, { words, grounds }, [field(t.heldWords, words), field(t.effect, effect), field(t.determinant, determinant), field(t.grounds, grounds), field(t.since, since), field(t.day, day)],
    (id) => page.change("add_hypothesis", { words: words.value, grounds: grounds.value, effect: effect.value, determinant: determinant.value, new: since.value === "new", day: day.value }, id), again);
}

/** @param {any} page @param {any} one @param {string} standing @param {string} label @param {any} forms @param {() => any} again */
function turnForm(page, one, standing, label, forms, again) {
  const t = page.t;
  const words = make("textarea", { rows: "3", value: standing === "nuanced" ? one.words : "" });
  const grounds = make("textarea", { rows: "2" });
  const day = make("input", { type: "date" });
  const asked = standing === "nuanced" ? [field(t.nowHeld, words), field(t.why, grounds), field(t.day, day)] : [field(t.why, grounds), field(t.day, day)];
  heldForm(page, forms, `turn-${one.id}-${standing}`, label, { words, grounds }, asked,
    (id) => page.change("turn_hypothesis", { hypothesis: one.id, standing, words: standing === "nuanced" ? words.value : "", grounds: grounds.value, day: day.value }, id), again);
}

/** A form whose words are kept until they are saved.
 * @param {any} page @param {any} forms @param {string} draft @param {string} label @param {Record<string, any>} typed @param {any[]} fields
 * @param {(id: string) => Promise<any>} send @param {() => any} again
 */
function heldForm(page, forms, draft, label, typed, fields, send, again) {
  const t = page.t;
  const left = page.unsent(`${draft}-`)[0];
  const id = page.drafts.get(left)?.id || newEdit();
  const mine = left || `${draft}-${id}`; // of its own: what is being sent must not be overwritten by what is written next
  const close = () => {
    page.drafts.drop(mine);
    made.remove();
  };
  const save = async () => {
    try {
      await send(id);
    } catch (fault) {
      if (!made.isConnected) page.fail(fault);
      throw fault;
    }
    close();
    await again();
  };
  const made = sendingForm(t, { label, send: save, leave: close }, make("p", { class: "mf-badge", text: label }), ...fields);
  forms.replaceChildren(made);
  page.keepTyped(mine, typed, { id });
  fields[0].querySelector("textarea").focus();
}
