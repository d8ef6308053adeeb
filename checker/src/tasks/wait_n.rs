//! Task 2, `wait_n`: n coroutines wait at once.

use super::{Plan, Rules, Task, many_waits};
use crate::contract::TaskInfo;
use crate::rules::{self, Cases, Findings, many, random};
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

pub static TASK: Task = Task { info: &INFO, rules: Rules::new(plan, laws) };

pub static INFO: TaskInfo = TaskInfo {
    number: 2,
    name: "concurrent-coroutines",
    title: "Many coroutines at once",
    concept: "concurrency within one task",
    points: 20,
    function: "wait_n",
    signature: "pub async fn wait_n<R: Rng + SeedableRng + Send + 'static>(rng: &mut R, n: usize, max_delay: Duration) -> Vec<Duration>",
    adapter: "|rng, n, max_delay| Box::pin(concurrent_coroutines::wait_n(rng, n, max_delay))",
    dependencies: &[&super::wait_random::INFO],
    counts_tasks: false,
    takes_n: true,
};

fn plan(seed: u64) -> Plan {
    Plan { public: many_waits::public(), further: many_waits::further(seed) }
}

fn laws(cases: &Cases, findings: &mut Findings) {
    of_many_waits(cases, findings);
    findings.each(cases, |case| many::few_own_tasks(case, case.scenario.n));
}

/// The laws that `task_wait_n` has to keep as well.
pub(super) fn of_many_waits(cases: &Cases, findings: &mut Findings) {
    findings.ends(cases);
    findings.each(cases, rules::leaves_the_clock_alone);
    findings.each(cases, rules::stays_on_its_runtime);
    findings.each(cases, many::waits_through_upstream);
    findings.each(cases, many::concurrent);
    findings.each(cases, many::waits_for_the_last);
    findings.each(cases, many::as_long_as_the_longest);
    findings.each_result(cases, many::complete);
    findings.each_result(cases, many::nothing_takes_no_time);
    findings.each(cases, many::truthful);
    findings.each(cases, many::no_more_than_n);
    findings.each_result(cases, many::bounded);
    findings.each_result(cases, many::ascending);
    findings.each_result(cases, rules::leaves_nothing_running);
    findings.all_of(cases, &rules::NEVER_BLOCKS, rules::never_blocks);
    findings.all_of(cases, &random::OWN_GENERATORS, random::own_generators);
    findings.all_of(cases, &random::REPRODUCIBLE, random::reproducible);
    findings.all_of(cases, &random::VARIED, random::varied);
    findings.all_of(cases, &random::TOGETHER, random::uniform_together);
    findings.all_if_right(cases, &random::DRAWS, random::draws_from_the_generator);
    findings.each(cases, many::no_needless_sleep);
    findings.all_of(cases, &random::ONE_DRAW, random::one_draw);
    findings.each(cases, rules::no_blocking_thread);
    findings.all(cases, |cases| {
        let place = cases.source.sorts()?;
        let text = "Something is sorted here. If it is the delays: taken in the order in which the coroutines are done, they are in order already.";
        Some(Diagnosis { code: Code::Sorted, text: text.into(), place: Some(place), call: None })
    });
}
