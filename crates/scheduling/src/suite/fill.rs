//! `POST theatre/fill {room, from, until}`: who of the waiting list fits into a free stretch of a room, one after
//! the other, the most pressing first.

use super::tell::Teller;
use super::waiting::{pressing, waits};
use super::who::{names, staff};
use super::wish::{Wish, check};
use crate::case::Case;
use crate::duration::Durations;
use crate::element::{instant, text};
use crate::index::Shelves;
use crate::plan::{Item, minutes};
use crate::zone::{self, DAY, MINUTE};
use async_trait::async_trait;
use fhir::{Code, Issue, Json, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::Result;

const STRETCH: Text = Text {
    key: "scheduling.stretch",
    fr: "Indiquez une salle en service et un créneau à venir d'au plus 24 heures (« from », « until »).",
    en: "Name a room that is in use and a stretch to come of at most 24 hours (\"from\", \"until\").",
    de: "Nennen Sie einen Saal in Betrieb und eine kommende Zeitspanne von höchstens 24 Stunden („from“, „until“).",
};

pub(super) fn route(shelves: Arc<Shelves>) -> Route {
    Route {
        method: Method::Post,
        path: "theatre/fill",
        summary: "Waiting cases that fit into a free stretch of a room",
        access: Access::SignedIn,
        handler: Arc::new(Fill(shelves)),
    }
}

struct Fill(Arc<Shelves>);

#[async_trait]
impl Handler for Fill {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        staff(&cx).await?;
        let now = cx.ctx.clock.now_ms();
        let mut form = Form::read(&request.body)?;
        let room = form.required("room", 100);
        let (from, until) = (form.required("from", 40), form.required("until", 40));
        form.finish()?;
        let (from, until) = (zone::moment(&from, "from")?.max(now), zone::moment(&until, "until")?);
        let shelf = self.0.fresh(&cx).await?;
        let good = shelf.read(|index| index.room(&room).is_some()) && from < until && until - from <= DAY;
        if !good {
            return Err(Issue::error(Code::Value, STRETCH).at("room").into());
        }
        let found = shelf.read(|index| {
            let durations = Durations::new(&shelf, index);
            let facility = index.room(&room).map(|r| r.facility.clone());
            let mut waiting = waits(index, facility.as_deref(), now);
            waiting.sort_by_key(|case| pressing(case, zone::day_of(now)));
            let mut scratch = index.scratch(from, until);
            let mut at = from;
            let mut found: Vec<(Arc<Case>, i64, i64, u32)> = Vec::new();
            for case in waiting {
                let item = Item::of_case(index, &durations, case);
                let day = zone::day_of(at);
                let lasts = minutes(case, &durations);
                if at + lasts * MINUTE > until
                    || !item.may_on(day)
                    || !item.fits(index, &room, day, now, false)
                {
                    continue;
                }
                let cleaning = case.cleaning.unwrap_or(20);
                let wish = Wish { room: room.clone(), start: at, minutes: lasts, cleaning, team: None };
                let mut checked = check(&scratch, case, None, &wish, now);
                if !checked.clashes.is_empty() {
                    continue;
                }
                checked.booking.id.clone_from(&case.what);
                let clean = checked.booking.clean();
                found.push((case.clone(), at, at + lasts * MINUTE, item.cost_on(day)));
                scratch.put(checked.booking);
                at = clean;
            }
            found
        });
        let ids: BTreeSet<String> = found.iter().filter_map(|(c, ..)| c.patient.clone()).collect();
        let names = names(&cx, &ids).await?;
        cx.tenant.audit_operation(&cx.ctx, "theatre-fill", None).await?;
        let told = shelf.read(|index| {
            let teller = Teller { index, names: &names, lang: cx.ctx.lang };
            let one = |(case, start, end, cost): &(Arc<Case>, i64, i64, u32)| {
                let lasts = (end - start) / MINUTE;
                Json::object([
                    ("case", teller.waiting(case, lasts, zone::day_of(now))),
                    ("start", instant(*start)),
                    ("end", instant(*end)),
                    ("cost", Json::integer(i64::from(*cost))),
                    ("text", text(format!("{}–{}", zone::hour(*start), zone::hour(*end)))),
                ])
            };
            found.iter().map(one).collect::<Vec<_>>()
        });
        Ok(RouteReply::json(200, &Json::object([("proposals", Json::Array(told))])))
    }
}
