//! One person, one record: two records never share a matricule INS, nor the strict traits (birth name, first
//! given name, date of birth, sex), unless the newer one says by an extension that somebody compared it with the
//! other one and why they are two persons. Checked inside the transaction: of two desks that register the same
//! person in the same instant, one is told.

use super::write::HOMONYM;
use fhir::{Code, Issue, Json, ResourceType, Text};
use store::index::normalise::fold;
use store::rule::Refusal;
use store::{Error, Rule, TxRead};

pub(super) const SAME_TRAITS: Text = Text {
    key: "register.same-identity",
    fr: "Un dossier porte déjà les mêmes nom de naissance, premier prénom, date de naissance et sexe (Patient/{record}). Ouvrez-le ; si ce sont deux personnes, confirmez l'homonymie et dites pourquoi.",
    en: "A record already has the same birth name, first given name, birth date and sex (Patient/{record}). Open it; if these are two persons, confirm that they are namesakes and say why.",
    de: "Eine Akte hat bereits denselben Geburtsnamen, ersten Vornamen, dasselbe Geburtsdatum und Geschlecht (Patient/{record}). Öffnen Sie sie; sind es zwei Personen, bestätigen Sie die Namensgleichheit mit Begründung.",
};

const SAME_NUMBER: Text = Text {
    key: "register.same-matricule",
    fr: "Ce matricule INS est déjà celui du dossier Patient/{record} : c'est la même personne. Ouvrez ce dossier.",
    en: "This matricule INS is already that of the record Patient/{record}: it is the same person. Open that record.",
    de: "Diese INS-Nummer gehört bereits zur Akte Patient/{record}: Es ist dieselbe Person. Öffnen Sie diese Akte.",
};

/// Records of the same birth date, sex and name that are compared; each is read inside the transaction.
const COMPARED_MAX: usize = 50;
/// Numbers of one record that are looked up.
const NUMBERS_MAX: usize = 5;

/// Whether a registration was refused because the person has a record, and not for its record number.
pub(super) fn is_refusal(error: &Error) -> bool {
    let ours = |issue: &Issue| [SAME_TRAITS.key, SAME_NUMBER.key].contains(&issue.text.key);
    matches!(error, Error::Refused(issues) if issues.iter().any(ours))
}

pub(crate) struct OneRecord;

impl Rule for OneRecord {
    fn name(&self) -> &'static str {
        "records.one-record-a-person"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::PATIENT]
    }

    fn check(
        &self,
        before: Option<&Json<'_>>,
        after: Option<&Json<'_>>,
        tx: &mut TxRead<'_>,
    ) -> Result<(), Refusal> {
        let Some(patient) = after.filter(|p| !is_merged(p)) else { return Ok(()) };
        // The hub's own writes: an import brings what another program recorded, doubles too.
        if tx.actor().system {
            return Ok(());
        }
        let held: Vec<_> = before.map(|p| numbers(p).collect()).unwrap_or_default();
        let claimed = numbers(patient).filter(|number| !held.contains(number)).take(NUMBERS_MAX);
        for (system, value) in claimed {
            for id in tx.living_with_identifier(ResourceType::PATIENT, system, value)? {
                let bears = |other: &Json<'_>| numbers(other).any(|number| number == (system, value));
                if other(tx, &id)?.is_some_and(|other| bears(&other)) {
                    let issue = Issue::error(Code::Duplicate, SAME_NUMBER).at("Patient.identifier");
                    return Err(issue.arg("record", id).into());
                }
            }
        }
        let Some(traits) = Strict::of(patient) else { return Ok(()) };
        if before.and_then(Strict::of).as_ref() == Some(&traits) {
            return Ok(());
        }
        let known = homonyms(patient);
        for id in tx.search(ResourceType::PATIENT, &traits.query(), COMPARED_MAX)? {
            if known.contains(&id) {
                continue;
            }
            if other(tx, &id)?.is_some_and(|other| Strict::of(&other).as_ref() == Some(&traits)) {
                let issue = Issue::error(Code::Duplicate, SAME_TRAITS).at("Patient.name");
                return Err(issue.arg("record", id).into());
            }
        }
        Ok(())
    }
}

/// Another record than the one under check, if it was not merged away.
fn other(tx: &mut TxRead<'_>, id: &str) -> Result<Option<Json<'static>>, Refusal> {
    if id == tx.id() {
        return Ok(None);
    }
    let Some(body) = tx.read(ResourceType::PATIENT, id)? else { return Ok(None) };
    let json = fhir::json::parse(&body).ok().map(Json::into_owned);
    Ok(json.filter(|other| !is_merged(other)))
}

/// The strict traits, compared without case, accents and punctuation. The birthplace is left out: it is often
/// not known at the desk.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Strict {
    family: String,
    given: String,
    birth: String,
    gender: String,
}

impl Strict {
    /// Of a Patient; `None` when one of them is missing.
    pub fn of(patient: &Json<'_>) -> Option<Strict> {
        let names = || patient.each("name");
        let official = names().find(|name| name.get_str("use") == Some("official"));
        let plain =
            || names().find(|name| !matches!(name.get_str("use"), Some("usual" | "old" | "nickname")));
        let name = official.or_else(plain)?;
        let given = name.each("given").next().and_then(Json::as_str)?;
        Strict::new(name.get_str("family")?, given, patient.get_str("birthDate")?, patient.get_str("gender")?)
    }

    pub fn new(family: &str, given: &str, birth: &str, gender: &str) -> Option<Strict> {
        // What the office writes as « Jean-Pierre » and « Jean Pierre » is one; « Jean » is another person.
        let strict = Strict {
            family: fold(family),
            given: fold(given),
            birth: birth.to_string(),
            gender: gender.to_string(),
        };
        let whole = strict.birth.len() == 10 && !strict.family.is_empty() && !strict.given.is_empty();
        whole.then_some(strict)
    }

    fn query(&self) -> String {
        let escaped = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
        format!(
            "birthdate={}&gender={}&family={}",
            escaped(&self.birth),
            escaped(&self.gender),
            escaped(&self.family)
        )
    }
}

/// System and value of the matricules INS in use.
fn numbers<'j>(patient: &'j Json<'_>) -> impl Iterator<Item = (&'j str, &'j str)> {
    patient.each("identifier").filter_map(|identifier| {
        let mut codes = identifier.get("type")?.each("coding").filter_map(|coding| coding.get_str("code"));
        let national = codes.any(|code| code.starts_with("INS-")) && identifier.get_str("use") != Some("old");
        Some((identifier.get_str("system")?, identifier.get_str("value")?)).filter(|_| national)
    })
}

/// Ids of the records with which this one was compared.
fn homonyms(patient: &Json<'_>) -> Vec<String> {
    let said = patient.each("extension").filter(|e| e.get_str("url") == Some(HOMONYM));
    let reasoned = said.filter(|e| {
        let mut parts = e.each("extension").filter(|part| part.get_str("url") == Some("reason"));
        parts.any(|part| part.get_str("valueString").is_some_and(|reason| !reason.trim().is_empty()))
    });
    let of = reasoned.flat_map(|e| e.each("extension")).filter(|part| part.get_str("url") == Some("of"));
    of.filter_map(|part| part.get("valueReference")?.get_str("reference")?.strip_prefix("Patient/"))
        .map(String::from)
        .collect()
}

fn is_merged(patient: &Json<'_>) -> bool {
    patient.each("link").any(|link| link.get_str("type") == Some("replaced-by"))
}
