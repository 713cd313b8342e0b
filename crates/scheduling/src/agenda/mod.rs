//! Consultations: the same rule and the same index as the theatre.

mod availability;
mod change;
mod create;
mod list;
#[cfg(test)]
mod tests;

pub(crate) use availability::{free, within};
pub(crate) use create::Visit;

use crate::booking::{Booking, Kind};
use crate::element::{instant, maybe, text};
use crate::index::{Index, Shelves};
use crate::suite::who::Names;
use crate::zone::MINUTE;
use fhir::Json;
use service::Route;
use std::sync::Arc;

pub(crate) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let mut routes = create::routes(shelves);
    routes.extend(list::routes(shelves));
    routes.extend(change::routes(shelves));
    routes.push(availability::route(shelves.clone()));
    routes
}

/// An appointment of someone's day, of the theatre or a consultation.
fn tell(index: &Index, names: &Names, b: &Booking) -> Json<'static> {
    let seen = b.patient.as_ref().is_none_or(|p| names.contains_key(p));
    let named = |what: Option<&str>| {
        what.map_or(Json::Null, |w| Json::object([("ref", text(w)), ("name", text(index.name(w)))]))
    };
    let hidden = |json: Json<'static>| if seen { json } else { Json::Null };
    let theatre = b.kind == Kind::Theatre;
    let patient = b.patient.as_ref().and_then(|p| names.get(p)).cloned().unwrap_or(Json::Null);
    Json::object([
        ("id", text(&b.id)),
        ("version", Json::integer(b.version as i64)),
        ("kind", text(if theatre { "theatre" } else { "consultation" })),
        ("status", text(b.status.as_str())),
        ("start", instant(b.start)),
        ("end", instant(b.end)),
        ("minutes", Json::integer((b.end - b.start) / MINUTE)),
        ("patient", patient),
        ("practitioner", named(b.team.first().map(|m| m.who.as_str()))),
        ("room", named(b.room.as_deref())),
        ("case", maybe(b.case.as_deref())),
        ("number", maybe(b.number.as_deref())),
        ("act", hidden(if theatre { maybe(b.act.as_deref()) } else { Json::Null })),
        ("side", maybe(b.side)),
        ("type", maybe(b.visit.as_deref())),
        ("overbooked", Json::Bool(b.overbooked)),
    ])
}
