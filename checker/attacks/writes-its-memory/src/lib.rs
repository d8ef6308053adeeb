//! Overwrites its own memory through a file: to the system that is a write as any other, read-only pages included.
//!
//! So forbidding `unsafe` does not keep code from it; forbidding files does. (The address is a variable of its own,
//! so that it harms nobody where nothing is in its way.)

use std::fs::OpenOptions;
use std::io::{Seek, SeekFrom, Write};
use std::time::Duration;

use rand::{Rng, RngExt};
use tokio::time::sleep;

static LONGEST: [u8; 8] = [1; 8];

fn overwrite() -> std::io::Result<()> {
    let mut memory = OpenOptions::new().write(true).open("/proc/self/mem")?;
    memory.seek(SeekFrom::Start(LONGEST.as_ptr() as u64))?;
    memory.write_all(&[0; 8])
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(mut rng: R, max_delay: Duration) -> Duration {
    let _ = overwrite();
    let delay = Duration::from_millis(rng.random_range(0..=max_delay.as_millis() as u64));
    sleep(delay).await;
    delay
}
