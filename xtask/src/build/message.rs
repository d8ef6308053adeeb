//! The compiler's messages, without advice that would mislead a student here.
//!
//! The compiler writes for everybody. It would tell a student of this course to ignore a future that should be awaited, to
//! edit a manifest that does not belong to the student, or to repair the harness. Both builders remove such advice, and put
//! helpful advice in its place.

use checker::contract::task::HARNESS;
use checker::rules::manifest::may_use;
use checker::tasks::Task;
use serde::Deserialize;

use super::known_errors;

/// One of the compiler's messages, with the fields that are needed here.
#[derive(Deserialize)]
pub struct Message {
    pub level: String,
    pub message: String,
    #[serde(default)]
    pub code: Option<Code>,
    #[serde(default)]
    pub spans: Vec<Span>,
    /// Notes and advice below the message.
    #[serde(default)]
    pub children: Vec<Message>,
    pub rendered: Option<String>,
    /// Whether this is not a message of the compiler, but says that it ended without one. Such a result must not be kept.
    #[serde(skip)]
    pub ended_early: bool,
}

/// `E0432`, or the name of a lint.
#[derive(Deserialize)]
pub struct Code {
    pub code: String,
}

/// A place in a source that a message refers to.
#[derive(Deserialize)]
pub struct Span {
    pub file_name: String,
    pub line_end: usize,
    #[serde(default)]
    pub is_primary: bool,
    /// What the message says about this place.
    #[serde(default)]
    pub label: Option<String>,
    /// What the compiler suggests to write there instead.
    #[serde(default)]
    pub suggested_replacement: Option<String>,
    /// The lines of the file, and the part of each line that is meant.
    #[serde(default)]
    pub text: Vec<Line>,
}

#[derive(Deserialize)]
pub struct Line {
    pub text: String,
    /// Columns, from 1. The end column is excluded.
    pub highlight_start: usize,
    pub highlight_end: usize,
}

/// What happens to a note, or to a piece of advice.
enum Fate {
    Stays,
    Goes,
    /// It is replaced by this text.
    Becomes(String),
}

impl Message {
    /// A message that the compiler ended without an answer, and why the compiled code caused that.
    pub fn ended_early(why: String) -> Self {
        Self {
            level: "error".into(),
            message: why,
            code: None,
            spans: Vec::new(),
            children: Vec::new(),
            rendered: None,
            ended_early: true,
        }
    }

    /// The text of the message, with its notes.
    pub fn with_notes(&self) -> String {
        let notes = self.children.iter().map(|note| note.message.as_str());
        std::iter::once(self.message.as_str()).chain(notes).collect::<Vec<_>>().join("\n")
    }

    /// Whether the message only counts the other messages.
    pub fn counts(&self) -> bool {
        self.message.ends_with(" emitted") || self.message.starts_with("aborting due to ")
    }

    /// The message as a student of `task` reads it.
    pub fn edited(&self, task: Option<&Task>) -> String {
        let Some(rendered) = &self.rendered else { return self.message.clone() };
        let mut edited = String::new();
        let mut last_note = None;
        for part in parts(rendered) {
            let child = self.children.iter().find(|child| child.is_the_part(&part));
            let fate = child.map_or(Fate::Stays, |child| self.fate(child, task));
            match fate {
                Fate::Stays => {
                    if child.is_some_and(|child| child.message.contains(DO_NOTHING)) {
                        last_note = Some(part.lines().next().unwrap_or_default().to_string());
                    }
                    edited.push_str(&part);
                }
                Fate::Goes => {}
                Fate::Becomes(text) => {
                    let first = part.lines().next().unwrap_or_default();
                    let old = child.map_or("", |child| child.message.as_str());
                    edited.push_str(&first.replace(old.lines().next().unwrap_or_default(), &text));
                    edited.push('\n');
                }
            }
        }
        let mut edited = with_short_paths(&without_an_empty_margin(&edited));
        // in the shape (and the colours) of the note that it answers
        if let (Some(note), Some(call)) = (last_note, self.is_no_work_done()) {
            let help = note.replacen("note", "help", 1).replacen(DO_NOTHING, "\0", 1);
            let until = help.find('\0').unwrap_or(help.len());
            edited.push_str(&format!("{}{}\n", &help[..until], awaited(&call)));
        }
        match known_errors::note(self) {
            Some(note) => known_errors::with_note(&edited, note),
            None => edited.trim_end().to_string() + "\n",
        }
    }

    /// The call whose future nobody awaits, if the message warns of that.
    fn is_no_work_done(&self) -> Option<String> {
        let lint = self.code.as_ref().is_some_and(|code| code.code == "unused_must_use");
        let future = self.children.iter().any(|child| child.message.contains(DO_NOTHING));
        let span = self.spans.iter().find(|span| span.is_primary).filter(|_| lint && future)?;
        let [line] = span.text.as_slice() else { return Some("…".into()) };
        let meant = line.highlight_start.saturating_sub(1)..line.highlight_end.saturating_sub(1);
        let call: String = line.text.chars().skip(meant.start).take(meant.len()).collect();
        Some(call.trim_end_matches(';').to_string())
    }

    /// What happens to `child`, a note below this message.
    fn fate(&self, child: &Message, task: Option<&Task>) -> Fate {
        let code = self.code.as_ref().map_or("", |code| code.code.as_str());
        let advises = |text: &str| {
            let replaces = |span: &Span| {
                span.suggested_replacement.as_deref().is_some_and(|r| r.contains(text))
            };
            child.spans.iter().any(replaces)
        };
        let is_help = child.level == "help";
        if is_help && code == "unused_must_use" && advises("let _ =") {
            return Fate::Goes;
        }
        // its words depend on the version; it has no place where the student could write anything
        let edits_the_manifest = child.spans.is_empty() && child.message.contains("crate named");
        if is_help && matches!(code, "E0432" | "E0433" | "E0463") && edits_the_manifest {
            return task.map_or(Fate::Goes, |task| Fate::Becomes(may_use(task)));
        }
        // the caller of the function is right, so only notes about the student's own lines can help
        if self.is_of_the_harness()
            && !child.spans.iter().any(|span| is_the_students(&span.file_name))
        {
            return Fate::Goes;
        }
        Fate::Stays
    }

    /// Whether the message is about the code that calls the student's function, and not about the function.
    fn is_of_the_harness(&self) -> bool {
        let is_the_harnesses = |span: &Span| {
            let file = span.file_name.replace('\\', "/");
            span.is_primary && (file.ends_with(HARNESS) || file.starts_with("checker/"))
        };
        self.spans.iter().any(is_the_harnesses)
    }

    /// Whether `part` of a rendered message is this note.
    fn is_the_part(&self, part: &str) -> bool {
        let first = plain(part.lines().next().unwrap_or_default());
        let first = first.trim_start_matches([' ', '=']);
        let summary = self.message.lines().next().unwrap_or_default();
        first.strip_prefix(self.level.as_str()).and_then(|rest| rest.strip_prefix(": "))
            == Some(summary)
    }
}

/// What the compiler and the libraries say about a future that is made and dropped.
const DO_NOTHING: &str = "futures do nothing unless you `.await` or poll them";

fn awaited(call: &str) -> String {
    format!("write `{call}.await`: without it, the call never runs")
}

/// Whether a file belongs to the student. (Paths in the course are relative, and those of libraries are not.)
fn is_the_students(file: &str) -> bool {
    let file = file.replace('\\', "/");
    let of_the_course = !file.starts_with('/') && !file.contains(':');
    of_the_course && file.contains("/src/") && !file.starts_with("checker/")
}

/// Shortens the paths of libraries: the folder of all libraries only shows whose machine it is.
fn with_short_paths(text: &str) -> String {
    let short = |line: &str| {
        let arrow = ["--> ", "::: "].iter().find_map(|arrow| Some(line.find(arrow)? + arrow.len()));
        let in_registry = |path: &str| path.replace('\\', "/").contains("/registry/src/");
        let (before, path) = line.split_at(arrow.filter(|at| in_registry(&line[*at..]))?);
        // after the code that ends the arrow's colour
        let colour = path.rfind("\u{1b}[0m").map_or("", |_| "\u{1b}[0m");
        let inside = path.find("registry").map(|at| &path[at..])?;
        let inside = inside.splitn(4, ['/', '\\']).nth(3)?;
        Some(format!("{before}{colour}{inside}"))
    };
    text.lines().map(|line| short(line).unwrap_or_else(|| line.into()) + "\n").collect()
}

/// Splits a rendered message into what is wrong, and then each note and each piece of advice.
fn parts(rendered: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for line in rendered.lines() {
        let shown = plain(line);
        let in_the_margin = shown.trim_start().strip_prefix("= ");
        let begins = |text: &str| text.starts_with("help: ") || text.starts_with("note: ");
        if in_the_margin.is_some_and(begins) || begins(&shown) {
            parts.push(String::new());
        }
        let part = parts.last_mut().expect("one at least");
        part.push_str(line);
        part.push('\n');
    }
    parts
}

/// Removes the `|` that led to advice which has been removed.
fn without_an_empty_margin(text: &str) -> String {
    let mut lines: Vec<&str> = text.trim_end().lines().collect();
    while lines.last().is_some_and(|line| matches!(plain(line).trim(), "" | "|")) {
        lines.pop();
    }
    lines.iter().flat_map(|line| [line, "\n"]).collect()
}

pub use super::trouble::plain;

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(json: serde_json::Value, task: usize) -> String {
        let message: Message = serde_json::from_value(json).unwrap();
        message.edited(Some(TASKS[task - 1]))
    }

    #[test]
    fn a_place_in_a_library_does_not_tell_whose_machine_it_is() {
        let long = "  --> /home/ann lee/.cargo/registry/src/index.crates.io-1949/tokio-1.54.1/src/time/sleep.rs:63:8\n";
        assert_eq!(with_short_paths(long), "  --> tokio-1.54.1/src/time/sleep.rs:63:8\n");
        let coloured = "  \u{1b}[94m--> \u{1b}[0mC:\\Users\\ann\\.cargo\\registry\\src\\index-1\\rand-0.10.3\\src\\lib.rs:1:1\n";
        let short = "  \u{1b}[94m--> \u{1b}[0mrand-0.10.3\\src\\lib.rs:1:1\n";
        assert_eq!(with_short_paths(coloured), short);
        let own = "  --> crates/04-tasks/src/lib.rs:5:1\n5 | registry/src/a/b/c\n";
        assert_eq!(with_short_paths(own), own);
    }

    use checker::tasks::TASKS;

    #[test]
    fn whoever_forgets_to_await_is_told_to_await_and_not_to_ignore() {
        let json = serde_json::json!({
            "level": "warning",
            "message": "unused `Sleep` that must be used",
            "code": {"code": "unused_must_use"},
            "spans": [{
                "file_name": "crates/01-basic-coroutine/src/lib.rs", "line_end": 4, "is_primary": true,
                "text": [{"text": "    sleep(delay);", "highlight_start": 5, "highlight_end": 17}],
            }],
            "children": [
                {"level": "note", "message": DO_NOTHING},
                {"level": "help", "message": "use `let _ = ...` to ignore the resulting value", "spans": [
                    {"file_name": "lib.rs", "line_end": 4, "suggested_replacement": "let _ = "},
                ]},
            ],
            "rendered": "warning: unused `Sleep` that must be used\n --> lib.rs:4:5\n  |\n4 |     sleep(delay);\n  |     ^^^^^^^^^^^^\n  |\n  = note: futures do nothing unless you `.await` or poll them\nhelp: use `let _ = ...` to ignore the resulting value\n  |\n4 |     let _ = sleep(delay);\n  |     +++++++\n\n",
        });
        assert_eq!(
            edited(json, 1),
            "warning: unused `Sleep` that must be used\n --> lib.rs:4:5\n  |\n4 |     sleep(delay);\n  |     ^^^^^^^^^^^^\n  |\n  = note: futures do nothing unless you `.await` or poll them\n  = help: write `sleep(delay).await`: without it, the call never runs\n"
        );
    }

    #[test]
    fn nobody_is_told_to_edit_a_manifest_or_the_harness() {
        let json = |file: &str, help: &str| {
            serde_json::json!({
                "level": "error",
                "message": "unresolved import `x`",
                "code": {"code": "E0432"},
                "spans": [{"file_name": file, "line_end": 1, "is_primary": true}],
                "children": [{"level": "help", "message": help}],
                "rendered": format!("error[E0432]: unresolved import `x`\n  |\n1 | use x;\n  |\n  = help: {help}\n\n"),
            })
        };
        let wrong = "if you wanted to use a crate named `x`, use `cargo add x` to add it";
        assert_eq!(
            edited(json("crates/05-task-based-wait/src/lib.rs", wrong), 5),
            "error[E0432]: unresolved import `x`\n  |\n1 | use x;\n  |\n  = help: this task builds on `tasks::task_wait_random` only, and it can also use `futures`, `rand`, `rand_chacha`, `tokio`; a grader has no other crate, whatever Cargo.toml says\n"
        );
        let other = "a local item has a similar name";
        let kept = edited(json("crates/05-task-based-wait/src/lib.rs", other), 5);
        assert!(kept.ends_with("= help: a local item has a similar name\n"), "{kept}");
        assert_eq!(
            edited(json(&format!("crates/05-task-based-wait/{HARNESS}"), other), 5),
            "error[E0432]: unresolved import `x`\n  |\n1 | use x;\n"
        );
    }
}
