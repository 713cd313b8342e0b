//! Who may do what: the words of a question, and the policies that answer it.
//!
//! A [`Question`] is small, copied and hashable: everything that a decision depends on, and nothing that names
//! a person. The store asks it; a decision is a pure function of it, so it can be remembered.
//!
//! The policies are text, in the folder `policies` of the repository, for a privacy officer to read; they are
//! compiled in, and an operator may name another folder. [`Policies`] reads, checks and asks them.

mod error;
mod explain;
mod files;
mod memo;
mod policies;
mod question;
mod request;
mod role;
mod rules;
mod slices;
mod words;

pub use error::PolicyError;
pub use explain::{Explanation, Opening, Reason};
pub use files::fingerprint;
pub use policies::{Policies, PolicyInfo};
pub use question::{Marks, Question, Station, Ties};
pub use role::{Role, Roles};
pub use rules::{Effect, Sentence};
pub use words::{Group, Purpose, Verb};
