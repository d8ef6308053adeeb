//! `results.json`: the complete results. docs/results.schema.json describes them.

use anyhow::Result;

use super::Class;
use super::out::Out;

pub fn write(class: &Class, out: &mut Out) -> Result<()> {
    out.json("results.json", class.results)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::example;
    use super::*;
    use crate::class::results::Results;

    fn written() -> Value {
        let dir = tempfile::tempdir().unwrap();
        write(&Class::new(&example::class()), &mut Out::new(dir.path())).unwrap();
        serde_json::from_slice(&std::fs::read(dir.path().join("results.json")).unwrap()).unwrap()
    }

    #[test]
    fn they_keep_their_schema_and_can_be_read_back() {
        let written = written();
        let errors = example::errors("results.schema.json", &written);
        assert!(errors.is_empty(), "{errors:?}");
        let read: Results = serde_json::from_value(written.clone()).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), written);
    }

    #[test]
    fn what_is_incomplete_keeps_the_schema_too() {
        let class = example::with_gaps();
        let dir = tempfile::tempdir().unwrap();
        write(&Class::new(&class), &mut Out::new(dir.path())).unwrap();
        let json = std::fs::read(dir.path().join("results.json")).unwrap();
        let written: Value = serde_json::from_slice(&json).unwrap();
        let errors = example::errors("results.schema.json", &written);
        assert!(errors.is_empty(), "{errors:?}");
        let names = ["anna", "Anna"].map(|name| json!(name));
        assert_eq!([0, 1].map(|at| written["incomplete"][at]["student"].clone()), names);
        assert_eq!(
            [0, 1].map(|at| written["incomplete"][at]["graded_before"] == true),
            [false, true]
        );
        let read: Results = serde_json::from_value(written.clone()).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), written);
    }

    #[test]
    fn the_schema_has_that_of_a_workspaces_report_in_it() {
        let [results, report] =
            ["results.schema.json", "report.schema.json"].map(example::published);
        assert_eq!(results["$defs"]["report"], report, "put it there again");
    }

    #[test]
    fn fields_may_come_that_the_schema_does_not_know() {
        let mut more = written();
        let places = [
            "",
            "/course",
            "/grading",
            "/made_with/late",
            "/part",
            "/students/0",
            "/students/0/tasks/1",
        ];
        for place in places.into_iter().chain(["/students/0/tasks/1/evidence", "/review/0"]) {
            more.pointer_mut(place).unwrap()["more"] = 1.into();
        }
        let errors = example::errors_of(&example::published("results.schema.json"), &more);
        assert!(errors.is_empty(), "{errors:?}");
        let _: Results = serde_json::from_value(more).unwrap();
    }

    #[test]
    fn the_schema_describes_all_that_is_written() {
        let set = |pointer: &str, value: Value| {
            let mut changed = written();
            let (object, key) = pointer.rsplit_once('/').unwrap();
            changed.pointer_mut(object).unwrap()[key] = value;
            changed
        };
        for (pointer, value) in [
            ("/version", json!(2)),
            ("/more", json!(1)),
            ("/course/more", json!(1)),
            ("/course/tasks/0/more", json!(1)),
            ("/grading/more", json!(1)),
            ("/grading/isolation", json!("D")),
            ("/made_with/more", json!(1)),
            ("/made_with/late/text", json!(1)),
            ("/made_with/secret/text", json!("sixteen bytes or more")),
            ("/part/more", json!(1)),
            ("/part/index", json!(0)),
            ("/students/0/more", json!(1)),
            ("/students/0/days_late", json!(-1)),
            ("/students/0/tasks/0/more", json!(1)),
            ("/students/0/tasks/0/outcome", json!("fine")),
            ("/students/0/tasks/0/files/0/more", json!(1)),
            ("/students/0/tasks/1/nearly/0/more", json!(1)),
            ("/students/0/tasks/1/nearly/0/taken", json!("no")),
            ("/students/0/tasks/1/diagnoses/0/more", json!(1)),
            ("/students/0/tasks/1/evidence/more", json!(1)),
            ("/review/0/more", json!(1)),
            ("/similar/0/alike", json!(1.1)),
        ] {
            let errors = example::errors("results.schema.json", &set(pointer, value));
            assert!(!errors.is_empty(), "{pointer} is not refused");
        }
    }
}
