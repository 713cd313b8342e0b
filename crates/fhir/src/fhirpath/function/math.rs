//! Numbers: <https://hl7.org/fhirpath/N1/#math>.

use super::Function;
use crate::fhirpath::ast::Node;
use crate::fhirpath::engine::{Engine, Items, Outcome, Scope, integer, single};
use crate::fhirpath::equality::as_decimal;
use crate::fhirpath::error::EvaluationError;
use crate::fhirpath::operator::compare;
use crate::fhirpath::quantity::Quantity;
use crate::fhirpath::value::Value;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, MathematicalOps, RoundingStrategy};
use std::cmp::Ordering;

pub fn call<'a>(
    engine: &mut Engine<'_, 'a>,
    function: Function,
    input: Items<'a>,
    arguments: &'a [Node],
    scope: &Scope<'_, 'a>,
) -> Outcome<Items<'a>> {
    let who = function.name();
    if matches!(function, Function::Sum | Function::Avg | Function::Min | Function::Max) {
        return Ok(over_all(function, &input)?.into_iter().collect());
    }
    let Some(value) = single(&input, who)? else { return Ok(Vec::new()) };
    let value = value.system().ok_or(EvaluationError::WrongType(who))?;
    if let (Function::Abs, Value::Quantity(q)) = (function, &value) {
        let absolute = Quantity { value: q.value.abs(), unit: q.unit.clone() };
        return Ok(vec![Value::Quantity(absolute)]);
    }
    let number = as_decimal(&value).ok_or(EvaluationError::WrongType(who))?;
    let is_integer = matches!(value, Value::Integer(_));
    let whole = |d: Decimal| d.to_i64().map(Value::Integer);
    let answer = match function {
        Function::Abs if is_integer => whole(number.abs()),
        Function::Abs => Some(Value::Decimal(number.abs())),
        Function::Ceiling => whole(number.ceil()),
        Function::Floor => whole(number.floor()),
        Function::Truncate => whole(number.trunc()),
        Function::Exp => number.checked_exp().map(Value::Decimal),
        Function::Ln => number.checked_ln().map(Value::Decimal),
        Function::Sqrt => number.sqrt().map(Value::Decimal),
        Function::Round => round(engine, number, arguments, scope)?.map(Value::Decimal),
        _ => {
            let other = engine.eval(&arguments[0], scope)?;
            let Some(other) = single(&other, who)? else { return Ok(Vec::new()) };
            let other = other.system().ok_or(EvaluationError::WrongType(who))?;
            let amount = as_decimal(&other).ok_or(EvaluationError::WrongType(who))?;
            if function == Function::Log {
                logarithm(number, amount).map(Value::Decimal)
            } else {
                let both = is_integer && matches!(other, Value::Integer(_)) && !amount.is_sign_negative();
                power(number, amount).and_then(|d| if both { whole(d) } else { Some(Value::Decimal(d)) })
            }
        }
    };
    Ok(answer.into_iter().collect())
}

fn round<'a>(
    engine: &mut Engine<'_, 'a>,
    number: Decimal,
    arguments: &'a [Node],
    scope: &Scope<'_, 'a>,
) -> Outcome<Option<Decimal>> {
    let digits = match arguments.first() {
        Some(node) => integer(&engine.eval(node, scope)?, "round")?.unwrap_or(0),
        None => 0,
    };
    let digits = u32::try_from(digits).map_err(|_| EvaluationError::WrongType("round"))?.min(28);
    Ok(Some(number.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)))
}

fn logarithm(number: Decimal, base: Decimal) -> Option<Decimal> {
    if base == Decimal::TEN {
        return number.checked_log10();
    }
    let exact = number.checked_ln()?.checked_div(base.checked_ln()?)?;
    // The quotient of two rounded logarithms differs from a whole number in its last digits.
    Some(exact.round_dp(20))
}

fn power(number: Decimal, exponent: Decimal) -> Option<Decimal> {
    if number.is_sign_negative() && !exponent.fract().is_zero() {
        return None;
    }
    if exponent == Decimal::new(5, 1) {
        return number.sqrt();
    }
    number.checked_powd(exponent)
}

fn over_all<'a>(function: Function, input: &[Value<'a>]) -> Outcome<Option<Value<'a>>> {
    let who = function.name();
    let values: Option<Vec<Value<'a>>> = input.iter().map(Value::system).collect();
    let values = values.ok_or(EvaluationError::WrongType(who))?;
    let Some(first) = values.first() else { return Ok(None) };
    if matches!(function, Function::Min | Function::Max) {
        let wanted = if function == Function::Min { Ordering::Less } else { Ordering::Greater };
        let mut best = first;
        for value in &values[1..] {
            if compare(value, best)? == Some(wanted) {
                best = value;
            }
        }
        return Ok(Some(best.clone()));
    }
    let is_integer = values.iter().all(|v| matches!(v, Value::Integer(_)));
    let mut sum = Decimal::ZERO;
    for value in &values {
        let number = as_decimal(value).ok_or(EvaluationError::WrongType(who))?;
        match sum.checked_add(number) {
            Some(total) => sum = total,
            None => return Ok(None),
        }
    }
    if function == Function::Avg {
        return Ok(sum.checked_div(Decimal::from(values.len())).map(Value::Decimal));
    }
    Ok(if is_integer { sum.to_i64().map(Value::Integer) } else { Some(Value::Decimal(sum)) })
}
