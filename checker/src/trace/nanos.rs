//! Serializes durations as whole nanoseconds, which is exact, and short in JSON.

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serializer};

pub fn serialize<S: Serializer>(duration: &Duration, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_u64(clamp(*duration))
}

pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    u64::deserialize(from).map(Duration::from_nanos)
}

/// At most 584 years. A student may return `Duration::MAX`, and no rule distinguishes the two.
fn clamp(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

pub mod list {
    use super::*;

    pub fn serialize<S: Serializer>(durations: &[Duration], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(durations.iter().map(|d| clamp(*d)))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Duration>, D::Error> {
        let nanos = Vec::<u64>::deserialize(from)?;
        Ok(nanos.into_iter().map(Duration::from_nanos).collect())
    }
}
