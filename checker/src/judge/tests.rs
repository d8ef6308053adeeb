//! The judge on trial: made-up observations, and what is said of them.

use std::convert::Infallible;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;
use crate::course::by_function;
use crate::law::trial::{MS, Trial};

/// The delays that a right `wait_n` has in a scenario.
fn delays(scenario: &Scenario) -> Vec<u64> {
    match &scenario.regime {
        Regime::Steady(delays) => delays.iter().copied().take(scenario.n).collect(),
        Regime::Plain(key) => {
            let mut rng = ChaCha8Rng::from_seed(*key);
            let most = scenario.max_delay.as_millis() as u64;
            (0..scenario.n).map(|_| rng.random_range(0..=most)).collect()
        }
        Regime::Words(_) => vec![1; scenario.n],
    }
}

fn right(scenario: &Scenario) -> Run {
    Trial::right("wait_n", &delays(scenario)).run
}

/// One wait after another.
fn sequential(scenario: &Scenario) -> Run {
    let delays = delays(scenario);
    let mut trial = Trial::of("wait_n", &delays).returns(&delays);
    let mut now = 0;
    for (i, delay) in delays.into_iter().enumerate() {
        trial = trial.wait(1, i + 1, now, now + delay);
        now += delay;
    }
    trial.took(now).run
}

/// The verdict on a `wait_n` that runs like this, and how many scenarios each stage had.
fn judged(run: impl Fn(&Scenario) -> Option<Run>) -> (Verdict, Vec<usize>) {
    let crate_dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(crate_dir.path().join("src")).unwrap();
    std::fs::write(crate_dir.path().join("src/lib.rs"), "fn wait_n() { wait_random() }").unwrap();
    let options = Options { seed: 0, limits: Limits::default(), write_pending: false };
    let mut stages = Vec::new();
    let (task, upstream) = (by_function("wait_n").unwrap(), Upstream::default());
    let verdict = by(task, crate_dir.path(), &options, &upstream, |scenarios| {
        stages.push(scenarios.len());
        let observed = scenarios.iter().map_while(&run).map(Observed::Ran).collect();
        Ok::<_, Infallible>(Observations { observed, output: "printed".into() })
    });
    (verdict.unwrap(), stages)
}

#[test]
fn a_right_program_is_seen_in_all_scenarios_and_its_new_pictures_are_pending() {
    let (verdict, stages) = judged(|scenario| Some(right(scenario)));
    let plan = by_function("wait_n").unwrap().plan(0);
    assert_eq!(stages, [1, plan.public.len() - 1, plan.further.len()]);
    assert_eq!(verdict.outcome, Outcome::Passed);
    assert!(verdict.remarks.is_empty() && verdict.evidence.is_none());
    assert_eq!(verdict.output, None, "there is nothing to be understood from it");
    assert_eq!(verdict.unlike_reference, Vec::<String>::new());
    let names: Vec<PathBuf> =
        plan.public.iter().map(|scenario| format!("wait_n@{}", scenario.name).into()).collect();
    assert_eq!(verdict.pending, names, "no snapshot is there");
}

#[test]
fn what_is_wrong_at_first_sight_is_not_looked_at_again() {
    let (verdict, stages) = judged(|scenario| Some(sequential(scenario)));
    assert_eq!(stages, [1]);
    assert_eq!(verdict.code(), Some(Code::Sequential));
    assert_eq!(verdict.output.as_deref(), Some("printed"));
    let evidence = verdict.evidence.unwrap();
    assert_eq!(evidence.scenario, "mixed");
    assert_eq!(evidence.call, "wait_n(n = 4, max_delay = 50 ms)");
    assert_eq!((evidence.yours.took, evidence.expected.unwrap().took), (MS(100), MS(40)));
}

#[test]
fn the_run_that_is_wrong_is_shown_wherever_it_stands() {
    let wrong =
        |scenario: &Scenario| if scenario.n == 5 { sequential(scenario) } else { right(scenario) };
    let (verdict, stages) = judged(|scenario| Some(wrong(scenario)));
    assert_eq!(stages.len(), 2);
    assert_eq!(verdict.evidence.unwrap().scenario, "equal");
}

#[test]
fn a_stage_that_is_cut_short_is_the_last() {
    let first = |scenario: &Scenario| (scenario.name == "mixed").then(|| right(scenario));
    let (verdict, stages) = judged(first);
    assert_eq!(stages, [1, 9]);
    assert!(verdict.right(), "what was seen of it is");
    assert_eq!(verdict.pending, [PathBuf::from("wait_n@mixed")]);
}

#[test]
fn a_lawful_run_that_looks_otherwise_is_named() {
    // in two pieces, which the laws join
    let in_pieces = |scenario: &Scenario| {
        let trial = Trial::of("wait_n", &[20; 40]).took(20).returns(&[20; 40]);
        let wait = |trial: Trial, i| trial.wait(1, i, 0, 10).wait(1, i, 10, 20);
        if scenario.name == "crowd" { (1..=40).fold(trial, wait).run } else { right(scenario) }
    };
    let (verdict, _) = judged(|scenario| Some(in_pieces(scenario)));
    assert!(verdict.right());
    assert_eq!(verdict.unlike_reference, ["crowd"]);
}

#[test]
fn of_many_calls_a_few_are_shown_from_the_shortest_to_the_longest() {
    let task = by_function("wait_random").unwrap();
    let shown = |took: Vec<u64>| {
        let took = took.into_iter().map(MS).collect();
        let evidence = many_calls(task, MS(5000), took);
        let took = evidence.yours.rows.iter().map(|row| row.spans[0].to.as_millis()).collect();
        (evidence.scenario, took)
    };
    let (scenario, took): (_, Vec<u128>) = shown((0..100).rev().collect());
    assert_eq!(scenario, "12 of 100 calls, by the time they took");
    assert_eq!(took, [0, 9, 18, 27, 36, 45, 54, 63, 72, 81, 90, 99]);
    assert_eq!(shown(vec![7]), ("1 of 1 calls, by the time they took".into(), vec![7]));
    assert_eq!(shown(vec![9, 7]).1, [7, 9]);
}
