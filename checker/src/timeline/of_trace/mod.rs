//! Makes a timeline from a trace: finds out which coroutine each wait belongs to.
//!
//! A trace has generators, tasks and sleeps, but a coroutine itself leaves no mark in it. Usually a coroutine draws a
//! number and then sleeps. So a sleep is given to a generator that drew before it, if possible in the same task.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use super::draft::{Draft, DraftWait};
use super::{End, Row, Span, State, Timeline};
use crate::contract::Returned;
use crate::trace::{Event, EventKind, GeneratorId, Run, SleepId, TaskId, Termination};

#[cfg(test)]
mod tests;

/// The rows so far, while a trace is read.
#[derive(Default)]
struct Reader {
    /// The number of coroutines in the call.
    n: usize,
    rows: Vec<Draft>,
    /// The row of each sleep.
    row_of: HashMap<SleepId, usize>,
    /// Rows that drew, and have not slept since.
    drew: VecDeque<usize>,
    /// The row that the last event added to `drew`. If the next event makes a generator, the draw was for its seed.
    just_drew: Option<usize>,
    /// When each task was spawned, and when it ended.
    tasks: Vec<(TaskId, Duration, Option<Duration>)>,
}

impl Timeline {
    /// The timeline of a run of part one, with `n` coroutines. `blocking`: whether it shows for how long rows blocked
    /// the thread. (On a busy machine, any row may seem to block.)
    pub fn of_waits(run: &Run, returned: Option<Returned>, n: usize, blocking: bool) -> Self {
        let mut reader = Reader { n, ..Reader::default() };
        // before the worker reports a deadlock, it waits a little in real time itself
        let deadlock = run.trace.ending == Termination::Deadlock;
        let own = |after: usize| deadlock && after >= run.trace.events.len();
        let mut blocked = run.wall.blocked.iter().filter(|(after, _)| !own(*after)).peekable();
        for (i, event) in run.trace.events.iter().enumerate() {
            reader.take(event);
            while let Some((after, lasting)) = blocked.next_if(|(after, _)| *after <= i + 1) {
                let for_good = !run.trace.has_returned() && *after >= run.trace.events.len();
                reader.blocked(event, *lasting, for_good);
            }
        }
        // a run that does not return is ended long after its last event
        let elapsed = if run.trace.has_returned() {
            run.trace.elapsed
        } else {
            run.trace.events.last().map_or(Duration::ZERO, |event| event.at)
        };
        let mut rows = reader.into_rows(elapsed);
        for _ in 0..run.trace.leftover_threads {
            rows.push(Row {
                name: "thread".into(),
                task: false,
                spans: Vec::new(),
                end: End::Alive,
                blocked: Duration::ZERO,
            });
        }
        if !blocking {
            rows.iter_mut().for_each(|row| row.blocked = Duration::ZERO);
        }
        Self { rows, elapsed, returned, separate: false }
    }
}

impl Reader {
    /// Reads the next event.
    fn take(&mut self, event: &Event) {
        let at = event.at;
        let just_drew = self.just_drew.take();
        match &event.what {
            EventKind::Seeded { generator } => self.generator_made(*generator, just_drew, event),
            EventKind::Drew { generator, .. } => self.drew(*generator, just_drew, event),
            EventKind::Spawned { task, .. } => self.tasks.push((*task, at, None)),
            EventKind::Ended { task } => {
                if let Some(spawned) = self.tasks.iter_mut().find(|(number, ..)| number == task) {
                    spawned.2 = Some(at);
                }
            }
            EventKind::SleepMade { sleep, .. } => {
                let row = self.row_that_sleeps(event);
                self.rows[row].polled = true;
                self.rows[row].waits.push(DraftWait::new(*sleep, None, at));
                self.row_of.insert(*sleep, row);
            }
            EventKind::SleepStarted { sleep, until } => self.sleep_started(*sleep, *until, event),
            EventKind::SleepDone { sleep, fired } => {
                if let Some((row, wait)) = self.wait(*sleep) {
                    self.rows[row].waits[wait].done = Some(*fired);
                }
            }
            EventKind::SleepDropped { sleep } => {
                if let Some((row, wait)) = self.wait(*sleep) {
                    self.rows[row].waits[wait].dropped = Some(at);
                }
            }
            _ => {}
        }
    }

    /// Begins the row of a new generator. `just_drew` is the row whose last draw was its seed.
    fn generator_made(&mut self, generator: GeneratorId, just_drew: Option<usize>, event: &Event) {
        if let Some(parent) = just_drew {
            self.drew.pop_back();
            self.rows[parent].polled = false;
            self.rows.pop_if(|row| row.generator == Some(GeneratorId::GIVEN) && !row.polled);
        }
        self.rows.push(Draft {
            generator: Some(generator),
            task: event.task,
            made: event.at,
            ..Draft::default()
        });
    }

    /// Notes a draw. `just_drew` is the row whose draw was the event before.
    fn drew(&mut self, generator: GeneratorId, just_drew: Option<usize>, event: &Event) {
        let row = self.row_that_draws(generator, event);
        self.rows[row].task = event.task;
        self.rows[row].polled = true;
        // several draws in a row belong to one coroutine, which may need several for one delay
        if !self.drew.contains(&row) {
            self.drew.push_back(row);
            self.just_drew = Some(row);
        } else if just_drew == Some(row) {
            self.just_drew = just_drew;
        }
    }

    /// Notes that a sleep was polled for the first time, or reset.
    fn sleep_started(&mut self, sleep: SleepId, until: Duration, event: &Event) {
        let Some((row, wait)) = self.wait(sleep) else { return };
        let row = &mut self.rows[row];
        let wait = &mut row.waits[wait];
        if wait.done.is_some() {
            row.waits.push(DraftWait::new(sleep, Some(event.at), until));
        } else {
            wait.from = wait.from.or(Some(event.at));
            wait.until = until;
            row.task = event.task;
        }
    }

    /// The row of a generator. If the generator is the given one, each draw belongs to a new coroutine.
    fn row_that_draws(&mut self, generator: GeneratorId, event: &Event) -> usize {
        let known = self.rows.iter().position(|row| row.generator == Some(generator));
        if let Some(known) =
            known.filter(|known| generator != GeneratorId::GIVEN || self.drew.contains(known))
        {
            return known;
        }
        let row = Draft {
            generator: Some(generator),
            task: event.task,
            made: event.at,
            ..Draft::default()
        };
        self.rows.push(row);
        self.rows.len() - 1
    }

    /// The row of a sleep that is made: one that drew and has not slept since, if there is any.
    fn row_that_sleeps(&mut self, event: &Event) -> usize {
        let here = self.drew.iter().position(|row| self.rows[*row].task == event.task);
        if let Some(row) = self.drew.remove(here.unwrap_or(0)) {
            return row;
        }
        let over = |wait: &DraftWait| wait.done.is_some() || wait.dropped.is_some();
        // a further sleep of a row: certain if the row has a task of its own, or if it is the only one of the caller
        let again = self.rows.iter().rposition(|row| {
            let own = !event.task.is_caller() || self.n == 1 || row.generator.is_none();
            row.task == event.task && own && row.waits.iter().all(over)
        });
        match again {
            Some(row) => row,
            _ => {
                let row = Draft { task: event.task, made: event.at, ..Draft::default() };
                self.rows.push(row);
                self.rows.len() - 1
            }
        }
    }

    /// The last wait on a sleep.
    fn wait(&self, sleep: SleepId) -> Option<(usize, usize)> {
        let row = *self.row_of.get(&sleep)?;
        Some((row, self.rows[row].waits.iter().rposition(|wait| wait.sleep == sleep)?))
    }

    /// Notes that so much real time passed after `event` without another event. `for_good`: there was no event after
    /// that.
    fn blocked(&mut self, event: &Event, lasting: Duration, for_good: bool) {
        // a coroutine that has begun or ended its wait gives the thread back, so the caller holds it
        let given_back =
            matches!(event.what, EventKind::SleepStarted { .. } | EventKind::SleepDone { .. });
        if for_good && given_back && event.task.is_caller() && self.n > 1 {
            self.rows.push(Draft { polled: true, blocked: lasting, ..Draft::default() });
            return;
        }
        let row = match event.what {
            EventKind::Drew { generator, .. } => {
                self.rows.iter().rposition(|row| row.generator == Some(generator))
            }
            _ => self.rows.iter().rposition(|row| row.task == event.task && row.polled),
        };
        // a caller of several coroutines has a row of its own
        let is_the_caller = event.task.is_caller() && self.n > 1;
        let row = row.or(self.rows.len().checked_sub(1).filter(|_| !is_the_caller));
        match row {
            Some(row) => self.rows[row].blocked += lasting,
            None => self.rows.push(Draft {
                task: event.task,
                polled: true,
                blocked: lasting,
                ..Draft::default()
            }),
        }
    }

    /// The finished rows, in a run that took `elapsed`.
    fn into_rows(mut self, elapsed: Duration) -> Vec<Row> {
        // a generator that never drew belongs to a coroutine that was never polled, or only made other generators
        if self.rows.len() > self.n {
            // a draw without a wait after it is not a coroutine
            self.rows
                .retain(|row| row.generator != Some(GeneratorId::GIVEN) || !row.waits.is_empty());
        }
        let with_generator = |rows: &[Draft]| rows.iter().filter(|r| r.generator.is_some()).count();
        if with_generator(&self.rows) > self.n {
            self.rows.retain(|row| row.polled);
        }
        let mut numbers = 0;
        let of_generators = with_generator(&self.rows);
        let mut spare = self.n.saturating_sub(of_generators);
        let mut rows: Vec<Row> = Vec::new();
        let tasks = std::mem::take(&mut self.tasks);
        for draft in &self.rows {
            // a coroutine whose delay was drawn in advance has no generator, but it is one of the n
            let counts = draft.generator.is_some() || spare > 0;
            spare -= usize::from(draft.generator.is_none() && spare > 0);
            numbers += usize::from(counts);
            let name = match draft.task {
                _ if counts => format!("#{numbers}"),
                TaskId::CALLER => "caller".into(),
                task => task.to_string(),
            };
            let task =
                tasks.iter().find(|(number, ..)| *number == draft.task && !draft.task.is_caller());
            rows.push(draft.row(name, task, elapsed));
        }
        for (number, spawned, ended) in &tasks {
            if self.rows.iter().all(|row| row.task != *number) {
                let until = ended.unwrap_or(elapsed);
                let idle = Span { from: *spawned, to: until, state: State::Idle };
                rows.push(Row {
                    name: number.to_string(),
                    task: true,
                    spans: if until > *spawned { vec![idle] } else { Vec::new() },
                    end: if ended.is_some() { End::Returned } else { End::Alive },
                    blocked: Duration::ZERO,
                });
            }
        }
        rows
    }
}
