//! Transcripts: what a program of a lesson prints, and when.
//!
//! A line is `SECONDS TEXT`: at this virtual time, this text. The last one is `… (end)`, when the program is over.
//! A line that begins with `#` is a comment. Where a value is drawn at random, the transcript says what holds for it:
//!
//! | notation | stands for |
//! | --- | --- |
//! | `{1..=6}` | a whole number from 1 to 6 |
//! | `{0.0..1.0}` | a number from 0 up to, but not including, 1 (without the `=`) |
//! | `{red\|green}` | one of these words |
//! | `{6 of 1..50}` | six of these numbers, all different, with commas between them |
//! | `{a: 0.10..=1.00}` | a number that has the name `a` from here on |
//!
//! A time can be a range too, or the name of a number, as exact as that was printed. Neighbouring lines whose times
//! are names come in the order of their numbers. `{longest}` as a time is the greatest number that has a name.

use std::collections::{BTreeMap, BTreeSet};

/// A transcript, ready to be compared.
#[derive(Debug)]
pub struct Transcript {
    lines: Vec<Line>,
}

#[derive(Debug, Clone)]
struct Line {
    time: Time,
    text: Vec<Piece>,
    /// As it is written.
    written: String,
}

#[derive(Debug, Clone)]
enum Time {
    At(f64),
    Within(Range),
    Named(String),
    Longest,
}

#[derive(Debug, Clone)]
enum Piece {
    Text(String),
    Number { name: Option<String>, range: Range },
    Word(Vec<String>),
    Sample { count: usize, range: Range },
}

#[derive(Debug, Clone)]
struct Range {
    from: f64,
    to: f64,
    with_end: bool,
    whole: bool,
}

/// A number that a program printed.
#[derive(Debug, Clone, Copy)]
struct Number {
    value: f64,
    decimals: i32,
}

/// The numbers that have a name.
type Named = BTreeMap<String, Number>;

impl Transcript {
    /// Reads a transcript; an error says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let written = text.lines().filter(|line| !line.starts_with('#'));
        let lines: Vec<Line> = written
            .map(|line| Line::parse(line).ok_or_else(|| format!("cannot read `{line}`")))
            .collect::<Result<_, _>>()?;
        let mut names = BTreeSet::new();
        for line in &lines {
            match &line.time {
                Time::Named(name) if !names.contains(name) => {
                    return Err(format!("`{}`: no line above names {name}", line.written));
                }
                Time::Longest if names.is_empty() => {
                    return Err(format!("`{}`: no line above names a number", line.written));
                }
                _ => names.extend(line.text.iter().filter_map(Piece::name)),
            }
        }
        if !lines.last().is_some_and(|line| line.written.ends_with(" (end)")) {
            return Err("the last line is not `SECONDS (end)`".into());
        }
        Ok(Self { lines })
    }

    /// Compares what a program printed, line by line; an error says what differs first.
    pub fn compare(&self, printed: &str) -> Result<(), String> {
        let printed: Vec<&str> = printed.lines().collect();
        let mut expected: Vec<&Line> = self.lines.iter().collect();
        let mut named = Named::new();
        for index in 0..expected.len().max(printed.len()) {
            let by_name = |line: &&&Line| matches!(line.time, Time::Named(_));
            let length = expected[index.min(expected.len())..].iter().take_while(by_name).count();
            expected[index..index + length]
                .sort_by(|a, b| a.number(&named).total_cmp(&b.number(&named)));
            let (Some(line), Some(got)) = (expected.get(index), printed.get(index)) else {
                return Err(format!(
                    "line {}: expected {}, got {}",
                    index + 1,
                    expected.get(index).map_or("no more lines", |line| &line.written),
                    printed.get(index).unwrap_or(&"no more lines"),
                ));
            };
            if line.matches(got, &mut named).is_none() {
                let line = &line.written;
                return Err(format!("line {}: expected `{line}`, got `{got}`", index + 1));
            }
        }
        Ok(())
    }
}

impl Line {
    fn parse(written: &str) -> Option<Self> {
        // a range as a time may have spaces in it
        let (time, text) = match written.strip_prefix('{') {
            Some(rest) => {
                let (inside, text) = rest.split_once("} ")?;
                let named = || Time::Named(inside.into());
                let time = match inside {
                    "longest" => Time::Longest,
                    _ => Range::parse(inside).map_or_else(named, Time::Within),
                };
                (time, text)
            }
            None => {
                let (time, text) = written.split_once(' ')?;
                (Time::At(time.parse().ok()?), text)
            }
        };
        Some(Self { time, text: pieces(text)?, written: written.into() })
    }

    /// The number that its time is named after.
    fn number(&self, named: &Named) -> f64 {
        match &self.time {
            Time::Named(name) => named.get(name).map_or(f64::INFINITY, |number| number.value),
            _ => unreachable!("only lines with a name are sorted"),
        }
    }

    /// Whether this line was printed; notes the numbers that have a name.
    fn matches(&self, printed: &str, named: &mut Named) -> Option<()> {
        let (time, mut rest) = printed.split_once(' ')?;
        let time: f64 = time.parse().ok()?;
        let right = match &self.time {
            Time::At(expected) => (time - expected).abs() < 0.0005,
            Time::Within(range) => range.holds(time),
            Time::Named(name) => named.get(name)?.is_nearly(time),
            Time::Longest => {
                let by_value = |a: &&Number, b: &&Number| a.value.total_cmp(&b.value);
                named.values().max_by(by_value)?.is_nearly(time)
            }
        };
        for (index, piece) in self.text.iter().enumerate() {
            // a value goes as far as the text that follows it
            let length = match (piece, self.text.get(index + 1)) {
                (Piece::Text(text), _) => text.len().min(rest.len()),
                (_, Some(Piece::Text(next))) => rest.find(next.as_str())?,
                _ => rest.len(),
            };
            let value = rest.get(..length)?;
            piece.matches(value, named)?;
            rest = &rest[length..];
        }
        (right && rest.is_empty()).then_some(())
    }
}

/// The pieces of a line's text.
fn pieces(mut text: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    while let Some((before, rest)) = text.split_once('{') {
        let (inside, after) = rest.split_once('}')?;
        if !before.is_empty() {
            pieces.push(Piece::Text(before.into()));
        }
        pieces.push(Piece::parse(inside)?);
        text = after;
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text.into()));
    }
    Some(pieces)
}

impl Piece {
    fn parse(inside: &str) -> Option<Self> {
        if inside.contains('|') {
            return Some(Self::Word(inside.split('|').map(str::to_string).collect()));
        }
        if let Some((count, range)) = inside.split_once(" of ") {
            return Some(Self::Sample { count: count.parse().ok()?, range: Range::parse(range)? });
        }
        let (name, range) = match inside.split_once(": ") {
            Some((name, range)) => (Some(name.to_string()), range),
            None => (None, inside),
        };
        Some(Self::Number { name, range: Range::parse(range)? })
    }

    fn name(&self) -> Option<&String> {
        match self {
            Self::Number { name, .. } => name.as_ref(),
            _ => None,
        }
    }

    fn matches(&self, printed: &str, named: &mut Named) -> Option<()> {
        let right = match self {
            Self::Text(text) => printed == text,
            Self::Word(words) => words.iter().any(|word| word == printed),
            Self::Number { name, range } => {
                let number = range.number(printed)?;
                if let Some(name) = name {
                    named.insert(name.clone(), number);
                }
                true
            }
            Self::Sample { count, range } => {
                let numbers: Vec<&str> = printed.split(", ").collect();
                let different = numbers.iter().collect::<BTreeSet<_>>();
                numbers.iter().all(|number| range.number(number).is_some())
                    && numbers.len() == *count
                    && different.len() == *count
            }
        };
        right.then_some(())
    }
}

impl Range {
    fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once("..")?;
        let with_end = to.starts_with('=');
        Some(Self {
            from: from.parse().ok()?,
            to: to.trim_start_matches('=').parse().ok()?,
            with_end,
            whole: !text.replace("..", "").contains('.'),
        })
    }

    fn holds(&self, value: f64) -> bool {
        self.from <= value && (value < self.to || self.with_end && value == self.to)
    }

    /// The number that was printed, if it is one of this range.
    fn number(&self, printed: &str) -> Option<Number> {
        let value: f64 = printed.parse().ok()?;
        let decimals = printed.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let kind = !self.whole || printed.parse::<i64>().is_ok();
        (kind && self.holds(value)).then_some(Number { value, decimals: decimals as i32 })
    }
}

impl Number {
    /// Whether a time is this number, as exactly as it was printed. (A timer may come a millisecond later.)
    fn is_nearly(self, time: f64) -> bool {
        (time - self.value).abs() <= 0.5 * 10_f64.powi(-self.decimals) + 0.001
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(transcript: &str, printed: &str) -> Result<(), String> {
        Transcript::parse(transcript).unwrap().compare(printed)
    }

    #[track_caller]
    fn is_refused(transcript: &str, printed: &str, because: &str) {
        let error = compare(transcript, printed).unwrap_err();
        assert!(error.contains(because), "{error}");
    }

    const TOGETHER: &str = "1 hello\n2 world\n2 (end)\n";

    #[test]
    fn what_is_printed_at_its_time_is_right() {
        assert_eq!(compare(TOGETHER, "1.000 hello\n2.000 world\n2.000 (end)\n"), Ok(()));
        assert_eq!(compare(TOGETHER, "1.000 hello\r\n2.000 world\r\n2.000 (end)\r\n"), Ok(()));
        assert_eq!(compare("# a comment\n0.5 (end)", "0.500 (end)"), Ok(()));
    }

    #[test]
    fn another_text_time_order_or_number_of_lines_is_refused() {
        is_refused(TOGETHER, "1.000 hello\n2.000 World\n2.000 (end)", "got `2.000 World`");
        is_refused(TOGETHER, "1.000 hello\n2.000 world!\n2.000 (end)", "got `2.000 world!`");
        is_refused(TOGETHER, "1.000 hello\n3.000 world\n3.000 (end)", "got `3.000 world`");
        is_refused(TOGETHER, "1.001 hello\n2.000 world\n2.000 (end)", "expected `1 hello`");
        is_refused(TOGETHER, "2.000 world\n1.000 hello\n2.000 (end)", "line 1");
        is_refused(TOGETHER, "1.000 hello\n2.000 world", "got no more lines");
        is_refused(TOGETHER, "1.000 hello\n2.000 world\n2.000 (end)\n2.000 more", "got 2.000 more");
        is_refused(TOGETHER, "", "line 1");
    }

    #[test]
    fn a_random_value_has_to_be_in_its_range() {
        let number =
            |value: &str| compare("0 N: {1..=6}.\n0 (end)", &format!("0 N: {value}.\n0 (end)"));
        for right in ["1", "6"] {
            assert_eq!(number(right), Ok(()));
        }
        for wrong in ["0", "7", "1.5", "", "x"] {
            assert!(number(wrong).is_err(), "{wrong}");
        }
        let float = |value: &str| compare("0 {0.0..1.0}\n0 (end)", &format!("0 {value}\n0 (end)"));
        assert_eq!(float("0.25"), Ok(()));
        assert_eq!(float("5e-05"), Ok(()));
        assert!(float("1.0").is_err());
        assert!(float("-0.1").is_err());
    }

    #[test]
    fn a_random_word_or_sample_has_to_be_of_its_list() {
        let choice = |word: &str| compare("0 {red|green}\n0 (end)", &format!("0 {word}\n0 (end)"));
        assert_eq!(choice("green"), Ok(()));
        assert!(choice("blue").is_err());
        let sample =
            |list: &str| compare("0 [{3 of 1..50}]\n0 (end)", &format!("0 {list}\n0 (end)"));
        assert_eq!(sample("[49, 1, 7]"), Ok(()));
        for wrong in ["[7, 1, 7]", "[1, 2]", "[1, 2, 3, 4]", "[1, 2, 50]", "[]"] {
            assert!(sample(wrong).is_err(), "{wrong}");
        }
    }

    const NAPS: &str = "0 {a: 0.10..=1.00}\n0 {b: 0.10..=1.00}\n{a} up\n{b} up\n{longest} (end)\n";

    #[test]
    fn whoever_sleeps_a_random_time_wakes_up_after_it() {
        let together = "0.000 0.46\n0.000 0.21\n0.208 up\n0.463 up\n0.463 (end)";
        assert_eq!(compare(NAPS, together), Ok(()));
        // one after the other
        is_refused(NAPS, "0.000 0.46\n0.000 0.21\n0.463 up\n0.671 up\n0.671 (end)", "line 3");
        // waits for something else at the end
        is_refused(NAPS, "0.000 0.46\n0.000 0.21\n0.208 up\n0.463 up\n0.671 (end)", "line 5");
        is_refused(NAPS, "0.000 0.46\n0.000 1.21\n0.208 up\n0.463 up\n0.463 (end)", "line 2");
    }

    #[test]
    fn a_time_may_be_anywhere_in_a_range() {
        assert_eq!(compare("{0.0..=5.0} (end)", "5.000 (end)"), Ok(()));
        is_refused("{0.0..=5.0} (end)", "5.001 (end)", "line 1");
    }

    #[test]
    fn a_transcript_that_makes_no_sense_is_refused() {
        for wrong in
            ["", "0 hello", "hello", "0 {", "0 {a}\n0 (end)", "{a} (end)", "{longest} (end)"]
        {
            assert!(Transcript::parse(wrong).is_err(), "{wrong}");
        }
    }
}
