//! `GET patients/{id}/upcoming_appointments`: the soonest first, a page at a time.

use super::line::words;
use super::other::{people, reason};
use crate::person::patient_read;
use async_trait::async_trait;
use fhir::{Json, ResourceType};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;
use store::search::SearchRequest;

const COUNT: usize = 20;
const COUNT_MAX: usize = 100;
/// Statuses of what is still to come.
const COMING: &str = "proposed,pending,booked,arrived,checked-in,waitlist";

pub(super) fn route() -> Route {
    Route {
        method: Method::Get,
        path: "patients/{id}/upcoming_appointments",
        summary: "A patient's appointments to come, the soonest first, a page at a time",
        access: Access::SignedIn,
        handler: Arc::new(Upcoming),
    }
}

struct Upcoming;

#[async_trait]
impl Handler for Upcoming {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        patient_read(&cx, id).await?;
        let count = request.query("count").and_then(|n| n.parse().ok()).unwrap_or(COUNT).clamp(1, COUNT_MAX);
        // From the beginning of the day, so that every page asks for the same.
        let today = fhir::date::date_format(cx.ctx.clock.now_ms());
        let params = [
            ("patient", format!("Patient/{id}")),
            ("date", format!("ge{today}")),
            ("status", COMING.to_string()),
            ("_sort", "date".to_string()),
            ("_count", count.to_string()),
        ];
        let search = SearchRequest {
            rt: Some(ResourceType::APPOINTMENT),
            params: params.map(|(name, value)| (name.to_string(), value)).into(),
            page: request.query("page").map(String::from),
            ..SearchRequest::default()
        };
        let page = cx.tenant.search(&cx.ctx, &search).await?;
        let told = page.entries.iter().filter_map(|found| {
            let json = fhir::json::parse(&found.visible.body).ok()?;
            Some(told(&found.visible.id, &json))
        });
        let mut members = vec![("appointments", Json::array(told))];
        members.extend(page.next.map(|next| ("next", Json::string(next))));
        Ok(RouteReply::json(200, &Json::object(members)))
    }
}

fn told(id: &str, appointment: &Json<'_>) -> Json<'static> {
    let string = |text: &str| Json::string(text.to_string());
    let with = people(appointment).map(|(reference, name)| {
        let members = [reference.map(|to| ("reference", to)), name.map(|name| ("name", name))];
        Json::object(members.into_iter().flatten().map(|(name, text)| (name, Json::string(text))))
    });
    let place = appointment.each("participant").find_map(|p| {
        let actor = p.get("actor")?;
        actor.get_str("reference").filter(|to| to.starts_with("Location/"))?;
        actor.get_str("display").map(string)
    });
    let title = appointment.each("serviceType").chain(appointment.each("serviceCategory"));
    let title = title.chain(appointment.each("appointmentType")).find_map(|concept| words(Some(concept)));
    let why = reason(appointment);
    let mut members = vec![
        ("id", string(id)),
        ("resource", Json::string(format!("Appointment/{id}"))),
        ("status", string(appointment.get_str("status").unwrap_or_default())),
        ("title", Json::string(title.or_else(|| why.clone()).unwrap_or_default())),
        ("with", Json::array(with)),
    ];
    let minutes = appointment.get("minutesDuration").and_then(Json::as_number);
    let optional = [
        ("start", appointment.get_str("start").map(string)),
        ("end", appointment.get_str("end").map(string)),
        ("reason", why.map(Json::string)),
        ("place", place),
        ("minutes", minutes.map(|n| Json::number(n.to_string()))),
    ];
    members.extend(optional.into_iter().filter_map(|(name, value)| Some((name, value?))));
    Json::object(members)
}
