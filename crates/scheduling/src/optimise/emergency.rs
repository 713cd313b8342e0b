//! `POST theatre/emergency {case}`: the place of an emergency that disturbs the others least.

use super::{Job, Phase, Progress, tell};
use crate::booking::Booking;
use crate::case::Case;
use crate::duration::Durations;
use crate::element::{instant, text};
use crate::index::{Index, Shelves};
use crate::plan::{SLOT, Scope, Sheet};
use crate::suite::who::may_book;
use crate::suite::wish::{case, whole};
use crate::zone::{self, MINUTE};
use ::theatre::{Budget, Now, cost, insert_emergency};
use async_trait::async_trait;
use fhir::{Code, Json, Text};
use parking_lot::Mutex;
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use store::{Error, Result};

/// What the search may take.
const BUDGET: Duration = Duration::from_millis(150);
/// Hours ahead that are looked at: the rest of today, and tomorrow.
const DAYS: i64 = 1;

const BROKEN: Text = Text {
    key: "scheduling.emergency-broken",
    fr: "Le planning d'aujourd'hui est en conflit : réglez les conflits signalés, ou placez l'urgence à la main.",
    en: "Today's plan is in conflict: settle the conflicts that are shown, or place the emergency by hand.",
    de: "Der heutige Plan hat Konflikte: Lösen Sie diese, oder planen Sie den Notfall von Hand ein.",
};

pub(super) fn route(shelves: Arc<Shelves>) -> Route {
    Route {
        method: Method::Post,
        path: "theatre/emergency",
        summary: "Where an emergency disturbs the others least",
        access: Access::SignedIn,
        handler: Arc::new(Emergency(shelves)),
    }
}

struct Emergency(Arc<Shelves>);

#[async_trait]
impl Handler for Emergency {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let mut form = Form::read(&request.body)?;
        let what = form.required("case", 100);
        let lasts = whole(&mut form, "minutes", 1, 24 * 60);
        form.finish()?;
        let now = cx.ctx.clock.now_ms();
        let shelf = self.0.fresh(&cx).await?;
        let urgent = shelf.read(|index| -> Result<Arc<Case>> {
            let found = case(index, &what)?;
            // It goes where the day's work is: dates and vacations do not hold it back.
            Ok(Arc::new(Case {
                urgency: "immediate",
                minutes: lasts.or(found.minutes),
                not_before: None,
                ..(**found).clone()
            }))
        })?;
        may_book(&cx, urgent.patient.as_deref()).await?;
        let today = zone::day_of(now);
        let sheet = shelf.read(|index| sheet(index, &Durations::new(&shelf, index), &urgent, now));
        let at = sheet.find(|item| item.booking.is_none()).ok_or(Error::NotFound)?;
        let slot = ((now - zone::midnight(today)) / SLOT + 1).clamp(0, sheet.problem.slots as i64);
        let present = Now { day: 0, slot: slot as u16 };
        let found = insert_emergency(&sheet.problem, &sheet.plan, at, present, Budget::Time(BUDGET));
        let found = found.map_err(|_| Error::refused(Code::Conflict, BROKEN))?;
        let progress = Progress {
            phase: Phase::Done,
            improvements: Vec::new(),
            best: found.plan,
            cost: found.cost,
            elapsed: found.elapsed.as_secs_f64(),
        };
        let job = Arc::new(Job {
            id: cx.ctx.ids.uuid(),
            who: cx.ctx.actor.id,
            cost_now: cost(&sheet.problem, &sheet.plan),
            sheet,
            stop: AtomicBool::new(false),
            progress: Mutex::new(progress),
            emergency: true,
        });
        cx.tenant.audit_operation(&cx.ctx, "theatre-emergency", None).await?;
        shelf.jobs.add(job.clone());
        let place = found.at.and_then(|at| job.sheet.at(at));
        let end = place.map_or(0, |(_, start)| start + job.sheet.items[at].minutes() * MINUTE);
        let told = shelf.read(|index| told(index, &job, place.map(|(room, start)| (room, start, end))));
        Ok(RouteReply::json(200, &told))
    }
}

/// The rest of today and tomorrow: what has not begun and is not locked may move.
fn sheet(index: &Index, durations: &Durations, urgent: &Arc<Case>, now: i64) -> Sheet {
    let today = zone::day_of(now);
    let facility = urgent.wanted.iter().find_map(|w| crate::plan::facility_of(index, w));
    let moves = |b: &Booking| {
        let begun = b.case.as_ref().is_some_and(|c| index.courses.contains_key(c));
        !begun && b.lock != "locked" && b.status.as_str() == "booked" && b.start > now
    };
    let own = |b: &Booking| b.case.as_deref() == Some(&urgent.what);
    let scope = Scope {
        facility: facility.as_deref(),
        from: today,
        to: zone::plus(today, DAYS),
        now,
        always: true,
        moves: &moves,
        without: &own,
        waiting: vec![urgent.clone()],
    };
    Sheet::new(index, durations, &scope)
}

/// The answer: where the emergency goes (room, start, end), and who moves.
fn told(index: &Index, job: &Job, place: Option<(&str, i64, i64)>) -> Json<'static> {
    let progress = job.progress.lock();
    let place = place.map_or(Json::Null, |(room, start, end)| {
        Json::object([
            ("room", text(room)),
            ("roomName", text(index.name(room))),
            ("start", instant(start)),
            ("end", instant(end)),
        ])
    });
    Json::object([
        ("at", place),
        ("moves", tell::told(index, job, &progress.best)),
        ("cost", tell::cost(&progress.cost)),
        ("elapsed", Json::number(format!("{:.3}", progress.elapsed))),
        ("proposal", text(job.id.to_string())),
    ])
}
