//! The next grading uses the tables and the secret of the report again.

use instructor::class::results::Results;

use crate::course::{Class, FOLDERS, in_a_line, student};
use crate::reports;

/// A class of two, who solve the first task, and its tables.
fn with_tables() -> Class {
    let class = Class::new();
    for name in ["ann", "ben"] {
        class.hand_in(name, &FOLDERS[0], class.solution(&FOLDERS[0]));
    }
    std::fs::write(class.path("late.csv"), "student,days\nann,2\n").unwrap();
    std::fs::write(class.path("hand.csv"), "student,task,points\nben,2,7.5\n").unwrap();
    class
}

fn named(class: &Class) -> [String; 4] {
    let path = |name: &str| class.path(name).to_str().unwrap().to_string();
    ["--late".into(), path("late.csv"), "--override".into(), path("hand.csv")]
}

/// The days that ann is late, and the points of ben.
fn days_and_points(results: &Results) -> (u32, f64) {
    (student(results, "ann").days_late, student(results, "ben").points)
}

/// Grades into `out`, and checks that the output has all these words.
fn grade(class: &Class, args: &[&str], code: i32, says: &[&str]) -> String {
    let (ended, printed) = class.grade("out", args);
    let printed = in_a_line(&printed);
    assert_eq!(ended, Some(code), "{args:?}: {printed}");
    for words in says {
        assert!(printed.contains(words), "{args:?}: no `{words}` in {printed}");
    }
    printed
}

#[test]
fn tables_are_used_again_until_others_or_none_are_named() {
    let class = with_tables();
    let tables = named(&class);
    let tables = tables.each_ref().map(String::as_str);
    let now = || days_and_points(&class.results("out"));
    grade(&class, &tables, 0, &[]);
    assert_eq!(now(), (2, 17.5));
    let as_before = [
        "with the late days of",
        "late.csv, as before (--late none leaves them out)",
        "hand.csv, as before (--override none leaves them out)",
        "no points or verdicts have changed since the earlier report",
    ];
    for args in [&[][..], &["--only", "ann"], &["--only", "ben"], &["--fresh"]] {
        grade(&class, args, 0, &as_before);
        assert_eq!(now(), (2, 17.5), "{args:?}");
    }

    // a newer file counts
    std::fs::write(class.path("late.csv"), "student,days\nann,3\n").unwrap();
    let newer =
        ["late.csv, which has changed since the earlier report", "ann 10 (days late: 2 → 3)"];
    grade(&class, &[], 0, &newer);
    assert_eq!(now(), (3, 17.5));

    // a report has one set of tables: who is not graded again would keep points of the old one
    std::fs::write(class.path("hand.csv"), "student,task,points\nben,2,9\n").unwrap();
    let refused = [
        "would get other points or comments, because",
        "have changed: ben",
        "next: leave out --only",
    ];
    grade(&class, &["--only", "ann"], 2, &refused);
    assert_eq!(now(), (3, 17.5));

    // of a file that is gone, the report has a copy
    for table in ["late.csv", "hand.csv"] {
        std::fs::remove_file(class.path(table)).unwrap();
    }
    for args in [&[][..], &["--only", "ann"]] {
        let kept = ["late.csv as kept in the report", "hand.csv as kept in the report"];
        grade(&class, args, 0, &kept);
        assert_eq!(now(), (3, 17.5));
    }

    let without = ["without the late days of ", "ann 10 (days late: 3 → 0)"];
    grade(&class, &["--late", "none"], 0, &without);
    assert_eq!(now(), (0, 17.5));
    let printed = grade(&class, &[], 0, &["hand.csv as kept in the report"]);
    assert!(!printed.contains("late days"), "{printed}");
    std::fs::write(class.path("new.csv"), "student,task,points\nben,2,9\n").unwrap();
    let new = class.path("new.csv");
    let replaced = ["ben 17.5 → 19 (2 concurrent-coroutines: other points by hand)"];
    grade(&class, &["--override", new.to_str().unwrap()], 0, &replaced);
    grade(&class, &[], 0, &["new.csv, as before"]);
    assert_eq!(now(), (0, 19.0));
    grade(&class, &["--override", "none"], 0, &["no points by hand any more"]);
    assert_eq!(now(), (0, 10.0));
}

#[test]
fn tables_are_remembered_by_a_report_that_has_no_results_yet_or_no_more() {
    let class = with_tables();
    let tables = named(&class);
    grade(&class, &tables.each_ref().map(String::as_str), 0, &[]);
    // as after a first grading that was interrupted, and as the way out of broken results says
    std::fs::rename(class.path("out/results.json"), class.path("results.json")).unwrap();
    grade(&class, &["--resume"], 0, &["late.csv, as before", "hand.csv, as before"]);
    assert_eq!(days_and_points(&class.results("out")), (2, 17.5));
    // a report that was copied without that file
    std::fs::remove_file(class.path("out/made-with.json")).unwrap();
    grade(&class, &[], 0, &["late.csv, as before", "hand.csv, as before"]);
    // a table that was mistyped meanwhile is an error, with the way out
    std::fs::write(class.path("late.csv"), "student,days\nann,x\n").unwrap();
    let before = std::fs::read(class.path("out/results.json")).unwrap();
    grade(&class, &[], 2, &["late.csv, line 2: days of ann: `x` is not a whole number"]);
    assert_eq!(std::fs::read(class.path("out/results.json")).unwrap(), before);
    std::fs::write(class.path("out/made-with.json"), "{").unwrap();
    grade(&class, &[], 2, &["made-with.json, which says what", "next: move it away, and name"]);
}

#[test]
fn parts_are_joined_if_they_were_made_with_the_same_tables() {
    let class = with_tables();
    let tables = named(&class);
    let [late, by_hand] = [&tables[..2], &tables[2..]]
        .map(|table| table.iter().map(String::as_str).collect::<Vec<_>>());
    let shard = |out: &str, args: &[&str]| {
        let (code, printed) = class.grade(out, args);
        assert_eq!(code, Some(0), "{printed}");
    };
    shard("part-1", &[&["--shard", "1/2"][..], &late, &by_hand].concat());
    shard("part-2", &[&["--shard", "2/2"][..], &late].concat());
    let paths = ["part-1", "part-2", "out"].map(|name| class.path(name));
    let [one, two, out] = paths.each_ref().map(|path| path.to_str().unwrap());
    let join = || {
        let output = class.run(&["report", one, two, "--report", out]);
        let printed = [output.stdout, output.stderr].concat();
        (output.status.code(), in_a_line(&String::from_utf8_lossy(&printed)))
    };
    let (code, printed) = join();
    assert_eq!(code, Some(2), "{printed}");
    let says =
        "not graded with the same points by hand (--override), so their points can't be compared";
    assert!(
        printed.contains(says) && printed.contains("next: grade one of them again"),
        "{printed}"
    );
    assert!(!class.path("out").exists(), "nothing is left of it");

    shard("part-2", &[&["--shard", "2/2"][..], &by_hand].concat());
    let (code, printed) = join();
    assert_eq!(code, Some(0), "{printed}");
    assert_eq!(days_and_points(&class.results("out")), (2, 17.5));
    // the whole remembers them, too
    grade(&class, &["--only", "ann"], 0, &["late.csv, as before", "hand.csv, as before"]);
    grade(&class, &[], 0, &["late.csv, as before", "hand.csv, as before"]);
    assert_eq!(days_and_points(&class.results("out")), (2, 17.5));
}

#[test]
fn a_named_secret_is_used_again_and_nothing_of_it_is_in_the_report() {
    let class = with_tables();
    let secret = class.path("secret");
    std::fs::write(&secret, "sixteen bytes or more").unwrap();
    let fingerprint = || class.results("out").grading.secret_fingerprint;
    grade(&class, &["--secret", secret.to_str().unwrap()], 0, &[]);
    let own = fingerprint();
    for args in [&[][..], &["--only", "ann"]] {
        grade(&class, args, 0, &["with the secret of ", "as before (--secret none"]);
        assert_eq!(fingerprint(), own);
    }
    let tells = |(_, text): &(_, &String)| text.contains("sixteen bytes");
    assert!(reports(&class.path("out")).iter().find(tells).is_none());

    let other = [
        "the earlier report was made with the secret of ",
        "which has changed",
        "note: everything is graded again, with other hidden runs",
    ];
    std::fs::write(&secret, "another sixteen bytes").unwrap();
    grade(&class, &["--only", "ann"], 2, &["made from another secret"]);
    grade(&class, &[], 0, &other);
    assert_ne!(fingerprint(), own);
    let printed = grade(&class, &[], 0, &[]);
    assert!(!printed.contains("secret"), "{printed}");

    grade(&class, &["--secret", secret.to_str().unwrap()], 0, &[]);
    grade(
        &class,
        &["--secret", "none"],
        0,
        &["note: everything is graded again, with other hidden runs"],
    );
    let printed = grade(&class, &[], 0, &[]);
    assert!(!printed.contains("secret"), "{printed}");
}
