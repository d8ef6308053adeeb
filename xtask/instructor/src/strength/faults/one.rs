//! Faults of a function that waits once: tasks 1 and 4.

use super::{AFTERWARDS, Fault, Scope};

/// What is done in place of sleeping for `delay` and returning it: a kind, and an expression. Each can be observed if
/// `max_delay` is not zero.
const IN_PLACE_OF_THE_SLEEP: [(&str, &str); 8] = [
    ("one ms more returned", "{ tokio::time::sleep(ms(delay)).await; ms(delay + 1) }"),
    (
        "one ms less returned",
        "{ tokio::time::sleep(ms(delay)).await; ms(delay.saturating_sub(1)) }",
    ),
    ("zero returned", "{ tokio::time::sleep(ms(delay)).await; ms(0) }"),
    ("one ms more slept", "{ tokio::time::sleep(ms(delay + 1)).await; ms(delay) }"),
    ("one ms less slept", "{ tokio::time::sleep(ms(delay.saturating_sub(1))).await; ms(delay) }"),
    ("half slept", "{ tokio::time::sleep(ms(delay / 2)).await; ms(delay) }"),
    ("no sleep", "{ ms(delay) }"),
    (
        "foreign draw",
        "{ let delay = hash() % (max_ms + 1); tokio::time::sleep(ms(delay)).await; ms(delay) }",
    ),
];

/// Draws of the whole call: a kind, an expression, and from which to which `max_delay` they can be observed. A bound that is
/// left out shows only where it would be drawn now and then.
const DRAWS: [(&str, &str, u64, u64); 9] = [
    ("bound excluded", "rng.random_range(0..max_ms)", 1, 10),
    ("zero excluded", "rng.random_range(1..=max_ms)", 1, 10),
    ("coarse draw", "rng.random_range(0..=max_ms) / 10 * 10", 20, u64::MAX),
    (
        "skewed by squaring",
        "{ let at: f64 = rng.random(); (at * at * (max_ms + 1) as f64) as u64 }",
        4,
        u64::MAX,
    ),
    (
        "skewed to the upper half",
        "{ let first = rng.random_range(0..=max_ms); \
          if 2 * first < max_ms { rng.random_range(0..=max_ms) } else { first } }",
        4,
        u64::MAX,
    ),
    ("a tenth cut off", "rng.random_range(0..=max_ms - max_ms / 10)", 10, u64::MAX),
    ("half the bound", "rng.random_range(0..=max_ms / 2)", 1, u64::MAX),
    ("twice the bound", "rng.random_range(0..=2 * max_ms)", 1, u64::MAX),
    ("constant draw", "max_ms / 2", 1, u64::MAX),
];

/// What keeps calls from waiting at the same time: a kind, the declaration of `GATE`, and how it is passed. It can be
/// observed if more calls wait at once than the gate lets through, so there must be a delay. How many calls wait at once is
/// no part of the space of inputs, so a gate lets few through.
const GATES: [(&str, &str, &str); 2] = [
    (
        "sequential",
        "static GATE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());",
        "GATE.lock().await",
    ),
    (
        "at most three",
        "static GATE: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(3);",
        "GATE.acquire().await",
    ),
];

/// Faults of task 1.
pub fn of_wait_random() -> Vec<Fault> {
    const DRAW: &str =
        "use rand::RngExt as _;\n    let delay: u64 = rng.random_range(0..=max_ms);\n    ";
    const SLEEP: &str = "tokio::time::sleep(ms(delay)).await;\n    ";
    let each = |kind, body| Fault::new(1, kind, Scope::Delay, body).from(0, 1);
    let call = |kind, body| Fault::new(1, kind, Scope::Call, body);
    let mut faults = Vec::new();
    for (kind, instead) in IN_PLACE_OF_THE_SLEEP {
        let right = "{ tokio::time::sleep(ms(delay)).await; ms(delay) }";
        faults.push(each(kind, format!("{DRAW}if WRONG {instead} else {right}")));
    }
    for (kind, statement) in AFTERWARDS {
        faults.push(each(kind, format!("{DRAW}{SLEEP}if WRONG {{ {statement} }}\n    ms(delay)")));
    }
    for (kind, drawn, from, to) in DRAWS {
        let body =
            format!("use rand::RngExt as _;\n    let delay: u64 = {drawn};\n    {SLEEP}ms(delay)");
        let fault = call(kind, body).from(0, from);
        let fault = if to < u64::MAX { fault.up_to(to) } else { fault };
        let single = matches!(kind, "twice the bound" | "constant draw");
        faults.push(if single { fault } else { fault.only_in_many_calls() });
    }
    for (kind, gate, pass) in GATES {
        let body = format!("{gate}\n    {DRAW}let _gate = {pass};\n    {SLEEP}ms(delay)");
        faults.push(call(kind, body).from(0, 1).only_in_many_calls());
    }
    let foreign = format!("let delay = address() % (max_ms + 1);\n    {SLEEP}ms(delay)");
    faults.push(call("foreign draw by an address", foreign).from(0, 1));
    faults
}

/// Futures that a task runs in place of `wait_random(rng, max_delay)`, and from which `max_delay` on they can be observed.
const IN_PLACE_OF_THE_WAIT: [(&str, &str, u64); 8] = [
    ("own sleep", "own_wait(rng, max_delay)", 1),
    (
        "begins late",
        "async move { tokio::time::sleep(ms(1)).await; wait_random(rng, max_delay).await }",
        1,
    ),
    (
        "early",
        "async move { let half = ms(max_ms / 2); \
          tokio::time::timeout(half, wait_random(rng, max_delay)).await.unwrap_or(half) }",
        2,
    ),
    ("no wait", "async move { drop(rng); ms(max_ms / 2) }", 1),
    (
        "foreign draw",
        "wait_random(<rand_chacha::ChaCha8Rng as rand::SeedableRng>::seed_from_u64(hash()), max_delay)",
        1,
    ),
    (
        "foreign draw by an address",
        "wait_random(<rand_chacha::ChaCha8Rng as rand::SeedableRng>::seed_from_u64(address()), max_delay)",
        1,
    ),
    (
        "constant draw",
        "wait_random(<rand_chacha::ChaCha8Rng as rand::SeedableRng>::seed_from_u64(7), max_delay)",
        1,
    ),
    ("twice the bound", "wait_random(rng, max_delay * 2)", 1),
];

/// Faults of task 4.
pub fn of_task_wait_random() -> Vec<Fault> {
    let call = |kind, body: String| Fault::new(4, kind, Scope::Call, body);
    let each = |kind, wrong: &str| {
        let body = format!(
            "tokio::spawn(async move {{
        let waited = wait_random(rng, max_delay).await;
        let delay = waited.as_millis() as u64;
        if WRONG {{ {wrong} }}
        waited
    }})"
        );
        Fault::new(4, kind, Scope::Delay, body).from(0, 1)
    };
    let mut faults = Vec::new();
    for (kind, statement) in AFTERWARDS {
        faults.push(each(kind, statement));
    }
    faults.push(each("one ms more returned", "return ms(delay + 1);"));
    faults.push(each("one ms less returned", "return ms(delay.saturating_sub(1));"));
    faults.push(each("zero returned", "return ms(0);"));
    for (kind, future, from) in IN_PLACE_OF_THE_WAIT {
        faults.push(call(kind, format!("tokio::spawn({future})")).from(0, from));
    }
    let half = call("half the bound", "tokio::spawn(wait_random(rng, ms(max_ms / 2)))".into());
    faults.push(half.from(0, 1).only_in_many_calls());
    for (kind, gate, pass) in GATES {
        let body = format!(
            "{gate}\n    tokio::spawn(async move {{ let _gate = {pass}; wait_random(rng, max_delay).await }})"
        );
        faults.push(call(kind, body).from(0, 1).only_in_many_calls());
    }
    let then = |statement: &str| {
        format!(
            "let handle = tokio::spawn(wait_random(rng, max_delay));\n    {statement}\n    handle"
        )
    };
    faults.push(call("aborted", then("handle.abort();")).from(0, 1));
    faults.push(call("blocking before the handle is returned", then("std::thread::sleep(ms(2));")));
    faults.push(call("panic before the handle is returned", then("panic!(\"a fault\");")));
    faults
}
