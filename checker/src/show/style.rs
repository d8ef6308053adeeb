//! The style of text for people: colour or no colour, Unicode or ASCII, and the width.

use std::io::IsTerminal;

use anstyle::{AnsiColor, Style as Ansi};

use crate::system;

/// The style of text for people.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Whether there are colours.
    pub colour: bool,
    /// Whether only ASCII is used.
    pub ascii: bool,
    /// The columns of the terminal.
    pub width: usize,
}

/// The columns if there is no terminal.
const WIDTH: usize = 80;

impl Style {
    /// The style for standard output. There is colour on a terminal, but not under CI. `NO_COLOR` turns it off, and
    /// `CLICOLOR_FORCE` turns it on anywhere. A dumb terminal gets ASCII, and `AWAIT_AND_SEE_ASCII` asks for that
    /// anywhere.
    pub fn of_stdout() -> Self {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let terminal = std::io::stdout().is_terminal();
        let forced = std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        let width = system::terminal_size().map(|(width, _)| width);
        Self {
            colour: !set("NO_COLOR") && (terminal && !set("CI") && !dumb || forced),
            ascii: terminal && dumb || set("AWAIT_AND_SEE_ASCII"),
            width: width.filter(|_| terminal).unwrap_or(WIDTH).max(40),
        }
    }

    /// No colours, Unicode, and 80 columns.
    pub fn plain() -> Self {
        Self { colour: false, ascii: false, width: WIDTH }
    }

    /// The columns of text in sentences, which is indented a little.
    pub fn prose(self) -> usize {
        76.min(self.width.saturating_sub(4))
    }

    /// The text as the terminal can show it. Each character keeps its width.
    pub fn render(self, text: &str) -> String {
        if !self.ascii {
            return text.into();
        }
        let mut before = (' ', ' ');
        let glyph = |c: char| {
            // between two commands; elsewhere, `·` is a mark at the start of a line
            let separates = c == '·' && before.1 == ' ' && !before.0.is_whitespace();
            before = (before.1, c);
            if separates { '|' } else { ascii(c) }
        };
        text.chars().map(glyph).collect()
    }

    fn paint(self, ansi: Ansi, text: &str) -> String {
        if self.colour { format!("{ansi}{text}{ansi:#}") } else { text.to_string() }
    }

    /// The text in bold.
    pub fn bold(self, text: &str) -> String {
        self.paint(Ansi::new().bold(), text)
    }

    /// The text in a weaker colour, for less important things.
    pub fn dim(self, text: &str) -> String {
        self.paint(Ansi::new().dimmed(), text)
    }

    /// The text in green.
    pub fn good(self, text: &str) -> String {
        self.paint(AnsiColor::Green.on_default(), text)
    }

    /// The text in red.
    pub fn bad(self, text: &str) -> String {
        self.paint(AnsiColor::Red.on_default(), text)
    }

    /// The colour of a timeline's row.
    pub fn row(self, index: usize, text: &str) -> String {
        const COLOURS: [AnsiColor; 5] = [
            AnsiColor::Cyan,
            AnsiColor::Green,
            AnsiColor::Yellow,
            AnsiColor::Blue,
            AnsiColor::Magenta,
        ];
        self.paint(COLOURS[index % COLOURS.len()].on_default(), text)
    }

    /// The text in yellow, for marks and notes.
    pub fn note(self, text: &str) -> String {
        self.paint(AnsiColor::Yellow.on_default(), text)
    }
}

/// A glyph of ASCII for one that a dumb terminal does not have.
fn ascii(c: char) -> char {
    match c {
        '✓' => '+',
        '✗' => 'x',
        '·' | '╌' | '…' => '.',
        '×' => 'x',
        '█' => '#',
        '░' => '%',
        '■' => '!',
        '─' => '-',
        '┴' | '╴' | '▏' => '|',
        '▲' | '↑' => '^',
        '↓' => 'v',
        '–' | '—' => '-',
        '’' => '\'',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_ascii_the_dot_between_commands_is_not_a_full_stop() {
        let style = Style { ascii: true, ..Style::plain() };
        assert_eq!(
            style.render("  · 1 basic-coroutine  not started\n  next: cargo xtask hint 1 · cargo xtask explain"),
            "  . 1 basic-coroutine  not started\n  next: cargo xtask hint 1 | cargo xtask explain"
        );
    }
}
