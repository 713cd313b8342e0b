//! Changes a resource at a place.

use super::place::Step;
use super::slot::{self, Slot};
use fhir::{Json, Object};

/// The object of the element at the end of a way; what stands beside a primitive is made if it is asked for.
pub(super) fn object_at<'r>(
    resource: &'r mut Json<'static>,
    steps: &[Step],
    make: bool,
) -> Option<&'r mut Object<'static>> {
    let mut object = resource.as_object_mut()?;
    for step in steps {
        object = slot::inside(object, &step.name, step.index, make)?;
    }
    Some(object)
}

/// Removes the element at the end of a way, and what is empty without it
/// (<https://hl7.org/fhir/R4/json.html>: no element is empty).
pub(super) fn remove(object: &mut Object<'static>, steps: &[Step]) -> Option<()> {
    let (step, rest) = steps.split_first()?;
    if rest.is_empty() {
        return clear(object, step, |_| true);
    }
    let inner = slot::inside(object, &step.name, step.index, false)?;
    remove(inner, rest)?;
    if inner.is_empty() {
        clear(object, step, |json| json.as_object().is_some_and(Object::is_empty))?;
    }
    Some(())
}

/// Removes the parts of a place that `gone` says, and the place when nothing is left of it.
fn clear(object: &mut Object<'static>, step: &Step, gone: impl Fn(&Json<'static>) -> bool) -> Option<()> {
    let mut slots = slot::list(object, &step.name);
    let slot = slots.get_mut(step.index.unwrap_or(0))?;
    slot.json.take_if(|json| gone(json));
    slot.beside.take_if(|json| gone(json));
    match step.index {
        None => {
            let slot = std::mem::take(slot);
            slot::set_one(object, &step.name, slot);
        }
        Some(index) => {
            if *slot == Slot::default() {
                slots.remove(index);
            }
            slot::set_list(object, &step.name, slots);
        }
    }
    Some(())
}

/// Replaces the element at `step`, whose value may stand under another name: `valueString` for `valueQuantity`.
pub(super) fn replace(object: &mut Object<'static>, step: &Step, name: &str, value: Slot) -> Option<()> {
    if let Some(index) = step.index {
        let mut slots = slot::list(object, &step.name);
        *slots.get_mut(index)? = value;
        slot::set_list(object, &step.name, slots);
        return Some(());
    }
    if name != step.name {
        let beside = format!("_{}", step.name);
        let at = object.iter().position(|(known, _)| known == step.name || known == beside)?;
        slot::set_one(object, &step.name, Slot::default());
        if let Some(json) = &value.json {
            object.insert_at(at, name.to_string(), json.clone());
        }
    }
    slot::set_one(object, name, value);
    Some(())
}
