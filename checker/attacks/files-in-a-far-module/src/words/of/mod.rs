//! Another folder on the way.

pub mod wisdom;
