//! A case as it is told.

use super::acts;
use super::element::{
    APPROACH, BLOOD, COST, ISOLATION, NEED, NIGHTS, POSITION, PREAUTHORISATION, REASON, SETTING, concept_at,
    extensions, instant, label, maybe, number, number_at, side_of, text, text_at, value,
};
use super::whole::Whole;
use fhir::Json;

pub(crate) fn surgery(case: &Whole) -> Json<'static> {
    Json::object(members(case))
}

fn members(case: &Whole) -> Vec<(&'static str, Json<'static>)> {
    let json = &case.json;
    let period = |name: &str| json.get("occurrencePeriod").and_then(|p| p.get_str(name));
    let day = |text: &str| text.chars().take(10).collect::<String>();
    let target = period("end").or_else(|| json.get_str("occurrenceDateTime")).map(day);
    let nights = number_at(json, NIGHTS).unwrap_or(0);
    let setting = text_at(json, SETTING).unwrap_or(if nights > 0 { "inpatient" } else { "ambulatory" });
    let note = json.each("note").filter_map(|n| n.get_str("text")).collect::<Vec<_>>().join("\n");
    let mut out = vec![
        ("id", text(&case.id)),
        ("partial", Json::Bool(case.partial)),
        ("version", Json::integer(i64::try_from(case.version).unwrap_or(i64::MAX))),
        ("number", text(case.number())),
        ("patient", text(case.patient())),
        ("act", text(case.act())),
        ("actCode", text(case.act_code())),
        ("side", maybe(side_of(json))),
        ("lateral", acts::lateral(case.act_code(), &case.act()).map_or(Json::Null, Json::Bool)),
        ("surgeon", person(case.surgeon())),
        ("status", text(case.status().as_str())),
        ("urgency", text(case.urgency())),
        ("target", maybe(target)),
        ("notBefore", maybe(period("start").map(day))),
        ("setting", text(setting)),
        ("nights", Json::integer(nights)),
        ("anaesthesia", text(case.anaesthesia())),
        ("position", text(concept_at(json, POSITION).unwrap_or_default())),
        ("approach", text(concept_at(json, APPROACH).unwrap_or_default())),
        ("minutes", number(case.minutes())),
        ("cleaning", Json::integer(case.cleaning())),
        ("diagnosis", text(diagnosis(json))),
        ("needs", Json::array(extensions(json, NEED).filter_map(need))),
        ("note", text(note)),
        ("reason", maybe(concept_at(json, REASON))),
        ("preauthorisation", maybe(text_at(json, PREAUTHORISATION))),
        ("isolation", maybe(text_at(json, ISOLATION))),
        ("blood", maybe(text_at(json, BLOOD))),
        ("cost", value(json, COST).map_or(Json::Null, |cost| cost.clone().into_owned())),
        ("requested", maybe(json.get_str("authoredOn").map(day))),
    ];
    out.push(("booking", booking(case)));
    out.push(("procedure", maybe(case.procedure.as_ref().map(|p| format!("Procedure/{}", p.id)))));
    out.push(("milestones", marks(case)));
    out.push(("checklist", crate::checklist::summary(case)));
    out
}

/// The case with the words of its allergies.
pub(crate) fn with_allergies(case: &Whole, allergies: Vec<String>) -> Json<'static> {
    let mut all = members(case);
    all.push(("allergies", Json::array(allergies.into_iter().map(Json::string))));
    Json::object(all)
}

fn diagnosis(json: &Json<'_>) -> String {
    let coded = json.each("reasonCode").find_map(label);
    let shown = || json.each("reasonReference").find_map(|r| r.get_str("display").map(str::to_string));
    coded.or_else(shown).unwrap_or_default()
}

pub(crate) fn person(person: Option<(String, String)>) -> Json<'static> {
    person.map_or(Json::Null, |(what, name)| Json::object([("ref", text(what)), ("name", text(name))]))
}

pub(crate) fn marks(case: &Whole) -> Json<'static> {
    Json::array(case.marks().into_iter().map(|mark| {
        Json::object([
            ("code", text(mark.code.as_str())),
            ("time", instant(mark.time)),
            ("by", maybe(mark.by_name.or(mark.by))),
            ("reason", maybe(mark.reason)),
        ])
    }))
}

fn need(json: &Json<'_>) -> Option<Json<'static>> {
    let part = |url: &str| json.each("extension").find(|e| e.get_str("url") == Some(url));
    let what = part("what")?;
    let reference = what.get("valueReference");
    let shown = reference.and_then(|r| r.get_str("display")).map(str::to_string);
    let words = shown.or_else(|| what.get("valueCodeableConcept").and_then(label));
    let count = part("count").and_then(|c| c.get("valueUnsignedInt")).and_then(Json::as_number);
    let reference = reference.and_then(|r| r.get_str("reference"));
    Some(Json::object([
        ("kind", text(part("kind")?.get_str("valueCode")?)),
        ("text", text(words.unwrap_or_default())),
        ("ref", maybe(reference)),
        ("count", Json::integer(count.and_then(|n| n.parse().ok()).unwrap_or(1))),
    ]))
}

fn booking(case: &Whole) -> Json<'static> {
    let (Some(booking), Some((start, end))) = (&case.booking, case.planned()) else { return Json::Null };
    let (room, name) = case.room().unwrap_or_default();
    let team = case.team().into_iter().map(|member| {
        Json::object([("role", text(member.role)), ("ref", text(member.what)), ("name", text(member.name))])
    });
    Json::object([
        ("id", text(&booking.id)),
        ("version", Json::integer(i64::try_from(booking.version).unwrap_or(i64::MAX))),
        ("room", text(room)),
        ("roomName", text(name)),
        ("start", instant(start)),
        ("end", instant(end)),
        ("cleaning", Json::integer(case.cleaning())),
        ("team", Json::array(team)),
    ])
}
