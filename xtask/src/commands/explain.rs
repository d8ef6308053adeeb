//! `cargo xtask explain`: what a code means, with an example of the mistake and of the way out.

use std::process::ExitCode;

use anyhow::{Result, bail};
use checker::show::{Style, wrap};
use checker::verdict::code::Code;
use clap::Args;

use crate::say;

/// Explain a code such as E-sequential, with an example of the mistake and of the way out
#[derive(Args)]
pub struct Explain {
    /// The code [default: list all codes]
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

impl Explain {
    pub fn run(self) -> Result<ExitCode> {
        let style = Style::of_stdout();
        let text = match self.code {
            None => {
                let line = |code: &Code| format!("  {:<22} {}\n", code.name(), code.title());
                Code::ALL.iter().map(line).collect()
            }
            Some(typed) if is_rustcs(&typed) => {
                bail!("`{typed}` is a code of the compiler\n\n  next: rustc --explain {typed}")
            }
            Some(typed) => explained(&typed, style)?,
        };
        say(&text);
        Ok(ExitCode::SUCCESS)
    }
}

/// The page of a code, however it is typed. If the name is from an earlier version, the text says so.
fn explained(typed: &str, style: Style) -> Result<String> {
    let code: Code = typed.parse()?;
    let page = page(code.page(), style);
    Ok(match Code::of_earlier_name(typed) {
        Some((earlier, code)) => format!("{earlier} is called {code} now.\n\n{page}"),
        None => page,
    })
}

/// A code such as `E0425`.
fn is_rustcs(code: &str) -> bool {
    code.strip_prefix(['E', 'e'])
        .is_some_and(|number| number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit()))
}

/// Markdown for a terminal: bold headings, indented code, filled paragraphs.
pub fn page(markdown: &str, style: Style) -> String {
    let (mut text, mut paragraph) = (String::new(), String::new());
    let mut in_code = false;
    for line in markdown.lines() {
        let prose =
            !in_code && !line.is_empty() && !line.starts_with("```") && !line.starts_with('#');
        if prose && !starts_an_item(line) {
            paragraph.push_str(line);
            paragraph.push(' ');
            continue;
        }
        fill(&mut paragraph, &mut text, style);
        if line.starts_with("```") {
            in_code = !in_code;
        } else if in_code {
            text.push_str(format!("    {line}").trim_end());
            text.push('\n');
        } else if line.starts_with('#') {
            text.push_str(&format!("{}\n", style.bold(line.trim_start_matches(['#', ' ']))));
        } else if line.is_empty() {
            text.push('\n');
        } else {
            paragraph = format!("{line} ");
        }
    }
    fill(&mut paragraph, &mut text, style);
    text
}

fn starts_an_item(line: &str) -> bool {
    line.starts_with("- ") || line.starts_with("* ")
}

fn fill(paragraph: &mut String, text: &mut String, style: Style) {
    for line in wrap(paragraph, 78.min(style.width)) {
        text.push_str(&line);
        text.push('\n');
    }
    paragraph.clear();
}
