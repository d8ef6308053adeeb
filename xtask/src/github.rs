//! A report as GitHub Actions shows it: annotations beside the code, and a summary of the job.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use checker::show::{self, Style};
use checker::tasks;
use checker::verdict::code::Code;
use checker::verdict::{Diagnosis, Outcome, Report, TaskReport, Verdict};

/// Characters of a message, and of an explanation in the summary: GitHub refuses a summary of more than a MiB, and
/// nobody reads an annotation of a page.
const LONGEST_MESSAGE: usize = 2_000;
const LONGEST_EXPLANATION: usize = 50_000;

/// What is written to the log: the ordinary screen, and then the annotations.
pub fn log(report: &Report, shown: &str, root: &Path) -> String {
    // A line that begins with `::` is a command to the runner, and the screen may show output of a student's code. The runner
    // obeys no command until this word comes again. The word is random, so the student's code can't know it.
    let word = format!("shown-{:016x}", RandomState::new().build_hasher().finish());
    let annotations = annotations(report, &Site::of(root));
    format!("::stop-commands::{word}\n{shown}\n::{word}::\n{annotations}")
}

/// Appends the summary to the file that the runner names. Outside of a runner there is none.
pub fn append_summary(report: &Report) -> Result<()> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else {
        return Ok(());
    };
    let path = PathBuf::from(path);
    std::fs::File::options()
        .append(true)
        .create(true)
        .open(&path)
        .and_then(|mut file| file.write_all(summary(report).as_bytes()))
        .with_context(|| format!("cannot write the job summary {}", path.display()))
}

/// Where the course lies: places are told to GitHub relative to the repository.
struct Site {
    root: PathBuf,
    /// The way from the repository to the course, ending with a slash; nothing, if the course is the repository.
    prefix: String,
}

impl Site {
    fn of(root: &Path) -> Self {
        let repository = std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from);
        let inside = repository.and_then(|repository| {
            let inside = root.strip_prefix(repository).ok()?;
            (inside != Path::new("")).then(|| format!("{}/", slashes(&inside.to_string_lossy())))
        });
        Self { root: root.into(), prefix: inside.unwrap_or_default() }
    }

    /// A file of the course as GitHub knows it; nothing, if it is none (a panic may come out of a library).
    fn file(&self, file: &str) -> Option<String> {
        let path = Path::new(file);
        let inside = if path.is_absolute() { path.strip_prefix(&self.root).ok()? } else { path };
        self.root
            .join(inside)
            .is_file()
            .then(|| format!("{}{}", self.prefix, slashes(&inside.to_string_lossy())))
    }
}

fn slashes(path: &str) -> String {
    path.replace('\\', "/")
}

/// One line for each thing that is wrong, or could be nicer, and one for the whole.
fn annotations(report: &Report, site: &Site) -> String {
    let mut text = String::new();
    for task in &report.tasks {
        let verdict = &task.verdict;
        match verdict.outcome {
            Outcome::Waiting => {}
            Outcome::NotJudged => {
                let why = verdict.not_judged.as_deref().unwrap_or_default();
                text.push_str(&annotation("error", task, "could not be judged", None, why, site));
            }
            Outcome::Passed => {
                for remark in &verdict.remarks {
                    let place = remark.place.as_ref().map(|at| (at.file.clone(), Some(at.line)));
                    text.push_str(&annotation(
                        "notice",
                        task,
                        remark.code.title(),
                        place,
                        &remark.text,
                        site,
                    ));
                }
            }
            Outcome::Untouched => {
                let folder = folder(task);
                let next = format!("read {folder}/README.md, then edit its src/lib.rs");
                text.push_str(&annotation("notice", task, "not started", None, &next, site));
            }
            _ => {
                let title = verdict.code().map_or("missing", Code::title);
                text.push_str(&annotation(
                    "error",
                    task,
                    title,
                    place(task),
                    &message(verdict),
                    site,
                ));
            }
        }
    }
    text + &command("notice", &[("title", "Await & See")], &headline(report))
}

fn annotation(
    kind: &str,
    task: &TaskReport,
    title: &str,
    place: Option<(String, Option<u32>)>,
    message: &str,
    site: &Site,
) -> String {
    let title = format!("{} {}: {title}", task.number, task.name);
    let place = place
        .and_then(|(file, line)| Some((site.file(&file)?, line)))
        .or_else(|| Some((site.file(&format!("{}/src/lib.rs", folder(task)))?, None)));
    let (file, line) = place.unzip();
    let line = line.flatten().map(|line| line.to_string());
    let mut properties = Vec::new();
    properties.extend(file.as_deref().map(|file| ("file", file)));
    properties.extend(line.as_deref().map(|line| ("line", line)));
    properties.push(("title", &title));
    command(kind, &properties, message)
}

fn folder(task: &TaskReport) -> String {
    let folder = tasks::by_name(&task.name).map(|task| task.folder()).unwrap_or_default();
    format!("crates/{folder}")
}

/// Where the first diagnosis points to; if it points nowhere, where the compiler does.
fn place(task: &TaskReport) -> Option<(String, Option<u32>)> {
    let diagnosis = task.verdict.diagnoses.first()?;
    if let Some(at) = &diagnosis.place {
        return Some((at.file.clone(), Some(at.line)));
    }
    let messages = task.verdict.compiler.as_deref()?;
    if diagnosis.code == Code::Manifest {
        // as xtask says it: `crates/04-tasks/Cargo.toml, line 2: …`
        let file = format!("{}/Cargo.toml", folder(task));
        let line =
            messages.split_once(&format!("{file}, line ")).and_then(|(_, rest)| number(rest));
        return Some((file, line));
    }
    // as rustc says it: ` --> crates/04-tasks/src/lib.rs:16:5`; places in the harness are skipped, because nobody can fix them
    messages.lines().find_map(|line| {
        let place = slashes(line.trim_start().strip_prefix("--> ")?);
        let (file, rest) = place.split_once(".rs:")?;
        let own = file.starts_with(&format!("{}/src/", folder(task)));
        own.then(|| (format!("{file}.rs"), number(rest)))
    })
}

/// The number that a text begins with.
fn number(text: &str) -> Option<u32> {
    text.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// What is wrong in words: the cause, its symptoms, and the compiler's words if there are no others.
fn message(verdict: &Verdict) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (i, Diagnosis { code, text, .. }) in verdict.diagnoses.iter().enumerate() {
        match (i, text.as_str()) {
            (_, "") => {}
            (0, text) => parts.push(text.into()),
            (_, text) => parts.push(format!("also {code}: {text}")),
        }
    }
    parts.extend(verdict.compiler.as_deref().map(|messages| messages.trim_end().to_string()));
    parts.extend(verdict.code().map(|code| format!("cargo xtask explain {code}")));
    truncate(&parts.join("\n\n"), LONGEST_MESSAGE)
}

/// A workflow command. What its parts must not hold is escaped as the runner reads it.
fn command(name: &str, properties: &[(&str, &str)], message: &str) -> String {
    let properties: Vec<String> =
        properties.iter().map(|(key, value)| format!("{key}={}", property(value))).collect();
    format!("::{name} {}::{}\n", properties.join(","), data(message))
}

fn data(text: &str) -> String {
    // the percent sign first: it begins the escapes
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

fn headline(report: &Report) -> String {
    let right = report.tasks.iter().filter(|task| task.verdict.right()).count();
    format!("{right} of {} tasks are right", report.tasks.len())
}

/// The summary in Markdown: a table of the tasks, and what a person sees of each that there is something to say of.
fn summary(report: &Report) -> String {
    let mut text = format!("## Await & See: {}\n\n", headline(report));
    text.push_str("| task | verdict | code |\n| --- | --- | --- |\n");
    for task in &report.tasks {
        let verdict = &task.verdict;
        let code = verdict.code().or(verdict.remarks.first().map(|remark| remark.code));
        let code = code.map_or(String::new(), |code| format!("`{code}`"));
        let name = format!("{} {}", task.number, task.name);
        let name = match tasks::by_name(&task.name) {
            Some(course) => format!("{name} (`{}`)", course.function),
            None => name,
        };
        text.push_str(&format!("| {name} | {} | {code} |\n", show::state(verdict, Style::plain())));
    }
    for task in report.tasks.iter().filter(|task| show::explains(&task.verdict)) {
        let explanation = show::explanation(task, Style::plain());
        text.push_str(&format!("\n{}", block(&truncate(&explanation, LONGEST_EXPLANATION))));
    }
    text + "\n"
}

/// A code block that its contents, whatever they are, can't end.
fn block(contents: &str) -> String {
    let longest = contents.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(3.max(longest + 1));
    format!("{fence}text\n{}\n{fence}\n", contents.trim_end())
}

fn truncate(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}\n…", &text[..end]),
        None => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(code: Code, compiler: Option<&str>) -> Verdict {
        let diagnosis = Diagnosis { code, text: "It is wrong.".into(), place: None, call: None };
        Verdict { compiler: compiler.map(Into::into), ..Verdict::of(diagnosis) }
    }

    fn report(verdict: Verdict) -> Report {
        let task = tasks::find("2").unwrap();
        Report { tasks: vec![TaskReport::new(task, verdict)], ..Report::new(0) }
    }

    #[test]
    fn what_would_end_a_part_of_a_command_is_escaped() {
        assert_eq!(
            command("error", &[("title", "a: b, 100%\n")], "a: b, 100%\r\n::error::c"),
            "::error title=a%3A b%2C 100%25%0A::a: b, 100%25%0D%0A::error::c\n"
        );
        assert_eq!(data("%0A"), "%250A", "an escape in the text is no escape");
    }

    #[test]
    fn a_code_block_is_not_ended_by_what_stands_in_it() {
        assert_eq!(block("a\n````\nb\n"), "`````text\na\n````\nb\n`````\n");
        assert_eq!(block("a `b`\n"), "```text\na `b`\n```\n");
    }

    #[test]
    fn a_diagnosis_without_a_place_is_put_where_the_compiler_points_in_the_students_source() {
        let messages = "error: no\n  --> crates/02-concurrent-coroutines/tests/harness.rs:9:1\n  --> crates/02-concurrent-coroutines/src/lib.rs:16:5\n";
        let of = |code, messages: &str| place(&report(verdict(code, Some(messages))).tasks[0]);
        let lib = "crates/02-concurrent-coroutines/src/lib.rs";
        assert_eq!(of(Code::Compile, messages), Some((lib.into(), Some(16))));
        assert_eq!(of(Code::Compile, &messages.replace('/', "\\")), Some((lib.into(), Some(16))));
        assert_eq!(of(Code::Compile, "error: no"), None);
        let manifest = "crates/02-concurrent-coroutines/Cargo.toml";
        let messages = format!("{manifest}, line 7: unexpected `]`");
        assert_eq!(of(Code::Manifest, &messages), Some((manifest.into(), Some(7))));
    }

    #[test]
    fn a_file_outside_of_the_course_is_not_pointed_at() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let site = Site { root: root.into(), prefix: "course/".into() };
        let lib = "crates/04-tasks/src/lib.rs";
        assert_eq!(site.file(lib), Some(format!("course/{lib}")));
        assert_eq!(site.file(&root.join(lib).to_string_lossy()), Some(format!("course/{lib}")));
        assert_eq!(site.file("/rustc/library/core/src/panicking.rs"), None);
        assert_eq!(site.file("src/no-such-file.rs"), None);
    }

    #[test]
    fn the_screen_can_not_command_the_runner() {
        let log = log(&report(verdict(Code::ALL[0], None)), "::add-mask::a", Path::new("/"));
        let lines: Vec<&str> = log.lines().collect();
        let word = lines[0].strip_prefix("::stop-commands::").unwrap();
        assert_eq!(lines[1], "::add-mask::a");
        assert_eq!(lines[2], format!("::{word}::"));
        assert!(lines[3].starts_with("::error title=2 concurrent-coroutines%3A "), "{log}");
    }
}
