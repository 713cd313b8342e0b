//! `POST theatre/bookings` and `POST theatre/hold`: a case gets its place, for good or for a while.

use super::save::{Change, Saved, conflict, lapsed, late_conflict, save, stored, told};
use super::who::may_book;
use super::wish::{Said, case, check, complete, whole};
use crate::booking::{Booking, Status};
use crate::duration::Durations;
use crate::element::{HOLD_UNTIL, LOCK, instant, set, text};
use crate::index::Shelves;
use async_trait::async_trait;
use fhir::{Code, Issue, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::Result;

const HOLD: i64 = 300;
const HOLD_MAX: i64 = 3_600;
/// A booking is not made for times that are long over.
const PAST: i64 = 60 * crate::zone::MINUTE;

const OVER: Text = Text {
    key: "scheduling.past",
    fr: "Cette heure est passée : choisissez une heure à venir.",
    en: "This time is over: choose a time to come.",
    de: "Diese Zeit ist vorbei: Wählen Sie eine kommende Zeit.",
};

pub(super) fn route(shelves: Arc<Shelves>) -> Route {
    Route {
        method: Method::Post,
        path: "theatre/bookings",
        summary: "Books a case into a room",
        access: Access::SignedIn,
        handler: Arc::new(Book { shelves, hold: false }),
    }
}

pub(super) fn hold_route(shelves: Arc<Shelves>) -> Route {
    Route {
        method: Method::Post,
        path: "theatre/hold",
        summary: "Holds a place for a case, for a while",
        access: Access::SignedIn,
        handler: Arc::new(Book { shelves, hold: true }),
    }
}

struct Book {
    shelves: Arc<Shelves>,
    hold: bool,
}

/// # Errors
/// For what would begin in the past.
pub(crate) fn ahead(start: i64, now: i64) -> Result<()> {
    if start < now - PAST {
        return Err(Issue::error(Code::BusinessRule, OVER).at("start").into());
    }
    Ok(())
}

#[async_trait]
impl Handler for Book {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let now = cx.ctx.clock.now_ms();
        let mut form = Form::read(&request.body)?;
        let what = form.required("case", 100);
        let lock =
            form.choice("lock", &[("draft", "draft"), ("published", "published"), ("locked", "locked")]);
        let seconds = whole(&mut form, "seconds", 1, HOLD_MAX).unwrap_or(HOLD);
        let shelf = self.shelves.fresh(&cx).await?;
        let patient = shelf.read(|index| index.cases.get(&what).and_then(|c| c.patient.clone()));
        may_book(&cx, patient.as_deref()).await?;
        let checked = shelf.read(|index| {
            let durations = Durations::new(&shelf, index);
            let said = Said::read(&mut form, index);
            form.finish()?;
            let case = case(index, &what)?;
            let wish = complete(said.of_case(case, &durations))?;
            ahead(wish.start, now)?;
            let checked = check(index, case, None, &wish, now);
            match checked.clashes.is_empty() {
                true => Ok(Ok(checked)),
                false => Ok(Err(conflict(&cx, &shelf, index, &checked.booking, &checked.clashes))),
            }
        });
        let mut checked = match checked {
            Ok(Ok(checked)) => checked,
            Ok(Err(reply)) => return Ok(reply),
            Err(error) => return Err(error),
        };
        if self.hold {
            let until = now + seconds * 1_000;
            set(&mut checked.json, HOLD_UNTIL, Some(("valueInstant", instant(until))));
            if let Some(edit) = fhir::edit::edit(&mut checked.json) {
                edit.set("status", text("pending"));
            }
        }
        if let Some(lock) = lock {
            set(&mut checked.json, LOCK, Some(("valueCode", text(lock))));
        }
        let mut changes = lapsed(&cx, &shelf, &checked.booking).await?;
        changes.push(self.own(&cx, &shelf, &what, checked.json).await?);
        let name = if self.hold { "hold" } else { "book" };
        match save(&cx, name, changes).await? {
            Saved::Done(written) => {
                let id = written.last().map_or("", |(id, _)| id.as_str());
                told(&cx, &self.shelves, 201, id).await
            }
            Saved::Refused(issues) => late_conflict(&cx, &self.shelves, &checked.booking, issues).await,
        }
    }
}

impl Book {
    /// A new Appointment, or the case's hold, which becomes it.
    async fn own(
        &self,
        cx: &RouteCtx,
        shelf: &crate::index::Shelf,
        case: &str,
        json: fhir::Json<'static>,
    ) -> Result<Change> {
        let now = cx.ctx.clock.now_ms();
        let held = shelf.read(|index| {
            let held = |b: &&Arc<Booking>| b.status == Status::Pending && !b.is_lapsed(now);
            index.bookings_of(case).find(held).map(|b| b.id.clone())
        });
        let Some(id) = held else { return Ok(Change::new(cx, json)) };
        let (before, version) = stored(cx, &id).await?;
        Ok(Change { id, version: Some(version), before: Some(before), json })
    }
}
