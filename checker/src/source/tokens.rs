//! The tokens of a file: identifiers and punctuation, with their lines.

use ra_ap_rustc_lexer::{FrontmatterAllowed, TokenKind, strip_shebang, tokenize};

/// An identifier, a keyword, or a character of punctuation.
#[derive(Debug)]
pub struct Token {
    /// Its text, as it is written.
    pub text: String,
    /// Its line, from 1.
    pub line: u32,
    /// The byte of the file at which it begins.
    pub(super) at: usize,
}

/// The tokens of `text`. Comments, strings and numbers give none.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    // the compiler ignores a shebang line
    let (mut at, mut line) = (strip_shebang(text).unwrap_or(0), 1);
    for token in tokenize(&text[at..], FrontmatterAllowed::No) {
        let piece = &text[at..at + token.len as usize];
        let skipped = matches!(
            token.kind,
            TokenKind::LineComment { .. }
                | TokenKind::BlockComment { .. }
                | TokenKind::Whitespace
                | TokenKind::Literal { .. }
        );
        if !skipped {
            tokens.push(Token { text: piece.into(), line, at });
        }
        at += piece.len();
        line += piece.bytes().filter(|byte| *byte == b'\n').count() as u32;
    }
    tokens
}

/// Removes the items with an attribute that mentions `test` (`#[cfg(test)]`, `#[test]`, `#[tokio::test]`), because a
/// student's own tests are not part of the solution. Also returns the names of removed modules that are in files of their
/// own.
pub(super) fn without_tests(tokens: Vec<Token>) -> (Vec<Token>, Vec<String>) {
    let (mut kept, mut test_files) = (Vec::with_capacity(tokens.len()), Vec::new());
    let mut i = 0;
    let text = |i: usize| tokens.get(i).map_or("", |token: &Token| token.text.as_str());
    let mut keep = vec![true; tokens.len()];
    while i < tokens.len() {
        if !(text(i) == "#" && text(i + 1) == "[") {
            i += 1;
            continue;
        }
        let end = end_of_block(&tokens, i + 1, "[", "]");
        let is_test = (i..end).any(|at| text(at) == "test");
        if !is_test {
            i = end;
            continue;
        }
        // the item ends with its block, or with a semicolon before any block
        let mut at = end;
        while at < tokens.len() && !matches!(text(at), "{" | ";") {
            at += 1;
        }
        if text(at) == ";" && text(at.saturating_sub(2)) == "mod" {
            test_files.push(text(at - 1).to_string());
        }
        let item_end = if text(at) == "{" { end_of_block(&tokens, at, "{", "}") } else { at + 1 };
        let item_end = item_end.min(tokens.len());
        keep[i..item_end].fill(false);
        i = item_end;
    }
    kept.extend(tokens.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(token, _)| token));
    (kept, test_files)
}

/// The index after the bracket that closes the one at `start`.
pub fn end_of_block(tokens: &[Token], start: usize, open: &str, close: &str) -> usize {
    let mut depth = 0;
    for (i, token) in tokens.iter().enumerate().skip(start) {
        if token.text == open {
            depth += 1;
        } else if token.text == close {
            depth -= 1;
        }
        if depth == 0 {
            return i + 1;
        }
    }
    tokens.len()
}
