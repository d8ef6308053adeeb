//! Finds the first difference between two timelines.

use std::time::Duration;

use super::{Row, State, Timeline};

/// The first instant at which two timelines differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Divergence {
    /// The virtual time.
    pub at: Duration,
    /// The difference, in words.
    pub how: String,
}

impl Timeline {
    /// The first difference between this timeline and the expected one; `None` if there is none. Only the waits of a
    /// row are compared, because the contract fixes nothing else.
    pub fn diverges_from(&self, expected: &Timeline) -> Option<Divergence> {
        let rows = expected.rows.iter().enumerate().filter_map(|(i, row)| {
            let yours = self.rows.iter().find(|yours| yours.name == row.name);
            let yours = yours.or_else(|| self.rows.get(i).filter(|row| row.name == "caller"));
            divergence(&row.name, yours, row)
        });
        let further = self.rows.iter().filter(|row| {
            let known = expected.rows.iter().any(|known| known.name == row.name);
            !known && row.name.starts_with('#')
        });
        let further = further.filter_map(|row| {
            let at = row.spans.iter().find(|span| span.state == State::Waiting)?.from;
            Some(Divergence { at, how: format!("{} is one too many", row.name) })
        });
        let returned = self.returned.is_some();
        let end = (self.elapsed != expected.elapsed || returned != expected.returned.is_some())
            .then(|| {
                let (at, how) = if returned && self.elapsed < expected.elapsed {
                    (self.elapsed, "it returns too early")
                } else {
                    (expected.elapsed, "it should have returned")
                };
                Divergence { at, how: how.into() }
            });
        // of several differences at one instant, that of the first row is shown
        rows.chain(further).chain(end).min_by_key(|divergence| divergence.at)
    }
}

/// The first instant at which only one of two rows waits.
fn divergence(name: &str, yours: Option<&Row>, expected: &Row) -> Option<Divergence> {
    let waits = |row: &Row, at: Duration| {
        let mut waiting = row.spans.iter().filter(|span| span.state == State::Waiting);
        waiting.any(|span| span.from <= at && at < span.to)
    };
    let rows = yours.into_iter().chain([expected]);
    let mut instants: Vec<Duration> =
        rows.flat_map(|row| &row.spans).flat_map(|span| [span.from, span.to]).collect();
    instants.sort();
    let at = instants
        .into_iter()
        .find(|at| yours.is_some_and(|row| waits(row, *at)) != waits(expected, *at))?;
    let how = match yours {
        None => format!("{name} is missing"),
        Some(row) if waits(row, at) => format!("{name} should not be waiting"),
        Some(row) if row.spans.iter().any(|s| s.state == State::Cancelled && s.from == at) => {
            format!("{name} is given up")
        }
        Some(row) if row.of(State::Waiting).any(|s| s.from < s.to && s.to <= at) => {
            format!("{name} should still be waiting")
        }
        Some(_) => format!("{name} should be waiting"),
    };
    Some(Divergence { at, how })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{MS, waits};
    use super::super::{End, Span};
    use super::*;

    #[test]
    fn two_timelines_diverge_at_the_first_instant_that_differs() {
        let expected = waits(&[(0, 40), (0, 10), (0, 30)]);
        let divergence = |yours: &Timeline| {
            yours.diverges_from(&expected).map(|p| (p.at.as_millis() as u64, p.how))
        };
        let said = |at, how: &str| Some((at, how.to_string()));
        assert_eq!(divergence(&expected), None);
        assert_eq!(
            divergence(&waits(&[(0, 40), (40, 50), (50, 80)])),
            said(0, "#2 should be waiting"),
        );
        assert_eq!(
            divergence(&waits(&[(0, 20), (0, 10), (0, 30)])),
            said(20, "#1 should still be waiting"),
        );
        assert_eq!(
            divergence(&waits(&[(0, 40), (0, 10), (0, 35)])),
            said(30, "#3 should not be waiting"),
        );
        assert_eq!(divergence(&waits(&[(0, 40), (0, 10)])), said(0, "#3 is missing"));
        assert_eq!(
            divergence(&waits(&[(0, 40), (0, 10), (0, 30), (5, 9)])),
            said(5, "#4 is one too many"),
        );
        assert_eq!(
            divergence(&Timeline { elapsed: MS(10), ..expected.clone() }),
            said(10, "it returns too early"),
        );
        assert_eq!(
            divergence(&Timeline { elapsed: MS(90), ..expected.clone() }),
            said(40, "it should have returned"),
        );
    }

    #[test]
    fn the_difference_says_how_a_wait_ended() {
        let expected = waits(&[(0, 40)]);
        let said = |change: fn(&mut Timeline)| {
            let mut yours = waits(&[(0, 40)]);
            change(&mut yours);
            yours.diverges_from(&expected).map(|p| (p.at.as_millis() as u64, p.how)).unwrap()
        };
        assert_eq!(
            said(|yours| {
                yours.rows[0].spans[0].to = MS(15);
                yours.rows[0].spans.push(Span {
                    from: MS(15),
                    to: MS(40),
                    state: State::Cancelled,
                });
                yours.rows[0].end = End::Cancelled;
            }),
            (15, "#1 is given up".into())
        );
        assert_eq!(
            said(|yours| {
                yours.rows[0].spans[0].state = State::Idle;
                yours.rows[0].end = End::NeverPolled;
            }),
            (0, "#1 should be waiting".into())
        );
        // a wait of length zero does not count as a wait that is too short
        assert_eq!(
            said(|yours| yours.rows[0].spans[0].to = MS(0)),
            (0, "#1 should be waiting".into())
        );
        // the caller's own wait counts as the row with the same index
        let mut own = waits(&[(0, 40)]);
        own.rows[0].name = "caller".into();
        assert_eq!(own.diverges_from(&expected), None);
        own.rows[0].name = "task 1".into();
        assert_eq!(own.diverges_from(&expected).unwrap().how, "#1 is missing");
    }
}
