//! Tests with workers that are a line of shell, and end in all possible ways.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::output::{KEPT, keep};
use super::supervision::GRACE;
use super::*;
use crate::contract::protocol::Answer;
use crate::contract::waits::WaitScenario;
use crate::system::Pipes;
use crate::trace::{Trace, Wall};

mod stopped;

/// A harness whose worker writes the given answers, and then runs a line of shell.
pub(crate) struct Script {
    pub answers: Vec<Answer>,
    pub then: &'static str,
}

impl Start for Script {
    fn crate_dir(&self) -> &Path {
        Path::new(".")
    }

    fn start(&self, request: &Request) -> Result<Started, Error> {
        let lines: Vec<String> =
            self.answers.iter().map(|answer| serde_json::to_string(answer).unwrap()).collect();
        std::fs::write(&request.answers, lines.join("\n")).unwrap();
        let mut child = Command::new("sh")
            .args(["-c", self.then])
            .env("ANSWERS", &request.answers)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let output = Pipes::of(&mut child);
        Ok(Started { process: Box::new(child), output })
    }
}

fn run(ending: Termination) -> Run {
    let trace = Trace::ended(ending);
    Run { trace, wall: Wall::default() }
}

fn ran(index: usize) -> Answer {
    Answer::Ran(index, run(Termination::Returned(Value::Null)))
}

const LIMITS: Limits = Limits { scenario: Duration::from_secs(2), output: 1000 };

fn observed(
    limits: Limits,
    scenarios: usize,
    answers: Vec<Answer>,
    then: &'static str,
) -> Result<Observations, Error> {
    let scenarios = vec![WaitScenario::scripted("any", 50, &[10]).erased(); scenarios];
    observe(&Script { answers, then }, "wait_n", &scenarios, limits)
}

/// How each of two scenarios ended.
fn endings(limits: Limits, answers: Vec<Answer>, then: &'static str) -> Vec<Termination> {
    let ending = |observed| match observed {
        Observed::Ran(run) => run.trace.ending,
        Observed::Sampled(..) => panic!("a sample"),
    };
    observed(limits, 2, answers, then).unwrap().observed.into_iter().map(ending).collect()
}

fn returned() -> Termination {
    Termination::Returned(Value::Null)
}

#[test]
fn answers_and_output_of_a_worker_are_kept_in_order() {
    let sample = Sample { elapsed: Duration::from_millis(7), ..Sample::default() };
    let answers = vec![
        Answer::Began(0),
        Answer::Sampled(1, Vec::new(), Spent::default()),
        ran(1),
        ran(0),
        Answer::Began(1),
        Answer::Sampled(1, vec![sample], Spent::default()),
        Answer::Done,
    ];
    let seen = observed(LIMITS, 2, answers, "echo one; echo two >&2").unwrap();
    assert!(matches!(&seen.observed[0], Observed::Ran(run) if run.trace.ending == returned()));
    assert!(matches!(&seen.observed[1], Observed::Sampled(samples, _) if samples == &[sample]));
    assert_eq!(seen.observed.len(), 2, "what comes out of turn is not taken");
    let mut lines: Vec<&str> = seen.output.lines().collect();
    lines.sort();
    assert_eq!(lines, ["one", "two"]);
}

#[test]
fn the_end_of_a_worker_that_ends_too_early_is_observed() {
    let killed = |how: &str| Death::Killed(how.into());
    for (then, death) in [
        ("exit 0", Death::Exited(0)),
        ("exit 3", Death::Exited(3)),
        ("kill -6 $$", killed("signal 6, abort")),
        ("kill -9 $$", Death::FromOutside("signal 9, killed".into())),
        ("kill -11 $$", killed("signal 11, segmentation fault")),
        ("kill -4 $$", killed("signal 4")),
        ("kill -14 $$", Death::FromOutside("signal 14".into())),
        ("kill -15 $$", Death::FromOutside("signal 15, terminated".into())),
        ("echo memory allocation of 9 bytes failed >&2; kill -6 $$", Death::OutOfMemory),
        ("echo memory allocation of 9 bytes failed >&2; exit 3", Death::Exited(3)),
        ("echo thread main has overflowed its stack >&2; kill -6 $$", Death::StackOverflow),
        ("echo thread main has overflowed its stack >&2; exit 3", Death::Exited(3)),
    ] {
        let seen = endings(LIMITS, vec![Answer::Began(0), ran(0), Answer::Began(1)], then);
        assert_eq!(seen, [returned(), Termination::Died(death)], "{then}");
    }
}

#[test]
fn answers_that_end_in_the_middle_of_a_line_mean_a_full_disk() {
    let answers = || vec![ran(0), Answer::Began(1)];
    for then in ["printf '\\n{\"Ran\":[1,' >> $ANSWERS; exit 0", "printf 'x' >> $ANSWERS; exit 2"] {
        let seen = endings(LIMITS, answers(), then);
        let outside = Termination::Died(Death::FromOutside(NOT_WRITTEN.into()));
        assert_eq!(seen, [returned(), outside], "{then}");
    }
    let killed = "printf '\\n{\"Ran' >> $ANSWERS; kill -6 $$";
    let abort = Termination::Died(Death::Killed("signal 6, abort".into()));
    assert_eq!(
        endings(LIMITS, answers(), killed),
        [returned(), abort],
        "nor does it write on then"
    );
}

#[test]
fn a_worker_that_can_not_make_any_run_is_an_error() {
    let mute = observed(LIMITS, 2, Vec::new(), "echo no such file >&2; exit 2");
    assert!(matches!(mute, Err(Error::NoAnswer { said }) if said == "no such file"));
    for (answers, then) in [(vec![], "exit 1"), (vec![Answer::Began(0)], "exit 2")] {
        assert!(observed(LIMITS, 2, answers, then).is_ok(), "the student's code may do this");
    }
}

#[test]
fn a_worker_that_is_done_too_early_was_ended_by_the_students_code() {
    let early = endings(LIMITS, vec![ran(0), Answer::Done], "exit 0");
    assert_eq!(early, [returned(), Termination::Died(Death::Exited(0))]);
    let limited = vec![Answer::Ran(0, run(Termination::PollLimit)), Answer::Done];
    assert_eq!(
        endings(LIMITS, limited, "exit 0"),
        [Termination::PollLimit],
        "a limit ends it, too"
    );
    let late = vec![ran(0), Answer::OutOfTime(Spent::default())];
    assert_eq!(
        endings(LIMITS, late.clone(), "exit 0"),
        [returned()],
        "the time for all runs was over"
    );
    assert_eq!(observed(LIMITS, 2, late, "exit 0").unwrap().out_of_time, Some(Spent::default()));
    let whole = endings(LIMITS, vec![ran(0), ran(1), Answer::Done], "exit 3");
    assert_eq!(whole, [returned(), returned()], "whatever the process does then");
}

#[test]
fn a_worker_that_prints_too_much_is_stopped_or_reported_afterwards() {
    const PRINTS: &str = "head -c 3000 /dev/zero | tr '\\0' x";
    let two = || vec![Answer::Began(0), ran(0), Answer::Began(1), ran(1), Answer::Done];
    let flood = |bytes| Termination::Died(Death::Flood(bytes));
    let limits = |output| Limits { output, ..LIMITS };
    assert_eq!(endings(limits(1499), two(), PRINTS), [returned(), flood(3000)]);
    assert_eq!(endings(limits(1500), two(), PRINTS), [returned(), returned()]);

    let stopped = "head -c 3000 /dev/zero | tr '\\0' x; exec sleep 20";
    let start = Instant::now();
    assert_eq!(endings(limits(2999), vec![Answer::Began(0)], stopped), [flood(3000)]);
    assert!(start.elapsed() < Duration::from_secs(10), "it was not waited for");
}

#[test]
fn the_output_of_one_scenario_does_not_count_for_the_next() {
    // after the first scenario, as much as a pipe holds may come from the scenario before
    let prints = "head -c 200000 /dev/zero | tr '\\0' x; sleep 0.2";
    let answers = vec![Answer::Began(0), ran(0), Answer::Began(1)];
    let seen = endings(LIMITS, answers, prints);
    assert_eq!(seen, [returned(), Termination::Died(Death::Exited(0))]);
}

#[test]
fn a_worker_that_gives_no_sign_of_life_is_ended() {
    let quick = Limits { scenario: Duration::from_millis(1), ..LIMITS };
    let start = Instant::now();
    let seen = endings(quick, vec![Answer::Began(0)], "exec sleep 20");
    assert_eq!(seen, [Termination::Died(Death::FromOutside(NO_TIME.into()))]);
    assert!(start.elapsed() >= GRACE, "it knows more of it, and gets the time to say so");
    assert!(start.elapsed() < Duration::from_secs(10));

    // each answer is a sign of life
    let answers = "for i in 1 2 3 4 5; do sleep 0.2; echo >> \"$ANSWERS\"; done; exit 3";
    let seen = endings(quick, vec![Answer::Began(0)], answers);
    assert_eq!(seen, [Termination::Died(Death::Exited(3))]);
}

#[test]
fn a_worker_that_is_ended_is_gone() {
    let quick = Limits { scenario: Duration::from_millis(1), ..LIMITS };
    let seen = observed(quick, 1, vec![Answer::Began(0)], "echo $$; exec sleep 20").unwrap();
    let there = Command::new("kill").args(["-0", &seen.output]).stderr(Stdio::null()).status();
    assert!(!there.unwrap().success(), "process {} is still there", seen.output);
}

#[test]
fn the_judge_does_not_wait_for_a_process_that_a_worker_left_behind() {
    let start = Instant::now();
    let answers = vec![ran(0), ran(1), Answer::Done];
    let seen = observed(LIMITS, 2, answers, "echo said; sleep 8 & exit 0").unwrap();
    assert_eq!(seen.output, "said");
    assert!(start.elapsed() < Duration::from_secs(6), "its pipes are still open");
}

#[test]
fn the_gap_in_a_long_output_is_marked() {
    let long = "seq 4000; echo the end";
    let limits = Limits { output: 1_000_000, ..LIMITS };
    let seen = observed(limits, 0, vec![Answer::Done], long).unwrap();
    assert!(seen.output.starts_with("1\n2\n") && seen.output.ends_with("the end"));
    assert_eq!(seen.output.matches("… (what comes here is left out) …").count(), 1);
    let short = observed(LIMITS, 0, vec![Answer::Done], "seq 3").unwrap();
    assert_eq!(short.output, "1\n2\n3");
}

#[test]
fn the_beginning_and_the_end_of_a_long_output_are_kept() {
    let mut kept = Vec::new();
    keep(&mut kept, &[b'a'; 2 * KEPT]);
    assert_eq!(kept, [b'a'; 2 * KEPT], "not yet long");
    keep(&mut kept, b"b");
    let mut expected = vec![b'a'; KEPT - 1];
    expected.push(b'b');
    assert_eq!(kept, expected);
    keep(&mut kept, &[b'c'; 2 * KEPT]);
    assert_eq!(kept, [[b'a'; KEPT / 2], [b'c'; KEPT / 2]].concat());
}
