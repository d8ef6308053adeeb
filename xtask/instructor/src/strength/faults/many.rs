//! Faults of a function that does n waits at the same time: tasks 2 and 5. `START(…)` starts one of them.

use super::{AFTERWARDS, Fault, Scope, Wrong};

/// The largest numbers of coroutines that faults let wait at the same time. Such a limit can be observed for a larger n.
const LIMITS: [(&str, usize); 6] = [
    ("at most 2", 2),
    ("at most 3", 3),
    ("at most 8", 8),
    ("at most 16", 16),
    ("at most 64", 64),
    ("at most 500", 500),
];

/// Waits for all of `waits`, and has their results in `delays`.
const ALL: &str = "let waits: FuturesUnordered<_> = \
     (0..n).map(|_| START(rng.fork(), max_delay)).collect();
    let mut delays: Vec<Duration> = waits.collect().await;
    ";

/// What the call does with the `delays` that it has waited for: a kind, statements, and from which n and `max_delay` on it
/// can be observed.
const WITH_THE_RESULT: [(&str, &str, usize, u64); 4] = [
    ("one too few returned", "delays.pop();", 1, 1),
    ("one too many returned", "delays.push(max_delay);", 0, 1),
    ("nothing returned", "delays.clear();", 1, 1),
    ("wrong order", "delays.reverse();", 2, 1),
];

/// The same, where it matters that the last two coroutines do not end in the same instant, and not after `max_delay`: if
/// there are more coroutines than delays to draw, they do.
const WITH_THE_LAST: [(&str, &str, usize); 2] = [
    ("wrong order of the last two", "delays.swap(n - 2, n - 1);", 2),
    ("waits for max_delay", "tokio::time::sleep_until(begun + max_delay).await;", 1),
];

/// The largest n and the shortest `max_delay` with which the last two coroutines hardly ever end in the same instant.
const FAR_APART: (usize, u64) = (100, 1000);

/// Futures in place of a right wait: a kind, an expression, and how many are wrong. Twice the bound shows only now and then, so
/// all of them are.
const IN_PLACE_OF_A_WAIT: [(&str, &str, Wrong); 7] = [
    ("own sleep", "own_wait(rng.fork(), max_delay)", Wrong::AllOrOne),
    (
        "own task",
        "{ let own = tokio::spawn(own_wait(rng.fork(), max_delay)); async { own.await.unwrap() } }",
        Wrong::AllOrOne,
    ),
    ("no wait", "{ let _ = rng.next_u64(); std::future::ready(ms(max_ms / 2)) }", Wrong::AllOrOne),
    ("foreign draw", "START(R::seed_from_u64(hash()), max_delay)", Wrong::AllOrOne),
    (
        "foreign draw by an address",
        "START(R::seed_from_u64(address()), max_delay)",
        Wrong::AllOrOne,
    ),
    ("constant draw", "START(R::seed_from_u64(7), max_delay)", Wrong::AllOrOne),
    ("twice the bound", "START(rng.fork(), max_delay * 2)", Wrong::All),
];

/// Faults of this task.
pub fn faults(task: usize) -> Vec<Fault> {
    let mut faults = of_the_call(task);
    faults.extend(of_a_coroutine(task));
    let start = format!("start{task}");
    for fault in &mut faults {
        fault.body = fault.body.replace("START", &start);
    }
    faults
}

fn of_the_call(task: usize) -> Vec<Fault> {
    let call = |kind, body: String| Fault::new(task, kind, Scope::Call, body);
    let mut faults = Vec::new();
    let one_by_one = "let mut delays = Vec::new();
    for _ in 0..n {
        delays.push(START(rng.fork(), max_delay).await);
    }
    delays.sort();
    delays";
    faults.push(call("sequential", one_by_one.into()).from(2, 1));
    for (kind, limit) in LIMITS {
        let body = format!(
            "let waits = futures::stream::iter((0..n).map(|_| START(rng.fork(), max_delay)));
    let mut delays: Vec<Duration> = waits.buffer_unordered({limit}).collect().await;
    delays.sort();
    delays"
        );
        faults.push(call(kind, body).from(limit + 1, 1));
    }
    for (kind, statement, n, max_ms) in WITH_THE_RESULT {
        let body = format!("{ALL}{statement}\n    delays");
        faults.push(call(kind, body).from(n, max_ms));
    }
    let (n_at_most, longest) = FAR_APART;
    for (kind, statement, n) in WITH_THE_LAST {
        let begun = "let begun = tokio::time::Instant::now();\n    ";
        let body = format!("{begun}{ALL}{statement}\n    delays");
        faults.push(call(kind, body).from(n, longest).n_up_to(n_at_most));
    }
    for (kind, statement) in AFTERWARDS {
        faults.push(call(kind, format!("{ALL}{statement}\n    delays")));
    }
    faults.push(call("one too few", ALL.replace("0..n", "1..n") + "delays").from(1, 1));
    faults.push(call("one too many", ALL.replace("0..n", "0..n + 1") + "delays"));
    let as_started = ALL.replace("FuturesUnordered", "futures::stream::FuturesOrdered") + "delays";
    faults.push(call("order of the start", as_started).from(3, 1));
    let early = ALL.replace("waits.collect()", "waits.take(n - 1).collect()");
    let early = call("early", early + "delays.push(max_delay);\n    delays");
    faults.push(early.from(2, longest).n_up_to(n_at_most));
    let half = ALL.replace("max_delay)", "ms(max_ms / 2))") + "delays";
    faults.push(call("half the bound", half).from(1, 1).only_in_many_calls());
    faults
}

fn of_a_coroutine(task: usize) -> Vec<Fault> {
    let mut faults = Vec::new();
    let each = |kind, wrong: &str| {
        let body = format!(
            "let waits: FuturesUnordered<_> = (0..n)
        .map(|k| {{
            let wait = START(rng.fork(), max_delay);
            async move {{
                let waited = wait.await;
                let delay = waited.as_millis() as u64;
                if WRONG {{ {wrong} }}
                Some(waited)
            }}
        }})
        .collect();
    waits.filter_map(std::future::ready).collect().await"
        );
        Fault::new(task, kind, Scope::Delay, body).from(1, 1)
    };
    // one that sleeps longer changes nothing unless it is the longest, so only the whole call is late
    for (kind, statement) in AFTERWARDS.into_iter().filter(|(kind, _)| *kind != "late") {
        // a thousand of these would take seconds
        let takes_time = matches!(kind, "blocking" | "computing");
        let wrong = if takes_time { Wrong::One } else { Wrong::AllOrOne };
        faults.push(each(kind, statement).wrong(wrong));
    }
    for (kind, statement) in [
        ("one ms more returned", "return Some(ms(delay + 1));"),
        ("zero returned", "return Some(ms(0));"),
        ("one left out", "return None;"),
    ] {
        faults.push(each(kind, statement).wrong(Wrong::AllOrOne));
    }
    for (kind, instead, wrong) in IN_PLACE_OF_A_WAIT {
        let body = format!(
            "use futures::future::Either;
    let waits: FuturesUnordered<_> = (0..n)
        .map(|k| {{
            if WRONG {{ Either::Left({instead}) }} else {{ Either::Right(START(rng.fork(), max_delay)) }}
        }})
        .collect();
    waits.collect().await"
        );
        faults.push(Fault::new(task, kind, Scope::Coroutine, body).from(1, 2).wrong(wrong));
    }
    let shared = "let mut seed = R::Seed::default();
    let waits: FuturesUnordered<_> = (0..n)
        .map(|k| {
            if k == 0 || !(WRONG) {
                rng.fill_bytes(seed.as_mut());
            }
            START(R::from_seed(seed.clone()), max_delay)
        })
        .collect();
    waits.collect().await";
    let shared = Fault::new(task, "shared seed", Scope::Coroutine, shared);
    faults.push(shared.from(2, 1).wrong(Wrong::AllOrOne));
    faults
}
