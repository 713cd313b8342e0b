//! Does one operation.

use super::Operation;
use super::fault::Why;
use super::pointer::{Pointer, index};
use crate::Json;

/// Bytes that the `copy` operations of one patch may make: a few of them could double a document each.
const COPIED_MAX: usize = 4 * 1024 * 1024;
/// Nothing is moved deeper than this.
const DEPTH_MAX: usize = 300;

pub(super) fn apply(operation: &Operation, json: &mut Json<'static>, copied: &mut usize) -> Result<(), Why> {
    match operation {
        Operation::Add(path, value) => add(json, path, value.clone()),
        Operation::Remove(path) => remove(json, path).map(drop),
        Operation::Replace(path, value) => {
            let Some((holder, last)) = path.holder(json) else {
                return if path.0.is_empty() { set(json, value.clone()) } else { Err(Why::Nowhere) };
            };
            let place = match holder {
                Json::Object(object) => object.get_mut(last),
                Json::Array(items) => index(last).and_then(|at| items.get_mut(at)),
                _ => None,
            };
            *place.ok_or(Why::Nowhere)? = value.clone();
            Ok(())
        }
        Operation::Move { from, path } => {
            if path.0.len() > from.0.len() && path.0.starts_with(&from.0) {
                return Err(Why::Inside);
            }
            let value = remove(json, from)?;
            add(json, path, value)
        }
        Operation::Copy { from, path } => {
            let value = from.find(json).ok_or(Why::Nowhere)?.clone();
            *copied += value.to_vec().len();
            if *copied > COPIED_MAX {
                return Err(Why::TooLarge);
            }
            add(json, path, value)
        }
        Operation::Test(path, value) => match path.find(json) {
            Some(found) if equal(found, value) => Ok(()),
            _ => Err(Why::Differs),
        },
    }
}

fn set(json: &mut Json<'static>, value: Json<'static>) -> Result<(), Why> {
    *json = value;
    Ok(())
}

fn add(json: &mut Json<'static>, path: &Pointer, value: Json<'static>) -> Result<(), Why> {
    if path.0.len() + depth(&value) > DEPTH_MAX {
        return Err(Why::TooLarge);
    }
    if path.0.is_empty() {
        return set(json, value);
    }
    let (holder, last) = path.holder(json).ok_or(Why::Nowhere)?;
    match holder {
        Json::Object(object) => object.set(last.to_string(), value),
        Json::Array(items) if last == "-" => items.push(value),
        Json::Array(items) => {
            let at = index(last).filter(|at| *at <= items.len()).ok_or(Why::Nowhere)?;
            items.insert(at, value);
        }
        _ => return Err(Why::Nowhere),
    }
    Ok(())
}

fn remove(json: &mut Json<'static>, path: &Pointer) -> Result<Json<'static>, Why> {
    let (holder, last) = path.holder(json).ok_or(Why::Nowhere)?;
    match holder {
        Json::Object(object) => object.remove(last).ok_or(Why::Nowhere),
        Json::Array(items) => {
            let at = index(last).filter(|at| *at < items.len()).ok_or(Why::Nowhere)?;
            Ok(items.remove(at))
        }
        _ => Err(Why::Nowhere),
    }
}

fn depth(json: &Json<'_>) -> usize {
    match json {
        Json::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Json::Object(object) => 1 + object.iter().map(|(_, json)| depth(json)).max().unwrap_or(0),
        _ => 0,
    }
}

/// Numbers are equal by value, objects without regard to order.
fn equal(a: &Json<'_>, b: &Json<'_>) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => a == b || number(a).is_some_and(|a| Some(a) == number(b)),
        (Json::Array(a), Json::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b)),
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| equal(a, b)))
        }
        (a, b) => a == b,
    }
}

fn number(text: &str) -> Option<rust_decimal::Decimal> {
    rust_decimal::Decimal::from_str_exact(text).or_else(|_| rust_decimal::Decimal::from_scientific(text)).ok()
}
