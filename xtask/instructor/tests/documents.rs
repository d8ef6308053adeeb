//! Compares the documents with the course: their links, their tables and their pictures.

use std::path::{Path, PathBuf};
use std::process::Command;

use checker::tasks::{TASKS, Task};
use checker::verdict::code::Code;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The documents whose links can be checked here. (The student's README has another place in a student's copy.)
fn documents() -> Vec<PathBuf> {
    let in_folder = |folder: &str| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(root().join(folder)).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    };
    let lessons = in_folder("crates").into_iter().map(|folder| folder.join("README.md"));
    let files = in_folder(".").into_iter().chain(in_folder("docs")).chain(lessons);
    let is_one =
        |path: &PathBuf| path.extension().is_some_and(|ending| ending == "md") && path.is_file();
    files.filter(is_one).collect()
}

/// The targets of a document's links and pictures, without other sites.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.filter(|target| !target.contains("://") && !target.contains(' '))
}

#[test]
fn every_link_leads_to_something() {
    let mut count = 0;
    for document in documents() {
        let text = read(&document);
        for link in links(&text) {
            let path = link.split('#').next().unwrap_or_default();
            let target = document.parent().unwrap().join(path);
            assert!(target.exists(), "{}: {link}", document.display());
            count += 1;
        }
    }
    assert!(count > 60, "only {count} links were found");
}

#[test]
fn both_readmes_list_the_tasks_as_they_describe_themselves() {
    let row = |task: &'static Task| {
        let (title, folder) = (task.title, task.folder());
        format!("| {} | [{}](crates/{folder}/README.md) | {title} |", task.number, task.name)
    };
    for readme in ["README.md", "xtask/student/README.md"] {
        let text = read(&root().join(readme));
        let rows: Vec<&str> = text.lines().filter(|line| line.contains("](crates/")).collect();
        assert!(rows.iter().take(TASKS.len()).eq(TASKS.map(row).iter()), "{readme}: {rows:#?}");
    }
}

/// The rows of the table of rules, as the tasks declare them.
fn table_of_rules() -> Vec<String> {
    let mut rows: Vec<(&str, Vec<String>, String)> = Vec::new();
    for task in TASKS {
        for rule in task.rules() {
            let codes: Vec<&str> = rule.codes.iter().map(|code| code.name()).collect();
            let rest = format!("{} | {}", rule.looks_at, codes.join(", "));
            let number = task.number.to_string();
            match rows.iter_mut().find(|(asks, _, other)| *asks == rule.asks && *other == rest) {
                Some((_, tasks, _)) => tasks.push(number),
                None => rows.push((rule.asks, vec![number], rest)),
            }
        }
    }
    let row = |(asks, tasks, rest): (&str, Vec<String>, String)| {
        let tasks = if tasks.len() == TASKS.len() { "all".into() } else { tasks.join(", ") };
        format!("| {asks} | {tasks} | {rest} |")
    };
    rows.into_iter().map(row).collect()
}

#[test]
fn the_table_of_rules_is_what_the_tasks_declare() {
    let text = read(&root().join("docs/verdicts.md"));
    let head =
        "| what the contract asks for | tasks | looks at | codes |\n| --- | --- | --- | --- |\n";
    let (_, rest) = text.split_once(head).expect("the table's head");
    let rows: Vec<&str> = rest.lines().take_while(|line| line.starts_with('|')).collect();
    let declared = table_of_rules();
    assert!(rows.iter().eq(&declared), "the rows are to be:\n{}", declared.join("\n"));
}

/// The oldest compiler that a manifest names, itself or by its workspace.
fn rust_version(manifest: &str) -> String {
    let table: toml::Table = read(&root().join(manifest)).parse().unwrap();
    let package = table.get("package").or_else(|| table["workspace"].get("package")).unwrap();
    package["rust-version"].as_str().unwrap_or_default().to_string()
}

#[test]
fn the_oldest_toolchain_is_the_same_in_every_manifest_and_document() {
    let students = rust_version("Cargo.toml");
    assert_eq!(rust_version("xtask/Cargo.toml"), students);
    for member in ["checker", "checker/kit"]
        .map(String::from)
        .into_iter()
        .chain(TASKS.iter().map(|task| format!("crates/{}", task.folder())))
    {
        let manifest = read(&root().join(&member).join("Cargo.toml"));
        assert!(manifest.contains("\nrust-version.workspace = true\n"), "{member}");
    }
    let instructors = rust_version("xtask/instructor/Cargo.toml");
    assert_eq!(rust_version("xtask/instructor/sandbox/Cargo.toml"), instructors);
    assert_eq!(rust_version("checker/start/Cargo.toml"), rust_version("xtask/start/Cargo.toml"));

    let toolchain = "[Rust toolchain](https://rustup.rs)";
    for readme in ["README.md", "xtask/student/README.md"] {
        let sentence = format!("{toolchain}, {students} or newer");
        assert!(
            read(&root().join(readme)).contains(&sentence),
            "{readme} does not say {sentence:?}"
        );
    }
    let sentence = format!("a Rust toolchain ({instructors} or newer; students need {students})");
    let page = read(&root().join("docs/instructors.md"));
    assert!(page.contains(&sentence), "docs/instructors.md does not say {sentence:?}");
}

/// What a command prints, run in the course's folder.
fn output_of(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn no_library_asks_for_a_newer_toolchain_than_its_package_says() {
    let compiler = output_of("rustc", &["-vV"]);
    let host = compiler.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    for (manifest, package) in
        [("Cargo.toml", "kit"), ("xtask/Cargo.toml", "xtask"), ("xtask/Cargo.toml", "instructor")]
    {
        let of_package =
            if package == "instructor" { "xtask/instructor/Cargo.toml" } else { manifest };
        let ours = rust_version(of_package);
        // those of other systems need not be downloaded
        let platform = ["--filter-platform", host, "--manifest-path", manifest];
        let arguments = ["metadata", "--offline", "--format-version", "1"];
        let json = output_of("cargo", &[&arguments[..], &platform].concat());
        let metadata: serde_json::Value = serde_json::from_str(&json).unwrap();
        let tree = ["tree", "--offline", "--prefix", "none", "--edges", "normal,build"];
        let tree = [&tree[..], &["--package", package, "--manifest-path", manifest]].concat();
        let tree = output_of("cargo", &tree);
        let needed = |library: &&serde_json::Value| {
            let text = |key: &str| library[key].as_str().unwrap_or_default();
            let line = format!("{} v{}", text("name"), text("version"));
            tree.lines().any(|own| own == line || own.starts_with(&format!("{line} ")))
        };
        let libraries = metadata["packages"].as_array().unwrap().iter().filter(needed);
        let asks = libraries.map(|library| library["rust_version"].as_str().unwrap_or("1.0"));
        let minor = |version: &str| -> u32 { version.split('.').nth(1).unwrap().parse().unwrap() };
        let newest = asks.max_by_key(|version| minor(version)).unwrap();
        assert!(minor(newest) <= minor(&ours), "{package} says {ours}, but is built with {newest}");
        assert!(minor(newest) > 60, "{package}: the libraries were not found");
    }
}

#[test]
fn the_page_on_verdicts_has_all_codes_in_the_order_of_causes() {
    let row = |code: &Code| {
        let (title, outcome) = (code.title(), code.outcome().name());
        format!("| [{code}](../checker/codes/{code}.md) | {title} | `{outcome}` |")
    };
    let expected: Vec<String> = Code::ALL.iter().map(row).collect();
    let page = read(&root().join("docs/verdicts.md"));
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| [")).collect();
    assert_eq!(rows, expected);
}

#[test]
fn the_ten_functions_that_the_code_can_be_read_by_are_where_they_are_said_to_be() {
    let guide = read(&root().join("CONTRIBUTING.md"));
    let named: Vec<(&str, &str)> = guide
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains(".rs: "))
        .filter_map(|line| line.split('`').nth(1)?.split_once(": "))
        .collect();
    assert_eq!(named.len(), 10);
    for (file, item) in named {
        let text = read(&root().join(file));
        let name = item.rsplit("::").next().unwrap();
        let defined = [format!("fn {name}("), format!("fn {name}<"), format!("struct {name}")];
        assert!(defined.iter().any(|start| text.contains(start)), "{file} has no {item}");
    }
}

#[test]
fn the_pictures_show_what_the_commands_do() {
    let mut pictures = Command::new(env!("CARGO_BIN_EXE_instructor"));
    let output = pictures.args(["pictures", "--check"]).current_dir(root()).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{printed}");
}

#[test]
fn the_snapshot_that_instructors_are_shown_is_a_reviewed_one() {
    let reviewed = "crates/05-task-based-wait/tests/snapshots/task_wait_n@mixed.snap";
    let snapshot = read(&root().join(reviewed));
    let page = read(&root().join("docs/instructors.md"));
    assert!(page.contains(snapshot.split("---\n").last().unwrap()));
}
