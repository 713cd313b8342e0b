//! Proposals as JSON.

use super::Job;
use crate::element::{instant, maybe, text};
use crate::index::Index;
use crate::plan::{Item, SLOT, Sheet};
use crate::suite::several::Move;
use crate::suite::wish::Wish;
use crate::zone::MINUTE;
use ::theatre::problem::Placement;
use ::theatre::{Cost, Plan};
use fhir::Json;

pub(crate) fn cost(cost: &Cost) -> Json<'static> {
    let whole = Json::integer;
    Json::object([
        ("total", whole(cost.total())),
        ("dropped", whole(cost.dropped)),
        ("lateness", whole(cost.lateness)),
        ("overtime", whole(cost.overtime)),
        ("opening", whole(cost.opening)),
        ("roomChange", whole(cost.room_change)),
        ("ambulatory", whole(cost.ambulatory)),
        ("disturbance", whole(cost.disturbance)),
        ("risk", whole(cost.risk)),
    ])
}

/// What the plan changes: the item, where it was, where it goes.
fn changed<'a>(
    sheet: &'a Sheet,
    plan: &'a Plan,
) -> impl Iterator<Item = (&'a Item, Option<Placement>, Option<Placement>)> {
    let pairs = sheet.plan.placements.iter().zip(&plan.placements);
    sheet.items.iter().zip(pairs).filter_map(|(item, (from, to))| {
        // What is off the grid of five minutes and stays in its slot has not moved.
        (from != to).then_some((item, *from, *to))
    })
}

/// The changes to make, and the answer's `moves`.
pub(super) fn moves(sheet: &Sheet, plan: &Plan) -> Vec<Move> {
    let one = |(item, _, to): (&Item, Option<Placement>, Option<Placement>)| {
        let to = to.and_then(|at| sheet.at(at)).map(|(room, start)| Wish {
            room: room.to_string(),
            start,
            minutes: item.minutes(),
            cleaning: i64::from(item.case.cleaning) * SLOT / MINUTE,
            team: item.booking.as_ref().map(|b| b.team.clone()),
        });
        let case = item.case_of.as_ref().map(|c| c.what.clone());
        let case = case.or_else(|| item.booking.as_ref().and_then(|b| b.case.clone()));
        Move { case: case.unwrap_or_default(), booking: item.booking.as_ref().map(|b| b.id.clone()), to }
    };
    changed(sheet, plan).map(one).collect()
}

pub(super) fn told(index: &Index, job: &Job, plan: &Plan) -> Json<'static> {
    let sheet = &job.sheet;
    let place = |at: Option<Placement>, item: &Item| match at.and_then(|at| sheet.at(at)) {
        Some((room, start)) => Json::object([
            ("room", text(room)),
            ("roomName", text(index.name(room))),
            ("start", instant(start)),
            ("end", instant(start + item.minutes() * MINUTE)),
        ]),
        None => Json::Null,
    };
    let one = |(item, from, to): (&Item, Option<Placement>, Option<Placement>)| {
        let case = item.case_of.as_ref();
        let booked = item.booking.as_ref();
        let act = case.map(|c| c.act.clone()).or_else(|| booked.and_then(|b| b.act.clone()));
        Json::object([
            ("case", maybe(case.map(|c| c.what.clone()))),
            ("number", text(item.case.id.clone())),
            ("act", maybe(act)),
            ("booking", maybe(booked.map(|b| b.id.clone()))),
            ("from", place(from, item)),
            ("to", place(to, item)),
        ])
    };
    Json::Array(changed(sheet, plan).map(one).collect())
}

impl Item {
    /// As booked, or as the engine has it.
    pub fn minutes(&self) -> i64 {
        match &self.booking {
            Some(booking) => (booking.end - booking.start) / MINUTE,
            None => i64::from(self.case.duration) * SLOT / MINUTE,
        }
    }
}
