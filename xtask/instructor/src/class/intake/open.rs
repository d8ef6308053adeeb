//! Opens a file that somebody else may have put there. It never follows a link, and opens only regular files.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Opens a regular file.
///
/// # Errors
/// If something else is there, even a link to a file.
pub fn regular(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    in_no_way_but_this(&mut options);
    let file = options.open(path)?;
    // of the opened file, not of the file that is now at its path
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    Ok(file)
}

/// Sets the options: don't follow links, don't wait for a pipe, don't take over a terminal.
#[cfg(unix)]
fn in_no_way_but_this(options: &mut OpenOptions) {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;

    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    options.custom_flags(flags.bits() as i32);
}

/// Sets the option to open a link itself. A link is not a regular file.
#[cfg(windows)]
fn in_no_way_but_this(options: &mut OpenOptions) {
    use std::os::windows::fs::OpenOptionsExt;

    const FILE_FLAG_OPEN_REPARSE_POINT: u32 = 0x0020_0000;
    options.custom_flags(FILE_FLAG_OPEN_REPARSE_POINT);
}

#[cfg(not(any(unix, windows)))]
fn in_no_way_but_this(_: &mut OpenOptions) {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn only_a_regular_file_is_opened_and_nothing_is_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        std::fs::write(at("file"), "").unwrap();
        std::os::unix::fs::symlink("file", at("link")).unwrap();
        rustix::fs::mkfifoat(rustix::fs::CWD, at("pipe"), rustix::fs::Mode::RWXU).unwrap();

        assert!(regular(&at("file")).is_ok());
        assert!(regular(&at("link")).is_err());
        for other in [&at("pipe"), dir.path(), Path::new("/dev/null")] {
            let error = regular(other).unwrap_err().to_string();
            assert_eq!(error, "it is not a regular file", "{}", other.display());
        }
    }
}
