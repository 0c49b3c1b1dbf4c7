// Another reading of a passage: three lists that begin with nothing chosen, and what the chosen means.

import { field, make, select } from "../working/elements.js";

export class OwnReading {
  /** @param {any} t @param {{themes: any[], effects: any[], determinants: any[]}} framework @param {Record<string, string>} kept @param {() => any} changed */
  constructor(t, framework, kept, changed) {
    const ways = [["theme", framework.themes], ["effect", framework.effects], ["determinant", framework.determinants]];
    /** @type {Record<string, any>} */
    this.lists = {};
    this.fields = ways.map(([name, all]) => this.fieldOf(t, String(name), /** @type {any[]} */ (all), kept, changed));
  }

  /** @param {any} t @param {string} name @param {any[]} all @param {Record<string, string>} kept @param {() => any} changed */
  fieldOf(t, name, all, kept, changed) {
    const list = select([["", t.choose], ...all.map((one) => [one.id, one.label])], kept[name] || "", { "aria-describedby": `mf-means-${name}` });
    const means = make("p", { class: "mf-quiet mf-means", id: `mf-means-${name}` });
    const tell = () => (means.textContent = all.find((one) => one.id === list.value)?.means || "");
    list.addEventListener("change", () => {
      tell();
      changed();
    });
    tell();
    this.lists[name] = list;
    return make("div", {}, field(t[name], list), means);
  }

  /** What is chosen in each list, empty where nothing is. */
  get values() {
    return Object.fromEntries(Object.entries(this.lists).map(([name, list]) => [name, list.value]));
  }

  get begun() {
    return Object.values(this.values).some(Boolean);
  }

  /** The whole reading, null where something in it is not chosen. */
  get chosen() {
    return Object.values(this.values).every(Boolean) ? this.values : null;
  }
}
