//! The verdict that an attack states: `failed E-forbidden-api`, `passed`.

use std::fmt;
use std::str::FromStr;

use anyhow::{Error, Result, bail};
use checker::verdict::code::Code;
use checker::verdict::{Outcome, Verdict};
use serde::de::IntoDeserializer;
use serde::de::value::{Error as Unknown, StrDeserializer};
use serde::{Deserialize, Serialize};

/// A verdict that an attack may get.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Expected {
    pub outcome: Outcome,
    /// The code of the diagnosis, for outcomes that have one.
    pub code: Option<Code>,
}

impl Expected {
    /// Whether `verdict` is this one.
    pub fn is(&self, verdict: &Verdict) -> bool {
        self.outcome == verdict.outcome && self.code == verdict.code()
    }
}

impl FromStr for Expected {
    type Err = Error;

    fn from_str(written: &str) -> Result<Self> {
        let (word, code) = match written.split_once(' ') {
            Some((word, code)) => (word, Some(code)),
            None => (written, None),
        };
        let of_this_name: StrDeserializer<'_, Unknown> = word.into_deserializer();
        let outcome = match Outcome::deserialize(of_this_name) {
            Ok(outcome) => outcome,
            Err(error) => bail!("`{written}` does not begin with an outcome: {error}"),
        };
        let of_diagnoses = || Code::ALL.iter().copied().filter(|code| !code.is_remark());
        let Some(code) = code else {
            if of_diagnoses().any(|code| code.outcome() == outcome) {
                bail!("`{written}`: this outcome has codes, so name the one that is meant");
            }
            return Ok(Self { outcome, code: None });
        };
        match of_diagnoses().find(|known| known.name() == code) {
            Some(code) if code.outcome() == outcome => Ok(Self { outcome, code: Some(code) }),
            Some(_) => bail!("`{written}`: the code does not belong to the outcome"),
            None => {
                bail!("`{written}`: there is no code `{code}`; `cargo xtask explain` lists them")
            }
        }
    }
}

impl TryFrom<String> for Expected {
    type Error = Error;

    fn try_from(written: String) -> Result<Self> {
        written.parse()
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.outcome.serialize(&mut *f)?;
        self.code.iter().try_for_each(|code| write!(f, " {code}"))
    }
}

#[cfg(test)]
mod tests {
    use checker::verdict::Diagnosis;

    use super::*;

    fn expected(written: &str) -> Expected {
        written.parse().unwrap()
    }

    #[test]
    fn a_verdict_is_read_and_written_alike() {
        for written in
            ["passed", "missing", "did-not-compile E-unsafe", "did-not-finish E-output-limit"]
        {
            assert_eq!(expected(written).to_string(), written);
        }
    }

    #[test]
    fn a_verdict_is_the_expected_one_by_outcome_and_code() {
        let (text, place, call) = (String::new(), None, None);
        let exit = Verdict::of(Diagnosis { code: Code::Exit, text, place, call });
        assert!(expected("crashed E-exit").is(&exit));
        assert!(!expected("crashed E-crash").is(&exit));
        assert!(!expected("passed").is(&exit));
        assert!(expected("passed").is(&Verdict::new(Outcome::Passed)));
        assert!(!expected("missing").is(&Verdict::new(Outcome::Passed)));
    }

    #[test]
    fn a_verdict_that_nobody_can_get_is_refused() {
        for (written, message) in [
            ("", "does not begin with an outcome"),
            ("fails E-forbidden-api", "unknown variant `fails`"),
            ("failed E-no-such", "no code `E-no-such`"),
            ("failed  E-forbidden-api", "no code ` E-forbidden-api`"),
            ("passed R-sorted", "no code `R-sorted`"),
            ("crashed E-forbidden-api", "does not belong"),
            ("failed", "name the one"),
        ] {
            let error = written.parse::<Expected>().unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
    }
}
