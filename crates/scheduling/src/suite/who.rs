//! Who may see and change the plan, and whose names may be told.

use crate::booking::ROLES;
use crate::index::everyone;
use fhir::{Json, ResourceType};
use policy::{Group, Role, Verb};
use service::RouteCtx;
use std::collections::{BTreeSet, HashMap};
use store::{Error, Result};

/// A code of `urn:medhub:team`.
pub(crate) fn role_of(code: &str) -> Option<&'static str> {
    ROLES.iter().find(|(name, _)| *name == code).map(|(name, _)| *name)
}

/// Whether the caller may look at the plan of the clinic. A patient's portal sees its own appointments elsewhere.
///
/// # Errors
/// `Denied`.
pub(crate) async fn staff(cx: &RouteCtx) -> Result<()> {
    let only_patient = cx.ctx.actor.roles.iter().all(|role| *role == Role::Patient) && !cx.ctx.actor.system;
    if only_patient || !cx.tenant.decide(&cx.ctx, Verb::Read, Group::Schedule, None).await? {
        cx.tenant.audit_refused(&cx.ctx, "theatre", None).await?;
        return Err(Error::Denied);
    }
    Ok(())
}

/// Whether the caller keeps the schedule of that patient.
///
/// # Errors
/// `Denied`.
pub(crate) async fn may_book(cx: &RouteCtx, patient: Option<&str>) -> Result<()> {
    staff(cx).await?;
    if cx.tenant.decide(&cx.ctx, Verb::Write, Group::Schedule, patient).await? {
        return Ok(());
    }
    let on = patient.map(|id| (ResourceType::PATIENT, id));
    cx.tenant.audit_refused(&cx.ctx, "theatre-booking", on).await?;
    Err(Error::Denied)
}

/// How a patient is shown on the board.
pub(crate) type Names = HashMap<String, Json<'static>>;

/// The patients whose names the store shows to the caller, by id.
///
/// # Errors
/// `Unavailable`.
pub(crate) async fn names(cx: &RouteCtx, ids: &BTreeSet<String>) -> Result<Names> {
    let all: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut out = Names::new();
    for some in all.chunks(100) {
        let params = vec![("_id".to_string(), some.join(","))];
        let found = match everyone(&cx.tenant, &cx.ctx, ResourceType::PATIENT, params).await {
            Err(Error::Denied) => return Ok(out),
            found => found?,
        };
        for visible in found {
            if let Ok(json) = fhir::json::parse(&visible.body) {
                out.insert(visible.id.clone(), shown(&visible.id, &json));
            }
        }
    }
    Ok(out)
}

/// `{id, name: "MARTIN Claire", birthDate, initials}`.
fn shown(id: &str, patient: &Json<'_>) -> Json<'static> {
    let official = patient.each("name").find(|n| n.get_str("use") == Some("official"));
    let usual = patient.each("name").find(|n| n.get_str("use") == Some("usual"));
    let name = usual.or(official).or_else(|| patient.each("name").next());
    let family = name.and_then(|n| n.get_str("family")).unwrap_or_default();
    let given = name.and_then(|n| n.each("given").find_map(|g| g.as_str())).unwrap_or_default();
    let full = match (family, given) {
        ("", "") => name.and_then(|n| n.get_str("text")).unwrap_or("—").to_string(),
        _ => format!("{} {given}", family.to_uppercase()).trim().to_string(),
    };
    let initials: String = given.chars().take(1).chain(family.chars().take(1)).collect();
    let birth = patient.get_str("birthDate").map_or(Json::Null, |b| Json::string(b.to_string()));
    Json::object([
        ("id", Json::string(id.to_string())),
        ("name", Json::string(full)),
        ("birthDate", birth),
        ("gender", patient.get_str("gender").map_or(Json::Null, |g| Json::string(g.to_string()))),
        ("initials", Json::string(initials.to_uppercase())),
    ])
}
