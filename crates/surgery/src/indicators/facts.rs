//! What the figures are made of, read once from the record.

use std::collections::HashMap;

/// An operation that took place, or takes place now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Operation {
    /// Id of the ServiceRequest.
    pub case: String,
    pub number: String,
    pub act: String,
    /// `Location/…`.
    pub room: String,
    /// `Practitioner/…`.
    pub surgeon: Option<String>,
    /// Milliseconds since 1970: when it was to begin, patient in, patient out, room clean (never before `end`).
    pub planned: Option<i64>,
    pub start: i64,
    pub end: i64,
    pub clean: i64,
}

/// Hours of a room that were offered to someone. Two of one room never overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Vacation {
    pub room: String,
    pub owner: Option<String>,
    pub from: i64,
    pub until: i64,
}

/// A case that was planned for a day and taken off the plan on that day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stopped {
    pub case: String,
    pub number: String,
    pub act: String,
    pub room: String,
    pub surgeon: Option<String>,
    pub planned: i64,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// By room and start.
    pub operations: Vec<Operation>,
    pub vacations: Vec<Vacation>,
    pub stopped: Vec<Stopped>,
    /// Rooms and people by reference.
    pub names: HashMap<String, String>,
    /// Specialties by `Practitioner/…`.
    pub specialties: HashMap<String, String>,
}
