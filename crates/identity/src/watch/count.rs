//! Counts what the log shows, account by account, in windows of fixed length. Windows begin at multiples of
//! their length, so that the same entries always make the same alert.

use fhir::ResourceType;
use std::collections::{HashMap, HashSet};
use store::audit::{AuditEntry, Event, EventOutcome};
use uuid::Uuid;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// More counters are not kept: then all begin anew.
const COUNTERS_MAX: usize = 50_000;

/// What stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// Failed sign-ins of one account, or of none that exists.
    SignIn,
    /// Accesses that the policy denied.
    Denied,
    /// Records of more patients than usual.
    Volume,
    /// The record of a person in the public eye.
    Vip,
    /// The record of someone who works here.
    Colleague,
    /// A record, or many, taken out.
    Export,
}

impl Kind {
    pub const ALL: [(&'static str, Kind); 6] = [
        ("failed-sign-in", Kind::SignIn),
        ("denied", Kind::Denied),
        ("volume", Kind::Volume),
        ("vip", Kind::Vip),
        ("colleague", Kind::Colleague),
        ("export", Kind::Export),
    ];

    pub fn as_str(self) -> &'static str {
        Kind::ALL.into_iter().find(|(_, k)| *k == self).map_or("", |(name, _)| name)
    }

    /// Length of the window, ms.
    pub fn window(self) -> i64 {
        match self {
            Kind::SignIn => 15 * MINUTE,
            Kind::Denied => 10 * MINUTE,
            Kind::Volume => HOUR,
            Kind::Vip | Kind::Colleague | Kind::Export => DAY,
        }
    }

    /// How many make an alert; of volume, how many are compared with what is usual.
    pub fn threshold(self) -> usize {
        match self {
            Kind::SignIn => 5,
            Kind::Denied => 10,
            Kind::Volume => VOLUME_FLOOR,
            Kind::Vip | Kind::Colleague | Kind::Export => 1,
        }
    }

    /// Whether an entry counts for this kind; `marks` says how its patients are marked.
    pub fn counts(self, entry: &AuditEntry, marks: &Marked) -> bool {
        let opened = matches!(entry.event, Event::Read | Event::Vread | Event::History);
        // A chart is shown by searches: those within one record open it as a reading does. A list of patients does not.
        let within = entry.event == Event::Search
            && entry.patients.len() == 1
            && entry.kind != ResourceType::PATIENT.number();
        let opened_one = opened || within;
        let granted = entry.outcome == EventOutcome::Success;
        let denied = entry.outcome == EventOutcome::Denied;
        match self {
            Kind::SignIn => entry.event == Event::Login && denied,
            Kind::Denied => entry.event != Event::Login && denied,
            Kind::Volume => granted && (opened || entry.event == Event::Search) && !entry.patients.is_empty(),
            Kind::Vip => granted && opened_one && entry.patients.iter().any(|rid| marks.vip.contains(rid)),
            Kind::Colleague => {
                granted && opened_one && entry.patients.iter().any(|rid| marks.colleague.contains(rid))
            }
            Kind::Export => granted && entry.event == Event::Operation && is_export(&entry.query),
        }
    }
}

/// Patients an hour below which nobody is compared, and above which everybody stands out; in between, so many
/// times one's own usual does. Lists count too: who turns the pages of all patients takes them along.
pub(super) const VOLUME_FLOOR: usize = 80;
pub(super) const VOLUME_CEILING: usize = 400;
pub(super) const VOLUME_TIMES: usize = 4;

/// Operations of the log that take records out.
fn is_export(query: &str) -> bool {
    ["copy", "export", "bulk-export"].iter().any(|name| query.split([' ', ':']).next() == Some(name))
}

/// Patients that are marked, by the numbers that entries name them by.
#[derive(Clone, Debug, Default)]
pub(super) struct Marked {
    pub vip: HashSet<i64>,
    pub colleague: HashSet<i64>,
}

/// Whose entries are counted together, in which window, and about which patient if one matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Case {
    pub kind: Kind,
    pub actor: Uuid,
    /// The window begins so many times its length after the epoch.
    pub window: i64,
    pub patient: Option<i64>,
}

impl Case {
    /// The cases that an entry counts for.
    pub fn of(entry: &AuditEntry, marks: &Marked) -> Vec<Case> {
        // What the hub does by itself is no one's access; a failed sign-in may be of no account.
        let nobody = entry.actor.is_nil() && entry.event != Event::Login;
        let kinds = Kind::ALL.into_iter().map(|(_, kind)| kind);
        let kinds = kinds.filter(|kind| !nobody && kind.counts(entry, marks));
        let mut cases = Vec::new();
        for kind in kinds {
            let window = entry.at.div_euclid(kind.window());
            let of = |patient| Case { kind, actor: entry.actor, window, patient };
            match kind {
                Kind::Vip => cases
                    .extend(entry.patients.iter().filter(|p| marks.vip.contains(p)).map(|p| of(Some(*p)))),
                Kind::Colleague => {
                    cases.extend(
                        entry.patients.iter().filter(|p| marks.colleague.contains(p)).map(|p| of(Some(*p))),
                    );
                }
                _ => cases.push(of(None)),
            }
        }
        cases
    }

    /// First and last millisecond of the window.
    pub fn span(&self) -> (i64, i64) {
        let from = self.window.saturating_mul(self.kind.window());
        (from, from + self.kind.window() - 1)
    }

    /// Whether an entry belongs to this case.
    pub fn has(&self, entry: &AuditEntry, marks: &Marked) -> bool {
        Case::of(entry, marks).contains(self)
    }

    /// What the alert's id is made of.
    pub fn name(&self) -> String {
        format!("{}\n{}\n{}\n{:?}", self.kind.as_str(), self.actor, self.window, self.patient)
    }
}

/// What is counted now.
#[derive(Default)]
pub(super) struct Counts {
    counts: HashMap<Case, Count>,
}

#[derive(Default)]
struct Count {
    entries: usize,
    patients: HashSet<i64>,
}

impl Counts {
    /// Counts an entry; tells whether a case has just come so far that it must be looked at.
    pub fn add(&mut self, entry: &AuditEntry, marks: &Marked) -> bool {
        let mut tell = false;
        for case in Case::of(entry, marks) {
            if self.counts.len() >= COUNTERS_MAX {
                self.counts.clear();
            }
            let count = self.counts.entry(case).or_default();
            let before = size(case.kind, count);
            count.entries += 1;
            if case.kind == Kind::Volume && count.patients.len() <= VOLUME_CEILING * 4 {
                count.patients.extend(&entry.patients);
            }
            let now = size(case.kind, count);
            tell |= passes(case.kind.threshold(), before, now);
        }
        // Old windows are over.
        if self.counts.len() > COUNTERS_MAX / 2 {
            self.counts.retain(|case, _| case.span().1 >= entry.at);
        }
        tell
    }
}

fn size(kind: Kind, count: &Count) -> usize {
    if kind == Kind::Volume { count.patients.len() } else { count.entries }
}

/// Whether going from `before` to `now` passes the threshold, or a doubling of it.
fn passes(threshold: usize, before: usize, now: usize) -> bool {
    let steps = |n: usize| if n < threshold { 0 } else { 1 + (n / threshold).ilog2() };
    steps(now) > steps(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_are_told_once_and_at_doublings() {
        let told: Vec<usize> = (0..50).filter(|n| passes(5, *n, n + 1)).map(|n| n + 1).collect();
        assert_eq!(told, [5, 10, 20, 40]);
        assert!(passes(80, 60, 140));
    }

    #[test]
    fn exports_are_known_by_name() {
        assert!(is_export("copy") && is_export("export Observation") && !is_export("copyright"));
    }
}
