//! Writes numbers and durations for people, and finds the name that a person meant.

use std::time::Duration;

/// A duration in the unit that fits: `40 ms`, `0.25 ms`, `4.9 s`, `24 h`. It is exact to the microsecond below a
/// second, to the millisecond below an hour, and to a thousandth of an hour above.
pub fn time(duration: Duration) -> String {
    let secs = duration.as_secs_f64();
    match duration {
        d if d < Duration::from_micros(1) && !d.is_zero() => format!("{} ns", d.as_nanos()),
        d if d < Duration::from_secs(1) => format!("{} ms", decimals(secs * 1e3, 3)),
        d if d < Duration::from_secs(3600) => format!("{} s", decimals(secs, 3)),
        _ => format!("{} h", decimals(secs / 3600.0, 3)),
    }
}

/// Two durations, written so that different durations look different.
pub fn told_apart(a: Duration, b: Duration) -> (String, String) {
    if a != b && time(a) == time(b) {
        return (format!("{} ms", exact_ms(a)), format!("{} ms", exact_ms(b)));
    }
    (time(a), time(b))
}

/// A list of durations in milliseconds: `10, 20, 30 and 40 ms`. At most twelve are listed.
pub fn times(durations: &[Duration]) -> String {
    const MOST: usize = 12;
    let shown: Vec<_> =
        durations.iter().take(MOST).map(|d| decimals(d.as_secs_f64() * 1e3, 3)).collect();
    match (shown.as_slice(), durations.len().saturating_sub(MOST)) {
        ([], _) => "none".into(),
        ([only], _) => format!("{only} ms"),
        ([first @ .., last], 0) => format!("{} and {last} ms", first.join(", ")),
        (all, more) => format!("{} … and {more} more ms", all.join(", ")),
    }
}

/// Milliseconds without a unit, exact to the nanosecond: `2280`, `16.666666`.
pub fn exact_ms(duration: Duration) -> String {
    let whole = duration.as_millis();
    match duration.subsec_nanos() % 1_000_000 {
        0 => whole.to_string(),
        rest => format!("{whole}.{rest:06}").trim_end_matches('0').to_string(),
    }
}

/// A number with a noun: `1 task`, `3 tasks`.
pub fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// The name that is most similar to `typed`, in upper or lower case; `None` if no name is similar enough.
pub fn nearest<'a>(typed: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let near = |name: &'a str| {
        let far = distance(&typed, &name.to_lowercase());
        // at most a third of the letters may be wrong, and at most three
        (far <= (name.chars().count() / 3).min(3)).then_some((far, name))
    };
    names.into_iter().filter_map(near).min_by_key(|(far, _)| *far).map(|(_, name)| name)
}

/// How many steps lead from `a` to `b`. A step inserts, removes or changes a letter, or swaps two neighbours.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = changed.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

/// A number with at most `most` decimals, and without trailing zeros.
fn decimals(value: f64, most: usize) -> String {
    let text = format!("{value:.most$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_string()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_in_the_unit_that_fits() {
        let said = [
            (Duration::ZERO, "0 ms"),
            (Duration::from_nanos(700), "700 ns"),
            (Duration::from_micros(1), "0.001 ms"),
            (Duration::from_micros(250), "0.25 ms"),
            (Duration::from_millis(40), "40 ms"),
            (Duration::from_millis(4900), "4.9 s"),
            (Duration::from_millis(999), "999 ms"),
            (Duration::from_secs(1), "1 s"),
            (Duration::from_secs(3599), "3599 s"),
            (Duration::from_secs(3600), "1 h"),
            (Duration::from_secs(86_400), "24 h"),
        ];
        for (duration, words) in said {
            assert_eq!(time(duration), words);
        }
    }

    #[test]
    fn different_durations_look_different() {
        let [a, b] = [16_666_666, 16_666_667].map(Duration::from_nanos);
        assert_eq!(time(a), time(b));
        assert_eq!(told_apart(a, b), ("16.666666 ms".into(), "16.666667 ms".into()));
        assert_eq!(told_apart(a, a), (time(a), time(a)));
        let [a, b] = [10, 20].map(Duration::from_millis);
        assert_eq!(told_apart(a, b), ("10 ms".into(), "20 ms".into()));
    }

    #[test]
    fn only_one_thing_is_singular() {
        assert_eq!([0, 1, 2].map(|n| count(n, "task")), ["0 tasks", "1 task", "2 tasks"]);
    }

    #[test]
    fn milliseconds_are_exact_to_the_nanosecond() {
        let said = [(2_280_000_000, "2280"), (16_666_666, "16.666666"), (500_000, "0.5"), (0, "0")];
        for (nanos, words) in said {
            assert_eq!(exact_ms(Duration::from_nanos(nanos)), words);
        }
    }

    #[test]
    fn a_mistyped_name_is_found_but_another_word_is_not() {
        let names = ["wait_n", "wait_random", "E-sequential"];
        for (typed, meant) in [
            ("wait_radnom", Some("wait_random")),
            ("e-sequentail", Some("E-sequential")),
            ("wait", Some("wait_n")),
            ("measure", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, names), meant, "{typed}");
        }
    }

    #[test]
    fn lists_are_cut_when_they_are_long() {
        let ms = |list: &[u64]| list.iter().copied().map(Duration::from_millis).collect::<Vec<_>>();
        assert_eq!(times(&ms(&[10, 20, 30])), "10, 20 and 30 ms");
        assert_eq!(times(&ms(&[])), "none");
        assert!(times(&ms(&[5; 100])).ends_with("… and 88 more ms"));
    }
}
