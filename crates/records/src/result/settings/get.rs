//! `GET results/settings`: `{limits: [{code, title, unit, low?, high?}], minutes: {critical, abnormal, normal}}`.

use super::Settings;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "results/settings",
        summary: "Limits beyond which results are critical, and until when results must be looked at",
        access: Access::SignedIn,
        handler: Arc::new(Get),
    }
}

struct Get;

#[async_trait]
impl Handler for Get {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        Ok(RouteReply::json(200, &told(&Settings::read(&cx.tenant, &cx.ctx).await?)))
    }
}

pub(super) fn told(settings: &Settings) -> Json<'static> {
    let text = |text: &str| Json::string(text.to_string());
    let limits = settings.limits.all().into_iter().map(|limit| {
        let number = |text: &String| Json::Number(text.clone().into());
        let mut members =
            vec![("code", text(&limit.code)), ("title", text(&limit.title)), ("unit", text(&limit.unit))];
        members.extend(limit.low.as_ref().map(|low| ("low", number(low))));
        members.extend(limit.high.as_ref().map(|high| ("high", number(high))));
        Json::object(members)
    });
    let times = settings.times;
    let minutes = [("critical", times.critical), ("abnormal", times.abnormal), ("normal", times.normal)];
    let minutes = minutes.map(|(name, minutes)| (name, Json::integer(minutes)));
    Json::object([("limits", Json::array(limits)), ("minutes", Json::object(minutes))])
}
