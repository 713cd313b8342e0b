//! `POST|PUT booking`, `POST booking/cancel`: the one appointment of a link. Its id is that of the link, so that a link
//! used twice at once takes one; of two patients who want one time, the transaction lets one have it.

use super::SELF;
use super::visit::{Guest, guest, live};
use super::words::{ALREADY, LIMIT, NOTHING, OUTSIDE, TAKEN, TOO_LATE, USED};
use crate::agenda::{Visit, within};
use crate::booking::Booking;
use crate::booking::clash::clashes;
use crate::element::{instant, set};
use crate::index::{At, Shelves};
use crate::suite::change::same_version;
use crate::suite::save::{Change, Saved, cancelled, lapsed, save, stored};
use crate::suite::wish::whole;
use crate::zone::{self, MINUTE};
use async_trait::async_trait;
use fhir::{Code, Issue, Json};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

pub(super) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let route = |method, path, summary, verb| Route {
        method,
        path,
        summary,
        access: Access::Open,
        handler: Arc::new(Book { shelves: shelves.clone(), verb }),
    };
    vec![
        route(Method::Post, "booking", "A patient books by a link", Verb::Book),
        route(Method::Put, "booking", "A patient moves the appointment of a link", Verb::Move),
        route(Method::Post, "booking/cancel", "A patient cancels the appointment of a link", Verb::Cancel),
    ]
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    Book,
    Move,
    Cancel,
}

struct Book {
    shelves: Arc<Shelves>,
    verb: Verb,
}

#[async_trait]
impl Handler for Book {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let guest = guest(cx, &self.shelves, &request).await?;
        let mut form = Form::read(&request.body)?;
        let version = match self.verb {
            Verb::Book => None,
            _ => whole(&mut form, "version", 1, i64::MAX),
        };
        let start = if self.verb == Verb::Cancel { String::new() } else { form.required("start", 40) };
        form.finish()?;
        let start = if self.verb == Verb::Cancel { 0 } else { zone::moment(&start, "start")? };
        let (name, changes) = match self.verb {
            Verb::Book => ("book", vec![booked(&guest, start).await?]),
            Verb::Move => ("move", vec![moved(&guest, version, start).await?]),
            Verb::Cancel => ("cancel", vec![given_up(&guest, version).await?]),
        };
        let changes = if self.verb == Verb::Cancel { changes } else { placed(&guest, changes).await? };
        if let Saved::Refused(issues) = save(&guest.cx, name, changes).await? {
            let limit = issues.into_iter().find(|issue| issue.text.key == LIMIT.key);
            return Err(limit.unwrap_or_else(|| Issue::error(Code::Conflict, TAKEN)).into());
        }
        let status = if self.verb == Verb::Book { 201 } else { 200 };
        let shelf = self.shelves.fresh(&guest.cx).await?;
        let guest = Guest { shelf, ..guest };
        Ok(RouteReply::json(status, &Json::object(guest.told().await?)))
    }
}

/// The new appointment of the link; an appointment that was cancelled comes back.
async fn booked(guest: &Guest, start: i64) -> Result<Change> {
    let invitation = &guest.invitation;
    if guest.shelf.read(|index| live(index, invitation, guest.now).is_some()) {
        return Err(Error::refused(Code::Conflict, ALREADY));
    }
    let visit = Visit {
        patient: invitation.patient.clone(),
        practitioner: invitation.practitioner.clone(),
        minutes: guest.rule.minutes,
        kind: Some(invitation.kind.clone()),
        reason: None,
        overbook: false,
    };
    let mut json = guest.shelf.read(|index| visit.appointment(index, start));
    set(&mut json, SELF, Some(("valueUnsignedInt", Json::integer(guest.rule.open))));
    let (before, version) = match stored(&guest.cx, &invitation.id).await {
        // Only what was cancelled comes back: a visit that was, or that the patient missed, is not written over.
        Ok((before, _)) if before.get_str("status") != Some("cancelled") => {
            return Err(Error::refused(Code::Deleted, USED));
        }
        Ok((before, version)) => (Some(before), Some(version)),
        Err(Error::NotFound) => (None, None),
        Err(error) => return Err(error),
    };
    Ok(Change { id: invitation.id.clone(), version, before, json })
}

async fn moved(guest: &Guest, version: Option<i64>, start: i64) -> Result<Change> {
    let (before, current) = own(guest, version).await?;
    let mut json = before.clone();
    if let Some(edit) = fhir::edit::edit(&mut json) {
        edit.set("start", instant(start))
            .set("end", instant(start + guest.rule.minutes * MINUTE))
            .set("minutesDuration", Json::integer(guest.rule.minutes));
    }
    Ok(Change { id: guest.invitation.id.clone(), version: Some(current), before: Some(before), json })
}

async fn given_up(guest: &Guest, version: Option<i64>) -> Result<Change> {
    let (before, current) = own(guest, version).await?;
    Ok(cancelled(before, guest.invitation.id.clone(), current))
}

/// The appointment as it is stored, when it may still be changed.
async fn own(guest: &Guest, version: Option<i64>) -> Result<(Json<'static>, u64)> {
    let can =
        guest.shelf.read(|index| live(index, &guest.invitation, guest.now).map(|booking| guest.can(booking)));
    match can {
        None => return Err(Error::refused(Code::Conflict, NOTHING)),
        Some(false) => return Err(Error::refused(Code::Conflict, TOO_LATE)),
        Some(true) => {}
    }
    let (json, current) = stored(&guest.cx, &guest.invitation.id).await?;
    same_version(version, current)?;
    Ok((json, current))
}

/// The changes with what must end before them, when the time is one that is offered and free.
async fn placed(guest: &Guest, mut changes: Vec<Change>) -> Result<Vec<Change>> {
    let Some(change) = changes.first() else { return Ok(changes) };
    let mut booking = Booking::of(&change.json, 0).ok_or(Error::NotFound)?;
    booking.id.clone_from(&change.id);
    let (first, last) = guest.reach();
    let times = (booking.start, booking.end);
    let who = &guest.invitation.practitioner;
    let offered = (first..=last).contains(&times.0) && guest.shelf.read(|index| within(index, who, times));
    if !offered {
        return Err(Issue::error(Code::BusinessRule, OUTSIDE).at("start").into());
    }
    let taken = guest.shelf.read(|index| {
        let found = clashes(&mut At { index, now: guest.now }, &booking, &[], &|_| false);
        found.is_ok_and(|found| !found.is_empty())
    });
    if taken {
        return Err(Error::refused(Code::Conflict, TAKEN));
    }
    let before = lapsed(&guest.cx, &guest.shelf, &booking).await?;
    changes.splice(0..0, before);
    Ok(changes)
}
