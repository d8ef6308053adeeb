//! A class for tests, with every outcome, and with names and texts that are special in some format.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use checker::tasks;
use checker::timeline::{End, Row, Span, State, Timeline};
use checker::trace::SourceLocation;
use checker::verdict::code::Code;
use checker::verdict::{Diagnosis, Evidence, Outcome, TaskReport, Verdict};

#[path = "../../../tests/schema/mod.rs"]
mod schema;
pub use schema::{errors, errors_of, published};

use crate::class::incomplete;
use crate::class::intake::NearlyNamed;
use crate::class::results::{
    Course, CourseTask, File, Graded, Grading, Pending, Results, Similar, Student, VERSION,
};
use crate::class::settings::remembered::{MadeWith, SecretFile};
use crate::class::settings::table::Table;
use crate::class::shard::Shard;

/// The points of the tasks with these numbers.
const POINTS: [(usize, f64, &str); 3] =
    [(1, 10.0, "A coroutine that waits"), (2, 20.0, "Many coroutines at once"), (4, 10.0, "Tasks")];

pub fn class() -> Results {
    let tasks = POINTS.map(|(number, points, title)| CourseTask {
        number,
        name: tasks::TASKS[number - 1].name.into(),
        title: title.into(),
        concept: "waiting".into(),
        points,
    });
    Results {
        version: VERSION,
        course: Course { title: "Await & See".into(), tasks: tasks.into() },
        grading: Grading {
            isolation: "A".into(),
            promises: "Nothing gets out.".into(),
            rustc: "rustc 1.95.0".into(),
            checker: "0123456789abcdef".into(),
            secret: true,
            secret_fingerprint: "00c0ffee00c0ffee".into(),
        },
        made_with: Some(made_with()),
        shard: Some(Shard { index: 1, of: 2 }),
        students: students(),
        incomplete: Vec::new(),
        review: vec![Pending {
            task: "basic-coroutine".into(),
            snapshot: "crates/01-basic-coroutine/pending.snap".into(),
            students: vec!["anna".into()],
        }],
        similar: Some(vec![Similar {
            task: "basic-coroutine".into(),
            students: vec!["anna".into(), "Anna".into()],
            alike: 0.9,
        }]),
        others: vec!["notes.txt".into()],
    }
}

fn made_with() -> MadeWith {
    let table = |name: &str, text: &str| Table {
        path: format!("/course/{name}").into(),
        text: text.into(),
    };
    MadeWith {
        late: Some(table("late.csv", "student,days\nanna,2\n")),
        by_hand: Some(table("by-hand.csv", "student,task,points,comment\nanna,2,19.5,Nearly\n")),
        course: Some("[late]\npercent_a_day = 5\n".into()),
        secret: Some(SecretFile {
            path: "/course/secret".into(),
            fingerprint: "00c0ffee00c0ffee".into(),
        }),
    }
}

/// The same class, but not fully graded: the first student has a task without a verdict, and the second one has an earlier
/// verdict.
pub fn with_gaps() -> Results {
    let mut class = class();
    let why = "The disk is full.";
    let task = &mut class.students[0].tasks[0];
    task.report.verdict = Verdict::not_judged(why);
    task.points = 0.0;
    class.students[0].points = 17.5;
    class.students[1].tasks[0].not_now = Some(why.into());
    class.incomplete = incomplete::of(&class.students);
    class
}

fn students() -> Vec<Student> {
    let passed = || Verdict::new(Outcome::Passed);
    let untouched = || Verdict::new(Outcome::Untouched);
    let missing = || Verdict::new(Outcome::Missing);
    let waits = || Verdict::waiting_for("basic-coroutine");
    let deadlock = "After 40 ms, wait_n was waiting.";
    vec![
        Student {
            days_late: 2,
            late_penalty: 2.0,
            points: 27.5,
            comment: Some("=1+1 is two".into()),
            ..student("anna", [passed(), sequential(), does_not_compile()])
        },
        student("Anna", [panics(), waits(), waits()]),
        student(
            "=cmd|' /C calc'!A0",
            [passed(), Verdict::of(diagnosis(Code::Deadlock, deadlock)), untouched()],
        ),
        student("../../etc", [missing(), missing(), missing()]),
        student("🦀 a\"b<c>&", [unusual(), passed(), passed()]),
        student(&"x".repeat(300), [does_not_compile(), waits(), missing()]),
        Student {
            refused: Some("the archive has a name that is <b>no</b> text: \u{1b}\u{ffff}".into()),
            ..student("ctrl\u{1b}[31m\n\\x1b", [missing(), missing(), missing()])
        },
    ]
}

fn student(name: &str, verdicts: [Verdict; 3]) -> Student {
    let mut tasks: Vec<Graded> = POINTS.into_iter().zip(verdicts).map(graded).collect();
    if name == "anna" {
        by_hand(&mut tasks[1]);
    }
    Student {
        name: name.into(),
        refused: None,
        days_late: 0,
        late_penalty: 0.0,
        points: tasks.iter().map(|task| task.points).sum(),
        max_points: POINTS.iter().map(|(_, points, _)| points).sum(),
        points_by_hand: false,
        comment: None,
        tasks,
    }
}

fn graded(((number, points, _), verdict): ((usize, f64, &str), Verdict)) -> Graded {
    Graded {
        points: if verdict.right() { points } else { 0.0 },
        report: TaskReport::new(tasks::TASKS[number - 1], verdict),
        max_points: points,
        overridden: false,
        comment: None,
        notes: Vec::new(),
        nearly: Vec::new(),
        files: vec![File { path: "src/lib.rs".into(), text: "// mine\n".into() }],
        not_now: None,
        took_ms: 250,
    }
}

fn by_hand(task: &mut Graded) {
    task.points = 19.5;
    task.overridden = true;
    task.comment = Some("Nearly; *see me*.".into());
    task.notes = vec!["A file was left out: notes.txt.".into()];
    let nearly = [("02-concurrent-coroutines(1).rs", true), ("task2.rs", false)];
    task.nearly = nearly.map(|(file, taken)| NearlyNamed { file: file.into(), taken }).into();
}

fn diagnosis(code: Code, text: &str) -> Diagnosis {
    Diagnosis { code, text: text.into(), place: None, call: None }
}

fn sequential() -> Verdict {
    let place =
        SourceLocation { file: "crates/02-concurrent-coroutines/src/lib.rs".into(), line: 12 };
    let first = Diagnosis {
        place: Some(place),
        ..diagnosis(Code::Sequential, "Coroutine 2 began to wait when coroutine 1 was done.")
    };
    let second = diagnosis(Code::Order, "`wait_n` returned 40 and 10 ms.");
    Verdict {
        diagnoses: vec![first, second],
        evidence: Some(Evidence {
            call: "wait_n(n = 2, max_delay = 50 ms)".into(),
            scenario: "seed-17".into(),
            yours: waits(&[(0, 40), (40, 50)]),
            expected: Some(waits(&[(0, 40), (0, 10)])),
        }),
        output: Some("one ``` two\n~~~~\n````\nthree \u{1b}[2J\n".into()),
        ..Verdict::new(Outcome::Failed)
    }
}

/// Rows that wait once, between these instants in ms.
fn waits(rows: &[(u64, u64)]) -> Timeline {
    let ms = Duration::from_millis;
    let row = |(i, (from, to)): (usize, &(u64, u64))| Row {
        name: format!("#{}", i + 1),
        task: false,
        spans: vec![Span { from: ms(*from), to: ms(*to), state: State::Waiting }],
        end: End::Returned,
        blocked: Duration::ZERO,
    };
    Timeline {
        rows: rows.iter().enumerate().map(row).collect(),
        elapsed: ms(rows.iter().map(|(_, to)| *to).max().unwrap_or_default()),
        returned: Some(checker::contract::Returned::Durations(Vec::new())),
        separate: false,
    }
}

fn does_not_compile() -> Verdict {
    Verdict {
        compiler: Some("error: expected `;`\r\n".into()),
        ..Verdict::of(diagnosis(Code::Compile, ""))
    }
}

/// A verdict that ends with words of the student.
fn panics() -> Verdict {
    let text = "It panicked:\n# gotcha\n<script>alert(1)</script> ```\n\n    ```\n    code";
    Verdict {
        warnings: Some("warning: unused `x`\n".into()),
        ..Verdict::of(diagnosis(Code::Panic, text))
    }
}

/// A right verdict with a new trace, which instructors want to see.
fn unusual() -> Verdict {
    Verdict {
        remarks: vec![diagnosis(Code::Sorted, "The list was in order.")],
        warnings: Some("warning: unused `x`\n".into()),
        pending: vec!["crates/01-basic-coroutine/pending.snap".into()],
        unlike_reference: vec!["seed-23".into()],
        ..Verdict::new(Outcome::Passed)
    }
}

/// The text that is encoded in `base64`, if it is text.
pub fn from_base64(base64: &str) -> Option<String> {
    String::from_utf8(STANDARD.decode(base64).ok()?).ok()
}
