//! A class made by hand: the course's known solutions, handed in by students who don't exist.

use std::path::{Path, PathBuf};
use std::time::Duration;

use checker::tasks::{TASKS, Task};
use checker::timeline::{End, Row, Span, State, Timeline};
use checker::trace::SourceLocation;
use checker::verdict::code::Code;
use checker::verdict::{Diagnosis, Evidence, Outcome, TaskReport, Verdict};
use instructor::class::incomplete;
use instructor::class::results::{
    Course, CourseTask, File, Graded, Grading, Pending, Results, Similar, Student, VERSION,
};

/// A submission that tries to put its own markup on the instructor's screen.
pub const HOSTILE: &str =
    "</script><img src=x onerror=\"document.title='taken over'\"><!--<script>\u{202e}";

const FIRST: [&str; 14] = [
    "Ada", "Bruno", "Chiara", "Dmitri", "Elif", "Farid", "Greta", "Hana", "Ivo", "Jun", "Kofi",
    "Lena", "Mateo", "Nils",
];
const LAST: [&str; 11] = [
    "Okafor",
    "Lindqvist",
    "Moreau",
    "Yamada",
    "Novak",
    "Silva",
    "Özdemir",
    "Petrov",
    "Haddad",
    "Brandt",
    "van der Meer",
];

/// What the tasks are called; any further one is called like the last.
const TITLES: [(&str, &str); 5] = [
    ("A coroutine that waits", "coroutines"),
    ("Many coroutines at once", "concurrency within one task"),
    ("Measure the runtime", "the clock"),
    ("Tasks", "tasks"),
    ("Many tasks at once", "concurrency of tasks"),
];

/// A class of `size`, with every outcome in it. The last student is hostile.
pub fn class(size: usize) -> Results {
    let solutions = TASKS.map(solutions);
    let mut students: Vec<Student> = (0..size).map(|i| student(i, &solutions)).collect();
    if let Some(last) = students.last_mut() {
        make_hostile(last);
    }
    leave_gaps(&mut students);
    let name = |i: usize| students[i].name.clone();
    let review = vec![name(0), name(3)];
    let handed_in = |i: &usize| students[*i].task(2).is_some_and(|task| !task.files.is_empty());
    let similar = (0..students.len()).filter(handed_in).take(2).map(name).collect();
    students.sort_by(|a, b| a.name.cmp(&b.name));
    Results {
        version: VERSION,
        course: Course { title: "Async Rust: Await & See".into(), tasks: course_tasks() },
        grading: Grading {
            isolation: "B".into(),
            promises: "A submission reads no files of yours and reaches no network; it can use \
                       the processor and memory up to its limits."
                .into(),
            rustc: "rustc 1.95.0 (2026-04-16)".into(),
            checker: "5b0c1f2e9a77d3".into(),
            secret: true,
            secret_fingerprint: "00c0ffee00c0ffee".into(),
        },
        made_with: None,
        shard: None,
        incomplete: incomplete::of(&students),
        students,
        review: ["middle.0a1b2c3d", "mixed.4e5f6a7b"]
            .map(|name| Pending {
                task: TASKS[1].name.into(),
                snapshot: format!(
                    "crates/02-concurrent-coroutines/tests/snapshots/wait_n@{name}.snap.new"
                ),
                students: review.clone(),
            })
            .into(),
        similar: Some(vec![Similar {
            task: TASKS[1].name.into(),
            students: similar,
            alike: 0.937,
        }]),
        others: vec!["late.7z".into()],
    }
}

fn course_tasks() -> Vec<CourseTask> {
    let tasks = TASKS.into_iter().zip(TITLES.into_iter().chain(std::iter::repeat(TITLES[4])));
    let course_task = |(task, (title, concept)): (&Task, (&str, &str))| CourseTask {
        number: task.number,
        name: task.name.into(),
        title: title.into(),
        concept: concept.into(),
        points: 20.0,
    };
    tasks.map(course_task).collect()
}

/// The known solutions of a task that are one file: the verdict that each states, and its text.
fn solutions(task: &Task) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../checker/corpus");
    let entries = std::fs::read_dir(folder.join(task.folder())).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let texts = paths.into_iter().filter_map(|path| std::fs::read_to_string(path).ok());
    texts
        .filter_map(|text| {
            let header = text.lines().next()?.split_once("//! verdict: ")?.1.trim().to_string();
            Some((header, text))
        })
        .collect()
}

/// A number that looks random, but is always the same.
fn drawn(i: usize, of: usize) -> usize {
    let mixed = (i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 33) as usize % of
}

fn student(i: usize, solutions: &[Vec<(String, String)>]) -> Student {
    let (first, last) = (FIRST[i % FIRST.len()], LAST[(i / FIRST.len() + i) % LAST.len()]);
    let name = if i < FIRST.len() * LAST.len() {
        format!("{first} {last}")
    } else {
        format!("{first} {last} {}", i / (FIRST.len() * LAST.len()) + 1)
    };
    let refused =
        (i % 23 == 22).then(|| "the archive is larger than 16 MiB once it is unpacked".to_string());
    let tasks: Vec<Graded> = match refused {
        Some(_) => (0..TASKS.len()).map(missing).collect(),
        None => (0..TASKS.len()).map(|task| graded(i, task, &solutions[task])).collect(),
    };
    let days_late = if i % 9 == 4 { 1 + (i % 3) as u32 } else { 0 };
    let late_penalty = f64::from(days_late) * 2.5;
    let points: f64 = tasks.iter().map(|task| task.points).sum();
    Student {
        name,
        refused,
        days_late,
        late_penalty,
        points: (points - late_penalty).max(0.0),
        max_points: 20.0 * TASKS.len() as f64,
        points_by_hand: false,
        comment: (i % 17 == 5).then(|| "See me about task 2; the idea is good.".to_string()),
        tasks,
    }
}

fn graded(i: usize, task: usize, solutions: &[(String, String)]) -> Graded {
    let seed = i * 5 + task;
    // the later the task, the fewer have begun it; of those who have, every second one is right
    let (header, text) = if drawn(seed, 10) < 6 {
        let right = solutions.iter().filter(|(header, _)| header.starts_with("passed"));
        right.cycle().nth(seed % 9).unwrap()
    } else {
        // a few mistakes are common, and most are rare
        let (rare, all) = (drawn(seed + 7, 1000), solutions.len());
        &solutions[(rare * rare / 1000 * rare / 1000) * all / 1000]
    };
    let verdict = match drawn(seed + 1000, 14) {
        0 => Verdict::new(Outcome::Missing),
        made if made <= task / 2 => Verdict::new(Outcome::Untouched),
        5 if task > 1 => Verdict::waiting_for(TASKS[1].name),
        _ => verdict(header, text, task),
    };
    let points = if verdict.right() { 20.0 } else { 0.0 };
    let overridden = i % 13 == 6 && task == 1;
    let files = match verdict.outcome {
        Outcome::Missing => Vec::new(),
        _ => vec![File { path: "src/lib.rs".into(), text: text.clone() }],
    };
    Graded {
        report: TaskReport::new(TASKS[task], verdict),
        points: if overridden { 12.5 } else { points },
        max_points: 20.0,
        overridden,
        comment: overridden.then(|| "Half of it is there.".into()),
        notes: if i % 11 == 3 {
            vec!["notes.pdf was left out: it is not a source file.".into()]
        } else {
            vec![]
        },
        nearly: vec![],
        files,
        not_now: None,
        took_ms: 40,
    }
}

/// A task of a submission that could not be taken.
fn missing(task: usize) -> Graded {
    Graded {
        report: TaskReport::new(TASKS[task], Verdict::new(Outcome::Missing)),
        points: 0.0,
        max_points: 20.0,
        overridden: false,
        comment: None,
        notes: Vec::new(),
        nearly: Vec::new(),
        files: Vec::new(),
        not_now: None,
        took_ms: 0,
    }
}

/// The verdict that a solution states, with something to show for it.
fn verdict(header: &str, text: &str, task: usize) -> Verdict {
    let code = header.split_whitespace().last().and_then(|code| code.parse::<Code>().ok());
    let Some(code) = code else { return Verdict::new(Outcome::Passed) };
    let function = TASKS[task].function;
    let text_of = match code.outcome() {
        Outcome::DidNotCompile => format!(
            "The contract asks for\n\n    pub async fn {function}()\n\nand src/lib.rs has\n\n    fn {function}()\n\nMend `{function}`."
        ),
        _ => format!(
            "With 4 delays of 40, 10, 30 and 20 ms, `{function}` {}; that took 100 ms.",
            code.title()
        ),
    };
    let diagnosis = Diagnosis {
        code,
        text: text_of,
        // that one is about the task before
        place: place(text, if code == Code::DependencyBypassed { task - 1 } else { task }),
        call: Some(format!("{}(n = 4, max_delay = 50 ms)", TASKS[task].function)),
    };
    if code.is_remark() {
        return Verdict { remarks: vec![diagnosis], ..Verdict::new(Outcome::Passed) };
    }
    let symptom = Diagnosis { code: Code::TooLong, place: None, ..diagnosis.clone() };
    let mut verdict = Verdict::of(diagnosis);
    match verdict.outcome {
        Outcome::DidNotCompile => verdict.compiler = Some(compiler_says(task)),
        Outcome::Failed => {
            verdict.diagnoses.push(symptom);
            verdict.evidence = Some(evidence(task, code));
        }
        _ => {
            verdict.evidence = Some(evidence(task, code));
            verdict.output = Some("starting\n".repeat(5));
        }
    }
    if code == Code::SleepNotAwaited {
        verdict.warnings =
            Some("warning: unused implementer of `Future` that must be used\n".into());
    }
    verdict
}

/// Its last `await`, as the compiler would name it.
fn place(text: &str, task: usize) -> Option<SourceLocation> {
    let line = text.lines().collect::<Vec<_>>().iter().rposition(|line| line.contains(".await"))?;
    let file = format!("crates/{}/src/lib.rs", TASKS[task].folder());
    Some(SourceLocation { file, line: line as u32 + 1 })
}

fn compiler_says(task: usize) -> String {
    format!(
        "error[E0728]: `await` is only allowed inside `async` functions and blocks\n  --> crates/{}/src/lib.rs:14:17\n   |\n12 | pub fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {{\n   | ----------------------------------------------------------------------- this is not `async`\n13 |     let delay = rng.random_range(Duration::ZERO..=max_delay);\n14 |     sleep(delay).await;\n   |                  ^^^^^ only allowed inside `async` functions and blocks\n",
        TASKS[task].folder()
    )
}

/// A run and the expected run: special ones for a few codes, and otherwise one wait after another.
fn evidence(task: usize, code: Code) -> Evidence {
    let lengths = [40, 10, 30, 20];
    let together = lengths.map(|length| (0, length));
    let mut yours = match code {
        Code::ConcurrencyCap => timeline(&vec![(0, 20); 600]),
        Code::ReturnedEarly | Code::LeftoverTasks => timeline(&together),
        _ => timeline(&[(0, 40), (40, 50), (50, 80), (80, 100)]),
    };
    match code {
        Code::ReturnedEarly | Code::LeftoverTasks => {
            yours.rows[0].end = End::Cancelled;
            let ms = Duration::from_millis;
            let (made, gone) = (ms(10), ms(40));
            yours.rows[0].spans = vec![
                Span { from: Duration::ZERO, to: ms(4), state: State::Idle },
                Span { from: ms(4), to: made, state: State::Waiting },
                Span { from: made, to: gone, state: State::Cancelled },
            ];
            yours.elapsed = made;
        }
        Code::Blocking => yours.rows[2].blocked = Duration::from_millis(30),
        Code::Deadlock | Code::NeverEnds => yours.returned = None,
        _ => {}
    }
    Evidence {
        call: format!("{}(n = 4, max_delay = 50 ms)", TASKS[task].function),
        scenario: "staggered".into(),
        yours,
        expected: Some(timeline(&together)),
    }
}

/// Coroutines that wait once, from and to these instants in ms.
fn timeline(waits: &[(u64, u64)]) -> Timeline {
    let ms = Duration::from_millis;
    let row = |(i, (from, to)): (usize, &(u64, u64))| Row {
        name: format!("#{}", i + 1),
        task: false,
        spans: vec![Span { from: ms(*from), to: ms(*to), state: State::Waiting }],
        end: End::Returned,
        blocked: Duration::ZERO,
    };
    let mut returned: Vec<Duration> = waits.iter().map(|(from, to)| ms(to - from)).collect();
    returned.sort();
    Timeline {
        rows: waits.iter().enumerate().map(row).collect(),
        elapsed: ms(waits.iter().map(|(_, to)| *to).max().unwrap_or_default()),
        returned: Some(checker::contract::Returned::Durations(returned)),
        separate: false,
    }
}

/// Has the machine fail at two students of a large class: one keeps what was graded before, the other has nothing.
fn leave_gaps(students: &mut [Student]) {
    let why = "The compiler was killed from outside (signal 9, SIGKILL). The system ends programs when memory runs out: close other programs, or do less at the same time. (It was tried twice.)";
    if let Some(before) = students.get_mut(8) {
        before.tasks[0].not_now = Some(why.into());
    }
    if let Some(never) = students.get_mut(11) {
        never.tasks[1].report.verdict = Verdict::not_judged(why);
        (never.tasks[1].points, never.tasks[1].overridden) = (0.0, false);
    }
}

/// Puts hostile text wherever a student's text goes.
fn make_hostile(student: &mut Student) {
    let hostile = || String::from(HOSTILE);
    student.name = hostile();
    student.refused = None;
    student.comment = Some(hostile());
    let diagnosis =
        Diagnosis { code: Code::Compile, text: hostile(), place: None, call: Some(hostile()) };
    let verdict = Verdict {
        compiler: Some(hostile()),
        warnings: Some(hostile()),
        output: Some(hostile()),
        ..Verdict::of(diagnosis)
    };
    student.tasks = vec![Graded {
        report: TaskReport::new(TASKS[0], verdict),
        points: 0.0,
        max_points: 20.0,
        overridden: false,
        comment: Some(hostile()),
        notes: vec![hostile()],
        nearly: vec![],
        files: vec![File { path: hostile(), text: hostile() }],
        not_now: None,
        took_ms: 40,
    }];
}
