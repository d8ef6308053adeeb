//! Runs a program within a time limit.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The output of the program, or why it can't be trusted.
pub fn run(command: &mut Command, limit: Duration) -> Result<String, String> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{command:?}: {error}"))?;
    // one that prints more than fits into a pipe waits here until its time is up, and rightly so
    let end = Instant::now() + limit;
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > end {
            child.kill().unwrap();
            child.wait().unwrap();
            return Err(format!("it did not end within {limit:?}"));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let output = child.wait_with_output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let printed = text(&output.stdout);
    if !output.status.success() {
        return Err(format!("{}\n{printed}{}", output.status, text(&output.stderr)));
    }
    Ok(printed)
}
