//! `GET medical-professionals/{rpps}`: a professional with qualifications and roles; an id does too.

use super::provider;
use super::rpps::{SYSTEMS, is_shaped};
use fhir::{Json, ResourceType};
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::search::SearchRequest;
use store::{Error, Result, Visible};

pub(super) async fn by_rpps(_: Arc<()>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let found = find(&cx, request.param("id")).await?;
    let json = fhir::json::parse(&found.body).map_err(|_| Error::Corrupt("a stored Practitioner".into()))?;
    let mut told = shown(&json, cx.ctx.clock.now_ms());
    let roles = provider::of(&cx, &[("practitioner", format!("Practitioner/{}", found.id))]).await?;
    if let Some(told) = told.as_object_mut() {
        told.set("roles", Json::Array(roles));
    }
    Ok(RouteReply::json(200, &told))
}

async fn find(cx: &RouteCtx, name: &str) -> Result<Visible> {
    if !is_shaped(name) {
        return cx.tenant.read(&cx.ctx, ResourceType::PRACTITIONER, name).await;
    }
    let identifiers = SYSTEMS.map(|system| format!("{system}|{name}")).join(",");
    let request = SearchRequest {
        rt: Some(ResourceType::PRACTITIONER),
        params: vec![("identifier".into(), identifiers), ("_count".into(), "1".into())],
        ..SearchRequest::default()
    };
    cx.tenant.search(&cx.ctx, &request).await?.entries.pop().map(|f| f.visible).ok_or(Error::NotFound)
}

/// `{id, name, rpps, active, qualifications: [{text, issuer, start, end, valid}]}`
pub(super) fn shown(practitioner: &Json<'_>, now: i64) -> Json<'static> {
    let text = |text: Option<&str>| text.map_or(Json::Null, |text| Json::string(text.to_string()));
    let name = practitioner.each("name").next();
    let rpps =
        practitioner.each("identifier").find(|i| i.get_str("system").is_some_and(|s| SYSTEMS.contains(&s)));
    let qualifications = practitioner.each("qualification").map(|q| {
        let code = q.get("code");
        let label =
            code.and_then(|c| c.get_str("text")).or_else(|| code?.each("coding").next()?.get_str("display"));
        let period = q.get("period");
        Json::object([
            ("text", text(label)),
            ("issuer", text(q.get("issuer").and_then(|i| i.get_str("display")))),
            ("start", text(period.and_then(|p| p.get_str("start")))),
            ("end", text(period.and_then(|p| p.get_str("end")))),
            ("valid", Json::Bool(covers(period, now))),
        ])
    });
    Json::object([
        ("id", text(practitioner.get_str("id"))),
        ("name", text(name.and_then(|n| n.get_str("text").or_else(|| n.get_str("family"))))),
        ("rpps", text(rpps.and_then(|i| i.get_str("value")))),
        ("active", Json::Bool(practitioner.get("active").and_then(Json::as_bool).unwrap_or(true))),
        ("qualifications", Json::array(qualifications)),
    ])
}

/// Whether a moment lies in a Period; open ends reach everywhere.
pub(super) fn covers(period: Option<&Json<'_>>, now: i64) -> bool {
    let end = |name: &str| period.and_then(|p| p.get_str(name)).and_then(fhir::date::parse);
    end("start").is_none_or(|m| m.lo_ms <= now) && end("end").is_none_or(|m| m.hi_ms >= now)
}
