//! Escapes cells of a table for spreadsheets, so that text never becomes a formula.
//!
//! A spreadsheet takes a cell for a formula if it begins with one of a few characters, even in quotes. An apostrophe in front
//! makes it text.

use super::{feedback, sanitize};

/// Text of students, as one cell.
pub fn text(text: &str) -> String {
    let sanitized = sanitize::text(text);
    let first = sanitized.trim_start().chars().next();
    let computes = matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'));
    // (of the raw text: a carriage return is written out by now)
    if computes || text.starts_with(['\t', '\r', '\n']) {
        format!("'{sanitized}")
    } else {
        sanitized
    }
}

/// A number, as one cell.
pub fn number(number: f64) -> String {
    feedback::rounded(number).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_compute_is_marked_as_text() {
        let formulas = [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\tx",
            "\rx",
            "\n=1",
            " =1",
            "\u{a0}=1",
            "\u{3000}-1",
            "＝1",
            "＋1",
            "－1",
            "＠x",
        ];
        for formula in formulas {
            assert!(text(formula).starts_with('\''), "{formula:?}: {}", text(formula));
        }
        assert_eq!(text("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(text("\u{200e}=1"), "\\u{200e}=1", "what can't be seen begins with a backslash");
        for plain in ["", "anna", "a=b", "1-2", "'"] {
            assert_eq!(text(plain), plain);
        }
    }

    #[test]
    fn numbers_stay_numbers() {
        assert_eq!([10.0, -1.5, 0.1 + 0.2].map(number), ["10", "-1.5", "0.3"]);
    }
}
