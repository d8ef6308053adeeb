//! The launcher, from inside: it drops its privileges step by step, and then becomes the program.
//!
//! With namespaces there are three processes: the helper, which waits; the first process of the new process namespace, whose
//! end ends all others in it; and the program. Without namespaces, the helper itself becomes the program. The order of the
//! steps matters: steps that need a privilege come before the privilege is dropped, and the filter of system calls comes
//! last.
#![allow(unsafe_code)]

use std::convert::Infallible;
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::os::fd::FromRawFd;
use std::os::unix::process::CommandExt;
use std::process::Command;

use caps::CapSet;
use nix::sched::{CloneFlags, unshare};
use nix::sys::prctl;
use nix::sys::resource::{Resource, setrlimit};
use nix::sys::signal::Signal;
use nix::sys::wait::waitpid;
use nix::unistd::{
    ForkResult, Gid, Pid, Uid, fork, getppid, setgroups, setresgid, setresuid, setsid,
};

use super::{Order, STATUS, TROUBLE, files, filter};
use crate::Level;

/// An error, in words.
pub type Step<T> = Result<T, String>;

/// Names the step that failed.
pub fn step<T, E: std::fmt::Display>(result: Result<T, E>, what: &str) -> Step<T> {
    result.map_err(|error| format!("{what}: {error}"))
}

/// Becomes the program of the order. If that fails, reports why, and ends.
pub fn become_confined(order: &[u8]) -> ! {
    let order: Step<Order> = step(serde_json::from_slice(order), "read the order");
    let Err(why) = order.and_then(|order| confined(&order));
    fail(&why)
}

fn fail(why: &str) -> ! {
    // SAFETY: the process that started this one has put a pipe there, and nobody else here uses it.
    let mut trouble = unsafe { File::from_raw_fd(TROUBLE) };
    let _ = trouble.write_all(why.as_bytes());
    std::process::exit(1)
}

fn confined(order: &Order) -> Step<Infallible> {
    die_with(order.parent)?;
    step(setsid(), "begin a session")?;
    // SAFETY: nothing in this process has opened anything; what is closed here was left open by an ancestor.
    unsafe { close_fds::close_open_fds(STATUS + 1, &[]) };
    if order.policy.level == Level::A { with_namespaces(order) } else { alone(order) }
}

/// Lets the kernel end this process when `parent` ends.
fn die_with(parent: u32) -> Step<()> {
    step(prctl::set_pdeathsig(Signal::SIGKILL), "be ended with the parent")?;
    // it may have ended before
    if getppid().as_raw().cast_unsigned() != parent {
        return Err("the process that wanted it is gone".into());
    }
    Ok(())
}

/// Starts the program in its own namespaces.
fn with_namespaces(order: &Order) -> Step<Infallible> {
    let (user, group) = (Uid::effective(), Gid::effective());
    let mut new = CloneFlags::CLONE_NEWNS
        | CloneFlags::CLONE_NEWPID
        | CloneFlags::CLONE_NEWNET
        | CloneFlags::CLONE_NEWIPC
        | CloneFlags::CLONE_NEWUTS;
    if !user.is_root() {
        new |= CloneFlags::CLONE_NEWUSER;
    }
    step(unshare(new), "make namespaces")?;
    if !user.is_root() {
        let write = |file: &str, text: String| {
            step(std::fs::write(format!("/proc/self/{file}"), text), &format!("write {file}"))
        };
        write("setgroups", "deny".into())?;
        write("uid_map", format!("{user} {user} 1"))?;
        write("gid_map", format!("{group} {group} 1"))?;
    }
    files::own_root(&order.policy, user.is_root().then_some(order.user))?;
    if let Some(first) = in_a_copy()? {
        // when the first process ends, all of them end
        close(&[0, 1, 2, super::THIRD, TROUBLE, STATUS]);
        let _ = waitpid(first, None);
        std::process::exit(0);
    }
    die_with(0)?;
    files::own_processes()?;
    if let Some(program) = in_a_copy()? {
        close(&[0, 1, 2, super::THIRD, TROUBLE]);
        tell_status_of(program);
    }
    die_with(1)?;
    if user.is_root() {
        become_user(order.user)?;
        step(prctl::set_pdeathsig(Signal::SIGKILL), "be ended with the first process")?;
    }
    take_away_and_begin(order)
}

/// Becomes the program, without namespaces.
fn alone(order: &Order) -> Step<Infallible> {
    if Uid::effective().is_root() {
        // Still root by name, because a toolchain is often in root's own folder, but without any of root's powers.
        for set in [
            CapSet::Ambient,
            CapSet::Bounding,
            CapSet::Inheritable,
            CapSet::Effective,
            CapSet::Permitted,
        ] {
            step(caps::clear(None, set), "give up root's powers")?;
        }
    }
    close(&[STATUS]);
    take_away_and_begin(order)
}

/// Forks the process. The child gets `None`, and the parent gets the child's number.
fn in_a_copy() -> Step<Option<Pid>> {
    // SAFETY: this process has one thread, so the copy finds no lock that somebody else holds.
    Ok(match step(unsafe { fork() }, "copy the process")? {
        ForkResult::Parent { child } => Some(child),
        ForkResult::Child => None,
    })
}

fn close(descriptors: &[i32]) {
    for descriptor in descriptors {
        // SAFETY: nothing in this process uses it from here on; one that is not open is left alone.
        let _ = unsafe { libc::close(*descriptor) };
    }
}

/// As the first process of a namespace, waits for all others, and reports how the program ended.
fn tell_status_of(program: Pid) -> ! {
    let mut raw = 0;
    loop {
        // SAFETY: `raw` is a place for one number.
        let ended = unsafe { libc::waitpid(-1, &raw mut raw, 0) };
        if ended == program.as_raw() {
            break;
        }
        if ended == -1 && std::io::Error::last_os_error().kind() != ErrorKind::Interrupted {
            // It is not known how it ended. That must not look like a success, so nothing is reported.
            std::process::exit(1);
        }
    }
    // SAFETY: the process that started the helper has put a pipe there, and nobody else here uses it.
    let mut status = unsafe { File::from_raw_fd(STATUS) };
    let _ = status.write_all(&raw.to_le_bytes());
    std::process::exit(0)
}

fn become_user(user: u32) -> Step<()> {
    let (user, group) = (Uid::from_raw(user), Gid::from_raw(user));
    step(setgroups(&[]), "leave all groups")?;
    step(setresgid(group, group, group), "become another group")?;
    step(setresuid(user, user, user), "become another user")
}

fn take_away_and_begin(order: &Order) -> Step<Infallible> {
    let policy = &order.policy;
    // The kernel sends SIGXCPU at the lower limit, which nobody else sends: so a death by this limit can be told from a
    // SIGKILL that came from outside. The upper limit ends a program that ignores the signal.
    let cpu = policy.limits.cpu;
    step(setrlimit(Resource::RLIMIT_CPU, cpu, cpu + 1), "limit RLIMIT_CPU")?;
    for (resource, most) in [
        (Resource::RLIMIT_AS, policy.limits.memory),
        (Resource::RLIMIT_FSIZE, policy.limits.file),
        (Resource::RLIMIT_NOFILE, policy.limits.open_files),
        (Resource::RLIMIT_CORE, 0),
        (Resource::RLIMIT_MEMLOCK, 0),
        (Resource::RLIMIT_MSGQUEUE, 0),
    ] {
        step(setrlimit(resource, most, most), &format!("limit {resource:?}"))?;
    }
    step(prctl::set_no_new_privs(), "give up privileges for good")?;
    if policy.level < Level::C {
        files::only(policy)?;
    }
    let mut program = Command::new(&order.program);
    program.args(&order.args).env_clear().envs(order.env.iter().map(|(name, value)| (name, value)));
    step(std::env::set_current_dir(&order.folder), "go to the folder of the program")?;
    keep_to_the_helper(&[TROUBLE, STATUS]);
    filter::apply(policy)?;
    // it returns only if it fails
    Err(format!("start {}: {}", order.program.display(), program.exec()))
}

/// Marks descriptors to be closed when the program begins.
fn keep_to_the_helper(descriptors: &[i32]) {
    for descriptor in descriptors {
        // SAFETY: it changes a flag; a descriptor that is not open is an error, and left alone.
        let _ = unsafe { libc::fcntl(*descriptor, libc::F_SETFD, libc::FD_CLOEXEC) };
    }
}
