//! Tries every forbidden thing, at every level that works here. This program starts itself in the sandbox to try them.

use std::io::{Read, Write};
use std::net::{TcpListener, UdpSocket};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use sandbox::{Channels, Level, Limits, Policy, help_out, spawn, system_libraries};

pub fn main() -> ExitCode {
    help_out();
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [act, what, path] = &args[..]
        && act == "act"
    {
        return self::act(what, Path::new(path));
    }
    let best = sandbox::best_level().expect("some level works");
    println!("the best level here: {best}");
    for level in Level::ALL.into_iter().filter(|level| *level >= best) {
        at(level);
    }
    ExitCode::SUCCESS
}

/// The attempt of the confined program. The program succeeds if the attempt does.
fn act(what: &str, path: &Path) -> ExitCode {
    let done = match what {
        "nothing" => Ok(()),
        "read" => std::fs::read(path).map(drop),
        "list" => std::fs::read_dir(path).map(drop),
        "write" => std::fs::write(path, "x"),
        "append" => std::fs::File::options().append(true).open(path).map(drop),
        "remove" => std::fs::remove_file(path),
        "link" => std::os::unix::fs::symlink("/", path),
        "start" => Command::new(path).spawn().and_then(|mut child| child.wait()).map(drop),
        "listen" => TcpListener::bind("127.0.0.1:0").map(drop),
        "send" => UdpSocket::bind("127.0.0.1:0").map(drop),
        "connect" => std::os::unix::net::UnixStream::connect(path).map(drop),
        "third" => {
            let answer = std::fs::File::options().write(true).open("/proc/self/fd/3");
            answer.and_then(|mut file| file.write_all(b"forged"))
        }
        // those that are always there, and the one that lists them
        "descriptors" => match std::fs::read_dir("/proc/self/fd").map(Iterator::count) {
            Ok(5) => Err(std::io::Error::other("none is left over")),
            other => other.map(drop),
        },
        "environment" => match std::env::vars().count() {
            0 => Err(std::io::Error::other("it is empty")),
            _ => Ok(()),
        },
        "memory" => {
            let many = vec![1_u8; 600 << 20];
            std::hint::black_box(many);
            Ok(())
        }
        "threads" => (0..100_000).try_for_each(|_| {
            std::thread::Builder::new()
                .spawn(|| std::thread::sleep(Duration::from_secs(60)))
                .map(drop)
        }),
        "busy" => loop {
            std::hint::black_box(());
        },
        "signal" => {
            return ExitCode::from(u8::from(
                Command::new("/bin/kill").arg("-9").arg("-1").status().is_ok(),
            ));
        }
        "abort" => std::process::abort(),
        "exit" => return ExitCode::from(7),
        other => panic!("what is {other}?"),
    };
    ExitCode::from(if done.is_ok() { 0 } else { 1 })
}

/// How an attempt ended: an exit code, or minus a signal.
fn attempt(policy: &Policy, what: &str, path: &Path) -> i32 {
    use std::os::unix::process::ExitStatusExt;
    let own = std::env::current_exe().unwrap();
    let (ours, theirs) = std::os::unix::net::UnixStream::pair().unwrap();
    let channels =
        Channels { third: Some(theirs.into()), stderr: Stdio::piped(), ..Channels::none() };
    let mut command = Command::new(own);
    command.args(["act", what]).arg(path);
    let mut confined = spawn(&command, policy, channels).unwrap();
    let mut output = String::new();
    confined.child().stderr.take().unwrap().read_to_string(&mut output).unwrap();
    let status = loop {
        if let Some(status) = confined.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    let mut answers = String::new();
    (&ours).read_to_string(&mut answers).unwrap();
    assert!(!answers.contains("forged"), "{what} at level {}", policy.level);
    status.code().unwrap_or_else(|| -status.signal().unwrap())
}

fn at(level: Level) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret");
    std::fs::write(&file, "secret").unwrap();
    let own = std::env::current_exe().unwrap();
    let bare = Policy {
        level,
        read: system_libraries(),
        execute: vec![own],
        write: None,
        starts_programs: false,
        limits: Limits { memory: 512 << 20, cpu: 1, file: 0, open_files: 16 },
    };
    let nowhere = Path::new("/");
    // nothing below means anything unless it can run, and ends as it would elsewhere
    assert_eq!(attempt(&bare, "nothing", nowhere), 0, "at level {level}");
    assert_eq!(attempt(&bare, "exit", nowhere), 7);
    assert_eq!(attempt(&bare, "abort", nowhere), -6);
    nothing_is_changed(&bare, folder.path(), &file);
    nothing_is_reached(&bare, folder.path());
    if level < Level::C {
        nothing_is_read(&bare, folder.path(), &file);
    }
    what_is_allowed_succeeds(&bare, folder.path(), &file);
    println!("level {level}: nothing gets through");
}

fn can(policy: &Policy, what: &str, path: &Path) -> bool {
    attempt(policy, what, path) == 0
}

#[track_caller]
fn in_vain(policy: &Policy, what: &str, path: &Path) {
    let level = policy.level;
    assert!(!can(policy, what, path), "{what} {} succeeds at level {level}", path.display());
}

fn nothing_is_changed(bare: &Policy, folder: &Path, file: &Path) {
    for what in ["write", "append", "remove"] {
        in_vain(bare, what, file);
    }
    in_vain(bare, "write", &folder.join("new"));
    in_vain(bare, "link", &folder.join("link"));
    assert_eq!(std::fs::read_to_string(file).unwrap(), "secret");
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 1);
}

fn nothing_is_reached(bare: &Policy, folder: &Path) {
    let nowhere = Path::new("/");
    let socket = folder.join("socket");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    in_vain(bare, "start", Path::new("/bin/true"));
    for what in ["listen", "send"] {
        in_vain(bare, what, nowhere);
    }
    in_vain(bare, "connect", &socket);
    for what in ["third", "environment"] {
        in_vain(bare, what, nowhere);
    }
    // one that std would close, and this does not
    let left_open = nix::unistd::dup(std::io::stderr()).unwrap();
    in_vain(bare, "descriptors", nowhere);
    drop(left_open);
    for what in ["memory", "threads"] {
        in_vain(bare, what, nowhere);
    }
    assert_eq!(attempt(bare, "signal", nowhere), 0, "no signal reaches others");
    assert!(matches!(attempt(bare, "busy", nowhere), -9 | -24), "its time is limited");
}

fn nothing_is_read(bare: &Policy, folder: &Path, file: &Path) {
    for path in ["/etc/passwd", "/proc/self/environ", "/proc/self/maps", "/proc/1/cmdline"] {
        in_vain(bare, "read", Path::new(path));
    }
    in_vain(bare, "read", file);
    for path in ["/", "/tmp", "/proc", "/etc"].iter().map(Path::new).chain([folder]) {
        in_vain(bare, "list", path);
    }
}

fn what_is_allowed_succeeds(bare: &Policy, folder: &Path, file: &Path) {
    let level = bare.level;
    let read = Policy { read: [bare.read.clone(), vec![folder.into()]].concat(), ..bare.clone() };
    assert!(can(&read, "read", file), "at level {level}");
    in_vain(bare, "write", file);
    let place = folder.join("place");
    std::fs::create_dir(&place).unwrap();
    let limits = Limits { file: 1 << 20, ..bare.limits };
    let write = Policy { write: Some(place.clone()), limits, ..bare.clone() };
    assert!(can(&write, "write", &place.join("new")), "at level {level}");
    assert!(place.join("new").exists());
    if level < Level::C {
        assert!(!can(&write, "write", file), "at level {level}");
    }
}
