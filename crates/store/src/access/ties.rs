//! What is known of an actor and of a patient, and what ties the one to the other.

use policy::{Marks, Purpose, Roles, Ties};
use uuid::Uuid;

/// A stretch of time, ms since epoch, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: i64,
    pub until: i64,
}

impl Span {
    pub const ALWAYS: Span = Span { from: i64::MIN, until: i64::MAX };

    pub fn covers(&self, at: i64) -> bool {
        self.from <= at && at <= self.until
    }
}

/// A reference (`Practitioner/…`, `Organization/…`) that counts for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub what: Box<str>,
    pub span: Span,
    /// Accounts that wrote so; empty: nobody needs to vouch for it. Nil is the hub itself.
    pub by: Vec<Uuid>,
}

impl Named {
    pub fn new(what: impl Into<Box<str>>, span: Span) -> Named {
        Named { what: what.into(), span, by: Vec::new() }
    }

    /// Written by these accounts.
    #[must_use]
    pub fn by(self, by: Vec<Uuid>) -> Named {
        Named { by, ..self }
    }

    /// Whether somebody else than this account says so.
    fn is_vouched(&self, account: Uuid) -> bool {
        self.by.is_empty() || self.by.iter().any(|by| *by != account)
    }
}

/// Who an actor is, as records name it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Persona {
    /// The person and its roles: `Practitioner/…`, `PractitionerRole/…`.
    pub names: Vec<Named>,
    /// Where it works: organizations and locations.
    pub places: Vec<Named>,
    /// Those for whom it acts.
    pub acts_for: Vec<Named>,
    /// Ids of the patients whose record it may see as its own (`SELF`) or for another (`PROXY`).
    pub own: Vec<(Box<str>, Ties, Span)>,
}

/// What ties others to a patient.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PatientTies {
    /// Who is named in the care.
    pub care: Vec<Named>,
    /// Where the patient is cared for, was lately, or will be.
    pub places: Vec<Named>,
}

/// What is marked on a patient.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PatientMarks {
    /// `VIP` and `COLLEAGUE`.
    pub marks: Marks,
    pub opposed: Vec<Opposition>,
    /// Purposes that the patient refuses.
    pub refused: Vec<(Purpose, Span)>,
}

/// An opposition: to some people or places, or to all who are not named in the care.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opposition {
    /// References of people and organizations; with `roles` empty too: everyone.
    pub actors: Vec<Box<str>>,
    pub roles: Roles,
    pub span: Span,
}

/// What is known of one actor and one patient.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    pub ties: Ties,
    pub marks: Marks,
    /// Marks that break-glass lifts: a general opposition gives way in an emergency, one that names somebody
    /// does not.
    pub lifted: Marks,
}

impl Persona {
    fn is(&self, reference: &str, now: i64) -> bool {
        let meets = |named: &Named| &*named.what == reference && named.span.covers(now);
        self.names.iter().any(meets) || self.places.iter().any(meets)
    }

    /// The tie of whose record it is.
    fn own(&self, patient: &str, now: i64) -> Ties {
        let mine = self.own.iter().filter(|(id, _, span)| &**id == patient && span.covers(now));
        mine.fold(Ties::NONE, |sum, (_, tie, _)| sum.with(*tie))
    }
}

/// Who asks, with which roles, why and when.
#[derive(Clone, Copy)]
pub(crate) struct Asking {
    pub account: Uuid,
    pub roles: Roles,
    pub purpose: Purpose,
    pub now: i64,
}

/// Whether two lists share a name that counts now and that meets a condition in the second.
fn meet_if(one: &[Named], other: &[Named], now: i64, met: impl Fn(&Named) -> bool) -> bool {
    let counts = |a: &Named, b: &Named| a.what == b.what && b.span.covers(now) && met(b);
    one.iter().filter(|a| a.span.covers(now)).any(|a| other.iter().any(|b| counts(a, b)))
}

/// Whether two lists share a name that counts now.
fn meet(one: &[Named], other: &[Named], now: i64) -> bool {
    meet_if(one, other, now, |_| true)
}

/// The facts of an actor and a patient (`id`) at a moment, for a purpose.
pub(crate) fn facts(
    persona: &Persona,
    id: &str,
    ties: &PatientTies,
    marks: &PatientMarks,
    asking: &Asking,
) -> Facts {
    let Asking { account, roles, purpose, now } = *asking;
    let care = meet_if(&persona.names, &ties.care, now, |named| named.is_vouched(account));
    // Who named oneself in the care is no more than somebody at the place.
    let self_made = !care && meet(&persona.names, &ties.care, now);
    let found = persona
        .own(id, now)
        .set(Ties::CARE, care)
        .set(Ties::FACILITY, self_made || meet(&persona.places, &ties.places, now))
        .set(Ties::DELEGATE, meet(&persona.acts_for, &ties.care, now));
    let mut facts = Facts { ties: found, marks: marks.marks, lifted: Marks::NONE };
    for opposition in marks.opposed.iter().filter(|opposition| opposition.span.covers(now)) {
        if opposition.actors.is_empty() && opposition.roles == Roles::default() {
            // Those who are named in the care are the care team that the patient chose; proxies are not the clinic.
            if !care && !found.has(Ties::PROXY) {
                facts.lifted = facts.lifted.with(Marks::OPPOSED);
            }
        } else if opposition.actors.iter().any(|actor| persona.is(actor, now))
            || opposition.roles.iter().any(|role| roles.has(role))
        {
            facts.marks = facts.marks.with(Marks::OPPOSED);
        }
    }
    let refused = marks.refused.iter().any(|(refused, span)| *refused == purpose && span.covers(now));
    facts.marks = facts.marks.set(Marks::REFUSED_PURPOSE, refused);
    facts.lifted = facts.lifted.without(facts.marks);
    facts.marks = facts.marks.with(facts.lifted);
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use policy::Role;

    fn named(what: &str) -> Vec<Named> {
        vec![Named::new(what, Span::ALWAYS)]
    }

    fn ask(persona: &Persona, ties: &PatientTies, marks: &PatientMarks, now: i64) -> Facts {
        let roles = Roles::of(&[Role::Surgeon]);
        let asking = Asking { account: Uuid::from_u128(7), roles, purpose: Purpose::Treatment, now };
        facts(persona, "x", ties, marks, &asking)
    }

    #[test]
    fn ties_count_while_they_last() {
        let persona =
            Persona { names: named("Practitioner/a"), places: named("Organization/o"), ..Persona::default() };
        let care = vec![Named::new("Practitioner/a", Span { from: 10, until: 20 })];
        let ties = PatientTies { care, places: named("Organization/o") };
        let marks = PatientMarks::default();
        assert_eq!(ask(&persona, &ties, &marks, 15).ties, Ties::CARE.with(Ties::FACILITY));
        assert_eq!(ask(&persona, &ties, &marks, 21).ties, Ties::FACILITY);
        let secretary = Persona { acts_for: named("Practitioner/a"), ..Persona::default() };
        assert_eq!(ask(&secretary, &ties, &marks, 15).ties, Ties::DELEGATE);
        let own = Persona {
            own: vec![("x".into(), Ties::PROXY, Span { from: 0, until: 5 })],
            ..Persona::default()
        };
        assert_eq!(ask(&own, &ties, &marks, 5).ties, Ties::PROXY);
        assert_eq!(ask(&own, &ties, &marks, 6).ties, Ties::NONE);
    }

    #[test]
    fn who_named_oneself_in_the_care_is_only_at_the_place() {
        let persona = Persona { names: named("Practitioner/a"), ..Persona::default() };
        let said_by = |by: &[u128]| PatientTies {
            care: vec![
                Named::new("Practitioner/a", Span::ALWAYS)
                    .by(by.iter().map(|id| Uuid::from_u128(*id)).collect()),
            ],
            ..PatientTies::default()
        };
        let ties = |by: &[u128]| ask(&persona, &said_by(by), &PatientMarks::default(), 0).ties;
        assert_eq!(ties(&[7]), Ties::FACILITY);
        assert_eq!(ties(&[7, 8]), Ties::CARE);
        assert_eq!(ties(&[0]), Ties::CARE, "the hub itself");
    }

    #[test]
    fn an_opposition_names_people_places_roles_or_everyone() {
        let persona = Persona { names: named("Practitioner/a"), ..Persona::default() };
        let nobody = PatientTies::default();
        let oppose = |actors: &[&str], roles: &[Role]| PatientMarks {
            opposed: vec![Opposition {
                actors: actors.iter().map(|a| (*a).into()).collect(),
                roles: Roles::of(roles),
                span: Span::ALWAYS,
            }],
            ..PatientMarks::default()
        };
        assert!(ask(&persona, &nobody, &oppose(&["Practitioner/a"], &[]), 0).marks.has(Marks::OPPOSED));
        assert!(!ask(&persona, &nobody, &oppose(&["Practitioner/b"], &[]), 0).marks.has(Marks::OPPOSED));
        assert!(ask(&persona, &nobody, &oppose(&[], &[Role::Surgeon]), 0).marks.has(Marks::OPPOSED));
        let general = ask(&persona, &nobody, &oppose(&[], &[]), 0);
        assert_eq!((general.marks, general.lifted), (Marks::OPPOSED, Marks::OPPOSED));
        let team = PatientTies { care: named("Practitioner/a"), ..PatientTies::default() };
        assert_eq!(ask(&persona, &team, &oppose(&[], &[]), 0).marks, Marks::NONE);
    }
}
