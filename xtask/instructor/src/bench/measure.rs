//! Measures things side by side. Machines are busy now and then, so the things take turns, and the median counts.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde::Serialize;

/// Something to measure.
pub struct Contestant<'a> {
    name: &'static str,
    /// Does it for the round with this number. Returns how long it took.
    run: Box<dyn FnMut(usize) -> Result<Duration> + 'a>,
}

impl<'a> Contestant<'a> {
    pub fn new(name: &'static str, run: impl FnMut(usize) -> Result<Duration> + 'a) -> Self {
        Self { name, run: Box::new(run) }
    }
}

/// How long something took.
#[derive(Debug, Clone, Serialize)]
pub struct Measured {
    pub name: String,
    /// Milliseconds.
    pub median: f64,
    pub least: f64,
    pub most: f64,
    pub rounds: usize,
}

impl Measured {
    pub fn of(name: impl Into<String>, mut milliseconds: Vec<f64>) -> Self {
        milliseconds.sort_by(f64::total_cmp);
        let at = |i: usize| milliseconds.get(i).copied().unwrap_or(f64::NAN);
        let rounds = milliseconds.len();
        Self {
            name: name.into(),
            median: at(rounds / 2),
            least: at(0),
            most: at(rounds.saturating_sub(1)),
            rounds,
        }
    }
}

/// Runs all of them in each of `rounds`, after a first round that does not count.
pub fn in_turns(rounds: usize, mut all: Vec<Contestant<'_>>) -> Result<Vec<Measured>> {
    let mut times = vec![Vec::with_capacity(rounds); all.len()];
    for round in 0..=rounds {
        for (contestant, times) in all.iter_mut().zip(&mut times) {
            progress(&format!("{} ({round} of {rounds})", contestant.name));
            let elapsed = (contestant.run)(round).with_context(|| contestant.name.to_string())?;
            if round > 0 {
                times.push(elapsed.as_secs_f64() * 1e3);
            }
        }
    }
    progress("");
    let names = all.iter().map(|contestant| contestant.name);
    Ok(names.zip(times).map(|(name, times)| Measured::of(name, times)).collect())
}

/// Measures how long `job` takes.
pub fn timed<T>(job: impl FnOnce() -> Result<T>) -> Result<(T, Duration)> {
    let start = Instant::now();
    let done = job()?;
    Ok((done, start.elapsed()))
}

/// Shows on a terminal what is being measured.
pub fn progress(what: &str) {
    let mut err = std::io::stderr();
    if err.is_terminal() {
        let _ = write!(err, "\r\x1b[K{what}").and_then(|()| err.flush());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_the_rounds_counts_and_the_first_does_not() {
        let times = [900, 3, 1, 200];
        let slow = Contestant::new("slow", |round| Ok(Duration::from_millis(times[round])));
        let quick = Contestant::new("quick", |_| Ok(Duration::from_millis(1)));
        let measured = in_turns(3, vec![slow, quick]).unwrap();
        let of = |m: &Measured| (m.median, m.least, m.most, m.rounds);
        assert_eq!(of(&measured[0]), (3.0, 1.0, 200.0, 3));
        assert_eq!(measured[1].median, 1.0);
    }
}
