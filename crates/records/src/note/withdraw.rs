//! `POST notes/{id}/withdraw`: says that a note should not have been written: for the wrong patient, say. Its text
//! stays readable, marked.

use super::attest::{Act, Role};
use super::content;
use super::create::seen;
use super::message::{AMENDED, CHANGED, WITHDRAWN};
use super::right::{self, Powers};
use super::view::Seen;
use super::{form, sign};
use crate::person::name_of;
use async_trait::async_trait;
use bytes::Bytes;
use fhir::{Json, ResourceType};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Write};

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "notes/{id}/withdraw",
        summary: "Withdraws a note with a reason; its text is kept. A signed one needs a fresh factor",
        access: Access::SignedIn,
        handler: Arc::new(Withdraw),
    }
}

struct Withdraw;

#[async_trait]
impl Handler for Withdraw {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let mut form = Form::read(&request.body)?;
        let reason = form::reason(&mut form)?;
        let current = Seen::read(&cx, id).await?;
        if content::is_withdrawn(&current.json) {
            return current.conflict(&cx, 409, WITHDRAWN).await;
        }
        if current.amended_by.is_some() {
            return current.conflict(&cx, 409, AMENDED).await;
        }
        if form::version(&request, &form).is_some_and(|version| version != current.version) {
            return current.conflict(&cx, 412, CHANGED).await;
        }
        let mut note = current.json.clone();
        if let Some(object) = note.as_object_mut() {
            object.set("status", Json::string("entered-in-error"));
        }
        content::set_extension(
            &mut note,
            content::REASON,
            Some(("valueString", Json::string(reason.clone()))),
        );
        if content::is_draft(&current.json) {
            return draft(&cx, &current, note).await;
        }
        let who = right::professional(&cx)?.to_string();
        if !Powers::of(&cx, current.patient()).await?.over(&cx, &current).withdraw {
            return right::denied(&cx, "note-withdraw", id).await;
        }
        right::fresh(&cx, current.patient()).await?;
        let name = name_of(&cx, &who).await?;
        let act =
            Act { note: id, role: Role::Withdrawal, who: &who, name: name.as_deref(), reason: Some(&reason) };
        let ctx = right::on_behalf(&cx, "note-withdraw", id).await?;
        sign::commit(&cx, &ctx, &act, note, current.version).await
    }
}

/// A draft is withdrawn by whoever may write it.
async fn draft(cx: &RouteCtx, current: &Seen, note: Json<'static>) -> Result<RouteReply> {
    let write = Write::Update {
        rt: ResourceType::COMPOSITION,
        id: current.id.clone(),
        body: Bytes::from(note.to_vec()),
        if_match: Some(current.version),
        if_none_match: false,
    };
    match cx.tenant.commit(&cx.ctx, vec![write]).await {
        Ok(mut done) => seen(done.pop().ok_or(Error::NotFound)?)?.reply(cx, 200).await,
        Err(Error::VersionConflict { .. }) => {
            Seen::read(cx, &current.id).await?.conflict(cx, 412, CHANGED).await
        }
        Err(other) => Err(other),
    }
}
