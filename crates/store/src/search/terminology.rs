//! Codes of value sets for `:in`, and subsumption for `:above` and `:below`.

use super::ast::{Operand, System, Token};
use super::issues;
use fhir::Issue;
use std::collections::HashSet;

/// The codes of a value set of the specification that can be listed.
///
/// # Errors
/// `not-supported` for a value set that is not known or cannot be listed.
pub fn codes(param: &str, value_set: &str) -> Result<HashSet<(String, String)>, Issue> {
    let _ = (param, value_set);
    Err(issues::not_supported("the value set is not one of the specification's enumerable ones"))
}

/// The codes that a code subsumes (`below`) or is subsumed by; itself included.
///
/// # Errors
/// `not-supported` when the code system has no hierarchy that is known here.
pub fn subsumed(param: &str, token: &Token, below: bool) -> Result<HashSet<(String, String)>, Issue> {
    let _ = (param, below);
    match (&token.system, &token.code) {
        (System::Is(_), Some(_)) => Err(issues::not_supported("no hierarchy of this code system is known")),
        _ => Err(issues::bad_value(param, "system|code")),
    }
}

/// Makes one set of several.
pub fn join(operands: &mut Vec<Operand>) {
    if operands.len() < 2 || !operands.iter().all(|o| matches!(o, Operand::Codes(_))) {
        return;
    }
    let mut all = HashSet::new();
    for operand in operands.drain(..) {
        if let Operand::Codes(codes) = operand {
            all.extend(codes);
        }
    }
    operands.push(Operand::Codes(all));
}
