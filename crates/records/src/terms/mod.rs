//! Classifications that the tenant holds. The program ships none of CIM-10: where a clinic has loaded it, as
//! CodeSystem resources of that url (<https://hl7.org/fhir/R4/codesystem.html>, `content` complete or fragment, one
//! or a chapter each, by import or by FHIR), it is searched; who loaded it does not matter.

mod search;
mod shelf;
#[cfg(test)]
mod tests;

use service::Route;

pub(crate) fn routes() -> Vec<Route> {
    vec![search::route()]
}
