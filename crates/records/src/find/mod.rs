//! Full-text search in one record and across one's patients. What can be found is what the store shows to the
//! caller; nothing is written down: the words live in memory (docs/decisions/0019-full-text-in-memory.md).

mod across;
mod document;
mod excerpt;
mod hit;
mod library;
mod one;
mod query;
#[cfg(test)]
mod tests;
mod ties;
mod words;
mod xhtml;

pub(crate) use document::concept;
use library::Library;
use service::Route;
use std::sync::Arc;
pub(crate) use ties::patients as my_patients;

pub(crate) fn routes() -> Vec<Route> {
    let library = Arc::new(Library::default());
    vec![one::route(library.clone()), across::route(library)]
}
