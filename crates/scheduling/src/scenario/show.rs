//! `GET theatre/scenarios/{id}`: its moves, which of them are worth nothing any more, and what the plan would come to.

use super::figures::{figures, place};
use super::kept::Planned;
use super::overlay::{Overlay, Placed, World, open};
use crate::duration::Durations;
use crate::element::{maybe, text};
use crate::index::{Index, Shelf, Shelves};
use crate::suite::tell::Teller;
use crate::suite::who::{names, staff};
use crate::zone::MINUTE;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::Result;

pub(super) fn route(shelves: Arc<Shelves>) -> Route {
    Route {
        method: Method::Get,
        path: "theatre/scenarios/{id}",
        summary: "A what-if plan: its moves, and what the plan would come to",
        access: Access::SignedIn,
        handler: Arc::new(Show(shelves)),
    }
}

struct Show(Arc<Shelves>);

#[async_trait]
impl Handler for Show {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        staff(&cx).await?;
        let world = open(&cx, request.param("id")).await?;
        let shelf = self.0.fresh(&cx).await?;
        Ok(RouteReply::json(200, &told(&cx, &shelf, &world).await?))
    }
}

/// # Errors
/// `Unavailable`.
pub(super) async fn told(cx: &RouteCtx, shelf: &Shelf, world: &World) -> Result<Json<'static>> {
    let (scenario, now) = (&world.scenario, cx.ctx.clock.now_ms());
    let patients: BTreeSet<String> = shelf.read(|index| {
        let of = |one: &Planned| index.cases.get(&one.what.case).and_then(|case| case.patient.clone());
        scenario.moves.iter().filter_map(of).collect()
    });
    let names = names(cx, &patients).await?;
    cx.tenant.audit_operation(&cx.ctx, "theatre-scenario", None).await?;
    Ok(shelf.read(|index| {
        let durations = Durations::new(shelf, index);
        let overlay = world.lay(index, (scenario.from, scenario.to), None, now);
        let teller = Teller { index, names: &names, lang: cx.ctx.lang };
        let moves =
            scenario.moves.iter().zip(&overlay.placed).map(|(one, placed)| moved(&teller, one, placed));
        Json::object(scenario.told().into_iter().chain([
            ("moves", Json::array(moves)),
            ("figures", both(index, &overlay, &durations, world, now)),
        ]))
    }))
}

/// `{now, then}`.
pub(super) fn both(
    index: &Index,
    overlay: &Overlay,
    durations: &Durations,
    world: &World,
    now: i64,
) -> Json<'static> {
    let (scenario, facility) = (&world.scenario, world.scenario.facility.as_deref());
    let days = (scenario.from, scenario.to);
    Json::object([
        ("now", figures(index, durations, days, facility, now)),
        ("then", figures(&overlay.index, durations, days, facility, now)),
    ])
}

fn moved(teller: &Teller<'_>, one: &Planned, placed: &Placed) -> Json<'static> {
    let index = teller.index;
    let case = index.cases.get(&one.what.case);
    let old = one.what.booking.as_ref().and_then(|id| index.bookings.get(id));
    let patient = case.and_then(|c| c.patient.as_deref()).or(old.and_then(|b| b.patient.as_deref()));
    let seen = patient.is_none_or(|id| teller.names.contains_key(id));
    let act = case.map(|c| c.act.clone()).or_else(|| old.and_then(|b| b.act.clone())).filter(|_| seen);
    let from = old.and_then(|b| Some(place(index, b.room.as_deref()?, b.start, (b.end - b.start) / MINUTE)));
    let to = one.what.to.as_ref().map(|wish| place(index, &wish.room, wish.start, wish.minutes));
    let number = case.map(|c| c.spoken()).or_else(|| old.map(|b| b.spoken()));
    Json::object([
        ("key", text(one.key())),
        ("case", text(&one.what.case)),
        ("number", maybe(number)),
        ("patient", teller.patient(patient)),
        ("act", maybe(act)),
        ("side", maybe(case.and_then(|c| c.side))),
        ("booking", maybe(one.what.booking.as_deref())),
        ("from", from.unwrap_or(Json::Null)),
        ("to", to.unwrap_or(Json::Null)),
        ("stale", maybe(placed.stale.map(|stale| stale.as_str()))),
        ("conflicts", teller.conflicts(&placed.clashes)),
    ])
}
