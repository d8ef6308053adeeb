//! Looks for a file of answers in the folder for temporary files, and replaces what is in there.
//!
//! Besides the ban on files, a file of answers should not lie where its writer's code can find it.

use std::env::temp_dir;
use std::fs::{read_dir, write};
use std::time::Duration;

use rand::Rng;

/// What a right run looks like.
const FORGED: &str = r#"{"Ran":[0,{"trace":{"events":[],"ending":{"Returned":[0]},"took":0,"leftover_tasks":0,"leftover_threads":0},"wall":{"running":0,"total":0,"blocked":[]}}]}
"Done"
"#;

fn forge() {
    for entry in read_dir(temp_dir()).into_iter().flatten().flatten() {
        let answers = entry.path().join("answers");
        if answers.exists() {
            let _ = write(answers, FORGED);
        }
    }
    std::process::exit(0);
}

/// Waits a random number of milliseconds in `0..=max_delay`, and returns it.
pub async fn wait_random<R: Rng>(_rng: R, _max_delay: Duration) -> Duration {
    forge();
    Duration::ZERO
}
