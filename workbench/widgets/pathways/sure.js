// What may be somebody's name is asked about: a box that says it is none, shown once the study has asked.

import { field, make } from "../working/elements.js";

/** @param {any} t */
export function sureBox(t) {
  const box = make("input", { type: "checkbox" });
  const shown = field(t.isSure, box);
  shown.hidden = true;
  let asked = "";
  return {
    shown,
    /** Send something, and ask where it is not sure: an answer holds for the words that were asked about alone.
     * @param {(sure: boolean) => Promise<any>} send
     */
    async asking(send) {
      try {
        return await send(false);
      } catch (fault) {
        const { kind, message } = /** @type {any} */ (fault);
        if (kind === "Unsure" && box.checked && message === asked) return send(true);
        asked = kind === "Unsure" ? message : "";
        box.checked = false;
        shown.hidden = !asked;
        throw fault;
      }
    },
  };
}
