// A student's code: numbered lines, and remarks under the lines that they are about.

/** A file. `remarksOf` holds the remarks of line numbers. */
function codeOfFile(file, remarksOf) {
  const text = visible(file.text).replace(/\n$/, "");
  const line = (text, i) => {
    const remarks = remarksOf.get(i + 1) ?? [];
    return element(
      "span",
      { class: remarks.length ? "line named" : "line" },
      text || "\u00a0",
      remarks.map((remark) =>
        element("span", { class: "remark" }, element("span", { "aria-hidden": "true" }, "↑ "), remark),
      ),
    );
  };
  const lines = text === "" ? element("span", { class: "soft" }, "(empty)") : text.split("\n").map(line);
  return element("pre", { class: "code" }, element("code", {}, lines));
}

/** What the diagnoses and remarks of a task say about lines of a file. */
function remarksIn(task, file) {
  const remarksOf = new Map();
  for (const { code, place } of [...(task.diagnoses ?? []), ...(task.remarks ?? [])]) {
    if (!place || !isPlaceIn(place.file, task, file.path)) continue;
    remarksOf.set(place.line, [...(remarksOf.get(place.line) ?? []), `${code}: ${codes[code].title}`]);
  }
  return remarksOf;
}

/**
 * Whether a place is in a task's file. The compiler names files from the course's folder on, and a submission from the
 * task's; a diagnosis can name a file of another task, which has the same path there.
 */
function isPlaceIn(place, task, path) {
  const [whole, end] = [place, path].map((name) => `/${name.replaceAll("\\", "/")}`);
  const others = results.course.tasks.filter(({ name }) => name !== task.name);
  // folders have two digits; in older reports they have one
  const numbers = (number) => [String(number).padStart(2, "0"), String(number)];
  const isIn = ({ number, name }) => numbers(number).some((digits) => whole.includes(`/${digits}-${name}/`));
  return whole.endsWith(end) && !others.some(isIn);
}

/** What a program wrote, line by line as it did. It can be wider than the page, so it scrolls, by keys too. */
const printout = (label, text) =>
  element("pre", { class: "printout", tabindex: "0", role: "group", "aria-label": label }, text);
