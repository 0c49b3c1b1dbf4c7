// Courses over time: the lanes, what stands in them as tables, and what can be measured.

import { askFirst, field, fill, keepingFocus, make, press, saveFile, select, sendingForm } from "../working/elements.js";
import { entriesOf } from "./entries.js";
import { figuresTable } from "./figures.js";
import { showPicture } from "./pictures.js";
import { sureBox } from "./sure.js";

const GAPS = [7, 14, 30, 60, 90, 180]; // days without contact that make a break

/** @param {any} page @param {any} place */
export async function coursesView(page, place) {
  const t = page.t;
  const all = await page.line.ask("courses", {});
  if (page.view !== "courses") return;
  const chosen = all.find((/** @type {any} */ one) => one.id === page.courseId) ?? all.at(-1);
  page.courseId = chosen?.id ?? "";
  const begin = press(t.newCourse, () => courseForm(page), { class: all.length ? null : "mf-main" });
  if (!chosen) {
    place.replaceChildren(make("p", { text: t.noCourse }), begin);
    return;
  }
  const which = select(all.map((/** @type {any} */ one) => [one.id, one.shown]), chosen.id, { "aria-label": t.course });
  which.addEventListener("change", () => { page.courseId = which.value; page.show("courses"); });
  const made = await page.line.ask("course", { course: chosen.id, gap: page.gap ?? 30, by: page.by ?? "helper" });
  if (page.view !== "courses" || page.courseId !== chosen.id) return;
  const gap = select(GAPS.map((n) => [String(n), fill(t.days, { n })]), String(page.gap ?? 30));
  gap.addEventListener("change", () => { page.gap = Number(gap.value); page.show("courses"); });
  const by = select(page.choices.by, page.by ?? "helper");
  by.addEventListener("change", () => { page.by = by.value; page.show("courses"); });
  keepingFocus(place, () => place.replaceChildren(
    make("div", { class: "mf-tools" }, which, begin, press(t.settings, () => courseForm(page, made)), press(t.undo, () => page.back("undo", "_course")), press(t.redo, () => page.back("redo", "_course"))),
    make("div", { class: "mf-pair" }, field(t.gapFrom, gap), field(t.by, by)),
    make("div", { class: "mf-tools" }, make("span", { text: t.savePicture }), ...["svg", "png", "pdf"].map((kind) => press(kind.toUpperCase(), () => saveCourse(page, chosen, kind), { "aria-label": `${t.savePicture}: ${kind.toUpperCase()}` }))),
    showPicture(made.picture, made.title),
    ...["episode", "holder", "event"].map((what) => entriesOf(page, chosen.id, what, made.entries[what])),
    make("p", { class: made.few ? "" : "mf-quiet", text: fill(made.few ? t.tooFew : t.coursesHelp, { n: made.contacts }) }),
    figuresTable(t, t.figures, made.figures)));
}

/** @param {any} page @param {any} course @param {string} kind */
async function saveCourse(page, course, kind) {
  const content = await page.line.ask("course_file", { course: course.id, kind: `.${kind}`, gap: page.gap ?? 30 });
  saveFile(`${course.shown}.${kind}`, [Uint8Array.from(atob(content), (c) => c.charCodeAt(0))]);
}

/** Open a course, or set up one that is there. @param {any} page @param {any} [there] */
function courseForm(page, there) {
  const t = page.t;
  const title = make("input", { type: "text", maxlength: "200", value: there?.title ?? "" });
  const whose = select([["", t.nobodyYet], ...page.informants.map((/** @type {string} */ code) => [code, code])], there?.informant ?? "");
  const opened = make("input", { type: "date", value: there?.opened ?? new Date().toLocaleDateString("sv") });
  const closed = make("input", { type: "date", value: there?.closed ?? "" });
  const sure = sureBox(t);
  const leave = () => page.forms.replaceChildren();
  const send = async () => {
    const values = { title: title.value, informant: whose.value, opened: opened.value };
    if (there) await sure.asking((/** @type {boolean} */ isSure) => page.change("change_course", { course: there.id, ...values, closed: closed.value, sure: isSure }));
    else page.courseId = await sure.asking((/** @type {boolean} */ isSure) => page.change("add_course", { ...values, sure: isSure }));
    leave();
    await page.show("courses");
  };
  const remove = async () => {
    await page.change("remove_course", { course: there.id }).catch(() => {});
    leave();
    await page.show("courses");
  };
  page.forms.replaceChildren(sendingForm(t, { label: there ? t.settings : t.newCourse, go: there ? t.save : t.begin, send, leave, asked: sure.shown },
    field(t.whoseCourse, whose), field(t.title, title), field(t.opened, opened), there ? field(t.closed, closed) : null),
  there ? make("div", { class: "mf-tools" }, press(t.removeCourse, () => askFirst(page.root, t, t.removeCourse, t.removeCourseHelp, remove))) : "");
  whose.focus();
}
