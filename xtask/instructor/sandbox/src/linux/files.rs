//! Which files the program sees, and what it may do with them.

use std::fs;
use std::os::fd::{AsRawFd, OwnedFd};
use std::path::{Path, PathBuf};

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible, PathBeneath, PathFd,
    Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetStatus, Scope,
};
use nix::fcntl::{OFlag, open};
use nix::mount::{MntFlags, MsFlags, mount, umount2};
use nix::sys::stat::Mode;
use nix::sys::statvfs::{FsFlags, fstatvfs};
use nix::unistd::{Gid, Uid, chdir, chown, pivot_root};

use super::inside::{Step, step};
use crate::Policy;

const NOTHING: Option<&str> = None;

/// Devices that programs expect.
const DEVICES: [&str; 3] = ["/dev/null", "/dev/zero", "/dev/urandom"];

/// The newest version of Landlock that this program uses. On an older kernel, it uses what the kernel has.
const NEWEST: ABI = ABI::V6;

/// A file or folder for the new root, opened before it is hidden.
struct Shown {
    path: PathBuf,
    opened: OwnedFd,
    is_dir: bool,
    writable: bool,
}

/// Gives this process its own root folder, which has only the files of `policy`, each under its own path. `owner` is the
/// user who may write to the writable folder.
pub fn own_root(policy: &Policy, owner: Option<u32>) -> Step<()> {
    let private = MsFlags::MS_REC | MsFlags::MS_PRIVATE;
    step(mount(NOTHING, "/", NOTHING, private, NOTHING), "keep mounts to itself")?;
    let read = policy.read.iter().chain(&policy.execute).map(|path| (path.as_path(), false));
    let devices = DEVICES.iter().map(|path| (Path::new(path), true));
    let write = policy.write.iter().map(|path| (path.as_path(), true));
    let mut shown = Vec::new();
    let mut links = Vec::new();
    for (path, writable) in read.chain(write).chain(devices) {
        // on many systems /lib is a link to usr/lib
        if let Ok(target) = fs::read_link(path) {
            links.push((path.to_path_buf(), target));
            continue;
        }
        if let Some(user) = owner.filter(|_| policy.write.as_deref() == Some(path)) {
            let (user, group) = (Uid::from_raw(user), Gid::from_raw(user));
            step(chown(path, Some(user), Some(group)), "hand over the folder to write to")?;
        }
        let opened =
            step(open(path, OFlag::O_PATH | OFlag::O_CLOEXEC, Mode::empty()), &at("open", path))?;
        let is_dir = step(fs::metadata(path), &at("look at", path))?.is_dir();
        shown.push(Shown { path: path.to_path_buf(), opened, is_dir, writable });
    }
    // a folder before its contents
    shown.sort_by(|a, b| a.path.cmp(&b.path));

    let base = Path::new("/tmp");
    let small = "size=1m,nr_inodes=4k,mode=0755";
    let tmpfs = MsFlags::MS_NOSUID | MsFlags::MS_NODEV;
    step(mount(Some("none"), base, Some("tmpfs"), tmpfs, Some(small)), "make a root")?;
    for Shown { path, opened, is_dir, writable } in &shown {
        show(&under(base, path), opened, *is_dir, *writable)
            .map_err(|why| format!("{why} ({})", path.display()))?;
    }
    for (path, target) in links {
        let link = under(base, &path);
        step(parents(&link), "make a folder")?;
        if !link.exists() {
            step(std::os::unix::fs::symlink(target, &link), &at("link", &path))?;
        }
    }
    step(fs::create_dir_all(under(base, Path::new("/proc"))), "make a folder")?;
    let old = under(base, Path::new("/.old"));
    step(fs::create_dir(&old), "make a folder")?;
    drop(shown);
    step(pivot_root(base, &old), "change the root")?;
    step(chdir("/"), "go to the root")
}

/// The path that `path` has below `base`.
fn under(base: &Path, path: &Path) -> PathBuf {
    base.join(path.strip_prefix("/").unwrap_or(path))
}

fn parents(path: &Path) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}

fn at(what: &str, path: &Path) -> String {
    format!("{what} {}", path.display())
}

fn show(place: &Path, opened: &OwnedFd, is_dir: bool, writable: bool) -> Step<()> {
    if !place.exists() {
        if is_dir {
            step(fs::create_dir_all(place), "make a folder")?;
        } else {
            step(parents(place).and_then(|()| fs::write(place, "")), "make a file")?;
        }
    }
    let source = format!("/proc/self/fd/{}", opened.as_raw_fd());
    let bind = MsFlags::MS_BIND | MsFlags::MS_REC;
    step(mount(Some(source.as_str()), place, NOTHING, bind, NOTHING), "show")?;
    // the copy must not do what the original must not do
    let of_the_original = step(fstatvfs(opened), "ask for the mount")?.flags();
    let mut flags = MsFlags::MS_BIND | MsFlags::MS_REMOUNT | MsFlags::MS_NOSUID;
    if !writable {
        flags |= MsFlags::MS_RDONLY | MsFlags::MS_NODEV;
    }
    for (of_fs, of_mount) in [
        (FsFlags::ST_RDONLY, MsFlags::MS_RDONLY),
        (FsFlags::ST_NODEV, MsFlags::MS_NODEV),
        (FsFlags::ST_NOEXEC, MsFlags::MS_NOEXEC),
        (FsFlags::ST_NOATIME, MsFlags::MS_NOATIME),
        (FsFlags::ST_NODIRATIME, MsFlags::MS_NODIRATIME),
        (FsFlags::ST_RELATIME, MsFlags::MS_RELATIME),
    ] {
        if of_the_original.contains(of_fs) {
            flags |= of_mount;
        }
    }
    step(mount(NOTHING, place, NOTHING, flags, NOTHING), "make it read-only")
}

/// Gives this process, the first one of its namespace, a `/proc` of only that namespace, and unmounts the old root. Files in
/// `/proc` can't be opened ([`only`]), but a program can see how many threads it has.
pub fn own_processes() -> Step<()> {
    let flags = MsFlags::MS_NOSUID | MsFlags::MS_NODEV | MsFlags::MS_NOEXEC | MsFlags::MS_RDONLY;
    step(mount(Some("proc"), "/proc", Some("proc"), flags, NOTHING), "show its own processes")?;
    step(umount2("/.old", MntFlags::MNT_DETACH), "let go of the old root")?;
    let _ = fs::remove_dir("/.old");
    let read_only = MsFlags::MS_REMOUNT
        | MsFlags::MS_BIND
        | MsFlags::MS_RDONLY
        | MsFlags::MS_NOSUID
        | MsFlags::MS_NODEV;
    step(mount(NOTHING, "/", NOTHING, read_only, NOTHING), "make the root read-only")
}

/// Lets Landlock restrict this process, and everything that it becomes, to what `policy` allows.
pub fn only(policy: &Policy) -> Step<()> {
    let ruleset = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(NEWEST))
        .and_then(|ruleset| ruleset.handle_access(AccessNet::from_all(NEWEST)))
        .and_then(|ruleset| ruleset.scope(Scope::from_all(NEWEST)))
        .and_then(Ruleset::create);
    let mut rules = step(ruleset, "make rules")?;
    let read = AccessFs::ReadFile | AccessFs::ReadDir;
    let write = AccessFs::from_all(NEWEST)
        & !(AccessFs::Execute
            | AccessFs::MakeBlock
            | AccessFs::MakeChar
            | AccessFs::MakeFifo
            | AccessFs::MakeSock
            | AccessFs::MakeSym
            | AccessFs::IoctlDev);
    let device: BitFlags<AccessFs> = AccessFs::ReadFile | AccessFs::WriteFile;
    let devices = DEVICES.iter().map(|path| (Path::new(path), device));
    let readable = policy.read.iter().map(|path| (path.as_path(), read));
    let loaders = super::loaders();
    let executable = policy.execute.iter().chain(&loaders);
    let executable = executable.map(|path| (path.as_path(), read | AccessFs::Execute));
    let writable = policy.write.iter().map(|path| (path.as_path(), write));
    for (path, access) in readable.chain(executable).chain(writable).chain(devices) {
        let opened = step(PathFd::new(path), &at("open", path))?;
        let is_dir = step(fs::metadata(path), &at("look at", path))?.is_dir();
        let access = if is_dir { access } else { access & AccessFs::from_file(NEWEST) };
        rules = step(rules.add_rule(PathBeneath::new(opened, access)), &at("allow", path))?;
    }
    let status = step(rules.restrict_self(), "keep to the rules")?;
    if status.ruleset == RulesetStatus::NotEnforced {
        return Err("this kernel has no Landlock, or it is switched off".into());
    }
    Ok(())
}
