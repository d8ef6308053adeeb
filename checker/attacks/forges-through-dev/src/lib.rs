//! Writes forged answers into every file that its process has open, by their names in `/dev/fd`.
//!
//! It does what the attack by `/proc` does, where that folder is hidden and this one was forgotten.

use std::fs::File;
use std::io::Write;
use std::time::Duration;

use rand::Rng;

/// What a right run looks like.
const FORGED: &str = r#"{"Ran":[0,{"trace":{"events":[],"ending":{"Returned":[0]},"took":0,"leftover_tasks":0,"leftover_threads":0},"wall":{"running":0,"total":0,"blocked":[]}}]}
"Done"
"#;

fn forge() {
    for number in 0..256 {
        if let Ok(mut file) = File::options().append(true).open(format!("/dev/fd/{number}")) {
            let _ = file.write_all(FORGED.as_bytes());
        }
    }
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(_rng: R, _max_delay: Duration) -> Duration {
    forge();
    Duration::ZERO
}
