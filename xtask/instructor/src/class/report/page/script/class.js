// The class as a whole: what it is, its points, and what waits for somebody to look at it.

function showClass() {
  const { course, grading, students } = results;
  document.title = visible(`${course.title}: results of a class`);
  byId("title").replaceChildren(visible(course.title));
  byId("subtitle").append(`Results of ${count(students.length, "student")}`);
  showIncomplete();
  byId("facts").append(...facts());
  byId("promises").append(
    element("strong", {}, `Isolation ${grading.isolation}`),
    visible(`: ${grading.promises}`),
  );
  byId("points").append(...points());
  byId("review").append(...review());
  showSimilar();
  const details = [
    [
      "Further runs",
      grading.secret ? "made from a secret of the instructor's" : "made from a seed that is not secret",
    ],
    ["Compiler", grading.rustc],
    ["Checker", grading.checker],
  ];
  byId("grading").append(...details.flatMap(([name, text]) => [element("dt", {}, name), element("dd", {}, text)]));
}

/** Who could not be graded because of the machine, and why. */
function showIncomplete() {
  const missing = results.incomplete ?? [];
  if (missing.length === 0) return;
  byId("incomplete-section").hidden = false;
  const who = new Set(missing.map(({ student }) => student)).size;
  const words = [
    `The machine could not grade ${who} of ${count(results.students.length, "submission")} in full. `,
    "Nobody loses points by that: a task that was graded before keeps its verdict and is marked, and one that never was has none. ",
    "Fix what is said here, and grade again: only ",
    filterLink({ show: "incomplete" }, who === 1 ? "this one" : `these ${who}`),
    " will be graded.",
  ];
  const reasons = new Map();
  for (const { student, task, why } of missing) {
    if (!reasons.has(why)) reasons.set(why, new Map());
    if (!reasons.get(why).has(student)) reasons.get(why).set(student, numberOf(task));
  }
  const reason = ([why, tasks]) =>
    element("li", {}, element("p", {}, why), nameLinks([...tasks.keys()], (name) => tasks.get(name)));
  byId("incomplete").append(
    element("p", {}, words),
    element("ul", { class: "plain" }, [...reasons].map(reason)),
  );
}

function facts() {
  const { others, similar, students } = results;
  // of all that could have been handed in, as in the average of the points
  const all = students.length * results.course.tasks.length;
  const right = students.flatMap((student) => student.tasks).filter((task) => task.outcome === "passed").length;
  const late = students.filter((student) => student.days_late > 0).length;
  const refused = students.filter((student) => student.refused).length;
  const fact = (value, words, link) =>
    element("li", { class: "fact" }, element("strong", {}, value), link || element("span", {}, words));
  const ways = newWays().length;
  const waits = ways === 1 ? "new way waits for review" : "new ways wait for review";
  return [
    fact(all ? `${Math.round((100 * right) / all)} %` : "–", "of all tasks are right"),
    fact(late, "came late", late > 0 && filterLink({ show: "late" }, "came late")),
    refused > 0 && fact(refused, "could not be taken", filterLink({ show: "refused" }, "could not be taken")),
    fact(ways, waits, ways > 0 && partLink("review-title", waits)),
    others?.length > 0 && fact(others.length, othersSaid(others)),
    similar &&
      fact(
        similar.length,
        "",
        partLink("similar-title", similar.length === 1 ? "likeness to look at" : "likenesses to look at"),
      ),
  ].filter(Boolean);
}

const othersSaid = (others) =>
  `${others.length === 1 ? "file was" : "files were"} not taken for submissions: ${others.join(", ")}`;

/** The distribution: ten bars, or fewer where there are fewer points. */
function points() {
  // what is not known yet is no number
  const students = results.students.filter(hasPoints);
  const most = Math.max(
    1,
    ...students.map((student) => student.max_points),
    ...students.map((student) => student.points),
  );
  const width = Math.max(1, Math.ceil(most / 10));
  const bars = Array.from({ length: Math.ceil(most / width) }, (_, i) => {
    // full marks belong to the last bar
    const last = (i + 1) * width >= most;
    const within = ({ points }) => (i === 0 || points >= i * width) && (last || points < (i + 1) * width);
    return { from: i * width, to: last ? most : (i + 1) * width, students: students.filter(within).length };
  });
  const sorted = students.map((student) => student.points).sort((a, b) => a - b);
  const middle = (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.floor(sorted.length / 2)]) / 2;
  const average = sorted.reduce((sum, points) => sum + points, 0) / sorted.length;
  const figures =
    sorted.length === 0
      ? "There are no points."
      : [
          "Average ",
          element("strong", {}, number(average)),
          ", median ",
          element("strong", {}, number(middle)),
          ` of ${number(most)} points.`,
        ];
  return [element("p", {}, figures), histogram(bars), element("h3", {}, "Right, by task"), rightByTask()];
}

function rightByTask() {
  const item = ({ number, title }) => {
    const all = results.students.length;
    const right = results.students.filter((student) => taskOf(student, number)?.outcome === "passed").length;
    return element(
      "li",
      {},
      element("span", {}, `${number} ${title}`),
      share(right, all),
      element("span", {}, `${right} of ${all}`),
    );
  };
  return element("ul", { class: "by-task" }, results.course.tasks.map(item));
}

/** A bar for a part of a whole; the numbers beside it say the same. */
function share(part, whole) {
  const bar = element("span", { class: "share", "aria-hidden": "true" }, element("i"));
  bar.firstChild.style.width = `${(100 * part) / Math.max(whole, 1)}%`;
  return bar;
}

function histogram(bars) {
  const highest = Math.max(1, ...bars.map((bar) => bar.students));
  const [step, height] = [40, 110];
  const words = bars
    .filter((bar) => bar.students)
    .map((bar) => `${number(bar.from)} to ${number(bar.to)} points: ${bar.students}`);
  const title = `How many students have how many points. ${words.join("; ")}.`;
  const column = (bar, i) => {
    const tall = Math.round((bar.students / highest) * height);
    const x = i * step + step / 2;
    return [
      shape("rect", {
        x: i * step + 3,
        y: 16 + height - tall,
        width: step - 6,
        height: Math.max(tall, 1),
        rx: 3,
        class: "bar",
      }),
      bar.students > 0 && shape("text", { x, y: 11 + height - tall, class: "value" }, bar.students),
      shape("text", { x: i * step, y: 30 + height, class: "tick" }, number(bar.from)),
    ];
  };
  const last = shape("text", { x: bars.length * step, y: 30 + height, class: "tick" }, number(bars.at(-1).to));
  const box = `-12 0 ${bars.length * step + 24} ${height + 34}`;
  return shape(
    "svg",
    { viewBox: box, class: "histogram", role: "img", "aria-label": title },
    bars.map(column),
    last,
  );
}

/** New snapshots by those who show the same ones: a way of solving a task. */
function newWays() {
  const ways = new Map();
  for (const { task, snapshot, students } of results.review) {
    const key = JSON.stringify([task, students]);
    if (!ways.has(key)) ways.set(key, { task, students, snapshots: [] });
    ways.get(key).snapshots.push(snapshot);
  }
  return [...ways.values()];
}

function review() {
  const ways = newWays();
  if (ways.length === 0)
    return [element("p", {}, "Nothing: every right solution runs in a way that is known.")];
  const written = results.review.some(({ snapshot }) => snapshot.endsWith(".snap.new"));
  const next = written
    ? ["In the course's folder, ", element("code", {}, "cargo insta review"), " shows them one by one."]
    : ["Their snapshots are not written (CI or INSTA_UPDATE=no says so): grade again without it, to review them."];
  const way = ({ task, snapshots, students }) =>
    element(
      "li",
      {},
      element("strong", {}, titleOf(task)),
      ` ${count(snapshots.length, "run")} `,
      nameLinks(students, () => numberOf(task)),
      folded("Snapshots", () =>
        element(
          "ul",
          { class: "plain" },
          snapshots.map((snapshot) => element("li", {}, element("code", {}, snapshot))),
        ),
      ),
    );
  return [
    element("p", {}, "These keep the contract in a way that nobody has looked at yet. ", next),
    element("ul", { class: "plain" }, ways.map(way)),
  ];
}

const numberOf = (name) => results.course.tasks.find((task) => task.name === name)?.number;

function showSimilar() {
  const { similar } = results;
  if (!similar) return;
  byId("similar-section").hidden = false;
  const words =
    "Something to look at, never a verdict: small tasks have few right solutions, and those look alike.";
  const list = similar.length
    ? element("ul", { class: "plain" }, similar.map(likeness))
    : element("p", {}, "None were found.");
  byId("similar").append(element("p", {}, words), list);
}

function likeness({ task, students, alike }) {
  const number = numberOf(task);
  const words = [element("strong", {}, titleOf(task)), ` ${Math.floor(alike * 100)} % alike `];
  const sideBySide = () =>
    element(
      "div",
      { class: "beside" },
      students.map((name) => filesOf(name, number)),
    );
  return element(
    "li",
    {},
    words,
    nameLinks(students, () => number),
    folded("Side by side", sideBySide),
  );
}

/** The files of a student's task, under the student's name. */
function filesOf(name, number) {
  const student = results.students.find((student) => student.name === name);
  const files = (student && taskOf(student, number)?.files) ?? [];
  const file = (file) => [element("code", { class: "soft" }, file.path), codeOfFile(file, new Map())];
  return element("div", {}, element("h3", {}, element("bdi", {}, name)), files.map(file));
}
