//! Who is called when nobody answers, and after how long.

use policy::Role;

const MINUTE: i64 = 60_000;

/// IEC 60601-1-8: how fast somebody must respond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Priority {
    High,
    Medium,
    Low,
}

impl Priority {
    pub const ALL: [Priority; 3] = [Priority::High, Priority::Medium, Priority::Low];

    pub fn as_str(self) -> &'static str {
        match self {
            Priority::High => "high",
            Priority::Medium => "medium",
            Priority::Low => "low",
        }
    }

    /// `priority` of a CommunicationRequest.
    pub fn fhir(self) -> &'static str {
        match self {
            Priority::High => "stat",
            Priority::Medium => "urgent",
            Priority::Low => "routine",
        }
    }

    pub fn of_fhir(code: &str) -> Option<Priority> {
        Priority::ALL.into_iter().find(|one| one.fhir() == code)
    }

    /// Until the next rung is called, when nobody took it.
    pub fn unanswered(self) -> i64 {
        MINUTE
            * match self {
                Priority::High => 2,
                Priority::Medium => 10,
                Priority::Low => 60,
            }
    }

    /// Until the next rung is called, when somebody has read it and does not come.
    pub fn idle(self) -> i64 {
        MINUTE
            * match self {
                Priority::High => 5,
                Priority::Medium => 20,
                Priority::Low => 120,
            }
    }

    /// Until the next rung is called, when somebody is at it and it is not over.
    pub fn unresolved(self) -> i64 {
        MINUTE
            * match self {
                Priority::High => 30,
                Priority::Medium => 60,
                Priority::Low => 480,
            }
    }
}

/// Roles that are called beside those whom the sender named, rung by rung. The last rung is called again and again: an
/// alert that nobody answers is never dropped.
const RUNGS: [&[Role]; 3] =
    [&[], &[Role::Surgeon, Role::Anaesthetist, Role::Clinician], &[Role::Nurse, Role::MedicalAdmin]];

pub(crate) const LAST_RUNG: usize = RUNGS.len() - 1;

/// Roles that are called at a rung, those of the rungs below among them.
pub(crate) fn due(rung: usize) -> impl Iterator<Item = Role> {
    RUNGS.iter().take(rung.min(LAST_RUNG) + 1).flat_map(|roles| roles.iter().copied())
}

/// Whether the escalation itself stands still: the next step should have been taken a minute ago.
pub(crate) fn is_late(next: i64, now: i64) -> bool {
    now > next + MINUTE
}
