//! The words that turn a task's name into nearly that name: endings, marks of copies and backups, and the like.
//!
//! All are in small letters, in Unicode's form NFKC, as the names they are compared with.

/// What an ending says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Termination {
    /// `.rs`.
    Right,
    /// `.rs`, typed wrong.
    Typed,
    /// Plain text, which editors and mail programs put in place of `.rs` or behind it.
    Text,
    /// A version from before the last change.
    Backup,
}

/// Endings of files. The first that fits is taken off, and then the next one.
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

/// What systems write behind a copy's name, in the languages that they speak: ` - Copy`, ` copy`, ` (Kopie)`.
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

/// What systems write before a copy's name.
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

/// What people write behind a name to tell a version from others: `-final`. (GitHub's archives end with the branch.)
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

/// What may stand before a task's number.
pub const NUMBERED: [&str; 8] =
    ["task", "exercise", "ex", "problem", "aufgabe", "assignment", "part", "number"];

/// What tells that a file is about a task, and is none of its solutions.
pub const ABOUT: [&str; 13] = [
    "test", "check", "bench", "example", "demo", "note", "readme", "hint", "lesson", "stub",
    "todo", "question", "output",
];
