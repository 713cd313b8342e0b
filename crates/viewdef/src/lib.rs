//! SQL on FHIR v2: a ViewDefinition makes flat rows of resources
//! (<https://sql-on-fhir.org/ig/latest/StructureDefinition-ViewDefinition.html>).
//!
//! A [`View`] is read and checked once, then run on one resource after the other; rows are handed over as they
//! come, so that a run over millions of resources holds the rows of one. Every run is bounded.
//!
//! ```
//! let definition = br#"{"resource":"Patient","select":[{"column":[{"name":"id","path":"id"}]},
//!     {"forEach":"name","column":[{"name":"family","path":"family"}]}]}"#;
//! let view = viewdef::View::read(&fhir::json::parse(definition).unwrap()).unwrap();
//! let patient = br#"{"resourceType":"Patient","id":"7","name":[{"family":"Morel"},{"family":"Dupont"}]}"#;
//! let patient = fhir::json::parse(patient).unwrap();
//! let mut rows = Vec::new();
//! view.run(&patient, None, &mut |row| rows.push(viewdef::csv(row))).unwrap();
//! assert_eq!(rows, ["7,Morel", "7,Dupont"]);
//! ```

mod dialect;
mod error;
mod run;
#[cfg(test)]
mod tests;
mod view;
mod write;

pub use error::{Error, What};
pub use view::{Column, View};
pub use write::{csv, csv_header, ndjson};
