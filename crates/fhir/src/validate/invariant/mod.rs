//! The rules of the base definitions (<https://hl7.org/fhir/R4/conformance-rules.html#constraints>).
//!
//! Each is compiled once: the usual ones to native checks or to simple conditions, the others to FHIRPath.

mod condition;
mod native;
mod sentence;
mod table;

use super::message;
use super::schema::{ElementId, Structure, StructureId};
use super::walk::Within;
use crate::fhirpath::{Element, Environment, EvaluationError, Expression, Value};
use crate::issue::{Code, Text};
use crate::{Issue, Json, Severity};

/// An evaluation of one rule is stopped after so many steps.
const STEPS_MAX: u64 = 3_000_000;

/// One rule, ready to run.
pub struct Rule {
    /// Such as `per-1`.
    pub key: &'static str,
    severity: Severity,
    text: Text,
    check: Check,
    /// What a condition was made of, so that tests compare the two.
    #[cfg(test)]
    expression: Option<Expression>,
}

enum Check {
    Native(native::Native),
    Condition(condition::Condition),
    Path(Box<Expression>),
}

/// The rules on every value of a structure, its bases' included.
pub fn of_structure(id: StructureId) -> &'static [&'static Rule] {
    table::rules().of_structure(id)
}

/// The rules on the values of one element only.
pub fn of_element(id: ElementId) -> &'static [&'static Rule] {
    table::rules().of_element(id)
}

impl Rule {
    /// What is wrong with a value by this rule, if anything.
    pub fn check(
        &self,
        json: &Json<'_>,
        structure: &'static Structure,
        within: Within<'_, '_>,
    ) -> Option<Issue> {
        let answer = match &self.check {
            Check::Native(native) => Ok(Some(native(json, within))),
            Check::Condition(condition) => Ok(condition.is_true(json)),
            Check::Path(expression) => run(expression, json, structure, within),
        };
        #[cfg(test)]
        self.compare(&answer, json, structure, within);
        match answer {
            // An answer that is empty, such as a date of too little precision, breaks nothing.
            Ok(Some(true) | None) => None,
            Ok(Some(false)) => {
                let issue = Issue { severity: self.severity, ..Issue::error(Code::Invariant, self.text) };
                Some(issue.arg("rule", self.key))
            }
            Err(_) => Some(Issue::warning(Code::Invariant, message::RULE_NOT_CHECKED).arg("rule", self.key)),
        }
    }
}

#[cfg(test)]
impl Rule {
    fn compare(
        &self,
        answer: &Result<Option<bool>, EvaluationError>,
        json: &Json<'_>,
        structure: &'static Structure,
        within: Within<'_, '_>,
    ) {
        if let (Check::Condition(_), Some(expression)) = (&self.check, &self.expression) {
            // What FHIRPath refuses, such as several items where one is expected, is wrong by other rules.
            let other = run(&expression.clone(), json, structure, within);
            if let (Ok(a), Ok(b)) = (answer, other) {
                assert_eq!(a.unwrap_or(true), b.unwrap_or(true), "{} on {json}", self.key);
            }
        }
    }
}

fn run<'a>(
    expression: &'a Expression,
    json: &'a Json<'a>,
    structure: &'static Structure,
    within: Within<'a, 'a>,
) -> Result<Option<bool>, EvaluationError> {
    let environment = Environment {
        root_resource: Some(within.container),
        steps_max: STEPS_MAX,
        ..Environment::of(within.resource)
    };
    expression.is_true_on(&environment, &[Value::Element(Element::of(json, structure))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_rules_need_no_evaluator() {
        let (mut native, mut condition, mut path) = (0, 0, Vec::new());
        for rule in table::rules().all() {
            match &rule.check {
                Check::Native(_) => native += 1,
                Check::Condition(_) => condition += 1,
                Check::Path(_) => path.push(rule.key),
            }
        }
        println!("{native} native, {condition} conditions, {} by FHIRPath: {path:?}", path.len());
        assert!(native + condition > 2 * path.len());
    }

    /// Runs where the official examples are.
    #[test]
    fn conditions_answer_as_fhirpath_does() {
        let Some(packages) = std::env::var_os("MEDHUB_DEFINITIONS") else {
            eprintln!("skipped: MEDHUB_DEFINITIONS is not set");
            return;
        };
        let folder = std::path::PathBuf::from(packages).join("hl7.fhir.r4.examples");
        let mut tried = 0;
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let definition = ["StructureDefinition", "SearchParameter", "ValueSet", "CodeSystem"];
            let name = entry.file_name().to_string_lossy().into_owned();
            let small = entry.metadata().is_ok_and(|m| m.len() < 100_000);
            if small && !definition.iter().any(|prefix| name.starts_with(prefix)) {
                let text = std::fs::read(entry.path()).unwrap();
                let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
                crate::validate::validate(&crate::json::parse(text).unwrap());
                tried += 1;
            }
        }
        assert!(tried > 500);
    }

    #[test]
    fn every_rule_has_a_sentence_of_its_own() {
        let without: Vec<&str> =
            table::rules().all().filter(|r| r.text == sentence::FALLBACK).map(|rule| rule.key).collect();
        assert!(without.is_empty(), "{without:?}");
    }
}
