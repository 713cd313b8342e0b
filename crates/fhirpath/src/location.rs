//! Where an element stands in its resource.
//!
//! Elements borrow from the resource, so an element is found again by its address: evaluation carries no
//! paths, and only those who ask pay for them.

use crate::Value;
use fhir::Json;
use std::collections::HashMap;
use std::fmt;

/// Deeper elements have no location. Resources that were read from text are shallower.
const DEPTH_MAX: usize = 200;

/// The way from the resource to an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location<'a> {
    /// The type of the resource, if it says one.
    pub resource_type: Option<&'a str>,
    pub steps: Vec<Step<'a>>,
}

/// One step down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step<'a> {
    /// The name of the JSON member: `valueQuantity`, not `value`. What stands beside a primitive
    /// (`_birthDate`) has the name of the primitive.
    pub name: &'a str,
    /// The place in a list, from 0.
    pub index: Option<usize>,
}

impl Location<'_> {
    /// The element at this place of a resource, which may be another version of it. An element that has
    /// extensions but no value is the object beside it.
    pub fn find<'j, 'd>(&self, resource: &'j Json<'d>) -> Option<&'j Json<'d>> {
        let mut place = (Some(resource), None);
        for step in &self.steps {
            place = step.down(place);
        }
        place.0.or(place.1)
    }
}

/// An element and what stands beside it, if it is a primitive.
type Place<'j, 'd> = (Option<&'j Json<'d>>, Option<&'j Json<'d>>);

impl Step<'_> {
    fn down<'j, 'd>(&self, (json, beside): Place<'j, 'd>) -> Place<'j, 'd> {
        let Some(object) = json.and_then(Json::as_object).or(beside.and_then(Json::as_object)) else {
            return (None, None);
        };
        let real = |json: &'j Json<'d>| {
            let json = match self.index {
                Some(index) => json.as_array()?.get(index)?,
                None => json,
            };
            (*json != Json::Null).then_some(json)
        };
        let beside = object.iter().find(|(key, _)| key.strip_prefix('_') == Some(self.name));
        (object.get(self.name).and_then(real), beside.and_then(|(_, json)| real(json)))
    }
}

impl fmt::Display for Location<'_> {
    /// `Patient.name[0].given[1]`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.resource_type.unwrap_or("Resource"))?;
        for step in &self.steps {
            write!(f, ".{}", step.name)?;
            if let Some(index) = step.index {
                write!(f, "[{index}]")?;
            }
        }
        Ok(())
    }
}

/// The location of each item that is an element of the resource.
pub(crate) fn locate<'a>(resource: &'a Json<'a>, items: &[Value<'a>]) -> Vec<Option<Location<'a>>> {
    let mut wanted: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, item) in items.iter().enumerate() {
        if let Value::Element(element) = item
            && let Some(json) = element.json.or(element.extra)
        {
            wanted.entry(address(json)).or_default().push(at);
        }
    }
    let found = vec![None; items.len()];
    if wanted.is_empty() {
        return found;
    }
    let mut walk = Walk { resource_type: resource.get_str("resourceType"), wanted, steps: Vec::new(), found };
    walk.visit(resource);
    walk.found
}

fn address(json: &Json<'_>) -> usize {
    std::ptr::from_ref(json).addr()
}

struct Walk<'a> {
    resource_type: Option<&'a str>,
    wanted: HashMap<usize, Vec<usize>>,
    steps: Vec<Step<'a>>,
    found: Vec<Option<Location<'a>>>,
}

impl<'a> Walk<'a> {
    fn visit(&mut self, json: &'a Json<'a>) {
        if let Some(items) = self.wanted.remove(&address(json)) {
            for at in items {
                self.found[at] =
                    Some(Location { resource_type: self.resource_type, steps: self.steps.clone() });
            }
        }
        if self.wanted.is_empty() || self.steps.len() >= DEPTH_MAX {
            return;
        }
        let Some(object) = json.as_object() else { return };
        for (key, json) in object.iter() {
            let name = key.strip_prefix('_').unwrap_or(key);
            match json {
                Json::Array(items) => {
                    for (index, item) in items.iter().enumerate() {
                        self.down(Step { name, index: Some(index) }, item);
                    }
                }
                one => self.down(Step { name, index: None }, one),
            }
        }
    }

    fn down(&mut self, step: Step<'a>, json: &'a Json<'a>) {
        self.steps.push(step);
        self.visit(json);
        self.steps.pop();
    }
}
