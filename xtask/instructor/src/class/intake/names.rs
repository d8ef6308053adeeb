//! Makes names that somebody else has chosen safe to print.

use std::fmt::Write;

use unicode_normalization::UnicodeNormalization;

/// Replaces every byte that is not UTF-8, and every character that does not print as itself, by `\xNN`.
pub fn sanitize(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            if prints_as_itself(character) {
                text.push(character);
            } else {
                escape(&mut text, character.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        escape(&mut text, chunk.invalid());
    }
    text
}

/// A name in its usual Unicode form. Some systems split letters and accents, and tables from all systems must name the same
/// student.
pub fn composed(name: &str) -> String {
    name.nfc().collect()
}

fn escape(text: &mut String, bytes: &[u8]) {
    for byte in bytes {
        write!(text, "\\x{byte:02x}").expect("a string takes all that is written");
    }
}

/// Whether a terminal or a page shows the character as itself: not a control character, and not one that reverses or breaks
/// the line.
fn prints_as_itself(character: char) -> bool {
    let turns_or_breaks = matches!(
        character,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    );
    !character.is_control() && !turns_or_breaks
}

/// Text from elsewhere, for use in a sentence: safe to print, and not too long to read.
pub fn short(text: &str) -> String {
    const MOST: usize = 120;
    let text = sanitize(text.as_bytes());
    let length = text.chars().count();
    if length <= MOST {
        return text;
    }
    let head: String = text.chars().take(MOST / 2).collect();
    let tail: String = text.chars().skip(length - MOST / 2).collect();
    format!("{head}…{tail}")
}

/// Whether it is a file that a system or a tool keeps for its own use: `.git`, `.DS_Store`, `Thumbs.db`.
pub fn is_hidden(name: &str) -> bool {
    let kept = ["__MACOSX", "Thumbs.db", "desktop.ini"];
    name.starts_with('.') || kept.iter().any(|kept| name.eq_ignore_ascii_case(kept))
}

/// A number of bytes in words.
pub fn size(bytes: u64) -> String {
    match bytes {
        1.. if bytes.is_multiple_of(1 << 20) => format!("{} MiB", bytes >> 20),
        1.. if bytes.is_multiple_of(1 << 10) => format!("{} KiB", bytes >> 10),
        _ => format!("{bytes} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_safe_to_print() {
        assert_eq!(sanitize("Zoë Müller".as_bytes()), "Zoë Müller");
        assert_eq!(sanitize(b"a\xff\xc3z"), "a\\xff\\xc3z");
        assert_eq!(sanitize(b"\x1b[31mred\n\x7f"), "\\x1b[31mred\\x0a\\x7f");
        assert_eq!(sanitize("a\u{9b}\u{202e}b".as_bytes()), "a\\xc2\\x9b\\xe2\\x80\\xaeb");
    }

    #[test]
    fn a_name_is_the_same_however_its_accents_are_written() {
        assert_eq!(composed("Jose\u{301}"), "Jos\u{e9}");
        assert_eq!(composed("Jos\u{e9} \u{c5}"), "Jos\u{e9} \u{c5}");
    }

    #[test]
    fn a_long_text_is_shortened_in_its_middle() {
        assert_eq!(short("src/lib.rs"), "src/lib.rs");
        let long = short(&format!("src/{}.rs", "ü".repeat(1000)));
        assert_eq!(long.chars().count(), 121);
        assert!(long.starts_with("src/ü") && long.ends_with("ü.rs"), "{long}");
    }

    #[test]
    fn a_size_is_in_the_largest_unit_that_fits() {
        let sizes = [0, 1000, 1024, 256 << 10, 1 << 20, (1 << 20) + 1].map(size);
        assert_eq!(sizes, ["0 bytes", "1000 bytes", "1 KiB", "256 KiB", "1 MiB", "1048577 bytes"]);
    }
}
