// Pictures that come from the study as SVG, in a frame that scrolls.

import { make } from "../working/elements.js";

/** @param {string} svg @param {string} label */
export function showPicture(svg, label) {
  const picture = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  picture.setAttribute("aria-label", label);
  return make("div", { class: "mf-scroll mf-picture", tabindex: "0", role: "region", "aria-label": label }, picture);
}
