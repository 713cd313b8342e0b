//! Validation of resources against the base definitions of FHIR R4
//! (<https://hl7.org/fhir/R4/validation.html>).
//!
//! One walk over the JSON checks names, cardinality, types, formats, bindings, reference targets and
//! narratives; the invariants of each structure run as the walk leaves it.

mod binding;
mod format;
mod invariant;
mod location;
mod message;
mod primitive;
mod reference;
pub mod schema;
#[cfg(test)]
mod tests;
mod walk;
mod xhtml;

pub(crate) use binding::member_of;
pub use binding::{Binding, value_set};
pub(crate) use format::days_in_month;
pub(crate) use reference::target as reference_target;

use crate::{Issue, Json};

/// No more errors, and no more warnings, than this are reported for one resource; a note says that there
/// are more.
pub const ISSUES_MAX: usize = 100;

/// Everything that is wrong with a resource by the base definitions of R4, in the order of the text.
/// It may be stored when no issue has the severity error.
///
/// ```
/// let text = br#"{"resourceType":"Patient","active":"yes"}"#;
/// let issues = fhir::validate::validate(&fhir::json::parse(text).unwrap());
/// assert_eq!(issues[0].expression.as_deref(), Some("Patient.active"));
/// ```
pub fn validate(resource: &Json<'_>) -> Vec<Issue> {
    let mut walk = walk::Walk::new(resource);
    walk.root();
    walk.issues
}

pub(crate) fn narrative_is_safe(text: &str) -> bool {
    xhtml::check(text).is_none()
}
