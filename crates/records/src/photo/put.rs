//! `PUT patients/{id}/photo {data}`: the photo, a JPEG in base 64 as the browser made it small.

use super::with;
use crate::person::patient_read;
use async_trait::async_trait;
use fhir::Json;
use fhir::edit::instant;
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Put,
        path: "patients/{id}/photo",
        summary: "Puts a patient's photo into the record; needs the patient's agreement",
        access: Access::SignedIn,
        handler: Arc::new(Put),
    }
}

struct Put;

#[async_trait]
impl Handler for Put {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let data = form.required("data", super::rule::DATA_MAX);
        form.finish()?;
        let found = patient_read(&cx, request.param("id")).await?;
        let photo = Json::object([
            ("contentType", Json::string(super::rule::JPEG)),
            ("data", Json::string(data)),
            ("creation", instant(cx.ctx.clock.now_ms())),
        ]);
        cx.tenant.commit(&cx.ctx, vec![with(&found, Some(photo))?]).await?;
        Ok(RouteReply::empty(204))
    }
}
