// What codes and codings are called, what tells them apart, and the lists that one chooses them from.

export const SIGNS = ["●", "▲", "■", "◆", "✚", "★", "▼", "✖"]; // one for each colour: nothing is told by colour alone

/** @typedef {[string, number, number, string, string | null, string, string, string, string]} Coding */

/** What a coding is called on the page.
 * @param {any} page @param {Coding} coding
 */
export function nameOf(page, coding) {
  const code = coding[4] && page.codes.get(coding[4]);
  return code ? code.name : page.themes.get(coding[3])?.label || coding[3];
}

/** Its colour: the code's, or its theme's.
 * @param {any} page @param {Coding} coding
 */
export function colourOf(page, coding) {
  const code = coding[4] && page.codes.get(coding[4]);
  return code ? code.colour : ((page.themes.get(coding[3])?.number || 1) - 1) % SIGNS.length;
}

/** A coding in words: "tidsnød, hemmer, organisatorisk".
 * @param {any} page @param {Coding} coding
 */
export function inWords(page, coding) {
  return [nameOf(page, coding), page.effects.get(coding[5])?.label, page.determinants.get(coding[6])?.label].filter(Boolean).join(", ");
}

/** Codes in the order of the alphabet. @param {any} page @param {any[]} codes */
export function sorted(page, codes) {
  return codes.sort((one, other) => one.name.localeCompare(other.name, page.t.language));
}

/** What a coding can bear, to choose from in a list: each theme, and the codes under it.
 * @param {any} page @param {(code: any) => boolean} wanted which codes are offered
 * @returns {Array<[string, Array<[string, string]>]>}
 */
export function codesUnderThemes(page, wanted) {
  return [...page.themes.values()].map((theme) => {
    const label = `${theme.number} ${theme.label}`;
    const codes = sorted(page, [...page.codes.values()].filter((code) => code.theme === theme.id && wanted(code)));
    return [label, [[`theme:${theme.id}`, label], ...codes.map((code) => /** @type {[string, string]} */ ([code.id, code.name]))]];
  });
}

/** Who did something, as the page says it to its reader. @param {any} page @param {string} actor */
export function whoIs(page, actor) {
  if (actor === page.actor) return page.t.you;
  return actor === "researcher" ? page.t.researcher : actor;
}
