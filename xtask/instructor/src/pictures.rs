//! `cargo xtask pictures`: draws the pictures in `docs/pictures/` from what the commands really show.
//!
//! A scene is a command, together with the student's files. Its coloured output becomes an SVG. The web page of a class
//! becomes a PNG, if there is a Chromium to draw it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anstyle_svg::{Term, WIN10_CONSOLE};
use anyhow::{Context, Result, bail};
use checker::tasks::{TASKS, Task};
use clap::Args;
use xtask::build::cargo;
use xtask::build::kit::Kit;
use xtask::say;
use xtask::workspace::Workspace;

use crate::course_copy::CourseCopy;

/// Draw the pictures in docs/pictures/ again
#[derive(Args)]
pub struct Pictures {
    /// Change nothing; only report pictures that no longer show what the commands do
    #[arg(long)]
    check: bool,
    /// The Chromium that draws the web page of a class (without one, that picture stays as it is)
    #[arg(long, value_name = "PROGRAM")]
    browser: Option<OsString>,
}

/// What a picture shows.
struct Scene {
    /// The name of its file in `docs/pictures/`.
    file: &'static str,
    /// Known solutions that replace the reference solutions: `FOLDER/NAME.rs` in `checker/corpus/`.
    known: &'static [&'static str],
    /// From this number on, the tasks are stubs.
    stubs_from: usize,
    args: &'static [&'static str],
}

const SCENES: [Scene; 3] = [
    Scene {
        file: "one-after-another.svg",
        known: &["02-concurrent-coroutines/awaits-in-a-loop.rs"],
        stubs_from: 4,
        args: &["check"],
    },
    Scene { file: "passed.svg", known: &[], stubs_from: 3, args: &["check", "2"] },
    Scene {
        file: "timeline.svg",
        known: &[],
        stubs_from: 6,
        args: &["timeline", "5", "--n", "4", "--seed", "7"],
    },
];

/// The picture of a class's web page.
const PAGE: &str = "class.png";

/// The students of the class in that picture: a name, and the known solutions that they have handed in.
const STUDENTS: [(&str, &[&str]); 8] = [
    ("ada", &[]),
    ("barbara", &["02-concurrent-coroutines/join-all-sorted.rs"]),
    ("charles", &["02-concurrent-coroutines/awaits-in-a-loop.rs"]),
    ("dorothy", &["01-basic-coroutine/exclusive-range-zero-handled.rs"]),
    ("edsger", &["03-measure-runtime/not-divided.rs"]),
    ("frances", &["04-tasks/thread-sleep-in-the-task.rs"]),
    ("grace", &["05-task-based-wait/awaits-each-task.rs"]),
    (
        "hedy",
        &["02-concurrent-coroutines/awaits-in-a-loop.rs", "03-measure-runtime/std-instant.rs"],
    ),
];

impl Pictures {
    pub fn run(self) -> Result<ExitCode> {
        let workspace = Workspace::find()?;
        let folder = workspace.root.join("docs/pictures");
        let copy = CourseCopy::new(&workspace, "pictures")?;
        // the copy is made of the same sources, so this saves building all of them once more
        if let Ok(kit) = Kit::of(&workspace, false) {
            kit.lend(&copy.workspace)?;
        }
        let commands = commands(&workspace)?;
        let mut right = true;
        for scene in &SCENES {
            let path = folder.join(scene.file);
            let shown = workspace.shown(&path);
            let picture = scene.picture(&workspace, &copy, &commands)?;
            if std::fs::read_to_string(&path).is_ok_and(|old| old == picture) {
                continue;
            }
            if self.check {
                say(&format!("  ✗ {shown} is out of date: cargo xtask pictures\n"));
                right = false;
            } else {
                std::fs::create_dir_all(&folder)
                    .and_then(|()| std::fs::write(&path, picture))
                    .with_context(|| format!("cannot write {shown}"))?;
                say(&format!("  ✓ {shown}\n"));
            }
        }
        if let Some(browser) = self.browser.filter(|_| !self.check) {
            page(&workspace, &copy, &browser, &folder.join(PAGE))?;
            say(&format!("  ✓ {}\n", workspace.shown(&folder.join(PAGE))));
        }
        Ok(if right { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

impl Scene {
    /// What the command shows, as SVG.
    fn picture(&self, workspace: &Workspace, copy: &CourseCopy, commands: &Path) -> Result<String> {
        for task in TASKS {
            let known = self.known.iter().find(|known| known.starts_with(&task.folder()));
            let text = match known {
                Some(known) => workspace.root.join("checker/corpus").join(known),
                None if task.number < self.stubs_from => solution(workspace, task),
                None => workspace.root.join(format!("checker/stubs/{}.rs", task.folder())),
            };
            copy.write(task, &without_header(&read(&text)?))?;
        }
        let mut command = Command::new(commands);
        command.args(self.args).current_dir(copy.root()).stdin(Stdio::null());
        // in colour, as on a terminal, and never in the mode for CI
        command.env("CLICOLOR_FORCE", "1").env_remove("CI").env_remove("NO_COLOR");
        let output = command.output().context("cannot start the commands")?;
        if !matches!(output.status.code(), Some(0 | 1)) {
            bail!("{command:?}: {}", String::from_utf8_lossy(&output.stderr));
        }
        let text = String::from_utf8(output.stdout).context("its output is not UTF-8 text")?;
        let typed = format!("\x1b[2m$\x1b[0m cargo xtask {}\n", self.args.join(" "));
        Ok(Term::new()
            .palette(WIN10_CONSOLE)
            .min_width_px(680)
            .render_svg(&(typed + text.trim_end())))
    }
}

/// Builds the commands. (Not in the copy's folder: there cargo would find the flags for the compiler twice, in the
/// copy and in the course around it, and would build all libraries again.)
fn commands(workspace: &Workspace) -> Result<PathBuf> {
    let target = workspace.root.join("target");
    let mut cargo = cargo::cargo(&workspace.root.join("xtask"), "build", &target);
    run(cargo.args(["--quiet", "--package", "xtask"]))?;
    Ok(target.join("debug").join(format!("xtask{}", std::env::consts::EXE_SUFFIX)))
}

/// Grades a class, and lets the browser draw its page.
fn page(workspace: &Workspace, copy: &CourseCopy, browser: &OsString, to: &Path) -> Result<()> {
    let scratch = tempfile::tempdir().context("cannot make a folder")?;
    let (submissions, report) = (scratch.path().join("class"), scratch.path().join("graded"));
    for (name, known) in STUDENTS {
        for task in TASKS {
            let known = known.iter().find(|known| known.starts_with(&task.folder()));
            let from = match known {
                Some(known) => workspace.root.join("checker/corpus").join(known),
                None => solution(workspace, task),
            };
            let lib = submissions.join(name).join(task.folder()).join("src/lib.rs");
            let text = without_header(&read(&from)?);
            std::fs::create_dir_all(lib.parent().expect("it has a folder"))
                .and_then(|()| std::fs::write(&lib, text))
                .with_context(|| format!("cannot write {}", lib.display()))?;
        }
    }
    let own = std::env::current_exe().context("where is this program?")?;
    let mut grading = Command::new(own);
    grading.args(["check", "--submissions"]).arg(&submissions).arg("--report").arg(&report);
    run(grading.current_dir(copy.root()))?;
    let mut drawing = Command::new(browser);
    drawing.args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]);
    drawing.arg("--window-size=1100,1120").arg(format!("--screenshot={}", to.display()));
    drawing.arg(format!("file://{}", report.join("index.html").display()));
    run(&mut drawing)
}

fn run(command: &mut Command) -> Result<()> {
    let output = command.output().with_context(|| format!("cannot start {command:?}"))?;
    if !output.status.success() {
        bail!("{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}

fn solution(workspace: &Workspace, task: &Task) -> PathBuf {
    workspace.root.join(format!("checker/solutions/{}.rs", task.folder()))
}

/// A known solution without the header that states its verdict: a student's file has no such header.
fn without_header(text: &str) -> String {
    let header = |line: &&str| line.starts_with("//!");
    match text.starts_with("//! verdict:") {
        true => text.lines().skip_while(header).fold(String::new(), |all, line| all + line + "\n"),
        false => text.into(),
    }
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
