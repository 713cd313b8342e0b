//! From elements to their children, by the element tables; without tables, by JSON names.

use super::engine::{Engine, Items, Outcome};
use super::error::EvaluationError;
use super::value::{Element, Value};
use crate::validate::schema::{Kind, Schema, Structure, Type};
use crate::{Json, Object};

/// A name at the start of a path: a type that the input has, or a child.
pub fn root_member<'a>(engine: &mut Engine<'_, 'a>, input: &[Value<'a>], name: &str) -> Outcome<Items<'a>> {
    if name.starts_with(|c: char| c.is_ascii_uppercase())
        && let Some(asked) = Schema::get().find(name)
    {
        let is_it = |value: &Value<'_>| match value {
            Value::Element(element) => element.structure.is_some_and(|s| Schema::get().is_a(s, asked.id)),
            _ => false,
        };
        if input.iter().any(is_it) {
            return Ok(input.iter().filter(|value| is_it(value)).cloned().collect());
        }
    }
    member(engine, input, name)
}

/// The children of that name.
pub fn member<'a>(engine: &mut Engine<'_, 'a>, input: &[Value<'a>], name: &str) -> Outcome<Items<'a>> {
    let mut found = Vec::new();
    for value in input {
        match value {
            Value::Element(element) => named(engine.environment.strict, element, name, &mut found)?,
            Value::Type { namespace, name: own } => match name {
                "name" => found.push(Value::String(own.clone())),
                "namespace" => found.push(Value::String((*namespace).into())),
                _ => {}
            },
            Value::Quantity(quantity) => match name {
                "value" => found.push(Value::Decimal(quantity.value)),
                "unit" | "code" => found.push(Value::String(quantity.unit.code().to_string().into())),
                _ => {}
            },
            _ if engine.environment.strict => {
                return Err(EvaluationError::UnknownElement(
                    name.to_string(),
                    value.system_name().unwrap_or(""),
                ));
            }
            _ => {}
        }
    }
    Ok(found)
}

fn named<'a>(strict: bool, element: &Element<'a>, name: &str, found: &mut Items<'a>) -> Outcome<()> {
    let Some(structure) = element.structure else {
        untyped(element, name, found);
        return Ok(());
    };
    let holder = if structure.primitive.is_some() { element.extra } else { element.json };
    let Some(object) = holder.and_then(Json::as_object) else {
        return if strict { known(structure, name) } else { Ok(()) };
    };
    let schema = Schema::get();
    if let Some(member) = structure.member(name)
        && let entry = schema.element(member.element)
        && !entry.is_choice
    {
        let (json, extra) = (object.get(name), sibling(object, name));
        children(json, extra, &entry.types[usize::from(member.choice)], found);
        return Ok(());
    }
    let mut is_choice = false;
    for (key, json) in object.iter() {
        let plain = key.strip_prefix('_').unwrap_or(key);
        if !plain.starts_with(name) {
            continue;
        }
        let Some(member) = structure.member(plain) else { continue };
        let entry = schema.element(member.element);
        if !entry.is_choice || entry.name != name {
            continue;
        }
        is_choice = true;
        let ty = &entry.types[usize::from(member.choice)];
        if plain.len() == key.len() {
            children(Some(json), sibling(object, key), ty, found);
        } else if object.get(plain).is_none() {
            children(None, Some(json), ty, found);
        }
    }
    if strict && !is_choice { known(structure, name) } else { Ok(()) }
}

/// Whether a type has an element of that name.
pub fn exists_on(ty: &str, name: &str) -> Outcome<()> {
    Schema::get().find(ty).map_or(Ok(()), |structure| known(structure, name))
}

/// Whether a structure has an element of that name at all.
fn known(structure: &'static Structure, name: &str) -> Outcome<()> {
    let schema = Schema::get();
    if structure.members().iter().any(|member| schema.element(member.element).name == name) {
        return Ok(());
    }
    Err(EvaluationError::UnknownElement(name.chars().take(64).collect(), structure.name))
}

fn untyped<'a>(element: &Element<'a>, name: &str, found: &mut Items<'a>) {
    let objects = [element.json, element.extra];
    for object in objects.into_iter().flatten().filter_map(Json::as_object) {
        if let Some(json) = object.get(name) {
            for item in json.items() {
                found.push(Value::Element(Element { json: Some(item), extra: None, structure: guess(item) }));
            }
        }
    }
}

/// The type of a resource inside untyped JSON.
fn guess(json: &Json<'_>) -> Option<&'static Structure> {
    Some(Schema::get().resource(crate::ResourceType::of(json)?))
}

/// The `_name` beside a member, found without making its name.
fn sibling<'a>(object: &'a Object<'a>, name: &str) -> Option<&'a Json<'a>> {
    object
        .iter()
        .find(|(key, _)| key.len() == name.len() + 1 && key.starts_with('_') && &key[1..] == name)
        .map(|(_, json)| json)
}

/// The items of a member with what stands beside each.
fn children<'a>(
    json: Option<&'a Json<'a>>,
    extra: Option<&'a Json<'a>>,
    ty: &'static Type,
    found: &mut Items<'a>,
) {
    let schema = Schema::get();
    let structure = |json: Option<&Json<'_>>| match json {
        Some(json) if ty.is_resource => guess(json),
        _ => Some(schema.structure(ty.structure)),
    };
    let real = |json: Option<&'a Json<'a>>| json.filter(|json| **json != Json::Null);
    let mut push = |json: Option<&'a Json<'a>>, extra: Option<&'a Json<'a>>| {
        let (json, extra) = (real(json), real(extra));
        if json.is_some() || extra.is_some() {
            found.push(Value::Element(Element { json, extra, structure: structure(json) }));
        }
    };
    match (json, extra) {
        (Some(Json::Array(items)), extra) => {
            let beside = extra.and_then(Json::as_array).unwrap_or_default();
            for (at, item) in items.iter().enumerate() {
                push(Some(item), beside.get(at));
            }
        }
        (None, Some(Json::Array(beside))) => beside.iter().for_each(|extra| push(None, Some(extra))),
        (json, extra) => push(json, extra),
    }
}

/// All children of an element, in the order of the text.
pub fn all_children<'a>(element: &Element<'a>, found: &mut Items<'a>) {
    let holder = match element.structure {
        Some(structure) if structure.primitive.is_some() => element.extra,
        _ => element.json,
    };
    let Some(object) = holder.and_then(Json::as_object) else { return };
    let schema = Schema::get();
    let is_resource = element.structure.is_none_or(|s| s.kind == Kind::Resource);
    for (key, json) in object.iter() {
        if is_resource && key == "resourceType" {
            continue;
        }
        let Some(structure) = element.structure else {
            for item in json.items() {
                found.push(Value::Element(Element { json: Some(item), extra: None, structure: guess(item) }));
            }
            continue;
        };
        let plain = key.strip_prefix('_').unwrap_or(key);
        let Some(member) = structure.member(plain) else { continue };
        let ty = &schema.element(member.element).types[usize::from(member.choice)];
        if plain.len() == key.len() {
            children(Some(json), sibling(object, key), ty, found);
        } else if object.get(plain).is_none() {
            children(None, Some(json), ty, found);
        }
    }
}
