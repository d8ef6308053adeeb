//! The rules about sleeps and tasks that a solution does not need, and about tasks that it needs.

use crate::contract::waits::WaitInput;
use crate::format::count;
use crate::rules::waits::waits;
use crate::rules::{Check, Rule, WaitRun};
use crate::trace::Wait;
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

pub const NO_NEEDLESS_SLEEP: Rule<WaitInput> = Rule {
    name: "no_needless_sleep",
    asks: "The function makes no sleeps of its own.",
    codes: &[Code::NeedlessStep],
    silenced_by: &[],
    check: Check::Run(no_needless_sleep),
};

pub(crate) fn no_needless_sleep(case: &WaitRun) -> Option<Diagnosis> {
    let own =
        case.waits.iter().find(|wait| wait.span.is_some() && case.is_in_own_file(&wait.place))?;
    let dependency = case.task.dependency_function();
    let text = format!("It makes a sleep of its own. The sleeps of `{dependency}` are enough.");
    Some(case.broken(Code::NeedlessStep, text).at(Some(own.place.clone())))
}

pub const FEW_OWN_TASKS: Rule<WaitInput> = Rule {
    name: "few_own_tasks",
    asks: "The function spawns at most n tasks of its own.",
    codes: &[Code::NeedlessTask],
    silenced_by: &[],
    check: Check::Run(|case| own_tasks(case, case.scenario.input.n)),
};

pub const NO_OWN_TASKS: Rule<WaitInput> = Rule {
    name: "no_own_tasks",
    asks: "The function spawns no tasks of its own: the tasks of the function that it builds on are enough.",
    codes: &[Code::NeedlessTask],
    silenced_by: &[],
    check: Check::Run(|case| own_tasks(case, 0)),
};

fn own_tasks(case: &WaitRun, needed: usize) -> Option<Diagnosis> {
    let own = case.spawns_in_own_files();
    let place = own.last().map(|(_, _, place)| (*place).clone());
    let text = || {
        let enough =
            if needed == 0 { "it needs none".into() } else { format!("it needs only {needed}") };
        format!("It spawned {} of its own, but {enough}.", count(own.len(), "task"))
    };
    (own.len() > needed).then(|| case.broken(Code::NeedlessTask, text()).at(place))
}

pub const EACH_IN_A_TASK: Rule<WaitInput> = Rule {
    name: "each_in_a_task",
    asks: "Every wait runs in a task that was spawned by the function that the task builds on.",
    codes: &[Code::DependencyBypassed],
    silenced_by: &[],
    check: Check::Run(each_in_a_task),
};

pub(crate) fn each_in_a_task(case: &WaitRun) -> Option<Diagnosis> {
    let dependency = case.task.dependency_function();
    let (waits, own) = (waits(case), case.own_spawns());
    let in_own_task =
        |wait: &&Wait| wait.task.is_caller() || own.iter().any(|(task, ..)| *task == wait.task);
    let outside = waits.iter().filter(in_own_task).count();
    if outside == 0 {
        return None;
    }
    let all = count(waits.len(), "wait");
    let text = match own.first() {
        Some((_, _, place)) => {
            format!(
                "`{dependency}` must start the task of every wait, but for {outside} of {all} it did not: their tasks are spawned at {place}."
            )
        }
        None => format!(
            "`{dependency}` must start the task of every wait, but for {outside} of {all} it did not."
        ),
    };
    let place = own.first().map(|(_, _, place)| (*place).clone());
    Some(
        case.broken(Code::DependencyBypassed, text)
            .at(place.or_else(|| case.source.call_of("wait_random"))),
    )
}
