//! Conversions: <https://hl7.org/fhirpath/N1/#conversion>.

use super::Function;
use crate::fhirpath::ast::Node;
use crate::fhirpath::engine::{Engine, Items, Outcome, Scope, single, string};
use crate::fhirpath::quantity::{Quantity, calendar_unit};
use crate::fhirpath::temporal::{Temporal, TemporalKind};
use crate::fhirpath::value::Value;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::borrow::Cow;

pub fn call<'a>(
    engine: &mut Engine<'_, 'a>,
    function: Function,
    input: Items<'a>,
    arguments: &'a [Node],
    scope: &Scope<'_, 'a>,
) -> Outcome<Items<'a>> {
    let Some(item) = single(&input, function.name())? else { return Ok(Vec::new()) };
    let unit = match arguments.first() {
        Some(node) => string(&engine.eval(node, scope)?, function.name())?,
        None => None,
    };
    let asks = function.name().starts_with("converts");
    let Some(value) = item.system() else {
        return Ok(if asks { vec![Value::Boolean(false)] } else { Vec::new() });
    };
    let converted = match function {
        Function::ToBoolean | Function::ConvertsToBoolean => to_boolean(&value).map(Value::Boolean),
        Function::ToInteger | Function::ConvertsToInteger => to_integer(&value).map(Value::Integer),
        Function::ToDecimal | Function::ConvertsToDecimal => to_decimal(&value).map(Value::Decimal),
        Function::ToDate | Function::ConvertsToDate => to_date(&value).map(Value::Temporal),
        Function::ToDateTime | Function::ConvertsToDateTime => to_date_time(&value).map(Value::Temporal),
        Function::ToTime | Function::ConvertsToTime => to_time(&value).map(Value::Temporal),
        Function::ToString | Function::ConvertsToString => item.text().map(Value::String),
        _ => to_quantity(&value, unit.as_deref()).map(Value::Quantity),
    };
    if asks {
        return Ok(vec![Value::Boolean(converted.is_some())]);
    }
    Ok(converted.into_iter().collect())
}

fn to_boolean(value: &Value<'_>) -> Option<bool> {
    match value {
        Value::Boolean(b) => Some(*b),
        Value::Integer(0) => Some(false),
        Value::Integer(1) => Some(true),
        Value::Decimal(d) if *d == Decimal::ZERO => Some(false),
        Value::Decimal(d) if *d == Decimal::ONE => Some(true),
        Value::String(text) => match text.to_ascii_lowercase().as_str() {
            "true" | "t" | "yes" | "y" | "1" | "1.0" => Some(true),
            "false" | "f" | "no" | "n" | "0" | "0.0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

fn to_integer(value: &Value<'_>) -> Option<i64> {
    match value {
        Value::Integer(n) => Some(*n),
        Value::Boolean(b) => Some(i64::from(*b)),
        Value::String(text) => text.parse::<i32>().ok().map(i64::from),
        Value::Decimal(d) if d.fract().is_zero() => d.to_i64(),
        _ => None,
    }
}

fn to_decimal(value: &Value<'_>) -> Option<Decimal> {
    match value {
        Value::Integer(n) => Some(Decimal::from(*n)),
        Value::Decimal(d) => Some(*d),
        Value::Boolean(b) => Some(Decimal::from(u8::from(*b))),
        Value::String(text) => {
            let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
            let begins = digits.starts_with(|c: char| c.is_ascii_digit()) && !digits.ends_with('.');
            if begins && !digits.contains('_') {
                Decimal::from_str_exact(text.trim_start_matches('+')).ok()
            } else {
                None
            }
        }
        _ => None,
    }
}

fn to_date(value: &Value<'_>) -> Option<Temporal> {
    match value {
        Value::Temporal(t) if t.kind != TemporalKind::Time => Some(t.date_part()),
        Value::String(text) => Temporal::date_time(text).map(Temporal::date_part),
        _ => None,
    }
}

fn to_date_time(value: &Value<'_>) -> Option<Temporal> {
    match value {
        Value::Temporal(t) if t.kind != TemporalKind::Time => {
            Some(Temporal { kind: TemporalKind::DateTime, ..*t })
        }
        Value::String(text) => Temporal::date_time(text),
        _ => None,
    }
}

fn to_time(value: &Value<'_>) -> Option<Temporal> {
    match value {
        Value::Temporal(t) if t.kind == TemporalKind::Time => Some(*t),
        Value::String(text) => Temporal::time(text.strip_prefix('T').unwrap_or(text)),
        _ => None,
    }
}

fn to_quantity<'a>(value: &Value<'a>, unit: Option<&str>) -> Option<Quantity<'a>> {
    let quantity = match value {
        Value::Quantity(q) => q.clone(),
        Value::Integer(n) => Quantity::one(Decimal::from(*n)),
        Value::Decimal(d) => Quantity::one(*d),
        Value::Boolean(b) => Quantity::one(Decimal::from(u8::from(*b))),
        Value::String(text) => Quantity::parse(text)?,
        _ => return None,
    };
    let Some(unit) = unit else { return Some(quantity) };
    let target = calendar_unit(unit).unwrap_or_else(|| Quantity::ucum_unit(Cow::Owned(unit.to_string())));
    let value = quantity.in_unit(&target)?;
    Some(Quantity { value, unit: target })
}
