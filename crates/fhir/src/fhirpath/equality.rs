//! Equality and equivalence (<https://hl7.org/fhirpath/N1/#equality>).

use super::meter::Meter;
use super::quantity::Quantity;
use super::temporal::{Temporal, TemporalKind};
use super::value::{Element, Value};
use crate::Json;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// `=` of two items; none when precision or zone leave it open. What it says when the meter has run out means
/// nothing: the evaluation ends then.
pub fn equal(left: &Value<'_>, right: &Value<'_>, meter: &Meter) -> Option<bool> {
    if let (Value::Element(a), Value::Element(b)) = (left, right)
        && (a.system().is_none() || b.system().is_none())
    {
        return Some(a.json.is_some() == b.json.is_some() && deep(a, b, meter));
    }
    match (left.system(), right.system()) {
        (Some(a), Some(b)) => {
            meter.read(text_length(&a).min(text_length(&b)));
            equal_system(&a, &b)
        }
        _ => Some(false),
    }
}

fn deep(a: &Element<'_>, b: &Element<'_>, meter: &Meter) -> bool {
    let same = |a: Option<&Json<'_>>, b: Option<&Json<'_>>| match (a, b) {
        (Some(a), Some(b)) => same_json(a, b, meter),
        (None, None) => true,
        _ => false,
    };
    same(a.json, b.json) && (a.json.is_some() || same(a.extra, b.extra))
}

/// Whether two JSON values say the same; members in any order, numbers by value.
fn same_json(a: &Json<'_>, b: &Json<'_>, meter: &Meter) -> bool {
    if !meter.take(1) {
        return false;
    }
    match (a, b) {
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(name, value)| b.get(name).is_some_and(|other| same_json(value, other, meter)))
        }
        (Json::Array(a), Json::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_json(a, b, meter))
        }
        (Json::Number(a), Json::Number(b)) => {
            a == b || super::value::decimal(a).is_some_and(|n| super::value::decimal(b) == Some(n))
        }
        (Json::String(a), Json::String(b)) => meter.read(a.len().min(b.len())) && a == b,
        _ => a == b,
    }
}

fn text_length(value: &Value<'_>) -> usize {
    match value {
        Value::String(text) => text.len(),
        _ => 0,
    }
}

/// A number as a decimal.
pub fn as_decimal(value: &Value<'_>) -> Option<Decimal> {
    match value {
        Value::Integer(n) => Some(Decimal::from(*n)),
        Value::Decimal(d) => Some(*d),
        _ => None,
    }
}

fn equal_system(a: &Value<'_>, b: &Value<'_>) -> Option<bool> {
    if let (Some(a), Some(b)) = (as_decimal(a), as_decimal(b)) {
        return Some(a == b);
    }
    match (a, b) {
        (Value::Boolean(a), Value::Boolean(b)) => Some(a == b),
        (Value::String(a), Value::String(b)) => Some(a == b),
        (Value::Temporal(a), Value::Temporal(b)) => {
            let is_time = |t: &Temporal| t.kind == TemporalKind::Time;
            if is_time(a) != is_time(b) { Some(false) } else { a.compare(*b).map(Ordering::is_eq) }
        }
        (Value::Quantity(a), Value::Quantity(b)) => a.compare(b, false).map(Ordering::is_eq),
        (Value::Quantity(a), other) | (other, Value::Quantity(a)) => match as_decimal(other) {
            Some(number) if a.unit.code() == "1" => Some(a.value == number),
            _ => Some(false),
        },
        (Value::Type { name: a, namespace: x }, Value::Type { name: b, namespace: y }) => {
            Some(a == b && x == y)
        }
        _ => Some(false),
    }
}

/// `~` of two items: never open.
fn equivalent(left: &Value<'_>, right: &Value<'_>, meter: &Meter) -> bool {
    if let (Value::Element(a), Value::Element(b)) = (left, right)
        && (a.system().is_none() || b.system().is_none())
    {
        return match (a.quantity(), b.quantity()) {
            (Some(a), Some(b)) => equivalent_system(&Value::Quantity(a), &Value::Quantity(b)),
            _ => alike(a.json, b.json, meter),
        };
    }
    match (left.system(), right.system()) {
        (Some(a), Some(b)) => {
            meter.take((text_length(&a) + text_length(&b)) / 16) && equivalent_system(&a, &b)
        }
        _ => false,
    }
}

fn equivalent_system(a: &Value<'_>, b: &Value<'_>) -> bool {
    if let (Some(a), Some(b)) = (as_decimal(a), as_decimal(b)) {
        let scale = a.normalize().scale().min(b.normalize().scale());
        return a.round_dp(scale) == b.round_dp(scale);
    }
    match (a, b) {
        (Value::String(a), Value::String(b)) => folded(a) == folded(b),
        (Value::Temporal(a), Value::Temporal(b)) => {
            a.kind == b.kind && a.compare(*b) == Some(Ordering::Equal)
        }
        (Value::Quantity(a), Value::Quantity(b)) => close(a, b) || close(b, a),
        _ => equal_system(a, b) == Some(true),
    }
}

/// Whether two quantities agree in the unit of the second, to the digits of the less precise.
fn close(a: &Quantity<'_>, b: &Quantity<'_>) -> bool {
    let Some(amount) = a.in_unit(&b.unit) else { return false };
    let scale = amount.normalize().scale().min(b.value.normalize().scale());
    amount.round_dp(scale) == b.value.round_dp(scale)
}

/// Lower case, with runs of white space as one space.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Equivalence of complex elements: ids do not count, lists are sets.
fn alike(a: Option<&Json<'_>>, b: Option<&Json<'_>>, meter: &Meter) -> bool {
    if !meter.take(1) {
        return false;
    }
    match (a, b) {
        (Some(Json::Object(a)), Some(Json::Object(b))) => {
            let names = |name: &str| name != "id";
            a.iter().filter(|(n, _)| names(n)).all(|(name, value)| alike(Some(value), b.get(name), meter))
                && b.iter().filter(|(n, _)| names(n)).all(|(name, _)| a.get(name).is_some())
        }
        (Some(Json::Array(a)), Some(Json::Array(b))) => {
            a.len() == b.len() && a.iter().all(|a| b.iter().any(|b| alike(Some(a), Some(b), meter)))
        }
        (Some(Json::String(a)), Some(Json::String(b))) => {
            meter.take((a.len() + b.len()) / 16) && folded(a) == folded(b)
        }
        (Some(a), Some(b)) => same_json(a, b, meter),
        _ => false,
    }
}

/// Equivalence of collections, in any order.
pub fn equivalent_items(left: &[Value<'_>], right: &[Value<'_>], meter: &Meter) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut taken = vec![false; right.len()];
    left.iter().all(|a| {
        let found =
            (0..right.len()).find(|at| meter.take(1) && !taken[*at] && equivalent(a, &right[*at], meter));
        found.map(|at| taken[at] = true).is_some()
    })
}
