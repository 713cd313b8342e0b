//! `POST break-glass {patient, reason}` and `DELETE break-glass/{patient}`: a record opened in an emergency, for
//! half an hour, to read. The privacy officer is told first: no notice, no access.

use super::break_glass_notice::{self, Notice};
use super::desk::{self, Desk};
use super::{json, text};
use fhir::ResourceType;
use serde::Deserialize;
use serde_json::json;
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{BreakGlass, Ctx, Error, Grant, Result, Role};

const LASTS_MS: i64 = 30 * 60 * 1000;
const REASON_MIN: usize = 10;
const REASON_MAX: usize = 1000;
/// Records open at once in one session.
const OPEN_MAX: usize = 10;

#[derive(Deserialize)]
struct Asked {
    /// Id of the Patient, with or without `Patient/`.
    patient: String,
    reason: String,
}

pub async fn open(desk: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let asked: Asked = json::read(&request)?;
    let (caller, family) = desk::urgent_session(&cx)?;
    let reason = asked.reason.trim();
    if !(REASON_MIN..=REASON_MAX).contains(&reason.chars().count()) {
        return Err(text::wrong("reason", text::REASON_SHORT));
    }
    let id = asked.patient.strip_prefix("Patient/").unwrap_or(&asked.patient);
    if !cx.ctx.actor.roles.iter().any(|role| cares(*role)) {
        cx.tenant.audit_sign_in(&cx.ctx, "break-glass", false).await?;
        return Err(Error::Denied);
    }
    let system = as_system(&cx);
    cx.tenant.read(&system, ResourceType::PATIENT, id).await?;
    let now = cx.ctx.clock.now_ms();
    let until = now + LASTS_MS;
    cx.tenant
        .audit_operation(&cx.ctx, &format!("break-glass: {reason}"), Some((ResourceType::PATIENT, id)))
        .await?;
    let notice = Notice { patient: id, reason, until, account: &caller.actor };
    break_glass_notice::write(&desk, &cx, &system, &notice).await?;
    let glass = BreakGlass { patient: id.to_string(), until };
    let change = move |grant: &mut Grant| {
        grant.break_glass.retain(|open| open.until > now && open.patient != glass.patient);
        let too_many = (grant.break_glass.len() + 1).saturating_sub(OPEN_MAX);
        grant.break_glass.drain(..too_many);
        grant.break_glass.push(glass.clone());
    };
    cx.hub.grant_change(&caller.tenant, family, change).await?;
    Ok(json::reply(200, &json!({"until": json::instant(until)})))
}

pub async fn close(_: Arc<Desk>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let caller = desk::person(&cx)?;
    let id = request.param("patient").to_string();
    let family = caller.family.ok_or(Error::NotFound)?;
    if !caller.grant.break_glass.iter().any(|open| open.patient == id) {
        return Err(Error::NotFound);
    }
    cx.tenant.audit_operation(&cx.ctx, "break-glass-closed", Some((ResourceType::PATIENT, &id))).await?;
    let change = move |grant: &mut Grant| grant.break_glass.retain(|open| open.patient != id);
    cx.hub.grant_change(&caller.tenant, family, change).await?;
    Ok(RouteReply::empty(204))
}

/// Who may have to care for somebody that they are not named for.
fn cares(role: Role) -> bool {
    matches!(role, Role::Surgeon | Role::Anaesthetist | Role::Clinician | Role::Nurse | Role::Pharmacist)
}

/// The hub itself, for what the request causes: same number, same clock, the hub's rights.
pub fn as_system(cx: &RouteCtx) -> Ctx {
    Ctx {
        actor: store::Actor::system("break-glass"),
        grant: Arc::default(),
        purpose: store::Purpose::Operations,
        ..cx.ctx.clone()
    }
}
