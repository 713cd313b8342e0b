//! The patient as documents name them.

use crate::read::{Stored, address, extension, identified, telecom};
use crate::words::{maybe, text};
use crate::{ins, zone};
use fhir::{Json, Lang, ResourceType};
use service::RouteCtx;
use store::Result;

const IPP: &str = "urn:medhub:ipp";
const RELIABILITY: &str = "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-identity-reliability";
const GIVEN_LIST: &str =
    "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-patient-birth-list-given-name";
const BIRTHPLACE: &str = "http://hl7.org/fhir/StructureDefinition/patient-birthPlace";
const INSEE: &str = "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-address-insee-code";

pub(crate) struct Patient {
    /// `MARTIN Claire`, the name in use.
    pub name: String,
    /// `MOREAU Claire Anne`, where the name in use is another.
    birth_name: Option<String>,
    /// FHIR date.
    pub birth_date: Option<String>,
    birth: Option<String>,
    birthplace: Option<String>,
    pub sex: Option<&'static str>,
    pub minor: bool,
    ipp: Option<String>,
    pub qualified: bool,
    /// Number to show, of a qualified identity.
    ins: Option<String>,
    /// Text of the Datamatrix.
    pub datamatrix: Option<String>,
    pub address: Vec<String>,
    phone: Option<String>,
    /// What the treating physician is called.
    pub gp: Option<String>,
}

impl Patient {
    /// # Errors
    /// The store's: `NotFound`, `Denied`.
    pub async fn read(cx: &RouteCtx, id: &str, lang: Lang, now: i64) -> Result<Patient> {
        let found = cx.tenant.read(&cx.ctx, ResourceType::PATIENT, id).await?;
        Ok(Patient::of(&Stored::of(&found)?.json, lang, now))
    }

    pub fn of(json: &Json<'static>, lang: Lang, now: i64) -> Patient {
        let named = |usage: &str| json.each("name").find(|n| n.get_str("use") == Some(usage));
        let official = named("official").or(json.each("name").next());
        let usual = named("usual").or(official);
        let qualified = status(json) == Some("QUAL");
        let number = ins::number(json).filter(|_| qualified);
        let birth_date = json.get_str("birthDate").map(String::from);
        let day = birth_date.as_deref().and_then(zone::day);
        let matrix = number.as_ref().zip(official).zip(birth_date.as_deref());
        let datamatrix = matrix.and_then(|((number, name), birth)| {
            ins::datamatrix(&ins::Traits {
                number,
                family: name.get_str("family")?,
                given: &givens(name),
                male: json.get_str("gender") == Some("male"),
                female: json.get_str("gender") == Some("female"),
                birth,
                birthplace: insee(json)?,
            })
        });
        let differs = official.zip(usual).filter(|(a, b)| a.get_str("family") != b.get_str("family"));
        Patient {
            name: usual.map(written).unwrap_or_default(),
            birth_name: differs.map(|(birth, _)| {
                format!("{} {}", birth.get_str("family").unwrap_or_default().to_uppercase(), givens(birth))
            }),
            birth: day.map(|day| zone::long(day, lang)),
            birthplace: extension(json, BIRTHPLACE).and_then(|p| p.get_str("city").map(String::from)),
            sex: sex(json.get_str("gender"), lang),
            minor: day.is_some_and(|day| zone::years(day, zone::day_of(now)) < 18),
            birth_date,
            ipp: identified(json, IPP),
            qualified,
            ins: number.map(|number| number.shown()),
            datamatrix,
            address: address(json),
            phone: telecom(json, "phone"),
            gp: json.each("generalPractitioner").find_map(|gp| gp.get_str("display").map(String::from)),
        }
    }

    pub fn json(&self) -> Json<'static> {
        Json::object([
            ("name", text(&*self.name)),
            ("birthName", maybe(self.birth_name.clone())),
            ("birth", maybe(self.birth.clone())),
            ("birthplace", maybe(self.birthplace.clone())),
            ("sex", maybe(self.sex)),
            ("minor", Json::Bool(self.minor)),
            ("ipp", maybe(self.ipp.clone())),
            ("ins", maybe(self.ins.clone())),
            ("datamatrix", Json::Bool(self.datamatrix.is_some())),
            ("identity", Json::Bool(self.qualified)),
            ("address", Json::array(self.address.iter().map(|line| text(line.clone())))),
            ("phone", maybe(self.phone.clone())),
        ])
    }
}

/// `PROV`, `RECUP`, `VALI`, `QUAL` …
fn status<'j>(patient: &'j Json<'_>) -> Option<&'j str> {
    let reliability = patient.each("extension").find(|e| e.get_str("url") == Some(RELIABILITY))?;
    let state = reliability.each("extension").find(|e| e.get_str("url") == Some("identityStatus"))?;
    state.get("valueCoding")?.get_str("code")
}

fn insee<'j>(patient: &'j Json<'_>) -> Option<&'j str> {
    let place = extension(patient, BIRTHPLACE)?;
    let code = place.each("extension").find(|e| e.get_str("url") == Some(INSEE))?;
    code.get("valueCoding")?.get_str("code")
}

/// `MARTIN Claire`
fn written(name: &Json<'_>) -> String {
    let first = name.each("given").next().and_then(Json::as_str).unwrap_or_default();
    let family = name.get_str("family").unwrap_or_default().to_uppercase();
    match family.is_empty() {
        true => name.get_str("text").unwrap_or(first).to_string(),
        false => format!("{family} {first}").trim().to_string(),
    }
}

/// All given names at birth.
fn givens(name: &Json<'_>) -> String {
    if let Some(list) = extension(name, GIVEN_LIST).and_then(|list| list.as_str()) {
        return list.to_string();
    }
    name.each("given").filter_map(Json::as_str).collect::<Vec<_>>().join(" ")
}

fn sex(gender: Option<&str>, lang: Lang) -> Option<&'static str> {
    let words = match gender? {
        "male" => ["masculin", "male", "männlich"],
        "female" => ["féminin", "female", "weiblich"],
        "other" => ["indéterminé", "other", "divers"],
        _ => return None,
    };
    Some(words[lang as usize])
}
