//! Tests of what is found in a source, and of what is left out.

use super::*;

fn source(text: &str) -> Source {
    Source::of(text)
}

#[test]
fn a_call_is_found_but_not_a_comment_a_string_or_the_definition() {
    let found = source(
        "use up::wait_random; // wait_random(1)\r\n/* wait_random(2) */\r\n\r\nlet s = \"wait_random(3)\";\r\nwait_random(4)",
    );
    assert_eq!(found.call_of("wait_random").map(|place| place.line), Some(5));
    assert_eq!(source("fn wait_random() {}").call_of("wait_random"), None);
}

#[test]
fn a_students_own_tests_are_left_out() {
    let text =
        "fn a() {}\n#[cfg(test)]\nmod tests { fn b() { done.sort(); } }\nfn c() { x.sort() }";
    assert_eq!(source(text).sorts().map(|place| place.line), Some(4));
    for hidden in ["#[cfg(all(test, unix))] mod t { v.sort(); }", "#[test] fn t() { v.sort() }"] {
        assert_eq!(source(hidden).sorts(), None, "{hidden}");
    }
    let (_, files) = without_tests(tokens("#[cfg(test)]\nmod checks;\nfn a() {}"));
    assert_eq!(files, ["checks"]);
}

#[test]
fn only_tests_are_left_out() {
    for kept in ["fn test() { v.sort() }", "fn a() { for x in [test] { v.sort() } }"] {
        assert!(source(kept).sorts().is_some(), "{kept}");
    }
    let left = |text: &str| {
        let (kept, files) = without_tests(tokens(text));
        let kept: Vec<String> = kept.into_iter().map(|token| token.text).collect();
        (kept.join(" "), files)
    };
    let none = Vec::<String>::new();
    assert_eq!(
        left("#[cfg(test)] use a::checks; fn b() {}"),
        ("fn b ( ) { }".into(), none.clone())
    );
    assert_eq!(left("#[cfg(test)] mod t { fn a() {} } fn b() {}"), ("fn b ( ) { }".into(), none));
    assert_eq!(left("#[cfg(test)] mod t; mod u;"), ("mod u ;".into(), vec!["t".into()]));
}

#[test]
fn a_crate_is_read_with_its_modules_and_without_its_program_and_its_tests() {
    let crate_dir = tempfile::tempdir().unwrap();
    let src = crate_dir.path().join("1-task/src");
    for (file, text) in [
        (
            "lib.rs",
            "mod a;\n#[cfg(test)]\nmod checks;\n#[cfg(test)]\nmod tried;\nfn f() { both() }",
        ),
        ("a.rs", "fn f() { both(); in_a() }"),
        ("deep/mod.rs", "fn f() { in_deep() }"),
        ("checks.rs", "fn f() { in_checks() }"),
        ("tried/mod.rs", "fn f() { in_tried() }"),
        ("main.rs", "fn main() { in_main() }"),
        ("notes.txt", "in_notes()"),
    ] {
        let path = src.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let source = Source::read(&crate_dir.path().join("1-task"));
    let found = |name| source.call_of(name).map(|place| (place.file, place.line));
    let in_file = |file: &str| Some(file.to_string());
    let file_of =
        |name| found(name).map(|(file, _)| file.rsplit_once("1-task/").unwrap().1.to_string());
    assert_eq!(file_of("both"), in_file("src/lib.rs"), "lib.rs comes first");
    assert_eq!(file_of("in_a"), in_file("src/a.rs"));
    assert_eq!(file_of("in_deep"), in_file("src/deep/mod.rs"));
    for left_out in ["in_checks", "in_tried", "in_main", "in_notes"] {
        assert!(!source.mentions(left_out), "{left_out}");
    }
}

#[test]
fn a_call_is_found_on_its_line() {
    let source =
        Source::of_file("2-x/src/lib.rs", "fn f() {\n wait_n(1);\n wait_n;\n wait_n::<R>(1) }");
    let on = |file: &str, line| {
        source.calls_on_line("wait_n", &SourceLocation { file: file.into(), line })
    };
    assert!(on("crates/2-x/src/lib.rs", 2));
    assert!(on(r"C:\crates\2-x\src\lib.rs", 4));
    assert!(!on("crates/2-x/src/lib.rs", 1));
    assert!(!on("crates/2-x/src/lib.rs", 3), "a mention is no call");
    assert!(!on("crates/2-x/src/other.rs", 2));
}

#[test]
fn a_signature_is_read_from_the_code_and_not_from_a_comment() {
    let text = "\u{feff}// fn wait_n() {\n#[inline]\npub async fn wait_n<R>(\n    rng: R,\n) -> [u8; 2]\nwhere\n    R: Rng,\n{\n}";
    assert_eq!(
        source(text).signature_of("wait_n").as_deref(),
        Some("pub async fn wait_n<R>(rng: R) -> [u8; 2] where R: Rng")
    );
    assert_eq!(source("let wait_n = 1;").signature_of("wait_n"), None);
    let second = source("fn other() {} pub fn wait_n() {}");
    assert_eq!(second.signature_of("wait_n").as_deref(), Some("pub fn wait_n()"));
    assert_eq!(second.definition_of("wait_n").map(|place| place.line), Some(1));
    assert_eq!(source("wait_n").definition_of("wait_n"), None);
}

#[test]
fn draws_are_counted_by_their_calls() {
    let one =
        "// rng.random()\nlet ms = rng.random_range(0..=max.as_millis()) as u64; let random = ms;";
    assert_eq!(source(one).draws(), 1);
    assert_eq!(source("sleep(rng.random_range(0..=9)); rng.random::<u8>()").draws(), 2);
}

#[test]
fn only_a_call_of_a_sort_method_sorts() {
    assert_eq!(source("done\n    .sort_unstable();").sorts().map(|place| place.line), Some(2));
    assert_eq!(source("<[_]>::sort(&mut done)").sorts().map(|place| place.line), Some(1));
    assert_eq!(source("v.sorted_insert(1); self.sorted.len(); self.sort").sorts(), None);
    assert_eq!(source("// .sort()\nlet sorted = \".sort()\"; sort(done)").sorts(), None);
}

#[test]
fn a_call_by_a_path_is_found_but_not_another_function_with_the_same_name() {
    let line = |text| source(text).path_to("thread", "sleep").map(|place| place.line);
    assert_eq!(line("a();\nstd::thread::sleep(delay);"), Some(2));
    assert_eq!(line("use std::thread;\nthread::sleep(delay)"), Some(2));
    for other in ["use std::thread::sleep;", "tokio::time::sleep(delay)", "thread::spawn(f)"] {
        assert_eq!(line(other), None, "{other}");
    }
}

#[test]
fn an_import_is_found_in_any_form() {
    for (text, imported) in [
        ("use tokio::time::Instant;", true),
        ("use tokio::{runtime::Runtime, time::{Duration, Instant}};", true),
        ("let start = tokio::time::Instant::now();", true),
        ("use std::time::Instant; use tokio::runtime::Runtime;", false),
        ("use tokio::runtime::Runtime;\nlet start = std::time::Instant::now();", false),
        ("tokio::spawn(f(Instant::now()))", false),
        ("// use tokio::time::Instant;", false),
    ] {
        assert_eq!(source(text).imports("tokio", "Instant"), imported, "{text}");
    }
}
