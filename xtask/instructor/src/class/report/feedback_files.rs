//! `feedback/NAME.md`: the results for the student, in Markdown.

use anyhow::Result;

use super::feedback::{self, Block};
use super::out::Out;
use super::{Class, markdown, sanitize};
use crate::class::results::{Graded, Results, Student};

pub fn write(class: &Class, out: &mut Out) -> Result<()> {
    for (student, name) in class.students() {
        out.text(&format!("feedback/{name}.md"), &page(student, class.results))?;
    }
    Ok(())
}

fn page(student: &Student, results: &Results) -> String {
    let title = escaped(&format!("{}: {}", results.course.title, student.name));
    let (points, max) = (feedback::rounded(student.points), feedback::rounded(student.max_points));
    let so_far = if student.has_points() { "" } else { " so far" };
    let mut page = format!("# {title}\n\n**{points} of {max} points{so_far}**\n");
    page.push_str(&blocks(&feedback::of_submission(student)));
    if !student.tasks.is_empty() {
        page.push_str("\n| task | points | |\n| --- | ---: | --- |\n");
        page.extend(student.tasks.iter().map(row));
    }
    // nothing more is said about a submission that could not be taken
    let says_more =
        |task: &&Graded| student.refused.is_none() || task.overridden || task.comment.is_some();
    page.extend(student.tasks.iter().filter(says_more).map(|task| section(task, results)));
    page
}

/// A task's line of the table.
fn row(task: &Graded) -> String {
    let (points, max) = (feedback::rounded(task.points), feedback::rounded(task.max_points));
    let headline = escaped(&feedback::headline(task));
    format!("| {} | {points} of {max} | {headline} |\n", escaped(&feedback::name(task)))
}

/// Everything about a task. Empty, if the table already says it.
fn section(task: &Graded, results: &Results) -> String {
    let text = blocks(&feedback::of_task(task, results.grading.secret));
    if text.is_empty() {
        return String::new();
    }
    let about = results.course.tasks.iter().find(|about| about.number == task.report.number);
    let title = about.map_or(&task.report.name, |about| &about.title);
    let mut section = format!("\n## {} {}\n", task.report.number, escaped(title));
    if !task.right() {
        section.push_str(&format!("\n**{}**\n", escaped(&feedback::headline(task))));
    }
    section.push_str(&text);
    let next: Vec<String> =
        feedback::next(task).iter().map(|command| format!("`{command}`")).collect();
    if !next.is_empty() {
        section.push_str(&format!("\nNext: {}\n", next.join(" · ")));
    }
    section
}

fn blocks(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        text.push('\n');
        text.push_str(&match block {
            Block::Prose(prose) => markdown::prose(prose),
            Block::Quoted { title, text } => {
                format!("{}\n\n{}", markdown::line(title), markdown::fenced(text))
            }
            Block::Comment(comment) => {
                markdown::remark(&format!("Your instructor says: {comment}"))
            }
        });
    }
    text
}

/// A text that stands inside a line of Markdown.
fn escaped(text: &str) -> String {
    markdown::escaped(&sanitize::line(text), false)
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;

    /// The page of the first student.
    const PAGE: &str = r"# Await \& See: anna

**27.5 of 40 points**

It came 2 days late: 2 points taken off.

> Your instructor says: =1+1 is two

| task | points | |
| --- | ---: | --- |
| 1 basic-coroutine | 10 of 10 | right |
| 2 concurrent-coroutines | 19.5 of 20 | runs its coroutines one after another (E-sequential) |
| 4 tasks | 0 of 10 | is refused by the compiler (E-compile) |

## 2 Many coroutines at once

**runs its coroutines one after another (E-sequential)**

Coroutine 2 began to wait when coroutine 1 was done.

Look at crates/02-concurrent-coroutines/src/lib.rs:12.

Also E-order: `wait_n` returned 40 and 10 ms.

wait_n(n = 2, max_delay = 50 ms):

```text
yours     #1  ██████████████████████████████████████            40 ms
          #2                                        ██████████  10 ms from 40 ms
              0─────────10───────20────────30───────40───────┴ 50 ms
              ▲ 0 ms: #2 should be waiting
expected  #1  ██████████████████████████████████████            40 ms
          #2  ██████████                                        10 ms
              0─────────10───────20────────30──────┴ 40 ms
```

It printed:

`````text
one ``` two
~~~~
````
three \x1b[2J
`````

A file was left out: notes.txt.

An instructor has set the points by hand.

> Your instructor says: Nearly; *see me*.

Next: `cargo xtask hint 2` · `cargo xtask explain E-sequential`

## 4 Tasks

**is refused by the compiler (E-compile)**

The compiler said:

```text
error: expected `;`
```

Next: `cargo xtask hint 4` · `cargo xtask explain E-compile`
";

    #[test]
    fn a_page_says_what_the_points_are_and_why() {
        let results = example::class();
        let page = page(&results.students[0], &results);
        assert_eq!(page, PAGE);
    }

    #[test]
    fn a_page_says_what_could_not_be_graded() {
        let results = example::with_gaps();
        let gap = page(&results.students[0], &results);
        for says in [
            "\n**17.5 of 40 points so far**\n\nThe grading machine could not grade all of it.",
            "| 1 basic-coroutine | 0 of 10 | could not be judged |",
            "**could not be judged**\n\nThe disk is full.\n",
        ] {
            assert!(gap.contains(says), "{says}: {gap}");
        }
        let before = page(&results.students[1], &results);
        for says in
            ["(E-panic); graded before, not now |", "\nThis was graded before, but the grading"]
        {
            assert!(before.contains(says), "{says}: {before}");
        }
    }

    #[test]
    fn only_what_the_page_says_itself_is_a_title_a_tag_or_a_fence() {
        let results = example::class();
        for student in &results.students {
            let page = page(student, &results);
            let mut fence: Option<usize> = None;
            for line in page.lines() {
                let backticks = line.len() - line.trim_start_matches('`').len();
                match fence {
                    None if backticks >= 3 => fence = Some(backticks),
                    None => {
                        assert!(!line.replace("\\<", "").contains('<'), "{line}");
                        assert!(!line.starts_with("# gotcha"), "{line}");
                    }
                    Some(open) if line.len() == backticks && backticks >= open => fence = None,
                    Some(_) => assert!(!line.starts_with("## "), "{line} in a fence: {page}"),
                }
            }
            assert_eq!(fence, None, "{page}");
        }
    }

    #[test]
    fn nothing_of_other_students_or_of_hidden_scenarios_is_told() {
        let mut results = example::class();
        results.grading.secret = true;
        for student in &results.students {
            let page = page(student, &results);
            for word in ["seed-17", "seed-23", "mixed", "pending.snap", "insta", "alike"] {
                assert!(!page.contains(word), "{word}: {page}");
            }
        }
        results.grading.secret = false;
        assert!(page(&results.students[0], &results).contains("max_delay = 50 ms), seed-17:"));
    }
}
