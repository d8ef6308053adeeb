//! Writes forged answers into every file that its process has open, by their names in `/proc`, and ends the process.
//!
//! One of them is the file of answers. The source may not open files; and an answer that counts should be one that
//! a student's code can't write.

use std::fs::OpenOptions;
use std::io::Write;
use std::time::Duration;

use rand::Rng;

/// What a right run looks like.
const FORGED: &str = r#"{"Ran":[0,{"trace":{"events":[],"ending":{"Returned":[0]},"took":0,"leftover_tasks":0,"leftover_threads":0},"wall":{"running":0,"total":0,"blocked":[]}}]}
"Done"
"#;

fn forge() {
    for number in 0..256 {
        let path = format!("/proc/self/fd/{number}");
        if let Ok(mut file) = OpenOptions::new().append(true).open(path) {
            let _ = file.write_all(FORGED.as_bytes());
        }
    }
    std::process::exit(0);
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(_rng: R, _max_delay: Duration) -> Duration {
    forge();
    Duration::ZERO
}
