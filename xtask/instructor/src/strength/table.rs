//! The counts of survivors, and whether they keep the goals.

use std::fmt::Write as _;

use super::judge::Judged;
use super::region::Size;

/// The most survivors of a size of regions.
pub struct Goal {
    pub size: Size,
    /// So many of a hundred mutants.
    pub percent: usize,
    /// Whether it also holds for a check at home, and not only for a class.
    pub at_home: bool,
}

/// What a check must find at least. A class has hidden runs, so a single n counts only there.
pub const GOALS: [Goal; 4] = [
    Goal { size: Size::FivePercent, percent: 0, at_home: true },
    Goal { size: Size::OnePercent, percent: 20, at_home: true },
    Goal { size: Size::OneN, percent: 10, at_home: false },
    Goal { size: Size::Everywhere, percent: 0, at_home: true },
];

/// Who asked, in the order of the columns.
pub const COLUMNS: [&str; 3] = ["at home", "secret 1", "secret 2"];

/// How many mutants with regions of one size were judged, and how many survived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub size: Size,
    pub mutants: usize,
    pub survivors: [usize; COLUMNS.len()],
}

impl Row {
    /// Counts the mutants of this size. Those that could not be judged are left out.
    pub fn of(size: Size, judged: &[Judged]) -> Self {
        let mut row = Self { size, mutants: 0, survivors: [0; COLUMNS.len()] };
        let of_size = judged.iter().filter(|judged| judged.mutant.size == size);
        for survived in of_size.filter_map(|judged| judged.survived.as_ref().ok()) {
            row.mutants += 1;
            for (count, survived) in row.survivors.iter_mut().zip(survived) {
                *count += usize::from(*survived);
            }
        }
        row
    }

    /// What is too much, in words; nothing if the goal is kept.
    pub fn too_many(&self) -> Option<String> {
        let goal = GOALS.iter().find(|goal| goal.size == self.size)?;
        let from = if goal.at_home { 0 } else { 1 };
        let most = goal.percent * self.mutants / 100;
        let worst = self.survivors[from..].iter().max().copied().unwrap_or(0);
        (worst > most).then(|| {
            let size = self.size.name();
            format!("{size}: {worst} of {} survive, the goal is at most {most}", self.mutants)
        })
    }
}

/// The table of all rows.
pub fn text(rows: &[Row]) -> String {
    let mut text = format!("{:<12}{:>9}", "region", "mutants");
    for column in COLUMNS {
        let _ = write!(text, "{column:>10}");
    }
    for row in rows {
        let _ = write!(text, "\n{:<12}{:>9}", row.size.name(), row.mutants);
        for count in row.survivors {
            let _ = write!(text, "{count:>10}");
        }
    }
    text + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(size: Size, mutants: usize, survivors: [usize; 3]) -> Row {
        Row { size, mutants, survivors }
    }

    #[test]
    fn the_goals_hold_for_each_column() {
        assert_eq!(row(Size::FivePercent, 400, [0, 0, 0]).too_many(), None);
        assert!(row(Size::FivePercent, 400, [0, 0, 1]).too_many().unwrap().contains("1 of 400"));
        assert_eq!(row(Size::OnePercent, 100, [20, 20, 3]).too_many(), None);
        assert!(row(Size::OnePercent, 100, [21, 2, 3]).too_many().is_some());
        assert_eq!(row(Size::OneN, 100, [90, 10, 10]).too_many(), None, "only a class counts");
        assert!(row(Size::OneN, 100, [0, 10, 11]).too_many().is_some());
        assert!(row(Size::Everywhere, 100, [1, 0, 0]).too_many().is_some());
    }

    #[test]
    fn the_table_has_a_row_for_each_size() {
        let rows = Size::ALL.map(|size| row(size, 25, [3, 2, 1]));
        let text = text(&rows);
        assert_eq!(text.lines().count(), 5);
        assert!(text.contains("one n              25         3         2         1\n"), "{text}");
    }
}
