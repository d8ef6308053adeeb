use super::*;
use crate::tasks::TASKS;

fn code(text: &str) -> Option<Code> {
    let files = [(FilePath::new("src/lib.rs"), text)];
    of_files(TASKS[0], files.into_iter()).and_then(|verdict| verdict.code())
}

#[test]
fn the_word_unsafe_is_forbidden_wherever_it_stands() {
    for text in [
        "fn a() { unsafe { } }",
        "#[unsafe(no_mangle)] pub fn write() {}",
        "macro_rules! m { () => { unsafe fn a() {} } }",
        "unsafe impl Send for A {}",
        "fn a() {} // ok\n r#unsafe!{}",
    ] {
        assert_eq!(code(text), Some(Code::Unsafe), "{text}");
    }
    for text in ["// unsafe\nfn a() { \"unsafe\"; }", "fn unsafely() {}", "/* unsafe */"] {
        assert_eq!(code(text), None, "{text}");
    }
}

/// Sources that reach outside of the program.
const REACHES_OUTSIDE: [&str; 64] = [
    "use std::fs;",
    "use std::{fs as f, time::Duration};",
    "use std::{time::Duration, collections::{HashMap}, net};",
    "fn a() { ::std::fs::read(\"a\"); }",
    "fn a() { std :: r#fs :: read(\"a\"); }",
    "use std::*;",
    "use std as s;",
    "extern crate std as s;",
    "use tokio::{net::TcpStream};",
    "use std::os::fd::AsFd;",
    "use std::process::{self, Command};",
    "use std::process; fn a() { process::Command::new(\"sh\"); }",
    "const A: &str = include_str!(\"/etc/passwd\");",
    "// #![doc = include_str!(\"../README.md\")]\n#![doc = include_str!(\"/etc/passwd\")]",
    "const A: &str = std::include_str!(\"/etc/passwd\");",
    "#![doc = include_str!(\"../README.md\")]\nconst A: &[u8] = include_bytes!(\"a\");",
    "use core::include_str as text; const A: &str = text!(\"/etc/passwd\");",
    "#!/bin/rust /*\nuse std::fs; // */",
    "macro_rules! m { ($a:ident) => { std::$a::read(\"a\") } } fn a() { m!(fs); }",
    "fn a() { std::path::Path::new(\"/\").read_dir(); }",
    "const A: &str = env!(\"HOME\");",
    "#[path = \"/etc/passwd\"] mod a;",
    "#[cfg_attr(all(), path = \"/etc/passwd\")] mod a;",
    // by a list, a glob, another name
    "use std::fs::*;",
    "use {std::{io, fs::{self, File}}, rand::Rng};",
    "use std::{self as s}; fn a() { s::fs::read(\"a\"); }",
    "use std::process as p; fn a() { p::Command::new(\"sh\"); }",
    "use std::process::*; fn a() { Command::new(\"sh\"); }",
    "mod b { pub use std::process as p; } fn a() { crate::b::p::Command::new(\"sh\"); }",
    "mod b { pub use std::process; } use self::b::process::Command;",
    "use tokio as rt; fn a() { rt::fs::read(\"a\"); }",
    "use tokio as rt; use rt as other; use other::net::TcpStream;",
    "extern crate tokio as rt; use rt::process;",
    "use tokio::*; fn a() { fs::read(\"a\"); }",
    "fn a() -> ::std::fs::File { return ::std::fs::File::open(\"a\").unwrap(); }",
    "fn a() { <std::fs::File as std::io::Read>::read(todo!(), todo!()); }",
    "use std :: /* a */ fs :: File;",
    // by a macro's name
    "use std::env as e; const A: &str = e!(\"HOME\");",
    "use core::{include as i};",
    "const A: &str = core :: r#env ! (\"HOME\");",
    "macro_rules! m { ($m:ident) => { $m!(\"a\") } } const A: &str = m!(include);",
    "macro_rules! m { ($m:ident) => { $m!(\"a\") } } const A: &[u8] = m!(include_bytes);",
    // by the pieces that a macro puts together
    "macro_rules! m { ($a:ident) => { $a::fs::read(\"a\") } } fn a() { m!(std); }",
    "macro_rules! m { ($a:ident, $b:ident) => { $a::$b::read(\"a\") } } fn a() { m!(std, fs); }",
    "macro_rules! m { ({$($a:tt)*} {$($b:tt)*}) => { $($a)* $($b)* } } fn a() { m!({std::} {fs::read(\"a\")}); }",
    "macro_rules! m { ({$($a:tt)*} {$($b:tt)*}) => { $($a)* $($b)* } } fn a() { m!({std} {::fs::read(\"a\")}); }",
    "macro_rules! m { ($($t:tt)*) => { std $($t)* } } fn a() { m!(::fs::read(\"a\")); }",
    "macro_rules! m { ($($a:ident),*) => { use std::{$($a),*}; } } m!(fs);",
    "macro_rules! m { ($a:ident) => { use $a as s; } } m!(std); fn a() { s::fs::read(\"a\"); }",
    "macro_rules! m { ($a:ident) => { process::$a::new(\"sh\") } } use std::process; fn a() { m!(Command); }",
    "macro_rules! m { ($a:ident) => { $a::Command::new(\"sh\") } } use std::process; fn a() { m!(process); }",
    "macro_rules! println { ($a:ident) => { $a::fs::read(\"a\") } } fn a() { println!(std); }",
    "macro_rules! m { ($a:ident) => { $a::fs::read(\"a\") } } use m as dbg; fn a() { dbg!(std); }",
    "macro_rules! m { ($($a:meta),*) => { $(#[$a])* mod a; } } m!(path = \"/etc/passwd\");",
    "macro_rules! m { ($a:ident) => { #[$a = \"/etc/passwd\"] mod a; } } m!(path);",
    "macro_rules! m { ($a:item) => { $a } } m!(#[path = \"/etc/passwd\"] mod a;);",
    // by the methods of a path
    "fn a() { std::env::current_dir().unwrap().read_dir(); }",
    "use std::path::Path; fn a(b: &Path) -> bool { b.try_exists().unwrap() }",
    "use std::path::Path; fn a(b: &Path) { let _ = b.parent().map(Path::canonicalize); }",
    // only looks like a unit test
    "#[cfg(not(test))] mod a { use std::fs; }",
    "#[cfg(any(test, all()))] mod a { use std::fs; }",
    "#[cfg(test)] mod a {} mod b { use std::fs; }",
    "#[cfg(test)] fn a() {} use std::fs;",
    "macro_rules! m { (#[cfg(test)] mod a { $($t:tt)* }) => { $($t)* } } m! { #[cfg(test)] mod a { use std::fs; } }",
];

#[test]
fn a_source_that_reaches_outside_is_refused() {
    for text in REACHES_OUTSIDE {
        assert_eq!(code(text), Some(Code::ForbiddenApi), "{text}");
    }
}

#[test]
fn a_source_that_looks_similar_but_reaches_nothing_is_accepted() {
    for text in [
        "#![doc = include_str!(\"../README.md\")]\nuse std::time::Duration;",
        "use std::{collections::BTreeMap, time::Duration}; fn fs() {} fn a() { let net = fs(); }",
        "fn a() { std::process::exit(1); }",
        "fn a() { let path = 1; println!(\"std::fs {path}\"); }",
        "use std::time::Duration;\nfn os() {}\nstruct Command;",
        "use tokio::time::{Instant, sleep};\nmod net {}",
        "fn a() { std::mem::take(&mut fs) }",
        // words that are not in such a path
        "macro_rules! ms { ($n:expr) => { d($n) } } fn a() { let fs = 1; ms!(fs); }",
        "macro_rules! ms { ($n:ident) => { std::time::Duration::$n(1) } } fn a() { ms!(from_millis); }",
        "enum Command { Stop } async fn process(c: Command) { tokio::join!(process(Command::Stop)); }",
        "use std::process; struct Commands; fn a() { process::exit(1); }",
        "mod fs { pub fn read() {} } mod os; use fs::read as r; fn a() { fs::read(); crate::fs::read(); os::a() }",
        "mod jobs { pub mod net { pub enum Command { A } } } use jobs::net::{self, Command};",
        "enum Path { Short } use Path::Short; impl Path { fn read_dir(&self) {} } fn a(p: Path) { p.read_dir(); Path::read_dir(&p); }",
        // crates by other names, and as in old tutorials
        "use tokio as rt; use rt::time::sleep; #[rt::main] async fn main() { rt::spawn(sleep(d)); }",
        "extern crate rand; extern crate tokio; extern crate tokio as rt; extern crate std;",
        "use tokio::*; fn a() { time::sleep(d); }",
        "use std as _; use std::env; fn a() { env::args(); }",
        // macros and attributes
        "fn include(env: u8) {} fn a() { include(1); let env = 1; if env != 2 {} }",
        "macro_rules! log { ($($a:tt)*) => { println!($($a)*) } } fn a() { log!(\"{path}\", path = 1); }",
        "fn a() { println!(\"{path} {fs}\", path = \"long\", fs = 1); }",
        "struct A { path: u8 } fn a(mut b: A) { b.path = 1; let A { path } = b; if [path == 1][0] {} }",
        "#[doc = \"std::fs\"] #[derive(Debug)] struct A; #[cfg_attr(all(), doc = \"path\")] mod a {}",
        "macro_rules! m { ($(#[$a:meta])* $n:ident) => { $(#[$a])* struct $n; } } m!(#[derive(Debug)] A);",
        // own unit tests are never compiled into it
        "fn a() {}\n#[cfg(test)]\nmod tests { use std::fs; const A: &str = include_str!(\"a\"); }\nfn b() {}",
    ] {
        assert_eq!(code(text), None, "{text}");
    }
}

/// The verdict on files of task 2.
fn of(files: &[(&str, &str)]) -> Option<Verdict> {
    of_files(TASKS[1], files.iter().map(|(path, text)| (FilePath::new(*path), *text)))
}

#[test]
fn the_diagnosis_names_the_place() {
    let verdict =
        of(&[("src/lib.rs", "mod a;"), ("src/a.rs", "\n\nuse std::{\n  io,\n  fs};")]).unwrap();
    let place = verdict.diagnoses[0].place.clone().unwrap();
    assert_eq!(place.to_string(), "crates/02-concurrent-coroutines/src/a.rs:5");
    assert!(verdict.diagnoses[0].text.contains("`std::fs`"));
}

#[test]
fn a_name_that_one_file_imports_counts_in_the_others() {
    let files = [("src/lib.rs", "mod a; use tokio as rt;"), ("src/a.rs", "use crate::rt::fs;")];
    assert_eq!(of(&files).and_then(|verdict| verdict.code()), Some(Code::ForbiddenApi));
}

#[test]
fn only_files_that_a_grader_takes_are_checked() {
    let root = tempfile::tempdir().unwrap();
    let crate_dir = root.path().join("01-basic-coroutine");
    let write = |path: &str, text: &[u8]| {
        let path = crate_dir.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("src/lib.rs", b"fn a() {}");
    for beside in ["src/main.rs", "src/bin/b.rs", "tests/check.rs", "examples/try.rs", "build.txt"]
    {
        write(beside, b"use std::fs;");
    }
    write("src/latin-1.rs", b"// \xff\nuse std::fs;");
    assert!(verdict(TASKS[0], &crate_dir).is_none());
    write("src/deep/a.rs", b"use std::fs;");
    let found = verdict(TASKS[0], &crate_dir).unwrap();
    let place = found.diagnoses[0].place.clone().unwrap();
    assert_eq!(place.to_string(), "crates/01-basic-coroutine/src/deep/a.rs:1");
    assert!(verdict(TASKS[0], root.path()).is_none(), "nothing there");
}

#[test]
fn no_file_keeps_a_grader_busy_for_long() {
    let begun = std::time::Instant::now();
    let many = |piece: &str| piece.repeat((256 << 10) / piece.len());
    for text in [
        many("#["),
        many("m!("),
        format!("macro_rules! m {{ {}", many("m!(")),
        format!("use a::{}", many("{")),
        format!("use {}", many("b::{")),
        format!("use {}{{{}}};", many("b::").split_off(128 << 10), many("c,").split_off(128 << 10)),
        many("use a as b;"),
        many("use a::*;"),
        many("use a as a; a::b;"),
        (0..9000).map(|i| format!("use b{i} as a; a::b;")).collect(),
        (0..9000).map(|i| format!("use b{i}::*; a::b;")).collect(),
        many("#[cfg(test)] mod a {}"),
        format!("#[a({}", many(", path =")),
        many("(macro_rules! m {} std"),
    ] {
        code(&text);
        // all together take a second or two; a text whose time grows with the square of its length would take minutes
        let beginning = text.chars().take(40).collect::<String>();
        assert!(begun.elapsed() < std::time::Duration::from_secs(30), "{beginning}");
    }
    assert_eq!(
        code(&format!("use std::{}fs{};", "{".repeat(99), "}".repeat(99))),
        Some(Code::ForbiddenApi)
    );
}

#[test]
fn only_a_macro_outside_of_unit_tests_reads_the_environment() {
    for (text, asks) in [
        ("const A: &str = env!(\"CARGO_PKG_NAME\");", true),
        ("const A: Option<&str> = option_env ! (\"CARGO\");", true),
        ("fn a(env: u8) { env; } // env!", false),
        ("#[cfg(test)] mod tests { const A: &str = env!(\"CARGO_MANIFEST_DIR\"); }", false),
    ] {
        assert_eq!(asks_for_the_environment(text), asks, "{text}");
    }
}

/// A crate with a small library, and what `make` adds to its `src` folder.
fn crate_with(make: impl FnOnce(&FilePath)) -> tempfile::TempDir {
    let krate = tempfile::tempdir().unwrap();
    std::fs::create_dir(krate.path().join("src")).unwrap();
    std::fs::write(krate.path().join("src/lib.rs"), "mod a;").unwrap();
    make(&krate.path().join("src"));
    krate
}

#[test]
fn a_folder_that_lies_too_deep_is_refused() {
    let at = |folders: usize| {
        let krate = crate_with(|src| {
            let deep = (0..folders).fold(src.to_path_buf(), |path, _| path.join("a"));
            std::fs::create_dir_all(&deep).unwrap();
            std::fs::write(deep.join("a.rs"), "unsafe fn f() {}").unwrap();
        });
        verdict(TASKS[0], krate.path()).and_then(|verdict| verdict.code())
    };
    assert_eq!(at(DEEPEST - 2), Some(Code::Unsafe));
    assert_eq!(at(DEEPEST - 1), Some(Code::InvalidSubmission));
}

#[cfg(unix)]
#[test]
fn a_file_that_can_not_be_read_does_not_pass() {
    // nobody can read a link that leads to itself, not even root
    let krate = crate_with(|src| std::os::unix::fs::symlink("a.rs", src.join("a.rs")).unwrap());
    let verdict = verdict(TASKS[0], krate.path()).unwrap();
    let why = verdict.not_judged.unwrap();
    assert!(why.starts_with("crates/01-basic-coroutine/src/a.rs can't be read"), "{why}");
    let bytes = crate_with(|src| std::fs::write(src.join("a.rs"), b"\xff").unwrap());
    assert!(super::verdict(TASKS[0], bytes.path()).is_none(), "the compiler reports it");
}
