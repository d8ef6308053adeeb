//! Watch mode: on every save, the task is checked again, and the screen shows the result.
//!
//! Two threads send events to one loop: [`keys`] reads the keyboard, and [`check`] waits for a check. The loop itself polls
//! the [`files`]. Everything that is shown is in [`State`], and [`view`] draws it.

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use anyhow::Result;
use checker::show::Style;
use checker::tasks::{TASKS, Task};
use checker::verdict::code::Code;
use checker::verdict::{Outcome, Report, TaskReport};

use crate::commands::{hint, reset, solution, timeline};
use crate::workspace::Workspace;

pub mod check;
mod files;
mod keys;
mod view;

use check::{Checked, Checks};
use files::Files;
use keys::Key;
use view::Screen;

enum Event {
    Key(Key),
    Checked(Checked),
}

/// What is on the screen under the task's title.
#[derive(Clone, PartialEq)]
enum Page {
    /// The result of the last check.
    Verdict,
    Hint,
    Explanation,
    /// A run, drawn for the terminal's size.
    Timeline(String),
    List,
    Solution,
    /// The end of the course.
    Finale,
    /// A message about something that was done. It stays until a key is pressed, or a file is saved.
    Notice(String),
    /// The question whether to restore the stub.
    ConfirmReset,
}

/// Everything that is shown.
struct State {
    workspace: Workspace,
    task: &'static Task,
    /// Whether the first check is to choose the task on the screen.
    choose_task: bool,
    /// All tasks, as far as they were checked.
    report: Option<Report>,
    /// The tasks that were right when they were last judged. A task that only waits for another one stays right.
    right: BTreeSet<usize>,
    /// An error of the check itself.
    problem: Option<String>,
    elapsed: Duration,
    checking: bool,
    page: Page,
    /// The hint that was shown last (from 1), and the seed of the last timeline.
    hint: usize,
    seed: u64,
    /// How many lines are scrolled out at the top.
    scrolled: usize,
}

/// Runs until the student quits. Begins with the task `first`, or without one with the first task that is not right.
pub fn run(workspace: Workspace, first: Option<&'static Task>) -> Result<ExitCode> {
    let (sender, events) = channel();
    let mut files = Files::new(&workspace);
    let mut screen = Screen::open();
    keys::read(keys::to(sender.clone(), Event::Key));
    let mut checks = Checks::default();
    let mut state = State::new(workspace, first);
    checks.begin(&TASKS, sender.clone(), Event::Checked)?;
    loop {
        state.checking = checks.is_running();
        screen.show(&state);
        let to_check = match next(&events, &mut files, &mut screen) {
            Next::Saved(saved) => state.follow(saved),
            Next::Resized => state.redraw(),
            Next::Event(Event::Key(key)) if state.quits(key) => break,
            Next::Event(Event::Key(key)) => state.press(key),
            Next::Event(Event::Checked(checked)) if checks.is_current(&checked) => {
                state.take(checked)
            }
            // of a check that was given up for a newer one
            Next::Event(Event::Checked(_)) => Vec::new(),
        };
        if !to_check.is_empty() {
            begin(&mut checks, &mut state, to_check, &sender)?;
        }
    }
    drop(checks);
    drop(screen);
    Ok(match &state.report {
        Some(report) if report.right() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

/// Begins a check of the saved tasks and of the task on the screen.
fn begin(
    checks: &mut Checks,
    state: &mut State,
    mut tasks: Vec<&'static Task>,
    sender: &Sender<Event>,
) -> Result<()> {
    if state.report.is_none() {
        tasks = TASKS.to_vec();
    } else if tasks.iter().all(|task| task.number != state.task.number) {
        tasks.push(state.task);
    }
    // a reset also counts as a save, but its message should stay on the screen
    let is_reset = matches!(state.page, Page::Notice(_)) && state.is_the_stub();
    if !is_reset {
        state.turn_to(Page::Verdict);
    }
    checks.begin(&tasks, sender.clone(), Event::Checked)
}

/// The text of what was done, or of the error.
fn notice(done: Result<String>) -> String {
    done.unwrap_or_else(|error| format!("error: {error:#}"))
}

enum Next {
    Event(Event),
    Saved(Vec<&'static Task>),
    Resized,
}

/// Waits for the next event.
fn next(events: &Receiver<Event>, files: &mut Files, screen: &mut Screen) -> Next {
    loop {
        match events.recv_timeout(files::INTERVAL) {
            Ok(event) => return Next::Event(event),
            Err(RecvTimeoutError::Disconnected) => return Next::Event(Event::Key(Key::Quit)),
            Err(RecvTimeoutError::Timeout) => {}
        }
        let saved = files.saved();
        if !saved.is_empty() {
            return Next::Saved(saved);
        }
        if screen.was_resized() {
            return Next::Resized;
        }
    }
}

impl State {
    fn new(workspace: Workspace, first: Option<&'static Task>) -> Self {
        Self {
            workspace,
            task: first.unwrap_or(TASKS[0]),
            choose_task: first.is_none(),
            report: None,
            right: BTreeSet::new(),
            problem: None,
            elapsed: Duration::ZERO,
            checking: true,
            page: Page::Verdict,
            hint: 0,
            seed: 1,
            scrolled: 0,
        }
    }

    /// Goes along with a student who has saved these tasks. Returns the tasks to check.
    fn follow(&mut self, saved: Vec<&'static Task>) -> Vec<&'static Task> {
        // a student who edits another task's file works on that task
        if let [only] = saved.as_slice()
            && only.number != self.task.number
        {
            self.go_to(only);
            self.choose_task = false;
        }
        saved
    }

    /// Fits the page to the new size of the terminal. Returns the tasks to check: none.
    fn redraw(&mut self) -> Vec<&'static Task> {
        if let Page::Timeline(_) = self.page {
            self.page = Page::Timeline(self.timeline());
        }
        Vec::new()
    }

    /// Whether this key ends the command.
    fn quits(&self, key: Key) -> bool {
        key == Key::Quit || (key == Key::Char('q') && self.page != Page::ConfirmReset)
    }

    /// The report on the task that is on the screen.
    fn line(&self) -> Option<&TaskReport> {
        self.report.as_ref()?.tasks.iter().find(|line| line.number == self.task.number)
    }

    fn is_right(&self) -> bool {
        self.line().is_some_and(|line| line.verdict.right())
    }

    /// Takes the result of a check. Returns the tasks whose verdicts are no longer known because of it.
    fn take(&mut self, checked: Checked) -> Vec<&'static Task> {
        let stale = self.record(checked);
        if std::mem::take(&mut self.choose_task) {
            self.go_to_the_first_open_task();
        }
        stale
    }

    fn record(&mut self, checked: Checked) -> Vec<&'static Task> {
        self.elapsed = checked.elapsed;
        let new = match checked.report {
            Ok(report) => report,
            Err(error) => {
                self.problem = Some(error.to_string());
                return Vec::new();
            }
        };
        self.problem = None;
        for line in &new.tasks {
            match line.verdict.outcome {
                Outcome::Passed => drop(self.right.insert(line.number)),
                Outcome::Waiting => {}
                _ => drop(self.right.remove(&line.number)),
            }
        }
        let Some(known) = &mut self.report else {
            self.report = Some(new);
            return Vec::new();
        };
        let mut turned = false;
        for line in new.tasks {
            if let Some(old) = known.tasks.iter_mut().find(|old| old.number == line.number) {
                turned |= old.verdict.right() != line.verdict.right();
                *old = line;
            }
        }
        // tasks that build on a task that has become right (or wrong) must be checked again
        if turned { TASKS.to_vec() } else { Vec::new() }
    }

    fn go_to_the_first_open_task(&mut self) {
        let Some(report) = &self.report else { return };
        let open = report.tasks.iter().find(|line| !line.verdict.right());
        if let Some(task) = open.and_then(|line| TASKS.get(line.number - 1)) {
            self.task = task;
        }
    }

    /// Handles a key. Returns the tasks to check.
    fn press(&mut self, key: Key) -> Vec<&'static Task> {
        if self.page == Page::ConfirmReset {
            self.turn_to(match key {
                Key::Char('y') => Page::Notice(notice(reset::reset(&self.workspace, self.task))),
                _ => Page::Verdict,
            });
            return Vec::new();
        }
        match key {
            Key::Up => self.scrolled = self.scrolled.saturating_sub(1),
            Key::Down => self.scrolled += 1,
            Key::PageUp => self.scrolled = self.scrolled.saturating_sub(10),
            Key::PageDown => self.scrolled += 10,
            Key::Escape | Key::Char('b') => self.turn_to(Page::Verdict),
            Key::Char('h') => {
                // begins with the first step, and goes to the next one while hints are shown
                let more = self.page == Page::Hint || self.hint == 0;
                self.hint = if more { self.hint % hint::STEPS.len() + 1 } else { self.hint };
                self.turn_to(Page::Hint);
            }
            Key::Char('e') if self.code().is_some() => self.turn_to(Page::Explanation),
            Key::Char('t') if !self.is_untouched() => {
                // first the same run as before, so that changes show; while it is shown, another run
                self.seed += u64::from(matches!(self.page, Page::Timeline(_)));
                self.turn_to(Page::Timeline(self.timeline()));
            }
            Key::Char('l') if self.report.is_some() => self.turn_to(Page::List),
            Key::Char('s') if self.may_see_the_solution() => self.turn_to(Page::Solution),
            Key::Char('r') if !self.is_untouched() => self.turn_to(Page::ConfirmReset),
            Key::Char('n') if self.is_right() => self.next_task(),
            Key::Char('p') if self.task.number > 1 => self.go_to(TASKS[self.task.number - 2]),
            Key::Char('c') => return vec![self.task],
            _ => {}
        }
        Vec::new()
    }

    /// Whether the file on the disk is the stub.
    fn is_the_stub(&self) -> bool {
        self.workspace.is_untouched(self.task)
    }

    /// The code that the last check reported.
    fn code(&self) -> Option<Code> {
        let verdict = &self.line()?.verdict;
        verdict.code().or(verdict.remarks.first().map(|remark| remark.code))
    }

    fn is_untouched(&self) -> bool {
        self.line().is_none_or(|line| line.verdict.outcome == Outcome::Untouched)
    }

    /// Whether the student may see the solution: after solving the task, and if this copy of the course has solutions.
    fn may_see_the_solution(&self) -> bool {
        self.is_right() && solution::are_here(&self.workspace)
    }

    fn turn_to(&mut self, page: Page) {
        self.page = page;
        self.scrolled = 0;
    }

    fn timeline(&self) -> String {
        let style = Style::of_stdout();
        match timeline::Timeline::text(&self.workspace, self.task, self.seed, style) {
            Ok(Ok(text)) => text,
            Ok(Err(verdict)) => match verdict.not_judged {
                Some(why) => format!("There is nothing to draw. {why}\n"),
                None => "There is nothing to draw: the task can't be built as it is.\n".into(),
            },
            Err(error) => format!("error: {error:#}"),
        }
    }

    /// Goes to the next task that is not right, or to the end of the course after the last one.
    fn next_task(&mut self) {
        let report = self.report.as_ref();
        let right = |task: &&'static Task| {
            let line = report.and_then(|r| r.tasks.get(task.number - 1));
            line.is_some_and(|line| line.verdict.right())
        };
        let after = TASKS[self.task.number..].iter().chain(&TASKS);
        match after.copied().find(|task| !right(task)) {
            Some(task) => self.go_to(task),
            None => self.turn_to(Page::Finale),
        }
    }

    fn go_to(&mut self, task: &'static Task) {
        (self.task, self.hint, self.seed) = (task, 0, 1);
        self.turn_to(Page::Verdict);
    }

    /// The keys that do something now.
    fn keys(&self) -> Vec<(char, &'static str)> {
        if self.page == Page::ConfirmReset {
            return vec![('y', "yes, reset"), ('n', "no")];
        }
        let (right, untouched) = (self.is_right(), self.is_untouched());
        let hinting = self.page == Page::Hint;
        let drawing = matches!(self.page, Page::Timeline(_));
        let keys = [
            (right, 'n', "next"),
            (self.page != Page::Verdict, 'b', "back"),
            (!right, 'h', if hinting { "next hint" } else { "hint" }),
            (self.code().is_some(), 'e', "explain"),
            (!untouched, 't', if drawing { "another run" } else { "timeline" }),
            (true, 'l', "list"),
            (self.may_see_the_solution(), 's', "solution"),
            (!untouched, 'r', "reset"),
            (self.task.number > 1, 'p', "previous"),
            (true, 'q', "quit"),
        ];
        keys.into_iter().filter(|(shown, ..)| *shown).map(|(_, key, name)| (key, name)).collect()
    }
}
