//! The output of `cargo xtask check --format json` fits its schema.

use checker::contract::request::Options;
use checker::tasks::TASKS;
use xtask::workbench;
use xtask::workspace::Workspace;

use super::course::FOLDERS;
use super::home_course::Course;
use super::schema::{errors, errors_of, published};

#[test]
fn the_json_report_keeps_its_schema() {
    const SCHEMA: &str = "report.schema.json";
    let course = Course::solved_to(4);
    let workspace = Workspace { root: course.root.clone() };
    let report = || {
        let options = Options { seed: 5, ..Options::default() };
        let report = workbench::check(&workspace, &TASKS, &options, false).unwrap();
        serde_json::to_value(report).unwrap()
    };
    let [one, two, ..] = &*FOLDERS;
    for (folder, source) in [
        (two, course.known(two, "awaits-in-a-loop.rs")),
        (two, course.known(two, "join-all-sorted.rs")),
        (two, course.known(two, "prints-a-few-lines.rs")),
        (one, course.known(one, "let-underscore-sleep.rs")),
        (one, course.known(one, "another-name.rs")),
        (one, course.known(one, "two-sleeps.rs")),
        (one, course.known(one, "always-the-maximum.rs")),
        (one, "fn {".to_string()),
        // nothing is begun
        (
            one,
            std::fs::read_to_string(course.root.join("checker/stubs").join(format!("{one}.rs")))
                .unwrap(),
        ),
    ] {
        course.hand_in(folder, &source);
        let report = report();
        assert_eq!(errors(SCHEMA, &report), [""; 0], "{source}\n{report:#}");
        assert_eq!(report["tasks"].as_array().unwrap().len(), TASKS.len());
    }
    // a manifest is lost, which is noted
    std::fs::remove_file(course.root.join(format!("checker/manifests/{one}.toml"))).unwrap();
    let noted = report();
    assert_eq!(noted["notes"].as_array().map(Vec::len), Some(1), "{noted:#}");
    assert_eq!(errors(SCHEMA, &noted), [""; 0], "{noted:#}");
    let schema = published(SCHEMA);
    let errors = |report| errors_of(&schema, &report);
    let good = serde_json::json!({"version": 2, "seed": 0, "tasks": []});
    assert_eq!(errors(good.clone()), [""; 0]);
    let mut more = good.clone();
    more["more"] = 1.into();
    assert_eq!(errors(more.clone()), [""; 0], "new fields may come at any time");
    assert_ne!(self::errors(SCHEMA, &more), [""; 0]);
    let mut newer = good;
    newer["version"] = 3.into();
    assert_ne!(errors(newer), [""; 0]);
}
