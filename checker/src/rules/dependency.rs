//! What the dependency's function looks like in a trace.
//!
//! A trace says where in the source each sleep and each task was made. Whether that is the own code, or the function
//! that it has to call, mostly shows by the file; but a sleep that is made by a library (`delay.map(sleep)`) has a place
//! there, whoever asked for it, and one that is made by a `#[track_caller]` has the place of the call. So the function of
//! the dependency is run by itself first ([`Task::dependency_scenarios`](crate::tasks::Task::dependency_scenarios)): the places
//! that show then are its own.

use std::collections::HashSet;

use crate::contract::task::HARNESS;
use crate::contract::waits::WaitScenario;
use crate::trace::{EventKind, Run, SleepId, SourceLocation, Wait};

/// What is known of the dependency's function.
#[derive(Debug, Default)]
pub struct Dependency {
    /// It was run, so the rest is known, too.
    known: bool,
    /// Where it makes sleeps and tasks.
    places: Vec<SourceLocation>,
    /// Some of them are where it was called.
    names_its_caller: bool,
    /// How many sleeps each of its coroutines makes, if that is always the same.
    sleeps_each: Option<usize>,
    /// Each of its coroutines waits once, by one sleep that is used once.
    one_wait_each: bool,
    /// It gives waits up by itself.
    gives_up: bool,
    /// With the delays that the scripted mode prescribes, it takes as long as they say.
    takes_what_is_prescribed: bool,
}

impl Dependency {
    /// What these runs of it show.
    pub fn of<'a>(runs: impl IntoIterator<Item = (&'a WaitScenario, &'a Run)>) -> Self {
        let mut dependency =
            Self { takes_what_is_prescribed: true, one_wait_each: true, ..Self::default() };
        let mut sleeps_each = Vec::new();
        for (scenario, run) in runs {
            dependency.known = true;
            let waits = run.trace.waits();
            // where not all is recorded, a wait that seems open may have ended later
            let given_up =
                |wait: &Wait| !wait.done && (wait.dropped.is_some() || !run.trace.truncated);
            dependency.gives_up |= waits.iter().any(given_up);
            dependency.one_wait_each &= waits.len() == scenario.input.n;
            // a timer that is used again is one
            let sleeps: HashSet<SleepId> = waits.iter().map(|wait| wait.sleep).collect();
            sleeps_each.push((sleeps.len(), scenario.input.n.max(1)));
            let longest = scenario.delays().and_then(|delays| delays.into_iter().max());
            dependency.takes_what_is_prescribed &= longest == Some(run.trace.elapsed);
            for event in &run.trace.events {
                if let EventKind::SleepMade { place, .. } | EventKind::Spawned { place, .. } =
                    &event.what
                {
                    dependency.names_its_caller |= is_of_the_harness(place);
                    if !dependency.places.contains(place) {
                        dependency.places.push(place.clone());
                    }
                }
            }
        }
        if let Some((sleeps, n)) = sleeps_each.first() {
            let each = sleeps / n;
            let alike = sleeps_each.iter().all(|(sleeps, n)| *sleeps == each * n);
            dependency.sleeps_each = Some(each).filter(|each| *each > 0 && alike);
        }
        dependency
    }

    /// Whether it has made sleeps or tasks there.
    pub fn makes_some_at(&self, place: &SourceLocation) -> bool {
        self.places.contains(place)
    }

    /// Whether it may make some in a library. If it was never run, nobody knows.
    pub fn may_use_a_library(&self) -> bool {
        !self.known
    }

    /// Whether what it makes may have the place of its call.
    pub fn may_name_its_caller(&self) -> bool {
        self.names_its_caller || !self.known
    }

    /// How many sleeps each of its coroutines makes, if that is known and always the same.
    pub fn sleeps_each(&self) -> Option<usize> {
        self.sleeps_each
    }

    /// Whether it is known that each of its coroutines waits once, by a sleep of its own.
    pub fn waits_once(&self) -> bool {
        self.known && self.one_wait_each
    }

    /// Whether it is known that a coroutine of it may wait several times, one after another or side by side (or not at all).
    pub fn may_wait_several_times(&self) -> bool {
        self.known && !self.one_wait_each
    }

    /// Whether it gives waits up by itself, as far as is known.
    pub fn gives_up(&self) -> bool {
        self.gives_up
    }

    /// Whether it may give waits up by itself.
    pub fn may_give_up(&self) -> bool {
        self.gives_up || !self.known
    }

    /// Whether in scripted mode it takes as long as the delays say. (One that puts them together bit by bit does not.)
    pub fn takes_what_is_prescribed(&self) -> bool {
        self.known && self.takes_what_is_prescribed
    }

    /// Whether it is known that it does not.
    pub fn differs_from_what_is_prescribed(&self) -> bool {
        self.known && !self.takes_what_is_prescribed
    }
}

/// Whether it is the place of a call by the checker.
fn is_of_the_harness(place: &SourceLocation) -> bool {
    let file = place.file.replace('\\', "/");
    // (a student's own file of that name lies in `src`)
    file.ends_with(HARNESS) && !file.split('/').any(|part| part == "src")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{TraceFixture, place};

    fn of(fixtures: &[TraceFixture]) -> Dependency {
        Dependency::of(fixtures.iter().map(|fixture| (&fixture.scenario, &fixture.run)))
    }

    #[test]
    fn a_function_that_was_never_run_may_do_anything() {
        let unknown = of(&[]);
        assert!(unknown.may_use_a_library() && unknown.may_name_its_caller());
        assert!(unknown.may_give_up() && !unknown.gives_up());
        assert!(!unknown.takes_what_is_prescribed() && !unknown.differs_from_what_is_prescribed());
        assert!(!unknown.may_wait_several_times() && unknown.sleeps_each().is_none());
    }

    #[test]
    fn one_sleep_for_each_coroutine_is_seen_in_all_runs_together() {
        let two = |fixture: TraceFixture| fixture.wait(1, 0, 0, 20).wait(1, 0, 0, 10).elapsed(20);
        let run = || two(TraceFixture::of("wait_random", &[20, 10]));
        let plain = of(&[run(), run()]);
        assert_eq!(plain.sleeps_each(), Some(1));
        assert!(plain.takes_what_is_prescribed() && !plain.gives_up());
        assert!(!plain.may_use_a_library() && !plain.may_name_its_caller());
        assert!(plain.makes_some_at(&place(1)) && !plain.makes_some_at(&place(2)));

        let now_and_then = of(&[run(), TraceFixture::of("wait_random", &[0, 0])]);
        assert!(now_and_then.may_wait_several_times(), "none for a delay of zero");
        let twice = of(&[two(run()), two(run())]);
        assert_eq!((twice.sleeps_each(), twice.may_wait_several_times()), (Some(2), true));
    }

    #[test]
    fn what_differs_from_what_was_asked_for_or_is_given_up_is_noticed() {
        let off = of(&[TraceFixture::of("wait_random", &[20]).wait(1, 0, 0, 19).elapsed(19)]);
        assert!(off.differs_from_what_is_prescribed());
        let watched = TraceFixture::of("wait_random", &[20]).wait(1, 0, 0, 20).elapsed(20);
        assert!(of(&[watched.gives_up(1, 0, 0, 99)]).gives_up());
        let mut cut = TraceFixture::of("wait_random", &[20]).gives_up(1, 0, 0, 99);
        assert!(of(&[cut.clone()]).gives_up(), "it is never done");
        cut.run.trace.truncated = true;
        assert!(!of(&[cut]).gives_up(), "nobody knows what became of it");
        let named = TraceFixture::of("wait_random", &[20]).waits_at_the_harness(0, 20).elapsed(20);
        assert!(of(&[named]).may_name_its_caller());
    }
}
