//! `GET providers`, `POST providers`: the roles of professionals at facilities.

use super::create::new;
use super::read::covers;
use super::role::{NewRole, unknown, warnings};
use fhir::{Json, ResourceType};
use service::{Form, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::search::SearchRequest;
use store::{Error, Result};

/// Roles told at a time.
const TOLD_MAX: &str = "500";

/// `?organization=&specialty=&practitioner=`
pub(super) async fn list(_: Arc<()>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let known = ["organization", "specialty", "practitioner", "location"];
    let asked: Vec<(&str, String)> =
        known.into_iter().filter_map(|name| Some((name, request.query(name)?.to_string()))).collect();
    let providers = of(&cx, &asked).await?;
    Ok(RouteReply::json(200, &Json::object([("providers", Json::Array(providers))])))
}

/// `{id, practitioner, name, organization, locations, specialties: [{code, label}], start, end, active}`
pub(super) async fn of(cx: &RouteCtx, asked: &[(&str, String)]) -> Result<Vec<Json<'static>>> {
    let mut params: Vec<(String, String)> =
        asked.iter().map(|(n, v)| ((*n).to_string(), v.clone())).collect();
    params.push(("_count".into(), TOLD_MAX.into()));
    let request =
        SearchRequest { rt: Some(ResourceType::PRACTITIONER_ROLE), params, ..SearchRequest::default() };
    let page = cx.tenant.search(&cx.ctx, &request).await?;
    let now = cx.ctx.clock.now_ms();
    let told =
        page.entries.iter().filter_map(|f| Some(shown(&fhir::json::parse(&f.visible.body).ok()?, now)));
    Ok(told.collect())
}

fn shown(role: &Json<'_>, now: i64) -> Json<'static> {
    let text = |text: Option<&str>| text.map_or(Json::Null, |text| Json::string(text.to_string()));
    let reference = |name: &str| role.get(name).and_then(|r| r.get_str("reference"));
    let period = role.get("period");
    let specialties = role
        .each("specialty")
        .flat_map(|s| s.each("coding"))
        .map(|c| Json::object([("code", text(c.get_str("code"))), ("label", text(c.get_str("display")))]));
    let locations = role.each("location").map(|l| text(l.get_str("reference")));
    let on = role.get("active").and_then(Json::as_bool).unwrap_or(true);
    Json::object([
        ("id", text(role.get_str("id"))),
        ("practitioner", text(reference("practitioner"))),
        ("name", text(role.get("practitioner").and_then(|p| p.get_str("display")))),
        ("organization", text(reference("organization"))),
        ("locations", Json::array(locations)),
        ("specialties", Json::array(specialties)),
        ("start", text(period.and_then(|p| p.get_str("start")))),
        ("end", text(period.and_then(|p| p.get_str("end")))),
        ("active", Json::Bool(on && covers(period, now))),
    ])
}

pub(super) async fn create(_: Arc<()>, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
    let mut form = Form::read(&request.body)?;
    let practitioner = form.required("practitioner", 200);
    let role = NewRole::read(&mut form);
    form.finish()?;
    let id = practitioner.strip_prefix("Practitioner/").unwrap_or(&practitioner);
    let person = cx.tenant.read(&cx.ctx, ResourceType::PRACTITIONER, id).await?;
    let json = fhir::json::parse(&person.body).map_err(|_| Error::Corrupt("a stored Practitioner".into()))?;
    let organization = role.organization.strip_prefix("Organization/").unwrap_or_default();
    cx.tenant.read(&cx.ctx, ResourceType::ORGANIZATION, organization).await?;
    let name = json.each("name").next().and_then(|n| n.get_str("text"));
    let own = cx.ctx.ids.uuid().to_string();
    let resource = role.resource(&own, &format!("Practitioner/{}", person.id), name);
    cx.tenant.commit(&cx.ctx, vec![new(ResourceType::PRACTITIONER_ROLE, &own, &resource)]).await?;
    let mut told = shown(&resource, cx.ctx.clock.now_ms());
    if let Some(told) = told.as_object_mut() {
        told.set("warnings", warnings(&unknown(&role.specialties), cx.ctx.lang));
    }
    Ok(RouteReply::json(201, &told))
}
