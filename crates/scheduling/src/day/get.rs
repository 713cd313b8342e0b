//! `GET theatre/day/proposals?facility=`: today as it will be, and what could be done about it. Nothing is written:
//! each proposal names the verbs that carry it out.

use super::evaluate::Ahead;
use super::project::late;
use super::propose::{Proposal, proposals};
use super::stay::Today;
use crate::duration::Durations;
use crate::element::{instant, maybe, text};
use crate::index::Shelves;
use crate::suite::who::{Names, names, staff};
use crate::zone::{self, MINUTE};
use async_trait::async_trait;
use fhir::{Json, Lang};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::Result;

pub(super) fn route(shelves: Arc<Shelves>) -> Route {
    Route {
        method: Method::Get,
        path: "theatre/day/proposals",
        summary: "Today as it will be, and what could be done about rooms that run late",
        access: Access::SignedIn,
        handler: Arc::new(Proposals(shelves)),
    }
}

struct Proposals(Arc<Shelves>);

#[async_trait]
impl Handler for Proposals {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        staff(&cx).await?;
        let now = cx.ctx.clock.now_ms();
        let facility = request.query("facility").filter(|f| !f.is_empty());
        let shelf = self.0.fresh(&cx).await?;
        let durations = shelf.read(|index| Durations::new(&shelf, index));
        let ids: BTreeSet<String> = shelf.read(|index| {
            let facility = facility.and_then(|f| index.facility(f));
            let today = Today::new(index, &durations, facility.as_deref(), now);
            today.bookings.iter().filter_map(|b| b.patient.clone()).collect()
        });
        let names = names(&cx, &ids).await?;
        cx.tenant.audit_operation(&cx.ctx, "theatre-day", None).await?;
        let told = shelf.read(|index| {
            let facility = facility.and_then(|f| index.facility(f));
            let today = Today::new(index, &durations, facility.as_deref(), now);
            tell(&Ahead::new(&today, &durations), &names, cx.ctx.lang)
        });
        Ok(RouteReply::json(200, &told))
    }
}

fn tell(ahead: &Ahead<'_>, names: &Names, lang: Lang) -> Json<'static> {
    let today = ahead.today;
    let all = today.bookings.iter().zip(&today.stays).zip(&ahead.projected);
    let projection = all.map(|((booking, stay), projected)| {
        Json::object([
            ("booking", text(&booking.id)),
            ("case", maybe(booking.case.as_deref())),
            ("room", text(&stay.room)),
            ("start", instant(projected.start)),
            ("end", instant(projected.end)),
            ("late", Json::integer(late(stay, projected))),
            ("planned", Json::integer(stay.planned)),
            ("expected", Json::integer((projected.end - projected.start) / MINUTE)),
            ("basis", text(projected.basis.as_str())),
        ])
    });
    let proposed = proposals(ahead, names);
    Json::object([
        ("now", instant(today.now)),
        ("day", text(zone::day_of(today.now).to_string())),
        ("late", Json::integer(ahead.late)),
        ("projection", Json::Array(projection.collect())),
        ("proposals", Json::Array(proposed.iter().map(|one| told(one, names, lang)).collect())),
    ])
}

fn told(one: &Proposal<'_>, names: &Names, lang: Lang) -> Json<'static> {
    let patient = one.booking.and_then(|b| b.patient.as_ref()).and_then(|id| names.get(id));
    let calls = one.calls.iter().map(|call| {
        Json::object([
            ("method", text(call.method.as_str())),
            ("path", text(&call.path)),
            ("body", call.body.clone()),
        ])
    });
    Json::object([
        ("id", text(one.id())),
        ("kind", text(one.kind)),
        ("room", text(&one.room)),
        ("booking", maybe(one.booking.map(|b| b.id.as_str()))),
        ("patient", patient.cloned().unwrap_or(Json::Null)),
        ("text", text(one.text.sentence(lang))),
        ("why", maybe(one.why.as_ref().map(|why| why.sentence(lang)))),
        ("avoided", Json::integer(one.minutes)),
        ("start", one.at.map_or(Json::Null, |(start, _)| instant(start))),
        ("end", one.at.map_or(Json::Null, |(_, end)| instant(end))),
        ("calls", Json::Array(calls.collect())),
    ])
}
