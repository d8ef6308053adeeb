// One student: made when it is opened.

/** The student whose page is open, if one is: its name. */
const opened = () => (byId("student").open ? byId("student").dataset.name : null);

/** Opens the student that the address names, or closes the one that is open. */
function showStudent(state) {
  const dialog = byId("student");
  const index = results.students.findIndex((student) => student.name === state.student);
  byId("unknown").replaceChildren(
    index < 0 && state.student ? visible(`There is no student of the name ${state.student}.`) : "",
  );
  if (index < 0) return closeStudent(dialog);
  if (opened() !== state.student) {
    const student = results.students[index];
    dialog.dataset.name = student.name;
    dialog.replaceChildren(...studentPage(student, drawings[index], state));
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
  }
  const heading = dialog.querySelector(`#task-${CSS.escape(state.task)}`);
  if (heading) heading.scrollIntoView();
  (heading ?? byId("student-title")).focus({ preventScroll: true });
}

function closeStudent(dialog) {
  if (!dialog.open) return;
  dialog.close();
  rows.get(dialog.dataset.name)?.querySelector("a").focus();
}

/** What closes a student: Escape (the dialog's own `cancel`, or at once `close`), and a click beside it. */
function makeStudent() {
  const dialog = byId("student");
  const close = (event) => {
    event.preventDefault();
    go({ student: "", task: "" });
  };
  dialog.addEventListener("cancel", close);
  dialog.addEventListener(
    "close",
    () => here().student === dialog.dataset.name && go({ student: "", task: "" }),
  );
  dialog.addEventListener("click", (event) => event.target === dialog && close(event));
}

function studentPage(student, drawn, state) {
  const points = [element("strong", {}, number(student.points)), ` of ${number(student.max_points)} points`];
  const soFar = hasPoints(student) ? "" : " so far: not all of it could be graded";
  const late =
    student.days_late > 0 &&
    `, ${count(student.days_late, "day")} late: ${number(student.late_penalty)} taken off`;
  return [
    element(
      "header",
      { class: "student-top" },
      element("h2", { id: "student-title", tabindex: "-1" }, element("bdi", {}, student.name)),
      neighbours(student, state),
    ),
    element("p", {}, points, soFar, late),
    student.refused && [
      element("p", { class: "callout" }, `The submission could not be taken: ${student.refused}.`),
      element("p", { class: "soft" }, `What else the student is told: ${handIn}`),
    ],
    student.comment && element("p", { class: "callout" }, student.comment),
    !student.refused &&
      element(
        "nav",
        { "aria-label": "Tasks", class: "tasks" },
        student.tasks.map((task) => taskLink(student, task)),
      ),
    // nothing more is said about a submission that could not be taken
    ...student.tasks.map(
      (task, i) => (!student.refused || task.overridden || task.comment) && taskSection(task, drawn[i]),
    ),
  ]
    .flat()
    .filter(Boolean);
}

/** The way to the students before and after, as the matrix shows them, and back to it. */
function neighbours(student, state) {
  const shown = results.students.filter((student) => passes(student, state)).sort(comparison(state));
  const at = shown.indexOf(student);
  const step = (words, other) =>
    element(
      "button",
      { type: "button", class: "quiet", disabled: !other, click: () => go({ student: other.name }) },
      words,
    );
  return element(
    "div",
    { class: "buttons" },
    step("← Previous", shown[at - 1]),
    step("Next →", at < 0 ? null : shown[at + 1]),
    element("button", { type: "button", class: "quiet", click: () => go({ student: "", task: "" }) }, "Close"),
  );
}

const taskLink = (student, task) =>
  studentLink(
    student.name,
    task.number,
    { title: headline(task) },
    element("span", {}, `Task ${task.number}`),
    badge(task.outcome),
  );

function taskSection(task, drawing) {
  const id = `task-${task.number}`;
  const points = `${number(task.points)} of ${number(task.max_points)} points${task.overridden ? ", set by hand" : ""}`;
  const code = task.files.map((file) => fileBlock(task, file));
  const run = drawing && element("div", {}, element("h4", {}, "What happened"), timeline(drawing));
  return element(
    "section",
    { class: "card task", "aria-labelledby": id },
    element(
      "h3",
      { id, tabindex: "-1" },
      titleOf(task.name),
      " ",
      badge(task.outcome),
      element("span", { class: "soft" }, points),
    ),
    task.not_now &&
      element("p", { class: "callout" }, `Graded before, and could not be graded again now. ${task.not_now}`),
    task.not_judged && element("p", { class: "callout" }, task.not_judged),
    task.comment && element("p", { class: "callout" }, task.comment),
    task.notes.map((note) => element("p", { class: "soft" }, note)),
    task.waits_for && element("p", {}, `It builds on ${titleOf(task.waits_for)}, which is not right yet.`),
    (task.diagnoses ?? []).map((found, i) => diagnosis(found, i > 0 && "Also")),
    (task.remarks ?? []).map((found) => diagnosis(found, "Could be nicer")),
    pendingNote(task),
    printed("The compiler said", task.number, task.compiler, true),
    element(
      "div",
      { class: run && code.length ? "beside" : "alone" },
      run,
      code.length > 0 && element("div", {}, element("h4", {}, "Code"), code),
    ),
    printed("The compiler warned", task.number, task.warnings, task.outcome !== "passed"),
    printed("It printed", task.number, task.output, true),
  );
}

function diagnosis({ code, text, place, call }, lead) {
  const facts = [place && `${place.file}:${place.line}`, call]
    .filter(Boolean)
    .map((fact) => element("code", {}, fact));
  return element(
    "div",
    { class: lead ? "diagnosis lesser" : "diagnosis" },
    element(
      "p",
      {},
      lead && `${lead}: `,
      element("strong", {}, codes[code].title),
      " ",
      element("code", {}, code),
    ),
    text && paragraphs(text),
    facts.length > 0 && element("p", { class: "facts-of" }, facts),
    explanation(code),
  );
}

function pendingNote(task) {
  const many = task.pending?.length;
  const unlike =
    task.unlike_reference?.length > 0 &&
    `Unlike the reference solution in: ${task.unlike_reference.join(", ")}.`;
  return [
    many > 0 &&
      element(
        "p",
        { class: "callout" },
        `It keeps the contract in a way not seen before (${count(many, "run")}): ${task.pending.join(", ")}`,
      ),
    unlike && element("p", { class: "soft" }, unlike),
  ];
}

/** A file; folded if there is nothing to look for in it. */
function fileBlock(task, file) {
  const remarksOf = remarksIn(task, file);
  const open = remarksOf.size > 0 || (task.outcome !== "passed" && file.path.endsWith("lib.rs"));
  const lines = count(file.text.split("\n").length - (file.text.endsWith("\n") ? 1 : 0), "line");
  return folded(
    [element("code", {}, file.path), element("span", { class: "soft" }, ` ${lines}`)],
    () => codeOfFile(file, remarksOf),
    { open },
  );
}

function printed(words, number, text, open) {
  return text && folded(words, () => printout(`${words}, task ${number}`, text.trimEnd()), { open });
}
