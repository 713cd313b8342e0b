//! `POST results/{id}/acknowledge {comment?}`: the result is taken into account; its Task is done.

use super::item::items;
use super::open::{myself, note, open};
use super::review::Review;
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const DONE: Text = Text {
    key: "result.done",
    fr: "Ce résultat est déjà pris en compte, ou son compte rendu a été retiré. Relisez la liste.",
    en: "This result was taken into account already, or its report was withdrawn. Read the list again.",
    de: "Dieser Befund wurde bereits zur Kenntnis genommen, oder er wurde zurückgezogen. Lesen Sie die Liste neu.",
};

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "results/{id}/acknowledge",
        summary: "Takes a result into account",
        access: Access::SignedIn,
        handler: Arc::new(Acknowledge),
    }
}

struct Acknowledge;

#[async_trait]
impl Handler for Acknowledge {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let comment = match request.body.is_empty() {
            true => None,
            false => {
                let mut form = Form::read(&request.body)?;
                let comment = form.text("comment", 2_000);
                form.finish()?;
                comment
            }
        };
        let report = request.param("id");
        let mut review = open(&cx, report, "result-acknowledge").await?;
        still_open(&review)?;
        let (who, now) = (myself(&cx).await, cx.ctx.clock.now_ms());
        if let Some(comment) = comment {
            review.note(note(&cx, &who, comment), now);
        }
        review.acknowledge(who, now);
        let on = Some((ResourceType::DIAGNOSTIC_REPORT, report));
        cx.tenant.audit_operation(&cx.ctx, "result-acknowledge", on).await?;
        save(&cx, review).await
    }
}

/// # Errors
/// A conflict when the review is over.
pub(super) fn still_open(review: &Review) -> Result<()> {
    if review.is_open() { Ok(()) } else { Err(Issue::error(Code::Conflict, DONE).into()) }
}

/// Writes the review and answers with the result as the inbox shows it.
pub(super) async fn save(cx: &RouteCtx, mut review: Review) -> Result<RouteReply> {
    cx.tenant.commit(&cx.ctx, vec![review.write()]).await?;
    review.version += 1;
    let item = items(cx, &[review]).await?.pop();
    item.map(|item| RouteReply::json(200, &item.unwrap_or(Json::Null))).ok_or(Error::NotFound)
}
