//! What can be decided by the type alone: the same question with the best and with the worst that could be
//! known of a patient. Most requests need to know no more.

use super::groups::Groups;
use parking_lot::RwLock;
use policy::{Group, Marks, Policies, Purpose, Question, Roles, Station, Ties, Verb};
use std::collections::HashMap;

/// What of a patient can turn a permission into a refusal; the other marks are of the record.
const OF_PATIENT: Marks = Marks::OPPOSED.with(Marks::VIP).with(Marks::COLLEAGUE).with(Marks::REFUSED_PURPOSE);

/// Combinations remembered; there are a few dozen in a clinic.
const REMEMBERED_MAX: usize = 4096;

/// How much must be known of a patient to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// Denied, whoever the patient is.
    Never = 0,
    /// It depends on ties.
    Ask = 1,
    /// Allowed, unless something is marked on the patient.
    Unless = 2,
    /// Allowed, whoever the patient is.
    Always = 3,
}

/// The level of each group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Levels(u32);

impl Levels {
    /// Of the hub itself.
    pub const EVERYTHING: Levels = Levels(u32::MAX);

    pub fn of(self, group: Group) -> Level {
        match self.0 >> (2 * group as u32) & 3 {
            0 => Level::Never,
            1 => Level::Ask,
            2 => Level::Unless,
            _ => Level::Always,
        }
    }

    /// The lowest level of some groups.
    pub fn lowest(self, groups: Groups) -> Level {
        groups.iter().map(|group| self.of(group)).min().unwrap_or(Level::Always)
    }

    /// Those of the groups that are allowed for certain.
    pub fn certain(self, groups: Groups) -> Groups {
        let sure = groups.iter().filter(|group| self.of(*group) == Level::Always);
        sure.fold(Groups::NONE, |sum, group| sum.with(Groups::one(group)))
    }
}

/// What a level depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Stance {
    pub roles: Roles,
    pub purpose: Purpose,
    pub verb: Verb,
    pub station: Station,
    /// What is marked on the record itself.
    pub marks: Marks,
    /// Break-glass is open for some patient, or for all.
    pub glass: bool,
}

impl Stance {
    pub fn question(&self, group: Group, ties: Ties, marks: Marks) -> Question {
        let Stance { roles, purpose, verb, station, .. } = *self;
        Question { roles, purpose, verb, group, ties, marks: self.marks.with(marks), station }
    }
}

/// Levels that were worked out.
#[derive(Default)]
pub(crate) struct Remembered(RwLock<HashMap<Stance, Levels>>);

impl Remembered {
    pub fn levels(&self, policies: &Policies, stance: Stance) -> Levels {
        if let Some(levels) = self.0.read().get(&stance) {
            return *levels;
        }
        let levels = work_out(policies, stance);
        let mut remembered = self.0.write();
        if remembered.len() >= REMEMBERED_MAX {
            remembered.clear();
        }
        remembered.insert(stance, levels);
        levels
    }

    pub fn forget(&self) {
        self.0.write().clear();
    }
}

/// Ties only ever permit and marks only ever forbid: a test of the policies holds them to it.
fn work_out(policies: &Policies, stance: Stance) -> Levels {
    let all = Ties::ALL.iter().fold(Ties::NONE, |sum, (tie, _)| sum.with(*tie));
    let mut bits = 0;
    for group in Group::ALL {
        let question = |ties, marks| stance.question(group, ties, marks);
        let glass = |question: Question| Question {
            station: question.station.with(Station::BREAK_GLASS),
            ..question
        };
        let best = question(all, Marks::NONE);
        let level = if policies.allows(&question(Ties::NONE, OF_PATIENT)) {
            Level::Always
        } else if policies.allows(&question(Ties::NONE, Marks::NONE)) {
            Level::Unless
        } else if policies.allows(&best) || stance.glass && policies.allows(&glass(best)) {
            Level::Ask
        } else {
            Level::Never
        };
        bits |= (level as u32) << (2 * group as u32);
    }
    Levels(bits)
}
