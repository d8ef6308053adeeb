//! Reads dates and times, as an instructor writes them.

use anyhow::{Result, anyhow};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// Reads a time, `2026-12-01T18:00:00+01:00`, or a date, `2026-12-01`, which means its end.
pub fn timestamp(text: &str) -> Result<Timestamp> {
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return Ok(timestamp);
    }
    let not_a_date =
        || anyhow!("`{text}` is not a date: write 2026-12-01, or 2026-12-01T18:00:00+01:00");
    // a time without an offset would be taken for a date, and the time would be lost
    if text.contains([':', 'T']) {
        return Err(not_a_date());
    }
    let date: Date = text.parse().map_err(|_| not_a_date())?;
    Ok(date.tomorrow()?.to_zoned(TimeZone::UTC)?.timestamp())
}

/// The number of days between the due date and the submission. A day that has begun counts.
pub fn days_between(due: Timestamp, came: Timestamp) -> Result<u32> {
    let late = came.duration_since(due);
    if late <= SignedDuration::ZERO {
        return Ok(0);
    }
    let day = SignedDuration::from_hours(24);
    let days = late.as_nanos().unsigned_abs().div_ceil(day.as_nanos().unsigned_abs());
    u32::try_from(days).map_err(|_| anyhow!("`{came}` is too far away"))
}
