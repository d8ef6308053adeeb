// The data, and the words for it.

const { results, drawings, codes, hand_in: handIn } = JSON.parse(byId("data").textContent);

/** Outcomes, best first: a sign and a word, so that nothing depends on its colour. */
const OUTCOMES = {
  passed: { sign: "✓", word: "right" },
  failed: { sign: "✗", word: "wrong" },
  "did-not-finish": { sign: "∞", word: "no end" },
  crashed: { sign: "!", word: "crash" },
  "did-not-compile": { sign: "≠", word: "no build" },
  waiting: { sign: "…", word: "waits" },
  untouched: { sign: "·", word: "not started" },
  missing: { sign: "–", word: "missing" },
  "not-judged": { sign: "?", word: "not judged" },
};

const RANKS = Object.keys(OUTCOMES);

const count = (n, noun) => `${n} ${noun}${n === 1 ? "" : "s"}`;

/** At most two decimals. */
const number = (value) => String(Math.round(value * 100) / 100);

/** Whether nothing is known of what a task is worth. */
const lacksPoints = (task) => task.outcome === "not-judged" && !task.overridden;

/** Whether a student's points say what the submission is worth. */
const hasPoints = (student) => student.points_by_hand || !student.tasks.some(lacksPoints);

/** The code that a task is about: of its first diagnosis, or of its first remark. */
const codeOf = (task) => (task.diagnoses?.[0] ?? task.remarks?.[0])?.code ?? "";

/** What came of a task, in a sentence. */
function headline(task) {
  const { word } = OUTCOMES[task.outcome];
  if (task.diagnoses?.length) return codes[task.diagnoses[0].code].title;
  if (task.waits_for) return `waits for ${titleOf(task.waits_for)}`;
  if (task.remarks?.length) return `${word}, with ${count(task.remarks.length, "remark")}`;
  return word;
}

/** Sentences in which `names of code` stand between backticks, as such. */
const prose = (text) =>
  text.split(/`([^`\n]+)`/).map((part, i) => (i % 2 === 0 ? part : element("code", {}, part)));

/** Sentences, and lines of code, which begin with a space. */
function paragraphs(text) {
  const isCode = (line) => /^\s+\S/.test(line);
  const blocks = [];
  for (const line of text.split("\n")) {
    const code = isCode(line);
    const last = blocks.at(-1);
    if (last && last.code === code) last.lines.push(line);
    else blocks.push({ code, lines: [line] });
  }
  return blocks
    .map(({ code, lines }) => ({ code, text: lines.join("\n").replace(/^\n+|\s+$/g, "") }))
    .filter(({ text }) => text)
    .map(({ code, text }) =>
      code
        ? element("pre", { class: "quoted" }, element("code", {}, text.replace(/^ {4}/gm, "")))
        : element("p", { class: "text" }, prose(text)),
    );
}

/** The number and the title of a task of the course, by its package. */
function titleOf(name) {
  const task = results.course.tasks.find((task) => task.name === name);
  return task ? `${task.number} ${task.title}` : name;
}

/** A sign and a word for an outcome. */
function badge(outcome) {
  const { sign, word } = OUTCOMES[outcome];
  return element(
    "span",
    { class: `badge ${outcome}` },
    element("span", { class: "sign", "aria-hidden": "true" }, sign),
    word,
  );
}

/** Names as links to the students, or to those of their tasks that `numberFor` gives. */
const nameLinks = (names, numberFor) => {
  const link = (name) => studentLink(name, numberFor(name), {}, element("bdi", {}, name));
  return element(
    "ul",
    { class: "names" },
    names.map((name) => element("li", {}, link(name))),
  );
};
