//! How far the grading of a class is: a bar on a terminal, lines elsewhere.

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use xtask::say;

/// Shown while submissions are graded.
pub struct Progress {
    bar: Option<ProgressBar>,
    state: Mutex<State>,
    all: usize,
}

struct State {
    in_work: BTreeSet<String>,
    done: usize,
    begun: Instant,
    said: Instant,
}

/// Where there is no terminal, a line is written no more often than this.
const BETWEEN_LINES: Duration = Duration::from_secs(5);

impl Progress {
    pub fn new(all: usize) -> Self {
        let now = Instant::now();
        let bar = std::io::stderr().is_terminal().then(|| {
            let style = "{bar:24} {pos}/{len}  {per_sec}  {eta} left  {msg}";
            let bar = ProgressBar::new(all as u64);
            bar.enable_steady_tick(Duration::from_millis(200));
            bar.with_style(ProgressStyle::with_template(style).expect("a valid template"))
        });
        let state = State { in_work: BTreeSet::new(), done: 0, begun: now, said: now };
        Self { bar, state: Mutex::new(state), all }
    }

    pub fn begin(&self, name: &str) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.in_work.insert(name.into());
        self.show(&mut state);
    }

    pub fn end(&self, name: &str) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.in_work.remove(name);
        state.done += 1;
        self.show(&mut state);
    }

    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn show(&self, state: &mut State) {
        if let Some(bar) = &self.bar {
            bar.set_position(state.done as u64);
            bar.set_message(names(&state.in_work, 40));
        } else if state.said.elapsed() >= BETWEEN_LINES {
            state.said = Instant::now();
            let seconds = state.begun.elapsed().as_secs_f64();
            let rate = state.done as f64 / seconds;
            let left = (self.all - state.done) as f64 / rate.max(0.001);
            say(&format!(
                "{} of {} students, {rate:.1} a second, {left:.0} s left: {}\n",
                state.done,
                self.all,
                names(&state.in_work, 60)
            ));
        }
    }
}

/// The names that are being worked on, as far as they fit.
fn names(all: &BTreeSet<String>, most: usize) -> String {
    let text = all.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    if text.chars().count() <= most {
        return text;
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_as_far_as_they_fit() {
        let all = ["ann", "ben", "cem"].map(String::from).into();
        assert_eq!(names(&all, 20), "ann, ben, cem");
        assert_eq!(names(&all, 8), "ann, be…");
    }
}
