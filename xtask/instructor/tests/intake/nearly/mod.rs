//! Files with nearly right names: they are taken if there is no doubt, and reported if there is.

use instructor::class::intake::{Submission, Taken};

use crate::class::{File, text};

mod choice;
mod not_taken;
mod taken;

/// Work on task 5.
const WORK: &[u8] = b"pub async fn task_wait_n<R: Rng>() {}\n";
const OTHER: &[u8] = b"pub async fn task_wait_n<R: Rng>() { /* otherwise */ }\n";
const FIRST: File = ("01-basic-coroutine.rs", b"pub async fn wait_random() {}\n");

fn fifth(submission: &Submission) -> &Taken {
    assert_eq!(submission.refused, None, "{}", submission.name);
    &submission.tasks[4]
}

/// The files that the task's notes name, and whether they were taken.
fn named(taken: &Taken) -> Vec<(&str, bool)> {
    taken.nearly.iter().map(|near| (near.file.as_str(), near.taken)).collect()
}

/// Asserts that this file was taken for task 5, and that the note on it says what it is to be called.
fn assert_taken(submission: &Submission, file: &str, right: &str) {
    let taken = fifth(submission);
    let notes = &taken.notes;
    assert_eq!(
        text(taken, "src/lib.rs"),
        Some(std::str::from_utf8(WORK).unwrap()),
        "{file}: {notes:?}"
    );
    assert_eq!(named(taken), [(file, true)]);
    assert_eq!(notes.len(), 1, "{file}: {notes:?}");
    assert!(notes[0].starts_with(&format!("{file} was taken for task 5")), "{notes:?}");
    assert!(notes[0].ends_with(&format!(": call it {right} next time.")), "{notes:?}");
}
