//! `POST watch/alerts/{id}/close`: the privacy officer looked at an alert and found nothing wrong, and says why.

use super::read::{note, officer, one, watching, write};
use async_trait::async_trait;
use fhir::{Json, ResourceType};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "watch/alerts/{id}/close",
        summary: "Closes an alert that is no breach, with the reason",
        access: Access::SignedIn,
        handler: Arc::new(CloseAlert),
    }
}

struct CloseAlert;

#[async_trait]
impl Handler for CloseAlert {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        officer(&cx).await?;
        let mut form = Form::read(&request.body)?;
        let reason = form.required("note", 5_000);
        form.finish()?;
        let (found, mut alert) = one(&cx, ResourceType::COMMUNICATION, request.param("id")).await?;
        if let Some(edit) = fhir::edit::edit(&mut alert) {
            edit.set("status", Json::string("completed"));
        }
        note(&mut alert, &cx, &reason);
        let write = write(ResourceType::COMMUNICATION, &found.id, Some(found.version), &alert);
        cx.tenant.commit(&watching(&cx), vec![write]).await?;
        Ok(RouteReply::empty(204))
    }
}
