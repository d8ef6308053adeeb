//! Tests with what cargo really says.

use super::*;

/// What cargo really said (1.95, where no other is named); how it was provoked stands above each. Of the compiler's
/// long command lines only the ends are kept.
const REAL: [(Trouble, &str); 17] = [
    // a PATH without `cc`
    (
        Trouble::NoLinker,
        r#"error: linker `cc` not found
  |
  = note: No such file or directory (os error 2)

error: could not compile `quote` (build script) due to 1 previous error
error: could not compile `proc-macro2` (build script) due to 1 previous error"#,
    ),
    // macOS without its developer tools (from a report, not provoked here)
    (
        Trouble::NoLinker,
        r#"error: linking with `cc` failed: exit status: 1
  = note: xcrun: error: invalid active developer path (/Library/Developer/CommandLineTools), missing xcrun at: /Library/Developer/CommandLineTools/usr/bin/xcrun
error: could not compile `proc-macro2` (build script) due to 1 previous error"#,
    ),
    // Windows without the build tools (rustc's own text, not provoked here)
    (
        Trouble::NoLinker,
        r#"error: linker `link.exe` not found
  |
  = note: program not found

note: the msvc targets depend on the msvc linker but `link.exe` was not found"#,
    ),
    // `rust-version` raised to 1.99 in a copy
    (
        Trouble::OldToolchain,
        r#"error: rustc 1.95.0 is not supported by the following packages:
  checker@0.1.0 requires rustc 1.99
  kit@0.1.0 requires rustc 1.99
  xtask@0.1.0 requires rustc 1.99
  xtask@0.1.0 requires rustc 1.99"#,
    ),
    // cargo 1.65 of Debian 12
    (
        Trouble::OldToolchain,
        r#"error: failed to parse manifest at `/home/ann/course/xtask/Cargo.toml`

Caused by:
  failed to parse the `edition` key

Caused by:
  this version of Cargo is older than the `2024` edition, and only supports `2015`, `2018`, and `2021` editions."#,
    ),
    // CARGO_NET_OFFLINE=true and an empty CARGO_HOME
    (
        Trouble::Offline,
        r#"error: no matching package named `anyhow` found
location searched: crates.io index
required by package `instructor v0.1.0 (/home/ann/course/xtask/instructor)`
As a reminder, you're using offline mode (--offline) which can sometimes cause surprising resolution failures, if this error is too confusing you may wish to retry without `--offline`."#,
    ),
    // the same, with an index
    (
        Trouble::Offline,
        r#"error: failed to download `allocator-api2 v0.2.21`

Caused by:
  attempting to make an HTTP request, but --offline was specified"#,
    ),
    // `unshare -n`
    (
        Trouble::NoNetwork,
        r#"error: failed to get `anstyle-svg` as a dependency of package `instructor v0.1.0 (/home/ann/course/xtask/instructor)`

Caused by:
  download of config.json failed

Caused by:
  failed to download from `https://index.crates.io/config.json`

Caused by:
  [6] Could not resolve hostname (Could not resolve host: index.crates.io)"#,
    ),
    // the same, with an index
    (
        Trouble::NoNetwork,
        r#"error: failed to download from `https://static.crates.io/crates/clap_derive/4.6.7/download`

Caused by:
  [6] Could not resolve hostname (Could not resolve host: index.crates.io)"#,
    ),
    // a proxy that is not there
    (
        Trouble::NoNetwork,
        r#"error: failed to get `anstyle-svg` as a dependency of package `instructor v0.1.0 (/home/ann/course/xtask/instructor)`

Caused by:
  download of config.json failed

Caused by:
  failed to download from `https://index.crates.io/config.json`

Caused by:
  [7] Could not connect to server (Failed to connect to 127.0.0.1 port 9 after 0 ms: Could not connect to server)"#,
    ),
    // a target folder of 3 MB
    (
        Trouble::DiskFull,
        r#"rustc-LLVM ERROR: IO failure on output stream: No space left on device
rustc-LLVM ERROR: IO failure on output stream: No space left on device
error: could not compile `proc-macro2` (lib)

Caused by:
  No space left on device (os error 28)

Caused by:
  failed to parse process output: `/home/ann/.rustup/toolchains/stable-x86_64-unknown-linux-gnu/bin/rustc --crate-name …` (exit status: 101)
error: could not compile `libc` (build script)

Caused by:
  No space left on device (os error 28)

Caused by:
  failed to parse process output: `/home/ann/.rustup/toolchains/stable-x86_64-unknown-linux-gnu/bin/rustc --crate-name …` (exit status: 101)"#,
    ),
    // a CARGO_HOME of 1 MB
    (
        Trouble::DiskFull,
        r#"database or disk is full

Caused by:
  Error code 13: database or disk is full
error: No space left on device (os error 28)"#,
    ),
    // a read-only target folder
    (
        Trouble::ReadOnly,
        r#"error: failed to create directory `/home/ann/course/target/debug`

Caused by:
  Read-only file system (os error 30)"#,
    ),
    // a read-only CARGO_HOME
    (
        Trouble::ReadOnly,
        r#"error: failed to create directory `/home/ann/.cargo/registry/cache/index.crates.io-1949cf8c6b5b557f`

Caused by:
  Read-only file system (os error 30)"#,
    ),
    // a target folder mounted with `noexec`
    (
        Trouble::NoExec,
        r#"error: failed to run custom build command for `anyhow v1.0.104`
note: To improve backtraces for build dependencies, set the CARGO_PROFILE_DEV_BUILD_OVERRIDE_DEBUG=true environment variable to enable debug information generation.

Caused by:
  could not execute process `/home/ann/course/target/debug/build/anyhow-c54aafc1a2cdc3b3/build-script-build` (never executed)

Caused by:
  Permission denied (os error 13)"#,
    ),
    // a target folder of another user
    (
        Trouble::NoPermission,
        r#"error: failed to create directory `/home/ann/course/target/debug`

Caused by:
  Permission denied (os error 13)"#,
    ),
    // a compiler killed by hand
    (
        Trouble::Killed,
        r#"error: could not compile `proc-macro2` (build script)

Caused by:
  process didn't exit successfully: `/home/ann/.rustup/toolchains/stable-x86_64-unknown-linux-gnu/bin/rustc --crate-name …` (signal: 9, SIGKILL: kill) (signal: 9, SIGKILL: kill)"#,
    ),
];

#[test]
fn what_cargo_says_is_recognised() {
    for (trouble, output) in REAL {
        assert_eq!(Trouble::of_output(output), Some(trouble), "{output}");
    }
}

#[test]
fn what_a_student_wrote_is_not_taken_for_trouble_of_the_machine() {
    for output in [
        "error[E0433]: failed to resolve: use of undeclared crate `link`",
        "error: the linker of my tasks was not found\n`cc`",
        "warning: unused variable: `offline`\n",
        "error: could not compile `xtask` (bin \"xtask\") due to 1 previous error",
        "",
    ] {
        assert_eq!(Trouble::of_output(output), None, "{output}");
    }
}

#[test]
fn the_advice_names_the_folder_and_what_to_do() {
    // this file is part of two packages
    let mut above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let root = above.find(|folder| folder.join("xtask/Cargo.toml").is_file()).unwrap();
    let advice = |trouble: Trouble| {
        let (_, output) = REAL.iter().find(|(own, _)| *own == trouble).unwrap();
        let Advice { sentence, next } = trouble.advice(root, output);
        format!("{sentence}\n{next}")
    };
    for (trouble, words) in [
        (Trouble::OldToolchain, "rustup update"),
        (Trouble::Offline, "CARGO_NET_OFFLINE"),
        (Trouble::NoNetwork, "HTTPS_PROXY"),
        (Trouble::ReadOnly, "/home/ann/course/target/debug"),
        (Trouble::NoPermission, "sudo chown -R \"$USER\" '/home/ann/course/target/debug'"),
        (Trouble::NoExec, "noexec"),
        (Trouble::Killed, "CARGO_BUILD_JOBS=1"),
    ] {
        let advice = advice(trouble);
        assert!(advice.contains(words), "{words:?} not in: {advice}");
    }
    let target = root.join("target").display().to_string();
    assert!(advice(Trouble::DiskFull).contains(&target));
    let manifest = std::fs::read_to_string(root.join("xtask/Cargo.toml")).unwrap();
    let needed = oldest(root);
    assert!(manifest.contains(&format!("\nrust-version = \"{needed}\"\n")), "{needed}");
    assert!(advice(Trouble::OldToolchain).contains(&format!("Rust {needed} or newer")));
    #[cfg(target_os = "linux")]
    for command in ["apt install build-essential", "dnf install gcc", "pacman -S base-devel"] {
        assert!(advice(Trouble::NoLinker).contains(command), "{command}");
    }
}

#[test]
fn colours_are_taken_off() {
    assert_eq!(plain("\x1b[1m\x1b[91merror\x1b[0m: m"), "error: m");
    assert_eq!(plain("none"), "none");
}
