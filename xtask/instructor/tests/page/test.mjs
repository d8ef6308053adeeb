// Opens the page of a class in Chromium, and looks whether it does what it is for.
//
//     node test.mjs CLASS-OF-60 CLASS-OF-300 CLASS-OF-NOBODY
//
// npm ci, beside this file, fetches what it needs; puppeteer-core 24 is the last that runs on node 20.
// Chromium is the one that CHROMIUM names, or /usr/bin/chromium. Exit code: 1 if something failed, which is named.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SIZES = [
  { width: 1280, height: 900 },
  { width: 360, height: 740 },
];
const THEMES = ["light", "dark"];
/** For 300 students: from the navigation's start to the matrix on the screen. */
const MOST_MS = 1000;

const [sixty, threeHundred, nobody] = process.argv.slice(2).map((path) => pathToFileURL(path).href);
const root = process.getuid?.() === 0;
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: root ? ["--no-sandbox"] : [],
});

const failed = [];
let passed = 0;

function check(what, holds, found = "") {
  if (holds) passed += 1;
  else failed.push(`${what}${found === "" ? "" : `: ${JSON.stringify(found)}`}`);
}

/** A page, and what it did that it should not. */
async function open(url, { size = SIZES[0], theme = "light", hash = "" } = {}) {
  const page = await browser.newPage();
  const trouble = [];
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && trouble.push(message.text()));
  page.on("pageerror", (error) => trouble.push(error.message));
  page.on("request", (request) => /^(file|data):/.test(request.url()) || trouble.push(request.url()));
  page.on("dialog", (dialog) => trouble.push("a dialog opened") && dialog.dismiss());
  await page.setViewport(size);
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
  await page.goto(url + hash);
  await page.waitForSelector("#count:not(:empty)");
  return { page, trouble };
}

const names = (page) => page.$$eval("#matrix tbody th bdi", (all) => all.map((name) => name.textContent));
/** Numbers of a column; one that is not known is below all others. */
const columnOf = (page, css) =>
  page.$$eval(`#matrix tbody ${css}`, (all) =>
    all.map((cell) => (cell.textContent.startsWith("?") ? -1 : parseFloat(cell.textContent))),
  );
const isOpen = (page) => page.$eval("#student", (dialog) => dialog.open);
const title = (page) => page.$eval("#student-title", (heading) => heading.textContent);
const focused = (page) => page.evaluate(() => document.activeElement.textContent);
const ascending = (list) => list.every((value, i) => i === 0 || list[i - 1] <= value);
const data = (page) => page.$eval("#data", (script) => JSON.parse(script.textContent));
/** After the page has followed a change of its address. */
const settled = (page) => page.evaluate(() => new Promise((done) => setTimeout(done, 50)));

async function sorts(page) {
  await page.click('[data-key="points"] button');
  check("a click on Points sorts by points", ascending(await columnOf(page, "td.points")));
  await page.focus('[data-key="points"] button');
  await page.keyboard.press("Enter");
  check("Enter turns the order round", ascending((await columnOf(page, "td.points")).reverse()));
  const said = await page.$eval('[data-key="points"]', (heading) => heading.getAttribute("aria-sort"));
  check("the heading says how it is sorted", said === "descending", said);
  await page.focus('[data-key="3"] button');
  await page.keyboard.press("Space");
  const words = await page.$$eval('#matrix a[data-task="3"] .badge', (all) =>
    all.map((badge) => badge.className),
  );
  const blocks = words.filter((word, i) => word !== words[i - 1]).length;
  check(
    "Space on a task sorts by its outcomes",
    blocks === new Set(words).size && words[0] === "badge passed",
    words[0],
  );
  await page.click('[data-key="name"] button');
}

async function filters(page) {
  const all = await data(page);
  const total = all.results.students.length;
  await page.type("#find", "petrov");
  const found = await names(page);
  check(
    "typing shows who has that name",
    found.length > 0 && found.every((name) => /petrov/i.test(name)),
    found,
  );
  const said = await page.$eval("#count", (count) => count.textContent);
  check("it is said how many are shown", said === `${found.length} of ${total} students`, said);
  await page.click("#reset");
  check("Show all shows all", (await names(page)).length === total);
  const code = await page.$eval(".mistakes code", (code) => code.textContent);
  await page.click(".mistakes a");
  const shown = await names(page);
  const has = (student) => student.tasks.some((task) => task.diagnoses?.[0]?.code === code);
  const wanted = all.results.students.filter(has).map((student) => student.name);
  check(
    "a mistake's link shows who made it",
    shown.length === wanted.length && shown.every((name) => wanted.includes(name)),
    shown,
  );
  check("and marks where", (await page.$$(".asked")).length >= shown.length);
  await page.click(".mistakes summary");
  await settled(page);
  await page.click(".mistakes .names a");
  const where = await title(page);
  check("its names lead to the students", wanted.includes(where), where);
  const task = await page.evaluate(() => document.activeElement.id);
  const about = all.results.students.find((student) => student.name === where);
  const { number } = about.tasks.find((task) => task.diagnoses?.[0]?.code === code);
  check("and to the task that shows it", task === `task-${number}`, task);
  await page.goBack();
  await settled(page);
  await page.goBack();
  await settled(page);
  check("Back shows all again", (await names(page)).length === total);
  await page.select("#show", "passed");
  await page.select("#in", "5");
  const right = all.results.students.filter((student) =>
    student.tasks.some((task) => task.number === 5 && task.outcome === "passed"),
  );
  check("an outcome of a task can be asked for", (await names(page)).length === right.length);
  await page.click("#reset");
}

async function opensStudents(url, page) {
  const all = await data(page);
  const index = all.drawings.findIndex(
    (drawn, i) => drawn[1] && all.results.students[i].tasks[1].diagnoses[0].place,
  );
  const student = all.results.students[index];
  const hash = `#${new URLSearchParams({ student: student.name, task: 2 })}`;
  const { page: linked, trouble } = await open(url, { hash });
  check("a link opens the student", (await isOpen(linked)) && (await title(linked)) === student.name);
  check("and goes to the task", /^2 /.test(await focused(linked)), await focused(linked));
  const line = await linked.$eval("#task-2 ~ * .named", (line) => line.textContent);
  check("the line that is spoken of is marked", line.includes(student.tasks[1].diagnoses[0].code), line);
  const bars = await linked.$$eval(".track .waiting", (all) =>
    all.map((bar) => bar.getBoundingClientRect().width),
  );
  check("the timeline is drawn", bars.length >= 8 && Math.max(...bars) > 3 * Math.min(...bars), bars);
  await linked.keyboard.press("Tab");
  check(
    "the keyboard stays within it",
    await linked.evaluate(() => document.activeElement.closest("#student") !== null),
  );
  await linked.keyboard.press("Escape");
  check("Escape closes it", !(await isOpen(linked)));
  check("and goes back to its row", (await focused(linked)) === student.name, await focused(linked));
  await linked.goBack();
  await settled(linked);
  check("Back opens it again", await isOpen(linked));
  await linked.goForward();
  await settled(linked);
  check("Forward closes it again", !(await isOpen(linked)));
  await linked.keyboard.press("ArrowDown");
  await linked.keyboard.press("ArrowRight");
  await linked.keyboard.press("Enter");
  check(
    "arrow keys and Enter open a task of the next row",
    (await isOpen(linked)) && /^1 /.test(await focused(linked)),
  );
  check("a linked student makes no trouble", trouble.length === 0, trouble);
  await linked.close();
}

async function showsHostileTextAsText(url, page) {
  const all = await data(page);
  const name = all.results.students.find((student) => student.name.includes("<img")).name;
  const { page: hostile, trouble } = await open(url, { hash: `#${new URLSearchParams({ student: name })}` });
  const shown = name.replace("\u202e", "\\u{202e}");
  check("a hostile name is shown as it is", (await title(hostile)) === shown, await title(hostile));
  await hostile.$$eval("#student summary", (all) => all.forEach((summary) => summary.click()));
  await settled(hostile);
  const text = await hostile.$eval("#student", (dialog) => dialog.textContent);
  check("and so is all else of theirs", text.split(shown).length > 8, text.split(shown).length);
  const made = await hostile.$$eval("img, iframe, body script ~ script ~ script", (all) => all.length);
  check("nothing is made of it", made === 0 && !(await hostile.title()).includes("taken over"));
  check("hostile text makes no trouble", trouble.length === 0, trouble);
  await hostile.close();
}

/** Words between backticks, signatures, and what a student whose submission could not be taken is told. */
async function showsWordsAsTheyAreMeant(url, page) {
  const { results } = await data(page);
  const opened = async (student) =>
    (await open(url, { hash: `#${new URLSearchParams({ student: student.name })}` })).page;
  const unbuilt = (task) => task.outcome === "did-not-compile" && task.diagnoses[0].text.includes("`");
  const built = await opened(results.students.find((student) => student.tasks.some(unbuilt)));
  const texts = await built.$$eval(".diagnosis .text", (all) => all.map((text) => text.textContent));
  check("no backticks are left in sentences", texts.length > 2 && !texts.join("").includes("`"), texts);
  const quoted = await built.$$eval(".diagnosis .quoted", (all) => all.map((text) => text.textContent));
  check("signatures stand by themselves", quoted.length >= 2 && /^pub async fn \w+\(\)$/.test(quoted[0]), quoted);
  await built.close();
  const refused = await opened(results.students.find((student) => student.refused));
  const told = await refused.$eval("#student", (dialog) => dialog.textContent);
  check("who could not be taken is told what to do", told.includes("Hand it in once more"), told);
  await refused.close();
  const review = await page.$$eval("#review .names", (all) => all.length);
  check("a way that several runs show is told once", review === 1, review);
  const byTask = await page.$$eval(".by-task li", (all) => all.map((one) => one.textContent));
  const ofAll = byTask.every((text) => text.endsWith(` of ${results.students.length}`));
  check("every student counts in every figure", ofAll, byTask);
}

/** A task's file has the same path in every task. */
async function marksLinesOfItsOwnFilesOnly(url, page) {
  const { results } = await data(page);
  const bypasses = (task) => task.diagnoses?.[0]?.code === "E-dependency-bypassed" && task.diagnoses[0].place;
  const student = results.students.find((student) => student.tasks.some(bypasses));
  const { number } = student.tasks.find(bypasses);
  const { page: opened } = await open(url, {
    hash: `#${new URLSearchParams({ student: student.name, task: number })}`,
  });
  const named = await opened.$$eval(
    `#task-${number}`,
    ([heading]) => heading.closest("section").querySelectorAll(".named").length,
  );
  check("a line of another task's file is not marked", named === 0, named);
  await opened.close();
}

async function putsLikenessesSideBySide(page) {
  const { results } = await data(page);
  const { students } = results.similar[0];
  await page.click("#similar summary");
  await settled(page);
  const shown = await page.$$eval("#similar .beside > div", (all) => all.map((one) => one.textContent));
  const texts = students.map((name) => results.students.find((student) => student.name === name));
  const lines = texts.map((student) => student.tasks[1].files[0].text.split("\n")[0]);
  const right =
    shown.length === 2 && shown.every((text, i) => text.includes(students[i]) && text.includes(lines[i]));
  check("files that look alike are put side by side", right, shown.length);
}

async function saysWhomItDoesNotKnow(url) {
  const { page, trouble } = await open(url, { hash: "#student=nobody" });
  const said = await page.$eval("#unknown", (said) => said.textContent);
  check("a link to nobody says so", said.includes("nobody") && !(await isOpen(page)), said);
  check("a link to nobody makes no trouble", trouble.length === 0, trouble);
  await page.close();
}

/** What axe finds in the page as it is now. */
async function accessible(page, what) {
  await page.evaluate(AXE);
  const found = await page.evaluate(async (tags) => {
    const { violations } = await window.axe.run(document, { runOnly: tags });
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map((node) => node.html.slice(0, 120))
          .join(" | ")} (${nodes.length})`,
    );
  }, AXE_TAGS);
  check(`axe finds nothing in ${what}`, found.length === 0, found);
}

async function saysWhatIsIncomplete(url) {
  const { page } = await open(url);
  const { incomplete } = (await data(page)).results;
  const said = await page.$eval("#incomplete-section", (section) => !section.hidden && section.textContent);
  check("an incomplete report says so", said && said.includes(`${incomplete.length} of 60 submissions`), said);
  check("it says why", said && said.includes(incomplete[0].why), said);
  const first = await page.$eval("#main > :not(noscript)", (part) => part.id);
  check("that comes before all else", first === "incomplete-section", first);
  const [before, never] = [true, false].map((was) =>
    incomplete.find(({ graded_before }) => graded_before === was),
  );
  const row = (name) =>
    page.$$eval(
      "#matrix tbody tr",
      (rows, name) => rows.find((row) => row.querySelector("bdi").textContent === name).textContent,
      name,
    );
  check("what was graded before is marked", (await row(before.student)).includes("before"));
  const unknown = await row(never.student);
  check("what is not known has no points", unknown.includes("? not known yet"), unknown);
  await page.click("#incomplete a");
  const shown = await names(page);
  check("the link shows those students", shown.length === incomplete.length, shown);
  await page.goto(`${url}#student=${encodeURIComponent(before.student)}`);
  await settled(page);
  const told = await page.$eval("#student", (dialog) => dialog.textContent);
  check("a student's page says what is from before", told.includes("Graded before, and could not"), told);
  await page.close();
}

async function looks(url, size, theme) {
  const what = `${theme}, ${size.width} px wide`;
  const { page, trouble } = await open(url, { size, theme });
  const dark = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  check(`${what}: the theme is the system's`, /rgb\(15/.test(dark) === (theme === "dark"), dark);
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
  check(`${what}: the page is no wider than its window`, (await wide()) <= size.width, await wide());
  await accessible(page, `the class, ${what}`);
  await page.click("#matrix tbody th a");
  check(`${what}: a click opens a student`, await isOpen(page));
  await page.$$eval("#student summary", (all) =>
    all.forEach((summary) => summary.parentElement.open || summary.click()),
  );
  await settled(page);
  const dialogWide = await page.$eval("#student", (dialog) => dialog.scrollWidth - dialog.clientWidth);
  check(`${what}: a student is no wider than the window`, dialogWide <= 0, dialogWide);
  await accessible(page, `a student, ${what}`);
  await page.keyboard.press("Escape");
  await page.click("#theme");
  const other = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  check(`${what}: the button changes the theme`, other !== dark);
  await page.evaluate(() => localStorage.clear());
  check(`${what}: no errors, and nothing asked of the network`, trouble.length === 0, trouble);
  await page.close();
}

/** How long a class takes from the start to the first picture with the matrix in it. */
async function took(url) {
  const { page, trouble } = await open(url);
  const ms = await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now())))),
  );
  check("300 students are shown", (await names(page)).length === 300);
  check("a large class makes no trouble", trouble.length === 0, trouble);
  await page.close();
  return Math.round(ms);
}

/** By the quickest of a few times: what else the machine does is none of the page's. */
async function quick(url) {
  const times = [await took(url), await took(url), await took(url)];
  check(`300 students are shown within ${MOST_MS} ms`, Math.min(...times) < MOST_MS, times);
  console.log(`300 students: shown after ${times.join(", ")} ms`);
}

try {
  const { page, trouble } = await open(sixty);
  await sorts(page);
  await filters(page);
  await opensStudents(sixty, page);
  await showsHostileTextAsText(sixty, page);
  await marksLinesOfItsOwnFilesOnly(sixty, page);
  await showsWordsAsTheyAreMeant(sixty, page);
  await saysWhomItDoesNotKnow(sixty);
  await saysWhatIsIncomplete(sixty);
  await putsLikenessesSideBySide(page);
  check("sorting and filtering make no trouble", trouble.length === 0, trouble);
  await page.close();
  for (const size of SIZES) for (const theme of THEMES) await looks(sixty, size, theme);
  await quick(threeHundred);
  const empty = await open(nobody);
  const complete = await empty.page.$eval("#incomplete-section", (section) => section.hidden);
  check("a complete report says nothing of that", complete);
  check("a class of nobody makes no trouble", empty.trouble.length === 0, empty.trouble);
  await accessible(empty.page, "a class of nobody");
} catch (error) {
  failed.push(error.stack);
} finally {
  await browser.close();
}
for (const what of failed) console.error(`failed: ${what}`);
console.log(`${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;
