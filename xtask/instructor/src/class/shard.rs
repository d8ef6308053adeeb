//! A shard: a part of a class that is graded separately. Also the check that several shards make up the whole class.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

/// How many missing shards a message names.
const NAMED: usize = 5;

/// One part of a class: every `of`-th submission, from the one at `index` on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// The number of the shard, from 1.
    pub index: usize,
    pub of: usize,
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let numbers = text.split_once('/').and_then(|(index, of)| {
            let (index, of) = (index.parse().ok()?, of.parse().ok()?);
            (1..=of).contains(&index).then_some(Self { index, of })
        });
        numbers.ok_or_else(|| format!("`{text}` is not a part: write 2/5 for the second of five"))
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "part {} of {}", self.index, self.of)
    }
}

impl Shard {
    /// The whole class as one shard.
    pub const WHOLE: Self = Self { index: 1, of: 1 };

    /// The members of this shard.
    pub fn of<T>(self, class: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
        class.skip(self.index - 1).step_by(self.of)
    }
}

/// Checks that these shards, each with the path of its results, make up a whole class. The students of a missing shard would
/// have no points in any table.
pub fn whole(shards: &[(Shard, &Path)]) -> Result<()> {
    let Some((first, place)) = shards.first() else { return Ok(()) };
    for (index, (shard, path)) in shards.iter().enumerate() {
        let (place, path) = (place.display(), path.display());
        if shard.of != first.of {
            bail!(
                "{path} is {shard} of a class, and {place} is {first}: they don't fit together\n\n  next: grade all parts with the same N of --shard I/N"
            );
        }
        if let Some((_, earlier)) = shards[..index].iter().find(|(known, _)| known == shard) {
            bail!(
                "{} and {path} both are {shard}\n\n  next: name each part once",
                earlier.display()
            );
        }
    }
    let missing = (1..=first.of).filter(|index| shards.iter().all(|(own, _)| own.index != *index));
    let named: Vec<String> = missing.take(NAMED).map(|index| index.to_string()).collect();
    let more = (first.of - shards.len()).saturating_sub(named.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    match named.as_slice() {
        [] => Ok(()),
        [only] => bail!(
            "part {only} of {0} is missing: its students would have no points in any report\n\n  next: name its report too; --shard {only}/{0} grades it",
            first.of
        ),
        [one, ..] => bail!(
            "parts {}{more} of {1} are missing: their students would have no points in any report\n\n  next: name their reports too; --shard {one}/{1} grades the first of them",
            named.join(", "),
            first.of
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shard_is_written_as_one_of_so_many() {
        assert_eq!("2/5".parse(), Ok(Shard { index: 2, of: 5 }));
        for text in ["0/5", "6/5", "1/0", "1", "a/b", "-1/2"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }

    #[test]
    fn everybody_is_in_one_shard() {
        let members = |index| Shard { index, of: 3 }.of(0..8).collect::<Vec<_>>();
        assert_eq!(
            [members(1), members(2), members(3)],
            [vec![0, 3, 6], vec![1, 4, 7], vec![2, 5]]
        );
    }

    #[test]
    fn shards_are_the_whole_class_only_if_each_is_there_once() {
        let answer = |shards: &[&str]| {
            let places: Vec<String> = (1..=shards.len()).map(|n| format!("out-{n}")).collect();
            let shards: Vec<(Shard, &Path)> = shards
                .iter()
                .zip(&places)
                .map(|(shard, place)| (shard.parse().unwrap(), Path::new(place)))
                .collect();
            whole(&shards).map_or_else(|error| error.to_string(), |()| "whole".into())
        };
        assert_eq!(answer(&[]), "whole");
        assert_eq!(answer(&["1/1"]), "whole");
        assert_eq!(answer(&["3/3", "1/3", "2/3"]), "whole");
        for (shards, says) in [
            (&["1/3", "3/3"][..], "part 2 of 3 is missing: "),
            (&["1/3", "3/3"], "\n\n  next: name its report too; --shard 2/3 grades it"),
            (&["2/4"], "parts 1, 3, 4 of 4 are missing: "),
            (&["2/4"], "; --shard 1/4 grades the first of them"),
            (&["1/9"], "parts 2, 3, 4, 5, 6 and 3 more of 9 are missing: "),
            (&["1/2", "1/2"], "out-1 and out-2 both are part 1 of 2\n\n  next: name each"),
            (&["1/2", "2/3"], "out-2 is part 2 of 3 of a class, and out-1 is part 1 of 2: "),
        ] {
            assert!(answer(shards).contains(says), "{shards:?}: {}", answer(shards));
        }
    }
}
