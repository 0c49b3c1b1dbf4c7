// The review page by itself, where a small server serves it.

import { followSystem, make } from "../working/elements.js";
import { httpTransport } from "../working/transport.js";
import { ReviewPage } from "./review.js";

/** @param {HTMLElement} place */
export async function standalone(place) {
  followSystem();
  const page = new ReviewPage(place, httpTransport("ask"), "mf-review");
  try {
    await page.open();
  } catch (fault) {
    page.root.replaceChildren(make("p", { class: "mf-fault", role: "alert", text: /** @type {Error} */ (fault).message }));
  }
}
