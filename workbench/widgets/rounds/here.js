// Somebody answers, or codes, here at the researcher's side: their page in place of the rounds, over the same line.

import { askFirst, field, fill, make, press, sendingForm } from "../working/elements.js";
import { IndependentPage } from "../independent/independent.js";
import { ReviewPage } from "../review/review.js";

/** What the review page asks travels as an ask of the page around it. @param {any} line @param {string} desk */
function deskTransport(line, desk) {
  /** @type {(message: any) => void} */
  let told = () => {};
  return {
    send: (/** @type {any} */ message) => line.ask("at_desk", { desk, message }).then((/** @type {any} */ answer) => told({ id: message.id, ...answer }), (/** @type {any} */ fault) => told({ id: message.id, error: fault.message })),
    listen: (/** @type {(message: any) => void} */ listener) => {
      told = listener;
      return () => (told = () => {});
    },
  };
}

/** Say who sits down, and let them answer. @param {any} page @param {any} round @param {any} place */
export function seating(page, round, place) {
  const t = page.t;
  const who = make("input", { type: "text", value: round.informant });
  const send = async () => {
    const desk = await page.change("seat", { round: round.id, reviewer: who.value });
    page.seated = true; // what is answered meanwhile draws nothing anew
    page.ways.hidden = true; // nor does whoever sits here get anywhere else
    const seat = make("div", { class: "mf-seat" });
    const transport = deskTransport(page.line, desk);
    const theirs = round.independent ? new IndependentPage(seat, transport) : new ReviewPage(seat, transport, "mf-review");
    theirs.inside = true;
    const leave = () => {
      theirs.close();
      page.seated = false;
      page.ways.hidden = false;
      page.draw(null);
    };
    page.main.replaceChildren(make("div", { class: "mf-tools" }, make("p", { class: "mf-quiet", text: fill(t.answersHere, { who: who.value }) }), press(t.handBack, () => askFirst(page.root, t, t.handBack, t.handBackHelp, leave))), seat);
    await theirs.open();
  };
  place.replaceChildren(sendingForm(t, { label: t.answerHere, go: t.beginHere, send, leave: () => place.replaceChildren(), leaving: t.close }, make("p", { text: t.whatHereIs }), field(t.who, who)));
  who.focus();
}
