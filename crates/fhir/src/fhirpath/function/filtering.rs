//! Filtering, projection and aggregation: <https://hl7.org/fhirpath/N1/#filtering-and-projection>.

use super::Function;
use crate::fhirpath::ast::Node;
use crate::fhirpath::engine::{Engine, Items, Outcome, Scope, boolean, single, string};
use crate::fhirpath::equality::equal;
use crate::fhirpath::error::EvaluationError;
use crate::fhirpath::operator::compare;
use crate::fhirpath::value::Value;
use std::cmp::Ordering;

pub fn call<'a>(
    engine: &mut Engine<'_, 'a>,
    function: Function,
    input: Items<'a>,
    arguments: &'a [Node],
    scope: &Scope<'_, 'a>,
) -> Outcome<Items<'a>> {
    match function {
        Function::Where => {
            let mut kept = Vec::new();
            for (index, item) in input.into_iter().enumerate() {
                if boolean(&engine.each(&arguments[0], &item, index, scope)?, "where")? == Some(true) {
                    kept.push(item);
                }
            }
            Ok(kept)
        }
        Function::Select => {
            let mut found = Vec::new();
            for (index, item) in input.iter().enumerate() {
                found.extend(engine.each(&arguments[0], item, index, scope)?);
                engine.spend(found.len())?;
            }
            Ok(found)
        }
        Function::Repeat => repeat(engine, &arguments[0], input, scope),
        Function::Iif => iif(engine, &input, arguments, scope),
        Function::Aggregate => aggregate(engine, &input, arguments, scope),
        Function::Sort => sort(engine, input, arguments, scope),
        _ => {
            let name = string(&engine.eval(&arguments[0], scope)?, "trace")?.unwrap_or_default();
            let shown = match arguments.get(1) {
                None => input.clone(),
                Some(node) => {
                    let mut shown = Vec::new();
                    for (index, item) in input.iter().enumerate() {
                        shown.extend(engine.each(node, item, index, scope)?);
                    }
                    shown
                }
            };
            engine.environment.outside.trace(&name, &shown);
            Ok(input)
        }
    }
}

fn repeat<'a>(
    engine: &mut Engine<'_, 'a>,
    projection: &'a Node,
    input: Items<'a>,
    scope: &Scope<'_, 'a>,
) -> Outcome<Items<'a>> {
    let mut found: Items<'a> = Vec::new();
    let mut queue = input;
    while !queue.is_empty() {
        let mut next: Items<'a> = Vec::new();
        for (index, item) in queue.iter().enumerate() {
            for new in engine.each(projection, item, index, scope)? {
                engine.spend(found.len())?;
                if !found.iter().any(|known| equal(known, &new, &engine.meter) == Some(true)) {
                    found.push(new.clone());
                    next.push(new);
                }
            }
        }
        queue = next;
    }
    Ok(found)
}

fn iif<'a>(
    engine: &mut Engine<'_, 'a>,
    input: &[Value<'a>],
    arguments: &'a [Node],
    scope: &Scope<'_, 'a>,
) -> Outcome<Items<'a>> {
    single(input, "iif")?;
    let inner =
        if input.is_empty() { Scope { this: &[], ..*scope } } else { Scope { this: input, ..*scope } };
    let criterion = engine.eval(&arguments[0], &inner)?;
    let chosen = match single(&criterion, "iif")?.map(Value::system) {
        None => false,
        Some(Some(Value::Boolean(b))) => b,
        Some(_) => return Err(EvaluationError::WrongType("iif")),
    };
    match arguments.get(if chosen { 1 } else { 2 }) {
        Some(node) => engine.eval(node, &inner),
        None => Ok(Vec::new()),
    }
}

fn aggregate<'a>(
    engine: &mut Engine<'_, 'a>,
    input: &[Value<'a>],
    arguments: &'a [Node],
    scope: &Scope<'_, 'a>,
) -> Outcome<Items<'a>> {
    let mut total = match arguments.get(1) {
        Some(node) => engine.eval(node, scope)?,
        None => Vec::new(),
    };
    for (index, item) in input.iter().enumerate() {
        let inner = Scope { this: std::slice::from_ref(item), index: Some(index), total: Some(&total) };
        let next = engine.eval(&arguments[0], &inner)?;
        total = next;
    }
    Ok(total)
}

/// `sort(-family, given.first())`: a minus before a key turns its order round. Items without the key
/// come last, and first when turned round.
fn sort<'a>(
    engine: &mut Engine<'_, 'a>,
    input: Items<'a>,
    arguments: &'a [Node],
    scope: &Scope<'_, 'a>,
) -> Outcome<Items<'a>> {
    let mut rows = Vec::with_capacity(input.len());
    for (index, item) in input.into_iter().enumerate() {
        let mut keys = Vec::with_capacity(arguments.len().max(1));
        for argument in arguments {
            let (node, down) = match argument {
                Node::Negative(inner) => (&**inner, true),
                other => (other, false),
            };
            let key = engine.each(node, &item, index, scope)?;
            keys.push((single(&key, "sort")?.and_then(Value::system), down));
        }
        if arguments.is_empty() {
            keys.push((item.system(), false));
        }
        rows.push((keys, item));
    }
    let mut fault = None;
    rows.sort_by(|(a, _), (b, _)| {
        for ((a, down), (b, _)) in a.iter().zip(b) {
            let order = match (a, b) {
                (Some(a), Some(b)) => compare(a, b).unwrap_or_else(|e| {
                    fault = Some(e);
                    None
                }),
                (None, None) => None,
                (None, _) => Some(Ordering::Greater),
                (_, None) => Some(Ordering::Less),
            };
            match order {
                Some(Ordering::Equal) | None => {}
                Some(order) => return if *down { order.reverse() } else { order },
            }
        }
        Ordering::Equal
    });
    match fault {
        Some(fault) => Err(fault),
        None => Ok(rows.into_iter().map(|(_, item)| item).collect()),
    }
}
