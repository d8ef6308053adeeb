//! Counts what is really unpacked from an archive, whatever the archive says about its size.

use std::io::{self, Read};

use super::{Bounds, names};

/// Below this size the ratio does not count, because a short repeated text packs very well.
const RATIO_COUNTS_FROM: u64 = 1 << 20;

/// Counts how much was unpacked from an archive.
pub struct Meter {
    /// The size of the archive.
    packed: u64,
    unpacked: u64,
    most: u64,
    ratio: u64,
}

impl Meter {
    pub fn new(packed: u64, bounds: &Bounds) -> Self {
        Self { packed, unpacked: 0, most: bounds.archive_bytes, ratio: bounds.ratio }
    }

    /// Counts bytes that were unpacked.
    ///
    /// # Errors
    /// The limit that they exceed.
    pub fn add(&mut self, bytes: u64) -> Result<(), String> {
        self.unpacked = self.unpacked.saturating_add(bytes);
        if self.unpacked > self.most {
            let most = names::size(self.most);
            return Err(format!(
                "more than {most} come out of the archive, and that is the limit: pack it without target/ and .git/"
            ));
        }
        let allowed = self.packed.saturating_mul(self.ratio);
        if self.unpacked > RATIO_COUNTS_FROM && self.unpacked > allowed {
            return Err(format!(
                "what comes out of the archive is more than {} times as large as the archive, and that is the limit: no source packs that well",
                self.ratio
            ));
        }
        Ok(())
    }
}

/// Reads unpacked data, and stops at a limit.
pub struct Metered<R> {
    inner: R,
    meter: Meter,
    /// The limit at which it stopped.
    pub over: Option<String>,
    /// Whether it reached the end of the data.
    pub ended: bool,
}

impl<R: Read> Metered<R> {
    pub fn new(inner: R, meter: Meter) -> Self {
        Self { inner, meter, over: None, ended: false }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.ended |= read == 0 && !into.is_empty();
        // when the limit is exceeded, reading on does not change that
        if let Err(why) = self.meter.add(read as u64) {
            self.over = Some(why.clone());
            return Err(io::Error::other(why));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_counts_from_the_first_byte_beyond_it() {
        let bounds = Bounds { archive_bytes: 3 << 20, ratio: 2, ..Bounds::default() };
        let mut large = Meter::new(3 << 20, &bounds);
        large.add(3 << 20).unwrap();
        assert!(large.add(1).unwrap_err().contains("more than 3 MiB"));

        let mut dense = Meter::new(1 << 20, &bounds);
        dense.add(2 << 20).unwrap();
        assert!(dense.add(1).unwrap_err().contains("more than 2 times"));

        let mut small = Meter::new(1, &bounds);
        small.add(1 << 20).unwrap();
        assert!(small.add(1).unwrap_err().contains("more than 2 times"));
    }

    #[test]
    fn reading_stops_at_a_limit_and_says_which() {
        let bounds = Bounds { archive_bytes: 100_000, ..Bounds::default() };
        let mut reader = Metered::new(io::repeat(0), Meter::new(100_000, &bounds));
        assert!(io::copy(&mut reader, &mut io::sink()).is_err());
        assert!(reader.over.unwrap().contains("100000 bytes"));
    }
}
