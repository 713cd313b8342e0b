//! The tree of elements, and the types of items: <https://hl7.org/fhirpath/N1/#tree-navigation>.

use super::Function;
use crate::fhirpath::ast::Node;
use crate::fhirpath::engine::{Engine, Items, Outcome, Scope};
use crate::fhirpath::navigate::all_children;
use crate::fhirpath::value::Value;

pub fn call<'a>(
    engine: &mut Engine<'_, 'a>,
    function: Function,
    input: Items<'a>,
    _arguments: &'a [Node],
    _scope: &Scope<'_, 'a>,
) -> Outcome<Items<'a>> {
    match function {
        Function::Type => Ok(input.iter().map(type_of).collect()),
        Function::Children => Ok(children(&input)),
        _ => {
            let mut found = Vec::new();
            let mut level = children(&input);
            while !level.is_empty() {
                engine.spend(level.len())?;
                let next = children(&level);
                found.append(&mut level);
                level = next;
            }
            Ok(found)
        }
    }
}

fn children<'a>(items: &[Value<'a>]) -> Items<'a> {
    let mut found = Vec::new();
    for item in items {
        if let Value::Element(element) = item {
            all_children(element, &mut found);
        }
    }
    found
}

fn type_of<'a>(item: &Value<'a>) -> Value<'a> {
    match item {
        Value::Element(element) => {
            Value::Type { namespace: "FHIR", name: element.type_name().unwrap_or("Any").into() }
        }
        other => Value::Type { namespace: "System", name: other.system_name().unwrap_or("Any").into() },
    }
}
