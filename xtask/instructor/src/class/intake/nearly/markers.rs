//! Markers that make a name nearly right, as tables: endings, words for copies and backups, and similar ones.
//!
//! All are in small letters, and in Unicode's form NFKC, like the names that are compared with them.

/// The meaning of an ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Termination {
    /// `.rs`.
    Right,
    /// `.rs` with a typing error.
    Typed,
    /// Plain text. Editors and mail programs replace `.rs` by it, or add it.
    Text,
    /// A version from before the last change.
    Backup,
}

/// Endings of files. The first one that fits is removed, and then the next one.
pub const ENDINGS: [(&str, Termination); 23] = [
    (".rs", Termination::Right),
    (",rs", Termination::Typed),
    (";rs", Termination::Typed),
    (":rs", Termination::Typed),
    ("_rs", Termination::Typed),
    ("-rs", Termination::Typed),
    (" rs", Termination::Typed),
    (".sr", Termination::Typed),
    (".rust", Termination::Typed),
    (".rs_", Termination::Typed),
    (".txt", Termination::Text),
    (".text", Termination::Text),
    // editors: Emacs and gedit, many, patch and git, nano, vim's own names
    ("~", Termination::Backup),
    (".bak", Termination::Backup),
    ("_bak", Termination::Backup),
    (".orig", Termination::Backup),
    (".save", Termination::Backup),
    (".tmp", Termination::Backup),
    (".old", Termination::Backup),
    ("_old", Termination::Backup),
    ("-old", Termination::Backup),
    (".backup", Termination::Backup),
    (".previous", Termination::Backup),
];

/// What systems add to the end of a copy's name, in several languages: ` - Copy`, ` copy`, ` (Kopie)`.
pub const COPY: [&str; 24] = [
    "copy",
    "kopie",
    "copie",
    "copia",
    "cópia",
    "còpia",
    "kopia",
    "kópia",
    "kopi",
    "kopija",
    "kopio",
    "kopya",
    "kopyası",
    "másolat",
    "копия",
    "копія",
    "копие",
    "αντίγραφο",
    "副本",
    "拷贝",
    "拷貝",
    "複製",
    "コピー",
    "복사본",
];

/// What systems add to the beginning of a copy's name.
pub const COPY_OF: [&str; 17] = [
    "copy of ",
    "kopie von ",
    "kopie van ",
    "kopie ",
    "copie de ",
    "copia de ",
    "copia di ",
    "cópia de ",
    "còpia de ",
    "kopia av ",
    "kopia ",
    "kopi av ",
    "kopi af ",
    "kopija ",
    "másolat - ",
    "копия ",
    "копія ",
];

/// What people add to a name to mark a version: `-final`. (GitHub's archives end with the branch.)
pub const VERSION: [&str; 13] = [
    "final",
    "new",
    "fixed",
    "fix",
    "solved",
    "solution",
    "done",
    "finished",
    "submission",
    "latest",
    "main",
    "master",
    "version",
];

/// Words that may stand before a task's number.
pub const NUMBERED: [&str; 8] =
    ["task", "exercise", "ex", "problem", "aufgabe", "assignment", "part", "number"];

/// Words that show that a file is about a task, but is not a solution of it.
pub const ABOUT: [&str; 13] = [
    "test", "check", "bench", "example", "demo", "note", "readme", "hint", "lesson", "stub",
    "todo", "question", "output",
];
