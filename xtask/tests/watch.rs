//! Uses watch mode as a person at a terminal does, by tmux, which is a terminal that a test can read.
//!
//! Without tmux this is reported as skipped.

#![cfg(unix)]

mod course;

use std::process::Command;
use std::time::{Duration, Instant};

use checker::tasks::TASKS;
use course::{Course, of_all_points, of_all_tasks};

const ONE: &str = "01-basic-coroutine";
const TWO: &str = "02-concurrent-coroutines";

/// A tmux server of its own with one window, in which a command runs.
struct Terminal {
    socket: String,
}

impl Terminal {
    /// `None` if there is no tmux.
    fn open(course: &Course, size: (u16, u16)) -> Option<Self> {
        if Command::new("tmux").arg("-V").output().is_err() {
            println!("skipped: tmux is not installed");
            return None;
        }
        let socket = format!("await-and-see-{}", std::process::id());
        let terminal = Self { socket };
        let (width, height) = size;
        let shell = format!(
            "cd '{}'; '{}' watch; echo code=$?; stty -a | tr ' ;' '\\n' | grep -E '^-?(icanon|echo|isig)$' | xargs echo left:; exec sleep 600",
            course.root.display(),
            env!("CARGO_BIN_EXE_xtask")
        );
        terminal.tmux(&[
            "-f",
            "/dev/null",
            "new-session",
            "-d",
            "-x",
            &width.to_string(),
            "-y",
            &height.to_string(),
            "env",
            "-u",
            "CI",
            "-u",
            "NO_COLOR",
            "sh",
            "-c",
            &shell,
        ]);
        Some(terminal)
    }

    fn tmux(&self, args: &[&str]) -> String {
        let output = Command::new("tmux").args(["-L", &self.socket]).args(args).output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn screen(&self) -> String {
        self.tmux(&["capture-pane", "-p"])
    }

    fn press(&self, key: &str) {
        self.tmux(&["send-keys", key]);
    }

    fn resize(&self, width: u16, height: u16) {
        let (width, height) = (width.to_string(), height.to_string());
        self.tmux(&["resize-window", "-x", &width, "-y", &height]);
    }

    /// Waits until all `words` are on the screen.
    #[track_caller]
    fn shows(&self, words: &[&str]) -> String {
        let patience = Instant::now() + Duration::from_secs(60);
        loop {
            let screen = self.screen();
            if words.iter().all(|word| screen.contains(word)) {
                return screen;
            }
            assert!(Instant::now() < patience, "{words:?} never came:\n{screen}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = Command::new("tmux").args(["-L", &self.socket, "kill-server"]).output();
    }
}

#[test]
fn a_task_is_worked_through_without_leaving_the_screen() {
    let course = Course::fresh();
    let Some(terminal) = Terminal::open(&course, (80, 24)) else { return };
    terminal.shows(&[&of_all_tasks(0), "1 basic-coroutine", "not started", "Save the file"]);

    work_on_the_first_task(&course, &terminal);
    work_on_the_second_task_and_reset_it(&course, &terminal);
    // whoever saves another task's file is at work on that one
    course.hand_in(ONE, course.known(ONE, "no-sleep.rs"));
    terminal.shows(&["1 basic-coroutine: ", "returns a delay without", &of_all_tasks(0)]);
    terminal.press("q");
    terminal.shows(&["code=1", "left: isig icanon echo"]);
}

fn work_on_the_first_task(course: &Course, terminal: &Terminal) {
    course.hand_in(ONE, course.known(ONE, "no-sleep.rs"));
    let screen = terminal.shows(&["returns a delay without", "▲ 0 ms: #1 should be waiting"]);
    assert!(screen.lines().all(|line| line.chars().count() <= 80), "{screen}");
    terminal.press("h");
    terminal.shows(&["hint 1 of 3: nudge"]);
    terminal.press("h");
    terminal.shows(&["hint 2 of 3: direction"]);
    terminal.press("e");
    terminal.shows(&["E-no-sleep:", "lines above", "below"]);
    terminal.press("Down");
    terminal.shows(&["1 line above"]);
    terminal.press("Escape");
    terminal.shows(&["waiting for a save", "should be waiting"]);
    terminal.press("t");
    terminal.shows(&["random delays (seed 1)"]);
    terminal.press("s");
    assert!(!terminal.screen().contains("pub async fn"), "no solution before success");

    course.hand_in(ONE, "pub async fn wait_random(");
    terminal.shows(&["is refused by the compiler", "unclosed delimiter"]);

    let solution = std::fs::read(course.root.join(format!("checker/solutions/{ONE}.rs"))).unwrap();
    course.hand_in(ONE, &solution);
    terminal.shows(&[
        &format!("{} · {}", of_all_tasks(1), of_all_points(1)),
        "Right! Press n",
        "waiting for a save",
    ]);
    terminal.press("s");
    terminal.shows(&["pub async fn wait_random"]);
    terminal.press("l");
    terminal.shows(&[&of_all_points(1), "2 concurrent-coroutines"]);
    terminal.press("n");
    terminal.shows(&["2 concurrent-coroutines: ", "not started"]);
}

fn work_on_the_second_task_and_reset_it(course: &Course, terminal: &Terminal) {
    course.hand_in(TWO, course.known(TWO, "awaits-in-a-loop.rs"));
    terminal.shows(&["runs its coroutines one after another", "yours", "expected"]);
    terminal.press("r");
    terminal.shows(&["Restore the stub"]);
    terminal.press("x");
    terminal.shows(&["yours"]);
    terminal.press("r");
    terminal.shows(&["Restore the stub"]);
    terminal.press("y");
    terminal.shows(&["is kept as crates/02-concurrent-coroutines/kept/lib-1.rs"]);
    terminal.shows(&["not started", "is kept as"]);
    // the note is read until the next save
    course.hand_in(TWO, course.known(TWO, "awaits-in-a-loop.rs"));
    let screen = terminal.shows(&["runs its coroutines one after another", "yours"]);
    assert!(!screen.contains("is kept as"), "{screen}");
    terminal.press("b");
}

#[test]
fn an_endless_check_is_given_up_for_a_newer_save_and_the_terminal_is_left_as_it_was() {
    let course = Course::solved_to(1);
    let Some(terminal) = Terminal::open(&course, (160, 50)) else { return };
    terminal.shows(&[&of_all_tasks(1), "2 concurrent-coroutines: "]);
    // each takes seconds to be found out; the last save is what counts
    for _ in 0..3 {
        course.hand_in(TWO, course.known(TWO, "busy-polling.rs"));
        terminal.shows(&["checking …"]);
    }
    let solution = std::fs::read(course.root.join(format!("checker/solutions/{TWO}.rs"))).unwrap();
    // as an editor does that writes another file and renames it
    let beside = course.folder(TWO).join("src/lib.rs~");
    std::fs::write(&beside, solution).unwrap();
    std::fs::rename(&beside, course.lib(TWO)).unwrap();
    terminal.shows(&[&of_all_tasks(2), "Right! Press n", "waiting for a save"]);
    // small: cut, but alive
    terminal.resize(40, 8);
    terminal.shows(&["Right!", "q quit"]);
    terminal.resize(120, 30);
    terminal.shows(&["Right! Press n", "2 concurrent-coroutines: ", "q quit"]);
    terminal.press("C-c");
    terminal.shows(&["code=1", "left: isig icanon echo"]);
}

#[test]
fn the_end_of_the_course_is_celebrated() {
    let (course, all) = (Course::solved(), TASKS.len());
    let Some(terminal) = Terminal::open(&course, (80, 24)) else { return };
    terminal.shows(&[&format!("{} · {}", of_all_tasks(all), of_all_points(all)), "Right! Press n"]);
    terminal.press("n");
    terminal.shows(&["All tasks are right", "What to read next", "tokio.rs/tokio/tutorial"]);
    // half a file of a task takes nothing from those that build on it, on a small screen neither
    let right = std::fs::read(course.lib(ONE)).unwrap();
    course.hand_in(ONE, "pub async fn wait_random(");
    let others = [&*of_all_tasks(all - 1), " wait for 1)", "unclosed delimiter"];
    terminal.shows(&others);
    terminal.resize(60, 24);
    terminal.shows(&others);
    course.hand_in(ONE, right);
    terminal
        .shows(&[&format!("{} · {}\n", of_all_tasks(all), of_all_points(all)), "Right! Press n"]);
    terminal.press("q");
    terminal.shows(&["code=0"]);
}

#[test]
fn without_a_terminal_it_says_what_to_use_instead() {
    let did = Course::fresh().xtask(&["watch"]);
    assert_eq!(did.code, Some(2));
    did.says(&["watch needs a terminal", "cargo xtask check"]);
}
