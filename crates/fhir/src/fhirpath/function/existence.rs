//! Existence: <https://hl7.org/fhirpath/N1/#existence>.

use super::Function;
use crate::fhirpath::ast::Node;
use crate::fhirpath::engine::{Engine, Items, Outcome, Scope, boolean, single};
use crate::fhirpath::equality::equal;
use crate::fhirpath::error::EvaluationError;
use crate::fhirpath::value::Value;

pub fn call<'a>(
    engine: &mut Engine<'_, 'a>,
    function: Function,
    input: Items<'a>,
    arguments: &'a [Node],
    scope: &Scope<'_, 'a>,
) -> Outcome<Items<'a>> {
    let answer = match function {
        Function::Empty => input.is_empty(),
        Function::Exists => match arguments.first() {
            None => !input.is_empty(),
            Some(criterion) => any(engine, criterion, &input, scope)?,
        },
        Function::All => all(engine, &arguments[0], &input, scope)?,
        Function::AllTrue | Function::AllFalse => {
            let wanted = function == Function::AllTrue;
            booleans(&input, function)?.into_iter().all(|b| b == wanted)
        }
        Function::AnyTrue | Function::AnyFalse => {
            let wanted = function == Function::AnyTrue;
            booleans(&input, function)?.into_iter().any(|b| b == wanted)
        }
        Function::Count => return Ok(vec![Value::Integer(input.len() as i64)]),
        Function::IsDistinct => is_distinct(engine, &input)?,
        Function::Not => {
            let answer = boolean(&input, "not")?;
            return Ok(answer.map(|b| Value::Boolean(!b)).into_iter().collect());
        }
        _ => {
            let other = engine.eval(&arguments[0], scope)?;
            engine.spend(input.len().saturating_mul(other.len()))?;
            let (inner, outer) =
                if function == Function::SubsetOf { (&input, &other) } else { (&other, &input) };
            inner.iter().all(|a| outer.iter().any(|b| equal(a, b, &engine.meter) == Some(true)))
        }
    };
    Ok(vec![Value::Boolean(answer)])
}

fn any<'a>(
    engine: &mut Engine<'_, 'a>,
    criterion: &'a Node,
    input: &[Value<'a>],
    scope: &Scope<'_, 'a>,
) -> Outcome<bool> {
    for (index, item) in input.iter().enumerate() {
        if boolean(&engine.each(criterion, item, index, scope)?, "exists")? == Some(true) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn all<'a>(
    engine: &mut Engine<'_, 'a>,
    criterion: &'a Node,
    input: &[Value<'a>],
    scope: &Scope<'_, 'a>,
) -> Outcome<bool> {
    for (index, item) in input.iter().enumerate() {
        if boolean(&engine.each(criterion, item, index, scope)?, "all")? != Some(true) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn booleans(input: &[Value<'_>], function: Function) -> Outcome<Vec<bool>> {
    let one = |value: &Value<'_>| match value.system() {
        Some(Value::Boolean(b)) => Ok(b),
        _ => Err(EvaluationError::WrongType(function.name())),
    };
    input.iter().map(one).collect()
}

/// Whether no two items are equal. Texts and numbers, the usual case, are told apart by a set.
pub fn is_distinct<'a>(engine: &mut Engine<'_, 'a>, input: &[Value<'a>]) -> Outcome<bool> {
    let texts: Option<Vec<_>> =
        input.iter().map(|v| single(std::slice::from_ref(v), "").ok()??.plain_text()).collect();
    if let Some(mut texts) = texts {
        texts.sort_unstable();
        return Ok(texts.windows(2).all(|pair| pair[0] != pair[1]));
    }
    for (at, item) in input.iter().enumerate() {
        engine.spend(at)?;
        if input[..at].iter().any(|other| equal(other, item, &engine.meter) == Some(true)) {
            return Ok(false);
        }
    }
    Ok(true)
}
