// Tables of statements whose segments open in a panel. The markup comes escaped from the edition.

/** @typedef {{kind: string, statement: string, text: string, html: string}} Answer */

/** @param {{model: any, el: HTMLElement}} context */
function render({ model, el }) {
  const words = model.get("words");
  const frame = document.createElement("div");
  frame.className = "mf-statements";
  const tables = document.createElement("div");
  tables.className = "mf-tables";
  tables.innerHTML = model.get("html");
  const panel = document.createElement("section");
  panel.className = "mf-panel";
  panel.tabIndex = -1;
  panel.setAttribute("aria-label", words.title);
  panel.setAttribute("aria-live", "polite");
  panel.textContent = words.hint;
  frame.append(tables, panel);
  el.append(frame);

  /** @type {HTMLElement | null} */
  let opener = null;

  /** @param {MouseEvent} event */
  function ask(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const link = target.closest("a");
    const address = link && link.getAttribute("href");
    if (!link || !address || !address.startsWith("#")) return;
    event.preventDefault();
    opener = link;
    model.send({ kind: "segments", statement: address.slice(1) });
  }

  /** @param {Answer} answer */
  function show(answer) {
    if (answer.kind !== "segments") return;
    for (const link of tables.querySelectorAll("a[aria-current]")) link.removeAttribute("aria-current");
    if (opener) opener.setAttribute("aria-current", "true");
    const heading = document.createElement("h2");
    heading.textContent = answer.text;
    const segments = document.createElement("div");
    segments.innerHTML = answer.html;
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = words.close;
    close.addEventListener("click", hide);
    panel.replaceChildren(heading, segments, close);
    panel.classList.add("mf-open");
    panel.focus();
  }

  function hide() {
    panel.classList.remove("mf-open");
    panel.textContent = words.hint;
    if (opener) opener.focus();
  }

  /** @param {KeyboardEvent} event */
  function escape(event) {
    if (event.key === "Escape" && panel.classList.contains("mf-open")) hide();
  }

  tables.addEventListener("click", ask);
  el.addEventListener("keydown", escape);
  model.on("msg:custom", show);
  return () => model.off("msg:custom", show);
}

export default { render };
