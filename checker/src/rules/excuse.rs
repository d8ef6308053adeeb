//! Excuses: the only reasons for which a solution may pass although a limit ended one of its runs.

use std::time::Duration;

use crate::contract::scenario::Scenario;
use crate::trace::{Death, Event, EventKind, Run, Termination, Trace};

/// Up to this `max_delay` (of one future, or of all together), lists of all delays are short. So a run takes long only if it wakes up again and again.
pub const LISTED_IN_NO_TIME: Duration = Duration::from_secs(200);

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

/// What a solution is known to do, from those of its runs that came to their end. Only who has a habit is excused for what
/// it leads to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Habits {
    /// It wakes up several times in each wait, for example every millisecond.
    pub wakes_often: bool,
    /// The more delays there are, the more it computes, because it makes a list of all delays.
    makes_lists: bool,
}

impl Habits {
    /// So many waits for each future, in one run, are a habit. (Two or three may be a timeout, or a wait in pieces.)
    const WAITS: usize = 4;

    /// Runs in which all delays together go up to so many milliseconds show whether a solution makes lists: for a list of
    /// so many delays it needs a third of a millisecond and more, and others need less, if they have few futures.
    const LISTS_FROM_MS: u128 = 100_000;

    /// The most futures in such a run.
    const FEW: usize = 3;

    /// The least processor time for each delay in a list: an unoptimised program needs some nanoseconds.
    const FOR_EACH_DELAY: Duration = Duration::from_nanos(3);

    /// The habits that these runs show.
    pub fn of<'a, I: 'a>(runs: impl Iterator<Item = (&'a Scenario<I>, &'a Run)>) -> Self {
        let (mut habits, mut lists) = (Self::default(), None);
        for (scenario, run) in runs.filter(|(_, run)| run.trace.has_returned()) {
            // a timer that is reset (an interval) starts once, and is done again and again
            let is_done = |event: &&Event| matches!(event.what, EventKind::SleepDone { .. });
            let waits = run.trace.events.iter().filter(is_done).count();
            habits.wakes_often |= waits >= Self::WAITS * scenario.budget.futures.max(1);
            let total = scenario.budget.total_wait_ms();
            let shows_lists =
                (Self::LISTS_FROM_MS..=LISTED_IN_NO_TIME.as_millis()).contains(&total);
            if shows_lists && scenario.calls == 1 && scenario.budget.futures <= Self::FEW {
                let list = Self::FOR_EACH_DELAY * total as u32;
                // on a busy machine, any run may take long, but not all of them
                lists = Some(lists.unwrap_or(true) && run.wall.cpu >= list);
            }
        }
        // no such run came to its end: then it may do anything
        habits.makes_lists = lists.unwrap_or(true);
        habits
    }
}

/// The excuse of a run that did not return; `None` for most such runs. A run that waits for too long, blocks its thread
/// or crashes has no excuse, because it would do the same with shorter delays. Neither has a run that does what the
/// solution does not do with shorter delays.
pub fn excuse<I>(scenario: &Scenario<I>, trace: &Trace, habits: Habits) -> Option<Excuse> {
    // all waits run at the same time, so a run that has waited for longer than the longest delay will not end
    if !scenario.is_long() || trace.elapsed > scenario.budget.longest_wait {
        return None;
    }
    // a future that asks again and again to be polled while the clock stands still does not wait
    // (nobody looks at the clock during a sample)
    let clock_moves = trace.elapsed > Duration::ZERO || scenario.calls > 1;
    let waits = clock_moves && habits.wakes_often;
    let is_long_list = scenario.budget.total_wait_ms() > LISTED_IN_NO_TIME.as_millis();
    let makes_a_list = is_long_list && habits.makes_lists;
    match &trace.ending {
        Termination::PollLimit if waits => Some(Excuse::Polls),
        Termination::WallLimit { busy: true } if waits || makes_a_list => Some(Excuse::Processor),
        Termination::Died(Death::OutOfMemory) if makes_a_list => Some(Excuse::Memory),
        Termination::Died(Death::Flood(_)) if habits.wakes_often => Some(Excuse::Output),
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
            let habits = Habits { wakes_often: true, makes_lists: true };
            excuse(&WaitScenario::seeded(1, 1, max_delay), &trace, habits)
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
        let minutes = 200_000;
        assert_eq!(of(minutes, hour / 20, busy()), Some(Excuse::Processor), "it wakes up often");
        for ending in [busy(), Termination::Died(Death::OutOfMemory)] {
            assert_eq!(
                of(minutes, Duration::ZERO, ending.clone()),
                None,
                "{ending:?}: no list is so long"
            );
        }
        assert_eq!(of(60_000, hour, Termination::PollLimit), None, "a minute is not long");
        assert_eq!(of(60_000, hour, busy()), None);
    }
}
