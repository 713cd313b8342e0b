//! `GET theatre/wall?facility=`: what the corridor may know of today. No name, act, side, patient or surgeon leaves
//! the server: whoever reads what the screen was sent learns no more than who stands before it.

use super::stations::Wall;
use super::{DRAWER, HEADER};
use crate::booking::{Booking, Kind};
use crate::element::{instant, text};
use crate::index::{Index, Shelves};
use crate::place::Room;
use crate::secret::digest;
use crate::suite::tell::status;
use crate::suite::who::{Names, names, staff};
use crate::zone;
use async_trait::async_trait;
use fhir::Json;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::{Ctx, Error, Result};

pub(super) fn route(shelves: Arc<Shelves>) -> Route {
    Route {
        method: Method::Get,
        path: "theatre/wall",
        summary: "Today in the theatre, without identities: for the screen in the corridor",
        access: Access::Open,
        handler: Arc::new(Show(shelves)),
    }
}

struct Show(Arc<Shelves>);

#[async_trait]
impl Handler for Show {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let (cx, facility) = match request.header(HEADER) {
            Some(token) => {
                let kept = cx.hub.vault(cx.tenant.name(), DRAWER, &digest(token)).await?;
                let wall = kept.as_deref().and_then(Wall::read).ok_or(Error::NotFound)?;
                // Whoever has the token reads as the hub: recorded under a name of its own.
                let (clock, ids) = (cx.ctx.clock.clone(), cx.ctx.ids.clone());
                (RouteCtx { ctx: Ctx { clock, ids, ..Ctx::system("theatre-wall") }, ..cx }, wall.facility)
            }
            None => {
                staff(&cx).await?;
                (cx, request.query("facility").filter(|f| !f.is_empty()).map(String::from))
            }
        };
        let now = cx.ctx.clock.now_ms();
        let shelf = self.0.fresh(&cx).await?;
        let ids: BTreeSet<String> =
            shelf.read(|index| today(index, now).filter_map(|b| b.patient.clone()).collect());
        let names = names(&cx, &ids).await?;
        cx.tenant.audit_operation(&cx.ctx, "theatre-wall-read", None).await?;
        let told = shelf.read(|index| {
            // A site that is gone has no rooms; the screen must not show those of others instead.
            let facility = facility.as_deref().map(|f| index.facility(f).unwrap_or_else(|| f.to_string()));
            let rooms = index.rooms(facility.as_deref());
            let rooms = rooms.into_iter().map(|room| self::room(index, room, &names, now));
            let (now, day) = (instant(now), text(zone::day_of(now).to_string()));
            Json::object([("now", now), ("day", day), ("rooms", Json::array(rooms))])
        });
        Ok(RouteReply::json(200, &told))
    }
}

/// The operations of the day that are planned, under way or over.
fn today(index: &Index, now: i64) -> impl Iterator<Item = &Arc<Booking>> {
    let day = zone::day_of(now);
    let (from, until) = (zone::midnight(day), zone::midnight(zone::plus(day, 1)));
    let shown = move |b: &&Arc<Booking>| b.is_taking(now) || b.status.as_str() == "fulfilled";
    let theatre =
        move |b: &&Arc<Booking>| b.kind == Kind::Theatre && b.start >= from && b.hold_until.is_none();
    index.between(from, until).filter(theatre).filter(shown)
}

fn room(index: &Index, room: &Room, names: &Names, now: i64) -> Json<'static> {
    let day = zone::day_of(now);
    let (open, close) = (zone::at(day, room.hours.0), zone::at(day, room.hours.1));
    let closed = index.closures_of(&room.what);
    let closed =
        closed.into_iter().flat_map(|c| c.spans(open, close)).any(|s| s.from <= now && now < s.until);
    let mut cases: Vec<_> = today(index, now).filter(|b| b.room.as_ref() == Some(&room.what)).collect();
    cases.sort_by_key(|b| (b.start, &b.id));
    let cases = cases.into_iter().map(|b| {
        let case = b.case.as_ref().and_then(|c| index.cases.get(c));
        let course = b.case.as_ref().and_then(|c| index.courses.get(c));
        let known = b.patient.as_ref().and_then(|p| names.get(p));
        let initials = known.and_then(|one| one.get_str("initials")).unwrap_or("—");
        Json::object([
            ("initials", text(initials)),
            ("number", text(plain(&b.spoken()))),
            ("start", instant(b.start)),
            ("end", instant(b.end)),
            ("status", text(status(b, case.map(|c| &**c), course.map(|c| c.status)))),
        ])
    });
    Json::object([
        ("ref", text(&room.what)),
        ("name", text(&room.name)),
        ("closed", Json::Bool(closed)),
        ("cases", Json::array(cases)),
    ])
}

/// The number of a case without the code of its act: « BLOC-00042-NEKA020 » says what is operated.
fn plain(number: &str) -> &str {
    number.rsplit_once('-').filter(|(head, _)| head.contains('-')).map_or(number, |(head, _)| head)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_number_without_its_act() {
        assert_eq!(super::plain("BLOC-00042-NEKA020"), "BLOC-00042");
        assert_eq!(super::plain("BLOC-00042"), "BLOC-00042");
        assert_eq!(super::plain("42"), "42");
    }
}
