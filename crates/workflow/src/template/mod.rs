//! What a course consists of: a PlanDefinition (<https://hl7.org/fhir/R4/plandefinition.html>), or the snapshot of
//! one that an instance carries (RequestGroup), read once.

mod choose;
mod order;
mod read;
pub(crate) mod rule;
mod shipped;
mod step;
#[cfg(test)]
mod tests;

pub(crate) use choose::choose;
pub(crate) use read::read;
pub(crate) use shipped::{starts, urls};
pub(crate) use step::{Condition, Proof, Step};

/// With what the urls of templates begin.
pub(crate) const PLANS: &str = "urn:medhub:plan:";

/// Steps of one course.
pub(crate) const STEPS_MAX: usize = 50;

/// When a course begins, and so how long it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Starts {
    /// With the operation's request; over with the operation.
    CaseActive,
    /// When the operation is over.
    CaseOver,
}

impl Starts {
    pub const ALL: [(&'static str, Starts); 2] =
        [("case-active", Starts::CaseActive), ("case-over", Starts::CaseOver)];

    pub fn as_str(self) -> &'static str {
        Starts::ALL.iter().find(|(_, one)| *one == self).map_or("", |(name, _)| name)
    }
}

/// A template that holds together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Template {
    pub url: String,
    /// Numbers and dots.
    pub version: String,
    pub starts: Starts,
    /// Each after all that it waits for.
    pub steps: Vec<Step>,
}

impl Template {
    pub fn canonical(&self) -> String {
        format!("{}|{}", self.url, self.version)
    }
}

/// The last word of a url.
pub(crate) fn short(url: &str) -> &str {
    url.rsplit([':', '/']).next().unwrap_or(url)
}

/// Whether one version comes after another: 1.10 after 1.9.
pub(crate) fn is_newer(this: &str, that: &str) -> bool {
    let parts = |text: &str| text.split('.').map(|part| part.parse().unwrap_or(0)).collect::<Vec<u64>>();
    parts(this) > parts(that)
}
