//! Shows many rows in a few lines.

use super::{End, Row, State};

/// What rows must have in common to be folded into one line.
type Kind = (End, bool, usize, bool);

impl Row {
    fn kind(&self) -> Kind {
        let waits = self.of(State::Waiting).count().min(2);
        (self.end, self.task, waits, self.blocked.is_zero())
    }
}

/// Decides which rows are shown, in at most `most` lines: the indices of rows, and after the last one of a kind, how
/// many more rows are like it. A row that is the only one of its kind is always shown, as far as there is room.
pub fn fold(rows: &[Row], most: usize) -> Vec<Folded> {
    if rows.len() <= most {
        return (0..rows.len()).map(Folded::Row).collect();
    }
    let mut kinds: Vec<(Kind, Vec<usize>)> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        match kinds.iter_mut().find(|(kind, _)| *kind == row.kind()) {
            Some((_, of_kind)) => of_kind.push(i),
            None => kinds.push((row.kind(), vec![i])),
        }
    }
    // every kind gets the same share of the lines, and what it does not need goes to the next kinds
    let mut folded = Vec::new();
    let mut left = most.saturating_sub(kinds.len()).max(1);
    let all = kinds.len();
    for (done, (_, of_kind)) in kinds.into_iter().enumerate() {
        let share = (left / (all - done)).max(1);
        let shown = if of_kind.len() <= share + 1 { of_kind.len() } else { share };
        left = left.saturating_sub(shown);
        folded.extend(of_kind[..shown].iter().copied().map(Folded::Row));
        if shown < of_kind.len() {
            folded.push(Folded::More(of_kind.len() - shown));
        }
    }
    folded
}

/// One line of a drawing.
#[derive(Debug, PartialEq, Eq)]
pub enum Folded {
    /// The row with this index.
    Row(usize),
    /// So many more rows like the one before.
    More(usize),
}

#[cfg(test)]
mod tests {
    use super::super::tests::waits;
    use super::*;

    #[test]
    fn many_rows_are_folded_but_not_the_only_one_of_its_kind() {
        let mut timeline = waits(&[(0, 20); 100]);
        timeline.rows[57].end = End::Cancelled;
        let folded = fold(&timeline.rows, 12);
        assert!(folded.len() <= 12, "{folded:?}");
        assert!(folded.contains(&Folded::Row(57)));
        let rows = folded.iter().filter(|folded| matches!(folded, Folded::Row(_))).count();
        let more: usize = folded
            .iter()
            .map(|folded| if let Folded::More(more) = folded { *more } else { 0 })
            .sum();
        assert_eq!(rows + more, 100);
        assert_eq!(fold(&timeline.rows[..12], 12).len(), 12, "rows that fit are not folded");
    }
}
