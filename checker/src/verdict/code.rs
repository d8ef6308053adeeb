//! The codes: one for each mistake that the checker can name (`E-…`), and one for each remark on a right solution
//! (`R-…`).
//!
//! Each code has a page in `checker/codes/`, which `cargo xtask explain` shows. The first line of a page is the code's
//! title. Examples of the mistake and of the way out follow. To add a code, write its page, and add its line below, at
//! its place in the order of causes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::format;
use crate::verdict::Outcome;

/// Defines the enum, and everything that must list all codes. A missing page is a compile error.
macro_rules! codes {
    ($($variant:ident = $name:literal => $outcome:ident),* $(,)?) => {
        /// A code. In this order, causes come before their symptoms. Of several codes, the first is the diagnosis, and
        /// the others are shown under it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($variant),* }

        impl Code {
            /// All codes, causes first.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// Its name: `E-sequential`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name),* }
            }

            /// The outcome of a task with this code as its diagnosis.
            pub fn outcome(self) -> Outcome {
                match self { $(Code::$variant => Outcome::$outcome),* }
            }

            /// The text of its page, in Markdown.
            pub fn page(self) -> &'static str {
                match self {
                    $(Code::$variant => include_str!(concat!("../../codes/", $name, ".md"))),*
                }
            }
        }
    };
}

codes! {
    Manifest = "E-manifest" => DidNotCompile,
    ExtraCrate = "E-extra-crate" => DidNotCompile,
    InvalidSubmission = "E-invalid-submission" => Failed,
    ForbiddenApi = "E-forbidden-api" => Failed,
    Unsafe = "E-unsafe" => DidNotCompile,
    Compile = "E-compile" => DidNotCompile,
    Signature = "E-signature" => DidNotCompile,
    NotSend = "E-not-send" => DidNotCompile,

    Exit = "E-exit" => Crashed,
    Crash = "E-crash" => Crashed,
    OutputLimit = "E-output-limit" => DidNotFinish,
    EndlessLoop = "E-endless-loop" => DidNotFinish,
    BlockedForever = "E-blocked-forever" => DidNotFinish,
    TooSlow = "E-too-slow" => DidNotFinish,
    NeverEnds = "E-never-ends" => DidNotFinish,
    Deadlock = "E-deadlock" => DidNotFinish,
    Todo = "E-todo" => Crashed,
    NestedRuntime = "E-nested-runtime" => Crashed,

    Clock = "E-clock" => Failed,
    OwnRuntime = "E-own-runtime" => Failed,
    Blocking = "E-blocking" => Failed,
    SleepNotAwaited = "E-sleep-not-awaited" => Failed,
    DependencyNotRun = "E-dependency-not-run" => Failed,
    DependencyBypassed = "E-dependency-bypassed" => Failed,
    NotATask = "E-not-a-task" => Failed,
    NoSleep = "E-no-sleep" => Failed,
    SameGenerator = "E-same-generator" => Failed,
    FixedDelay = "E-fixed-delay" => Failed,
    Randomness = "E-randomness" => Failed,

    Sequential = "E-sequential" => Failed,
    ConcurrencyCap = "E-concurrency-cap" => Failed,
    ReturnedEarly = "E-returned-early" => Failed,
    LeftoverTasks = "E-leftover-tasks" => Failed,
    Count = "E-count" => Failed,
    SubMillisecond = "E-sub-millisecond" => Failed,
    ValueMismatch = "E-value-mismatch" => Failed,
    TooLong = "E-too-long" => Failed,
    Order = "E-order" => Failed,
    CallsInterfere = "E-calls-interfere" => Failed,

    BoundExceeded = "E-bound-exceeded" => Failed,
    BoundExcluded = "E-bound-excluded" => Failed,
    LowResolution = "E-low-resolution" => Failed,
    Skewed = "E-skewed" => Failed,

    WrongClock = "E-wrong-clock" => Failed,
    NotDivided = "E-not-divided" => Failed,
    Sum = "E-sum" => Failed,
    Truncated = "E-truncated" => Failed,
    WrongTime = "E-wrong-time" => Failed,

    Zero = "E-zero" => Failed,
    Panic = "E-panic" => Crashed,
    LeftoverThreads = "E-leftover-threads" => Failed,

    Sorted = "R-sorted" => Passed,
    Rounded = "R-rounded" => Passed,
    ExtraDraw = "R-extra-draw" => Passed,
    NeedlessTask = "R-needless-task" => Passed,
    NeedlessStep = "R-needless-step" => Passed,
}

impl Code {
    /// The first line of its page, without the code. It completes the sentence "your function …".
    pub fn title(self) -> &'static str {
        let first = self.page().lines().next().unwrap_or_default();
        first.split_once(": ").map_or(first, |(_, title)| title)
    }

    /// Whether it is a remark on a right solution.
    pub fn is_remark(self) -> bool {
        self.outcome() == Outcome::Passed
    }
}

/// The names of codes in earlier versions, which old reports and notes have, and the codes that they stand for.
const RENAMED: [(&str, Code); 10] = [
    ("E-dependency", Code::DependencyBypassed),
    ("E-not-run", Code::DependencyNotRun),
    ("E-outside", Code::ForbiddenApi),
    ("E-refused", Code::InvalidSubmission),
    ("E-untruthful", Code::ValueMismatch),
    ("E-fraction", Code::SubMillisecond),
    ("E-coarse", Code::LowResolution),
    ("E-limited", Code::ConcurrencyCap),
    ("E-early", Code::ReturnedEarly),
    ("E-output", Code::OutputLimit),
];

impl Code {
    /// The code that had the name `typed` in an earlier version, and that name. Case and punctuation don't matter.
    pub fn of_earlier_name(typed: &str) -> Option<(&'static str, Code)> {
        let wanted = plain(typed);
        let fits = |(name, _): &(&str, Code)| plain(name) == wanted || plain(name)[2..] == wanted;
        RENAMED.into_iter().find(fits)
    }
}

/// A name in lower case, with `-` for `_` and for spaces.
fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace(['_', ' '], "-")
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Code {
    type Err = UnknownCode;

    /// Reads a code in any spelling: `E-sequential`, `e_sequential`, `sequential`. A name from an earlier version
    /// works, too.
    fn from_str(typed: &str) -> Result<Self, UnknownCode> {
        let wanted = plain(typed);
        let bare = |code: &Code| plain(code.name())[2..] == wanted;
        Code::ALL
            .iter()
            .find(|code| plain(code.name()) == wanted)
            .or_else(|| Code::ALL.iter().find(|code| bare(code)))
            .copied()
            .or_else(|| Self::of_earlier_name(typed).map(|(_, code)| code))
            .ok_or_else(|| UnknownCode(typed.to_string()))
    }
}

/// The error for a name that belongs to no code. It suggests a similar name.
#[derive(Debug)]
pub struct UnknownCode(String);

impl std::error::Error for UnknownCode {}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // people type names with or without the letter before them
        let names = Code::ALL.iter().flat_map(|code| [code.name(), &code.name()[2..]]);
        let meant = format::nearest(self.0.trim(), names);
        match meant.and_then(|name| name.parse::<Code>().ok()) {
            Some(code) => write!(f, "there is no code `{}`; did you mean {code}? ", self.0)?,
            None => write!(f, "there is no code `{}`; ", self.0)?,
        }
        f.write_str("`cargo xtask explain` lists all codes")
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_in_any_spelling() {
        for typed in ["E-sequential", "e-sequential", "E_SEQUENTIAL", " sequential "] {
            assert_eq!(typed.parse::<Code>().ok(), Some(Code::Sequential), "{typed}");
        }
        assert_eq!("r-sorted".parse::<Code>().ok(), Some(Code::Sorted));
        for typed in ["E-sequentail", "sequentail", "e_seqential"] {
            let said = typed.parse::<Code>().unwrap_err().to_string();
            assert!(said.contains("did you mean E-sequential?"), "{said}");
        }
        assert!("E-nonsense".parse::<Code>().unwrap_err().to_string().contains("E-nonsense"));
    }

    #[test]
    fn a_code_is_found_by_its_earlier_name() {
        for (typed, code) in
            [("E-dependency", Code::DependencyBypassed), ("early", Code::ReturnedEarly)]
        {
            assert_eq!(typed.parse::<Code>().ok(), Some(code), "{typed}");
            assert!(Code::of_earlier_name(typed).is_some_and(|(_, found)| found == code));
        }
        for (name, _) in RENAMED {
            assert!(Code::ALL.iter().all(|code| code.name() != name), "{name} is a name again");
        }
        assert_eq!(Code::of_earlier_name("E-sequential"), None);
    }

    #[test]
    fn every_page_has_a_title_that_fits_a_line_and_shows_the_mistake_and_the_way_out() {
        for code in Code::ALL {
            let first = code.page().lines().next().unwrap();
            assert_eq!(first, format!("# {code}: {}", code.title()));
            assert!(!code.title().is_empty(), "{code}");
            // a task's line has 80 columns, and 31 of them are used for other things
            let length = code.name().len() + code.title().chars().count();
            assert!(
                length <= 49,
                "{code}: {} is too long by {}",
                code.title(),
                length.saturating_sub(49)
            );
            for part in ["\n## The mistake\n", "\n## The way out\n", "\n```"] {
                assert!(code.page().contains(part), "{code} lacks {part:?}");
            }
        }
    }

    #[test]
    fn every_page_belongs_to_a_code() {
        let pages = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/codes")).unwrap();
        for page in pages {
            let name = page.unwrap().file_name().into_string().unwrap();
            let code = name.trim_end_matches(".md");
            assert!(Code::ALL.iter().any(|c| c.name() == code), "no code has the page {name}");
        }
    }
}
