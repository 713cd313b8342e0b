//! Into the resources.

use super::{LOINC, MINUTES, PREFIX, REVIEW, Settings, Times, UCUM};
use crate::result::limits::Limit;
use crate::result::review;
use bytes::Bytes;
use fhir::edit::codeable_concept;
use fhir::{Json, ResourceType};
use store::Write;

/// Every limit as its definition, what is no limit any more as one without interval, and the deadlines.
pub(super) fn writes(before: &Settings, limits: &[Limit], times: Times) -> Vec<Write> {
    let known = before.limits.all();
    let ended = known.iter().filter(|old| !limits.iter().any(|new| new.code == old.code));
    let same = |new: &&Limit| {
        let old = known.iter().find(|old| old.code == new.code);
        old.is_some_and(|old| {
            (&old.title, &old.unit, &old.low, &old.high) == (&new.title, &new.unit, &new.low, &new.high)
        })
    };
    let changed = limits.iter().filter(|new| !same(new)).map(|limit| (limit, true));
    let mut writes: Vec<Write> = changed
        .chain(ended.map(|limit| (*limit, false)))
        .map(|(limit, stands)| {
            let id = format!("{PREFIX}{}", limit.code);
            put(ResourceType::OBSERVATION_DEFINITION, id.clone(), &definition(id, limit, stands))
        })
        .collect();
    if before.times != times {
        writes.push(put(ResourceType::ACTIVITY_DEFINITION, REVIEW.into(), &deadlines(times)));
    }
    writes
}

fn put(rt: ResourceType, id: String, body: &Json<'_>) -> Write {
    Write::Update { rt, id, body: Bytes::from(body.to_vec()), if_match: None, if_none_match: false }
}

fn definition(id: String, limit: &Limit, stands: bool) -> Json<'static> {
    let text = |text: &str| Json::string(text.to_string());
    let coding = Json::object([("system", text(LOINC)), ("code", text(&limit.code))]);
    let code = Json::object([("coding", Json::array([coding])), ("text", text(&limit.title))]);
    let mut members = vec![
        ("resourceType", text(ResourceType::OBSERVATION_DEFINITION.name())),
        ("id", Json::string(id)),
        ("code", code),
        ("permittedDataType", Json::array([text("Quantity")])),
    ];
    if stands {
        let bound = |value: &String| {
            Json::object([
                ("value", Json::Number(value.clone().into())),
                ("unit", text(&limit.unit)),
                ("system", text(UCUM)),
                ("code", text(&limit.unit)),
            ])
        };
        let bounds = [("low", &limit.low), ("high", &limit.high)];
        let bounds = bounds.into_iter().filter_map(|(name, value)| Some((name, bound(value.as_ref()?))));
        let interval = [("category", text("critical")), ("range", Json::object(bounds))];
        members.push(("qualifiedInterval", Json::array([Json::object(interval)])));
    }
    Json::object(members)
}

fn deadlines(times: Times) -> Json<'static> {
    let text = |text: &str| Json::string(text.to_string());
    let parts = [("critical", times.critical), ("abnormal", times.abnormal), ("normal", times.normal)];
    let parts = parts.map(|(name, minutes)| {
        Json::object([("url", text(name)), ("valuePositiveInt", Json::integer(minutes))])
    });
    let minutes = Json::object([("extension", Json::array(parts)), ("url", text(MINUTES))]);
    Json::object([
        ("resourceType", text(ResourceType::ACTIVITY_DEFINITION.name())),
        ("id", text(REVIEW)),
        ("extension", Json::array([minutes])),
        ("status", text("active")),
        ("kind", text("Task")),
        ("code", codeable_concept(review::SYSTEM, review::CODE, None)),
    ])
}
