//! The rules for `wait_n` and `task_wait_n`, which do n waits at the same time.
//!
//! `through_dependency` holds the rule that the waits come from the right function, `overlap` the rules about when
//! they begin and end, `delays` those about the delays that are returned, and `steps` those about sleeps and tasks.

#[cfg(test)]
pub(crate) use delays::truthful;
pub use delays::{ASCENDING, BOUNDED, COMPLETE, NOT_SORTED, TRUTHFUL};
#[cfg(test)]
pub(crate) use overlap::concurrent;
pub use overlap::{
    AS_LONG_AS_THE_LONGEST, CONCURRENT, NO_MORE_THAN_N, NOTHING_TAKES_NO_TIME, WAITS_FOR_THE_LAST,
};
pub use steps::{EACH_IN_A_TASK, FEW_OWN_TASKS, NO_NEEDLESS_SLEEP, NO_OWN_TASKS};
#[cfg(test)]
pub(crate) use through_dependency::waits_through_dependency;
pub use through_dependency::{WAITS_THROUGH_DEPENDENCY, beaten};

mod delays;
mod overlap;
mod steps;
mod through_dependency;
