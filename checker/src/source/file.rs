//! Finds out whether a file can be compiled together with other code: with items after it, or as a module of another crate.

use ra_ap_rustc_lexer::{DocStyle, FrontmatterAllowed, TokenKind, strip_shebang, tokenize};

use super::tokens::{Token, tokens};

/// Whether one of `names` is an identifier in `text`.
pub fn mentions_any(text: &str, names: &[&str]) -> bool {
    let named = |token: &Token| names.contains(&token.text.trim_start_matches("r#"));
    tokens(text).iter().any(named)
}

/// Whether `text` has an attribute for its whole crate: `#![…]`, except lints and documentation, which any module may have.
pub fn sets_up_its_crate(text: &str) -> bool {
    let tokens = tokens(text);
    let is = |at: usize, text: &str| tokens.get(at).is_some_and(|token| token.text == text);
    (0..tokens.len()).filter(|at| is(*at, "#") && is(at + 1, "!")).any(|at| {
        let lint = ["allow", "warn", "deny", "forbid"].iter().any(|level| is(at + 3, level));
        let text = is(at + 3, "doc") && is(at + 4, "=");
        !(is(at + 2, "[") && (lint || text))
    })
}

/// Whether `text` may name one of the crates `names`. A variable of the same name does not count. In doubt, the answer is
/// yes, because a macro can make a path from any token.
pub fn may_name_crate(text: &str, names: &[&str]) -> bool {
    let tokens = tokens(text);
    let is = |at: usize, text: &str| tokens.get(at).is_some_and(|token| token.text == text);
    let any_word = tokens.iter().any(|token| token.text == "macro_rules");
    let mut imported = false;
    for (at, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "use" | "extern" => imported = true,
            ";" => imported = false,
            name if names.contains(&name.trim_start_matches("r#"))
                && (any_word || imported || (is(at + 1, ":") && is(at + 2, ":"))) =>
            {
                return true;
            }
            _ => {}
        }
    }
    false
}

/// Whether items can be written after the last line of `text` without changing its meaning. In doubt, the answer is no, for
/// example after an open comment or string.
pub fn takes_more_items(text: &str) -> bool {
    let mut at = strip_shebang(text).unwrap_or(0);
    let mut ended = true;
    for token in tokenize(&text[at..], FrontmatterAllowed::No) {
        let piece = &text[at..at + token.len as usize];
        at += piece.len();
        match token.kind {
            TokenKind::Whitespace => {}
            // a doc comment for the next item needs that item; one for the file does not
            TokenKind::LineComment { doc_style: Some(style) }
            | TokenKind::BlockComment { doc_style: Some(style), .. } => {
                ended = ended && style == DocStyle::Inner;
            }
            TokenKind::LineComment { .. } => {}
            TokenKind::BlockComment { terminated, .. } if terminated => {}
            _ => ended = matches!(piece, "}" | ";"),
        }
    }
    ended
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_can_follow_only_a_complete_file() {
        for whole in ["", "fn a() {}", "use b;\n// end", "//! doc\nfn a() {} /* c */\n", "//! doc"]
        {
            assert!(takes_more_items(whole), "{whole}");
        }
        for not in [
            "#[test]",
            "/// doc",
            "fn a() {} /** doc */",
            "fn a() {} /* open",
            "fn a() {} \"open",
            "fn a()",
            "m!()",
        ] {
            assert!(!takes_more_items(not), "{not}");
        }
    }

    #[test]
    fn a_name_counts_only_in_code() {
        for (text, mentioned) in [
            ("use checker::worker::clock;", true),
            ("use r#checker as c;", true),
            ("// checker\nfn a() { \"checker\"; }", false),
            ("fn checkers() {}", false),
        ] {
            assert_eq!(mentions_any(text, &["kit", "checker"]), mentioned, "{text}");
        }
    }

    #[test]
    fn lints_and_documentation_are_allowed_in_any_module() {
        for (text, of_the_crate) in [
            ("#![doc = \"a\"]\n#![allow(unused)]\n//! b\n#[derive(Debug)] struct A;", false),
            ("// #![no_std]\nfn a() { if !b[0] {} }", false),
            ("#![no_std]", true),
            ("#![doc(test(attr(deny(warnings))))]", true),
            ("# ! [ feature(never_type) ]", true),
            ("#![cfg_attr(all(), no_std)]", true),
        ] {
            assert_eq!(sets_up_its_crate(text), of_the_crate, "{text}");
        }
    }

    #[test]
    fn paths_and_imports_name_a_crate() {
        for (text, named) in [
            ("use tasks::f;", true),
            ("use {rand, tasks as t};", true),
            ("extern crate r#tasks;", true),
            ("fn a() { tasks::f() }", true),
            ("macro_rules! m { ($m:ident) => { $m::f() } } fn a() { m!(tasks) }", true),
            ("let tasks: Vec<u8> = vec![]; tasks.len()", false),
            ("use rand::Rng; fn a(tasks: u8) {} // tasks::f", false),
        ] {
            assert_eq!(may_name_crate(text, &["tasks"]), named, "{text}");
        }
    }
}
