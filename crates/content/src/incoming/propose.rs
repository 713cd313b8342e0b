//! Whom a letter may be about. Patients are proposed with the reasons, never chosen: two people may share a name and
//! a birthday.

use super::extract::Found;
use crate::read::{Stored, all, name};
use crate::words::{maybe, text};
use fhir::{Json, ResourceType};
use service::RouteCtx;
use std::collections::HashMap;
use store::Result;
use store::index::normalise::fold;

/// Searches of one letter, and proposals.
const LOOKS: usize = 6;
const SHOWN: usize = 5;
/// A record number (<https://terminology.hl7.org/CodeSystem-v2-0203.html>).
const RECORD: [&str; 2] = ["PI", "MR"];

/// Why somebody is proposed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Reasons {
    number: bool,
    birth: bool,
    family: bool,
    given: bool,
}

impl Reasons {
    /// Of one alone, only a number is enough.
    fn weight(self) -> u32 {
        let name = 2 * u32::from(self.family) + u32::from(self.given);
        8 * u32::from(self.number) + 4 * u32::from(self.birth && self.family) + name
    }

    fn is_enough(self) -> bool {
        self.number || self.family && (self.birth || self.given)
    }

    fn json(self) -> Json<'static> {
        let all = [
            ("number", self.number),
            ("birthDate", self.birth),
            ("family", self.family),
            ("given", self.given),
        ];
        Json::array(all.into_iter().filter(|(_, on)| *on).map(|(why, _)| Json::string(why)))
    }
}

/// The best first.
///
/// # Errors
/// The store's.
pub(super) async fn patients(cx: &RouteCtx, found: &Found) -> Result<Vec<Json<'static>>> {
    let mut looks: Vec<(&str, String)> = Vec::new();
    looks.extend(found.numbers.iter().map(|number| ("identifier", number.clone())));
    looks.extend(found.births.iter().take(found.said.max(2)).map(|day| ("birthdate", day.to_string())));
    if found.said == 0 {
        looks.extend(
            found.called.iter().flatten().filter(|word| word.len() > 2).map(|word| ("family", word.clone())),
        );
    }
    let mut known: HashMap<String, (Reasons, Stored)> = HashMap::new();
    for look in looks.into_iter().take(LOOKS) {
        for stored in all(cx, ResourceType::PATIENT, std::slice::from_ref(&look)).await? {
            let mut reasons = of(&stored.json, found);
            reasons.number =
                look.0 == "identifier" || known.get(&stored.id).is_some_and(|(was, _)| was.number);
            known.insert(stored.id.clone(), (reasons, stored));
        }
    }
    let mut best: Vec<_> =
        known.into_values().filter(|(why, one)| why.is_enough() && is_kept(&one.json)).collect();
    best.sort_by(|(a, x), (b, y)| b.weight().cmp(&a.weight()).then_with(|| x.id.cmp(&y.id)));
    Ok(best.iter().take(SHOWN).map(|(why, one)| shown(one, *why)).collect())
}

fn of(patient: &Json<'_>, found: &Found) -> Reasons {
    let said = |word: &str| !word.is_empty() && found.words.contains(&format!(" {word} "));
    let family =
        patient.each("name").filter_map(|name| name.get_str("family")).any(|family| said(&fold(family)));
    let mut given = patient.each("name").flat_map(|name| name.each("given")).filter_map(Json::as_str);
    let born = patient.get_str("birthDate").and_then(|day| day.parse().ok());
    Reasons {
        number: false,
        birth: born.is_some_and(|day| found.births.contains(&day)),
        family,
        given: given.any(|given| said(&fold(given))),
    }
}

/// A record that was merged into another is nobody's any more.
fn is_kept(patient: &Json<'_>) -> bool {
    patient.get("active").and_then(Json::as_bool) != Some(false)
}

pub(super) fn shown_plain(one: &Stored) -> Json<'static> {
    shown(one, Reasons::default())
}

fn shown(one: &Stored, why: Reasons) -> Json<'static> {
    Json::object([
        ("id", text(&*one.id)),
        ("name", maybe(called(&one.json))),
        ("birthDate", maybe(one.json.get_str("birthDate"))),
        ("gender", maybe(one.json.get_str("gender"))),
        ("number", maybe(record_number(&one.json))),
        ("why", why.json()),
    ])
}

/// The name in use, and behind it the others that letters may say: *Denise Rivière (Lévêque)*.
fn called(patient: &Json<'_>) -> Option<String> {
    let mut shown = name(patient)?;
    for family in patient.each("name").filter_map(|name| name.get_str("family")) {
        if !shown.contains(family) {
            shown = format!("{shown} ({family})");
        }
    }
    Some(shown)
}

fn record_number<'j>(patient: &'j Json<'_>) -> Option<&'j str> {
    let is_record = |identifier: &&Json<'_>| {
        let codes = identifier.get("type").into_iter().flat_map(|kind| kind.each("coding"));
        codes.filter_map(|coding| coding.get_str("code")).any(|code| RECORD.contains(&code))
    };
    patient.each("identifier").find(is_record)?.get_str("value")
}
