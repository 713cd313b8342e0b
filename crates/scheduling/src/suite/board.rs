//! `GET theatre/board?from=&to=&facility=&scenario=`: rooms by day, bookings, and who waits.

use super::blocks::is_released;
use super::tell::Teller;
use super::waiting::{pressing, waits};
use super::who::{Names, names, staff};
use crate::booking::clash::clashes;
use crate::booking::{Booking, Kind};
use crate::duration::Durations;
use crate::element::{instant, maybe, text};
use crate::index::{At, Index, Shelves};
use crate::place::Room;
use crate::plan::minutes;
use crate::scenario;
use crate::working_hours::is_off_duty;
use crate::zone::{self, DAY, MINUTE};
use async_trait::async_trait;
use fhir::{Code, Issue, Json, Lang, Text};
use jiff::civil::Date;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use store::Result;

const DAYS_MAX: i64 = 42;

const TOO_MANY: Text = Text {
    key: "scheduling.too-many-days",
    fr: "Demandez de 1 à {max} jours, du premier (« from ») au dernier (« to »).",
    en: "Ask for 1 to {max} days, from the first (\"from\") to the last (\"to\").",
    de: "Fragen Sie 1 bis {max} Tage ab, vom ersten („from“) bis zum letzten („to“).",
};

pub(super) fn route(shelves: Arc<Shelves>) -> Route {
    Route {
        method: Method::Get,
        path: "theatre/board",
        summary: "The plan of the theatre: rooms, bookings, vacations, waiting cases",
        access: Access::SignedIn,
        handler: Arc::new(Board(shelves)),
    }
}

struct Board(Arc<Shelves>);

/// The days that a query asks for; today without any.
///
/// # Errors
/// What is no day, or too many.
pub(crate) fn days(request: &RouteRequest, now: i64, most: i64) -> Result<(Date, Date)> {
    let from = match request.query("from") {
        Some(text) => zone::day(text, "from")?,
        None => zone::day_of(now),
    };
    let to = match request.query("to") {
        Some(text) => zone::day(text, "to")?,
        None => from,
    };
    if !(0..most).contains(&zone::days_between(from, to)) {
        return Err(Issue::error(Code::Value, TOO_MANY).at("to").arg("max", most).into());
    }
    Ok((from, to))
}

#[async_trait]
impl Handler for Board {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        staff(&cx).await?;
        let now = cx.ctx.clock.now_ms();
        let (from, to) = days(&request, now, DAYS_MAX)?;
        let facility = request.query("facility").filter(|f| !f.is_empty());
        let world = match request.query("scenario").filter(|id| !id.is_empty()) {
            Some(id) => Some(scenario::open(&cx, id).await?),
            None => None,
        };
        let shelf = self.0.fresh(&cx).await?;
        let durations = shelf.read(|index| Durations::new(&shelf, index));
        // The plan, or the plan as a scenario has it.
        let overlay = shelf.read(|index| world.map(|world| world.lay(index, (from, to), None, now).index));
        let ids: BTreeSet<String> = shelf.read(|index| {
            let index = overlay.as_ref().unwrap_or(index);
            let facility = facility.and_then(|f| index.facility(f));
            let view = View::new(index, facility.as_deref(), (from, to), now);
            let booked = view.bookings.iter().filter_map(|b| b.patient.clone());
            booked.chain(view.waiting().iter().filter_map(|c| c.patient.clone())).collect()
        });
        let names = names(&cx, &ids).await?;
        cx.tenant.audit_operation(&cx.ctx, "theatre-board", None).await?;
        let told = shelf.read(|index| {
            let index = overlay.as_ref().unwrap_or(index);
            let facility = facility.and_then(|f| index.facility(f));
            View::new(index, facility.as_deref(), (from, to), now).tell(&durations, &names, cx.ctx.lang)
        });
        Ok(RouteReply::json(200, &told))
    }
}

struct View<'a> {
    index: &'a Index,
    facility: Option<String>,
    from: Date,
    to: Date,
    now: i64,
    rooms: Vec<&'a Room>,
    bookings: Vec<&'a Arc<Booking>>,
}

impl<'a> View<'a> {
    fn new(index: &'a Index, facility: Option<&str>, (from, to): (Date, Date), now: i64) -> View<'a> {
        let rooms = index.rooms(facility);
        let here = |b: &&Arc<Booking>| {
            let shown = b.is_taking(now) || b.status.as_str() == "fulfilled";
            b.kind == Kind::Theatre && shown && rooms.iter().any(|r| Some(&r.what) == b.room.as_ref())
        };
        let start = zone::midnight(from);
        let ends = zone::midnight(zone::plus(to, 1));
        let all = index.between(start - DAY, ends).filter(|b| b.clean() > start);
        let bookings = all.filter(here).collect();
        View { index, facility: facility.map(str::to_string), from, to, now, rooms, bookings }
    }

    fn days(&self) -> impl Iterator<Item = Date> + use<> {
        let from = self.from;
        (0..=zone::days_between(self.from, self.to)).map(move |n| zone::plus(from, n))
    }

    fn waiting(&self) -> Vec<&'a Arc<crate::case::Case>> {
        waits(self.index, self.facility.as_deref(), self.now)
    }

    fn tell(&self, durations: &Durations, names: &Names, lang: Lang) -> Json<'static> {
        let teller = Teller { index: self.index, names, lang };
        let today = zone::day_of(self.now);
        let mut world = At { index: self.index, now: self.now };
        let bookings = self.bookings.iter().map(|b| {
            // What is over is no conflict any more.
            let asked = b.is_taking(self.now) && b.clean() > self.now;
            let mut found = Vec::new();
            if asked {
                found = clashes(&mut world, b, &[], &|_| false).unwrap_or_default();
                found.extend(crate::act::marked(self.index, b));
            }
            teller.booking(b, durations, &found)
        });
        let bookings = Json::Array(bookings.collect());
        let mut waiting = self.waiting();
        waiting.sort_by_key(|case| pressing(case, today));
        let unscheduled =
            waiting.into_iter().map(|case| teller.waiting(case, minutes(case, durations), today));
        Json::object([
            ("from", text(self.from.to_string())),
            ("to", text(self.to.to_string())),
            ("now", instant(self.now)),
            ("zone", text(zone::NAME)),
            ("version", Json::integer(self.index.vid)),
            ("rooms", Json::Array(self.rooms.iter().map(|r| self.room(r, durations)).collect())),
            ("bookings", bookings),
            ("unscheduled", Json::Array(unscheduled.collect())),
            ("absences", self.absences()),
        ])
    }

    fn room(&self, room: &Room, durations: &Durations) -> Json<'static> {
        let mut by_day: HashMap<Date, Vec<&Booking>> = HashMap::new();
        for booking in self.bookings.iter().filter(|b| b.room.as_ref() == Some(&room.what)) {
            by_day.entry(zone::day_of(booking.start)).or_default().push(booking);
        }
        let days = self.days().map(|day| {
            let booked = by_day.get(&day).map_or(&[][..], Vec::as_slice);
            self.room_day(room, day, booked, durations)
        });
        Json::object([
            ("ref", text(&room.what)),
            ("name", text(&room.name)),
            ("short", text(&room.short)),
            ("facility", text(&room.facility)),
            ("capabilities", Json::Array(room.capabilities.iter().map(text).collect())),
            ("days", Json::Array(days.collect())),
        ])
    }

    fn room_day(&self, room: &Room, day: Date, booked: &[&Booking], durations: &Durations) -> Json<'static> {
        let (open, close) = (zone::at(day, room.hours.0), zone::at(day, room.hours.1));
        let (midnight, next) = (zone::midnight(day), zone::midnight(zone::plus(day, 1)));
        let mut blocks: Vec<_> = self.index.blocks.values().filter(|b| b.room == room.what).collect();
        blocks.sort_by_key(|b| (b.pattern.from, &b.id));
        let blocks = blocks.into_iter().filter_map(|b| {
            let (from, until) = b.on(day)?;
            let owner = b.owner.as_deref();
            let name = b.owner_name.clone().or_else(|| owner.map(|o| self.index.name(o)));
            Some(Json::object([
                ("id", text(&b.id)),
                ("from", instant(from)),
                ("until", instant(until)),
                ("owner", maybe(owner)),
                ("ownerName", maybe(name)),
                ("released", Json::Bool(is_released(self.index, b, day, self.now))),
                ("releaseOn", text(b.release_day(day).to_string())),
            ]))
        });
        let closed = self.index.closures_of(&room.what);
        let closures = closed.into_iter().flat_map(|c| c.spans(midnight, next)).map(|s| {
            Json::object([
                ("id", text(&s.slot)),
                ("from", instant(s.from)),
                ("until", instant(s.until)),
                ("reason", maybe(s.reason)),
            ])
        });
        let occupied: i64 = booked.iter().map(|b| (b.end - b.start) / MINUTE).sum();
        let end = booked.iter().map(|b| b.end).max();
        Json::object([
            ("day", text(day.to_string())),
            ("open", instant(open)),
            ("close", instant(close)),
            ("blocks", Json::Array(blocks.collect())),
            ("closures", Json::Array(closures.collect())),
            ("occupied", Json::integer(occupied)),
            ("overtime", Json::number(format!("{:.2}", self.overtime(booked, midnight, close, durations)))),
            ("end", end.map_or(Json::Null, instant)),
        ])
    }

    /// The chance that the room works beyond its hours, from the spread of its cases.
    fn overtime(&self, booked: &[&Booking], midnight: i64, close: i64, durations: &Durations) -> f64 {
        let Some(end) = booked.iter().map(|b| b.end).max() else { return 0.0 };
        let slot = |ms: i64| ((ms - midnight) / crate::plan::SLOT).clamp(0, 600) as u16;
        let spread = booked.iter().map(|b| {
            let case = b.case.as_ref().and_then(|c| self.index.cases.get(c));
            let minutes = case.map_or(10.0, |c| durations.deviation(c));
            {
                let slots = minutes / 5.0;
                (slots * slots * 256.0).clamp(0.0, 1e6) as u32
            }
        });
        f64::from(theatre::overtime_chance(slot(end), slot(close), spread.sum())) / 1e6
    }

    fn absences(&self) -> Json<'static> {
        let (from, until) = (zone::midnight(self.from), zone::midnight(zone::plus(self.to, 1)));
        let mut out = Vec::new();
        for closure in self.index.closures.values().filter(|c| c.closes() && !is_off_duty(c)) {
            let actors = self.index.schedules.get(&closure.schedule);
            let Some(who) = actors.into_iter().flatten().find(|a| a.starts_with("Practitioner/")) else {
                continue;
            };
            for span in closure.spans(from, until) {
                out.push((span.from, who, span));
            }
        }
        out.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
        let told = out.into_iter().map(|(_, who, span)| {
            Json::object([
                ("id", text(&span.slot)),
                ("ref", text(who)),
                ("name", text(self.index.name(who))),
                ("from", instant(span.from)),
                ("until", instant(span.until)),
                ("reason", maybe(span.reason)),
            ])
        });
        Json::Array(told.collect())
    }
}
