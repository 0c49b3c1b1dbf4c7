// What may be somebody's name is asked about: a box that says it is none, shown once the study has asked.

import { field, make } from "../working/elements.js";

/** @param {any} t */
export function sureBox(t) {
  const box = make("input", { type: "checkbox" });
  const shown = field(t.isSure, box);
  shown.hidden = true;
  return {
    shown,
    get checked() {
      return box.checked;
    },
    /** Send something, and ask where it is not sure. @param {() => Promise<any>} send */
    async asking(send) {
      try {
        return await send();
      } catch (fault) {
        shown.hidden = /** @type {any} */ (fault).kind !== "Unsure";
        throw fault;
      }
    },
  };
}
