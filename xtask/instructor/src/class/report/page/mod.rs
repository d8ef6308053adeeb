//! The report as a web page: one file that shows the class, works from disk, and needs no network.
//!
//! The page shows texts of students, which may be hostile. The data is in the page as JSON that can't end its own element.
//! The scripts in `script/` make elements from it, and never markup. The page's own policy allows no other script. `view` is
//! the data, and `drawing` makes the timelines in it.

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::Class;
use super::out::Out;
use crate::class::results::Results;

mod drawing;
mod view;

const FRAME: &str = include_str!("page.html");

const STYLE: &str = concat!(
    include_str!("style/page.css"),
    include_str!("style/matrix.css"),
    include_str!("style/student.css"),
    include_str!("style/print.css"),
);

/// The scripts, joined into one module. Each file uses those before it, and the last one starts the page.
const SCRIPT: &str = concat!(
    include_str!("script/element.js"),
    include_str!("script/address.js"),
    include_str!("script/words.js"),
    include_str!("script/class.js"),
    include_str!("script/mistakes.js"),
    include_str!("script/filter.js"),
    include_str!("script/matrix.js"),
    include_str!("script/timeline.js"),
    include_str!("script/code.js"),
    include_str!("script/student.js"),
    include_str!("script/page.js"),
);

/// Writes the page, `index.html`. The same results give the same bytes.
pub fn page(results: &Results) -> Result<Vec<u8>> {
    let data = serde_json::to_string(&view::View::of(results))
        .context("cannot write the results as JSON, so there is no page of them")?;
    let page = FRAME
        .replace("{{style hash}}", &hash(STYLE))
        .replace("{{script hash}}", &hash(SCRIPT))
        .replace("{{style}}", STYLE)
        .replace("{{script}}", SCRIPT)
        // last, so that nothing is replaced inside the students' texts
        .replace("{{data}}", &inert(&data));
    Ok(page.into_bytes())
}

pub(super) fn write(class: &Class, out: &mut Out) -> Result<()> {
    out.file("index.html", |file| Ok(file.write_all(&page(class.results)?)?))
}

/// The name of a script or a style in the policy.
fn hash(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(hmac_sha256::Hash::hash(text.as_bytes())))
}

/// JSON without `<`, so that an HTML parser sees no tag and no comment in it. (`<` occurs only in strings.)
fn inert(json: &str) -> String {
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use checker::tasks::TASKS;
    use checker::trace::SourceLocation;
    use checker::verdict::code::Code;
    use checker::verdict::{Diagnosis, Outcome, TaskReport, Verdict};

    use super::*;
    use crate::class::results::{Course, CourseTask, File, Graded, Grading, Student, VERSION};

    const HOSTILE: [&str; 4] = [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "<img src=x onerror=alert(1)>",
        "{{script}}",
    ];

    /// The verdict on a file with `text` wherever a student can write.
    fn task(text: &str) -> Graded {
        let diagnosis = Diagnosis {
            code: Code::Compile,
            text: text.into(),
            place: Some(SourceLocation { file: text.into(), line: 1 }),
            call: Some(text.into()),
        };
        let verdict = Verdict {
            compiler: Some(text.into()),
            warnings: Some(text.into()),
            output: Some(text.into()),
            ..Verdict::of(diagnosis)
        };
        Graded {
            report: TaskReport::new(TASKS[0], verdict),
            points: 0.0,
            max_points: 20.0,
            overridden: false,
            comment: Some(text.into()),
            notes: vec![text.into()],
            nearly: Vec::new(),
            files: vec![File { path: text.into(), text: text.into() }],
            not_now: None,
            took_ms: 7,
        }
    }

    /// A class of one student, who writes `text` wherever a student can write.
    fn class(text: &str) -> Results {
        let student = Student {
            name: text.into(),
            refused: None,
            days_late: 0,
            late_penalty: 0.0,
            points: 0.0,
            max_points: 20.0,
            points_by_hand: false,
            comment: None,
            tasks: vec![task(text)],
        };
        let course_task = CourseTask {
            number: 1,
            name: TASKS[0].name.into(),
            title: "Waits".into(),
            concept: "coroutines".into(),
            points: 20.0,
        };
        Results {
            version: VERSION,
            course: Course { title: text.into(), tasks: vec![course_task] },
            grading: Grading {
                isolation: "B".into(),
                promises: "No network.".into(),
                rustc: "rustc 1.95.0".into(),
                checker: "0a".into(),
                secret: true,
                secret_fingerprint: "00c0ffee00c0ffee".into(),
            },
            made_with: None,
            shard: None,
            students: vec![student],
            incomplete: Vec::new(),
            review: Vec::new(),
            similar: None,
            others: Vec::new(),
        }
    }

    fn text_of(results: &Results) -> String {
        String::from_utf8(page(results).unwrap()).unwrap()
    }

    /// The text between two marks.
    fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
        let start = page.find(from).unwrap() + from.len();
        &page[start..start + page[start..].find(to).unwrap()]
    }

    #[test]
    fn what_students_write_never_stands_in_the_page_as_markup() {
        let harmless = text_of(&class("ann"));
        for text in HOSTILE {
            let page = text_of(&class(text));
            assert_eq!(page.matches('<').count(), harmless.matches('<').count(), "{text}");
            if text.contains('<') {
                assert!(!page.contains(text), "{text}");
                assert!(page.contains(&inert(text)), "{text} is not there at all");
            }
        }
    }

    #[test]
    fn the_data_is_what_was_given_once_the_browser_has_read_it() {
        for text in HOSTILE.into_iter().chain(["\u{2028}\u{2029}\u{0}\\\"&lt;"]) {
            let page = text_of(&class(text));
            let data = between(&page, r#"<script type="application/json" id="data">"#, "</script>");
            let data: serde_json::Value = serde_json::from_str(data).unwrap();
            let student = &data["results"]["students"][0];
            assert_eq!(student["name"], text);
            assert_eq!(student["tasks"][0]["files"][0]["text"], text);
            assert_eq!(student["tasks"][0]["compiler"], text);
            assert!(!page.contains(['\u{2028}', '\u{2029}']), "{text:?}");
        }
    }

    #[test]
    fn the_policy_lets_only_the_pages_own_script_and_style_in() {
        let page = text_of(&class("ann"));
        let policy = between(&page, r#"http-equiv="Content-Security-Policy" content=""#, "\"");
        let script = between(&page, r#"<script type="module">"#, "</script>");
        let style = between(&page, "<style>", "</style>");
        assert_eq!(
            policy,
            format!(
                "default-src 'none'; script-src '{}'; style-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
                hash(script),
                hash(style)
            )
        );
    }

    #[test]
    fn nothing_in_the_page_makes_markup_of_text() {
        for way in
            ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "srcdoc"]
        {
            assert!(!SCRIPT.contains(way), "{way}");
        }
        assert!(!FRAME.contains("://") && !STYLE.contains("url("), "the page asks for something");
    }

    #[test]
    fn the_same_results_make_the_same_page_however_long_the_grading_took() {
        let mut later = class("ann");
        later.students[0].tasks[0].took_ms = 4711;
        assert_eq!(text_of(&class("ann")), text_of(&later));
        assert_eq!(later.students[0].tasks[0].report.verdict.outcome, Outcome::DidNotCompile);
    }
}
