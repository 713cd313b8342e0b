//! Where each step stands: a pure function of the plan, the operation, what the record proves and what people have
//! decided. Nothing depends on the order in which the news came.

use crate::template::{Starts, Step, Template};

/// How far the operation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    Draft,
    Open,
    Held,
    Cancelled,
    Over,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Life {
    Running,
    Held,
    Ended,
}

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// For the steps before it.
    Waiting,
    Ready,
    /// Somebody has taken it.
    Claimed,
    Done,
    Skipped,
    /// The operation is postponed.
    Held,
    Cancelled,
}

impl State {
    /// Our name, and the status that FHIR has for it (<https://hl7.org/fhir/R4/valueset-task-status.html>).
    pub const ALL: [(&'static str, &'static str, State); 7] = [
        ("waiting", "requested", State::Waiting),
        ("ready", "ready", State::Ready),
        ("claimed", "accepted", State::Claimed),
        ("done", "completed", State::Done),
        ("skipped", "cancelled", State::Skipped),
        ("held", "on-hold", State::Held),
        ("cancelled", "cancelled", State::Cancelled),
    ];

    pub fn as_str(self) -> &'static str {
        State::ALL.iter().find(|(_, _, one)| *one == self).map_or("", |(name, _, _)| name)
    }

    pub fn status(self) -> &'static str {
        State::ALL.iter().find(|(_, _, one)| *one == self).map_or("", |(_, status, _)| status)
    }

    pub fn parse(text: &str) -> Option<State> {
        State::ALL.iter().find(|(name, _, _)| *name == text).map(|(_, _, one)| *one)
    }

    /// Those behind it may begin.
    pub fn is_over(self) -> bool {
        matches!(self, State::Done | State::Skipped)
    }

    /// Somebody can do it now.
    pub fn is_open(self) -> bool {
        matches!(self, State::Ready | State::Claimed)
    }
}

/// What a person decided on a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    Done,
    Skipped,
}

/// What people said of a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub decision: Option<Decision>,
    pub claimed: bool,
}

/// Why a step stands as it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stand {
    pub state: State,
    /// Not by a person, but by the record or a condition.
    pub automatic: bool,
}

pub(crate) fn life(starts: Starts, phase: Phase) -> Life {
    match (starts, phase) {
        (Starts::CaseActive, Phase::Open) | (Starts::CaseOver, Phase::Over) => Life::Running,
        (_, Phase::Cancelled) | (Starts::CaseActive, Phase::Over) => Life::Ended,
        _ => Life::Held,
    }
}

/// One stand for each step. `applies` and `said` are in the order of the steps.
pub(crate) fn settle(
    template: &Template,
    phase: Phase,
    proven: impl Fn(&Step) -> bool,
    applies: &[bool],
    said: &[Said],
) -> Vec<Stand> {
    let life = life(template.starts, phase);
    let mut stands: Vec<Stand> = Vec::with_capacity(template.steps.len());
    for (at, step) in template.steps.iter().enumerate() {
        let said = said.get(at).copied().unwrap_or_default();
        let applies = applies.get(at).copied().unwrap_or(true);
        let before = step.after.iter().all(|id| {
            let there = template.steps.iter().position(|other| other.id == *id);
            there.and_then(|there| stands.get(there)).is_some_and(|stand| stand.state.is_over())
        });
        let by_hand = |state| Stand { state, automatic: false };
        let by_itself = |state| Stand { state, automatic: true };
        stands.push(match (said.decision, life) {
            (Some(Decision::Skipped), _) => by_hand(State::Skipped),
            _ if !applies => by_itself(State::Skipped),
            _ if proven(step) => by_itself(State::Done),
            // What was approved on the strength of a step that is open again is not approved.
            (Some(Decision::Done), _) if before => by_hand(State::Done),
            (_, Life::Ended) => by_itself(State::Cancelled),
            (_, Life::Held) => by_itself(State::Held),
            _ if !before => by_hand(State::Waiting),
            _ if said.claimed => by_hand(State::Claimed),
            _ => by_hand(State::Ready),
        });
    }
    stands
}

/// The status of the whole (<https://hl7.org/fhir/R4/valueset-request-status.html>).
pub(crate) fn status(life: Life, stands: &[Stand], phase: Phase) -> &'static str {
    let all = stands.iter().all(|stand| stand.state.is_over());
    match life {
        _ if phase == Phase::Cancelled => "revoked",
        _ if all => "completed",
        Life::Running => "active",
        Life::Held => "on-hold",
        Life::Ended => "revoked",
    }
}
