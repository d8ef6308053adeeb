//! Gives the students in the tables the names that they have in the class.

use anyhow::{Context, Result, bail};

use super::Settings;

impl Settings {
    /// Gives the students of the tables the names that they have in the class, where `find` knows one.
    ///
    /// # Errors
    /// If a name could be that of several students, or if a table has two names of the same student.
    pub fn rename<'a>(&mut self, find: impl Fn(&str) -> Result<Option<&'a str>>) -> Result<()> {
        for at in 0..self.named.len() {
            let (table, students) = self.named[at].clone();
            for (index, student) in students.iter().enumerate() {
                let name = find(student).with_context(|| format!("in {table}"))?;
                if let Some(name) = name.filter(|name| name != student) {
                    self.rename_one(student, name).with_context(|| format!("in {table}"))?;
                    self.named[at].1[index] = name.into();
                }
            }
        }
        Ok(())
    }

    /// Gives a student another name. Nothing may be stored under that name yet.
    fn rename_one(&mut self, from: &str, to: &str) -> Result<()> {
        let tasks = |student: &str| {
            let own = self.exceptions.iter().filter(move |own| own.student == student);
            own.map(|own| own.task).collect::<Vec<_>>()
        };
        let by_hand_twice = tasks(from).iter().any(|task| tasks(to).contains(task));
        let days = self.days_late.remove(from);
        if by_hand_twice || (days.is_some() && self.days_late.contains_key(to)) {
            bail!("`{from}` and `{to}` are the same student\n\n  next: keep one line of them");
        }
        self.days_late.extend(days.map(|days| (to.to_string(), days)));
        for own in self.exceptions.iter_mut().filter(|own| own.student == from) {
            own.student = to.into();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use checker::tasks::TASKS;
    use xtask::workspace::Workspace;

    use super::super::table::Table;
    use super::*;

    /// Settings with these tables, in which `ann` has the names of her files in a download.
    fn settings(late: &str, by_hand: &str) -> Result<Settings> {
        let dir = tempfile::tempdir().unwrap();
        let [late_file, hand_file] = ["late.csv", "hand.csv"].map(|file| dir.path().join(file));
        std::fs::write(&late_file, format!("student,days\n{late}")).unwrap();
        std::fs::write(&hand_file, format!("student,task,points\n{by_hand}")).unwrap();
        let workspace = Workspace::find().unwrap();
        let mut settings = Settings::read(
            &workspace,
            Some(&Table::read(&late_file)?),
            Some(&Table::read(&hand_file)?),
        )?;
        settings.rename(|name| match name {
            "ann" | "ann_1_2_x" | "ann_1_2_x.zip" => Ok(Some("ann")),
            "smith" => bail!("`smith` may be smith_1 or smith_2"),
            _ => Ok(None),
        })?;
        Ok(settings)
    }

    #[test]
    fn a_student_is_meant_by_any_name_of_the_download() {
        let settings = settings("ann_1_2_x,2\nzoe,1\n", "ann_1_2_x.zip,1,3\nann,2,4\n").unwrap();
        assert_eq!([settings.late("ann", 0.0).0, settings.late("zoe", 0.0).0], [2, 1]);
        let points = [0, 1].map(|task| settings.by_hand("ann", Some(TASKS[task])).points);
        assert_eq!(points, [Some(3.0), Some(4.0)]);
        let notes = settings.notes(&["ann"], Path::new("in"));
        assert!(notes.len() == 1 && notes[0].starts_with("zoe is in "), "{notes:?}");
    }

    #[test]
    fn two_names_of_one_student_and_one_name_of_two_are_errors() {
        for (late, by_hand, says) in [
            (
                "ann,1\nann_1_2_x,2\n",
                "",
                "late.csv: `ann_1_2_x` and `ann` are the same student\n\n  next",
            ),
            (
                "ann_1_2_x,1\nann_1_2_x.zip,2\n",
                "",
                "`ann_1_2_x.zip` and `ann` are the same student",
            ),
            (
                "",
                "ann,1,3\nann_1_2_x,1,4\n",
                "hand.csv: `ann_1_2_x` and `ann` are the same student",
            ),
            ("smith,1\n", "", "late.csv: `smith` may be smith_1 or smith_2"),
        ] {
            let error = format!("{:#}", settings(late, by_hand).unwrap_err());
            assert!(error.contains(says), "{error}");
        }
    }
}
