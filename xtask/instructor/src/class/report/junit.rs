//! `junit.xml`: a suite for each student, with a case for each task, as test servers read it.

use std::time::Duration;

use anyhow::Result;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::feedback::{self, SimpleOutcome};
use super::out::Out;
use super::{Class, sanitize};
use crate::class::results::{Graded, Student};

pub fn write(class: &Class, out: &mut Out) -> Result<()> {
    let mut report = Report::new(sanitize::line(&class.results.course.title));
    report.add_test_suites(class.students().map(|(student, _)| suite(student, class.secret())));
    out.file("junit.xml", |to| Ok(report.serialize(to)?))
}

fn suite(student: &Student, secret: bool) -> TestSuite {
    let name = sanitize::line(&student.name);
    let mut suite = TestSuite::new(&name);
    suite.add_property(("points", feedback::rounded(student.points).to_string().as_str()));
    suite.add_property(("max points", feedback::rounded(student.max_points).to_string().as_str()));
    suite.add_property(("days late", student.days_late.to_string().as_str()));
    if let Some(refused) = &student.refused {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_type("refused").set_message(sanitize::line(refused));
        suite.add_test_case(case(&name, "submission", status));
    }
    suite.add_test_cases(student.tasks.iter().map(|task| task_case(&name, task, secret)));
    suite
}

fn task_case(student: &str, task: &Graded, secret: bool) -> TestCase {
    let mut status = match feedback::simple_outcome(task) {
        SimpleOutcome::Right => TestCaseStatus::success(),
        SimpleOutcome::Wrong => TestCaseStatus::non_success(NonSuccessKind::Failure),
        SimpleOutcome::Broken | SimpleOutcome::GraderFailed => {
            TestCaseStatus::non_success(NonSuccessKind::Error)
        }
        SimpleOutcome::NotJudged => TestCaseStatus::skipped(),
    };
    if !task.right() {
        status.set_message(sanitize::line(&task.headline()));
        status.set_description(feedback::plain(task, secret));
        status.set_type(feedback::code_or_outcome(task));
    }
    let mut case = case(student, &task.report.name, status);
    if let Some(why) = &task.not_now {
        case.add_property((feedback::GRADED_BEFORE, sanitize::line(why).as_str()));
    }
    case.set_time(Duration::from_millis(task.took_ms));
    case
}

fn case(student: &str, name: &str, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(sanitize::line(name), status);
    case.set_classname(student);
    case
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use quick_xml::Reader;
    use quick_xml::events::{BytesStart, Event};

    use super::super::example;
    use super::*;

    /// An element, the elements in it, and its text.
    #[derive(Debug, Default)]
    struct Element {
        name: String,
        attributes: BTreeMap<String, String>,
        children: Vec<Element>,
        text: String,
    }

    impl Element {
        fn new(start: &BytesStart) -> Self {
            let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
            let attributes = start.attributes().map(|attribute| {
                let attribute = attribute.unwrap();
                let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap();
                (text(attribute.key.as_ref()), value.into_owned())
            });
            let name = text(start.name().as_ref());
            Self { name, attributes: attributes.collect(), ..Self::default() }
        }

        fn all(&self, name: &str) -> Vec<&Element> {
            self.children.iter().filter(|child| child.name == name).collect()
        }
    }

    fn parsed(xml: &str) -> Element {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = true;
        let mut open = vec![Element::default()];
        loop {
            let event = reader.read_event().unwrap_or_else(|error| panic!("{error}: {xml}"));
            match event {
                Event::Start(start) => open.push(Element::new(&start)),
                Event::Empty(start) => open.last_mut().unwrap().children.push(Element::new(&start)),
                Event::End(_) => {
                    let done = open.pop().unwrap();
                    open.last_mut().unwrap().children.push(done);
                }
                Event::Text(text) => {
                    open.last_mut().unwrap().text += &text.xml10_content().unwrap()
                }
                Event::CData(text) => {
                    open.last_mut().unwrap().text += &text.xml10_content().unwrap()
                }
                Event::GeneralRef(entity) => {
                    open.last_mut().unwrap().text += &format!("&{};", entity.decode().unwrap());
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(open.len(), 1, "{xml}");
        open.pop().unwrap().children.pop().unwrap()
    }

    fn written() -> String {
        let dir = tempfile::tempdir().unwrap();
        write(&Class::new(&example::class()), &mut Out::new(dir.path())).unwrap();
        std::fs::read_to_string(dir.path().join("junit.xml")).unwrap()
    }

    #[test]
    fn every_student_is_a_suite_and_every_task_a_case() {
        let (class, report) = (example::class(), parsed(&written()));
        assert_eq!((&*report.name, &*report.attributes["name"]), ("testsuites", "Await & See"));
        let suites = report.all("testsuite");
        assert_eq!(suites.len(), class.students.len());
        for (suite, student) in suites.into_iter().zip(&class.students) {
            assert_eq!(suite.attributes["name"], sanitize::line(&student.name));
            let cases = suite.all("testcase");
            let refused = usize::from(student.refused.is_some());
            assert_eq!(cases.len(), student.tasks.len() + refused);
            assert_eq!(suite.attributes["tests"], cases.len().to_string());
            for (case, task) in cases.iter().skip(refused).zip(&student.tasks) {
                assert_eq!(case.attributes["classname"], suite.attributes["name"]);
                assert_eq!(case.attributes["name"], task.report.name);
                let ms: f64 = case.attributes["time"].parse::<f64>().unwrap() * 1000.0;
                assert_eq!(ms.round() as u64, task.took_ms);
            }
        }
    }

    #[test]
    fn an_outcome_is_a_failure_an_error_or_skipped() {
        let report = parsed(&written());
        let cases = report.all("testsuite").into_iter().flat_map(|suite| suite.all("testcase"));
        let mut seen: Vec<(&str, &str)> = cases
            .flat_map(|case| &case.children)
            .map(|end| (&*end.name, &*end.attributes["type"]))
            .collect();
        seen.sort();
        seen.dedup();
        assert_eq!(
            seen,
            [
                ("error", "E-compile"),
                ("error", "E-deadlock"),
                ("error", "E-panic"),
                ("error", "refused"),
                ("failure", "E-sequential"),
                ("skipped", "missing"),
                ("skipped", "untouched"),
                ("skipped", "waiting"),
            ]
        );
    }

    #[test]
    fn what_could_not_be_judged_is_an_error_and_a_verdict_from_before_is_marked() {
        let mut class = example::with_gaps();
        class.students.truncate(2);
        let dir = tempfile::tempdir().unwrap();
        write(&Class::new(&class), &mut Out::new(dir.path())).unwrap();
        let report = parsed(&std::fs::read_to_string(dir.path().join("junit.xml")).unwrap());
        let suites = report.all("testsuite");
        let cases = |suite: usize| suites[suite].all("testcase");
        assert_eq!(cases(0)[0].all("error")[0].attributes["type"], "not-judged");
        assert_eq!(cases(1)[0].all("error")[0].attributes["type"], "E-panic");
        let mark = &cases(1)[0].all("properties")[0].all("property")[0].attributes;
        assert_eq!(mark["name"], "graded before, not now");
    }

    #[test]
    fn what_xml_can_not_hold_is_written_out() {
        let xml = written();
        let fine = |c: char| !c.is_control() || c == '\n' || c == '\t';
        assert!(xml.chars().all(|c| fine(c) && c != '\u{ffff}'));
        let report = parsed(&xml);
        let failure = report.all("testsuite")[0].all("testcase")[1].all("failure")[0];
        assert!(failure.text.contains("three \\x1b[2J"), "{}", failure.text);
    }
}
