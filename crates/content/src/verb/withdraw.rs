//! `POST documents/{id}/withdraw`: says that a document should not have been made. It stays readable, marked.

use crate::document::{self, Document};
use crate::message::{CHANGED, OVER};
use crate::{asked, draft, right, tell};
use async_trait::async_trait;
use fhir::Json;
use policy::{Group, Verb};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const REASON_MAX: usize = 1_000;
/// Why it was withdrawn.
const REASON: &str = "urn:medhub:document-withdrawn";

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "documents/{id}/withdraw",
        summary: "Withdraws a document with a reason; its pages are kept. A signed one needs a fresh factor",
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
        let version = asked::version(&request, &form)?;
        let reason = form.required("reason", REASON_MAX);
        form.finish()?;
        let document = Document::read(&cx, id).await?;
        if !document.status().stands() {
            return tell::conflict(&cx, &document, 409, OVER).await;
        }
        if version != document.version {
            return tell::conflict(&cx, &document, 412, CHANGED).await;
        }
        let signed = !document::signatures(&document.json).is_empty();
        let ctx = if signed {
            if !right::may(&cx, Verb::Write, Group::Clinical, document.patient()).await? {
                return right::denied(&cx, "document-withdraw", id).await;
            }
            right::fresh(&cx, document.patient()).await?;
            right::on_behalf(&cx, "document-withdraw", id).await?
        } else {
            cx.ctx.clone()
        };
        let mut json = document.json.clone();
        let mut extensions: Vec<Json<'static>> = json.each("extension").cloned().collect();
        extensions.push(Json::object([("url", Json::string(REASON)), ("valueString", Json::string(reason))]));
        if let Some(object) = json.as_object_mut() {
            object.set("extension", Json::Array(extensions));
            object.set("status", Json::string("entered-in-error"));
            object.set("docStatus", Json::string("entered-in-error"));
        }
        match cx.tenant.commit(&ctx, vec![draft::over(&document, &json)]).await {
            Ok(done) => tell::reply(&cx, &draft::written(done)?, 200).await,
            Err(Error::VersionConflict { .. }) => tell::raced(&cx, id).await,
            Err(other) => Err(other),
        }
    }
}
