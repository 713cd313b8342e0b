//! The search for good plans.

pub(crate) mod anneal;
pub(crate) mod chain;
pub(crate) mod greedy;
pub(crate) mod moves;
pub(crate) mod random;
pub(crate) mod tally;
pub(crate) mod team;
