//! The rules for the value that `measure_time` returns: the elapsed time divided by n.

use std::time::Duration;

use crate::contract::waits::WaitInput;
use crate::format::{self, time};
use crate::rules::impression::Impression;
use crate::rules::{Check, Rule, WaitRun, prescribed};
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

/// How far the result may be off.
const EXACT: Duration = Duration::from_micros(1);

/// Methods that round a measured time, or lose all of it.
const ROUNDING: [&str; 9] = [
    "as_secs",
    "as_millis",
    "ceil",
    "floor",
    "from_millis",
    "from_secs",
    "round",
    "subsec_millis",
    "trunc",
];

/// Whether two times are equal, as exactly as the contract asks.
pub fn close(a: Duration, b: Duration) -> bool {
    a.abs_diff(b) <= EXACT
}

/// The value that a run returned.
pub fn value(case: &WaitRun) -> Option<Duration> {
    case.returned()?.first().copied()
}

/// What a run tells by the value that it returned and the time that passed.
pub fn impression(case: &WaitRun) -> Impression {
    let Some(value) = value(case) else { return Impression::default() };
    let n = (case.scenario.input.n as u32).max(1);
    let as_prescribed = prescribed::longest(case).map(|longest| longest == case.elapsed());
    Impression { is_odd: !close(value, case.elapsed() / n), as_prescribed }
}

pub const THE_TIME_THAT_PASSED: Rule<WaitInput> = Rule {
    name: "the_time_that_passed",
    asks: "The result is the elapsed time divided by n, exact to a microsecond.",
    codes: &[Code::NotDivided, Code::Sum, Code::Truncated, Code::WrongClock, Code::WrongTime],
    silenced_by: &[],
    check: Check::Run(the_time_that_passed),
};

pub fn the_time_that_passed(case: &WaitRun) -> Option<Diagnosis> {
    let (value, elapsed, n) = (value(case)?, case.elapsed(), case.scenario.input.n as u32);
    if n == 0 || elapsed.is_zero() {
        return None;
    }
    let right = elapsed / n;
    // the function may also wait for a sleep of its own, and need not measure that (with late timers, even a sleep of
    // length zero takes time)
    let own = case.done().find(|wait| case.is_own(&wait.place));
    let least =
        if own.is_none() && case.scenario.timer_delay.is_zero() { right } else { waited(case) / n };
    let measured_too_much = case.scenario.timer_delay.is_zero() && !close(right, least);
    if close(value, least) || !measured_too_much && (least..=right).contains(&value) {
        return None;
    }
    if let Some(own) = own.filter(|_| measured_too_much && close(value, right)) {
        let text = format!(
            "It measured {}, but `wait_n` took {}: something else waits, too.",
            time(elapsed),
            time(waited(case))
        );
        return Some(case.broken(Code::WrongTime, text).at(Some(own.place.clone())));
    }
    let wrong = WrongTime::of(case, value, right);
    let (code, text) = EXPLANATIONS
        .iter()
        .find_map(|explains| explains(&wrong))
        .unwrap_or_else(|| (Code::WrongTime, wrong.but("")));
    Some(case.broken(code, text).at(
        case.source.call_of("elapsed").or_else(|| case.source.definition_of(case.task.function)),
    ))
}

/// A wrong value, with what is needed to explain it.
struct WrongTime<'a> {
    case: &'a WaitRun<'a>,
    /// What was returned.
    value: Duration,
    /// What is right.
    right: Duration,
    n: u32,
    /// Whether the source names a method that rounds.
    rounds: bool,
}

/// How a wrong value may have come about: a code and a sentence; `None` if it does not fit.
type Explanation = Option<(Code, String)>;

/// All explanations, the most likely first.
const EXPLANATIONS: [fn(&WrongTime) -> Explanation; 8] = [
    |wrong| wrong.not_divided(),
    |wrong| wrong.made_of_delays(),
    |wrong| wrong.computed(),
    |wrong| wrong.read_twice_at_once(),
    |wrong| wrong.rounded(),
    |wrong| wrong.in_another_unit(),
    |wrong| wrong.of_another_clock(),
    |wrong| wrong.read_outside(),
];

impl<'a> WrongTime<'a> {
    fn of(case: &'a WaitRun<'a>, value: Duration, right: Duration) -> Self {
        let rounds = ROUNDING.iter().any(|name| case.source.mentions(name));
        Self { case, value, right, n: case.scenario.input.n as u32, rounds }
    }

    fn said(&self) -> String {
        format::told_apart(self.value, self.right).0
    }

    /// What the value should have been, and why.
    fn measured(&self) -> String {
        format!(
            "{} passed on the runtime's clock, which makes {} for each of {}",
            time(self.case.elapsed()),
            format::told_apart(self.value, self.right).1,
            self.n
        )
    }

    /// The sentence about what was returned, what it should have been, and `why`.
    fn but(&self, why: &str) -> String {
        let why = if why.is_empty() { ".".into() } else { format!(": {why}") };
        format!("It returned {}, but {}{why}", self.said(), self.measured())
    }

    fn off_by(&self) -> Duration {
        self.value.abs_diff(self.right)
    }

    fn not_divided(&self) -> Explanation {
        let text =
            || format!("It returned {}, the whole time. Divide it by n = {}.", self.said(), self.n);
        close(self.value, self.case.elapsed()).then(|| (Code::NotDivided, text()))
    }

    fn made_of_delays(&self) -> Explanation {
        let sum: Duration = self.case.done_by_dependency().iter().map(|wait| wait.length()).sum();
        let what = if close(self.value, sum) {
            "the sum of the delays"
        } else if close(self.value, sum / self.n) {
            "the mean of the delays"
        } else {
            return None;
        };
        let (said, measured) = (self.said(), self.measured());
        let text = format!(
            "It returned {said}, {what}. But {measured}, because all waits run at the same time."
        );
        Some((Code::Sum, text))
    }

    /// If timers fire late, only a measured time is right.
    fn computed(&self) -> Explanation {
        let text = || {
            format!(
                "It returned {}, which it computed. But {}. Measure the time instead, because timers can fire late.",
                self.said(),
                self.measured()
            )
        };
        let computed = !self.case.scenario.timer_delay.is_zero() && !self.rounds;
        computed.then(|| (Code::WrongTime, text()))
    }

    fn read_twice_at_once(&self) -> Explanation {
        let why = "no time passed between its two readings of the clock. Read the clock before and after `wait_n`.";
        (self.value.is_zero() && !self.rounds).then(|| (Code::WrongTime, self.but(why)))
    }

    fn rounded(&self) -> Explanation {
        let (value, elapsed, n, off) = (self.value, self.case.elapsed(), self.n, self.off_by());
        let to = |unit: Duration| value.as_nanos().is_multiple_of(unit.as_nanos());
        let to_less_than = |unit: Duration| to(unit) && off < unit;
        let all = value.saturating_mul(n);
        // with late timers, times are not whole milliseconds
        let rest = all.subsec_nanos() % 1_000_000;
        let before_dividing = (rest <= n || 1_000_000 - rest <= n)
            && all.abs_diff(elapsed) < Duration::from_millis(1);
        let rounded = value.is_zero()
            || to_less_than(Duration::from_secs(1))
            || to_less_than(Duration::from_millis(1))
            || to(EXACT) && off < EXACT * 1000 && off < self.right / 100
            || off < self.right / 10_000
            || before_dividing;
        let (said, measured) = (self.said(), self.measured());
        let text = || {
            format!(
                "It returned {said}, which is rounded, and {} off. Exactly, {measured}.",
                time(off)
            )
        };
        rounded.then(|| (Code::Truncated, text()))
    }

    fn in_another_unit(&self) -> Explanation {
        let text = || {
            let (said, measured) = (self.said(), self.measured());
            format!(
                "It returned {said}, but {measured}. It is off by a factor of 1,000: check the units."
            )
        };
        a_thousand_times(self.value, self.right).then(|| (Code::WrongTime, text()))
    }

    fn of_another_clock(&self) -> Explanation {
        let why = || format!("it read another clock.{}", clock_hint(self.case));
        of_another_clock(self.case, self.value).then(|| (Code::WrongClock, self.but(&why())))
    }

    fn read_outside(&self) -> Explanation {
        let off = self.value.saturating_mul(self.n).abs_diff(self.case.elapsed());
        let outside =
            self.case.source.imports("tokio", "Instant") && off <= self.case.run.wall.total;
        let why = "it read the clock once outside of the runtime, where tokio's `Instant` reads the computer's clock. Read the clock both times inside `block_on`.";
        outside.then(|| (Code::WrongClock, self.but(why)))
    }
}

/// Whether one value is a thousand or a million times the other.
fn a_thousand_times(value: Duration, right: Duration) -> bool {
    let (more, less) = (value.max(right), value.min(right));
    let times = |factor: u32| close(less * factor, more);
    !less.is_zero() && more > EXACT * 1000 && (times(1000) || times(1_000_000))
}

/// A sentence about the other clock that was read, as far as the source shows it; empty if it does not.
fn clock_hint(case: &WaitRun) -> &'static str {
    let of_std = |name| case.source.imports("std", name);
    if of_std("SystemTime") || case.source.path_to("SystemTime", "now").is_some() {
        " `SystemTime` reads the computer's clock. Use tokio's `Instant`, inside `block_on`."
    } else if of_std("Instant") {
        " std's `Instant` always reads the computer's clock. Use tokio's `Instant`, inside `block_on`."
    } else if case.source.imports("tokio", "Instant") {
        " Outside of the runtime, tokio's `Instant` reads the computer's clock. Read it both times inside `block_on`."
    } else {
        ""
    }
}

/// Whether `value` may be real time. A value that is the virtual time divided by a number is not, however slow the
/// machine is.
fn of_another_clock(case: &WaitRun, value: Duration) -> bool {
    // up to 256, for an n that was cast to a byte; with more numbers, one would fit a real time of some microseconds by
    // chance
    let divided = |by: u32| (case.elapsed() / by).abs_diff(value) <= Duration::from_nanos(1);
    value <= case.run.wall.total && !(1..=256).any(divided)
}

/// How long `wait_n` took, from its first wait to the end of its last.
fn waited(case: &WaitRun) -> Duration {
    let spans: Vec<_> = case.done_by_dependency().iter().filter_map(|wait| wait.span).collect();
    let from = spans.iter().map(|(from, _)| *from).min().unwrap_or_default();
    spans.iter().map(|(_, to)| *to).max().unwrap_or_default() - from
}

pub const ZERO_FOR_NONE: Rule<WaitInput> = Rule {
    name: "zero_for_none",
    asks: "With n = 0, the result is zero.",
    codes: &[Code::Zero],
    silenced_by: &[],
    check: Check::Result(zero_for_none),
};

pub fn zero_for_none(case: &WaitRun) -> Option<Diagnosis> {
    let value = value(case)?;
    if !case.is_zero() && case.all_are_zero() && case.elapsed().is_zero() && value > EXACT {
        let text = format!(
            "It returned {}, but all delays were zero, and no time passed on the runtime's clock.",
            time(value)
        );
        return Some(case.broken(Code::WrongTime, text));
    }
    let none = case.scenario.input.n == 0;
    let text = || {
        let (zero, value) = (case.which_zero(), time(value));
        let elapsed = match case.elapsed() {
            elapsed if elapsed.is_zero() => String::new(),
            elapsed => format!(", after {}", time(elapsed)),
        };
        format!("With {zero} it returned {value}{elapsed}, but there is nothing to wait for.")
    };
    let wrong = case.is_zero() && case.elapsed().is_zero() && value > EXACT
        || none && !case.elapsed().is_zero();
    wrong.then(|| case.broken(Code::Zero, text()))
}
