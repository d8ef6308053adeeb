//! Compiler errors that many students meet, with a note for each: the new name of an old one, and the line to write.
//!
//! Most of them come from tutorials and answers that are older than the libraries of this course. rustc can only say "not
//! found". The rows are in `rows.rs`. If no row fits an error, rustc's own words stay as they are.

mod rows;

use super::message::Message;

/// A known compiler error.
pub struct KnownError {
    /// The compiler's codes for it; empty, if it has none.
    pub codes: &'static [&'static str],
    /// What the compiler's message (or the label of the place that it marks) contains, all of it.
    pub says: &'static [&'static str],
    /// What the marked line contains.
    pub line: &'static str,
    /// The note that is added: the new name, and what to write.
    pub note: &'static str,
    /// A source that has this error. (The test compiles it.)
    pub example: &'static str,
    /// The same source, written as the note says. It compiles.
    pub instead: &'static str,
}

/// The note for an error, if it is a known one.
pub fn note(message: &Message) -> Option<&'static str> {
    if message.level != "error" {
        return None;
    }
    rows::ROWS.iter().find(|row| row.fits(message)).map(|row| row.note)
}

impl KnownError {
    fn fits(&self, message: &Message) -> bool {
        let code = message.code.as_ref().map(|code| code.code.as_str());
        let has_the_code = match code {
            Some(code) => self.codes.contains(&code),
            None => self.codes.is_empty(),
        };
        let marked = || message.spans.iter().filter(|span| span.is_primary);
        let is_there = |words: &&str| {
            let in_label =
                marked().any(|span| span.label.as_deref().is_some_and(|l| l.contains(words)));
            message.message.contains(words) || in_label
        };
        // for a macro, the marked lines are in the library, and its call is among the other places
        let lines = || message.spans.iter().flat_map(|span| &span.text);
        let in_line = self.line.is_empty() || lines().any(|line| line.text.contains(self.line));
        has_the_code && self.says.iter().all(is_there) && in_line
    }
}

/// Adds a note below `message`, a message rendered by the compiler, in the same shape and colours.
pub fn with_note(message: &str, note: &str) -> String {
    let coloured = message.contains("\u{1b}[");
    let bold =
        |text: &str| if coloured { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_string() };
    let plain = super::message::plain(message);
    let margin = plain.lines().find_map(|line| line.find("-->")).map_or(0, |at| at + 1);
    // after advice that shows changed lines, the margin has ended
    let margin_ended =
        plain.lines().any(|line| line.starts_with("help: ") || line.starts_with("note: "));
    let (before, lead) = match margin_ended || margin == 0 {
        true => (String::new(), "help: ".len()),
        false => (format!("{}= ", " ".repeat(margin)), margin + "= help: ".len()),
    };
    let break_line = format!("\n{}", " ".repeat(lead));
    let mut message = message.trim_end().to_string();
    message.push_str(&format!("\n{before}{}: {}\n", bold("help"), note.replace('\n', &break_line)));
    message
}

#[cfg(test)]
mod tests;
