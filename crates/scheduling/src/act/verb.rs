//! `GET theatre/acts`: what each act asks for, which rooms have it, and which bookings stand where it is not.

use super::{Act, marked, missing, write};
use crate::case::Need;
use crate::element::{maybe, text};
use crate::index::{Index, Shelves};
use crate::place::Place;
use crate::suite::who::staff;
use async_trait::async_trait;
use fhir::Json;
use policy::{Group, Verb};
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::Result;

/// Acts without a definition that are offered to be given one.
const KNOWN_MAX: usize = 200;

pub(crate) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let list = Route {
        method: Method::Get,
        path: "theatre/acts",
        summary: "What each act asks of a room and of equipment",
        access: Access::SignedIn,
        handler: Arc::new(List(shelves.clone())),
    };
    std::iter::once(list).chain(write::routes(shelves)).collect()
}

struct List(Arc<Shelves>);

#[async_trait]
impl Handler for List {
    async fn handle(&self, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
        staff(&cx).await?;
        let may = cx.tenant.decide(&cx.ctx, Verb::Write, Group::Directory, None).await?;
        let (shelf, now) = (self.0.fresh(&cx).await?, cx.ctx.clock.now_ms());
        let told = shelf.read(|index| {
            let mut acts: Vec<(&String, &Act)> = index.acts.iter().collect();
            acts.sort_by(|a, b| (&a.1.code, a.0).cmp(&(&b.1.code, b.0)));
            Json::object([
                ("may", Json::Bool(may)),
                ("acts", Json::array(acts.into_iter().map(|(id, act)| tell(index, now, id, act)))),
                ("kinds", Json::array(kinds(index).into_iter().map(|(kind, of)| kind_told(kind, &of)))),
                ("known", Json::Array(known(index))),
            ])
        });
        Ok(RouteReply::json(200, &told))
    }
}

/// What can be asked for, by kind: the code or the reference, and its name.
pub(super) fn kinds(index: &Index) -> Vec<(&'static str, BTreeMap<String, String>)> {
    let rooms = index.rooms(None);
    let asked = index.acts.values().flat_map(|act| &act.needs).filter(|need| need.kind == "capability");
    let had = rooms.iter().flat_map(|room| room.capabilities.iter().cloned());
    let capabilities =
        had.chain(asked.map(|need| need.what.clone())).map(|code| (code.clone(), code)).collect();
    let devices = |tray: bool| {
        let all = index.devices.values().filter(move |d| d.tray == tray && d.count > 0);
        all.map(|d| (d.what.clone(), d.name.clone())).collect()
    };
    let beds = |intensive: bool| {
        let all = index.places.values().filter_map(move |place| match place {
            Place::Beds(beds) if beds.intensive == intensive => Some((beds.what.clone(), beds.name.clone())),
            _ => None,
        });
        all.collect()
    };
    vec![
        ("capability", capabilities),
        ("equipment", devices(false)),
        ("tray", devices(true)),
        ("recovery", beds(false)),
        ("intensive-care", beds(true)),
    ]
}

fn kind_told(kind: &str, of: &BTreeMap<String, String>) -> Json<'static> {
    let mut all: Vec<(&String, &String)> = of.iter().collect();
    all.sort_by_key(|(what, name)| (*name, *what));
    let one = |(what, name): (&String, &String)| Json::object([("what", text(what)), ("name", text(name))]);
    Json::object([("kind", text(kind)), ("of", Json::array(all.into_iter().map(one)))])
}

pub(super) fn tell(index: &Index, now: i64, id: &str, act: &Act) -> Json<'static> {
    let need = |need: &Need| {
        Json::object([
            ("kind", text(&need.kind)),
            ("what", text(&need.what)),
            ("name", text(index.name(&need.what))),
            ("count", Json::integer(need.count as i64)),
        ])
    };
    let rooms = index.rooms(None);
    let places = rooms.iter().filter(|room| missing(&act.needs, &room.capabilities).is_empty());
    let cases = index.cases.values().filter(|case| act.is_of(case));
    let to_come = cases.filter_map(|case| index.booking_of(&case.what, now)).filter(|b| b.start > now);
    let misplaced = to_come.filter(|booking| !marked(index, booking).is_empty()).count();
    Json::object([
        ("id", text(id)),
        ("version", Json::integer(act.version as i64)),
        ("system", maybe(act.system.as_deref())),
        ("code", text(&act.code)),
        ("display", text(&act.display)),
        ("needs", Json::array(act.needs.iter().map(need))),
        ("places", Json::array(places.map(|room| text(&room.short)))),
        ("misplaced", Json::integer(misplaced as i64)),
    ])
}

/// Acts of the clinic's cases that have no definition, the most frequent first.
fn known(index: &Index) -> Vec<Json<'static>> {
    let mut seen: BTreeMap<(&str, &str), (usize, &str)> = BTreeMap::new();
    let defined: BTreeSet<&str> = index.acts.values().map(|act| act.code.as_str()).collect();
    for case in index.cases.values() {
        let Some(code) = case.act_code.as_deref().filter(|code| !defined.contains(code)) else { continue };
        let one = seen.entry((case.act_system.as_deref().unwrap_or_default(), code)).or_default();
        *one = (one.0 + 1, if one.1.is_empty() { case.act.as_str() } else { one.1 });
    }
    let mut all: Vec<_> = seen.into_iter().collect();
    all.sort_by_key(|(name, (count, _))| (std::cmp::Reverse(*count), *name));
    let one = |((system, code), (_, display)): ((&str, &str), (usize, &str))| {
        let system = Some(system).filter(|system| !system.is_empty());
        Json::object([("system", maybe(system)), ("code", text(code)), ("display", text(display))])
    };
    all.into_iter().take(KNOWN_MAX).map(one).collect()
}
