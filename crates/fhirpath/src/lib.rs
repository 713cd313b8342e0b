//! FHIRPath for those who ask questions of a resource and then act on the answer: patches, custom search
//! parameters, views.
//!
//! The language itself is `fhir::fhirpath`. This crate adds what its users need around it: items that know
//! where they stand in the resource, one error for reading and running, and a refusal where an expression
//! asks for a value set that nobody knows.
//!
//! ```
//! let patient = fhir::json::parse(br#"{"resourceType":"Patient","name":[{"given":["A","B"]}]}"#).unwrap();
//! let given = fhirpath::compile("name.given.where($this = 'B')").unwrap();
//! let environment = fhirpath::Environment::new();
//! let found = given.evaluate(&patient, &environment).unwrap();
//! assert_eq!(found.locations()[0].as_ref().unwrap().to_string(), "Patient.name[0].given[1]");
//! ```

mod collection;
mod environment;
mod error;
mod expression;
mod location;
pub mod patch;
#[cfg(test)]
mod tests;

pub use collection::{Collection, TypeInfo};
pub use environment::Environment;
pub use error::{Error, What};
pub use expression::{Expression, LENGTH_MAX, compile};
pub use fhir::fhirpath::{Element, Outside, Quantity, Temporal, Value};
pub use location::{Location, Step};
pub use patch::Patch;
