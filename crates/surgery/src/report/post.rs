//! `POST surgeries/{id}/report`: drafts the report from the record, or fills what nobody has written yet.

use super::composition::{completed, drafted, id};
use super::get::read;
use super::message::NO_SURGEON;
use super::missing::told;
use super::source::Source;
use crate::perioperative::case::{created, settled, updated};
use crate::perioperative::person;
use async_trait::async_trait;
use fhir::{Code, Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Role};

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "surgeries/{id}/report",
        summary: "Drafts the operative report from the record; later, fills only what is still blank",
        access: Access::SignedIn,
        handler: Arc::new(DraftReport),
    }
}

struct DraftReport;

#[async_trait]
impl Handler for DraftReport {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let case = request.param("id");
        let me = person::author(&cx).await?;
        let cx = &cx;
        let me = &me;
        let (status, told) = settled(cx, || async move {
            let source = Source::read(cx, case).await?;
            let lang = cx.ctx.lang;
            match read(cx, &source.case).await? {
                Some((id, version, note)) => {
                    let draft = note.get_str("status") == Some("preliminary");
                    let grown = if draft { completed(&note, &source, me.clone()) } else { None };
                    let Some(grown) = grown else {
                        return Ok((Vec::new(), (200, told(Some((&id, &note)), false, &source, lang))));
                    };
                    let write = updated(ResourceType::COMPOSITION, &id, version, &grown);
                    Ok((vec![write], (200, told(Some((&id, &grown)), false, &source, lang))))
                }
                None => {
                    let author = author(cx, &source, me).await?;
                    let note = drafted(&source, author, me.clone(), cx.ctx.clock.now_ms());
                    let id = id(&source.case);
                    let mut writes = vec![created(ResourceType::COMPOSITION, id.clone(), &note)];
                    writes.extend(source.case.begun());
                    Ok((writes, (201, told(Some((&id, &note)), true, &source, lang))))
                }
            }
        })
        .await?;
        Ok(RouteReply::json(status, &told))
    }
}

/// Whose report it becomes: the physician's who asks; for a secretary, that of the surgeon of the case.
async fn author(cx: &RouteCtx, source: &Source, me: &Json<'static>) -> Result<Json<'static>> {
    let physician = [Role::Surgeon, Role::Clinician].iter().any(|role| cx.ctx.actor.has(*role));
    let mine = me.get_str("reference").is_some_and(|me| me.starts_with("Practitioner/"));
    if physician && mine {
        return Ok(me.clone());
    }
    let surgeon = source.case.json.each("performer").next();
    let surgeon = surgeon.filter(|s| s.get_str("reference").is_some_and(|r| r.starts_with("Practitioner/")));
    match surgeon.filter(|_| cx.ctx.actor.has(Role::Secretary)) {
        Some(surgeon) => Ok(surgeon.clone()),
        None => {
            let on = Some((ResourceType::SERVICE_REQUEST, source.case.id.as_str()));
            cx.tenant.audit_refused(&cx.ctx, "report", on).await?;
            Err(Error::refused(Code::Forbidden, NO_SURGEON))
        }
    }
}
