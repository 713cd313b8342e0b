//! One place in a resource: a value and what stands beside it (`birthDate`, `_birthDate`), alone or in a list
//! (<https://hl7.org/fhir/R4/json.html#primitive>).

use fhir::{Json, Object};

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Slot {
    pub json: Option<Json<'static>>,
    pub beside: Option<Json<'static>>,
}

fn real(json: Json<'static>) -> Option<Json<'static>> {
    (json != Json::Null).then_some(json)
}

fn beside_of(name: &str) -> String {
    format!("_{name}")
}

/// The items of a repeating element. They stay in the object until [`set_list`].
pub(super) fn list(object: &Object<'static>, name: &str) -> Vec<Slot> {
    let items = |name: &str| match object.get(name) {
        Some(Json::Array(items)) => items.clone(),
        Some(one) => vec![one.clone()],
        None => Vec::new(),
    };
    let (values, beside) = (items(name), items(&beside_of(name)));
    let count = values.len().max(beside.len());
    let (mut values, mut beside) = (values.into_iter(), beside.into_iter());
    (0..count)
        .map(|_| Slot { json: values.next().and_then(real), beside: beside.next().and_then(real) })
        .collect()
}

/// Replaces the items of a repeating element; without items it is removed.
pub(super) fn set_list(object: &mut Object<'static>, name: &str, slots: Vec<Slot>) {
    let any_value = slots.iter().any(|slot| slot.json.is_some());
    let any_beside = slots.iter().any(|slot| slot.beside.is_some());
    let (values, beside): (Vec<_>, Vec<_>) = slots
        .into_iter()
        .map(|slot| (slot.json.unwrap_or(Json::Null), slot.beside.unwrap_or(Json::Null)))
        .unzip();
    member(object, name.to_string(), any_value.then_some(Json::Array(values)));
    member(object, beside_of(name), any_beside.then_some(Json::Array(beside)));
}

/// Replaces an element that stands alone; an empty slot removes it.
pub(super) fn set_one(object: &mut Object<'static>, name: &str, slot: Slot) {
    member(object, name.to_string(), slot.json);
    member(object, beside_of(name), slot.beside);
}

fn member(object: &mut Object<'static>, name: String, json: Option<Json<'static>>) {
    match json {
        Some(json) => object.set(name, json),
        None => drop(object.remove(&name)),
    }
}

/// Whether something stands there.
pub(super) fn is_there(object: &Object<'static>, name: &str) -> bool {
    object.get(name).is_some() || object.get(&beside_of(name)).is_some()
}

/// The object of the element at `name[index]`: itself, or what stands beside a primitive, made if it is asked
/// for.
pub(super) fn inside<'o>(
    object: &'o mut Object<'static>,
    name: &str,
    index: Option<usize>,
    make: bool,
) -> Option<&'o mut Object<'static>> {
    let item = |json: Option<&Json<'static>>| match (json, index) {
        (Some(Json::Array(items)), Some(index)) => items.get(index).is_some_and(|j| j.as_object().is_some()),
        (Some(json), None) => json.as_object().is_some(),
        _ => false,
    };
    let (own, beside) = (item(object.get(name)), item(object.get(&beside_of(name))));
    if !own && !beside && make {
        let empty = || Some(Json::Object(Object::default()));
        match index {
            Some(index) => {
                let mut slots = list(object, name);
                slots.get_mut(index)?.beside = empty();
                set_list(object, name, slots);
            }
            None => member(object, beside_of(name), empty()),
        }
    }
    let json = if own { object.get_mut(name) } else { object.get_mut(&beside_of(name)) }?;
    match (json, index) {
        (Json::Array(items), Some(index)) => items.get_mut(index)?.as_object_mut(),
        (json, None) => json.as_object_mut(),
        _ => None,
    }
}
