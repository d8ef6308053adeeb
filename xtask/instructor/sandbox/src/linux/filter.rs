//! The filter of system calls that the program may make.

use std::collections::BTreeMap;

use libc::c_long;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch, apply_filter,
};

use super::inside::{Step, step};
use crate::Policy;

/// System calls that no program needs here: access to other processes, namespaces and mounts, the kernel's state, and ways
/// around the filter.
const NEVER: &[c_long] = &[
    libc::SYS_acct,
    libc::SYS_add_key,
    libc::SYS_adjtimex,
    libc::SYS_bpf,
    libc::SYS_chroot,
    libc::SYS_clock_adjtime,
    libc::SYS_clock_settime,
    libc::SYS_delete_module,
    libc::SYS_fanotify_init,
    libc::SYS_finit_module,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fsopen,
    libc::SYS_fspick,
    libc::SYS_init_module,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_io_uring_setup,
    libc::SYS_ioprio_set,
    libc::SYS_kcmp,
    libc::SYS_kexec_file_load,
    libc::SYS_kexec_load,
    libc::SYS_keyctl,
    libc::SYS_memfd_create,
    libc::SYS_memfd_secret,
    libc::SYS_mount,
    libc::SYS_mount_setattr,
    libc::SYS_move_mount,
    libc::SYS_mq_open,
    libc::SYS_msgget,
    libc::SYS_name_to_handle_at,
    libc::SYS_open_by_handle_at,
    libc::SYS_open_tree,
    libc::SYS_perf_event_open,
    libc::SYS_personality,
    libc::SYS_pidfd_getfd,
    libc::SYS_pidfd_open,
    libc::SYS_pidfd_send_signal,
    libc::SYS_pivot_root,
    libc::SYS_process_madvise,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_ptrace,
    libc::SYS_quotactl,
    libc::SYS_reboot,
    libc::SYS_request_key,
    libc::SYS_rt_sigqueueinfo,
    libc::SYS_rt_tgsigqueueinfo,
    libc::SYS_sched_setattr,
    libc::SYS_sched_setscheduler,
    libc::SYS_semget,
    libc::SYS_setdomainname,
    libc::SYS_sethostname,
    libc::SYS_setns,
    libc::SYS_setpriority,
    libc::SYS_settimeofday,
    libc::SYS_shmat,
    libc::SYS_shmget,
    libc::SYS_socket,
    libc::SYS_swapoff,
    libc::SYS_swapon,
    libc::SYS_syslog,
    libc::SYS_umount2,
    libc::SYS_unshare,
    libc::SYS_userfaultfd,
    libc::SYS_vhangup,
];

/// More of them, which only this kind of processor has.
#[cfg(target_arch = "x86_64")]
const NEVER_HERE: &[c_long] = &[libc::SYS_ioperm, libc::SYS_iopl, libc::SYS_modify_ldt];
#[cfg(not(target_arch = "x86_64"))]
const NEVER_HERE: &[c_long] = &[];

/// System calls that make a process.
#[cfg(target_arch = "x86_64")]
const MAKES_PROCESSES: &[c_long] = &[libc::SYS_fork, libc::SYS_vfork];
#[cfg(not(target_arch = "x86_64"))]
const MAKES_PROCESSES: &[c_long] = &[];

/// System calls that make a process which other processes can't find any more.
const LEAVES: &[c_long] = &[libc::SYS_setsid, libc::SYS_setpgid];

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// Lets the kernel refuse everything that `policy` does not need, to this process and everything that it becomes.
pub fn apply(policy: &Policy) -> Step<()> {
    let mut refused = Rules::new();
    for call in NEVER.iter().chain(NEVER_HERE).chain(LEAVES) {
        refused.insert(*call, Vec::new());
    }
    if !policy.starts_programs {
        for call in MAKES_PROCESSES {
            refused.insert(*call, Vec::new());
        }
        // the same call makes threads and processes
        let no_thread = condition(
            0,
            SeccompCmpArgLen::Qword,
            SeccompCmpOp::MaskedEq(libc::CLONE_THREAD.cast_unsigned().into()),
            0,
        )?;
        refused.insert(libc::SYS_clone, vec![no_thread]);
        // signals to itself only: that is how a program aborts
        let own = u64::from(std::process::id());
        for call in [libc::SYS_kill, libc::SYS_tgkill] {
            let others = condition(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, own)?;
            refused.insert(call, vec![others]);
        }
        refused.insert(libc::SYS_tkill, Vec::new());
    }
    if policy.write.is_none() {
        refused.extend(writing()?);
    }
    // its flags are behind a pointer, which a filter can't read; programs fall back to `clone`
    let unknown = Rules::from([(libc::SYS_clone3, Vec::new())]);
    install(unknown, libc::ENOSYS)?;
    install(refused, libc::EPERM)
}

/// System calls that change files.
fn writing() -> Step<Rules> {
    let mut refused = Rules::new();
    for call in [
        libc::SYS_fallocate,
        libc::SYS_fchmod,
        libc::SYS_fchmodat,
        libc::SYS_fchown,
        libc::SYS_fchownat,
        libc::SYS_ftruncate,
        libc::SYS_linkat,
        libc::SYS_mkdirat,
        libc::SYS_mknodat,
        libc::SYS_renameat,
        libc::SYS_renameat2,
        libc::SYS_symlinkat,
        libc::SYS_truncate,
        libc::SYS_unlinkat,
        libc::SYS_utimensat,
    ] {
        refused.insert(call, Vec::new());
    }
    #[cfg(target_arch = "x86_64")]
    for call in [
        libc::SYS_chmod,
        libc::SYS_chown,
        libc::SYS_creat,
        libc::SYS_lchown,
        libc::SYS_link,
        libc::SYS_mkdir,
        libc::SYS_mknod,
        libc::SYS_rename,
        libc::SYS_rmdir,
        libc::SYS_symlink,
        libc::SYS_unlink,
    ] {
        refused.insert(call, Vec::new());
    }
    let opens_to_write = |flags: u8| -> Step<Vec<SeccompRule>> {
        let bits = [libc::O_WRONLY, libc::O_RDWR, libc::O_CREAT, libc::O_TRUNC];
        let rule = |bit: i32| {
            let bit = u64::from(bit.cast_unsigned());
            condition(flags, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(bit), bit)
        };
        bits.into_iter().map(rule).collect()
    };
    refused.insert(libc::SYS_openat, opens_to_write(2)?);
    #[cfg(target_arch = "x86_64")]
    refused.insert(libc::SYS_open, opens_to_write(1)?);
    // its flags are behind a pointer
    refused.insert(libc::SYS_openat2, Vec::new());
    Ok(refused)
}

/// A rule with one condition.
fn condition(
    argument: u8,
    length: SeccompCmpArgLen,
    operator: SeccompCmpOp,
    value: u64,
) -> Step<SeccompRule> {
    let condition = SeccompCondition::new(argument, length, operator, value);
    step(condition.and_then(|condition| SeccompRule::new(vec![condition])), "make a rule")
}

fn install(refused: Rules, errno: i32) -> Step<()> {
    let here: TargetArch = step(std::env::consts::ARCH.try_into(), "filter on this processor")?;
    let refuse = SeccompAction::Errno(errno.cast_unsigned());
    let filter = SeccompFilter::new(refused, SeccompAction::Allow, refuse, here);
    let program: BpfProgram = step(filter.and_then(TryInto::try_into), "make a filter")?;
    step(apply_filter(&program), "filter system calls")
}
