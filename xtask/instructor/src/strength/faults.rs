//! The faults that are injected, as pieces of Rust. Each says for which inputs it can be observed: a fault that changes
//! nothing there would only count as one that no check finds.

use super::inputs::{Inputs, MOST_MAX_MS, MOST_N};
use super::region::By;

mod many;
mod measure;
mod one;

/// What a fault changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The whole call.
    Call,
    /// One coroutine, before it draws. Its body says `WRONG` where the condition belongs.
    Coroutine,
    /// One coroutine, when its delay is known. Its body says `WRONG`, too.
    Delay,
}

/// How many coroutines of a call are wrong if the region does not say that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    All,
    /// Only the one in the middle.
    One,
    /// Now all of them, now one.
    AllOrOne,
}

/// A way to be wrong.
#[derive(Debug, Clone)]
pub struct Fault {
    /// The number of the task.
    pub task: usize,
    pub kind: &'static str,
    pub scope: Scope,
    pub wrong: Wrong,
    /// The inputs for which it can be observed.
    pub bounds: Inputs,
    /// Whether a single call in which it happens can show it. If not, only many such calls do: it changes how often a delay
    /// is drawn, or how several calls go together.
    pub in_single_calls: bool,
    /// The body of the function `faulty`, which has the signature of the task's function, and knows `max_ms`.
    pub body: String,
}

impl Fault {
    fn new(task: usize, kind: &'static str, scope: Scope, body: impl Into<String>) -> Self {
        let takes_n = matches!(task, 2 | 3 | 5);
        Self {
            task,
            kind,
            scope,
            wrong: Wrong::All,
            bounds: Inputs::all(takes_n),
            in_single_calls: true,
            body: body.into(),
        }
    }

    /// It can be observed from this n and this `max_delay` in milliseconds on.
    fn from(mut self, n: usize, max_ms: u64) -> Self {
        self.bounds.n = self.bounds.n.map(|_| (n, MOST_N));
        self.bounds.max_ms = (max_ms, MOST_MAX_MS);
        self
    }

    /// It can be observed up to this `max_delay` in milliseconds.
    fn up_to(mut self, max_ms: u64) -> Self {
        self.bounds.max_ms.1 = max_ms;
        self
    }

    /// It can be observed up to this n.
    fn n_up_to(mut self, n: usize) -> Self {
        self.bounds.n = self.bounds.n.map(|(fewest, _)| (fewest, n));
        self
    }

    fn wrong(self, wrong: Wrong) -> Self {
        Self { wrong, ..self }
    }

    fn only_in_many_calls(self) -> Self {
        Self { in_single_calls: false, ..self }
    }

    /// The kinds of regions that make sense for it.
    pub fn kinds_of_regions(&self) -> Vec<By> {
        let takes_n = self.bounds.n.is_some();
        let mut kinds = vec![By::Max];
        if takes_n {
            kinds.extend([By::N, By::Both]);
        }
        if self.in_single_calls {
            kinds.push(By::Call);
        }
        if self.scope == Scope::Delay {
            kinds.push(By::Delay);
        }
        if self.scope != Scope::Call && takes_n && self.in_single_calls {
            kinds.push(By::Coroutine);
        }
        kinds
    }

    /// Its name, which `--only` is compared with: `02-concurrent-coroutines/one too few`.
    pub fn name(&self) -> String {
        format!("{}/{}", checker::tasks::TASKS[self.task - 1].folder(), self.kind)
    }
}

/// All faults of all tasks.
pub fn all() -> Vec<Fault> {
    let mut all = Vec::new();
    all.extend(one::of_wait_random());
    all.extend(one::of_task_wait_random());
    for task in [2, 5] {
        all.extend(many::faults(task));
    }
    all.extend(measure::faults());
    all
}

/// What can be done wrong after a wait, whatever was waited for: a kind, and a statement.
const AFTERWARDS: [(&str, &str); 8] = [
    ("late", "tokio::time::sleep(ms(1)).await;"),
    ("blocking", "std::thread::sleep(ms(2));"),
    ("computing", "compute();"),
    ("leftover task", "tokio::spawn(tokio::time::sleep(ms(3_600_000)));"),
    ("panic", "panic!(\"a fault\");"),
    ("endless", "loop { tokio::time::sleep(ms(1)).await; }"),
    ("deadlock", "std::future::pending::<()>().await;"),
    ("clock moved", "tokio::time::advance(ms(1)).await;"),
];

/// Functions that a body may call. A mutant has those that it mentions.
pub const HELPERS: [(&str, &str); 7] = [
    ("ms(", "fn ms(number: u64) -> Duration {\n    Duration::from_millis(number)\n}\n"),
    (
        "compute(",
        "fn compute() {
    let begun = std::time::Instant::now();
    while begun.elapsed() < ms(5) {
        std::hint::spin_loop();
    }
}
",
    ),
    (
        "hash(",
        "/// A number that does not come from the generator.
fn hash() -> u64 {
    use std::hash::{BuildHasher, Hasher};
    std::collections::hash_map::RandomState::new().build_hasher().finish()
}
",
    ),
    (
        "address(",
        "/// A number that does not come from the generator.
fn address() -> u64 {
    let place = Box::new(0_u8);
    ((&raw const *place) as usize as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16
}
",
    ),
    (
        "own_wait(",
        "async fn own_wait<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    use rand::RngExt as _;
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    tokio::time::sleep(delay).await;
    delay
}
",
    ),
    (
        "start2(",
        "fn start2<R: Rng>(rng: R, max_delay: Duration) -> impl Future<Output = Duration> {
    wait_random(rng, max_delay)
}
",
    ),
    (
        "start5(",
        "/// Starts the task at once.
fn start5<R: Rng + Send + 'static>(
    rng: R,
    max_delay: Duration,
) -> impl Future<Output = Duration> {
    let handle = task_wait_random(rng, max_delay);
    async move { handle.await.unwrap() }
}
",
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn there_are_many_kinds_of_faults_in_every_task() {
        let all = all();
        let kinds: BTreeSet<&str> = all.iter().map(|fault| fault.kind).collect();
        assert!(kinds.len() >= 30, "{kinds:?}");
        for task in 1..=5 {
            let of_task = all.iter().filter(|fault| fault.task == task).count();
            assert!(of_task >= 15, "task {task}: {of_task}");
        }
        let names: BTreeSet<String> = all.iter().map(Fault::name).collect();
        assert!(names.len() > 100, "{}", names.len());
    }

    #[test]
    fn a_body_says_where_the_condition_belongs_unless_the_whole_call_is_wrong() {
        for fault in all() {
            let places = fault.body.matches("WRONG").count();
            assert_eq!(places, usize::from(fault.scope != Scope::Call), "{}", fault.name());
        }
    }
}
