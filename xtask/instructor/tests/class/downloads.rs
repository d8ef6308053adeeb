//! A bulk download of a platform, and files with nearly right names: from the names to the reports.

use checker::verdict::Outcome;
use instructor::class::intake::NearlyNamed;

use super::course::{Class, FOLDERS, student};

#[test]
fn a_bulk_download_is_graded_by_login_and_no_nearly_named_file_is_silent() {
    let class = Class::new();
    let hand_in = |file: &str, task: usize| {
        std::fs::write(class.path("in").join(file), class.solution(&FOLDERS[task])).unwrap();
    };
    hand_in("ada_LATE_12_101_01-basic-coroutine.rs", 0);
    hand_in("ada_LATE_12_102_04-tasks (1).rs", 3);
    hand_in("ben_13_103_02-basic-coroutine.rs", 0);
    hand_in("ben_13_104_04-tasks.rs", 3);
    std::fs::write(
        class.path("late.csv"),
        "student,days\nada_LATE_12_101_01-basic-coroutine.rs,1\n",
    )
    .unwrap();
    std::fs::write(class.path("hand.csv"), "student,task,points\nben,2,7\n").unwrap();
    let [late, hand] = ["late.csv", "hand.csv"].map(|file| class.path(file).display().to_string());
    let (code, printed) = class.grade("out", &["--late", &late, "--override", &hand]);
    assert_eq!(code, Some(0), "{printed}");
    for says in [
        "  1 file was taken under a nearly right name: ada: 04-tasks (1).rs\n",
        "  1 nearly named file was not taken: ben: 02-basic-coroutine.rs; ",
        "  note: late by Canvas' own mark: ada; days come from --late\n",
        "ada for ada_LATE_12_101_01-basic-coroutine.rs\n",
    ] {
        assert!(printed.contains(says), "{says}: {printed}");
    }
    let results = class.results("out");
    let (ada, ben) = (student(&results, "ada"), student(&results, "ben"));
    assert_eq!(ada.tasks[3].report.verdict.outcome, Outcome::Passed);
    assert_eq!(ada.tasks[3].nearly, [NearlyNamed { file: "04-tasks (1).rs".into(), taken: true }]);
    assert_eq!((ada.days_late, ben.tasks[1].points), (1, 7.0));
    let read = |file: &str| std::fs::read_to_string(class.path("out").join(file)).unwrap();
    assert!(read("canvas.csv").contains("\nada,,,ada,,"), "{}", read("canvas.csv"));
    let note = "04-tasks (1).rs was taken for task 4. It is named like a copy: call it 04-tasks.rs next time.";
    assert!(read("feedback/ada.md").contains(note), "{}", read("feedback/ada.md"));
    assert!(read("index.html").contains(note));
    let note = "02-basic-coroutine.rs has the number of another task. Hand in this task's file as crates/01-basic";
    assert!(read("feedback/ben.md").contains(note), "{}", read("feedback/ben.md"));

    let (code, printed) =
        class.grade("out", &["--late", &late, "--only", "ada_LATE_12_102_04-tasks (1).rs"]);
    assert!(code == Some(0) && printed.contains("1 student graded now, 1 kept"), "{printed}");
    let (code, printed) = class.grade("out", &["--only", "ad"]);
    assert!(code == Some(2) && printed.contains("no submission of `ad`"), "{printed}");
}
