//! The present, as the environment gives it.

use super::Function;
use crate::fhirpath::ast::Node;
use crate::fhirpath::engine::{Engine, Items, Outcome, Scope};
use crate::fhirpath::error::EvaluationError;
use crate::fhirpath::temporal::Temporal;
use crate::fhirpath::value::Value;

pub fn call<'a>(
    engine: &mut Engine<'_, 'a>,
    function: Function,
    _input: Items<'a>,
    _arguments: &'a [Node],
    _scope: &Scope<'_, 'a>,
) -> Outcome<Items<'a>> {
    let (ms, offset) = engine.environment.now.ok_or(EvaluationError::NotOffered(function.name()))?;
    let now = Temporal::from_instant(ms, offset);
    let value = match function {
        Function::Now => Some(now),
        Function::Today => Some(now.date_part()),
        _ => now.time_part(),
    };
    Ok(value.map(Value::Temporal).into_iter().collect())
}
