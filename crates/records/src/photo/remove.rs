//! `DELETE patients/{id}/photo`: takes the photo out of the record.

use super::with;
use crate::person::patient_read;
use async_trait::async_trait;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Delete,
        path: "patients/{id}/photo",
        summary: "Takes a patient's photo out of the record",
        access: Access::SignedIn,
        handler: Arc::new(Remove),
    }
}

struct Remove;

#[async_trait]
impl Handler for Remove {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let found = patient_read(&cx, request.param("id")).await?;
        cx.tenant.commit(&cx.ctx, vec![with(&found, None)?]).await?;
        Ok(RouteReply::empty(204))
    }
}
