// The filter: which students the matrix shows.

/** What can be shown besides outcomes and codes. Those of students alone take no task. */
const KINDS = {
  late: { words: "came late", ofStudent: (student) => student.days_late > 0 },
  refused: { words: "could not be taken", ofStudent: (student) => Boolean(student.refused) },
  review: { words: "waits for review", ofTask: (task) => Boolean(task.pending?.length) },
  remarked: { words: "right, with a remark", ofTask: (task) => Boolean(task.remarks?.length) },
  incomplete: {
    words: "could not be graded now",
    ofTask: (task) => Boolean(task.not_now) || lacksPoints(task),
  },
  byhand: { words: "points set by hand", ofTask: (task) => task.overridden },
};

/** Whether a task shows what was asked for. */
function taskShows(task, shown) {
  if (KINDS[shown]) return KINDS[shown].ofTask?.(task) ?? false;
  if (OUTCOMES[shown]) return task.outcome === shown;
  return [...(task.diagnoses ?? []).slice(0, 1), ...(task.remarks ?? [])].some(({ code }) => code === shown);
}

/** Whether a student is to be shown. */
function passes(student, { find, show, in: number }) {
  const wanted = find.trim().toLowerCase();
  const has = (text) => text.toLowerCase().includes(wanted);
  if (wanted && !has(student.name) && !student.tasks.some((task) => has(codeOf(task)))) return false;
  if (KINDS[show]?.ofStudent) return KINDS[show].ofStudent(student);
  const tasks = student.tasks.filter((task) => !number || String(task.number) === number);
  return !show || tasks.some((task) => taskShows(task, show));
}

/** Makes the filter's controls. */
function makeFilter() {
  const tasks = results.students.flatMap((student) => student.tasks);
  const option = (value, words) => element("option", { value }, words);
  const group = (label, options) => options.length > 0 && element("optgroup", { label }, options);
  const occurs = (value) => tasks.some((task) => taskShows(task, value));
  const outcomes = RANKS.filter(occurs).map((outcome) => option(outcome, OUTCOMES[outcome].word));
  const kinds = Object.keys(KINDS).filter(
    (kind) => occurs(kind) || results.students.some((student) => KINDS[kind].ofStudent?.(student)),
  );
  const named = Object.keys(codes)
    .filter(occurs)
    .map((code) => option(code, `${code} ${codes[code].title}`));
  byId("show").append(
    option("", "everything"),
    ...[
      group("Outcome", outcomes),
      group(
        "Also",
        kinds.map((kind) => option(kind, KINDS[kind].words)),
      ),
      group("Code", named),
    ].filter(Boolean),
  );
  byId("in").append(
    option("", "any task"),
    ...results.course.tasks.map((task) => option(task.number, `${task.number} ${task.title}`)),
  );
  byId("filter").addEventListener("submit", (event) => event.preventDefault());
  byId("find").addEventListener("input", (event) => go({ find: event.target.value }, true));
  for (const name of ["show", "in"])
    byId(name).addEventListener("change", (event) => go({ [name]: event.target.value }));
  byId("reset").addEventListener("click", () => go({ find: "", show: "", in: "" }));
}

/** Puts into the controls what the address says. */
function setFilter(state) {
  if (byId("find").value !== state.find) byId("find").value = state.find;
  for (const name of ["show", "in"]) byId(name).value = state[name];
  byId("in").disabled = Boolean(KINDS[state.show]?.ofStudent);
}
