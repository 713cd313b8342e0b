//! FHIR REST (<https://hl7.org/fhir/R4/http.html>): one file an interaction.
//!
//! The grammar of the addresses is small and fixed, so it is matched by hand: no router stands between the
//! socket and a read.

mod builtin;
mod bundle;
mod capability;
mod condition;
mod create;
mod delete;
mod dispatch;
mod everything;
mod history;
mod lastn;
mod meta;
mod operation;
mod page;
mod parameters;
mod patch;
mod present;
mod read;
mod run;
mod search;
mod subset;
mod target;
mod update;
mod write_bundle;

pub use capability::Capability;
pub use dispatch::serve;
pub use operation::Operations;
