//! Writing bookings: all of a change or nothing, and when a place was just taken, what took it.

use super::check::case_of;
use super::log::{self, Step};
use super::tell::Teller;
use super::undo::UNDO;
use super::who::names;
use super::wish::{Wish, nearest};
use crate::booking::Booking;
use crate::booking::clash::{Clash, clashes};
use crate::duration::Durations;
use crate::element::{set, text};
use crate::index::{At, Index, Shelf, Shelves};
use crate::zone::MINUTE;
use bytes::Bytes;
use fhir::{Json, ResourceType};
use service::{RouteCtx, RouteReply};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::{Ctx, Error, Result, Write};

/// The Appointment as it is stored, whole, with its version: to be written back changed. What of it the caller may
/// change is decided when it is written.
///
/// # Errors
/// `NotFound`, `Unavailable`.
pub(crate) async fn stored(cx: &RouteCtx, id: &str) -> Result<(Json<'static>, u64)> {
    let found = match cx.tenant.read(&by_itself(cx), ResourceType::APPOINTMENT, id).await {
        Err(Error::Gone { .. }) => return Err(Error::NotFound),
        found => found?,
    };
    Ok((appointment(&found.body)?, found.version))
}

/// The Appointment as it was in an earlier version.
///
/// # Errors
/// `NotFound`, `Gone`, `Unavailable`.
pub(super) async fn before_of(cx: &RouteCtx, id: &str, version: u64) -> Result<Json<'static>> {
    let found = cx.tenant.vread(&by_itself(cx), ResourceType::APPOINTMENT, id, version).await?;
    appointment(&found.body)
}

/// The service reads what it keeps; what the caller may change is decided when it is written.
pub(crate) fn by_itself(cx: &RouteCtx) -> Ctx {
    Ctx {
        clock: cx.ctx.clock.clone(),
        ids: cx.ctx.ids.clone(),
        request: cx.ctx.request,
        ..Ctx::system("scheduling.move")
    }
}

/// # Errors
/// `Corrupt`.
pub(crate) fn appointment(body: &[u8]) -> Result<Json<'static>> {
    let json = fhir::json::parse(body).map_err(|_| Error::Corrupt("a stored Appointment".into()))?;
    Ok(json.into_owned())
}

/// One Appointment to write.
pub(crate) struct Change {
    pub id: String,
    /// The version that is replaced; `None` = it is new.
    pub version: Option<u64>,
    /// As it was.
    pub before: Option<Json<'static>>,
    pub json: Json<'static>,
}

impl Change {
    pub fn new(cx: &RouteCtx, json: Json<'static>) -> Change {
        Change { id: cx.ctx.ids.uuid().to_string(), version: None, before: None, json }
    }

    /// The booking as it is, but taking nothing.
    fn aside(&self) -> Option<Write> {
        let before = self.before.as_ref()?;
        if !matches!(before.get_str("status"), Some("pending" | "booked" | "arrived")) {
            return None;
        }
        let mut json = before.clone();
        if let Some(edit) = fhir::edit::edit(&mut json) {
            edit.set("status", text("waitlist"));
        }
        let step = Change { id: self.id.clone(), version: self.version, before: None, json };
        Some(step.write(false))
    }

    /// `again`: this transaction has written it before.
    fn write(&self, again: bool) -> Write {
        let mut json = self.json.clone();
        if let Some(object) = json.as_object_mut() {
            object.set("id", text(&self.id));
            object.remove("meta");
        }
        if let (Some(meta), Some(object)) =
            (self.json.get("meta").and_then(|m| m.get("security")), json.as_object_mut())
        {
            object.set("meta", Json::object([("security", meta.clone())]));
        }
        Write::Update {
            rt: ResourceType::APPOINTMENT,
            id: self.id.clone(),
            body: Bytes::from(json.to_vec()),
            if_match: self.version.filter(|_| !again),
            if_none_match: self.version.is_none(),
        }
    }
}

/// Ends the holds that have lapsed and stood in the way of a booking, so that what is stored says what is true: by the
/// clock of the transaction they hold nothing any more.
///
/// # Errors
/// `Unavailable`.
pub(crate) async fn lapsed(cx: &RouteCtx, shelf: &Shelf, booking: &Booking) -> Result<Vec<Change>> {
    let now = cx.ctx.clock.now_ms();
    let day = crate::booking::LOOK_BACK;
    let ids: BTreeSet<String> = shelf.read(|index| {
        let takers = booking.takes.iter().flat_map(|t| index.of(&t.what, t.from - day, t.until));
        let of_case = booking.case.iter().flat_map(|c| index.bookings_of(c));
        let over = |b: &&Arc<Booking>| b.is_lapsed(now) && b.id != booking.id;
        takers.chain(of_case).filter(over).map(|b| b.id.clone()).collect()
    });
    let mut out = Vec::new();
    for id in ids {
        let (json, version) = match stored(cx, &id).await {
            Err(Error::NotFound) => continue,
            found => found?,
        };
        out.push(cancelled(json, id, version));
    }
    Ok(out)
}

pub(crate) fn cancelled(json: Json<'static>, id: String, version: u64) -> Change {
    let mut after = json.clone();
    set(&mut after, crate::element::HOLD_UNTIL, None);
    if let Some(edit) = fhir::edit::edit(&mut after) {
        edit.set("status", text("cancelled"));
    }
    Change { id, version: Some(version), before: Some(json), json: after }
}

/// What a writing came to.
pub(crate) enum Saved {
    /// What was written: id and version.
    Done(Vec<(String, u64)>),
    /// Nothing was written: someone was quicker, or the rule found what the answer from memory had not.
    Refused(Vec<fhir::Issue>),
}

/// Writes, and notes how to undo it.
///
/// # Errors
/// `VersionConflict` and the rest of [`store::Tenant::commit`]'s; a refusal for a place that is taken is no error.
pub(crate) async fn save(cx: &RouteCtx, name: &'static str, changes: Vec<Change>) -> Result<Saved> {
    // Several that change places would each find the other still there: they step aside first.
    let moving = changes.iter().filter(|c| c.version.is_some()).count() > 1;
    let mut writes: Vec<Write> =
        if moving { changes.iter().filter_map(Change::aside).collect() } else { Vec::new() };
    let aside = writes.len();
    writes.extend(changes.iter().map(|c| c.write(moving && c.aside().is_some())));
    let outcomes = match cx.tenant.commit(&cx.ctx, writes).await {
        Ok(outcomes) => outcomes.into_iter().skip(aside).collect::<Vec<_>>(),
        Err(error) => return refused(error),
    };
    let steps: Vec<Step> = outcomes
        .iter()
        .zip(&changes)
        .map(|(outcome, change)| Step {
            id: outcome.id.clone(),
            version: outcome.version,
            before: change.before.as_ref().and(change.version),
        })
        .collect();
    let written = outcomes.into_iter().map(|o| (o.id, o.version)).collect();
    let own = name != UNDO && !cx.ctx.actor.system;
    if own && log::note(cx, name, steps).await.is_err() {
        tracing::warn!("a change of the plan cannot be undone: the log of changes was not written");
    }
    Ok(Saved::Done(written))
}

fn refused(error: Error) -> Result<Saved> {
    match error {
        Error::Refused(issues) if issues.iter().all(|i| i.text.key.starts_with("scheduling.")) => {
            Ok(Saved::Refused(issues))
        }
        Error::InWrite { error, .. } => match *error {
            Error::VersionConflict { current } => Err(Error::VersionConflict { current }),
            other => refused(other),
        },
        other => Err(other),
    }
}

/// The answer with one booking as it is now.
///
/// # Errors
/// `Unavailable`.
pub(crate) async fn told(cx: &RouteCtx, shelves: &Shelves, status: u16, id: &str) -> Result<RouteReply> {
    let mut all = told_all(cx, shelves, &[id.to_string()]).await?;
    Ok(RouteReply::json(status, &all.pop().unwrap_or(Json::Null)))
}

/// # Errors
/// `Unavailable`.
pub(crate) async fn told_all(cx: &RouteCtx, shelves: &Shelves, ids: &[String]) -> Result<Vec<Json<'static>>> {
    let shelf = shelves.fresh(cx).await?;
    let found: Vec<Arc<Booking>> =
        shelf.read(|index| ids.iter().filter_map(|id| index.bookings.get(id)).cloned().collect());
    let patients: BTreeSet<String> = found.iter().filter_map(|b| b.patient.clone()).collect();
    let names = names(cx, &patients).await?;
    let now = cx.ctx.clock.now_ms();
    Ok(shelf.read(|index| {
        let durations = Durations::new(&shelf, index);
        let teller = Teller { index, names: &names, lang: cx.ctx.lang };
        let one = |b: &Arc<Booking>| {
            let mut found = clashes(&mut At { index, now }, b, &[], &|_| false).unwrap_or_default();
            found.extend(crate::act::marked(index, b));
            teller.booking(b, &durations, if b.is_taking(now) { &found } else { &[] })
        };
        found.iter().map(one).collect()
    }))
}

/// 409 for a place that is not free, with the nearest that are.
pub(crate) fn conflict(
    cx: &RouteCtx,
    shelf: &Shelf,
    index: &Index,
    booking: &Booking,
    clashes: &[Clash],
) -> RouteReply {
    let now = cx.ctx.clock.now_ms();
    let durations = Durations::new(shelf, index);
    let case = case_of(index, booking);
    let old = index.bookings.get(&booking.id);
    let wish = Wish {
        room: booking.room.clone().unwrap_or_default(),
        start: booking.start,
        minutes: (booking.end - booking.start) / MINUTE,
        cleaning: booking.cleaning,
        team: old.map(|b| b.team.clone()),
    };
    let offers = nearest(index, &durations, &case, (old, &wish), now);
    let teller = Teller { index, names: &Default::default(), lang: cx.ctx.lang };
    RouteReply::json(409, &teller.refusal(clashes, &offers))
}

/// 409 when the transaction refused: what stands in the way now, or the rule's own sentence.
///
/// # Errors
/// `Unavailable`; the refusal itself where memory does not know of it.
pub(crate) async fn late_conflict(
    cx: &RouteCtx,
    shelves: &Shelves,
    booking: &Booking,
    issues: Vec<fhir::Issue>,
) -> Result<RouteReply> {
    let shelf = shelves.fresh(cx).await?;
    let now = cx.ctx.clock.now_ms();
    let reply = shelf.read(|index| {
        let found = clashes(&mut At { index, now }, booking, &[], &|_| false).unwrap_or_default();
        (!found.is_empty()).then(|| conflict(cx, &shelf, index, booking, &found))
    });
    match reply {
        Some(reply) => Ok(reply),
        None => {
            let teller_issue = |i: &fhir::Issue| {
                let details = Json::object([("text", text(i.sentence(cx.ctx.lang)))]);
                Json::object([("severity", text("error")), ("code", text("conflict")), ("details", details)])
            };
            let body = Json::object([
                ("resourceType", text("OperationOutcome")),
                ("issue", Json::Array(issues.iter().map(teller_issue).collect())),
                ("conflicts", Json::Array(Vec::new())),
                ("offers", Json::Array(Vec::new())),
            ]);
            Ok(RouteReply::json(409, &body))
        }
    }
}
