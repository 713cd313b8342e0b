//! `POST results/{id}/comment {comment}`: a remark for whoever looks at the result next.

use super::acknowledge::save;
use super::open::{myself, note, open};
use async_trait::async_trait;
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "results/{id}/comment",
        summary: "Adds a remark to a result that is looked at",
        access: Access::SignedIn,
        handler: Arc::new(Comment),
    }
}

struct Comment;

#[async_trait]
impl Handler for Comment {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let comment = form.required("comment", 2_000);
        form.finish()?;
        let mut review = open(&cx, request.param("id"), "result-comment").await?;
        let who = myself(&cx).await;
        review.note(note(&cx, &who, comment), cx.ctx.clock.now_ms());
        save(&cx, review).await
    }
}
