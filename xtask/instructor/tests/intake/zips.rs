//! Submissions that are a `.zip` of a kind that nobody should hand in.

use std::io::{Cursor, Write};

use instructor::class::intake::{Bounds, Submission};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::class::{Class, File, LIB, archive, assert_first_refused, assert_refused, first, text};
use crate::pack::{self, listed, noise, patched};

fn zip(files: &[File]) -> Submission {
    archive("ann.zip", &pack::zip(files))
}

#[test]
fn a_path_that_leads_out_refuses_the_submission() {
    for path in
        ["../evil.rs", "a/../../evil.rs", "/etc/evil", "C:\\evil.rs", "..\\evil.rs", "C:evil"]
    {
        // as long as the path, so that it can be put in its place
        let place = "x".repeat(path.len());
        let packed = pack::zip(&[(LIB, b"1"), (&place, b"")]);
        let packed = patched(packed, place.as_bytes(), path.as_bytes());
        assert_refused(&archive("ann.zip", &packed), "leads out of the archive");
    }
}

#[test]
fn paths_with_the_separator_of_windows_are_understood() {
    let packed = pack::zip(&[("crates/tasks/src/lib.rs", b"4")]);
    let packed = patched(packed, b"crates/tasks/src/lib.rs", b"crates\\tasks\\src\\lib.rs");
    assert_eq!(text(&archive("ann.zip", &packed).tasks[3], "src/lib.rs"), Some("4"));
}

#[test]
fn a_link_or_a_device_refuses_its_task_and_no_other() {
    let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
    packed.add_symlink(LIB, "/etc/passwd", SimpleFileOptions::default()).unwrap();
    packed.add_symlink("docs", "/", SimpleFileOptions::default()).unwrap();
    packed.start_file("tasks.rs", SimpleFileOptions::default()).unwrap();
    packed.write_all(b"4").unwrap();
    let submission = archive("ann.zip", &packed.finish().unwrap().into_inner());
    assert_first_refused(&submission, "src/lib.rs is a symbolic link");
    assert_eq!(text(&submission.tasks[3], "src/lib.rs"), Some("4"));

    let fifo = (0o010_644_u32 << 16).to_le_bytes();
    let packed = listed(pack::zip(&[(LIB, b"1"), ("tasks.rs", b"4")]), 38, &fifo);
    assert_first_refused(&archive("ann.zip", &packed), "src/lib.rs is not a regular file");
}

#[test]
fn a_path_that_is_there_twice_refuses_the_submission() {
    let packed = pack::zip(&[("tasks.rs", b"4"), ("xasks.rs", b"5")]);
    let packed = patched(packed, b"xasks.rs", b"tasks.rs");
    assert_refused(&archive("ann.zip", &packed), "twice in the archive");
    let packed = pack::zip(&[("a/tasks.rs", b"4"), ("a//xasks.rs", b"5")]);
    let packed = patched(packed, b"a//xasks.rs", b"a//tasks.rs");
    assert_refused(&archive("ann.zip", &packed), "a/tasks.rs is twice in the archive");
}

#[test]
fn a_name_that_is_not_utf_8_does_no_harm() {
    let packed = pack::zip(&[("hyx/tasks.rs", b"4"), ("tasks/src/xyz.rs", b"")]);
    let packed = patched(packed, b"hyx/", b"h\xffx/");
    let packed = patched(packed, b"xyz", b"x\xfez");
    let submission = archive("ann.zip", &packed);
    let taken = &submission.tasks[3];
    assert_eq!(text(taken, "src/lib.rs"), Some("4"));
}

#[test]
fn one_that_is_encrypted_is_refused() {
    let packed = pack::zip(&[(LIB, b"1")]);
    let flags = packed.windows(4).position(|four| four == b"PK\x01\x02").unwrap() + 8;
    let encrypted = listed(packed.clone(), 8, &[packed[flags] | 1]);
    assert_refused(&archive("ann.zip", &encrypted), "it is encrypted");
}

#[test]
fn one_that_lies_about_a_size_is_refused() {
    let source = vec![b'x'; 5000];
    for stated in [1_u32, 4999, 5001, u32::MAX - 1] {
        let packed = listed(pack::zip(&[(LIB, &source)]), 24, &stated.to_le_bytes());
        let submission = archive("ann.zip", &packed);
        assert!(submission.refused.is_some(), "{stated}");
    }
    for stated in [1_u32, 100_000] {
        let packed = listed(pack::zip(&[(LIB, &source)]), 20, &stated.to_le_bytes());
        assert!(archive("ann.zip", &packed).refused.is_some(), "{stated}");
    }
}

#[test]
fn a_bomb_is_never_unpacked() {
    let zeros = vec![0; 4 << 20];
    assert_first_refused(&zip(&[(LIB, &zeros)]), "src/lib.rs is larger than 256 KiB");
    assert_eq!(text(first(&zip(&[(LIB, b"1"), ("zeros", &zeros)])), "src/lib.rs"), Some("1"));
}

#[test]
fn sources_that_pack_too_well_are_refused() {
    let blank = vec![b' '; 200 << 10];
    let names: Vec<String> = (0..6).map(|n| format!("crates/04-tasks/src/{n}.rs")).collect();
    let files: Vec<File> = names.iter().map(|name| (name.as_str(), blank.as_slice())).collect();
    assert_refused(&zip(&files), "more than 200 times as large");
}

#[test]
fn an_archive_that_is_broken_or_cut_off_is_refused() {
    let packed = pack::zip(&[(LIB, &[b'x'; 5000]), ("tasks.rs", b"4")]);
    for length in [0, 1, 50, packed.len() / 2, packed.len() - 1] {
        assert_refused(&archive("ann.zip", &packed[..length]), "it can't be unpacked");
    }
    assert_refused(&archive("ann.zip", &noise(100_000)), "it can't be unpacked");
    // what is packed, of which the checksum tells
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut broken = ZipWriter::new(Cursor::new(Vec::new()));
    broken.start_file(LIB, stored).unwrap();
    broken.write_all(b"right").unwrap();
    let broken = patched(broken.finish().unwrap().into_inner(), b"right", b"wrong");
    assert_refused(&archive("ann.zip", &broken), "it can't be unpacked");
}

#[test]
fn one_packed_in_an_unusual_way_is_refused_and_the_way_out_is_said() {
    // 12 is bzip2, both in the list and before the file
    let packed = listed(pack::zip(&[(LIB, &[b'x'; 5000])]), 10, &[12, 0]);
    assert_refused(&archive("ann.zip", &packed), "pack it again as .zip or .tar.gz");
}

#[test]
fn a_list_that_says_to_be_huge_is_not_read() {
    let names: Vec<String> = (0..10_001).map(|number| format!("{number}")).collect();
    let files: Vec<File> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    assert_refused(&zip(&files), "more than 10000 files and folders");
    // and their starts are not looked at
    let class = Class::new();
    class.write("ann.zip", &pack::zip(&files[..3500]));
    let bounds = Bounds { archive_entries: 10, ..Bounds::default() };
    assert_refused(&class.read(&bounds), "more than 10 files and folders");
    let names: Vec<String> = (0..100).map(|number| format!("{number:0>60000}")).collect();
    let files: Vec<File> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    assert_refused(&zip(&files), "the list of what is in it is longer than");
}

#[test]
fn members_that_share_bytes_are_refused() {
    let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
    packed.start_file(LIB, SimpleFileOptions::default()).unwrap();
    packed.write_all(b"1").unwrap();
    packed.shallow_copy_file(LIB, "tasks.rs").unwrap();
    let packed = packed.finish().unwrap().into_inner();
    assert_refused(&archive("ann.zip", &packed), "share bytes");
}
