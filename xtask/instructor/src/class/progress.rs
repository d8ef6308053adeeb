//! Shows the progress of a grading: a bar on a terminal, and lines elsewhere.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use xtask::say;

/// The progress while submissions are graded.
pub struct Progress {
    bar: Option<ProgressBar>,
    state: Mutex<State>,
    all: usize,
}

struct State {
    in_work: BTreeSet<String>,
    done: usize,
    begun: Instant,
    printed: Instant,
}

/// Without a terminal, the shortest time between two lines.
const BETWEEN_LINES: Duration = Duration::from_secs(5);

/// The text of the bar. The names take the rest of the line. Before anything is done, there is no rate.
const NONE_DONE: &str = "{bar:24} {pos}/{len}  {wide_msg}";
const SOME_DONE: &str = "{bar:24} {pos}/{len}  {rate}  {eta} left  {wide_msg}";

fn style(template: &str) -> ProgressStyle {
    let rate = |state: &ProgressState, to: &mut dyn Write| {
        // (where it can't be written, there is no bar)
        let _ = write!(to, "{:.1}/s", state.per_sec());
    };
    ProgressStyle::with_template(template).expect("a valid template").with_key("rate", rate)
}

impl Progress {
    pub fn new(all: usize) -> Self {
        let now = Instant::now();
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(all as u64).with_style(style(NONE_DONE));
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        });
        let state = State { in_work: BTreeSet::new(), done: 0, begun: now, printed: now };
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
            if state.done == 1 {
                bar.set_style(style(SOME_DONE));
            }
            bar.set_position(state.done as u64);
            bar.set_message(names(&state.in_work, 40));
        } else if state.printed.elapsed() >= BETWEEN_LINES {
            state.printed = Instant::now();
            say(&line(state, self.all, state.begun.elapsed()));
        }
    }
}

/// The progress after this time, as one line.
fn line(state: &State, all: usize, so_long: Duration) -> String {
    let rate = state.done as f64 / so_long.as_secs_f64();
    let left = (all - state.done) as f64 / rate.max(0.001);
    let names = match names(&state.in_work, 60) {
        none if none.is_empty() => none,
        names => format!(": {names}"),
    };
    format!("{} of {all} students, {rate:.1} a second, {left:.0} s left{names}\n", state.done)
}

/// The names of the submissions that are being graded, as many as fit.
fn names(all: &BTreeSet<String>, most: usize) -> String {
    let text = all.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    if text.chars().count() <= most {
        return text;
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Result;
    use std::sync::Arc;

    use indicatif::{ProgressDrawTarget, TermLike};

    use super::*;

    /// A terminal of 60 columns that keeps what is written to it.
    #[derive(Debug, Default, Clone)]
    struct Terminal(Arc<Mutex<String>>);

    impl TermLike for Terminal {
        fn width(&self) -> u16 {
            60
        }
        fn move_cursor_up(&self, _: usize) -> Result<()> {
            Ok(())
        }
        fn move_cursor_down(&self, _: usize) -> Result<()> {
            Ok(())
        }
        fn move_cursor_right(&self, _: usize) -> Result<()> {
            Ok(())
        }
        fn move_cursor_left(&self, _: usize) -> Result<()> {
            Ok(())
        }
        fn write_line(&self, text: &str) -> Result<()> {
            self.write_str(text)
        }
        fn write_str(&self, text: &str) -> Result<()> {
            self.0.lock().unwrap().push_str(text);
            Ok(())
        }
        fn clear_line(&self) -> Result<()> {
            Ok(())
        }
        fn flush(&self) -> Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_line_of_the_bar_is_no_wider_than_the_terminal_whatever_names_there_are() {
        for template in [NONE_DONE, SOME_DONE] {
            let terminal = Terminal::default();
            let target = ProgressDrawTarget::term_like(Box::new(terminal.clone()));
            let bar = ProgressBar::with_draw_target(Some(9), target).with_style(style(template));
            bar.set_message("王小明".repeat(12));
            let drawn = terminal.0.lock().unwrap().clone();
            let wide = drawn.chars().filter(|c| "王小明".contains(*c)).count();
            assert!(wide > 0 && drawn.trim_end().chars().count() + wide <= 60, "{drawn:?}");
        }
    }

    #[test]
    fn a_rate_has_one_decimal() {
        let terminal = Terminal::default();
        let target = ProgressDrawTarget::term_like(Box::new(terminal.clone()));
        let bar = ProgressBar::with_draw_target(Some(9), target).with_style(style(SOME_DONE));
        bar.set_position(3);
        bar.tick();
        let drawn = terminal.0.lock().unwrap().clone();
        let rate = drawn.rsplit("/s").nth(1).unwrap().rsplit(' ').next().unwrap().to_string();
        assert!(rate.split_once('.').is_some_and(|(_, end)| end.len() == 1), "{drawn:?}");
    }

    #[test]
    fn a_line_ends_with_who_is_in_work_if_somebody_is() {
        let now = Instant::now();
        let mut state = State { in_work: BTreeSet::new(), done: 6, begun: now, printed: now };
        let text = line(&state, 6, Duration::from_secs(4));
        assert_eq!(text, "6 of 6 students, 1.5 a second, 0 s left\n");
        state.in_work.insert("ann".into());
        let text = line(&state, 9, Duration::from_secs(4));
        assert_eq!(text, "6 of 9 students, 1.5 a second, 2 s left: ann\n");
    }

    #[test]
    fn names_are_shown_as_far_as_they_fit() {
        let all = ["ann", "ben", "cem"].map(String::from).into();
        assert_eq!(names(&all, 20), "ann, ben, cem");
        assert_eq!(names(&all, 8), "ann, be…");
    }
}
