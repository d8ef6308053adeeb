//! Tests with a real worker that the machine stops for a while, or for ever. The solution must not be blamed for that.

use std::fs::File;
use std::sync::atomic::{AtomicBool, Ordering};

use rand::RngExt;
use rustix::process::{Pid, Signal, kill_process};
use tokio::time::sleep;

use super::*;
use crate::contract::request::Options;
use crate::contract::waits::WaitScenario;
use crate::fixture::returned;
use crate::tasks::by_function;
use crate::verdict::{Outcome, Verdict};
use crate::worker::generator::OnlyRng;
use crate::worker::subject::Subject;
use crate::{judge, system, worker};

/// The environment variable that makes this test program a worker. It has the request, as JSON.
const REQUEST: &str = "AWAIT_AND_SEE_TESTED_REQUEST";

/// This is not a test, but the worker, in a process that the tests below start.
#[test]
fn running_part() {
    let Ok(request) = std::env::var(REQUEST) else { return };
    let request: Request = serde_json::from_str(&request).unwrap();
    let subject: Subject =
        crate::tasks::wait_random::subject(|rng, max_delay| Box::pin(wait(rng, max_delay)));
    worker::fulfil(&[subject], &request, File::create(&request.answers));
}

/// A right solution. The first call of a process is slow, and makes many small steps, so that it can be stopped in
/// between.
async fn wait(mut rng: OnlyRng<'_>, max_delay: Duration) -> Duration {
    const MS: Duration = Duration::from_millis(1);
    static BEGUN: AtomicBool = AtomicBool::new(false);
    let delay = MS * rng.random_range(0..=max_delay.as_millis() as u32);
    if BEGUN.swap(true, Ordering::Relaxed) || delay < 20 * MS {
        sleep(delay).await;
        return delay;
    }
    let begun = system::cpu_time_of_thread();
    for step in 1..=20 {
        while system::cpu_time_of_thread() - begun < SLOW * step / 20 {}
        sleep(MS).await;
    }
    sleep(delay - 20 * MS).await;
    delay
}

/// The processor time that the first call takes.
const SLOW: Duration = Duration::from_millis(60);

/// A harness whose worker is stopped as soon as its first run has begun; at once, if it is stopped for ever.
struct Stopped {
    crate_dir: tempfile::TempDir,
    /// For how long it is stopped; `None`: for ever.
    lasting: Option<Duration>,
}

impl Start for Stopped {
    fn crate_dir(&self) -> &Path {
        self.crate_dir.path()
    }

    fn start(&self, request: &Request) -> Result<Started, Error> {
        // the name of the test, which does not begin with that of the crate
        let (_, module) = module_path!().split_once("::").unwrap();
        let running_part = format!("{module}::running_part");
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([running_part.as_str(), "--exact", "--nocapture"])
            .env(REQUEST, serde_json::to_string(request).unwrap())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let output = Pipes::of(&mut child);
        let (pid, answers, lasting) =
            (Pid::from_child(&child), request.answers.clone(), self.lasting);
        std::thread::spawn(move || {
            let start = Instant::now();
            // one that is stopped for good has not even begun
            while lasting.is_some()
                && read_answers(&answers).answers.is_empty()
                && start.elapsed() < Duration::from_secs(20)
            {
                std::thread::sleep(Duration::from_millis(1));
            }
            let _ = kill_process(pid, Signal::STOP);
            if let Some(lasting) = lasting {
                std::thread::sleep(lasting);
                let _ = kill_process(pid, Signal::CONT);
            }
        });
        Ok(Started { process: Box::new(child), output })
    }
}

fn stopped(lasting: Option<Duration>) -> Stopped {
    let crate_dir = tempfile::tempdir().unwrap();
    let src = crate_dir.path().join("src");
    std::fs::create_dir(&src).unwrap();
    std::fs::write(src.join("lib.rs"), "fn wait_random() { sleep(rng.random_range()) }").unwrap();
    Stopped { crate_dir, lasting }
}

fn limits(ms: u64) -> Limits {
    Limits { scenario: Duration::from_millis(ms), ..Limits::default() }
}

/// The verdict on a harness whose processes, each of them, are stopped for so long.
fn verdict(lasting: Option<Duration>, limits: Limits) -> Verdict {
    let options = Options { limits, ..Options::default() };
    judge::task(by_function("wait_random").unwrap(), &stopped(lasting), &options).unwrap()
}

#[test]
fn a_run_that_the_machine_stops_for_ten_times_its_limit_continues_afterwards() {
    let stop = || stopped(Some(Duration::from_millis(500)));
    let scenarios = vec![WaitScenario::scripted("stopped", 50, &[40]).erased(); 3];
    let seen = observe(&stop(), "wait_random", &scenarios, limits(50)).unwrap();
    let endings: Vec<_> =
        seen.observed.iter().map(|run| &run.run().unwrap().trace.ending).collect();
    let returned = returned(vec![Duration::from_millis(40)]);
    assert!(endings.iter().all(|ending| **ending == returned), "{endings:?}");
    assert!(seen.out_of_time.is_some() || endings.len() == 3, "{endings:?}");

    let calls = 300;
    let sample = [WaitScenario::sampled(7, 50, calls).erased()];
    let seen = observe(&stop(), "wait_random", &sample, limits(100)).unwrap();
    match seen.observed.first() {
        Some(Observed::Sampled(samples, _)) => assert_eq!(samples.len(), calls),
        other => assert!(other.is_none() && seen.out_of_time.is_some(), "{other:?}"),
    }
}

#[test]
fn a_right_solution_that_the_machine_stops_again_and_again_passes_or_is_not_judged() {
    let verdict = verdict(Some(Duration::from_millis(400)), limits(250));
    let outcome = verdict.outcome;
    assert!(matches!(outcome, Outcome::Passed | Outcome::NotJudged), "{verdict:?}");
}

#[test]
fn a_worker_that_gets_no_time_to_run_is_not_judged() {
    let verdict = verdict(None, limits(20));
    assert_eq!((verdict.outcome, verdict.code()), (Outcome::NotJudged, None), "{verdict:?}");
    let why = verdict.not_judged.unwrap();
    assert!(why.contains("got no time to run, twice"), "{why}");
}
