//! The web page of a class: its contents, and its behaviour in a browser (if there is one).
//!
//! `AWAIT_AND_SEE_PAGE_TEST=1` asks for the browser: then node, npm and Chromium (or `CHROMIUM`, a path) are needed,
//! and `page/test.mjs` says what it looks at. Otherwise that part is skipped.

#[path = "page/class.rs"]
mod class;

use std::path::{Path, PathBuf};
use std::process::Command;

use instructor::class::report::page::page;

#[test]
fn a_page_is_one_file_that_names_every_student_and_holds_no_markup_of_theirs() {
    let results = class::class(60);
    let page = String::from_utf8(page(&results).unwrap()).unwrap();
    for student in &results.students {
        let name = serde_json::to_string(&student.name).unwrap().replace('<', "\\u003c");
        assert!(page.contains(&name), "{name}");
    }
    for raw in ["<img", "</script><", "<!--", "src=\"", "@import"] {
        assert!(!page.contains(raw), "{raw}");
    }
    assert_eq!(page.matches("<script").count(), 2, "the data and the script");
}

#[test]
fn a_class_of_three_hundred_is_a_page_that_can_be_mailed() {
    let page = page(&class::class(300)).unwrap();
    assert!(page.len() < 300 * 10_000, "{} bytes", page.len());
}

#[test]
fn a_class_of_nobody_has_a_page_too() {
    let mut results = class::class(5);
    results.students.clear();
    results.review.clear();
    assert!(page(&results).is_ok());
}

#[test]
fn the_page_does_in_a_browser_what_it_is_for() {
    if std::env::var_os("AWAIT_AND_SEE_PAGE_TEST").is_none_or(|asked| asked != "1") {
        println!(
            "skipped: AWAIT_AND_SEE_PAGE_TEST=1 asks for it (it needs node, npm and Chromium)"
        );
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let pages = [60, 300, 0].map(|size| write_page(dir.path(), size));
    let script = installed(dir.path());
    let output = Command::new("node").arg(script).args(&pages).output().expect("node runs");
    println!("{}", String::from_utf8_lossy(&output.stdout));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn write_page(dir: &Path, size: usize) -> PathBuf {
    let mut results = class::class(size.max(5));
    results.students.truncate(size);
    if size == 0 {
        results.review.clear();
        results.incomplete.clear();
        results.similar = None;
    }
    let place = dir.join(format!("class-{size}.html"));
    std::fs::write(&place, page(&results).unwrap()).unwrap();
    place
}

/// The test script beside the packages that it needs, which npm puts there.
fn installed(dir: &Path) -> PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/page");
    for name in [".npmrc", "package.json", "package-lock.json", "test.mjs"] {
        std::fs::copy(from.join(name), dir.join(name)).unwrap();
    }
    let npm = Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(dir).output();
    let npm = npm.expect("npm runs");
    assert!(npm.status.success(), "{}", String::from_utf8_lossy(&npm.stderr));
    dir.join("test.mjs")
}
