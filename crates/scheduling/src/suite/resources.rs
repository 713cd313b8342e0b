//! `GET theatre/resources?facility=`: rooms, people, equipment, beds.

use super::who::staff;
use crate::closure::written;
use crate::element::{maybe, text};
use crate::index::{Index, Shelves};
use crate::place::Place;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

pub(super) fn route(shelves: Arc<Shelves>) -> Route {
    Route {
        method: Method::Get,
        path: "theatre/resources",
        summary: "Rooms, staff, equipment and beds of the theatre",
        access: Access::SignedIn,
        handler: Arc::new(Resources(shelves)),
    }
}

struct Resources(Arc<Shelves>);

#[async_trait]
impl Handler for Resources {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        staff(&cx).await?;
        let shelf = self.0.fresh(&cx).await?;
        cx.tenant.audit_operation(&cx.ctx, "theatre-resources", None).await?;
        let facility = request.query("facility").filter(|f| !f.is_empty());
        let told = shelf.read(|index| tell(index, facility.and_then(|f| index.facility(f)).as_deref()));
        Ok(RouteReply::json(200, &told))
    }
}

fn tell(index: &Index, facility: Option<&str>) -> Json<'static> {
    let mut places: Vec<&Place> = index.places.values().collect();
    places.sort_by_key(|p| match p {
        Place::Facility(f) => (f.name.clone(), f.what.clone()),
        Place::Beds(b) => (b.name.clone(), b.what.clone()),
        _ => Default::default(),
    });
    let facilities = places.iter().filter_map(|p| match p {
        Place::Facility(f) => Some(Json::object([
            ("ref", text(&f.what)),
            ("name", text(&f.name)),
            ("organization", maybe(f.organization.as_deref())),
        ])),
        _ => None,
    });
    let beds = places.iter().filter_map(|p| match p {
        Place::Beds(b) if facility.is_none_or(|f| b.facility == f) => Some(Json::object([
            ("ref", text(&b.what)),
            ("name", text(&b.name)),
            ("kind", text(if b.intensive { "intensive-care" } else { "recovery" })),
            ("count", Json::integer(b.count as i64)),
            ("facility", text(&b.facility)),
        ])),
        _ => None,
    });
    let rooms = index.rooms(facility).into_iter().map(|r| {
        let hours = [("from", text(written(r.hours.0))), ("until", text(written(r.hours.1)))];
        Json::object([
            ("ref", text(&r.what)),
            ("name", text(&r.name)),
            ("short", text(&r.short)),
            ("facility", text(&r.facility)),
            ("capabilities", Json::Array(r.capabilities.iter().map(text).collect())),
            ("hours", Json::object(hours)),
        ])
    });
    let mut devices: Vec<_> = index.devices.values().collect();
    devices.sort_by(|a, b| (a.tray, &a.name, &a.what).cmp(&(b.tray, &b.name, &b.what)));
    let here =
        |d: &&crate::place::Device| facility.is_none_or(|f| d.facility.as_deref().is_none_or(|s| s == f));
    let equipment = devices.into_iter().filter(here).map(|d| {
        Json::object([
            ("ref", text(&d.what)),
            ("name", text(&d.name)),
            ("kind", text(if d.tray { "tray" } else { "equipment" })),
            ("count", Json::integer(d.count as i64)),
            ("turnaround", Json::integer(d.turnaround)),
            ("facility", maybe(d.facility.as_deref())),
        ])
    });
    Json::object([
        ("facilities", Json::Array(facilities.collect())),
        ("rooms", Json::Array(rooms.collect())),
        ("people", Json::Array(people(index, facility))),
        ("equipment", Json::Array(equipment.collect())),
        ("beds", Json::Array(beds.collect())),
    ])
}

/// Who can be in a team.
fn people(index: &Index, facility: Option<&str>) -> Vec<Json<'static>> {
    let all = index.people_at(facility, "").into_iter().filter_map(|(who, p)| {
        let roles = p.roles();
        let site = p.organizations.iter().find_map(|o| index.facility(o));
        (!roles.is_empty()).then(|| {
            Json::object([
                ("ref", text(who)),
                ("name", text(&p.name)),
                ("initials", text(p.initials())),
                ("roles", Json::Array(roles.into_iter().map(text).collect())),
                ("specialty", text(&p.specialty)),
                ("facility", maybe(site)),
            ])
        })
    });
    all.collect()
}
