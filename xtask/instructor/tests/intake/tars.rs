//! Submissions that are a `.tar` or `.tar.gz` of a kind that nobody should hand in.

use instructor::class::intake::{Bounds, Submission};
use tar::EntryType;

use crate::class::{Class, LIB, archive, assert_first_refused, assert_refused, first, text};
use crate::pack::{self, gzip, noise};

/// A submission with these members, and a right first and fourth task before them.
fn with(members: &[(&[u8], EntryType, &[u8])]) -> Submission {
    let right = [
        (LIB.as_bytes(), EntryType::Regular, b"1".as_slice()),
        (b"tasks.rs", EntryType::Regular, b"4"),
    ];
    archive("ann.tar.gz", &gzip(&pack::tar_of(&[&right, members].concat())))
}

#[test]
fn a_path_that_leads_out_refuses_the_submission() {
    for path in [
        "../evil.rs",
        "a/../../evil.rs",
        "/etc/cron.d/evil",
        "C:\\evil.rs",
        "..\\evil.rs",
        ".git/../../x",
    ] {
        for kind in [EntryType::Regular, EntryType::Directory, EntryType::Symlink] {
            assert_refused(&with(&[(path.as_bytes(), kind, b"")]), "leads out of the archive");
        }
    }
}

#[test]
fn whatever_is_no_regular_file_is_refused_where_it_matters_and_ignored_elsewhere() {
    for (kind, says) in [
        (EntryType::Symlink, "is a symbolic link"),
        (EntryType::Link, "is a link to another file"),
        (EntryType::Fifo, "is not a regular file"),
        (EntryType::Char, "is not a regular file"),
        (EntryType::Block, "is not a regular file"),
        (EntryType::new(b'?'), "is not a regular file"),
    ] {
        let source = format!("{}inner/a.rs", LIB.strip_suffix("lib.rs").unwrap());
        let submission = with(&[(source.as_bytes(), kind, b"")]);
        assert_first_refused(&submission, says);
        assert_eq!(text(&submission.tasks[3], "src/lib.rs"), Some("4"));
        let way = "hw/basic-coroutine/src";
        assert_first_refused(&with(&[(way.as_bytes(), kind, b"")]), says);
        let submission = with(&[(b"docs", kind, b"")]);
        assert_eq!(text(first(&submission), "src/lib.rs"), Some("1"));
    }
}

#[test]
fn a_path_with_a_slash_at_its_end_is_a_folder_whatever_its_type_says() {
    let folder = b"crates/01-basic-coroutine/src/a.rs/".as_slice();
    let submission = with(&[(folder, EntryType::Regular, b"")]);
    assert_eq!(first(&submission).files.len(), 1);
}

#[test]
fn a_path_that_is_there_twice_refuses_the_submission() {
    let again = with(&[(b"./tasks.rs", EntryType::Regular, b"5")]);
    assert_refused(&again, "tasks.rs is twice in the archive");
}

#[test]
fn a_name_that_is_not_utf_8_does_no_harm() {
    let submission = with(&[
        (b"h\xff/x\x1b.txt", EntryType::Regular, b""),
        (b"crates/01-basic-coroutine/src/\xff.rs", EntryType::Regular, b""),
        (b"h\xff/02-concurrent-coroutines.rs", EntryType::Regular, b"2"),
    ]);
    assert_eq!(text(&submission.tasks[1], "src/lib.rs"), Some("2"));
    let note = "src/\\xff.rs was left out: its name has characters that are not taken";
    assert_eq!(first(&submission).notes, [note]);
}

#[test]
fn a_bomb_is_refused_before_it_has_gone_off() {
    let zeros = vec![0; 4 << 20];
    let bomb = gzip(&pack::tar(&[(LIB, b"1"), ("zeros", &zeros)]));
    assert_refused(&archive("ann.tgz", &bomb), "more than 200 times as large");
    // zeros at its end, where no member is
    let tail = gzip(&[pack::tar(&[(LIB, b"1")]), zeros].concat());
    assert_refused(&archive("ann.tgz", &tail), "more than 200 times as large");
}

#[test]
fn more_than_the_limit_is_not_unpacked_whatever_the_ratio() {
    let class = Class::new();
    class.write("ann.tgz", &gzip(&pack::tar(&[(LIB, b"1"), ("noise", &noise(100 << 10))])));
    let bounds = Bounds { archive_bytes: 100 << 10, ..Bounds::default() };
    assert_refused(&class.read(&bounds), "more than 100 KiB come out of the archive");
    let bounds = Bounds { archive_bytes: 120 << 10, ..bounds };
    assert_eq!(text(first(&class.read(&bounds)), "src/lib.rs"), Some("1"));
}

#[test]
fn an_archive_that_is_cut_off_is_refused_wherever_it_is_cut() {
    let tar = pack::tar(&[(LIB, &noise(700)), ("tasks.rs", b"4")]);
    let packed = gzip(&tar);
    assert_eq!(archive("ann.tar", &tar).refused, None);
    assert_eq!(archive("ann.tgz", &packed).refused, None);
    for length in [0, 1, 100, 512, 600, 1024, 1536, 1700, 2048, 2049] {
        assert_refused(&archive("ann.tar", &tar[..length]), "broken or cut off");
    }
    for length in [0, 1, 20, packed.len() / 2, packed.len() - 8, packed.len() - 1] {
        assert_refused(&archive("ann.tgz", &packed[..length]), "broken or cut off");
    }
    let mut wrong = packed;
    let checksum = wrong.len() - 8;
    wrong[checksum] ^= 1;
    assert_refused(&archive("ann.tgz", &wrong), "broken or cut off");
    assert_refused(&archive("ann.tgz", &noise(5000)), "broken or cut off");
    assert_refused(&archive("ann.tar", &noise(5000)), "broken or cut off");
}

#[test]
fn a_file_that_says_to_be_huge_costs_nothing() {
    let mut header = tar::Header::new_gnu();
    header.set_path(LIB).unwrap();
    header.set_size(1 << 60);
    header.set_cksum();
    let lying = [header.as_bytes().as_slice(), &[b'x'; 1024]].concat();
    assert_refused(&archive("ann.tar", &lying), "broken or cut off");
}

#[test]
fn a_longer_path_than_fits_a_header_is_read_up_to_a_limit() {
    let with_a_name_of = |length: usize| {
        let mut tar = tar::Builder::new(Vec::new());
        for name in ["lib", &"m".repeat(length)] {
            let path = format!("crates/01-basic-coroutine/src/{name}.rs");
            let mut header = tar::Header::new_gnu();
            header.set_size(1);
            tar.append_data(&mut header, path, b"1".as_slice()).unwrap();
        }
        archive("ann.tar", &tar.into_inner().unwrap())
    };
    assert_eq!(first(&with_a_name_of(150)).files.len(), 2);
    assert_refused(&with_a_name_of(100_000), "a path in it is 100033 bytes long");
}

#[test]
fn what_git_and_others_say_of_an_archive_is_no_member() {
    let mut tar = tar::Builder::new(Vec::new());
    let mut global = tar::Header::new_ustar();
    global.set_entry_type(EntryType::XGlobalHeader);
    global.set_path("pax_global_header").unwrap();
    let comment = b"52 comment=0123456789012345678901234567890123456789\n";
    global.set_size(comment.len() as u64);
    global.set_cksum();
    // of two archives made one
    tar.append(&global, comment.as_slice()).unwrap();
    tar.append(&global, comment.as_slice()).unwrap();
    let mut pax = tar::Header::new_ustar();
    pax.set_size(1);
    tar.append_pax_extensions([("path", b"hw/tasks.rs".as_slice())]).unwrap();
    tar.append_data(&mut pax, "shortened", b"4".as_slice()).unwrap();
    let submission = archive("ann.tar", &tar.into_inner().unwrap());
    assert_eq!(text(&submission.tasks[3], "src/lib.rs"), Some("4"));
}
