//! From a path to the places in a resource that it finds.

use super::fault::{self, stopped, undone};
use super::operation::Operation;
use crate::{Environment, Expression, Value};
use fhir::validate::schema::Structure;
use fhir::{Issue, Json};

/// Longer collections are no place for an operation.
const ITEMS_MAX: usize = 100_000;

/// An element of the resource, by its way from the top. It outlives the resource that it was found in.
pub(super) struct Place {
    pub steps: Vec<Step>,
    pub structure: Option<&'static Structure>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Step {
    /// The JSON name, without the underscore of what stands beside a primitive.
    pub name: String,
    pub index: Option<usize>,
}

/// All that a path finds.
///
/// # Errors
/// The path stops, or finds something that is no element of the resource.
pub(super) fn all(
    operation: &Operation,
    path: &Expression,
    resource: &Json<'static>,
    steps_max: u64,
) -> Result<Vec<Place>, Issue> {
    let mut environment = Environment::new();
    environment.steps_max = steps_max;
    environment.items_max = ITEMS_MAX;
    let found = path.evaluate(resource, &environment).map_err(|error| stopped(&error, operation))?;
    let locations = found.locations();
    let places = found.items().iter().zip(locations).map(|(item, location)| match (item, location) {
        (Value::Element(element), Some(location)) => {
            let steps = location.steps.iter();
            let steps = steps.map(|step| Step { name: step.name.to_string(), index: step.index });
            Ok(Place { steps: steps.collect(), structure: element.structure })
        }
        _ => Err(undone(fault::NOT_ELEMENT, operation)),
    });
    places.collect()
}

/// The one element that a path finds, or none.
pub(super) fn one(
    operation: &Operation,
    resource: &Json<'static>,
    steps_max: u64,
) -> Result<Option<Place>, Issue> {
    let mut found = all(operation, &operation.path, resource, steps_max)?;
    if found.len() > 1 {
        return Err(undone(fault::MANY_MATCHES, operation).arg("count", found.len()));
    }
    Ok(found.pop())
}
