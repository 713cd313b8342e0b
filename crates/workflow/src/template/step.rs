//! One step of a course.

use policy::Role;

/// What in the record does a step by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    /// The operation has a place in the theatre.
    Booking,
    /// The patient consented to what is planned.
    Consent,
}

impl Proof {
    pub const ALL: [(&'static str, Proof); 2] = [("booking", Proof::Booking), ("consent", Proof::Consent)];

    pub fn as_str(self) -> &'static str {
        Proof::ALL.iter().find(|(_, one)| *one == self).map_or("", |(name, _)| name)
    }
}

/// When a step is needed at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Condition {
    /// FHIRPath on the operation's request, which was read once and can be read again.
    pub expression: String,
    /// Why the step is not needed when it is not, for people.
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// As the product names it: `final_approval`. FHIR's ids have no `_`: the action is `final-approval`.
    pub id: String,
    pub title: String,
    /// Who may do it, besides the administration.
    pub roles: Vec<Role>,
    /// How long it may take once it can begin.
    pub minutes: i64,
    /// Ids of the steps that must be over before.
    pub after: Vec<String>,
    pub condition: Option<Condition>,
    pub done_by: Option<Proof>,
    /// It falls to the operating surgeon unless somebody else takes it.
    pub of_surgeon: bool,
    /// The screen on which it is done.
    pub opens: &'static str,
}

/// The screens that a step may open.
pub(super) const SCREENS: [&str; 4] = ["case", "chart", "documents", "theatre"];

impl Step {
    /// The name of the step with that id of an action.
    pub fn named(action: &str) -> String {
        action.replace('-', "_")
    }

    /// The id of the action of the step with that name.
    pub fn action(name: &str) -> String {
        name.replace('_', "-")
    }
}
