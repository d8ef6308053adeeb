//! Compiling a task against the kit.
//!
//! cargo compiles a task's library, and then its probe (`tests/check.rs`) against that. Here, the probe is made a
//! module of the library, which takes one call of the compiler instead of two. Wherever that could make a difference
//! (the file has an open end, or the compiler complains of more than the student's lines), both are compiled one
//! after the other, as cargo does it.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use checker::ask::Library;
use checker::course::Task;
use checker::source;
use serde::{Deserialize, Serialize};

use super::Kit;
use super::content::{self, Content};
use super::make::FOR_STUDENTS;
use super::rustc::{Message, messages};
use super::shadow::{self, Sources};
use crate::build::{Package, Probe};
use crate::workspace::Workspace;

/// A task's crate, as the kit builder sees it.
#[derive(Clone)]
pub struct Crate {
    pub task: &'static Task,
    /// The workspace that it lies in.
    pub root: PathBuf,
    /// Its place there.
    pub folder: PathBuf,
    /// The crates of the tasks that its own is built on, nearest first.
    pub upstream: Vec<Crate>,
}

/// What the compiler made of a crate's sources.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Compiled {
    /// Whether there is something to run, or to compile others against.
    success: bool,
    errors: Vec<String>,
    warnings: Vec<String>,
    /// The files that were read besides the crate's sources, and the names of their contents.
    read: Vec<(PathBuf, String)>,
}

/// The file beside what was compiled that tells of it; it is written last.
const COMPILED: &str = "compiled.json";

/// The file that a probe is compiled to.
const PROBE: &str = "probe.so";

/// The files that a task's library and its probe begin with.
const LIB: &str = "src/lib.rs";
const CHECK: &str = "tests/check.rs";

/// What makes the compiler take all crates from the shared library.
const IN_THE_KIT: &str = "extern crate kit as _;\n";

/// The name of the module that the probe becomes.
const MODULE: &str = "await_and_see_probe";

/// Libraries that others are compiled against, each compiled once.
type Libraries = Mutex<HashMap<PathBuf, Arc<OnceLock<Option<Arc<Lib>>>>>>;

/// A compiled library.
struct Lib {
    /// The name of its contents.
    name: String,
    compiled: Compiled,
    /// The folder that it is in.
    folder: PathBuf,
    krate: String,
}

impl Lib {
    fn file(&self) -> PathBuf {
        self.folder.join(format!("lib{}.rlib", self.krate))
    }
}

/// Crates being compiled; a library that several of them need is compiled once.
pub struct Compilation {
    kit: Kit,
    /// Messages are to have colours.
    colour: bool,
    libraries: Libraries,
}

impl Compilation {
    pub fn new(kit: Kit, colour: bool) -> Self {
        Self { kit, colour, libraries: Libraries::default() }
    }

    /// Makes a crate a probe.
    ///
    /// # Errors
    /// If it can't be built in this way at all; cargo may be able to.
    pub fn package(&self, own: &Crate) -> Result<Package> {
        let mut package = self.kit.package(own, &self.libraries)?;
        if !self.colour {
            let errors = package.library_errors.iter_mut().chain(&mut package.probe_errors);
            errors.chain(&mut package.warnings).for_each(|text| *text = plain(text));
        }
        Ok(package)
    }
}

impl Kit {
    fn package(&self, own: &Crate, libraries: &Libraries) -> Result<Package> {
        let mut upstream = Vec::new();
        for up in &own.upstream {
            match self.library(up, libraries)? {
                Some(lib) if lib.compiled.success => upstream.push(lib),
                // it can't be built for no fault of its own
                _ => return Ok(Package::default()),
            }
        }
        let sources = shadow::sources(&own.dir())?;
        let probe = std::fs::read(own.dir().join(CHECK))
            .with_context(|| format!("cannot read tests/check.rs of {}", own.task.name))?;
        let mut content = self.content_of("probe", own, &sources, &upstream);
        content.add(&probe);
        let name = content.name();
        let environment = |text: &Vec<u8>| {
            let text = String::from_utf8_lossy(text);
            source::mentions_any(&text, &["env", "option_env"]) && text.contains("CARGO_")
        };
        if sources.values().any(environment) {
            bail!("{} asks for what only cargo tells it", own.task.name);
        }
        let at_once = self.cached(&name, own, |folder| {
            self.compile_at_once(own, &sources, &probe, &upstream, folder)
        })?;
        if let Some(compiled) = at_once {
            return Ok(Package {
                probe: compiled.success.then(|| self.probe(own, &name)),
                library_errors: compiled.errors,
                probe_errors: Vec::new(),
                warnings: compiled.warnings,
            });
        }
        // as cargo does it
        let Some(library) = self.library(own, libraries)? else {
            return Ok(Package::default());
        };
        let Compiled { success, errors, warnings, .. } = library.compiled.clone();
        let mut package = Package { library_errors: errors, warnings, ..Package::default() };
        if success {
            let name = format!("{name}-alone");
            let all: Vec<Arc<Lib>> = std::iter::once(library).chain(upstream).collect();
            let compiled = self.cached(&name, own, |folder| {
                self.compile_probe(own, &sources, &probe, &all, folder).map(Some)
            })?;
            let compiled = compiled.unwrap_or_default();
            package.probe = compiled.success.then(|| self.probe(own, &name));
            package.probe_errors = compiled.errors;
        }
        Ok(package)
    }

    fn probe(&self, own: &Crate, name: &str) -> Probe {
        let library = Library {
            path: self.built().join(name).join(PROBE),
            crate_dir: own.dir(),
            function: own.task.function.into(),
        };
        Probe::Library(library, self.runners.clone())
    }

    /// A task's library, compiled for others to be compiled against it; none, if one that it depends on can't be.
    fn library(&self, own: &Crate, libraries: &Libraries) -> Result<Option<Arc<Lib>>> {
        let once = {
            let mut all = libraries.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(own.dir()).or_default())
        };
        if let Some(known) = once.get() {
            return Ok(known.clone());
        }
        let mut upstream = Vec::new();
        for up in &own.upstream {
            match self.library(up, libraries)? {
                Some(lib) if lib.compiled.success => upstream.push(lib),
                _ => return Ok(once.get_or_init(|| None).clone()),
            }
        }
        let sources = shadow::sources(&own.dir())?;
        let name = self.content_of("library", own, &sources, &upstream).name();
        let compiled = self.cached(&name, own, |folder| {
            self.compile_library(own, &sources, &upstream, folder).map(Some)
        })?;
        let lib = Lib {
            folder: self.built().join(&name),
            name,
            compiled: compiled.unwrap_or_default(),
            krate: own.krate(),
        };
        Ok(once.get_or_init(|| Some(Arc::new(lib))).clone())
    }

    /// Everything that a compilation of the crate depends on.
    fn content_of(
        &self,
        kind: &str,
        own: &Crate,
        sources: &Sources,
        upstream: &[Arc<Lib>],
    ) -> Content {
        let mut content = Content::of(kind);
        content.add(self.name.as_bytes());
        // it is part of what a panic says, and of what `env!` reads
        content.add(own.dir().as_os_str().as_encoded_bytes());
        content.add(own.folder.as_os_str().as_encoded_bytes());
        for (path, contents) in sources {
            content.add(path.as_os_str().as_encoded_bytes());
            content.add(contents);
        }
        for lib in upstream {
            content.add(lib.name.as_bytes());
        }
        content
    }

    /// What was compiled under this name, now or before. Nothing is kept of a compilation that makes nothing.
    fn cached(
        &self,
        name: &str,
        own: &Crate,
        compile: impl FnOnce(&Path) -> Result<Option<Compiled>>,
    ) -> Result<Option<Compiled>> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let place = self.built().join(name);
        if let Some(known) = known(&place) {
            return Ok(Some(known));
        }
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = self.built().join(format!(".{}-{count}", std::process::id()));
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
        let begun = SystemTime::now();
        let compiled = compile(&folder).and_then(|compiled| {
            let Some(mut compiled) = compiled else { return Ok(None) };
            let _ = std::fs::remove_dir_all(folder.join(SHADOW));
            compiled.read = own.files_read(&folder)?;
            let json = serde_json::to_vec(&compiled)?;
            std::fs::write(folder.join(COMPILED), json)
                .context("cannot write what was compiled")?;
            if known(&place).is_none() {
                // what is there was made of other files, besides the crate's own
                let _ = std::fs::remove_dir_all(&place);
            }
            match std::fs::rename(&folder, &place) {
                Err(_) if known(&place).is_some() => {}
                moved => moved.with_context(|| format!("cannot write {}", place.display()))?,
            }
            if compiled.read.iter().any(|(path, _)| changed_since(path, begun)) {
                // who knows which of its contents the compiler has seen
                let _ = std::fs::remove_file(place.join(COMPILED));
            }
            Ok(Some(compiled))
        });
        let _ = std::fs::remove_dir_all(&folder);
        compiled
    }

    /// Where everything is that was compiled against this kit.
    fn built(&self) -> PathBuf {
        self.folder.join("built")
    }

    /// A call of the compiler for a task, in `folder`.
    pub(super) fn compiler(&self, folder: &Path) -> Command {
        let mut call = self.rustc.call(folder);
        call.args(["--error-format=json", "--json=diagnostic-rendered-ansi"])
            .args(["-C", "prefer-dynamic", "-C", "embed-bitcode=no", "--cfg", "tokio_unstable"])
            .args(&self.made.flags)
            .args(&self.made.linking)
            .arg("-L")
            .arg(format!("dependency={}", self.lib().display()));
        for (name, file) in &self.made.externs {
            if FOR_STUDENTS.contains(&name.as_str()) {
                call.arg("--extern").arg(format!("{name}={}", self.lib().join(file).display()));
            }
        }
        call
    }

    /// Makes it a call that compiles a probe.
    pub(super) fn as_probe(&self, call: &mut Command) {
        call.args(["--crate-type", "cdylib", "-C", "codegen-units=1"]);
        for (name, file) in &self.made.externs {
            if name == "checker" {
                call.arg("--extern").arg(format!("{name}={}", self.lib().join(file).display()));
            }
        }
        let kit = format!("libkit{}", std::env::consts::DLL_SUFFIX);
        call.arg("--extern").arg(format!("kit={}", self.lib().join(kit).display()));
    }

    /// A call for `own`, which may use the first `used` of the libraries that it depends on.
    fn compiler_for(
        &self,
        own: &Crate,
        libraries: &[Arc<Lib>],
        used: usize,
        folder: &Path,
    ) -> Command {
        let mut call = self.compiler(&folder.join(SHADOW));
        call.env("CARGO_MANIFEST_DIR", own.dir())
            .arg(format!("--emit=dep-info={},link", folder.join(DEPENDENCIES).display()));
        for lib in libraries {
            call.arg("-L").arg(format!("dependency={}", lib.folder.display()));
        }
        for lib in &libraries[..used.min(libraries.len())] {
            call.arg("--extern").arg(format!("{}={}", lib.krate, lib.file().display()));
        }
        call
    }

    fn compile_library(
        &self,
        own: &Crate,
        sources: &Sources,
        upstream: &[Arc<Lib>],
        folder: &Path,
    ) -> Result<Compiled> {
        shadow::cast(&folder.join(SHADOW), &own.root, &own.folder, sources)?;
        let mut call = self.compiler_for(own, upstream, 1, folder);
        call.args(["--crate-type", "rlib", "--crate-name", &own.krate()])
            .arg(own.folder.join(LIB))
            .arg("-o")
            .arg(folder.join(format!("lib{}.rlib", own.krate())));
        let (success, messages) = run(&mut call)?;
        Ok(Compiled::of(success, &messages))
    }

    /// The probe by itself, against the compiled library.
    fn compile_probe(
        &self,
        own: &Crate,
        sources: &Sources,
        probe: &[u8],
        libraries: &[Arc<Lib>],
        folder: &Path,
    ) -> Result<Compiled> {
        let mut files = sources.clone();
        files.insert(CHECK.into(), [probe, b"\n", IN_THE_KIT.as_bytes()].concat());
        shadow::cast(&folder.join(SHADOW), &own.root, &own.folder, &files)?;
        let mut call = self.compiler_for(own, libraries, libraries.len(), folder);
        self.as_probe(&mut call);
        call.args(["--crate-name", "check"])
            .arg(own.folder.join(CHECK))
            .arg("-o")
            .arg(folder.join(PROBE));
        let (success, messages) = run(&mut call)?;
        Ok(Compiled::of(success, &messages))
    }

    /// The library with the probe in it; none, if that makes a difference to what the compiler says.
    fn compile_at_once(
        &self,
        own: &Crate,
        sources: &Sources,
        probe: &[u8],
        upstream: &[Arc<Lib>],
        folder: &Path,
    ) -> Result<Option<Compiled>> {
        let lib = Path::new(LIB);
        let Some(text) = sources.get(lib).and_then(|text| std::str::from_utf8(text).ok()) else {
            return Ok(None);
        };
        let unseen = own.unseen();
        let unseen: Vec<&str> = unseen.iter().map(String::as_str).collect();
        let seen_by_none = |text: &Vec<u8>| {
            std::str::from_utf8(text).is_ok_and(|text| !source::mentions_any(text, &unseen))
        };
        if !source::takes_more_items(text) || !sources.values().all(seen_by_none) {
            return Ok(None);
        }
        let lines = text.lines().count();
        // its path is relative to the folder of the file that it stands in
        let module = format!(
            "{}{IN_THE_KIT}extern crate self as {};\n#[path = \"../{CHECK}\"]\nmod {MODULE};\n",
            if text.ends_with('\n') || text.is_empty() { "" } else { "\n" },
            own.krate(),
        );
        let mut with_probe = sources.clone();
        with_probe.insert(CHECK.into(), probe.into());
        with_probe.insert(lib.into(), [text.as_bytes(), module.as_bytes()].concat());
        shadow::cast(&folder.join(SHADOW), &own.root, &own.folder, &with_probe)?;
        let mut call = self.compiler_for(own, upstream, upstream.len(), folder);
        self.as_probe(&mut call);
        call.args(["--crate-name", &own.krate()])
            .arg(own.folder.join(LIB))
            .arg("-o")
            .arg(folder.join(PROBE));
        let (success, messages) = run(&mut call)?;

        let lib = own.folder.join(lib);
        let of_the_students = |message: &Message| {
            message.spans.iter().all(|span| {
                let file = Path::new(&span.file_name);
                own.is_source(file) && (file != lib || span.line_end <= lines)
            })
        };
        let (own_messages, other): (Vec<Message>, Vec<Message>) =
            messages.into_iter().partition(of_the_students);
        if other.iter().any(|message| message.level == "error") {
            return Ok(None);
        }
        Ok(Some(Compiled::of(success, &own_messages)))
    }
}

/// The folder that a compilation sees, and the file that it lists what it read in.
const SHADOW: &str = "shadow";
const DEPENDENCIES: &str = "dependencies";

impl Crate {
    /// A task's crate in the course itself.
    pub fn in_the_course(workspace: &Workspace, task: &'static Task) -> Self {
        Self {
            task,
            root: workspace.root.clone(),
            folder: Path::new("crates").join(task.folder()),
            upstream: task.upstream().map(|up| Self::in_the_course(workspace, up)).collect(),
        }
    }

    pub fn dir(&self) -> PathBuf {
        self.root.join(&self.folder)
    }

    fn krate(&self) -> String {
        self.task.name.replace('-', "_")
    }

    /// Crates that its probe may use, but not its library.
    fn unseen(&self) -> Vec<String> {
        let further = self.upstream.iter().skip(1).map(Crate::krate);
        ["checker", "kit", MODULE].map(String::from).into_iter().chain(further).collect()
    }

    /// Whether the compiler's name for a file is that of one below its `src/`.
    fn is_source(&self, file: &Path) -> bool {
        file.strip_prefix(self.folder.join("src"))
            .is_ok_and(|inside| inside.components().all(|part| part != Component::ParentDir))
    }

    /// The files that the compiler read for it, besides its sources.
    fn files_read(&self, folder: &Path) -> Result<Vec<(PathBuf, String)>> {
        // there is no list if the compiler gave up early
        let list = std::fs::read_to_string(folder.join(DEPENDENCIES)).unwrap_or_default();
        let mut read = Vec::new();
        for line in list.lines() {
            if line.starts_with("# env-dep:") && !line.starts_with("# env-dep:CARGO_MANIFEST_DIR=")
            {
                // it depends on more than files: no file of this name, so it is compiled every time
                read.push((PathBuf::new(), String::new()));
            }
            // each file has a line of its own, with nothing behind the colon
            let Some(file) = line.strip_suffix(':') else { continue };
            let file = PathBuf::from(file.replace("\\ ", " "));
            if self.is_source(&file) {
                continue;
            }
            let path = self.root.join(file);
            let bytes =
                std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            read.push((path, content::name_of(&bytes)));
        }
        Ok(read)
    }
}

impl Compiled {
    fn of(success: bool, messages: &[Message]) -> Self {
        let rendered = |level: &str| -> Vec<String> {
            messages
                .iter()
                .filter(|message| message.level == level)
                // how many there were: that is no message of its own
                .filter(|message| {
                    !message.message.ends_with(" emitted")
                        && !message.message.starts_with("aborting due to ")
                })
                .map(|message| message.rendered.clone().unwrap_or(message.message.clone()))
                .collect()
        };
        let mut errors = rendered("error");
        if !success && errors.is_empty() {
            errors.push("the compiler ended before its time".into());
        }
        Self { success, errors, warnings: rendered("warning"), read: Vec::new() }
    }
}

/// What was compiled in `folder`, if all other files that it was made of are as they were.
fn known(folder: &Path) -> Option<Compiled> {
    let json = std::fs::read(folder.join(COMPILED)).ok()?;
    let compiled: Compiled = serde_json::from_slice(&json).ok()?;
    let unchanged = |(path, name): &(PathBuf, String)| {
        std::fs::read(path).is_ok_and(|bytes| content::name_of(&bytes) == *name)
    };
    compiled.read.iter().all(unchanged).then_some(compiled)
}

fn changed_since(path: &Path, begun: SystemTime) -> bool {
    std::fs::metadata(path).and_then(|file| file.modified()).is_ok_and(|at| at >= begun)
}

fn run(call: &mut Command) -> Result<(bool, Vec<Message>)> {
    let output = call.output().context("cannot start the compiler")?;
    Ok((output.status.success(), messages(&output.stderr)))
}

/// The text without colours.
fn plain(text: &str) -> String {
    let mut pieces = text.split('\x1b');
    let mut plain = pieces.next().unwrap_or_default().to_string();
    for piece in pieces {
        plain.push_str(piece.split_once('m').map_or(piece, |(_, rest)| rest));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_taken_off() {
        assert_eq!(plain("\x1b[1m\x1b[91merror\x1b[0m: m"), "error: m");
        assert_eq!(plain("none"), "none");
    }
}
