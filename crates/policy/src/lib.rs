//! Who may do what: the words of a question, and the policies that answer it.
//!
//! A [`Question`] is small, copied and hashable: everything that a decision depends on, and nothing that names
//! a person. The store asks it; a decision is a pure function of it, so it can be remembered.

mod question;
mod role;
mod words;

pub use question::{Marks, Question, Station, Ties};
pub use role::{Role, Roles};
pub use words::{Group, Purpose, Verb};
