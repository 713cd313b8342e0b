//! FHIRPath Patch (<https://hl7.org/fhir/R4/fhirpatch.html>): a Parameters resource whose operations change a
//! resource.
//!
//! A [`Patch`] is read and checked once, then applied. Operations are done one after the other, each on what the
//! one before left; when one fails, nothing was changed. Numbers keep their text, members their order.
//!
//! ```
//! let parameters = br#"{"resourceType":"Parameters","parameter":[{"name":"operation","part":[
//!     {"name":"type","valueCode":"replace"},
//!     {"name":"path","valueString":"Patient.name.where(use = 'official').family"},
//!     {"name":"value","valueString":"Morel"}]}]}"#;
//! let patch = fhirpath::Patch::read(&fhir::json::parse(parameters).unwrap()).unwrap();
//! let patient = br#"{"resourceType":"Patient","name":[{"use":"official","family":"Durand"}]}"#;
//! let patched = patch.apply(&fhir::json::parse(patient).unwrap()).unwrap();
//! assert_eq!(patched.to_string(), r#"{"resourceType":"Patient","name":[{"use":"official","family":"Morel"}]}"#);
//! ```

mod content;
mod edit;
mod fault;
mod member;
mod operation;
mod place;
mod run;
mod slot;
#[cfg(test)]
mod tests;

use fhir::{Issue, Json};
use operation::Operation;

/// More operations in one patch are refused.
pub const OPERATIONS_MAX: usize = 1000;
/// Work for all paths of a patch together; a patch of many operations has less for each, but never too little for
/// a plain path.
const STEPS_MAX: u64 = 1_000_000;
const STEPS_MIN: u64 = 2_000;

/// A patch that is ready to be applied.
#[derive(Clone, Debug)]
pub struct Patch {
    operations: Vec<Operation>,
}

impl Patch {
    /// Reads a Parameters resource.
    ///
    /// # Errors
    /// The first thing that is wrong, located as `Parameters.parameter[2].part[0]`.
    pub fn read(parameters: &Json<'_>) -> Result<Patch, Issue> {
        Ok(Patch { operations: operation::all(parameters)? })
    }

    /// The resource as it is after all operations. It is not validated.
    ///
    /// # Errors
    /// The first operation that cannot be done, and why.
    pub fn apply(&self, resource: &Json<'_>) -> Result<Json<'static>, Issue> {
        let mut now = resource.clone().into_owned();
        let steps_max = (STEPS_MAX / self.operations.len().max(1) as u64).max(STEPS_MIN);
        for operation in &self.operations {
            run::run(operation, &mut now, steps_max)?;
        }
        Ok(now)
    }
}
