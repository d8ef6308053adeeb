//! Tests of the judge, with made-up observations.

use std::convert::Infallible;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::evidence::many_calls;
use super::*;
use crate::contract::protocol::{Answer, Spent};
use crate::contract::request::Depth;
use crate::contract::scenario::RngMode;
use crate::contract::waits::{WaitInput, WaitScenario};
use crate::fixture::{MS, TraceFixture};
use crate::tasks::{TASKS, by_function};
use crate::trace::{Death, EventKind, GeneratorId, Run, Termination, Trace, Wall};
use crate::verdict::code::Code;

/// The delays that a right `wait_n` has in a scenario.
fn delays(scenario: &Scenario) -> Vec<u64> {
    let WaitInput { n, max_delay } = scenario.typed().input;
    match &scenario.rng_mode {
        RngMode::Scripted(script) => script.delays_ms.iter().copied().take(n).collect(),
        RngMode::Seeded(key) => {
            let mut rng = ChaCha8Rng::from_seed(*key);
            let most = max_delay.as_millis() as u64;
            (0..n).map(|_| rng.random_range(0..=most)).collect()
        }
        RngMode::RawWords(_) => vec![1; n],
    }
}

fn right(scenario: &Scenario) -> Run {
    let delays = delays(scenario);
    let drew = EventKind::Drew { generator: GeneratorId(0), bits: 256, times: delays.len() };
    TraceFixture::right("wait_n", &delays).event(0, 0, drew).run
}

/// One wait after another.
fn sequential(scenario: &Scenario) -> Run {
    let delays = delays(scenario);
    let mut fixture = TraceFixture::of("wait_n", &delays).returns(&delays);
    let mut now = 0;
    for (i, delay) in delays.into_iter().enumerate() {
        fixture = fixture.wait(1, i + 1, now, now + delay);
        now += delay;
    }
    fixture.elapsed(now).run
}

/// The verdict on a `wait_n` with these runs, and how many scenarios each stage had.
fn judged(run: impl Fn(&Scenario) -> Option<Run>) -> (Verdict, Vec<usize>) {
    let mut stages = Vec::new();
    let verdict = observing(|_, scenarios| {
        stages.push(scenarios.len());
        let observed = scenarios.iter().map_while(&run).map(Observed::Ran).collect();
        Observations { observed, output: "printed".into(), ..Observations::default() }
    });
    (verdict, stages)
}

/// The verdict on a `wait_n`. `observe` makes the observations of each stage, given its number.
fn observing(mut observe: impl FnMut(usize, &[Scenario]) -> Observations) -> Verdict {
    let crate_dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(crate_dir.path().join("src")).unwrap();
    std::fs::write(crate_dir.path().join("src/lib.rs"), "fn wait_n() { wait_random() }").unwrap();
    let options = Options::default();
    let (task, dependency) = (by_function("wait_n").unwrap(), Dependency::default());
    let mut stage = 0;
    let verdict = by(task, crate_dir.path(), &options, &dependency, |scenarios| {
        stage += 1;
        Ok::<_, Infallible>(observe(stage - 1, scenarios))
    });
    verdict.unwrap()
}

#[test]
fn a_right_solution_is_run_in_all_scenarios_and_its_new_snapshots_are_pending() {
    let (verdict, stages) = judged(|scenario| Some(right(scenario)));
    let plan = by_function("wait_n").unwrap().plan(0, Depth::Quick);
    let long = plan.further.iter().filter(|scenario| scenario.is_long()).count();
    // two of the long runs are tried first
    let short = plan.further.len() - long;
    let elsewhere = plan.elsewhere.len();
    assert_eq!(stages, [1, plan.public.len() - 1, short + 2, long - 2, elsewhere]);
    assert_eq!(verdict.outcome, Outcome::Passed);
    assert!(verdict.remarks.is_empty() && verdict.evidence.is_none());
    assert_eq!(verdict.output, None, "the output explains nothing here");
    assert_eq!(verdict.unlike_reference, Vec::<String>::new());
    let names: Vec<PathBuf> =
        plan.public.iter().map(|scenario| format!("wait_n@{}", scenario.name).into()).collect();
    assert_eq!(verdict.pending, names, "there is no snapshot yet");
}

#[test]
fn a_mistake_in_the_first_run_ends_the_check() {
    let (verdict, stages) = judged(|scenario| Some(sequential(scenario)));
    assert_eq!(stages, [1]);
    assert_eq!(verdict.code(), Some(Code::Sequential));
    assert_eq!(verdict.output.as_deref(), Some("printed"));
    let evidence = verdict.evidence.unwrap();
    assert_eq!(evidence.scenario, "mixed");
    assert_eq!(evidence.call, "wait_n(n = 4, max_delay = 50 ms)");
    assert_eq!((evidence.yours.elapsed, evidence.expected.unwrap().elapsed), (MS(100), MS(40)));
}

#[test]
fn the_wrong_run_is_the_evidence_even_if_it_is_not_the_first() {
    let wrong = |scenario: &Scenario| {
        if scenario.budget.futures == 5 { sequential(scenario) } else { right(scenario) }
    };
    let (verdict, stages) = judged(|scenario| Some(wrong(scenario)));
    assert_eq!(stages.len(), 2);
    assert_eq!(verdict.evidence.unwrap().scenario, "equal");
}

/// The time that was spent, in seconds.
fn spent(wall: u64, cpu: u64, stalled: u64) -> Spent {
    let [wall, cpu, stalled] = [wall, cpu, stalled].map(Duration::from_secs);
    Spent { wall, cpu, stalled }
}

/// The verdict on a right `wait_n` if the last stage has only `made` runs, each of which held its thread for `held`
/// milliseconds.
fn cut_short(made: usize, held: u64, spent: Spent) -> Verdict {
    observing(|stage, scenarios| {
        let run = |scenario: &Scenario| {
            let mut run = right(scenario);
            run.wall.running = MS(if stage == 2 { held } else { 0 });
            Observed::Ran(run)
        };
        Observations {
            observed: scenarios.iter().take(if stage == 2 { made } else { 99 }).map(run).collect(),
            out_of_time: (stage == 2).then_some(spent),
            output: String::new(),
        }
    })
}

#[test]
fn a_solution_without_all_planned_runs_does_not_pass() {
    let blocks = cut_short(14, 1130, spent(16, 0, 0));
    assert_eq!((blocks.outcome, blocks.code()), (Outcome::DidNotFinish, Some(Code::Blocking)));
    let text = &blocks.diagnoses[0].text;
    assert!(text.starts_with("Only 24 of "), "{text}");
    assert!(
        text.contains(
            " runs fit into 16 s, because each run of wait_n holds its thread for about 1.2 s"
        ),
        "{text}"
    );
    let computes = cut_short(14, 0, spent(44, 41, 0));
    assert_eq!((computes.outcome, computes.code()), (Outcome::DidNotFinish, Some(Code::TooSlow)));
    for slow in [cut_short(14, 0, spent(96, 1, 60)), cut_short(14, 5, spent(96, 9, 0))] {
        assert_eq!((slow.outcome, slow.code()), (Outcome::NotJudged, None));
        let why = slow.not_judged.unwrap();
        assert!(why.contains("this machine was too slow") && why.contains("Only 24 of"), "{why}");
    }
    let nobody_knows = judged(|scenario| (scenario.name == "mixed").then(|| right(scenario))).0;
    assert_eq!(nobody_knows.outcome, Outcome::NotJudged);
}

#[test]
fn a_thread_that_each_run_holds_for_long_is_reported_after_four_runs() {
    let mut asked = Vec::new();
    let verdict = observing(|_, scenarios| {
        asked.push(scenarios.len());
        let run = |scenario| {
            let mut run = right(scenario);
            run.wall.running = MS(900);
            Observed::Ran(run)
        };
        Observations { observed: scenarios.iter().map(run).collect(), ..Observations::default() }
    });
    assert_eq!((verdict.code(), asked), (Some(Code::Blocking), vec![1, 3]));
    // one slow run may come from a busy machine
    let mut runs = 0;
    let verdict = observing(|_, scenarios| {
        let run = |scenario| {
            let mut run = right(scenario);
            run.wall.running = MS(if runs == 0 { 900 } else { 0 });
            runs += 1;
            Observed::Ran(run)
        };
        Observations { observed: scenarios.iter().map(run).collect(), ..Observations::default() }
    });
    assert!(verdict.right());
}

#[test]
fn a_run_that_was_ended_from_outside_is_made_once_more() {
    let killed = || Death::FromOutside("signal 9, killed".into());
    let judged = |times: usize| {
        let mut left = times;
        observing(move |_, scenarios| {
            let mut observed: Vec<_> = scenarios.iter().map(|s| Observed::Ran(right(s))).collect();
            if scenarios.len() > 1 && left > 0 {
                left -= 1;
                let trace = Trace::ended(Termination::Died(killed()));
                observed.truncate(3);
                observed.push(Observed::Ran(Run { trace, wall: Wall::default() }));
            }
            Observations { observed, ..Observations::default() }
        })
    };
    assert!(judged(0).right() && judged(1).right());
    let twice = judged(2);
    assert_eq!(twice.outcome, Outcome::NotJudged);
    assert!(twice.not_judged.unwrap().contains("(signal 9, killed), twice"));
}

/// A right run for n = 1 that waits in steps of five milliseconds. Who does that may need too many polls for a day.
fn in_steps(delay: u64) -> Run {
    let drew = EventKind::Drew { generator: GeneratorId(0), bits: 256, times: 1 };
    let fixture = TraceFixture::of("wait_n", &[delay]).elapsed(delay).returns(&[delay]);
    let step = |fixture: TraceFixture, from: u64| fixture.wait(1, 1, from, from + 5);
    (0..delay).step_by(5).fold(fixture.event(0, 0, drew), step).run
}

/// The verdict on a `wait_n` whose long runs, except those at `shown`, are ended by a limit with an excuse; and which
/// of the long runs were brief.
fn excused_but(shown: &[usize], long_run: impl Fn(&Scenario) -> Run) -> (Verdict, Vec<bool>) {
    let mut brief = Vec::new();
    let verdict = observing(|_, scenarios| {
        let mut observed = Vec::new();
        for scenario in scenarios {
            if !scenario.is_long() {
                let steps = scenario.name == "one";
                let run = if steps { in_steps(30) } else { right(scenario) };
                observed.push(Observed::Ran(run));
                continue;
            }
            let shown = shown.contains(&brief.len());
            brief.push(scenario.brief);
            if shown {
                observed.push(Observed::Ran(long_run(scenario)));
                continue;
            }
            let trace = Trace { elapsed: MS(100), ..Trace::ended(Termination::PollLimit) };
            observed.push(Observed::Ran(Run { trace, wall: Wall::default() }));
            break;
        }
        Observations { observed, ..Observations::default() }
    });
    (verdict, brief)
}

#[test]
fn after_excused_long_runs_the_others_are_made_with_less_time() {
    let plan = by_function("wait_n").unwrap().plan(0, Depth::Quick);
    let scenarios = plan.all();
    let all: Vec<&Scenario> = scenarios.iter().filter(|scenario| scenario.is_long()).collect();
    let last = all.iter().rposition(|scenario| scenario.recorded).unwrap();
    let long = all.len();
    let expected: Vec<bool> = (0..long).map(|at| at >= 2).collect();
    let (verdict, brief) = excused_but(&[], right);
    assert!(verdict.right(), "{verdict:?}");
    assert_eq!(brief, expected, "none of them is left out");
    let (verdict, _) = excused_but(&[last], right);
    assert!(verdict.right(), "{verdict:?}");
    let (verdict, _) = excused_but(&[last], sequential);
    assert_eq!(verdict.code(), Some(Code::Sequential), "excused runs hide nothing");
}

/// The verdict on one run of `wait_n` by a harness that writes these answers, and then runs a line of shell.
#[cfg(unix)]
fn run_of(answers: Vec<Answer>, then: &'static str) -> Verdict {
    let harness = crate::run::tests::Script { answers, then };
    let limits = Limits { scenario: MS(1), ..Limits::default() };
    let (seed, n, max_delay) = (1, 4, MS(50));
    let arguments = Arguments { seed, n, max_delay, prescribed: true, limits };
    run(by_function("wait_n").unwrap(), &harness, &arguments).unwrap()
}

#[cfg(unix)]
#[test]
fn a_run_that_could_not_be_made_is_not_judged() {
    let ran = |at| Answer::Ran(at, right(&WaitScenario::scripted_by_seed(1, 4, 50).erased()));
    let right = run_of(vec![ran(0), ran(1), ran(2), Answer::Done], "exit 0");
    assert!(right.right() && right.evidence.is_some());
    let out_of_time = |answers: &[Answer]| {
        let answers = [answers, &[Answer::OutOfTime(spent(96, 1, 90))]].concat();
        run_of(answers, "exit 0")
    };
    assert!(out_of_time(&[ran(0)]).right(), "one run is enough for a drawing");
    for (verdict, why) in [
        (out_of_time(&[]), "Only 0 of 3 runs fit into 96 s: this machine was too slow"),
        (run_of(vec![ran(0)], "kill -9 $$"), "(signal 9, killed), twice"),
        (run_of(vec![], "exec sleep 20"), "got no time to run, twice"),
    ] {
        assert_eq!((verdict.outcome, verdict.code()), (Outcome::NotJudged, None));
        assert!(verdict.evidence.is_none());
        let said = verdict.not_judged.unwrap();
        assert!(said.contains(why), "{said}");
    }
}

#[test]
fn every_rule_has_as_many_runs_as_it_needs() {
    for task in TASKS {
        for seed in [0, 1, 7, 12_345_678_901] {
            for depth in [Depth::Quick, Depth::Thorough] {
                assert_eq!(task.short_of_runs(seed, depth), Vec::<String>::new(), "{}", task.name);
            }
        }
    }
}

#[test]
fn a_right_run_with_another_normalized_trace_is_named() {
    // in two pieces, which the rules join
    let in_pieces = |scenario: &Scenario| {
        let fixture = TraceFixture::of("wait_n", &[20; 40]).elapsed(20).returns(&[20; 40]);
        let drew = EventKind::Drew { generator: GeneratorId(0), bits: 256, times: 40 };
        let fixture = fixture.event(0, 0, drew);
        let wait = |fixture: TraceFixture, i| fixture.wait(1, i, 0, 10).wait(1, i, 10, 20);
        if scenario.name == "crowd" { (1..=40).fold(fixture, wait).run } else { right(scenario) }
    };
    let (verdict, _) = judged(|scenario| Some(in_pieces(scenario)));
    assert!(verdict.right());
    assert_eq!(verdict.unlike_reference, ["crowd"]);
}

#[test]
fn a_few_of_many_calls_are_shown_sorted_by_time() {
    let task = by_function("wait_random").unwrap();
    let shown = |elapsed: Vec<u64>| {
        let elapsed = elapsed.into_iter().map(MS).collect();
        let evidence = many_calls(task, &WaitScenario::seeded(1, 1, 5000).erased(), elapsed);
        let elapsed = evidence.yours.rows.iter().map(|row| row.spans[0].to.as_millis()).collect();
        (evidence.scenario, elapsed)
    };
    let (scenario, elapsed): (_, Vec<u128>) = shown((0..100).rev().collect());
    assert_eq!(scenario, "12 of 100 calls, by the time they took");
    assert_eq!(elapsed, [0, 9, 18, 27, 36, 45, 54, 63, 72, 81, 90, 99]);
    assert_eq!(shown(vec![7]), ("1 of 1 calls, by the time they took".into(), vec![7]));
    assert_eq!(shown(vec![9, 7]).1, [7, 9]);
}
