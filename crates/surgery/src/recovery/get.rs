//! `GET surgeries/{id}/recovery`: scores, criteria, decision.

use super::record::{Recovery, Score};
use super::scale::{FIT, SCALES};
use crate::perioperative::case::Case;
use async_trait::async_trait;
use fhir::{Json, Lang};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "surgeries/{id}/recovery",
        summary: "The recovery room: scores, criteria of discharge, decision",
        access: Access::SignedIn,
        handler: Arc::new(GetRecovery),
    }
}

struct GetRecovery;

#[async_trait]
impl Handler for GetRecovery {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let case = Case::read(&cx, request.param("id")).await?;
        let recovery = Recovery::read(&cx, &case).await?;
        let scales = SCALES.iter().map(|scale| scale.told(cx.ctx.lang));
        let criteria = SCALES.iter().map(|scale| {
            let last = recovery.last(scale.name);
            Json::object([
                ("code", Json::string(scale.name)),
                ("met", Json::Bool(last.is_some_and(Score::is_fit))),
                ("text", Json::string(judged(scale.name, last, cx.ctx.lang))),
            ])
        });
        let discharges: Vec<Json<'static>> = recovery.discharges.iter().map(|d| d.told()).collect();
        let told = Json::object([
            ("scores", Json::array(recovery.scores.iter().map(Score::told))),
            ("discharge", discharges.last().cloned().unwrap_or(Json::Null)),
            ("discharges", Json::Array(discharges)),
            ("criteria", Json::array(criteria)),
            ("scales", Json::array(scales)),
        ]);
        Ok(RouteReply::json(200, &told))
    }
}

/// What a score says about going.
pub(super) fn judged(scale: &str, last: Option<&Score>, lang: Lang) -> String {
    let name = if scale == "padss" { "PADSS" } else { "Aldrete" };
    match (last.map(Score::total), lang) {
        (Some(total), Lang::Fr) => format!("{name} {total}/10 (sortie à partir de {FIT})"),
        (Some(total), Lang::En) => format!("{name} {total}/10 (discharge from {FIT} on)"),
        (Some(total), Lang::De) => format!("{name} {total}/10 (Entlassung ab {FIT})"),
        (None, Lang::Fr) => format!("{name} : aucun score"),
        (None, Lang::En) => format!("{name}: no score"),
        (None, Lang::De) => format!("{name}: kein Score"),
    }
}
