//! Makes text of students safe to show: invisible characters, and those that control a terminal, are written out.

/// Makes one line safe, such as a name.
pub fn line(text: &str) -> String {
    written_out(text, &[])
}

/// Makes several lines safe, and keeps their indentation.
pub fn text(text: &str) -> String {
    written_out(&text.replace("\r\n", "\n"), &['\n', '\t'])
}

fn written_out(text: &str, but_for: &[char]) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match u32::from(c) {
            _ if but_for.contains(&c) => safe.push(c),
            code if c.is_control() => safe.push_str(&format!("\\x{code:02x}")),
            code if is_unseen(c) => safe.push_str(&format!("\\u{{{code:x}}}")),
            _ => safe.push(c),
        }
    }
    safe
}

/// Whether a character changes the direction of text, breaks lines in some programs, or is not allowed in XML.
fn is_unseen(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_not_be_seen_is_written_out() {
        assert_eq!(
            text("a\u{1b}[2J\r\n\tb\rc\u{202e}d\u{ffff}"),
            "a\\x1b[2J\n\tb\\x0dc\\u{202e}d\\u{ffff}"
        );
        assert_eq!(line("a\nb\t\u{85}"), "a\\x0ab\\x09\\x85");
        assert_eq!(line("Zoë 🦀 ＝"), "Zoë 🦀 ＝");
    }
}
