//! Why a question was answered so, in sentences, and what would change the answer.

use crate::rules::{Effect, Rule, Sentence};
use crate::{Marks, Policies, Question, Station, Ties};

/// A decision that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    pub allowed: bool,
    /// The policies that decided: forbids, or permits. Empty if no policy permits it.
    pub reasons: Vec<Reason>,
    /// Of a denial: what would permit it, each alone if possible, else together with a fresh factor.
    pub would_open: Vec<Opening>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The name of the policy.
    pub policy: String,
    pub effect: Effect,
    pub sentence: Sentence,
}

/// A circumstance that would open what is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Opening {
    FreshFactor,
    BreakGlass,
    Care,
    Facility,
    Delegation,
    Authorship,
    /// Together with another of the list.
    WithFreshFactor,
}

impl Reason {
    pub(crate) fn of(rule: &Rule) -> Reason {
        Reason { policy: rule.id.clone(), effect: rule.effect, sentence: rule.sentence.clone() }
    }
}

impl Explanation {
    /// What there is to say when the policies could not be loaded: nothing of why.
    pub(crate) fn closed() -> Explanation {
        Explanation { allowed: false, reasons: Vec::new(), would_open: Vec::new() }
    }
}

impl Opening {
    pub fn as_str(self) -> &'static str {
        match self {
            Opening::FreshFactor => "fresh-factor",
            Opening::BreakGlass => "break-glass",
            Opening::Care => "care",
            Opening::Facility => "facility",
            Opening::Delegation => "delegation",
            Opening::Authorship => "authorship",
            Opening::WithFreshFactor => "with-fresh-factor",
        }
    }

    pub fn sentence(self) -> Sentence {
        let (fr, en, de) = match self {
            Opening::FreshFactor => {
                ("S'authentifier de nouveau.", "Authenticate again.", "Sich erneut authentifizieren.")
            }
            Opening::BreakGlass => (
                "Ouvrir le bris de glace, en cas d'urgence : l'accès est signalé et relu.",
                "Open break-glass in an emergency: it is reported and reviewed.",
                "Im Notfall den Notfallzugriff öffnen: Er wird gemeldet und geprüft.",
            ),
            Opening::Care => (
                "Être nommé dans les soins du patient : équipe de soins, séjour, rendez-vous, équipe opératoire.",
                "Be named in the patient's care: care team, stay, appointment, surgical team.",
                "In der Behandlung genannt sein: Behandlungsteam, Aufenthalt, Termin, OP-Team.",
            ),
            Opening::Facility => (
                "Exercer sur le site où le patient est pris en charge.",
                "Work at the place where the patient is cared for.",
                "An dem Standort arbeiten, an dem der Patient versorgt wird.",
            ),
            Opening::Delegation => (
                "Recevoir une délégation d'un professionnel nommé dans les soins.",
                "Receive a delegation from a professional who is named in the care.",
                "Eine Delegation einer in der Behandlung genannten Fachperson erhalten.",
            ),
            Opening::Authorship => (
                "Seul l'auteur de l'élément le peut.",
                "Only the author of the item may.",
                "Nur der Verfasser darf das.",
            ),
            Opening::WithFreshFactor => (
                "Et s'authentifier de nouveau.",
                "And authenticate again.",
                "Und sich erneut authentifizieren.",
            ),
        };
        Sentence { fr: fr.into(), en: en.into(), de: de.into() }
    }

    fn applied(self, q: &Question) -> Question {
        let mut q = *q;
        match self {
            Opening::FreshFactor | Opening::WithFreshFactor => {
                q.station = q.station.with(Station::FRESH_FACTOR)
            }
            Opening::BreakGlass => q.station = q.station.with(Station::BREAK_GLASS),
            Opening::Care => q.ties = q.ties.with(Ties::CARE),
            Opening::Facility => q.ties = q.ties.with(Ties::FACILITY),
            Opening::Delegation => q.ties = q.ties.with(Ties::DELEGATE),
            Opening::Authorship => q.ties = q.ties.with(Ties::AUTHOR),
        }
        q
    }
}

/// What the actor or the clinic can change; never what is the patient's to decide.
const CHANGEABLE: [Opening; 6] = [
    Opening::FreshFactor,
    Opening::Care,
    Opening::Facility,
    Opening::Delegation,
    Opening::Authorship,
    Opening::BreakGlass,
];

pub(crate) fn openings(policies: &Policies, q: &Question) -> Vec<Opening> {
    let lost = !q.station.has(Station::SAME_TENANT)
        || q.station.has(Station::DISABLED)
        || q.marks.has(Marks::SIGNED);
    if lost {
        return Vec::new();
    }
    let opens = |change: &Opening, q: &Question| policies.allows(&change.applied(q));
    let alone: Vec<Opening> = CHANGEABLE.into_iter().filter(|change| opens(change, q)).collect();
    if !alone.is_empty() {
        return alone;
    }
    let fresh = Opening::WithFreshFactor.applied(q);
    let mut together: Vec<Opening> = CHANGEABLE.into_iter().filter(|change| opens(change, &fresh)).collect();
    if !together.is_empty() {
        together.push(Opening::WithFreshFactor);
    }
    together
}
