//! `PUT appointments/{id}` and `DELETE appointments/{id}`: another time, or cancelled (never deleted).

use super::tell;
use crate::booking::clash::clashes;
use crate::booking::{Booking, Kind, Status};
use crate::element::{instant, text};
use crate::index::{At, Shelves};
use crate::suite::book::ahead;
use crate::suite::change::same_version;
use crate::suite::check::booking;
use crate::suite::save::{Change, Saved, cancelled, conflict, lapsed, late_conflict, save, stored};
use crate::suite::who::{may_book, names};
use crate::suite::wish::whole;
use crate::zone::{self, MINUTE};
use async_trait::async_trait;
use fhir::{Code, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const NOT_HERE: Text = Text {
    key: "scheduling.not-a-consultation",
    fr: "Ce rendez-vous est une intervention, ou il est terminé : changez-le sur le planning du bloc.",
    en: "This appointment is an operation, or it is over: change it on the theatre's board.",
    de: "Dieser Termin ist ein Eingriff, oder er ist vorbei: Ändern Sie ihn im OP-Plan.",
};

pub(super) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let route = |method, summary, cancel| Route {
        method,
        path: "appointments/{id}",
        summary,
        access: Access::SignedIn,
        handler: Arc::new(Alter { shelves: shelves.clone(), cancel }),
    };
    vec![
        route(Method::Put, "Moves a consultation", false),
        route(Method::Delete, "Cancels a consultation", true),
    ]
}

struct Alter {
    shelves: Arc<Shelves>,
    cancel: bool,
}

#[async_trait]
impl Handler for Alter {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let (id, now) = (request.param("id"), cx.ctx.clock.now_ms());
        let shelf = self.shelves.fresh(&cx).await?;
        let old = shelf.read(|index| booking(index, id).cloned())?;
        may_book(&cx, old.patient.as_deref()).await?;
        if old.kind == Kind::Theatre || matches!(old.status, Status::Cancelled | Status::Fulfilled) {
            return Err(Error::refused(Code::Conflict, NOT_HERE));
        }
        let (json, current) = stored(&cx, id).await?;
        let mut changes = Vec::new();
        if self.cancel {
            let version = request.query("version").and_then(|v| v.parse().ok());
            same_version(version, current)?;
            changes.push(cancelled(json, id.to_string(), current));
        } else {
            let mut form = Form::read(&request.body)?;
            let version = whole(&mut form, "version", 1, i64::MAX);
            let start = form.text("start", 40);
            let minutes = whole(&mut form, "minutes", 1, 8 * 60);
            form.finish()?;
            same_version(version, current)?;
            let start = match start {
                Some(said) => zone::moment(&said, "start")?,
                None => old.start,
            };
            if start != old.start {
                ahead(start, now)?;
            }
            let minutes = minutes.unwrap_or((old.end - old.start) / MINUTE);
            let mut after = json.clone();
            if let Some(edit) = fhir::edit::edit(&mut after) {
                edit.set("start", instant(start))
                    .set("end", instant(start + minutes * MINUTE))
                    .set("minutesDuration", fhir::Json::integer(minutes));
            }
            let mut wished = Booking::of(&after, 0).unwrap_or_else(Booking::nothing);
            wished.id = id.to_string();
            let refused = shelf.read(|index| {
                let found = clashes(&mut At { index, now }, &wished, &[], &|_| false).unwrap_or_default();
                (!found.is_empty()).then(|| conflict(&cx, &shelf, index, &wished, &found))
            });
            if let Some(refused) = refused {
                return Ok(refused);
            }
            changes.extend(lapsed(&cx, &shelf, &wished).await?);
            let id = id.to_string();
            changes.push(Change { id, version: Some(current), before: Some(json), json: after });
        }
        if let Saved::Refused(issues) =
            save(&cx, if self.cancel { "cancel" } else { "move" }, changes).await?
        {
            return late_conflict(&cx, &self.shelves, &old, issues).await;
        }
        let names = names(&cx, &old.patient.iter().cloned().collect()).await?;
        let shelf = self.shelves.fresh(&cx).await?;
        let told = shelf.read(|index| index.bookings.get(id).map(|b| tell(index, &names, b)));
        Ok(RouteReply::json(200, &told.unwrap_or_else(|| text(id))))
    }
}
