//! Makes file names from students' names, which can be anything.
//!
//! A name that every system accepts stays as it is. From any other name, the acceptable part is used, with a hash of the
//! whole name after it. So the file name is unique, and does not depend on the other students.

use std::collections::HashMap;

use xtask::build::kit::content;

/// The most characters of a name before the hash: below every system's limit, with room for `.json`.
const LONGEST: usize = 80;
/// The digits of the hash.
const DIGITS: usize = 16;

/// Makes a unique file name for each of these names.
pub fn for_files(names: &[&str]) -> Vec<String> {
    // some systems don't distinguish `Anna` from `anna`
    let mut alike: HashMap<String, usize> = HashMap::new();
    for name in names {
        *alike.entry(name.to_ascii_lowercase()).or_default() += 1;
    }
    let fits = |name: &str| is_fit(name) && alike[&name.to_ascii_lowercase()] == 1;
    names.iter().map(|name| if fits(name) { name.to_string() } else { made(name) }).collect()
}

/// Whether it can be a file name on every system, and does not look like a [`made`] name.
fn is_fit(name: &str) -> bool {
    let begins = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    let ends = name.ends_with(is_plain) && !name.ends_with(['.', ' ']);
    let short = name.len() <= LONGEST;
    begins && ends && short && name.chars().all(is_plain) && !is_reserved(name) && !looks_made(name)
}

/// Whether the character is not special in any file system. (Letters beyond ASCII are excluded: they can be encoded in two
/// ways, and some systems change the encoding.)
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '@' | '+' | ',' | ' ')
}

/// Names of devices on Windows. They are reserved with any ending.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim().to_ascii_lowercase();
    let numbered = |port: &str| {
        stem.strip_prefix(port)
            .is_some_and(|rest| rest.len() == 1 && rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

/// Whether it ends like a made name.
fn looks_made(name: &str) -> bool {
    name.rsplit_once('-')
        .is_some_and(|(_, end)| end.len() == DIGITS && end.chars().all(|c| c.is_ascii_hexdigit()))
}

fn made(name: &str) -> String {
    let plain: String =
        name.chars().take(LONGEST).map(|c| if is_plain(c) { c } else { '_' }).collect();
    let plain = plain.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    // in front, because a device's name at the beginning is reserved whatever follows
    let plain = if plain.is_empty() || is_reserved(plain) { "student" } else { plain };
    format!("{plain}-{}", &content::name_of(name.as_bytes())[..DIGITS])
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn plain_names_stay_as_they_are() {
        for name in ["anna", "Bo_2", "anna.smith@uni.example", "Smith, Anna", "console", "com10"] {
            assert_eq!(for_files(&[name]), [name]);
        }
    }

    #[test]
    fn odd_names_become_safe_ones() {
        let long = "x".repeat(300);
        let odd = [
            "",
            ".",
            "..",
            "../../etc",
            "/etc/passwd",
            "C:\\x",
            "a/b",
            "a:b",
            "a\"b<c>&",
            "-rf",
            ".git",
            "a.",
            "a ",
            " a",
            "CON",
            "nul.tar.gz",
            "com1",
            "LPT9 .txt",
            "a\0b",
            "a\nb",
            "a\u{1b}b",
            "a\u{202e}b",
            "🦀",
            "Zoë",
            "=cmd|' /C calc'!A0",
            "~root",
            "$(reboot)",
            "*",
            "a%2fb",
            "'",
            long.as_str(),
            "x-0123456789abcdef",
        ];
        let names = for_files(&odd);
        for (name, odd) in names.iter().zip(odd) {
            assert!(name != odd && looks_made(name), "{odd:?}: {name}");
            assert!(name.chars().all(is_plain) && name.len() < 128, "{odd:?}: {name}");
            assert!(name.starts_with(|c: char| c.is_ascii_alphanumeric()), "{odd:?}: {name}");
            assert!(!is_reserved(name) && !name.contains(".."), "{odd:?}: {name}");
        }
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), odd.len());
        assert!(names[3].starts_with("etc-"), "{}", names[3]);
    }

    #[test]
    fn names_that_differ_in_case_only_are_told_apart_and_order_makes_no_difference() {
        let names = for_files(&["anna", "Anna", "bo"]);
        assert_ne!(names[0].to_lowercase(), names[1].to_lowercase());
        assert_eq!(names[2], "bo");
        assert_eq!(for_files(&["bo", "Anna", "anna"]), [&*names[2], &*names[1], &*names[0]]);
    }

    #[test]
    fn nobody_can_take_the_file_of_another_one() {
        let theirs = &for_files(&["Zoë"])[0];
        let names = for_files(&["Zoë", theirs]);
        assert_ne!(names[0], names[1]);
    }
}
