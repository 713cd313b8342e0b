//! What all verbs of the watch do: see who asks, read alerts and incidents, write them again.

use super::alert::WATCH;
use bytes::Bytes;
use fhir::{Json, ResourceType};
use service::RouteCtx;
use std::sync::Arc;
use store::search::SearchRequest;
use store::{Actor, Ctx, Error, Result, Role, Visible, Write};

/// Alerts and incidents that are told, newest first.
const TOLD_MAX: &str = "500";

/// Whether the caller may see what the watch found: the privacy officer, and who runs the clinic.
///
/// # Errors
/// `Denied`, recorded.
pub(super) async fn may_see(cx: &RouteCtx) -> Result<()> {
    if cx.ctx.actor.has(Role::MedicalAdmin) {
        return Ok(());
    }
    officer(cx).await
}

/// Whether the caller is the privacy officer, who alone judges alerts and keeps the register of incidents.
///
/// # Errors
/// `Denied`, recorded.
pub(super) async fn officer(cx: &RouteCtx) -> Result<()> {
    if cx.ctx.actor.has(Role::Auditor) {
        return Ok(());
    }
    cx.tenant.audit_refused(&cx.ctx, "watch", None).await?;
    Err(Error::Denied)
}

/// The caller, with the right to read and write the watch's own resources, which no role's policy opens: the
/// decision has been taken above, and the log still names the caller.
pub(super) fn watching(cx: &RouteCtx) -> Ctx {
    let actor = Actor { system: true, ..(*cx.ctx.actor).clone() };
    Ctx { actor: Arc::new(actor), grant: Arc::default(), ..cx.ctx.clone() }
}

/// All alerts (Communications) or incidents (Tasks).
pub(super) async fn all(cx: &RouteCtx, rt: ResourceType, code: &str) -> Result<Vec<Visible>> {
    let params = [("_tag", format!("{WATCH}|{code}")), ("_count", TOLD_MAX.to_string())];
    let params = params.into_iter().map(|(n, v)| (n.to_string(), v)).collect();
    let request = SearchRequest { rt: Some(rt), params, ..SearchRequest::default() };
    let page = cx.tenant.search(&watching(cx), &request).await?;
    Ok(page.entries.into_iter().map(|found| found.visible).collect())
}

/// One of them; others of its type are not found.
pub(super) async fn one(cx: &RouteCtx, rt: ResourceType, id: &str) -> Result<(Visible, Json<'static>)> {
    let found = cx.tenant.read(&watching(cx), rt, id).await?;
    let json =
        fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("a stored alert".into()))?.into_owned();
    let ours = json.get("meta").is_some_and(|m| m.each("tag").any(|t| t.get_str("system") == Some(WATCH)));
    if ours { Ok((found, json)) } else { Err(Error::NotFound) }
}

/// Writes one again, over the version that was read; or a new one.
pub(super) fn write(rt: ResourceType, id: &str, over: Option<u64>, body: &Json<'_>) -> Write {
    Write::Update {
        rt,
        id: id.to_string(),
        body: Bytes::from(body.to_vec()),
        if_match: over,
        if_none_match: over.is_none(),
    }
}

/// Adds `{authorString, time, text}` to the notes.
pub(super) fn note(json: &mut Json<'static>, cx: &RouteCtx, text: &str) {
    let note = Json::object([
        ("authorString", Json::string(cx.ctx.actor.name.clone())),
        ("time", fhir::edit::instant(cx.ctx.clock.now_ms())),
        ("text", Json::string(text.to_string())),
    ]);
    if let Some(edit) = fhir::edit::edit(json) {
        edit.push("note", note);
    }
}
