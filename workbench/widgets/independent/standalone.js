// Independent coding by itself, where a small server serves it.

import { followSystem, make } from "../working/elements.js";
import { httpTransport } from "../working/transport.js";
import { IndependentPage } from "./independent.js";

/** @param {HTMLElement} place */
export async function standalone(place) {
  followSystem();
  const page = new IndependentPage(place, httpTransport("ask"));
  try {
    await page.open();
  } catch (fault) {
    page.root.replaceChildren(make("p", { class: "mf-fault", role: "alert", text: /** @type {Error} */ (fault).message }));
  }
}
