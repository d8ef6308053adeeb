//! placeholder
use crate::course::Task;
use crate::verdict::Verdict;
use std::path::Path;
pub fn verdict(_: &Task, _: &Path) -> Option<Verdict> {
    None
}
