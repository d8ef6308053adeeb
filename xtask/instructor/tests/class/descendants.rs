//! Finds the processes that a grader has started, from outside.

use std::collections::BTreeMap;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::course::{Class, program};

/// A process: its parent, its name, and its processor time in ticks of 10 ms.
struct Seen {
    parent: i32,
    name: String,
    ticks: u64,
}

/// All processes below `root`.
fn below(root: i32) -> BTreeMap<i32, Seen> {
    let entries = std::fs::read_dir("/proc").unwrap().flatten();
    let seen = |entry: std::fs::DirEntry| {
        let pid: i32 = entry.file_name().to_str()?.parse().ok()?;
        let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
        let (before, after) = stat.rsplit_once(')')?;
        let fields: Vec<&str> = after.split_whitespace().collect();
        let number = |at: usize| fields.get(at)?.parse::<u64>().ok();
        let name = before.split_once('(')?.1.to_string();
        let parent = fields.get(1)?.parse().ok()?;
        Some((pid, Seen { parent, name, ticks: number(11)? + number(12)? }))
    };
    let all: BTreeMap<i32, Seen> = entries.filter_map(seen).collect();
    let is_below = |pid: &i32| {
        let up = |pid: &i32| all.get(pid).map(|seen| seen.parent);
        std::iter::successors(up(pid), up).any(|parent| parent == root)
    };
    let inside: Vec<i32> = all.keys().copied().filter(is_below).collect();
    all.into_iter().filter(|(pid, _)| inside.contains(pid)).collect()
}

/// The compilers in the sandbox that have used at least 0.6 s of processor time, which no right solution needs. Each comes
/// with the processes of the sandbox above it, the nearest first.
fn slow_compilers(grader: i32) -> Vec<Vec<i32>> {
    let all = below(grader);
    let slow = |(pid, seen): (&i32, &Seen)| {
        let line = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        let confined = String::from_utf8_lossy(&line).contains("--sysroot");
        (seen.name == "rustc" && confined && seen.ticks >= 60).then_some(*pid)
    };
    let chain = |pid: i32| {
        std::iter::successors(Some(pid), |pid| Some(all.get(pid)?.parent))
            .take_while(|pid| all.contains_key(pid))
            .collect()
    };
    all.iter().filter_map(slow).map(chain).collect()
}

/// The process of a sandbox that gets a signal.
#[derive(Clone, Copy, PartialEq)]
pub enum Victim {
    Compiler,
    /// The process directly above the compiler. With namespaces, it is their first process.
    Above,
}

/// Grades into `out`, and sends a signal to the first `times` slow compilers. Returns the exit code, the output, and how
/// many got the signal.
pub fn grade_and_kill(
    class: &Class,
    out: &str,
    more: &[&str],
    (victim, signal, times): (Victim, Signal, usize),
) -> (Option<i32>, String, usize) {
    let mut command = Command::new(program());
    command.current_dir(&class.root).env("INSTA_UPDATE", "no");
    command.args(["check", "--jobs", "1", "--submissions"]).arg(class.path("in"));
    command.arg("--report").arg(class.path(out)).args(more);
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let running = command.spawn().unwrap();
    let grader = i32::try_from(running.id()).unwrap();
    let done = AtomicBool::new(false);
    let (output, killed) = std::thread::scope(|scope| {
        let killer = scope.spawn(|| {
            let mut killed: Vec<i32> = Vec::new();
            let begun = Instant::now();
            while !done.load(Ordering::Relaxed) && begun.elapsed() < Duration::from_secs(120) {
                for chain in slow_compilers(grader) {
                    if killed.len() < times && !killed.contains(&chain[0]) {
                        let at = usize::from(victim == Victim::Above).min(chain.len() - 1);
                        let _ = kill_process(Pid::from_raw(chain[at]).unwrap(), signal);
                        killed.push(chain[0]);
                    }
                }
                std::thread::sleep(Duration::from_millis(10));
            }
            killed.len()
        });
        let output: Output = running.wait_with_output().unwrap();
        done.store(true, Ordering::Relaxed);
        (output, killer.join().unwrap())
    });
    let printed = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&printed).replace("\n    ", " "), killed)
}
