// The matrix: a row for each student, a cell for each task.

/** The rows, by student; they are made once, and then only put in order and hidden. */
const rows = new Map();

function makeMatrix() {
  const { course, students } = results;
  const columns = [
    { key: "name", words: "Student" },
    { key: "points", words: "Points" },
    { key: "late", words: "Late" },
    ...course.tasks.map((task) => ({ key: String(task.number), words: task.title, task })),
  ];
  byId("matrix").tHead.append(element("tr", {}, columns.map(heading)));
  for (const student of students) rows.set(student.name, studentRow(student));
  byId("matrix").addEventListener("keydown", moveByArrows);
}

function heading({ key, words, task }) {
  const sort = () => {
    const { sort, order } = here();
    go({ sort: key, order: sort === key && order === "up" ? "down" : "up" });
  };
  const title = task ? [element("span", { class: "soft" }, `${task.number} `), words] : words;
  const button = element(
    "button",
    { type: "button", click: sort },
    element("span", {}, title),
    element("i", { "aria-hidden": "true" }),
  );
  return element("th", { scope: "col", "data-key": key, class: task ? "task" : key }, button);
}

const taskOf = (student, number) => student.tasks.find((task) => task.number === number);

function studentRow(student) {
  const name = studentLink(student.name, null, { title: student.name }, element("bdi", {}, student.name));
  const late = student.days_late > 0 ? `${student.days_late} d` : "";
  const refused = student.refused ? element("span", { class: "badge missing" }, "not taken") : null;
  return element(
    "tr",
    {},
    element("th", { scope: "row", class: "name" }, name, refused),
    element(
      "td",
      { class: "points" },
      hasPoints(student) ? number(student.points) : ["?", aside(" not known yet,")],
      aside(` of ${number(student.max_points)}`),
    ),
    element(
      "td",
      { class: "late" },
      late && [late, aside(` late, ${number(student.late_penalty)} points taken off`)],
    ),
    results.course.tasks.map((task) => cell(student, taskOf(student, task.number))),
  );
}

function cell(student, task) {
  if (!task) return element("td", {}, aside("nothing"));
  const code = codeOf(task);
  const partly = task.overridden || (task.points > 0 && task.points < task.max_points);
  const marks = [
    partly &&
      element(
        "span",
        { class: "partly" },
        `${number(task.points)} p`,
        task.overridden && aside(" set by hand"),
      ),
    task.pending?.length > 0 && element("span", { class: "partly" }, "review"),
    task.not_now && element("span", { class: "partly" }, "before"),
  ];
  // the cell's link is reached by arrow keys, so that Tab goes from student to student
  const attributes = {
    tabindex: "-1",
    title: [headline(task), code].filter(Boolean).join(": "),
    "data-task": task.number,
  };
  return element(
    "td",
    {},
    studentLink(
      student.name,
      task.number,
      attributes,
      badge(task.outcome),
      code && element("code", {}, code),
      marks,
    ),
  );
}

/** Shows the students that pass, in the order that is asked for. */
function showMatrix(state) {
  const shown = results.students.filter((student) => passes(student, state)).sort(comparison(state));
  for (const student of shown) markCells(student, state);
  byId("matrix").tBodies[0].replaceChildren(...shown.map((student) => rows.get(student.name)));
  for (const heading of byId("matrix").tHead.rows[0].cells) {
    const sorted = heading.dataset.key === state.sort;
    if (sorted) heading.setAttribute("aria-sort", state.order === "up" ? "ascending" : "descending");
    else heading.removeAttribute("aria-sort");
  }
  const text = `${shown.length} of ${count(results.students.length, "student")}`;
  if (byId("count").textContent !== text) byId("count").textContent = text;
  byId("reset").hidden = !state.find && !state.show && !state.in;
}

/** Marks the cells that a filter asks for. */
function markCells(student, { show, in: number }) {
  for (const link of rows.get(student.name).querySelectorAll("a[data-task]")) {
    const asked = show && (!number || number === link.dataset.task);
    link.classList.toggle(
      "asked",
      Boolean(asked) && taskShows(taskOf(student, Number(link.dataset.task)), show),
    );
  }
}

/** How to compare two students. Equal ones stand by name, whichever way it goes. */
function comparison({ sort, order }) {
  const sign = order === "down" ? -1 : 1;
  // as the tables have them
  const byName = (a, b) => results.students.indexOf(a) - results.students.indexOf(b);
  if (sort === "name") return (a, b) => sign * byName(a, b);
  // points that are not known come before all others
  const by = { points: (student) => [hasPoints(student) ? student.points : -1], late: (student) => [student.days_late] };
  const keys = by[sort] ?? ((student) => rank(taskOf(student, Number(sort))));
  return (a, b) => {
    const [left, right] = [keys(a), keys(b)];
    const differs = left.findIndex((key, i) => key !== right[i]);
    return differs < 0 ? byName(a, b) : sign * (left[differs] < right[differs] ? -1 : 1);
  };
}

/** Right tasks first, and then those with the same code together. */
const rank = (task) =>
  task ? [RANKS.indexOf(task.outcome), codes[codeOf(task)]?.place ?? -1, -task.points] : [RANKS.length, 0, 0];

/** Arrow keys move from cell to cell. */
function moveByArrows(event) {
  const [down, right] = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[
    event.key
  ] ?? [0, 0];
  const link = event.target.closest("tbody a");
  if (!link || (!down && !right) || event.altKey || event.ctrlKey || event.metaKey) return;
  const row = link.closest("tr");
  const inRow = [...row.querySelectorAll("a")];
  const at = inRow.indexOf(link);
  const to = right
    ? inRow[at + right]
    : (down > 0 ? row.nextElementSibling : row.previousElementSibling)?.querySelectorAll("a")[at];
  event.preventDefault();
  to?.focus();
}
