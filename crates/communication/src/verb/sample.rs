//! `GET demo/texts`: what the sample clinic would have sent as text messages. A simulator: nothing leaves.

use crate::channel::Channels;
use crate::element::text;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn route(channels: &Arc<Channels>) -> Route {
    Route {
        method: Method::Get,
        path: "demo/texts",
        summary: "Text messages of the sample clinic (simulator)",
        access: Access::SignedIn,
        handler: Arc::new(Shown(channels.clone())),
    }
}

struct Shown(Arc<Channels>);

#[async_trait]
impl Handler for Shown {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        let sample = self.0.sample.as_ref().filter(|sample| sample.tenant == cx.tenant.name());
        let messages = sample.ok_or(Error::NotFound)?.texts.messages();
        let told =
            messages.into_iter().map(|one| Json::object([("to", text(one.to)), ("text", text(one.text))]));
        let out = [("simulator", Json::Bool(true)), ("texts", Json::array(told))];
        Ok(RouteReply::json(200, &Json::object(out)))
    }
}
