//! Precision and its bounds: <https://hl7.org/fhirpath/#lowboundaryprecision-integer-decimal--date--datetime--time>.

use super::Function;
use crate::fhirpath::ast::Node;
use crate::fhirpath::engine::{Engine, Items, Outcome, Scope, integer, single};
use crate::fhirpath::error::EvaluationError;
use crate::fhirpath::quantity::Quantity;
use crate::fhirpath::temporal::{Precision, Temporal, TemporalKind};
use crate::fhirpath::value::Value;
use crate::validate::days_in_month;
use rust_decimal::{Decimal, RoundingStrategy};

pub fn call<'a>(
    engine: &mut Engine<'_, 'a>,
    function: Function,
    input: Items<'a>,
    arguments: &'a [Node],
    scope: &Scope<'_, 'a>,
) -> Outcome<Items<'a>> {
    let who = function.name();
    let Some(value) = single(&input, who)?.and_then(Value::system) else { return Ok(Vec::new()) };
    let argument = match arguments.first() {
        Some(node) => engine.eval(node, scope)?,
        None => Vec::new(),
    };
    let answer = match function {
        Function::Precision => precision(&value).map(Value::Integer),
        Function::Comparable => {
            let other = single(&argument, who)?.and_then(Value::system);
            match (value, other) {
                (Value::Quantity(a), Some(Value::Quantity(b))) => {
                    Some(Value::Boolean(a.in_unit(&b.unit).is_some()))
                }
                (_, None) => None,
                _ => return Err(EvaluationError::WrongType(who)),
            }
        }
        _ => boundary(&value, integer(&argument, who)?, function == Function::LowBoundary),
    };
    Ok(answer.into_iter().collect())
}

/// The number of digits that a value says.
fn precision(value: &Value<'_>) -> Option<i64> {
    match value {
        Value::Integer(_) => Some(0),
        Value::Decimal(d) => Some(i64::from(d.scale())),
        Value::Temporal(t) => Some(match (t.kind, t.precision) {
            (TemporalKind::Time, p) => digits(p) - 8,
            (_, p) => digits(p),
        }),
        _ => None,
    }
}

fn digits(precision: Precision) -> i64 {
    match precision {
        Precision::Year => 4,
        Precision::Month => 6,
        Precision::Day => 8,
        Precision::Hour => 10,
        Precision::Minute => 12,
        Precision::Second => 14,
        Precision::Millisecond => 17,
    }
}

fn boundary<'a>(value: &Value<'a>, asked: Option<i64>, low: bool) -> Option<Value<'a>> {
    match value {
        Value::Integer(n) => decimal(Decimal::from(*n), asked, low).map(Value::Decimal),
        Value::Decimal(d) => decimal(*d, asked, low).map(Value::Decimal),
        Value::Quantity(q) => {
            let value = decimal(q.value, asked, low)?;
            Some(Value::Quantity(Quantity { value, unit: q.unit.clone() }))
        }
        Value::Temporal(t) => temporal(*t, asked, low).map(Value::Temporal),
        _ => None,
    }
}

/// The least or greatest number that rounds to this one, to so many digits after the point (8 by default).
fn decimal(number: Decimal, asked: Option<i64>, low: bool) -> Option<Decimal> {
    let asked = u32::try_from(asked.unwrap_or(8)).ok().filter(|digits| *digits <= 28)?;
    let half = Decimal::try_new(5, number.scale() + 1).ok()?;
    let bound = if low { number.checked_sub(half)? } else { number.checked_add(half)? };
    let mut rounded = if asked >= bound.scale() {
        bound
    } else if low {
        bound.round_dp_with_strategy(asked, RoundingStrategy::ToNegativeInfinity)
    } else {
        bound.round_dp_with_strategy(asked, RoundingStrategy::ToPositiveInfinity)
    };
    rounded.rescale(asked);
    Some(rounded)
}

fn temporal(t: Temporal, asked: Option<i64>, low: bool) -> Option<Temporal> {
    let default = match t.kind {
        TemporalKind::Date => 8,
        TemporalKind::DateTime => 17,
        TemporalKind::Time => 9,
    };
    let asked = asked.unwrap_or(default);
    let asked = if t.kind == TemporalKind::Time { asked + 8 } else { asked };
    let all = [
        Precision::Year,
        Precision::Month,
        Precision::Day,
        Precision::Hour,
        Precision::Minute,
        Precision::Second,
        Precision::Millisecond,
    ];
    let precision = all.into_iter().find(|p| digits(*p) == asked)?;
    if t.kind == TemporalKind::Date && precision > Precision::Day {
        return None;
    }
    let mut bound = t;
    if t.precision < Precision::Month && !low {
        bound.month = 12;
    }
    if t.precision < Precision::Day && !low {
        bound.day = days_in_month(bound.year.cast_unsigned(), bound.month);
    }
    if !low {
        let step: u32 = match t.precision {
            Precision::Hour => 3_600_000,
            Precision::Minute => 60_000,
            Precision::Second => 1000,
            Precision::Millisecond => 1,
            _ => 86_400_000,
        };
        bound.clock += step - 1;
    }
    bound.precision = precision;
    // Without a zone, the moment may be anywhere on earth: earliest in the east, latest in the west.
    if t.kind == TemporalKind::DateTime && precision >= Precision::Hour && t.offset.is_none() {
        bound.offset = Some(if low { 14 * 60 } else { -12 * 60 });
    }
    Some(bound)
}
