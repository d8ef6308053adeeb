//! Bulk downloads of Canvas, Blackboard and Moodle, as they come.

use instructor::class::intake::{Bounds, Listing, Submission};

use crate::class::{self, Class, STUBS, assert_refused, text};
use crate::pack;

const TEXT: &[u8] = b"// a solution\n";

/// A class of these files. A name that ends with `/` is a folder with a task in it, and an archive has a task in it, too.
fn class(files: &[&str]) -> Class {
    let class = Class::new();
    for file in files {
        let of_it = format!("// {file}\n");
        match file.strip_suffix('/') {
            Some(folder) => class.folder(folder, &[("tasks.rs", of_it.as_bytes())]),
            None if file.ends_with(".zip") => {
                class.write(file, &pack::zip(&[("tasks.rs", of_it.as_bytes())]));
            }
            None => class.write(file, of_it.as_bytes()),
        }
    }
    class
}

fn read(listing: &Listing, name: &str) -> Submission {
    let entry = listing.entries.iter().find(|entry| entry.name() == name);
    entry.unwrap_or_else(|| panic!("{name}: {listing:?}")).read(&Bounds::default(), &STUBS)
}

/// The texts of a student's tasks, by number.
fn texts(listing: &Listing, name: &str) -> Vec<(usize, String)> {
    let submission = read(listing, name);
    assert_eq!(submission.refused, None, "{name}");
    let tasks = submission.tasks.iter();
    let text = |task: &_| text(task, "src/lib.rs").map(str::to_string);
    tasks.filter_map(|task| Some((task.task.number, text(task)?))).collect()
}

#[test]
fn canvas_and_blackboards_names_give_the_students() {
    let class = class(&[
        "README",
        "hoppergrace_1235_567891_handout.zip",
        "lovelaceada_LATE_1234_567890_handout-2.zip",
        "curiemarie_1236_567892_01-basic-coroutine.rs",
        "curiemarie_1236_567893_02-concurrent-coroutines.rs",
        "Async_zuse_attempt_2026-11-30-10-00-00.txt",
        "Async_zuse_attempt_2026-11-30-10-00-00_01-basic-coroutine.rs",
    ]);
    let listing = class.listing();
    assert_eq!(class.names(), ["curiemarie", "hoppergrace", "lovelaceada", "zuse"]);
    assert_eq!(listing.others, ["README"]);
    let curie: Vec<usize> = texts(&listing, "curiemarie").iter().map(|(task, _)| *task).collect();
    assert_eq!(curie, [1, 2]);
    assert_eq!(texts(&listing, "hoppergrace").len(), 1);
    let zuse = texts(&listing, "zuse");
    assert!(zuse.len() == 1 && zuse[0].1.contains("01-basic-coroutine.rs"), "{zuse:?}");
    for name in class.names() {
        let submission = read(&listing, &name);
        assert!(submission.tasks.iter().all(|task| task.nearly.is_empty()), "{name}");
    }
    let notes = listing.notes.join("\n");
    assert!(
        notes.contains("every name is as in a bulk download of Canvas or Blackboard, so"),
        "{notes}"
    );
    assert!(
        notes.contains(": curiemarie for curiemarie_1236_567892_01-basic-coroutine.rs, z"),
        "{notes}"
    );
    assert!(notes.contains("zuse for Async_zuse_attempt_2026-11-30-10-00-00_01-b"), "{notes}");
    assert!(
        notes.contains("\nlate by Canvas' own mark: lovelaceada; days come from --late"),
        "{notes}"
    );
}

#[test]
fn both_names_of_a_student_are_understood() {
    let listing = class(&[
        "hoppergrace_1235_567891_handout.zip",
        "curiemarie_1236_567892_01-basic-coroutine.rs",
        "smithjohn_7_71_a.zip",
        "smithjohn_8_81_a.zip",
    ])
    .listing();
    let find = |called| listing.find(called).map_err(|error| error.to_string());
    for called in
        ["hoppergrace", "hoppergrace_1235_567891_handout", "hoppergrace_1235_567891_handout.zip"]
    {
        assert_eq!(find(called), Ok(Some("hoppergrace")));
    }
    assert_eq!(find("curiemarie_1236_567892_01-basic-coroutine.rs"), Ok(Some("curiemarie")));
    assert_eq!(find("smithjohn_7_71_a"), Ok(Some("smithjohn_7")));
    assert_eq!(find("nobody"), Ok(None));
    let why = find("smithjohn").unwrap_err();
    assert!(why.starts_with("`smithjohn` may be smithjohn_7 or smithjohn_8\n\n  next: "), "{why}");
    let notes = listing.notes.join("\n");
    assert!(notes.contains("so a number is added: smithjohn_7, smithjohn_8"), "{notes}");
}

#[test]
fn the_newest_attempt_counts_and_older_ones_are_named() {
    for (files, student, counts, older) in [
        (
            &["ada_1_10_handout.zip", "ada_1_11_handout-1.zip", "ben_2_12_x.zip"][..],
            "ada",
            "handout-1",
            "ada_1_10_handout.zip",
        ),
        // (the number behind the name says more than that of the file)
        (
            &["ada_1_19_handout-2.zip", "ada_1_11_handout-10.zip", "ben_2_12_x.zip"],
            "ada",
            "handout-10",
            "ada_1_19_handout-2.zip",
        ),
        (
            &["ada_1_20_handout.zip", "ada_1_11_handout.zip", "ben_2_12_x.zip"],
            "ada",
            "_20_",
            "ada_1_11_handout.zip",
        ),
        (
            &["ada_1_20_04-tasks.rs", "ada_1_21_04-tasks-1.rs"],
            "ada",
            "04-tasks-1",
            "ada_1_20_04-tasks.rs",
        ),
        (
            &[
                "A_zuse_attempt_2026-11-30-10-00-00_h.zip",
                "A_zuse_attempt_2026-11-30-09-59-59_i.zip",
                "A_zuse_attempt_2026-11-30-09-59-59.txt",
            ],
            "zuse",
            "10-00-00",
            "A_zuse_attempt_2026-11-30-09-59-59_i.zip",
        ),
    ] {
        let class = class(files);
        let listing = class.listing();
        let texts = texts(&listing, student);
        assert!(texts.len() == 1 && texts[0].1.contains(counts), "{texts:?}");
        let notes = listing.notes.join("\n");
        assert!(
            notes.contains(&format!("older ones were left alone: {student} ({older})")),
            "{notes}"
        );
        assert_eq!(listing.find(older).unwrap(), Some(student));
        assert!(listing.others.is_empty());
    }
    // the number of a task is none of Canvas' own
    let tasks = ["ada_1_10_task-1.rs", "ada_1_11_task-2.rs", "ada_1_12_task-4.rs"];
    let class = class(&tasks);
    let listing = class.listing();
    let numbers: Vec<usize> = texts(&listing, "ada").iter().map(|(task, _)| *task).collect();
    assert_eq!(numbers, [1, 2, 4]);
    assert_eq!(listing.notes.len(), 1, "{:?}", listing.notes);
}

#[test]
fn moodles_folders_and_files_give_the_students() {
    let class = class(&[
        "Ada Lovelace_123_assignsubmission_file_/",
        "Ada Lovelace_123_assignsubmission_onlinetext_/",
        "Grace Hopper_124_assignsubmission_file/",
        "Jose\u{301} Gil_125_assignsubmission_file_handout.zip",
        "Ann Smith_126_assignsubmission_file_/",
        "Ann Smith_127_assignsubmission_file_/",
    ]);
    let names = ["Ada Lovelace", "Ann Smith_126", "Ann Smith_127", "Grace Hopper", "Jos\u{e9} Gil"];
    assert_eq!(class.names(), names);
    let listing = class.listing();
    for name in names {
        assert_eq!(texts(&listing, name).len(), 1, "{name}");
    }
    assert!(texts(&listing, "Ada Lovelace")[0].1.contains("_file_"));
}

#[test]
fn blackboards_logins_begin_behind_what_all_names_have_in_common() {
    let date = "attempt_2026-11-30-10-00-00";
    for (heads, students) in [
        (&["Async_zuse", "Async_zoe"][..], &["zoe", "zuse"][..]),
        (&["Async_2_ada", "Async_2_ada_l"], &["ada", "ada_l"]),
        (&["My Async_al", "My Async_al_b"], &["al", "al_b"]),
    ] {
        let files: Vec<String> =
            heads.iter().map(|head| format!("{head}_{date}_04-tasks.rs")).collect();
        let class = class(&files.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(class.names(), students);
    }
    // nothing was handed in but a text, and nobody is lost
    let class = class(&[
        &format!("A_ada_{date}.txt"),
        &format!("A_zuse_{date}.txt"),
        &format!("A_zuse_{date}_04-tasks.rs"),
    ]);
    let listing = class.listing();
    assert_eq!(texts(&listing, "zuse").len(), 1);
    assert_refused(&read(&listing, "ada"), "no task's src/lib.rs was found");
}

#[test]
fn names_that_may_be_otherwise_meant_stay_as_they_are() {
    let plain = |file: &str| file.trim_end_matches('/').trim_end_matches(".zip").to_string();
    for files in [
        &["ann/", "hoppergrace_1235_567891_handout.zip"][..],
        &["hw_1_2_ann.zip", "hw_1_2_ben.zip"],
        &["hw_1_1_ann.zip", "hw_1_2_ben.zip", "hw_1_3_cem.zip"],
        &["ann_2026_11_30.zip", "ben_2026_11_30.zip"],
        &["ann_01_02_x.zip", "ben_03_04_x.zip"],
        &["ann_1_x.zip", "ben_2_x.zip"],
        &["a_attempt_2.zip", "b_attempt_2026-11-30.zip"],
        &["_1_2_x.zip", "__1_2.zip"],
        &["ann_123_file/", "ben_124_file/"],
        &["A_ann_attempt_2026-11-30-10-00-00_x.zip", "B_ben_attempt_2026-11-30-10-00-00_x.zip"],
        &["part_1_11_one.zip", "part_1_12_two.zip"],
        &["Ann_1_assignsubmission_file_/", "Ben_1_assignsubmission_file_/"],
    ] {
        let class = class(files);
        let mut names: Vec<String> = files.iter().map(|file| plain(file)).collect();
        names.sort();
        assert_eq!(class.names(), names);
        let notes = class.listing().notes;
        assert!(
            notes.iter().all(|note| note.ends_with(": every name was left as it is")),
            "{notes:?}"
        );
    }
    // said where a part of it looks like a download
    let notes = class(&["ann/", "hoppergrace_1235_567891_handout.zip"]).listing().notes;
    let says = "`hoppergrace_1235_567891_handout.zip` looks like a name in a bulk download of Canvas, but `ann` does not: every name was left as it is";
    assert_eq!(notes, [says]);
    assert!(class(&["ann/", "ben.zip"]).listing().notes.is_empty());
}

#[test]
fn several_files_of_a_student_are_one_submission_and_keep_its_rules() {
    let class = Class::new();
    class.write("ada_1_10_01-basic-coroutine (1).rs", TEXT);
    class.write("ada_1_11_report.pdf", b"%PDF");
    class.write("ben_2_12_handout.zip", &pack::zip(&[("tasks.rs", TEXT)]));
    class.write("ben_2_13_report.pdf", b"%PDF");
    class.write("cem_3_14_one.zip", &pack::zip(&[("tasks.rs", TEXT)]));
    class.write("cem_3_15_two.zip", &pack::zip(&[("tasks.rs", TEXT)]));
    class.write("dora_4_16_report.pdf", b"%PDF");
    class.write("emil_5_17_04-tasks.rs", b"\xff");
    let listing = class.listing();
    assert_eq!(class.names(), ["ada", "ben", "cem", "dora", "emil"]);
    let ada = read(&listing, "ada");
    assert_eq!(text(&ada.tasks[0], "src/lib.rs").unwrap().as_bytes(), TEXT);
    let says = "01-basic-coroutine (1).rs was taken for task 1. It is named like a copy: ";
    assert!(ada.tasks[0].notes[0].starts_with(says), "{:?}", ada.tasks[0].notes);
    assert_eq!(texts(&listing, "ben"), [(4, "// a solution\n".into())]);
    assert_refused(&read(&listing, "cem"), "is an archive inside of it");
    assert_refused(&read(&listing, "dora"), "no task's src/lib.rs was found");
    let emil = read(&listing, "emil");
    assert!(emil.tasks[3].refused.as_deref().unwrap().starts_with("04-tasks.rs is not UTF-8"));
}

#[cfg(target_os = "linux")]
#[test]
fn hostile_names_of_a_download_are_safe() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    let class = Class::new();
    class.write("elsewhere/04-tasks.rs", TEXT);
    let folder = class.at("in");
    std::fs::create_dir(&folder).unwrap();
    for name in [
        b"a\x1b[31m_1_10_04-tasks.rs".as_slice(),
        b"b\xff_2_11_04-tasks.rs",
        b"x.._3_12_..\\04-tasks.rs",
    ] {
        std::fs::write(folder.join(OsStr::from_bytes(name)), TEXT).unwrap();
    }
    symlink(class.at("elsewhere/04-tasks.rs"), folder.join("c_4_13_04-tasks.rs")).unwrap();
    let long = format!("{}_5_14_04-tasks.rs", "x".repeat(230));
    std::fs::write(folder.join(&long), TEXT).unwrap();
    let listing = instructor::class::intake::entries(&folder).unwrap();
    for entry in &listing.entries {
        assert!(!entry.name().contains(|c: char| c.is_control()), "{entry:?}");
        let submission = entry.read(&Bounds::default(), &STUBS);
        let is_taken = submission.tasks.iter().any(|task| !task.files.is_empty());
        assert_eq!(is_taken, !["c", "x.."].contains(&entry.name()), "{entry:?}");
    }
    assert_eq!(listing.entries.len(), 5);
    class::assert_refused(&read(&listing, "c"), "is a symbolic link");
}
