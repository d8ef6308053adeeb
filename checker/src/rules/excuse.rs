//! Excuses: the only reasons for which a solution may pass although a limit ended one of its runs.

use std::time::Duration;

use crate::contract::scenario::Scenario;
use crate::trace::{Death, Termination, Trace};

/// Up to this `max_delay`, a list of all delays is short. So a run takes long only if it wakes up again and again.
pub const LISTED_IN_NO_TIME: Duration = Duration::from_secs(3600);

/// The limit that a right solution may exceed if its delays are hours long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excuse {
    /// More polls than the limit, because it wakes up often, for example every millisecond.
    Polls,
    /// More processor time, for example to make a list of all delays.
    Processor,
    /// More memory for such a list.
    Memory,
    /// More output, because it prints a line each time that it wakes up.
    Output,
}

/// The excuse of a run that did not return; `None` for most such runs. A run that waits for too long, blocks its thread
/// or crashes has no excuse, because it would do the same with shorter delays.
pub fn excuse<I>(scenario: &Scenario<I>, trace: &Trace) -> Option<Excuse> {
    // all waits run at the same time, so a run that has waited for longer than the longest delay will not end
    if !scenario.is_long() || trace.elapsed > scenario.budget.longest_wait {
        return None;
    }
    // a future that asks again and again to be polled while the clock stands still does not wait
    let waits = trace.elapsed > Duration::ZERO;
    let makes_a_list = scenario.budget.longest_wait > LISTED_IN_NO_TIME;
    match &trace.ending {
        Termination::PollLimit if waits => Some(Excuse::Polls),
        Termination::WallLimit { busy: true } if waits || makes_a_list => Some(Excuse::Processor),
        Termination::Died(Death::OutOfMemory) if makes_a_list => Some(Excuse::Memory),
        Termination::Died(Death::Flood(_)) => Some(Excuse::Output),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::waits::WaitScenario;
    use serde_json::Value;

    #[test]
    fn only_a_few_endings_of_long_runs_are_excused() {
        let hour = Duration::from_secs(3600);
        let of = |max_delay, elapsed, ending: Termination| {
            let trace = Trace { elapsed, ..Trace::ended(ending) };
            excuse(&WaitScenario::seeded(1, 1, max_delay), &trace)
        };
        let day = 86_400_000;
        let busy = || Termination::WallLimit { busy: true };
        assert_eq!(of(day, hour, Termination::PollLimit), Some(Excuse::Polls));
        assert_eq!(of(day, Duration::ZERO, busy()), Some(Excuse::Processor));
        assert_eq!(of(day, hour, Termination::Died(Death::OutOfMemory)), Some(Excuse::Memory));
        assert_eq!(of(day, hour, Termination::Died(Death::Flood(1))), Some(Excuse::Output));
        for ending in [
            Termination::Returned(Value::Null),
            Termination::VirtualLimit,
            Termination::Deadlock,
            Termination::WallLimit { busy: false },
            Termination::Died(Death::Killed("signal 6, abort".into())),
            Termination::Died(Death::FromOutside("signal 9, killed".into())),
            Termination::Died(Death::StackOverflow),
            Termination::Panicked { message: "no".into(), place: None },
        ] {
            assert_eq!(of(day, hour, ending.clone()), None, "{ending:?}");
        }
        assert_eq!(of(day, Duration::ZERO, Termination::PollLimit), None, "the clock stands still");
        for ending in [Termination::PollLimit, busy()] {
            assert_eq!(of(day, 25 * hour, ending), None, "no delay is that long");
        }
        let an_hour = 3_600_000;
        assert_eq!(of(an_hour, hour / 2, busy()), Some(Excuse::Processor), "it wakes up often");
        for ending in [busy(), Termination::Died(Death::OutOfMemory)] {
            assert_eq!(
                of(an_hour, Duration::ZERO, ending.clone()),
                None,
                "{ending:?}: no list is so long"
            );
        }
        assert_eq!(of(60_000, hour, Termination::PollLimit), None, "a minute is not long");
        assert_eq!(of(60_000, hour, busy()), None);
    }
}
