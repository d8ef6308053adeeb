//! A folder on the way.

pub mod of;
