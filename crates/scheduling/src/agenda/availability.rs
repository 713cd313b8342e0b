//! `GET providers/{id}/availability?from=&to=&minutes=`: when a professional is free, computed, never stored.

use crate::closure::Closure;
use crate::element::instant;
use crate::index::{Index, Shelves};
use crate::suite::board::days;
use crate::suite::who::staff;
use crate::working_hours::is_off_duty;
use crate::zone::{self, DAY, MINUTE};
use async_trait::async_trait;
use fhir::Json;
use jiff::civil::Date;
use service::{Access, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const DAYS_MAX: i64 = 62;
const SLOTS_MAX: usize = 2_000;
/// Times begin on round minutes.
const STEP: i64 = 5 * MINUTE;
/// Hours of a working day where nobody said others.
const HOURS: (i8, i8) = (8, 18);

pub(super) fn route(shelves: Arc<Shelves>) -> Route {
    Route {
        method: Method::Get,
        path: "providers/{id}/availability",
        summary: "When a professional is free",
        access: Access::SignedIn,
        handler: Arc::new(Availability(shelves)),
    }
}

struct Availability(Arc<Shelves>);

#[async_trait]
impl Handler for Availability {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        staff(&cx).await?;
        let now = cx.ctx.clock.now_ms();
        let (from, to) = days(&request, now, DAYS_MAX)?;
        let minutes = request.query("minutes").and_then(|n| n.parse().ok()).unwrap_or(20i64).clamp(5, 480);
        let who = format!("Practitioner/{}", request.param("id"));
        let shelf = self.0.fresh(&cx).await?;
        let found = shelf.read(|index| {
            index.people.contains_key(&who).then(|| free(index, &who, (from, to), minutes, now))
        });
        let slots = found
            .ok_or(Error::NotFound)?
            .into_iter()
            .map(|(start, end)| Json::object([("start", instant(start)), ("end", instant(end))]));
        Ok(RouteReply::json(200, &Json::object([("slots", Json::Array(slots.collect()))])))
    }
}

/// Free stretches of that many minutes, one after the other, on working days.
pub(crate) fn free(
    index: &Index,
    who: &str,
    (from, to): (Date, Date),
    minutes: i64,
    now: i64,
) -> Vec<(i64, i64)> {
    let mut found = Vec::new();
    for n in 0..=zone::days_between(from, to) {
        let Some((open, close)) = hours(index, who, zone::plus(from, n)) else { continue };
        let closures = index.closures_of(who).into_iter().flat_map(|c| c.spans(open, close));
        let mut busy: Vec<(i64, i64)> = closures.map(|s| (s.from, s.until)).collect();
        let taken = index.of(who, open - DAY, close).filter(|b| b.is_taking(now));
        busy.extend(taken.flat_map(|b| b.takes.iter().filter(|t| t.what == who)).map(|t| (t.from, t.until)));
        busy.sort_unstable();
        let mut at = open;
        for (from, until) in busy.into_iter().chain([(close, close)]) {
            while at + minutes * MINUTE <= from && found.len() < SLOTS_MAX {
                // What is over is left out, not moved: the same times are offered all day.
                if at >= now {
                    found.push((at, at + minutes * MINUTE));
                }
                at += minutes * MINUTE;
            }
            at = at.max((until + STEP - 1) / STEP * STEP);
        }
    }
    found
}

/// When consultations may be held on that day: whoever has working hours is off duty outside them, and bound to no others.
fn hours(index: &Index, who: &str, day: Date) -> Option<(i64, i64)> {
    let (dawn, night) = (zone::midnight(day), zone::midnight(zone::plus(day, 1)));
    let given = |c: &Closure| is_off_duty(c) && c.from <= dawn && c.until >= night;
    if index.closures_of(who).into_iter().any(given) {
        return Some((dawn, night));
    }
    let works = day.weekday().to_monday_one_offset() <= 5;
    let hour = |h: i8| zone::at(day, jiff::civil::Time::constant(h, 0, 0, 0));
    works.then(|| (hour(HOURS.0), hour(HOURS.1)))
}

/// Whether a consultation may be offered then: in consulting hours, and on a round minute.
pub(crate) fn within(index: &Index, who: &str, (start, end): (i64, i64)) -> bool {
    let hours = hours(index, who, zone::day_of(start));
    start % STEP == 0 && hours.is_some_and(|(open, close)| open <= start && end <= close)
}
