//! How a verdict is asked for: as by a student, or as in the grading of a class.

use checker::contract::request::{Depth, Limits, Options};

/// Who asks for a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// A student, whose check has the seed 0.
    AtHome,
    /// The grading of a class, with the seed that its secret gives.
    InClass { seed: u64 },
}

impl Asked {
    /// How `count` classes ask whose secrets are made from `seed`. They are the same for the same seed.
    #[cfg(unix)]
    pub fn in_classes(seed: u64, count: usize) -> Vec<Self> {
        let secret = |number| {
            let text = format!("a secret that only tries things out: {seed} {number}");
            crate::class::secret::Secret::of(text.as_bytes())
        };
        (0..count).map(|number| Self::InClass { seed: secret(number).seed }).collect()
    }

    /// Classes are not graded on this system.
    #[cfg(not(unix))]
    pub fn in_classes(_seed: u64, _count: usize) -> Vec<Self> {
        Vec::new()
    }

    /// The options that the verdict is asked for with.
    pub fn options(self, limits: Limits) -> Options {
        let (seed, depth) = match self {
            Self::AtHome => (Options::default().seed, Depth::Quick),
            Self::InClass { seed } => (seed, Depth::Thorough),
        };
        Options { seed, depth, limits, ..Options::default() }
    }
}
