//! Randomness.

use super::*;
use crate::contract::scenario::Regime;
use crate::rules::random::{one_draw, own_generators};
use crate::rules::{Check, Rule};

#[test]
fn equal_delays_are_refused_where_chance_can_not_have_made_them() {
    // of 600 delays out of 5001, 36 pairs are equal on average; six standard deviations and ten above that are 82
    let pairs = |pairs: u64| {
        let returned: Vec<u64> = (0..600 - pairs).chain(0..pairs).collect();
        let mut trial = Trial::of("wait_n", &[]).max_delay(5000).returns(&returned);
        trial.scenario.regime = Regime::Plain([0; 32]);
        look_at_all(&[trial], own_generators).map(|diagnosis| (diagnosis.code, diagnosis.text))
    };
    assert_eq!(pairs(36), None);
    assert_eq!(pairs(80), None);
    let (code, text) = pairs(85).unwrap();
    assert_eq!(code, Code::SameGenerator);
    assert!(text.starts_with("Equal delays come far too often"), "{text}");
}

#[test]
fn coroutines_that_all_draw_the_same_are_told_so() {
    let mut trial = Trial::of("wait_n", &[]).max_delay(5000).returns(&[700; 20]);
    trial.scenario.regime = Regime::Plain([0; 32]);
    let said = look_at_all(&[trial], own_generators).unwrap();
    assert_eq!(
        said.text,
        "All 20 coroutines drew the same delay, 700 ms: their generators were made from one seed."
    );
}

#[test]
fn one_generator_for_all_is_told_though_its_delays_are_as_random_as_any() {
    let told = |made: usize, bits: usize, source: &str| {
        let mut trial = Trial::of("wait_n", &[]).max_delay(5000).returns(&[10, 20, 30]);
        (trial.scenario.regime, trial.scenario.n) = (Regime::Plain([0; 32]), 3);
        for generator in 1..=made {
            trial = trial.event(0, 0, What::Seeded { generator });
        }
        for draw in 0..3 {
            trial = trial.event(0, 0, What::Drew { generator: 1 + draw % made, bits, times: 1 });
        }
        look_at_all(&[trial.source(source)], own_generators).map(|diagnosis| diagnosis.code)
    };
    assert_eq!(told(1, 64, ""), Some(Code::SameGenerator));
    assert_eq!(told(3, 64, ""), None);
    assert_eq!(told(1, 256, ""), None, "generators of another kind are made of bytes");
    assert_eq!(told(1, 64, "StdRng::seed_from_u64(1)"), None, "or of numbers");
}

#[test]
fn a_draw_is_thrown_away_if_one_of_two_changes_nothing() {
    let thrown_away = |returned: [u64; 3], bits: &[usize]| {
        let mut plain = Trial::of("wait_random", &[10]).returns(&[10]);
        plain.scenario.regime = Regime::Plain([0; 32]);
        for bits in bits {
            plain = plain.event(0, 0, What::Drew { generator: 0, bits: *bits, times: 1 });
        }
        let mut trials = vec![plain];
        for returned in returned {
            let mut trial = Trial::of("wait_random", &[10]).returns(&[returned]);
            trial.scenario.regime = Regime::Words(Vec::new());
            trials.push(trial);
        }
        look_at_all(&trials, one_draw).map(|diagnosis| diagnosis.code)
    };
    assert_eq!(thrown_away([10, 10, 20], &[64, 64]), Some(Code::ExtraDraw), "the first one");
    assert_eq!(thrown_away([10, 20, 10], &[64, 64]), Some(Code::ExtraDraw), "the second one");
    assert_eq!(thrown_away([10, 20, 30], &[64, 64]), None, "both matter");
    assert_eq!(thrown_away([10, 10, 20], &[64]), None, "there is one only");
    assert_eq!(thrown_away([10, 10, 20], &[32, 32]), None, "halves of one number");
}

#[test]
fn the_spread_of_what_another_generator_gave_is_not_spoken_of() {
    let symptoms = [Code::BoundExcluded, Code::Coarse, Code::Skewed, Code::Order];
    let told = |cause: Code| {
        let all = symptoms.into_iter().chain([cause]);
        let mut findings = Findings::default();
        for code in all {
            let diagnosis = Diagnosis { code, text: String::new(), place: None, call: None };
            findings.add(0, &ANY, diagnosis);
        }
        findings.diagnoses().into_iter().map(|(_, d)| d.code).collect::<Vec<_>>()
    };
    assert_eq!(told(Code::SameGenerator), [Code::SameGenerator, Code::Order]);
    assert_eq!(told(Code::Clock), [Code::Clock], "time that somebody moved tells nothing");
    assert_eq!(told(Code::Early).len(), 5);
}

/// A rule that may find anything.
static ANY: Rule =
    Rule { name: "any", asks: "", codes: Code::ALL, silenced_by: &[], check: Check::Ends };

#[test]
fn a_rule_is_silent_where_another_one_has_found_what_silences_it() {
    static QUIET: Rule = Rule { silenced_by: &[Code::Sequential], ..ANY };
    let codes = |found: &[(usize, &'static Rule, Code)]| {
        let mut findings = Findings::default();
        for (index, rule, code) in found {
            let diagnosis = Diagnosis { code: *code, text: String::new(), place: None, call: None };
            findings.add(*index, rule, diagnosis);
        }
        findings.diagnoses().into_iter().map(|(_, d)| d.code).collect::<Vec<_>>()
    };
    let (cause, symptom) = (Code::Sequential, Code::TooLong);
    assert_eq!(codes(&[(0, &ANY, cause), (0, &QUIET, symptom)]), [cause]);
    assert_eq!(codes(&[(0, &QUIET, symptom), (0, &ANY, cause)]), [cause], "in any order");
    assert_eq!(codes(&[(1, &ANY, cause), (0, &QUIET, symptom)]), [symptom], "in another run");
    assert_eq!(codes(&[(0, &QUIET, cause), (0, &QUIET, symptom)]), [cause, symptom], "itself");
}

#[test]
fn a_rule_that_finds_what_it_does_not_declare_is_an_error_of_the_course() {
    static ONE: Rule = Rule { name: "one", codes: &[Code::Order], ..ANY };
    let errors = |code| {
        let mut findings = Findings::default();
        findings.add(0, &ONE, Diagnosis { code, text: String::new(), place: None, call: None });
        findings.course_errors
    };
    assert_eq!(errors(Code::Order), [""; 0]);
    assert_eq!(errors(Code::Count), ["the rule `one` found E-count, and does not declare it"]);
}
