//! Reads tables of students, as spreadsheets save them: with commas, or with semicolons where numbers have commas.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use serde::{Deserialize, Serialize};

use crate::class::intake::composed;

/// The text of a table, and its file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Table {
    pub path: PathBuf,
    pub text: String,
}

impl Table {
    /// The table in a file.
    ///
    /// # Errors
    /// If the file can't be read, or is not text.
    pub fn read(path: &Path) -> Result<Self> {
        let shown = path.display();
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {shown}"))?;
        let text = String::from_utf8(bytes)
            .map_err(|_| anyhow!("{shown} is not UTF-8: save it as CSV in UTF-8"))?;
        Ok(Self { path: path.into(), text })
    }
}

/// The form of a table.
pub struct Form {
    /// All possible columns. `student` is required.
    pub columns: &'static [&'static str],
    /// The possible first lines, for messages.
    pub header: &'static str,
}

/// A line of a table.
pub struct Line {
    path: PathBuf,
    number: u64,
    pub student: String,
    /// The cells, by column.
    cells: Vec<(&'static str, String)>,
}

/// The lines of a table.
///
/// # Errors
/// If the table has another form. The text names the file and the line.
pub fn lines(table: &Table, form: &Form) -> Result<Vec<Line>> {
    let path = &table.path;
    let shown = path.display();
    let header = form.header;
    // (the reader would not count all lines that end with two characters)
    let text = table.text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let first = text.lines().find(|line| !line.trim().is_empty());
    let first =
        first.with_context(|| format!("{shown} is empty: its first line must be {header}"))?;
    let semicolons = first.contains(';') && !first.contains(',');
    let mut records = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .has_headers(false)
        .flexible(true)
        .delimiter(if semicolons { b';' } else { b',' })
        .from_reader(text.as_bytes())
        .into_records();
    let names = records.next().context("there is a first line")??;
    let column =
        |name: &str| form.columns.iter().copied().find(|column| column.eq_ignore_ascii_case(name));
    let columns: Option<Vec<&'static str>> = names.iter().map(column).collect();
    let Some(columns) = columns.filter(|columns| columns.contains(&"student")) else {
        bail!("{shown}, line 1: `{first}` is not a header: the first line must be {header}");
    };
    let mut lines = Vec::new();
    for record in records {
        let record = record.with_context(|| format!("in {shown}"))?;
        let number = record.position().map_or(0, csv::Position::line);
        if record.iter().all(str::is_empty) {
            continue;
        }
        if record.len() > columns.len() {
            bail!(
                "{shown}, line {number}: {} cells, and the header has {}: write a text with a comma in quotes",
                record.len(),
                columns.len()
            );
        }
        let cells = columns.iter().copied().zip(record.iter().map(String::from)).collect();
        let mut line = Line { path: path.clone(), number, student: String::new(), cells };
        line.student = composed(line.text("student").unwrap_or_default());
        if line.student.is_empty() {
            bail!("{shown}, line {number}: it names no student");
        }
        lines.push(line);
    }
    Ok(lines)
}

impl Line {
    /// The text in a column, if there is any.
    pub fn text(&self, column: &str) -> Option<&str> {
        let cell = self.cells.iter().find(|(name, _)| *name == column);
        cell.map(|(_, text)| text.as_str()).filter(|text| !text.is_empty())
    }

    /// The value of a cell, converted by `read`.
    pub fn cell<T>(&self, column: &str, read: impl FnOnce(&str) -> Result<T>) -> Result<Option<T>> {
        let text = self.text(column);
        text.map(read).transpose().with_context(|| self.place(&format!("{column} of ")))
    }

    /// `late.csv, line 2: days of Ada Lovelace`.
    pub fn place(&self, what: &str) -> String {
        format!("{}, line {}: {what}{}", self.path.display(), self.number, self.student)
    }

    /// Refuses this line, if an earlier line is about the same.
    pub fn only<'a>(&self, earlier: impl IntoIterator<Item = &'a Self>) -> Result<()> {
        match earlier.into_iter().next() {
            Some(earlier) => {
                bail!("{} is in line {} already: keep one", self.place(""), earlier.number)
            }
            None => Ok(()),
        }
    }
}
