//! Sets of items: <https://hl7.org/fhirpath/N1/#combining>.

use super::Function;
use crate::fhirpath::ast::Node;
use crate::fhirpath::engine::{Engine, Items, Outcome, Scope, boolean};
use crate::fhirpath::equality::equal;
use crate::fhirpath::meter::Meter;
use crate::fhirpath::value::Value;

pub fn call<'a>(
    engine: &mut Engine<'_, 'a>,
    function: Function,
    input: Items<'a>,
    arguments: &'a [Node],
    scope: &Scope<'_, 'a>,
) -> Outcome<Items<'a>> {
    let other = match arguments.first() {
        Some(node) => engine.eval(node, scope)?,
        None => Vec::new(),
    };
    let has = |items: &[Value<'a>], item: &Value<'a>, meter: &Meter| {
        items.iter().any(|i| equal(i, item, meter) == Some(true))
    };
    match function {
        Function::Combine => {
            let mut all = input;
            all.extend(other);
            let keep = arguments.get(1).map(|node| engine.eval(node, scope)).transpose()?;
            let keep = keep.map(|items| boolean(&items, "combine")).transpose()?.flatten();
            if keep == Some(false) { distinct(engine, all) } else { Ok(all) }
        }
        Function::Union => {
            let mut all = input;
            all.extend(other);
            distinct(engine, all)
        }
        Function::Intersect => {
            engine.spend(input.len().saturating_mul(other.len()))?;
            let kept = input.into_iter().filter(|item| has(&other, item, &engine.meter)).collect();
            distinct(engine, kept)
        }
        Function::Exclude => {
            engine.spend(input.len().saturating_mul(other.len()))?;
            Ok(input.into_iter().filter(|item| !has(&other, item, &engine.meter)).collect())
        }
        _ => distinct(engine, input),
    }
}

/// The items without repetition, each where it first stands.
pub fn distinct<'a>(engine: &mut Engine<'_, 'a>, input: Items<'a>) -> Outcome<Items<'a>> {
    if super::existence::is_distinct(engine, &input)? {
        return Ok(input);
    }
    let mut kept: Items<'a> = Vec::with_capacity(input.len());
    for item in input {
        engine.spend(kept.len())?;
        if !kept.iter().any(|other| equal(other, &item, &engine.meter) == Some(true)) {
            kept.push(item);
        }
    }
    Ok(kept)
}
