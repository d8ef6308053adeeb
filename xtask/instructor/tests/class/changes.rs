//! Grading again into a report says what has changed.

use crate::course::{Class, FOLDERS, in_a_line};

#[test]
fn grading_again_tells_whose_points_changed_and_why() {
    let class = Class::new();
    let solution = class.solution(&FOLDERS[0]);
    for name in ["ann", "ben", "cem"] {
        class.hand_in(name, &FOLDERS[0], &solution);
    }
    let grade = |args: &[&str]| {
        let (code, printed) = class.grade("out", args);
        assert_eq!(code, Some(0), "{printed}");
        in_a_line(&printed)
    };
    let table = || std::fs::read_to_string(class.path("out/changes.csv")).unwrap();
    let header = "student,task,points before,points after,verdict before,verdict after,why\n";
    let printed = grade(&[]);
    assert!(!printed.contains("changed") && !printed.contains("earlier report"), "{printed}");
    assert_eq!(table(), header);
    assert!(grade(&[]).contains(" no points or verdicts have changed since the earlier report "));
    assert_eq!(table(), header);

    // one breaks a task, one goes, one comes
    class.hand_in("ann", &FOLDERS[0], "fn open( {");
    std::fs::remove_dir_all(class.path("in/cem")).unwrap();
    class.hand_in("dan", &FOLDERS[0], &solution);
    let printed = grade(&[]);
    let says = "3 students changed: ann 10 → 0 (1 basic-coroutine: right → E-compile), cem 10 → none (no longer in the class), dan none → 10 (new in the class) ";
    assert!(printed.contains(says), "{printed}");
    let rows = table();
    for row in [
        "\nann,,10,0,,,\nann,1 basic-coroutine,10,0,passed,E-compile,right → E-compile\ncem,,10,,,,no longer in the class\n",
        "\ncem,1 basic-coroutine,10,,passed,,\n",
        "\ndan,,,10,,,new in the class\ndan,1 basic-coroutine,,10,,passed,\n",
    ] {
        assert!(rows.contains(row), "{row}: {rows}");
    }

    // of one who is graded again, too
    class.hand_in("ann", &FOLDERS[0], &solution);
    let printed = grade(&["--only", "ann"]);
    assert!(
        printed.contains("1 student changed: ann 0 → 10 (1 basic-coroutine: E-compile → right) "),
        "{printed}"
    );
}

#[test]
fn joining_parts_again_tells_what_changed_too() {
    let class = Class::new();
    let solution = class.solution(&FOLDERS[0]);
    class.hand_in("ann", &FOLDERS[0], &solution);
    class.hand_in("ben", &FOLDERS[0], &solution);
    let paths = ["part-1", "part-2", "out"].map(|name| class.path(name));
    let [one, two, out] = paths.each_ref().map(|path| path.to_str().unwrap());
    let join = || {
        for part in ["1", "2"] {
            let shard = format!("{part}/2");
            let (code, printed) = class.grade(&format!("part-{part}"), &["--shard", &shard]);
            assert_eq!(code, Some(0), "{printed}");
        }
        let output = class.run(&["report", one, two, "--report", out]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        in_a_line(&String::from_utf8_lossy(&output.stdout))
    };
    assert!(!join().contains("changed"));
    class.hand_in("ben", &FOLDERS[0], "fn open( {");
    let printed = join();
    assert!(
        printed.contains("1 student changed: ben 10 → 0 (1 basic-coroutine: right → E-c"),
        "{printed}"
    );
}
