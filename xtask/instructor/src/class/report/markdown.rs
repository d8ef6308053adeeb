//! Escapes text for Markdown, so that it always stays text.

/// Sentences as paragraphs. Text between two backticks in a line is code, and so are lines that begin with a space. All
/// other characters are escaped.
pub fn prose(text: &str) -> String {
    let is_code = |line: &&str| line.starts_with([' ', '\t']);
    let mut markdown = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if is_code(&line) {
            let more = std::iter::from_fn(|| lines.next_if(is_code));
            let code: Vec<&str> = [line].into_iter().chain(more).collect();
            let gap = if markdown.is_empty() { "" } else { "\n\n" };
            markdown = format!("{}{gap}{}\n", markdown.trim_end(), fenced(&code.join("\n")));
        } else if !(line.is_empty() && markdown.ends_with("\n\n")) {
            markdown.push_str(&(self::line(line) + "\n"));
        }
    }
    markdown.trim_end().to_string() + "\n"
}

/// A line of text.
pub fn line(text: &str) -> String {
    let (mut markdown, mut rest) = (String::new(), text);
    while let Some((before, code, after)) = code_in(rest) {
        markdown.push_str(&format!("{}`{code}`", escaped(before, markdown.is_empty())));
        rest = after;
    }
    let begins_line = markdown.is_empty();
    markdown + &escaped(rest, begins_line)
}

/// Splits a line into the text before, between and after its first two backticks.
fn code_in(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('`')?;
    let (code, after) = rest.split_once('`')?;
    (!code.trim().is_empty()).then_some((before, code, after))
}

/// Text with all special characters escaped.
pub fn escaped(text: &str, begins_line: bool) -> String {
    let mut markdown = String::new();
    let (mut in_first_number, mut before) = (begins_line, ' ');
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let within_a_word =
            before.is_alphanumeric() && rest.peek().is_some_and(|c| c.is_alphanumeric());
        let is_first = begins_line && markdown.is_empty();
        let special = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '$' | '#' => true,
            '_' => !within_a_word,
            '-' | '+' | '=' => is_first,
            '.' | ')' => in_first_number && before.is_ascii_digit(),
            // some programs turn addresses and mentions into links
            ':' => rest.peek() == Some(&'/'),
            '@' => true,
            _ => false,
        };
        if special {
            markdown.push('\\');
        }
        markdown.push(c);
        in_first_number &= c.is_ascii_digit();
        before = c;
    }
    markdown
}

/// Text in a code block. The fence is longer than any run of backticks in the text, so the text can't end it.
pub fn fenced(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(3.max(longest + 1));
    format!("{fence}text\n{}\n{fence}\n", text.trim_end_matches('\n'))
}

/// A text of the instructor, as a quote. It may have Markdown, but can't break out of the quote.
pub fn remark(text: &str) -> String {
    text.lines().fold(String::new(), |markdown, line| format!("{markdown}> {line}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_is_longer_than_any_run_of_backticks_in_it() {
        assert_eq!(fenced("a"), "```text\na\n```\n");
        assert_eq!(fenced("a\n```\n# b\n"), "````text\na\n```\n# b\n````\n");
        let fence = fenced(&format!("x{}x", "`".repeat(10)));
        assert!(
            fence.starts_with(&("`".repeat(11) + "text\n"))
                && fence.ends_with(&("\n".to_string() + &"`".repeat(11) + "\n"))
        );
    }

    #[test]
    fn text_stays_text_and_code_stays_code() {
        for (text, markdown) in [
            ("plain words, 10.5 ms: wait_n (yes)!", "plain words, 10.5 ms: wait_n (yes)!"),
            ("`wait_n` and `a*b`", "`wait_n` and `a*b`"),
            ("one ` only <b>", "one \\` only \\<b\\>"),
            ("an empty `` pair *x*", "an empty \\`\\` pair \\*x\\*"),
            ("![x](http://y) _z_", "!\\[x\\](http\\://y) \\_z\\_"),
            ("# title", "\\# title"),
            ("- item - item", "\\- item - item"),
            ("12. item 3. item", "12\\. item 3. item"),
            ("===", "\\==="),
            ("a|b ~~c~~ &amp; \\", "a\\|b \\~\\~c\\~\\~ \\&amp; \\\\"),
        ] {
            assert_eq!(line(text), markdown);
        }
    }

    #[test]
    fn code_in_sentences_is_fenced() {
        assert_eq!(
            prose("Write:\n    let x = *y;\n    ```\nNot *that*."),
            "Write:\n\n````text\n    let x = *y;\n    ```\n````\n\nNot \\*that\\*.\n"
        );
    }

    #[test]
    fn a_remark_stays_in_its_quotation() {
        assert_eq!(remark("a\n\n# b"), "> a\n> \n> # b\n");
    }
}
