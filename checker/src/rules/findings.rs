//! Applies the rules of a task, and picks the findings that the student sees.

use super::ending::{End, ends, more_than_is_recorded, todo_reached};
use super::{AllRuns, Check, Declared, Habits, Needs, Rule, RunView, excuse};
use crate::contract::Input;
use crate::contract::manner::Manner;
use crate::trace::Termination;
use crate::verdict::Diagnosis;
use crate::verdict::code::Code;

/// What the rules found. Findings about one run come before findings about all runs. Within one run, a cause comes
/// before its symptoms (by the order of [`Code`]).
#[derive(Default, Clone)]
pub struct Findings {
    found: Vec<Finding>,
    /// The stub's `todo!()` was reached before anything happened.
    pub untouched: bool,
    /// Errors of the course itself, in words: a rule had too few runs although the whole plan was run, or it found a
    /// code that it does not declare.
    pub course_errors: Vec<String>,
    /// The indices of runs without events whose result or time is not as it should be. Their events would tell why.
    pub suspects: Vec<usize>,
}

#[derive(Clone)]
struct Finding {
    /// The [`rank`] of the run that it is about, or a rank after all runs.
    index: usize,
    rule: Declared,
    diagnosis: Diagnosis,
}

/// The rank of findings for zero arguments. They come last, because general mistakes show there, too.
const AT_ZERO: usize = usize::MAX;
/// The rank of findings about all runs together.
const ALL_RUNS: usize = usize::MAX - 1;
/// The first rank of findings about runs without events. They come after those about recorded runs, which explain more.
const UNRECORDED: usize = usize::MAX / 2;

/// The rank of findings about this run.
fn rank<I: Input>(case: &RunView<I>) -> usize {
    if case.is_recorded() { case.index } else { UNRECORDED + case.index }
}

/// The index of the run with this rank; a large number for a rank after all runs.
fn index_of(rank: usize) -> usize {
    if (UNRECORDED..ALL_RUNS).contains(&rank) { rank - UNRECORDED } else { rank }
}

impl Findings {
    /// Applies all `rules` to the runs. Rules of the kind [`Check::AllIfRight`] come last, because they depend on the
    /// others.
    pub fn of<I: Input>(rules: impl Iterator<Item = &'static Rule<I>>, cases: &AllRuns<I>) -> Self {
        let mut findings = Self::default();
        let if_right = |rule: &&Rule<I>| matches!(rule.check, Check::AllIfRight(..));
        let (last, first): (Vec<_>, Vec<_>) = rules.partition(if_right);
        first.into_iter().chain(last).for_each(|rule| findings.apply(rule, cases));
        findings
    }

    /// Applies one rule to the runs, and adds what it finds.
    pub fn apply<I: Input>(&mut self, rule: &Rule<I>, cases: &AllRuns<I>) {
        match &rule.check {
            Check::Ends => self.ends(rule, cases),
            Check::Run(check) => {
                let is_known = |case: &RunView<I>| case.is_recorded() && !case.trace().truncated;
                self.each(rule, cases, is_known, *check);
            }
            Check::Result(check) => self.each(rule, cases, |_| true, *check),
            Check::All(needs, check) => self.all(rule, needs, cases, *check),
            Check::AllIfRight(needs, check) => {
                let is_remark = |finding: &Finding| finding.diagnosis.code.is_remark();
                let right = self.found.iter().all(is_remark);
                self.all(rule, needs, cases, if right { *check } else { |_| None });
            }
        }
    }

    fn each<I: Input>(
        &mut self,
        rule: &Rule<I>,
        cases: &AllRuns<I>,
        fits: fn(&RunView<I>) -> bool,
        check: fn(&RunView<I>) -> Option<Diagnosis>,
    ) {
        // without events, a call in another manner is compared with a call alone, which other rules do
        let is_of_use = |case: &RunView<I>| case.is_recorded() || case.is_plain();
        let returned = |case: &&RunView<I>| case.output.is_some() && is_of_use(case) && fits(case);
        for case in cases.runs.iter().filter(returned) {
            if let Some(diagnosis) = check(case) {
                self.add(rank(case), rule.declared(), diagnosis);
            }
        }
    }

    fn all<I: Input>(
        &mut self,
        rule: &Rule<I>,
        needs: &Needs<I>,
        cases: &AllRuns<I>,
        check: fn(&AllRuns<I>) -> Option<Diagnosis>,
    ) {
        let has = (needs.has)(&cases.planned);
        if cases.complete && has < needs.least {
            let (name, least) = (rule.name, needs.least);
            self.course_errors
                .push(format!("the rule `{name}` needs {least} runs, but can use only {has}"));
        }
        if let Some(diagnosis) = check(cases) {
            self.add(ALL_RUNS, rule.declared(), diagnosis);
        }
    }

    /// Applies the rule that every function returns within its limits.
    fn ends<I: Input>(&mut self, rule: &Rule<I>, cases: &AllRuns<I>) {
        let returned = || cases.runs.iter().filter(|case| case.output.is_some());
        let fine_but_for_zero = returned().any(|case| !case.is_zero());
        let fine_but_for_long = returned().any(|case| !case.is_long());
        let habits = Habits::of(cases.runs.iter().map(|case| (case.scenario, case.run)));
        for case in &cases.runs {
            let index = rank(case);
            if fine_but_for_long && excuse(case.scenario, case.trace(), habits).is_some() {
                continue;
            }
            let waits_for_ever =
                matches!(case.trace().ending, Termination::Deadlock | Termination::VirtualLimit);
            if case.scenario.manner != Manner::Alone && waits_for_ever {
                // the rule `calls_stand_alone` compares it with a call alone
                continue;
            }
            match ends(case, case.is_zero() && fine_but_for_zero) {
                Some(End::Untouched) if cases.runs.iter().all(|case| case.output.is_none()) => {
                    self.untouched = true;
                }
                Some(End::Untouched) => self.add(index, rule.declared(), todo_reached(case)),
                Some(End::Broken(diagnosis)) => self.add(index, rule.declared(), diagnosis),
                None => {
                    if let Some(diagnosis) = more_than_is_recorded(case) {
                        self.add(index, rule.declared(), diagnosis);
                    }
                }
            }
        }
    }

    /// Adds what `rule` found in the run with this index. A code that the rule does not declare is an error of the
    /// course.
    pub(crate) fn add(&mut self, index: usize, rule: Declared, diagnosis: Diagnosis) {
        if !rule.codes.contains(&diagnosis.code) {
            let (name, code) = (rule.name, diagnosis.code);
            self.course_errors
                .push(format!("the rule `{name}` found {code}, but does not declare it"));
        }
        let about_a_run = index < ALL_RUNS;
        let index = if about_a_run && diagnosis.code == Code::Zero { AT_ZERO } else { index };
        self.found.push(Finding { index, rule, diagnosis });
    }

    /// Whether more runs can still change the verdict: nothing was found so far, except remarks and findings for zero
    /// arguments.
    pub fn go_on(&self) -> bool {
        let matters =
            |finding: &Finding| finding.index != AT_ZERO && !finding.diagnosis.code.is_remark();
        !self.found.iter().any(matters)
    }

    /// Whether nothing was found so far in a run whose events are known. Then the events of suspects may tell more.
    pub fn none_is_recorded(&self) -> bool {
        let in_a_recorded_run =
            |finding: &Finding| finding.index < UNRECORDED && !finding.diagnosis.code.is_remark();
        !self.found.iter().any(in_a_recorded_run)
    }

    /// The diagnoses of the first run with findings, and the index of that run: each code once, the most likely cause
    /// first. (Other runs may show the same mistake in another way, which would only confuse.)
    pub fn diagnoses(&self) -> Vec<(usize, Diagnosis)> {
        let broken = |finding: &&Finding| !finding.diagnosis.code.is_remark();
        let mut found: Vec<&Finding> =
            self.found.iter().filter(broken).filter(|finding| !self.is_silenced(finding)).collect();
        let first = found.iter().map(|finding| finding.index).min();
        found.retain(|finding| Some(finding.index) == first);
        let mut found = each_code_once(found);
        if let Some(cause) = found.first().map(|(_, diagnosis)| diagnosis.code) {
            found.retain(|(_, symptom)| !explains(cause, symptom.code));
        }
        found.into_iter().map(|(rank, diagnosis)| (index_of(rank), diagnosis)).collect()
    }

    /// The remarks of all runs, each code once.
    pub fn remarks(&self) -> Vec<Diagnosis> {
        let remarks = self.found.iter().filter(|finding| finding.diagnosis.code.is_remark());
        let remarks = each_code_once(remarks.collect());
        remarks.into_iter().map(|(_, diagnosis)| diagnosis).collect()
    }

    /// Whether another rule found, in the same run, a code that silences the rule of this finding.
    fn is_silenced(&self, finding: &Finding) -> bool {
        self.found.iter().any(|other| {
            other.index == finding.index
                && other.rule.name != finding.rule.name
                && finding.rule.silenced_by.contains(&other.diagnosis.code)
        })
    }
}

/// Whether `cause` explains `symptom`, so that the symptom would only mislead the student.
fn explains(cause: Code, symptom: Code) -> bool {
    use Code::{
        BoundExcluded, Clock, FixedDelay, LowResolution, Randomness, SameGenerator, Skewed,
        WrongTime,
    };
    match cause {
        // after the clock was moved, no time means anything
        Clock => symptom != Clock,
        // delays from another generator have a distribution of their own
        Randomness | SameGenerator => {
            [BoundExcluded, LowResolution, FixedDelay, Skewed, WrongTime].contains(&symptom)
        }
        _ => false,
    }
}

fn each_code_once(mut found: Vec<&Finding>) -> Vec<(usize, Diagnosis)> {
    found.sort_by_key(|finding| (finding.index, finding.diagnosis.code));
    let mut seen = Vec::new();
    found.retain(|finding| {
        let new = !seen.contains(&finding.diagnosis.code);
        seen.push(finding.diagnosis.code);
        new
    });
    found.into_iter().map(|finding| (finding.index, finding.diagnosis.clone())).collect()
}
