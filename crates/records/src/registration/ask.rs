//! `POST patients/duplicates`: who may be the person being typed, before anything is written. The body is that
//! of the registration; what it says of the numbers' keys and the like is told when it is registered.

use super::duplicates::{self, Sought};
use super::traits::Traits;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

/// Told while typing: also those that are rather not the same person (twins, a parent of the same name).
const LEAST: f64 = 0.1;

pub(super) fn route() -> Route {
    Route {
        method: Method::Post,
        path: "patients/duplicates",
        summary: "Tells who may already be known, with how likely it is and why",
        access: Access::SignedIn,
        handler: Arc::new(Ask),
    }
}

struct Ask;

#[async_trait]
impl Handler for Ask {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let traits = Traits::read(&mut form, cx.ctx.clock.now_ms())?;
        let found = duplicates::find(&cx, &Sought::of_traits(&traits), LEAST).await?;
        let told = found.iter().map(|candidate| candidate.told(cx.ctx.lang));
        Ok(RouteReply::json(200, &Json::object([("candidates", Json::array(told))])))
    }
}
