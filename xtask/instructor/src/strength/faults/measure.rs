//! Faults of task 3, which measures how long `wait_n` takes.

use super::{AFTERWARDS, Fault, Scope};

/// Measures `RUN`, in `elapsed`. A call with n = 0 can't be divided, so each fault needs an n of at least one.
const MEASURE: &str = "let elapsed = runtime.block_on(async {
        let start = tokio::time::Instant::now();
        RUN;
        start.elapsed()
    });
    ";

/// What is run in place of `wait_n(rng, n, max_delay).await`: a kind, an expression, and from which n and `max_delay` on it
/// can be observed.
const RUNS: [(&str, &str, usize, u64); 12] = [
    (
        "sequential",
        "for _ in 0..n {\n            wait_n(rng, 1, max_delay).await;\n        }",
        2,
        1,
    ),
    (
        "in two halves",
        "{ wait_n(rng, n / 2, max_delay).await; wait_n(rng, n - n / 2, max_delay).await }",
        2,
        1,
    ),
    ("run twice", "{ wait_n(rng, n, max_delay).await; wait_n(rng, n, max_delay).await }", 1, 1),
    ("one too few", "wait_n(rng, n - 1, max_delay).await", 1, 1),
    ("one too many", "wait_n(rng, n + 1, max_delay).await", 1, 1),
    ("twice the bound", "wait_n(rng, n, max_delay * 2).await", 1, 1),
    ("half the bound", "wait_n(rng, n, ms(max_ms / 2)).await", 1, 1),
    ("foreign draw", "wait_n(&mut R::seed_from_u64(hash()), n, max_delay).await", 1, 1),
    (
        "foreign draw by an address",
        "wait_n(&mut R::seed_from_u64(address()), n, max_delay).await",
        1,
        1,
    ),
    ("constant draw", "wait_n(&mut R::seed_from_u64(7), n, max_delay).await", 1, 1),
    ("early", "tokio::time::timeout(ms(max_ms / 2), wait_n(rng, n, max_delay)).await", 1, 2),
    ("own sleep", "own_wait(rng.fork(), max_delay).await", 1, 1),
];

/// What is returned in place of `elapsed / n as u32`. A quotient is cut off if the time is not a multiple of n, which
/// happens often enough from three coroutines on.
const VALUES: [(&str, &str, usize, u64); 6] = [
    ("not divided", "elapsed", 2, 1),
    ("divided by one more", "elapsed / (n as u32 + 1)", 1, 1),
    ("truncated", "ms((elapsed / n as u32).as_millis() as u64)", 3, 1),
    ("zero returned", "ms(0)", 1, 1),
    ("one ms more returned", "elapsed / n as u32 + ms(1)", 1, 1),
    ("half of max_delay returned", "max_delay / 2 / n as u32", 1, 1),
];

/// Faults of this task.
pub fn faults() -> Vec<Fault> {
    let call = |kind, body: String| Fault::new(3, kind, Scope::Call, body);
    let right = "wait_n(rng, n, max_delay).await";
    let mut faults = Vec::new();
    for (kind, run, n, max_ms) in RUNS {
        let body = MEASURE.replace("RUN", run) + "elapsed / n as u32";
        let fault = call(kind, body).from(n, max_ms);
        // a smaller n or bound shows in how often a time occurs
        let seldom = kind == "half the bound";
        faults.push(if seldom { fault.only_in_many_calls() } else { fault });
    }
    for (kind, value, n, max_ms) in VALUES {
        faults.push(call(kind, MEASURE.replace("RUN", right) + value).from(n, max_ms));
    }
    for (kind, statement) in AFTERWARDS {
        let body = MEASURE.replace("RUN;", &format!("{right};\n        {statement}"));
        faults.push(call(kind, body + "elapsed / n as u32").from(1, 1));
    }
    let sum = "let delays = runtime.block_on(wait_n(rng, n, max_delay));
    delays.iter().sum::<Duration>() / n as u32";
    faults.push(call("sum of the delays", sum.into()).from(2, 1));
    let own_clock = MEASURE.replace("RUN", right).replace("tokio::time", "std::time");
    faults.push(call("own clock", own_clock + "elapsed / n as u32").from(1, 1));
    let outside = format!(
        "let start = tokio::time::Instant::now();
    runtime.block_on(async {{ {right} }});
    start.elapsed() / n as u32"
    );
    faults.push(call("clock read outside of the runtime", outside).from(1, 1));
    faults
}
