//! What a terminal says once a class is graded.

use std::collections::BTreeMap;
use std::path::Path;

use checker::code::Code;

use super::results::Results;

/// The class in a few lines: how it went, what is most often wrong, what to look at.
pub fn text(results: &Results, out: &Path, files: usize) -> String {
    let students = &results.students;
    let mut text = format!("\n  {} students\n\n", students.len());
    for task in &results.course.tasks {
        let of_task = || students.iter().filter_map(|student| student.task(task.number));
        let right = of_task().filter(|graded| graded.right()).count();
        let mut other: BTreeMap<String, usize> = BTreeMap::new();
        for graded in of_task().filter(|graded| !graded.right()) {
            *other.entry(graded.headline()).or_default() += 1;
        }
        let most = other.iter().max_by_key(|(_, count)| **count);
        let most = most
            .map_or(String::new(), |(what, count)| format!("   most often else: {what} ({count})"));
        text.push_str(&format!("  {} {:<24} {right:>4} right{most}\n", task.number, task.name));
    }
    let refused = students.iter().filter(|student| student.refused.is_some()).count();
    if refused > 0 {
        text.push_str(&format!(
            "\n  {refused} submissions could not be taken; the report says why\n"
        ));
    }
    let codes = |code: Code| {
        let of = |student: &super::results::Student| {
            student.tasks.iter().any(|task| task.report.verdict.code() == Some(code))
        };
        students.iter().filter(|student| of(student)).count()
    };
    let outside = codes(Code::Outside) + codes(Code::Unsafe);
    if outside > 0 {
        text.push_str(&format!("  {outside} reached for what is outside or unsafe\n"));
    }
    if !results.review.is_empty() {
        text.push_str(&format!(
            "  {} new ways of solving a task wait for review: cargo insta review\n",
            results.review.len()
        ));
    }
    if let Some(similar) = results.similar.as_ref().filter(|similar| !similar.is_empty()) {
        text.push_str(&format!(
            "  {} times, files look alike: the page shows them side by side\n",
            similar.len()
        ));
    }
    text.push_str(&format!("\n  {files} files in {}\n", out.display()));
    text.push_str(&format!("\n  next: open {}\n", out.join("index.html").display()));
    text
}
