//! Task 1, `wait_random`: one delay is drawn, slept, and returned.

use super::{Plan, Rules, Task, one_wait};
use crate::contract::TaskInfo;
use crate::rules::{self, Cases, Findings, random, single};

pub static TASK: Task = Task {
    info: &INFO,
    // several calls at once return in the order of the calls
    rules: Rules::new(plan, laws).shaped(|picture, scenario| picture.returned = scenario.delays()),
};

pub static INFO: TaskInfo = TaskInfo {
    number: 1,
    name: "basic-coroutine",
    title: "A coroutine that waits a random time",
    concept: "async fn, .await, random numbers",
    points: 10,
    function: "wait_random",
    signature: "pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration",
    adapter: "|rng, max_delay| Box::pin(basic_coroutine::wait_random(rng, max_delay))",
    dependencies: &[],
    counts_tasks: false,
    takes_n: false,
};

fn plan(seed: u64) -> Plan {
    let mut further = one_wait::further(seed);
    further.extend(one_wait::samples(seed));
    Plan { public: one_wait::public(), further }
}

fn laws(cases: &Cases, findings: &mut Findings) {
    findings.ends(cases);
    findings.each(cases, rules::leaves_the_clock_alone);
    findings.each(cases, rules::stays_on_its_runtime);
    findings.each(cases, single::sleeps);
    findings.each_result(cases, single::whole_milliseconds);
    findings.each(cases, single::truthful);
    findings.each_result(cases, single::bounded);
    findings.each_result(cases, single::zero_for_zero);
    findings.each_result(cases, single::side_by_side);
    findings.each_result(cases, rules::leaves_nothing_running);
    findings.all_of(cases, &rules::NEVER_BLOCKS, rules::never_blocks);
    findings.all_of(cases, &random::REPRODUCIBLE, random::reproducible);
    findings.all_of(cases, &random::VARIED, random::varied);
    findings.all_of(cases, &random::SAMPLES, |cases| {
        random::uniform_samples(cases, |s| cases.task.call(s.n, s.max_delay))
    });
    findings.all_if_right(cases, &random::DRAWS, random::draws_from_the_generator);
    findings.each(cases, single::one_sleep);
    findings.all_of(cases, &random::ONE_DRAW, random::one_draw);
    findings.each(cases, rules::no_blocking_thread);
    findings.each(cases, |case| single::few_tasks(case, 0));
}
