// What the keys do: in the text one key is one act; anywhere on the page undo and redo.

/** @param {any} page @param {KeyboardEvent} event */
export function keyInText(page, event) {
  if (event.altKey || event.metaKey) return;
  if (/** @type {Element} */ (event.target).closest("form")) return; // a line is corrected in its place: keys are words there
  if (event.key.startsWith("Arrow")) {
    page.transcript.moveCaret(event);
    event.preventDefault();
    return;
  }
  if (event.ctrlKey) return;
  const digit = /^Digit([1-9])$/.exec(event.code);
  if (digit && event.shiftKey) {
    const chosen = [...page.determinants.keys()][Number(digit[1]) - 1];
    if (chosen) page.setDimension("determinant", chosen);
    event.preventDefault();
    return;
  }
  const act = keyActs(page)[event.key] || keyTarget(page, event.key);
  if (!act) return;
  event.preventDefault();
  act();
}

/** @param {any} page @returns {Record<string, () => void>} */
function keyActs(page) {
  const effects = [...page.effects.keys()];
  return {
    "+": () => page.setDimension("effect", effects[0]),
    "-": () => page.setDimension("effect", effects[1]),
    "*": () => effects[2] && page.setDimension("effect", effects[2]),
    c: () => page.pickerBox.focus(),
    n: () => page.chooseNext(1),
    p: () => page.chooseNext(-1),
    b: () => page.chosen && page.useSelection(),
    "?": () => page.showKeys(),
    Delete: () => page.removeChosen(),
    Backspace: () => page.removeChosen(),
    Enter: () => page.pickerBox.applyLast(),
    ...page.keys(),
  };
}

/** @param {any} page @param {string} key */
function keyTarget(page, key) {
  const theme = [...page.themes.values()].find((one) => String(one.number) === key);
  if (theme) return () => page.code({ theme: theme.id });
  const code = [...page.codes.values()].find((one) => one.shortcut === key && !one.retired);
  return code ? () => page.code({ code: code.id }) : null;
}

/** @param {any} page @param {KeyboardEvent} event */
export function keyAnywhere(page, event) {
  const typing = /** @type {HTMLElement} */ (event.target).matches("input, textarea, select");
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && !typing && (key === "z" || key === "y")) {
    event.preventDefault();
    if (key === "y" || event.shiftKey) page.redo();
    else page.undo();
  }
  if (event.key === "Escape" && typing && page.side.contains(/** @type {Node} */ (event.target))) page.transcript.pane.focus({ preventScroll: true });
  const inText = page.transcript.pane.contains(/** @type {Node} */ (event.target));
  const anywhere = !typing && !inText && !event.ctrlKey && !event.metaKey && !event.altKey && { "?": () => page.showKeys(), "/": page.keys()["/"] }[event.key];
  if (anywhere) {
    event.preventDefault();
    anywhere();
  }
  event.stopPropagation(); // what is typed here is not meant for the notebook around
}
