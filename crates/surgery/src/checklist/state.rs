//! A check-list as its entries leave it, whatever the order in which they arrived: of two answers to one item, that
//! of the later touch counts, and of the same moment that of the greater key.

use super::entry::{Entry, Say};
use super::version::{Item, Phase, Version};
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    pub answer: String,
    pub decision: Option<String>,
    pub by: Option<String>,
    pub at: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub go: bool,
    pub reason: Option<String>,
    pub by: Option<String>,
    pub at: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PhaseState {
    pub given: BTreeMap<String, Given>,
    /// Role, who, when; the first of each role.
    pub attested: BTreeMap<String, (Option<String>, i64)>,
    pub outcome: Option<Outcome>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    Open,
    Go,
    NoGo,
}

impl Gate {
    pub fn as_str(self) -> &'static str {
        match self {
            Gate::Open => "open",
            Gate::Go => "go",
            Gate::NoGo => "no-go",
        }
    }
}

pub(crate) fn state(phase: &Phase, entries: &[Entry]) -> PhaseState {
    let mut ours: Vec<&Entry> = entries.iter().filter(|e| e.phase == phase.code).collect();
    ours.sort_by(|a, b| (a.at, &a.key).cmp(&(b.at, &b.key)));
    ours.dedup_by(|a, b| a.key == b.key);
    let mut state = PhaseState::default();
    for entry in ours {
        let by = entry.by_name.clone().or_else(|| entry.by.clone());
        match &entry.say {
            Say::Answer { item, answer: None, .. } => {
                state.given.remove(item);
            }
            Say::Answer { item, answer: Some(answer), decision } => {
                let (answer, decision) = (answer.clone(), decision.clone());
                state.given.insert(item.clone(), Given { answer, decision, by, at: entry.at });
            }
            Say::Attest { role } => {
                state.attested.entry(role.clone()).or_insert((by, entry.at));
            }
            Say::Outcome { go, reason } => {
                let stopped = state.outcome.as_ref().is_some_and(|o| !o.go);
                // A NO GO stands until someone says what was decided.
                if !(*go && stopped && reason.is_none()) {
                    state.outcome = Some(Outcome { go: *go, reason: reason.clone(), by, at: entry.at });
                }
            }
            Say::Lift { .. } => {
                if state.outcome.as_ref().is_some_and(|o| !o.go) {
                    state.outcome = None;
                }
            }
        }
    }
    state
}

impl PhaseState {
    fn is_settled(&self, item: &Item) -> bool {
        let decided = |g: &Given| g.decision.as_ref().is_some_and(|d| !d.trim().is_empty());
        self.given.get(&item.id).is_some_and(|g| !item.decide_on.contains(&g.answer) || decided(g))
    }

    /// Items without an answer, or without the decision that their answer wants.
    pub fn open_items(&self, phase: &Phase) -> usize {
        phase.items.iter().filter(|item| !self.is_settled(item)).count()
    }

    /// Roles that have not attested.
    pub fn open_roles<'p>(&self, phase: &'p Phase) -> Vec<&'p str> {
        let open = phase.roles.iter().filter(|role| !self.attested.contains_key(*role));
        open.map(String::as_str).collect()
    }

    pub fn gate(&self, phase: &Phase) -> Gate {
        match &self.outcome {
            Some(outcome) if !outcome.go => Gate::NoGo,
            Some(_) if self.open_items(phase) == 0 && self.open_roles(phase).is_empty() => Gate::Go,
            _ => Gate::Open,
        }
    }
}

/// What keeps a milestone from being: the phase that waits, and how it stands.
pub(crate) fn hindrance<'v>(
    version: &'v Version,
    entries: &[Entry],
    milestone: &str,
) -> Option<(&'v Phase, Gate)> {
    // A NO GO before the incision stops whatever leads to it, not only what its own phase gates.
    let stopped = matches!(milestone, "induction" | "incision");
    let gates = |phase: &Phase, milestone: &str| phase.gate.as_deref() == Some(milestone);
    let last = version.phases.iter().position(|phase| gates(phase, "incision"));
    let phases = version.phases.iter().enumerate();
    let mut phases = phases.map(|(at, phase)| (at, phase, state(phase, entries).gate(phase)));
    let found = phases.find(|(at, phase, gate)| {
        let open = gates(phase, milestone) && *gate != Gate::Go;
        open || stopped && *gate == Gate::NoGo && last.is_some_and(|last| *at <= last)
    });
    found.map(|(_, phase, gate)| (phase, gate))
}

#[cfg(test)]
mod tests {
    use super::super::version::named;
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn entry(n: u32, at: i64, say: Say) -> Entry {
        Entry { key: format!("k{n}"), at, by: None, by_name: None, phase: "time-out".into(), say }
    }

    fn whole() -> Vec<Entry> {
        let phase = &named(None).unwrap().phases[1];
        let answer =
            |item: &Item| Say::Answer { item: item.id.clone(), answer: Some("yes".into()), decision: None };
        let mut says: Vec<Say> = phase.items.iter().map(answer).collect();
        says.extend(phase.roles.iter().map(|role| Say::Attest { role: role.clone() }));
        says.push(Say::Outcome { go: true, reason: None });
        says.into_iter().zip(1..).map(|(say, n)| entry(n, i64::from(n), say)).collect()
    }

    #[test]
    fn go_needs_answers_roles_and_a_word() {
        let version = named(None).unwrap();
        let all = whole();
        assert!(hindrance(version, &all, "incision").is_none());
        for missing in 0..all.len() {
            let mut some = all.clone();
            some.remove(missing);
            assert!(hindrance(version, &some, "incision").is_some(), "{missing}");
        }
    }

    #[test]
    fn no_go_stops_until_it_is_lifted() {
        let version = named(None).unwrap();
        let mut all = whole();
        all.push(entry(90, 90, Say::Outcome { go: false, reason: Some("côté à revoir".into()) }));
        all.push(entry(91, 91, Say::Outcome { go: true, reason: None }));
        assert_eq!(hindrance(version, &all, "incision").map(|h| h.1), Some(Gate::NoGo));
        assert_eq!(hindrance(version, &all, "induction").map(|h| h.1), Some(Gate::NoGo));
        assert!(hindrance(version, &all, "out").is_none());
        all.push(entry(92, 92, Say::Outcome { go: true, reason: Some("côté vérifié".into()) }));
        assert!(hindrance(version, &all, "incision").is_none());
    }

    #[test]
    fn a_version_may_ask_for_sign_in_before_induction() {
        let (has, who) = (named(None).unwrap(), named(Some("who-2009")).unwrap());
        assert!(hindrance(has, &[], "induction").is_none());
        assert_eq!(hindrance(who, &[], "induction").map(|h| h.0.code.as_str()), Some("sign-in"));
    }

    #[test]
    fn an_answer_that_worries_wants_a_decision() {
        let version = named(None).unwrap();
        let mut all = whole();
        let no = |decision: Option<&str>| Say::Answer {
            item: "has-9".into(),
            answer: Some("no".into()),
            decision: decision.map(str::to_string),
        };
        all.push(entry(90, 90, no(None)));
        assert!(hindrance(version, &all, "incision").is_some());
        all.push(entry(91, 91, no(Some("donnée à l'induction"))));
        assert!(hindrance(version, &all, "incision").is_none());
    }

    proptest! {
        /// Two tablets: whatever the order of arrival, and however often a tap arrives, the list is the same.
        #[test]
        fn the_order_of_arrival_changes_nothing(
            taps in prop::collection::vec((0u32..12, 0i64..6, 0usize..3, prop::bool::ANY), 1..24),
            seed in prop::collection::vec(0usize..1000, 24),
        ) {
            let phase = &named(None).unwrap().phases[1];
            let mut entries: Vec<Entry> = Vec::new();
            for (n, at, item, yes) in taps {
                let answer = Some(if yes { "yes" } else { "no" }.to_string());
                let say = Say::Answer { item: phase.items[item].id.clone(), answer, decision: None };
                if !entries.iter().any(|e| e.key == format!("k{n}")) {
                    entries.push(entry(n, at, say));
                }
            }
            let wanted = state(phase, &entries);
            let mut shuffled = entries.clone();
            for (n, at) in seed.iter().enumerate() {
                let len = shuffled.len();
                shuffled.swap(n % len, at % len);
            }
            shuffled.extend(entries.iter().take(3).cloned());
            prop_assert_eq!(state(phase, &shuffled), wanted);
        }
    }
}
