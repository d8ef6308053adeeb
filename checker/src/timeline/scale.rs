//! The scale of a drawing: from virtual time to columns.

use std::time::Duration;

/// Virtual time on a line of `columns` units (characters or pixels), from zero to `end`.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    /// The virtual time at the end of the line.
    pub end: Duration,
    columns: usize,
}

impl Scale {
    /// A scale from zero to `end`.
    pub fn new(end: Duration, columns: usize) -> Self {
        Self { end: end.max(Duration::from_millis(1)), columns }
    }

    /// The column of an instant.
    pub fn column(&self, at: Duration) -> usize {
        (at.as_secs_f64() / self.end.as_secs_f64() * self.columns as f64).round() as usize
    }

    /// The instants with a number at the axis. Their distance is 1, 2 or 5 times a power of ten, and at least `room`
    /// columns.
    pub fn ticks(&self, room: usize) -> Vec<Duration> {
        let most = (self.columns / room.max(1)).max(1) as u32;
        let least = (self.end / most).max(Duration::from_millis(1));
        let hour = Duration::from_secs(3600);
        let mut power = if self.end >= hour { hour } else { Duration::from_millis(1) };
        let step = loop {
            if let Some(step) = [1, 2, 5].map(|k| power * k).into_iter().find(|step| *step >= least)
            {
                break step;
            }
            power *= 10;
        };
        std::iter::successors(Some(Duration::ZERO), |at| Some(*at + step))
            .take_while(|at| *at <= self.end)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::MS;
    use super::*;

    #[test]
    fn ticks_are_round_numbers_with_enough_room() {
        let ticks = |end, columns| -> Vec<u64> {
            let ticks = Scale::new(MS(end), columns).ticks(8);
            ticks.iter().map(|at| at.as_millis() as u64).collect()
        };
        assert_eq!(ticks(40, 40), [0, 10, 20, 30, 40]);
        assert_eq!(ticks(100, 44), [0, 20, 40, 60, 80, 100]);
        assert_eq!(ticks(4913, 44), [0, 1000, 2000, 3000, 4000]);
        assert_eq!(ticks(3, 44), [0, 1, 2, 3]);
        assert_eq!(ticks(0, 44), [0, 1]);
        assert_eq!(ticks(86_400_000, 44), [0, 5, 10, 15, 20].map(|hour| hour * 3_600_000));
    }
}
