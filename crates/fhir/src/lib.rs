//! FHIR R4, without I/O: the lossless JSON value, the definitions as data tables, search-parameter
//! extraction, validation, FHIRPath, dates and units.
//!
//! Nothing here knows a database, a socket or a tenant.

pub mod compartment;
pub mod date;
pub mod decimal;
pub mod edit;
#[cfg(test)]
mod examples;
pub mod fhirpath;
pub mod issue;
pub mod json;
pub mod resource_type;
pub mod search;
pub mod ucum;
pub mod validate;
pub mod view;

pub use issue::{Code, Issue, Lang, Severity, Text};
pub use json::{Json, Object};
pub use resource_type::ResourceType;
