//! Finds files that look alike. This is a hint for the instructor and never changes a verdict, because right solutions of a
//! small task are naturally alike.
//!
//! A file is compared as the sequence of its words, without comments, strings and numbers. All names that are not Rust's own
//! become the same word. So renaming and moving comments makes no difference.

use std::collections::BTreeMap;

use checker::source::tokens::tokens;
use checker::tasks::TASKS;
use checker::verdict::Outcome;
use similar::{Algorithm, capture_diff_slices, get_diff_ratio};

use super::results::{Similar, Student};

/// The part of two files that must be the same to be reported.
const NEAR: f64 = 0.95;

/// Files with fewer words than this are not compared.
const FEWEST: usize = 60;

/// Rust's own words. Every other word is a name that the student has chosen.
const OF_RUST: [&str; 37] = [
    "Self", "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum",
    "extern", "false", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move",
    "mut", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true", "type",
    "use", "where", "while",
];

/// Files of different students that are the same, or nearly the same, without names and comments.
pub fn alike(students: &[Student]) -> Vec<Similar> {
    TASKS.iter().flat_map(|task| of_task(students, task.number, task.name)).collect()
}

fn of_task(students: &[Student], number: usize, name: &str) -> Vec<Similar> {
    let mut same: BTreeMap<Vec<&str>, Vec<String>> = BTreeMap::new();
    let texts: Vec<(String, String)> = students
        .iter()
        .filter_map(|student| {
            let graded = student.task(number)?;
            // files as they were handed out are naturally alike
            if graded.report.verdict.outcome == Outcome::Untouched {
                return None;
            }
            let files = &graded.files;
            let text = files.iter().map(|file| file.text.as_str()).collect::<Vec<_>>().join("\n");
            Some((student.name.clone(), normal(&text)))
        })
        .collect();
    for (student, text) in &texts {
        let words: Vec<&str> = text.split(' ').collect();
        if words.len() >= FEWEST {
            same.entry(words).or_default().push(student.clone());
        }
    }
    let entry = |students: Vec<String>, alike| Similar { task: name.into(), students, alike };
    let mut found: Vec<Similar> = same
        .values()
        .filter(|students| students.len() > 1)
        .map(|students| entry(students.clone(), 1.0))
        .collect();
    let different: Vec<_> = same
        .iter()
        .map(|(words, students)| Different { words, students, counts: counts(words) })
        .collect();
    for (at, one) in different.iter().enumerate() {
        for other in &different[at + 1..] {
            // no order of the words could make more of them the same
            if one.most_alike(other) < NEAR {
                continue;
            }
            let edits = capture_diff_slices(Algorithm::Myers, one.words, other.words);
            let ratio = f64::from(get_diff_ratio(&edits, one.words.len(), other.words.len()));
            if ratio >= NEAR {
                let both = one.students.iter().chain(other.students).cloned().collect();
                // in hundredths, because more digits would only look exact
                found.push(entry(both, (ratio * 100.0).floor() / 100.0));
            }
        }
    }
    found.sort_by(|a, b| b.alike.total_cmp(&a.alike).then_with(|| a.students.cmp(&b.students)));
    found
}

/// The words of a text, with all chosen names replaced by the same word, and with spaces between them.
fn normal(text: &str) -> String {
    let word = |word: &str| {
        let is_name = word.starts_with(|c: char| c.is_alphabetic() || c == '_');
        if is_name && !OF_RUST.contains(&word) { "name".to_string() } else { word.to_string() }
    };
    tokens(text).iter().map(|own| word(&own.text)).collect::<Vec<_>>().join(" ")
}

fn counts<'a>(words: &[&'a str]) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    words.iter().for_each(|word| *counts.entry(*word).or_default() += 1);
    counts
}

/// A distinct text, and the students who wrote it.
struct Different<'a> {
    words: &'a [&'a str],
    students: &'a [String],
    counts: BTreeMap<&'a str, usize>,
}

impl Different<'_> {
    /// The greatest possible ratio of texts with these counts of words.
    fn most_alike(&self, other: &Self) -> f64 {
        let theirs = |word: &str| other.counts.get(word).copied().unwrap_or(0);
        let common: usize = self.counts.iter().map(|(word, own)| theirs(word).min(*own)).sum();
        2.0 * common as f64 / (self.words.len() + other.words.len()) as f64
    }
}

#[cfg(test)]
mod tests {
    use checker::verdict::{TaskReport, Verdict};

    use super::*;
    use crate::class::results::{File, Graded};

    const TEXT: &str = "use std::time::Duration; // mine
        pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
            let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
            tokio::time::sleep(delay).await;
            println!(\"waited\");
            delay
        }";

    fn student(name: &str, text: &str) -> Student {
        let verdict = Verdict::new(Outcome::Passed);
        let task = Graded {
            report: TaskReport::new(TASKS[0], verdict),
            points: 0.0,
            max_points: 0.0,
            overridden: false,
            comment: None,
            notes: Vec::new(),
            nearly: Vec::new(),
            files: vec![File { path: "src/lib.rs".into(), text: text.into() }],
            not_now: None,
            took_ms: 0,
        };
        Student {
            name: name.into(),
            refused: None,
            days_late: 0,
            late_penalty: 0.0,
            points: 0.0,
            max_points: 0.0,
            points_by_hand: false,
            comment: None,
            tasks: vec![task],
        }
    }

    fn found(texts: &[(&str, &str)]) -> Vec<(Vec<String>, bool)> {
        let students: Vec<Student> = texts.iter().map(|(name, text)| student(name, text)).collect();
        let same = |similar: Similar| (similar.students, similar.alike == 1.0);
        alike(&students).into_iter().map(same).collect()
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| name.to_string()).collect()
    }

    #[test]
    fn who_renames_and_comments_changes_nothing() {
        let renamed = TEXT
            .replace("delay", "pause")
            .replace("// mine", "/* all my own work */")
            .replace("waited", "done");
        let all = [("ann", TEXT), ("ben", renamed.as_str())];
        assert_eq!(found(&all), [(names(&["ann", "ben"]), true)]);
    }

    #[test]
    fn who_adds_a_little_is_near_and_who_writes_something_else_is_not() {
        let more = TEXT.replace("            delay\n", "            return delay;\n");
        let other = TEXT.replace(
            ".await;",
            ".await; if delay > max_delay { loop { break } } match 1 { 1 => {}, _ => {} }",
        );
        let all = [("ann", TEXT), ("ben", more.as_str()), ("cem", other.as_str())];
        assert_eq!(found(&all), [(names(&["ann", "ben"]), false)]);
    }

    #[test]
    fn stubs_are_not_compared() {
        let mut students = ["ann", "ben", "cem"].map(|name| student(name, TEXT));
        students[0].tasks[0].report.verdict.outcome = Outcome::Untouched;
        let found = alike(&students);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].students, names(&["ben", "cem"]));
    }

    #[test]
    fn what_says_nothing_is_not_compared() {
        assert_eq!(found(&[("ann", "fn a() {}"), ("ben", "fn b() {}")]), []);
    }
}
