//! Operators (<https://hl7.org/fhirpath/N1/#operations>).

use super::ast::{Node, Operator};
use super::engine::{Engine, Items, Outcome, Scope, boolean, same, single};
use super::equality::{as_decimal, equal, equivalent_items};
use super::error::EvaluationError;
use super::function::Function;
use super::meter::Meter;
use super::quantity::{Quantity, Unit};
use super::temporal::Temporal;
use super::value::Value;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::borrow::Cow;
use std::cmp::Ordering;

pub fn binary<'a>(
    engine: &mut Engine<'_, 'a>,
    operator: Operator,
    left: &'a Node,
    right: &'a Node,
    scope: &Scope<'_, 'a>,
) -> Outcome<Items<'a>> {
    if matches!(operator, Operator::And | Operator::Or | Operator::Implies) {
        return logic(engine, operator, left, right, scope);
    }
    let left = engine.eval(left, scope)?;
    let right = engine.eval(right, scope)?;
    let answer = |found: Option<bool>| Ok(found.map(Value::Boolean).into_iter().collect());
    let both = !left.is_empty() && !right.is_empty();
    match operator {
        Operator::Equal if both => answer(same(&left, &right, &engine.meter)),
        Operator::NotEqual if both => answer(same(&left, &right, &engine.meter).map(|same| !same)),
        Operator::Equal | Operator::NotEqual => Ok(Vec::new()),
        Operator::Equivalent => answer(Some(equivalent_items(&left, &right, &engine.meter))),
        Operator::NotEquivalent => answer(Some(!equivalent_items(&left, &right, &engine.meter))),
        Operator::Less => answer(order(&left, &right)?.map(Ordering::is_lt)),
        Operator::LessOrEqual => answer(order(&left, &right)?.map(Ordering::is_le)),
        Operator::Greater => answer(order(&left, &right)?.map(Ordering::is_gt)),
        Operator::GreaterOrEqual => answer(order(&left, &right)?.map(Ordering::is_ge)),
        Operator::In => answer(membership(&left, &right, "in", &engine.meter)?),
        Operator::Contains => answer(membership(&right, &left, "contains", &engine.meter)?),
        Operator::Xor => {
            let (a, b) = (boolean(&left, "xor")?, boolean(&right, "xor")?);
            answer(a.zip(b).map(|(a, b)| a != b))
        }
        Operator::Union => {
            let mut all = left;
            all.extend(right);
            super::function::call(engine, Function::Distinct, all, &[], scope)
        }
        Operator::Concatenate => {
            let (a, b) = (text(&left, "&")?, text(&right, "&")?);
            Ok(vec![together(&a, &b)?])
        }
        _ => Ok(arithmetic(operator, &left, &right)?.into_iter().collect()),
    }
}

fn logic<'a>(
    engine: &mut Engine<'_, 'a>,
    operator: Operator,
    left: &'a Node,
    right: &'a Node,
    scope: &Scope<'_, 'a>,
) -> Outcome<Items<'a>> {
    let left = boolean(&engine.eval(left, scope)?, "and")?;
    let decided = match (operator, left) {
        (Operator::And, Some(false)) => Some(false),
        (Operator::Or, Some(true)) | (Operator::Implies, Some(false)) => Some(true),
        _ => None,
    };
    if let Some(decided) = decided {
        return Ok(vec![Value::Boolean(decided)]);
    }
    let right = boolean(&engine.eval(right, scope)?, "and")?;
    let answer = match (operator, left, right) {
        (Operator::And, _, Some(false)) => Some(false),
        (Operator::Or | Operator::Implies, _, Some(true)) => Some(true),
        (_, Some(_), Some(right)) => Some(right),
        _ => None,
    };
    Ok(answer.map(Value::Boolean).into_iter().collect())
}

fn membership(
    item: &[Value<'_>],
    items: &[Value<'_>],
    who: &'static str,
    meter: &Meter,
) -> Outcome<Option<bool>> {
    let item = single(item, who)?;
    Ok(item.map(|item| items.iter().any(|other| meter.take(1) && equal(item, other, meter) == Some(true))))
}

/// Two texts as one.
fn together<'a>(a: &str, b: &str) -> Outcome<Value<'a>> {
    if a.len().saturating_add(b.len()) > super::function::TEXT_MAX {
        return Err(EvaluationError::TooManyItems);
    }
    Ok(Value::String(Cow::Owned(format!("{a}{b}"))))
}

fn text<'a>(items: &[Value<'a>], who: &'static str) -> Outcome<Cow<'a, str>> {
    match single(items, who)? {
        None => Ok(Cow::Borrowed("")),
        Some(Value::Element(element)) if element.json.is_none() => Ok(Cow::Borrowed("")),
        Some(value) => value.text().ok_or(EvaluationError::WrongType(who)),
    }
}

/// The order of two items, for `<` and its like.
pub fn order(left: &[Value<'_>], right: &[Value<'_>]) -> Outcome<Option<Ordering>> {
    let (Some(a), Some(b)) = (single(left, "<")?, single(right, "<")?) else { return Ok(None) };
    let is_hollow = |v: &Value<'_>| matches!(v, Value::Element(e) if e.json.is_none());
    if is_hollow(a) || is_hollow(b) {
        return Ok(None);
    }
    let (Some(a), Some(b)) = (a.system(), b.system()) else { return Err(EvaluationError::WrongType("<")) };
    compare(&a, &b)
}

/// The order of two values of the language's own types.
pub fn compare(a: &Value<'_>, b: &Value<'_>) -> Outcome<Option<Ordering>> {
    if let (Some(a), Some(b)) = (as_decimal(a), as_decimal(b)) {
        return Ok(Some(a.cmp(&b)));
    }
    match (a, b) {
        (Value::String(a), Value::String(b)) => Ok(Some(a.cmp(b))),
        (Value::Temporal(a), Value::Temporal(b)) => Ok(a.compare(*b)),
        (Value::Quantity(a), Value::Quantity(b)) => Ok(a.compare(b, true)),
        (Value::Quantity(a), number) if as_decimal(number).is_some() => {
            Ok(as_decimal(number).and_then(|n| a.compare(&Quantity::one(n), true)))
        }
        (number, Value::Quantity(b)) if as_decimal(number).is_some() => {
            Ok(as_decimal(number).and_then(|n| Quantity::one(n).compare(b, true)))
        }
        // A date may stand as text where the type is not known.
        (Value::Temporal(a), Value::String(b)) => Ok(Temporal::literal(b).and_then(|b| a.compare(b))),
        (Value::String(a), Value::Temporal(b)) => Ok(Temporal::literal(a).and_then(|a| a.compare(*b))),
        _ => Err(EvaluationError::WrongType("<")),
    }
}

pub fn negative<'a>(items: &[Value<'a>]) -> Outcome<Items<'a>> {
    let negated = match single(items, "-")?.and_then(Value::system) {
        None => return Ok(Vec::new()),
        Some(Value::Integer(n)) => n.checked_neg().map(Value::Integer),
        Some(Value::Decimal(d)) => Some(Value::Decimal(-d)),
        Some(Value::Quantity(q)) => Some(Value::Quantity(Quantity { value: -q.value, unit: q.unit })),
        Some(_) => return Err(EvaluationError::WrongType("-")),
    };
    Ok(negated.into_iter().collect())
}

fn arithmetic<'a>(operator: Operator, left: &[Value<'a>], right: &[Value<'a>]) -> Outcome<Option<Value<'a>>> {
    let who = match operator {
        Operator::Add => "+",
        Operator::Subtract => "-",
        Operator::Multiply => "*",
        Operator::Divide => "/",
        Operator::Div => "div",
        _ => "mod",
    };
    let (Some(a), Some(b)) = (single(left, who)?, single(right, who)?) else { return Ok(None) };
    let wrong = Err(EvaluationError::WrongType(who));
    let (Some(a), Some(b)) = (a.system(), b.system()) else { return wrong };
    match (&a, &b) {
        (Value::Integer(a), Value::Integer(b)) => Ok(integers(operator, *a, *b)),
        (Value::String(a), Value::String(b)) if operator == Operator::Add => Ok(Some(together(a, b)?)),
        (Value::Temporal(a), Value::Quantity(b)) => match operator {
            Operator::Add => shift(*a, b, 1),
            Operator::Subtract => shift(*a, b, -1),
            _ => wrong,
        },
        (Value::Quantity(a), Value::Quantity(b)) => quantities(operator, a, b),
        (Value::Quantity(q), n) | (n, Value::Quantity(q)) if as_decimal(n).is_some() => {
            let number = Quantity::one(as_decimal(n).unwrap_or_default());
            let is_left = matches!(a, Value::Quantity(_));
            if is_left { quantities(operator, q, &number) } else { quantities(operator, &number, q) }
        }
        _ => match (as_decimal(&a), as_decimal(&b)) {
            (Some(a), Some(b)) => Ok(decimals(operator, a, b).map(Value::Decimal)),
            _ => wrong,
        },
    }
}

fn integers<'a>(operator: Operator, a: i64, b: i64) -> Option<Value<'a>> {
    let whole = match operator {
        Operator::Add => a.checked_add(b),
        Operator::Subtract => a.checked_sub(b),
        Operator::Multiply => a.checked_mul(b),
        Operator::Div => a.checked_div(b),
        Operator::Mod => a.checked_rem(b),
        _ => return Decimal::from(a).checked_div(Decimal::from(b)).map(Value::Decimal),
    };
    whole.map(Value::Integer)
}

fn decimals(operator: Operator, a: Decimal, b: Decimal) -> Option<Decimal> {
    match operator {
        Operator::Add => a.checked_add(b),
        Operator::Subtract => a.checked_sub(b),
        Operator::Multiply => a.checked_mul(b),
        Operator::Divide => a.checked_div(b),
        Operator::Div => a.checked_div(b).map(|d| d.trunc()),
        _ => a.checked_rem(b),
    }
}

fn quantities<'a>(operator: Operator, a: &Quantity<'a>, b: &Quantity<'a>) -> Outcome<Option<Value<'a>>> {
    let (value, unit) = match operator {
        Operator::Add | Operator::Subtract => {
            let Some(other) = b.in_unit(&a.unit) else { return Ok(None) };
            (decimals(operator, a.value, other), a.unit.clone())
        }
        Operator::Multiply | Operator::Divide => {
            let (left, right) = (a.unit.code(), b.unit.code());
            let unit = match (operator, left, right) {
                (_, _, "1") => a.unit.clone(),
                (Operator::Multiply, "1", _) => b.unit.clone(),
                (Operator::Multiply, _, _) => Quantity::ucum_unit(format!("{left}.{right}")),
                _ if left == right => Quantity::ucum_unit("1"),
                _ => Quantity::ucum_unit(format!("{left}/{right}")),
            };
            (decimals(operator, a.value, b.value), unit)
        }
        _ => return Err(EvaluationError::WrongType("div")),
    };
    Ok(value.map(|value| Value::Quantity(Quantity { value, unit })))
}

/// A date or time some units of time later.
fn shift<'a>(from: Temporal, by: &Quantity<'_>, sign: i64) -> Outcome<Option<Value<'a>>> {
    let Some((factor, step)) = by.unit.calendar_step() else { return Err(EvaluationError::WrongType("+")) };
    let is_seconds = matches!(by.unit, Unit::Calendar("second") | Unit::Ucum(Cow::Borrowed("s")));
    // Only seconds keep a fraction, as milliseconds.
    let (amount, step) = match by.value.fract().is_zero() || !is_seconds {
        true => (by.value.trunc().to_i64(), step),
        false => (
            by.value.checked_mul(Decimal::from(1000)).and_then(|ms| ms.trunc().to_i64()),
            super::temporal::Precision::Millisecond,
        ),
    };
    let amount = amount.and_then(|n| n.checked_mul(factor)).and_then(|n| n.checked_mul(sign));
    Ok(amount.and_then(|amount| from.plus(amount, step)).map(Value::Temporal))
}
