//! `made-with.json`: what the report was made with, for the next grading into the same folder.
//!
//! `results.json` has the same. But this file is written when a grading begins, so that an interrupted grading does not
//! forget its tables. `settings::remembered` reads it.

use anyhow::Result;

use super::Class;
use super::out::Out;
use crate::class::places::MADE_WITH;

pub fn write(class: &Class, out: &mut Out) -> Result<()> {
    class.results.made_with.as_ref().map_or(Ok(()), |made_with| out.json(MADE_WITH, made_with))
}
