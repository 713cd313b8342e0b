//! A case as those see it who keep the schedule and not the record: what is done, on which side, by whom, when, for how
//! long and with what. Why it is done, what was noted and what it costs stay with the record. It is what the plan of
//! the theatre shows the same people for the same patients, and nothing that a label protects.

use super::element::{self, MILESTONE, MINUTES, NEED, NIGHTS, SETTING, URGENCY, all};
use super::whole::{Stored, Whole};
use fhir::{Json, ResourceType};
use policy::{Group, Role, Verb};
use service::RouteCtx;
use std::collections::{BTreeSet, HashSet};
use store::{Ctx, Error, Result, Visible};

const MEMBERS: [&str; 16] = [
    "resourceType",
    "id",
    "identifier",
    "status",
    "intent",
    "category",
    "priority",
    "code",
    "subject",
    "occurrencePeriod",
    "occurrenceDateTime",
    "authoredOn",
    "requester",
    "performer",
    "locationReference",
    "bodySite",
];
const EXTENSIONS: [&str; 6] = [URGENCY, SETTING, NIGHTS, MINUTES, element::CLEANING, NEED];
const OF_PROCEDURE: [&str; 5] = ["resourceType", "id", "status", "basedOn", "performedPeriod"];

/// Whether the caller keeps the schedule and nothing more; a token that is limited to parts sees only those.
async fn keeps_schedule(cx: &RouteCtx) -> Result<bool> {
    let roles = &cx.ctx.actor.roles;
    let only = !roles.is_empty() && roles.iter().all(|role| *role == Role::Secretary);
    if !only || cx.ctx.actor.system || cx.ctx.grant.scopes.is_some() {
        return Ok(false);
    }
    cx.tenant.decide(&cx.ctx, Verb::Read, Group::Schedule, None).await
}

/// The hub's own eyes, for what is then cut down.
fn whole(cx: &RouteCtx) -> RouteCtx {
    let ctx = Ctx {
        clock: cx.ctx.clock.clone(),
        ids: cx.ctx.ids.clone(),
        request: cx.ctx.request,
        ..Ctx::system("surgery.schedule-part")
    };
    RouteCtx { ctx, ..cx.clone() }
}

/// The case, if the caller keeps its schedule and may not read the record behind it; `None` where the record's own
/// rules are to be asked.
///
/// # Errors
/// The store's.
pub(super) async fn read(cx: &RouteCtx, id: &str) -> Result<Option<Whole>> {
    if !keeps_schedule(cx).await? {
        return Ok(None);
    }
    let inside = whole(cx);
    let found = match inside.tenant.read(&inside.ctx, ResourceType::SERVICE_REQUEST, id).await {
        Err(Error::NotFound | Error::Gone { .. }) => return Ok(None),
        found => found?,
    };
    let Some(case) = Whole::of_all(&inside, vec![found]).await?.pop() else { return Ok(None) };
    let patient = case.patient().to_string();
    let may = async |group| cx.tenant.decide(&cx.ctx, Verb::Read, group, Some(&patient)).await;
    if is_labelled(&case.json) || may(Group::Clinical).await? || !may(Group::Schedule).await? {
        return Ok(None);
    }
    // The look is the caller's: it is decided and written down as theirs.
    cx.tenant.read(&cx.ctx, ResourceType::PATIENT, &patient).await?;
    Ok(Some(cut(case)))
}

/// Of the cases that a search finds, those that the caller sees in the plan alone: without `known`, which the record
/// showed, and without those of patients that the caller may not know.
///
/// # Errors
/// The store's.
pub(crate) async fn rest(cx: &RouteCtx, query: &[(&str, String)], known: &[Visible]) -> Result<Vec<Whole>> {
    if !keeps_schedule(cx).await? {
        return Ok(Vec::new());
    }
    let known: HashSet<&str> = known.iter().map(|one| one.id.as_str()).collect();
    let inside = whole(cx);
    let mut found = all(&inside, ResourceType::SERVICE_REQUEST, query).await?;
    found.retain(|one| !known.contains(one.id.as_str()));
    let mut cases = Whole::of_all(&inside, found).await?;
    cases.retain(|case| !is_labelled(&case.json));
    let ids: BTreeSet<String> = cases.iter().map(|case| case.patient().to_string()).collect();
    let mut seen: HashSet<String> = HashSet::new();
    for some in ids.into_iter().collect::<Vec<_>>().chunks(element::CHUNK) {
        let patients = all(cx, ResourceType::PATIENT, &[("_id", some.join(","))]).await?;
        seen.extend(patients.into_iter().map(|one| one.id));
    }
    cases.retain(|case| seen.contains(case.patient()));
    Ok(cases.into_iter().map(cut).collect())
}

fn is_labelled(json: &Json<'_>) -> bool {
    json.get("meta").is_some_and(|meta| meta.each("security").next().is_some())
}

fn cut(case: Whole) -> Whole {
    let procedure = case
        .procedure
        .map(|stored| Stored { json: kept(&stored.json, &OF_PROCEDURE, &[MILESTONE]), ..stored });
    Whole { json: kept(&case.json, &MEMBERS, &EXTENSIONS), procedure, checklist: None, partial: true, ..case }
}

/// A resource with these members and extensions alone.
fn kept(json: &Json<'static>, members: &[&'static str], extensions: &[&str]) -> Json<'static> {
    let some = members.iter().filter_map(|name| Some((*name, json.get(name)?.clone())));
    let more: Vec<Json<'static>> = json
        .each("extension")
        .filter(|e| e.get_str("url").is_some_and(|url| extensions.contains(&url)))
        .cloned()
        .collect();
    let more = (!more.is_empty()).then_some(("extension", Json::Array(more)));
    Json::object(some.chain(more))
}
