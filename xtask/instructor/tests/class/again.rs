//! Grading again into the same report: a part of the class, another class, with points by hand.

use instructor::class::results::Results;

use crate::course::{Class, FOLDERS, student};

#[test]
fn a_student_who_could_not_be_taken_gets_points_by_hand_in_all_reports() {
    let class = Class::new();
    std::fs::write(class.path("in/eve.zip"), "no archive").unwrap();
    std::fs::create_dir(class.path("in/fay")).unwrap();
    std::fs::write(class.path("in/gus.7z"), "?").unwrap();
    let table = "student,task,points,comment\neve,2,7.5,shown in class\nfay,,30,by mail\n";
    std::fs::write(class.path("by-hand.csv"), table).unwrap();
    let (code, printed) =
        class.grade("out", &["--override", class.path("by-hand.csv").to_str().unwrap()]);
    assert_eq!(code, Some(0), "{printed}");
    assert!(
        printed.contains("1 file was not taken for submissions: gus.7z (a folder, .zip"),
        "{printed}"
    );
    assert!(printed.contains("2 submissions could not be taken: eve, fay;"), "{printed}");
    let results = class.results("out");
    assert_eq!(results.others, ["gus.7z"]);
    let eve = student(&results, "eve");
    assert!(eve.refused.is_some());
    assert_eq!((eve.points, eve.task(2).unwrap().points), (7.5, 7.5));
    assert_eq!(student(&results, "fay").points, 30.0);
    let read = |path: &str| std::fs::read_to_string(class.path("out").join(path)).unwrap();
    for (path, says) in [
        ("canvas.csv", "eve,,,eve,,7.5"),
        ("canvas.csv", "fay,,,fay,,30"),
        ("gradebook.csv", ",7.5,missing,"),
        ("junit.xml", "shown in class"),
        ("gradescope/eve/results.json", "shown in class"),
        ("gradescope/fay/results.json", "by mail"),
        ("feedback/eve.md", "> Your instructor says: shown in class"),
        ("feedback/eve.md", "| 2 concurrent-coroutines | 7.5 of 20 |"),
        ("feedback/fay.md", "**30 of 80 points**"),
        ("feedback/fay.md", "\nThe submission could not be taken: no task's src/lib.rs"),
        ("feedback/fay.md", ", basic-coroutine/src/lib.rs or 01-basic-coroutine.rs.\n"),
        ("index.html", "shown in class"),
    ] {
        assert!(read(path).contains(says), "{path}: {}", read(path));
    }
}

#[test]
fn one_student_is_graded_again_and_the_others_stay_as_they_were() {
    let class = Class::new();
    let solution = class.solution(&FOLDERS[0]);
    class.hand_in("ann", &FOLDERS[0], "fn open( {");
    class.hand_in("ben", &FOLDERS[0], &solution);
    class.hand_in("cem", &FOLDERS[0], &solution);
    assert_eq!(class.grade("out", &[]).0, Some(0));
    class.hand_in("ann", &FOLDERS[0], &solution);
    std::fs::remove_dir_all(class.path("in/cem")).unwrap();
    let (code, printed) = class.grade("out", &["--only", "ann"]);
    assert_eq!(code, Some(0), "{printed}");
    assert!(printed.contains("1 student graded now, 1 kept as graded before"), "{printed}");
    assert!(printed.contains("the files of cem are removed"), "{printed}");
    let results = class.results("out");
    let points: Vec<_> =
        results.students.iter().map(|own| (own.name.as_str(), own.points)).collect();
    assert_eq!(points, [("ann", 10.0), ("ben", 10.0)]);
    let feedback = |name: &str| class.path("out/feedback").join(name).exists();
    assert!(feedback("ann.md") && feedback("ben.md") && !feedback("cem.md"));

    std::fs::write(class.path("secret"), "sixteen bytes or more").unwrap();
    let secret = class.path("secret");
    let (code, printed) =
        class.grade("out", &["--only", "ann", "--secret", secret.to_str().unwrap()]);
    assert_eq!(code, Some(2));
    assert!(
        printed.contains("made from another secret") && printed.contains("leave out --only"),
        "{printed}"
    );
    // with the secret that was drawn, which is another one than this
    assert_eq!(class.grade("out", &["--secret", secret.to_str().unwrap()]).0, Some(0));
    std::fs::remove_file(secret).unwrap();
    for told in [true, false] {
        let (code, printed) = class.grade("out", &[]);
        assert_eq!(code, Some(0), "{printed}");
        assert_eq!(
            printed.contains("note: everything is graded again, with other hidden runs"),
            told,
            "{printed}"
        );
    }
}

#[test]
#[cfg(target_os = "linux")]
fn students_whose_names_differ_in_case_only_are_two() {
    let class = Class::new();
    let solution = class.solution(&FOLDERS[0]);
    class.hand_in("Zoe", &FOLDERS[0], &solution);
    class.hand_in("zoe", &FOLDERS[0], "fn open( {");
    std::fs::write(class.path("late.csv"), "student,days\nzoe,1\n").unwrap();
    std::fs::write(class.path("hand.csv"), "student,task,points,comment\nzoe,2,3,\n").unwrap();
    let tables = [class.path("late.csv"), class.path("hand.csv")];
    let [late, by_hand] = tables.each_ref().map(|path| path.to_str().unwrap());
    for only in [&[][..], &["--only", "zoe"]] {
        let (code, printed) =
            class.grade("out", &[&["--late", late, "--override", by_hand], only].concat());
        assert_eq!(code, Some(0), "{printed}");
        assert!(printed.contains("note: `Zoe` and `zoe` are graded as two students"), "{printed}");
        assert!(!printed.contains("has no submission"), "{printed}");
        let results = class.results("out");
        let [upper, lower] = ["Zoe", "zoe"].map(|name| student(&results, name));
        assert_eq!((upper.points, upper.days_late), (10.0, 0));
        assert_eq!((lower.points, lower.days_late), (3.0, 1));
        let canvas = std::fs::read_to_string(class.path("out/canvas.csv")).unwrap();
        assert!(canvas.contains("\nZoe,,,Zoe,,10\nzoe,,,zoe,,3\n"), "{canvas}");
        assert_eq!(std::fs::read_dir(class.path("out/feedback")).unwrap().count(), 2);
    }
}

#[test]
fn a_report_whose_results_are_broken_is_written_anew_from_kept_verdicts() {
    let class = Class::new();
    class.hand_in("ann", &FOLDERS[0], class.solution(&FOLDERS[0]));
    assert_eq!(class.grade("out", &[]).0, Some(0));
    let results = class.path("out/results.json");
    let whole = std::fs::read(&results).unwrap();
    for broken in [&whole[..whole.len() / 2], b"", b"[1]"] {
        std::fs::write(&results, broken).unwrap();
        let (code, printed) = class.grade("out", &[]);
        assert_eq!(code, Some(2), "{printed}");
        let says =
            ["results.json is broken: ", "\n\n  next: move ", "verdicts in graded/ are kept"];
        assert!(says.iter().all(|words| printed.contains(words)), "{printed}");
    }
    std::fs::rename(&results, class.path("out/broken.json")).unwrap();
    // (what a verdict took is another time each time, unless it is kept)
    let times = |json: &[u8]| {
        let results: Results = serde_json::from_slice(json).unwrap();
        student(&results, "ann").tasks[0].took_ms
    };
    assert_eq!(class.grade("out", &["--resume"]).0, Some(0));
    assert_eq!(times(&std::fs::read(&results).unwrap()), times(&whole));
    assert!(class.path("out/broken.json").exists());
}
