//! The operative report, drafted from the record of the operation: a Composition in the shape of the notes
//! (<https://hl7.org/fhir/R4/composition.html>). What a person wrote is never touched.

mod composition;
mod get;
mod message;
mod missing;
mod narrative;
mod post;
mod section;
mod source;
#[cfg(test)]
mod tests;
mod words;

use service::Route;

pub(crate) fn routes() -> Vec<Route> {
    vec![get::route(), post::route()]
}
