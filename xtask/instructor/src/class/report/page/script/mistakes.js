// What to teach tomorrow: the most common mistakes, and who made them.

/** How many are shown before the rest is folded. */
const MOST_MISTAKES = 6;

/** The codes of first diagnoses, most common first; of equally common ones, causes before symptoms. */
function mistakes() {
  const found = new Map();
  for (const student of results.students) {
    for (const task of student.tasks) {
      const code = task.diagnoses?.[0]?.code;
      if (!code) continue;
      if (!found.has(code)) found.set(code, { code, students: new Map(), tasks: new Set() });
      const { students, tasks } = found.get(code);
      // a link leads to the first of a student's tasks that show it
      if (!students.has(student.name)) students.set(student.name, task.number);
      tasks.add(task.number);
    }
  }
  const common = (a, b) => b.students.size - a.students.size || codes[a.code].place - codes[b.code].place;
  return [...found.values()].sort(common);
}

function showMistakes() {
  const all = mistakes();
  const list = (mistakes) => element("ol", { class: "mistakes" }, mistakes.map(mistakeItem));
  if (all.length === 0) byId("mistakes").append(element("p", {}, "Nobody made a mistake that has a name."));
  else byId("mistakes").append(list(all.slice(0, MOST_MISTAKES)));
  const rest = all.slice(MOST_MISTAKES);
  if (rest.length)
    byId("mistakes").append(folded(`${count(rest.length, "less common mistake")}`, () => list(rest)));
}

function mistakeItem({ code, students, tasks }) {
  const where = `task${tasks.size === 1 ? "" : "s"} ${[...tasks].sort().join(", ")}`;
  const link = filterLink({ show: code }, codes[code].title);
  const who = `${count(students.size, "student")}, ${where}`;
  const number = element(
    "span",
    { class: "many", "aria-hidden": "true" },
    students.size,
    share(students.size, results.students.length),
  );
  return element(
    "li",
    {},
    number,
    element("div", {}, link, " ", element("code", {}, code)),
    folded(who, () => [nameLinks([...students.keys()], (name) => students.get(name)), explanation(code)]),
  );
}

/** What the course says of a code, folded. */
function explanation(code) {
  const text = codes[code].page.replace(/^# .*\n+/, "").trim();
  return folded(`What the course says of ${code}`, () => element("pre", { class: "page" }, text));
}
