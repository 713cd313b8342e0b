//! `PUT theatre/bookings/{id}`: another room, another time, another team.

use super::book::ahead;
use super::check::booking;
use super::save::{Change, Saved, conflict, lapsed, late_conflict, save, stored, told};
use super::who::may_book;
use super::wish::{Said, Wish, check_move, complete, whole};
use crate::booking::rule::LOCKED;
use crate::booking::{Booking, Status};
use crate::index::{Index, Shelves};
use async_trait::async_trait;
use fhir::{Code, Issue, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const OVER: Text = Text {
    key: "scheduling.booking-over",
    fr: "Cette réservation est annulée ou terminée : elle ne se déplace plus.",
    en: "This booking is cancelled or over: it cannot be moved any more.",
    de: "Diese Buchung ist abgesagt oder abgeschlossen: Sie lässt sich nicht mehr verschieben.",
};
const BEGUN: Text = Text {
    key: "scheduling.booking-begun",
    fr: "Le patient est déjà au bloc : la salle et l'heure de début ne changent plus. La durée et l'équipe peuvent changer.",
    en: "The patient is in the theatre already: room and start do not change any more. Duration and team may.",
    de: "Der Patient ist bereits im OP: Saal und Beginn ändern sich nicht mehr. Dauer und Team schon.",
};

pub(super) fn route(shelves: Arc<Shelves>) -> Route {
    Route {
        method: Method::Put,
        path: "theatre/bookings/{id}",
        summary: "Moves a booking, changes its duration or its team",
        access: Access::SignedIn,
        handler: Arc::new(Move(shelves)),
    }
}

struct Move(Arc<Shelves>);

/// The version that the form names, which must be the stored one.
///
/// # Errors
/// `VersionConflict`.
pub(crate) fn same_version(said: Option<i64>, stored: u64) -> Result<()> {
    match said {
        Some(said) if said as u64 != stored => Err(Error::VersionConflict { current: stored }),
        _ => Ok(()),
    }
}

#[async_trait]
impl Handler for Move {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let (id, now) = (request.param("id"), cx.ctx.clock.now_ms());
        let mut form = Form::read(&request.body)?;
        let version = whole(&mut form, "version", 1, i64::MAX);
        let shelf = self.0.fresh(&cx).await?;
        let patient = shelf.read(|index| booking(index, id).map(|b| b.patient.clone()))?;
        may_book(&cx, patient.as_deref()).await?;
        let (json, current) = stored(&cx, id).await?;
        same_version(version, current)?;
        let checked = shelf.read(|index| -> Result<_> {
            let old = booking(index, id)?;
            let said = Said::read(&mut form, index);
            form.finish()?;
            let wish = complete(said.of_booking(old))?;
            may_move(index, old, Some(&wish))?;
            if wish.start != old.start {
                ahead(wish.start, now)?;
            }
            let checked = check_move(index, (old, &json), &wish, now, &|_| false);
            let before = &old.takes;
            let new = |c: &crate::booking::clash::Clash| {
                // What was in conflict already and stays as it was is no reason to refuse a change of team.
                let after = checked.booking.takes.iter().filter(|t| t.what == c.what);
                after.into_iter().any(|t| !before.contains(t))
            };
            match checked.clashes.iter().any(new) {
                false => Ok(Ok(checked)),
                true => Ok(Err(conflict(&cx, &shelf, index, &checked.booking, &checked.clashes))),
            }
        })?;
        let checked = match checked {
            Ok(checked) => checked,
            Err(reply) => return Ok(reply),
        };
        let mut changes = lapsed(&cx, &shelf, &checked.booking).await?;
        let own = Change {
            id: id.to_string(),
            version: Some(current),
            before: Some(json),
            json: checked.json.clone(),
        };
        changes.push(own);
        match save(&cx, "move", changes).await? {
            Saved::Done(_) => told(&cx, &self.0, 200, id).await,
            Saved::Refused(issues) => late_conflict(&cx, &self.0, &checked.booking, issues).await,
        }
    }
}

/// Whether the patient is in the room, or was.
pub(crate) fn is_begun(index: &Index, booking: &Booking) -> bool {
    let course = booking.case.as_ref().and_then(|case| index.courses.get(case));
    course.is_some_and(|course| matches!(course.status, "in_progress" | "post_op" | "completed"))
}

/// Whether a booking may go there; `None`: out of the plan.
///
/// # Errors
/// What is locked, over or begun.
pub(crate) fn may_move(index: &Index, old: &Booking, to: Option<&Wish>) -> Result<()> {
    if matches!(old.status, Status::Cancelled | Status::Fulfilled) {
        return Err(Error::refused(Code::Conflict, OVER));
    }
    let elsewhere = to.is_none_or(|to| to.start != old.start || Some(&to.room) != old.room.as_ref());
    if elsewhere && old.lock == "locked" {
        return Err(Issue::error(Code::Conflict, LOCKED).into());
    }
    if elsewhere && is_begun(index, old) {
        return Err(Error::refused(Code::Conflict, BEGUN));
    }
    Ok(())
}
