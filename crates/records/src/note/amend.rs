//! `POST notes/{id}/amend`: a new draft with the same text that will replace a signed note. The signed one stays
//! as it is; when the draft is signed, readers are led to it.

use super::content;
use super::create::{edited_by, made};
use super::message::{AMENDED, AMENDMENT_OPEN, NOT_SIGNED, WITHDRAWN};
use super::view::Seen;
use super::{form, right};
use crate::person::name_of;
use async_trait::async_trait;
use fhir::{Code, Json};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "notes/{id}/amend",
        summary: "A draft that will replace a signed note, with the reason why",
        access: Access::SignedIn,
        handler: Arc::new(Amend),
    }
}

struct Amend;

#[async_trait]
impl Handler for Amend {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let mut form = Form::read(&request.body)?;
        let reason = form::reason(&mut form)?;
        let current = Seen::read(&cx, id).await?;
        let against = if content::is_draft(&current.json) {
            Some(NOT_SIGNED)
        } else if content::is_withdrawn(&current.json) {
            Some(WITHDRAWN)
        } else {
            current.amended_by.as_ref().map(|_| AMENDED)
        };
        if let Some(text) = against {
            return current.conflict(&cx, 409, text).await;
        }
        if let Some(draft) = &current.pending {
            return Seen::read(&cx, draft).await?.conflict(&cx, 409, AMENDMENT_OPEN).await;
        }
        let who = right::professional(&cx)?;
        let name = name_of(&cx, who).await?;
        let mut note = amendment(&cx, &current, &reason, content::reference(who, name.as_deref()));
        edited_by(&cx, &mut note).await?;
        match made(&cx, note).await {
            Ok(seen) => seen.reply(&cx, 201).await,
            // Somebody else was quicker: theirs is shown.
            Err(Error::Refused(issues)) if issues.iter().any(|i| i.code == Code::Conflict) => {
                let again = Seen::read(&cx, id).await?;
                match again.pending.as_ref().or(again.amended_by.as_ref()) {
                    Some(other) => Seen::read(&cx, other).await?.conflict(&cx, 409, AMENDMENT_OPEN).await,
                    None => Err(Error::Refused(issues)),
                }
            }
            Err(other) => Err(other),
        }
    }
}

/// The draft: text, kind, patient, stay and labels of the note, without what was signed of it.
fn amendment(cx: &RouteCtx, old: &Seen, reason: &str, author: Json<'static>) -> Json<'static> {
    let mut note = content::draft(old.kind(), old.patient(), author);
    let mut text = content::Content::of(&old.json);
    text.date = fhir::date::instant_format(cx.ctx.clock.now_ms());
    text.complete(old.kind());
    text.write(&mut note, old.kind());
    let target = content::reference(&format!("Composition/{}", old.id), None);
    let link = Json::object([("code", Json::string("replaces")), ("targetReference", target)]);
    let labels: Vec<Json<'static>> = content::labels(&old.json).cloned().collect();
    if let Some(object) = note.as_object_mut() {
        object.set("relatesTo", Json::array([link]));
        if !labels.is_empty() {
            object.insert_at(1, "meta", Json::object([("security", Json::Array(labels))]));
        }
    }
    let why = ("valueString", Json::string(reason.to_string()));
    content::set_extension(&mut note, content::REASON, Some(why));
    note
}
