//! `PUT notes/{id}`: saves a draft over the version that was read. Whoever comes second is shown both texts.

use super::content::{self, Content};
use super::create::{edited_by, seen};
use super::message::{CHANGED, SIGNED};
use super::view::Seen;
use super::{attest, form};
use async_trait::async_trait;
use bytes::Bytes;
use fhir::ResourceType;
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result, Write};

pub(super) fn route() -> Route {
    Route {
        method: Method::Put,
        path: "notes/{id}",
        summary: "Saves a draft over the version that was read; 412 with the current text when it changed meanwhile",
        access: Access::SignedIn,
        handler: Arc::new(Save),
    }
}

struct Save;

#[async_trait]
impl Handler for Save {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let mut form = Form::read(&request.body)?;
        let current = Seen::read(&cx, id).await?;
        if !content::is_draft(&current.json) {
            return current.conflict(&cx, 409, SIGNED).await;
        }
        let mut old = Content::of(&current.json);
        old.complete(current.kind());
        let new = form::changed(&mut form, &old, current.kind())?;
        let Some(version) = form::version(&request, &form) else { return Ok(form::version_missing(&cx)) };
        let mut note = current.json.clone();
        new.write(&mut note, current.kind());
        // What is stored already is not stored again: an answer that was lost on its way can be asked for twice.
        if attest::hash(&note) == attest::hash(&current.json) {
            return current.reply(&cx, 200).await;
        }
        if version != current.version {
            return current.conflict(&cx, 412, CHANGED).await;
        }
        edited_by(&cx, &mut note).await?;
        let write = Write::Update {
            rt: ResourceType::COMPOSITION,
            id: id.to_string(),
            body: Bytes::from(note.to_vec()),
            if_match: Some(version),
            if_none_match: false,
        };
        match cx.tenant.commit(&cx.ctx, vec![write]).await {
            Ok(mut done) => seen(done.pop().ok_or(Error::NotFound)?)?.reply(&cx, 200).await,
            Err(Error::VersionConflict { .. }) => {
                Seen::read(&cx, id).await?.conflict(&cx, 412, CHANGED).await
            }
            Err(other) => Err(other),
        }
    }
}
