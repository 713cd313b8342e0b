//! The access decision point: who may do what, decided for every read, search and write. Deny by default.
//!
//! A decision is a question to the policies (crate `policy`) about a *group* of content (`kind`, `field`,
//! `label`) and what ties the actor to the patient (`ties`). Facts of ties come from a service (`source`) and
//! are kept until a commit changes them (`gate`). Most requests are decided by type alone, with the best and
//! the worst that could be known of a patient (`level`); only the others look at each record (`sight`). What
//! may not be seen of a record is left out of it (`redact`). Scopes of a token only take away (`scope`).
//! Writes are decided against the version that they replace (`guard`).

mod circumstances;
mod decide;
pub(crate) mod field;
mod follow;
pub(crate) mod gate;
pub(crate) mod groups;
pub(crate) mod guard;
pub(crate) mod kind;
pub(crate) mod label;
pub(crate) mod level;
pub(crate) mod redact;
mod scope;
pub(crate) mod sight;
mod signature;
mod source;
mod ties;

pub use circumstances::FRESH_MS;
pub use decide::Explained;
pub use follow::Pointer;
pub use kind::group_of;
pub use source::{Records, Stored, TieSource};
pub use ties::{Facts, Named, Opposition, PatientMarks, PatientTies, Persona, Span};

use crate::grant::Scope;
use fhir::ResourceType;
use policy::Verb;

/// What is asked of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    Read,
    Search,
    History,
    Create,
    Update,
    Delete,
    /// A write that signs what it writes.
    Sign,
}

impl Action {
    pub fn reads(self) -> bool {
        matches!(self, Action::Read | Action::Search | Action::History)
    }

    pub fn verb(self) -> Verb {
        match self {
            Action::Read | Action::Search | Action::History => Verb::Read,
            Action::Create | Action::Update => Verb::Write,
            Action::Delete => Verb::Delete,
            Action::Sign => Verb::Sign,
        }
    }

    /// The SMART permission that it needs.
    fn permission(self) -> u8 {
        match self {
            Action::Read | Action::History => Scope::READ,
            Action::Search => Scope::SEARCH,
            Action::Create => Scope::CREATE,
            Action::Update | Action::Sign => Scope::UPDATE,
            Action::Delete => Scope::DELETE,
        }
    }
}

/// Whether callers may write resources of the type at all: the audit log is written by the store alone.
pub fn is_written_by_callers(rt: ResourceType) -> bool {
    rt != ResourceType::AUDIT_EVENT
}
