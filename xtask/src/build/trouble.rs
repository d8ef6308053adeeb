//! Says in one plain sentence why cargo can't build: no linker, no network, an old toolchain, no disk space.
//!
//! cargo's own words stay on the screen. The sentence comes last, where it is read, and says what to install or to do.
//! `xtask/start` also contains this file, and any toolchain from Rust 1.63 on must compile it. So it uses no library, and no
//! newer feature.

use std::path::Path;

/// The reason why cargo could not build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    NoLinker,
    OldToolchain,
    /// cargo was told to stay offline.
    Offline,
    NoNetwork,
    DiskFull,
    ReadOnly,
    /// The folder can be written to, but no program in it may be started.
    NoExec,
    NoPermission,
    /// The compiler was killed from outside, as a system that runs out of memory does.
    Killed,
}

/// What to do about a trouble.
#[derive(Debug)]
pub struct Advice {
    /// What is wrong.
    pub sentence: String,
    /// What to install, or to do.
    pub next: String,
}

/// How each trouble is recognised: phrases of cargo, rustc and the operating system that stand together in one line. The
/// first row that fits decides, so causes come before their consequences.
const SIGNS: [(Trouble, &[&str]); 32] = [
    (Trouble::DiskFull, &["No space left on device"]),
    (Trouble::DiskFull, &["database or disk is full"]),
    (Trouble::DiskFull, &["not enough space on the disk"]),
    (Trouble::DiskFull, &["Disk quota exceeded"]),
    (Trouble::ReadOnly, &["Read-only file system"]),
    (Trouble::NoLinker, &["linker `", "` not found"]),
    (Trouble::NoLinker, &["could not exec the linker"]),
    (Trouble::NoLinker, &["xcrun: error: invalid active developer path"]),
    (Trouble::NoLinker, &["no developer tools were found"]),
    (Trouble::OldToolchain, &["is not supported by the following package"]),
    (Trouble::OldToolchain, &["cannot be built because it requires rustc"]),
    (Trouble::OldToolchain, &["feature `", "` is required"]),
    (Trouble::OldToolchain, &["lock file version", "requires `-Znext-lockfile-bump`"]),
    (Trouble::OldToolchain, &["this version of Cargo is older than"]),
    (Trouble::OldToolchain, &["failed to parse the `edition` key"]),
    (Trouble::OldToolchain, &["unsupported value `\"3\"` for workspace.resolver"]),
    (Trouble::Offline, &["--offline was specified"]),
    (Trouble::Offline, &["you're using offline mode"]),
    (Trouble::Offline, &["you are in the offline mode"]),
    (Trouble::NoNetwork, &["Could not resolve host"]),
    (Trouble::NoNetwork, &["Couldn't resolve host"]),
    (Trouble::NoNetwork, &["Could not connect to server"]),
    (Trouble::NoNetwork, &["Couldn't connect to server"]),
    (Trouble::NoNetwork, &["Timeout was reached"]),
    (Trouble::NoNetwork, &["SSL connect error"]),
    (Trouble::NoNetwork, &["failed to download from `http"]),
    (Trouble::NoNetwork, &["failed to resolve address for"]),
    (Trouble::NoExec, &["could not execute process `", "build-script-build`", "(never executed)"]),
    (Trouble::NoExec, &["cannot start the commands", "Permission denied"]),
    (Trouble::NoPermission, &["Permission denied (os error 13)"]),
    (Trouble::NoPermission, &["Access is denied. (os error 5)"]),
    (Trouble::Killed, &["(signal: 9, SIGKILL: kill)"]),
];

impl Trouble {
    /// The trouble that `output`, the output of a failed cargo, reports. `None`, if it is not a known one.
    pub fn of_output(output: &str) -> Option<Self> {
        let has = |signs: &[&str]| {
            output.lines().any(|line| signs.iter().all(|sign| line.contains(sign)))
        };
        SIGNS.iter().find(|(_, signs)| has(signs)).map(|(trouble, _)| *trouble)
    }

    /// What to do about it. `root` is the folder of the course, and `output` is what cargo wrote.
    pub fn advice(self, root: &Path, output: &str) -> Advice {
        let target = root.join("target").display().to_string();
        let folder = folder_in(output).unwrap_or_else(|| target.clone());
        let (sentence, next) = match self {
            Self::NoLinker => (
                "Rust needs a linker to build programs, and this machine has none".into(),
                install_a_linker().into(),
            ),
            Self::OldToolchain => (
                format!("this Rust toolchain is too old: the course needs Rust {} or newer", oldest(root)),
                "rustup update (is there no rustup, because Rust came with your system? Install it from https://rustup.rs)".into(),
            ),
            Self::Offline => (
                "the first build downloads the libraries that the course uses, and cargo was told to stay offline".into(),
                "unset CARGO_NET_OFFLINE (or `offline` in ~/.cargo/config.toml), connect once, and try again; afterwards the course works offline".into(),
            ),
            Self::NoNetwork => (
                "the first build downloads the libraries that the course uses, and the network can't be reached".into(),
                "connect once, and try again; afterwards the course works offline. Behind a proxy, set HTTPS_PROXY=http://HOST:PORT first".into(),
            ),
            Self::DiskFull => (
                format!("the disk is full: the course builds in {target}, which takes {DISK}, and cargo keeps what it downloads in its home (~/.cargo)"),
                "free some space (`cargo clean` in other Rust projects helps), or move the course to another disk".into(),
            ),
            Self::ReadOnly => (
                format!("{folder} can't be written to: it is on a read-only file system"),
                "copy the course to a folder of your own, and try again there".into(),
            ),
            Self::NoExec => (
                format!("programs can't be started from {target}: its file system is mounted with `noexec`, or a security program forbids it"),
                "move the course to a folder from which you can start programs, such as your home folder".into(),
            ),
            Self::NoPermission => (
                format!("{folder} can't be written to: it belongs to another user, perhaps because `sudo cargo` was run once"),
                format!("make it yours (sudo chown -R \"$USER\" '{folder}'), or copy the course to a folder of your own"),
            ),
            Self::Killed => (
                format!("the compiler was killed, most likely because memory ran out; the first build needs {MEMORY}"),
                "close other programs, then build one piece at a time: CARGO_BUILD_JOBS=1 cargo xtask".into(),
            ),
        };
        Advice { sentence, next }
    }
}

/// The disk space of the course's `target` folder after the first check, rounded up.
pub const DISK: &str = "about 500 MB";

/// The memory that the first build needs on a machine with two processors, rounded up.
pub const MEMORY: &str = "about 1 GB";

/// What to install on this system.
fn install_a_linker() -> &'static str {
    if cfg!(target_os = "macos") {
        "xcode-select --install"
    } else if cfg!(windows) {
        "install the Visual Studio Build Tools with \"Desktop development with C++\" (https://visualstudio.microsoft.com/downloads/)"
    } else {
        "install a C compiler, which brings one. Debian, Ubuntu: sudo apt install build-essential · Fedora: sudo dnf install gcc · Arch: sudo pacman -S base-devel"
    }
}

/// The oldest toolchain that the commands can be built with, as their manifest says.
fn oldest(root: &Path) -> String {
    let manifest = std::fs::read_to_string(root.join("xtask/Cargo.toml")).unwrap_or_default();
    let version = manifest.lines().find_map(|line| line.strip_prefix("rust-version = "));
    version.unwrap_or("\"as in xtask/Cargo.toml\"").trim_matches('"').to_string()
}

/// The first path in what cargo said: the file or folder that it could not write.
fn folder_in(output: &str) -> Option<String> {
    let quoted = output.split('`').skip(1).step_by(2);
    let path =
        quoted.into_iter().find(|text| Path::new(text).is_absolute() && !text.contains('\n'))?;
    Some(path.to_string())
}

/// A text without colours.
pub fn plain(text: &str) -> String {
    let mut pieces = text.split('\x1b');
    let mut plain = pieces.next().unwrap_or_default().to_string();
    for piece in pieces {
        plain.push_str(piece.split_once('m').map_or(piece, |(_, rest)| rest));
    }
    plain
}

// `xtask/start` loads this file by its path, and without this line it would look for the tests in another folder
#[cfg(test)]
#[path = "trouble/tests.rs"]
mod tests;
