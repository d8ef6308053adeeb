//! `cargo xtask explain`: what a code means, with an example of the mistake and of the way out.

use std::process::ExitCode;

use anyhow::Result;
use checker::code::Code;
use checker::screen::{Style, wrap};
use clap::Args;

use crate::say;

/// Explain a code such as E-sequential, with an example of the mistake and of the way out
#[derive(Args)]
pub struct Explain {
    /// The code (all codes are listed, if none is given)
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

impl Explain {
    pub fn run(self) -> Result<ExitCode> {
        let style = Style::of_stdout();
        let text = match self.code {
            None => {
                let line = |code: &Code| format!("  {:<20} {}\n", code.name(), code.title());
                Code::ALL.iter().map(line).collect()
            }
            Some(typed) => page(typed.parse::<Code>()?.page(), style),
        };
        say(&text);
        Ok(ExitCode::SUCCESS)
    }
}

/// Markdown as a terminal shows it best: headings bold, code indented.
pub fn page(markdown: &str, style: Style) -> String {
    let mut text = String::new();
    let mut in_code = false;
    for line in markdown.lines() {
        if line.starts_with("```") {
            in_code = !in_code;
        } else if in_code {
            text.push_str(format!("    {line}").trim_end());
            text.push('\n');
        } else if let Some(heading) =
            line.trim_start_matches('#').strip_prefix(' ').filter(|_| line.starts_with('#'))
        {
            text.push_str(&format!("{}\n", style.bold(heading)));
        } else if line.is_empty() {
            text.push('\n');
        } else {
            wrap(line, 78).iter().for_each(|line| text.push_str(&format!("{line}\n")));
        }
    }
    text
}
