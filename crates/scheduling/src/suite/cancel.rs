//! `POST theatre/bookings/{id}/cancel`: the place is free, the case waits again.

use super::change::{is_begun, same_version};
use super::check::booking;
use super::save::{Saved, cancelled, late_conflict, save, stored, told};
use super::who::may_book;
use super::wish::whole;
use crate::element::{CANCELLED_AT, instant, set, text};
use crate::index::Shelves;
use async_trait::async_trait;
use fhir::{Code, Json, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const SYSTEM: &str = "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason";

/// What the form says, the code of the HL7 list, and its words.
const REASONS: [(&str, (&str, &str)); 7] = [
    ("patient", ("pat", "À la demande du patient")),
    ("medical", ("oth-cms", "Raison médicale")),
    ("organisation", ("prov", "Organisation du bloc")),
    ("staff", ("prov-pers", "Équipe indisponible")),
    ("equipment", ("oth-err", "Matériel indisponible")),
    ("bed", ("oth", "Lit indisponible")),
    ("other", ("oth", "Autre raison")),
];

const OVER: Text = Text {
    key: "scheduling.cancel-over",
    fr: "Cette réservation est déjà annulée ou terminée.",
    en: "This booking is cancelled or over already.",
    de: "Diese Buchung ist bereits abgesagt oder abgeschlossen.",
};

const INSIDE: Text = Text {
    key: "scheduling.cancel-inside",
    fr: "Le patient est entré en salle ou l'intervention est terminée : sa place ne peut plus être annulée.",
    en: "The patient is in the room or the operation is over: its place cannot be cancelled any more.",
    de: "Der Patient ist im Saal oder der Eingriff ist beendet: Der Platz kann nicht mehr abgesagt werden.",
};

pub(super) fn route(shelves: Arc<Shelves>) -> Route {
    Route {
        method: Method::Post,
        path: "theatre/bookings/{id}/cancel",
        summary: "Cancels a booking; its case waits again",
        access: Access::SignedIn,
        handler: Arc::new(Cancel(shelves)),
    }
}

struct Cancel(Arc<Shelves>);

#[async_trait]
impl Handler for Cancel {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let id = request.param("id");
        let mut form = Form::read(&request.body)?;
        let version = whole(&mut form, "version", 1, i64::MAX);
        let reason = form.required_choice("reason", &REASONS);
        let note = form.text("note", 500);
        form.finish()?;
        let shelf = self.0.fresh(&cx).await?;
        let old = shelf.read(|index| booking(index, id).cloned())?;
        may_book(&cx, old.patient.as_deref()).await?;
        let (json, current) = stored(&cx, id).await?;
        same_version(version, current)?;
        if !matches!(json.get_str("status"), Some("proposed" | "pending" | "booked" | "arrived" | "waitlist"))
        {
            return Err(Error::refused(Code::Conflict, OVER));
        }
        if shelf.read(|index| is_begun(index, &old)) {
            return Err(Error::refused(Code::Conflict, INSIDE));
        }
        let mut change = cancelled(json, id.to_string(), current);
        // As it stood: what was only held leaves no trace in the figures of the day.
        if change.before.as_ref().is_some_and(|before| before.get_str("status") != Some("pending")) {
            set(&mut change.json, CANCELLED_AT, Some(("valueInstant", instant(cx.ctx.clock.now_ms()))));
        }
        let (code, words) = reason.unwrap_or(("oth", "Autre raison"));
        let coding = [("system", text(SYSTEM)), ("code", text(code))];
        let shown = note.map_or_else(|| words.to_string(), |note| format!("{words} : {note}"));
        let concept = Json::object([("coding", Json::array([Json::object(coding)])), ("text", text(shown))]);
        if let Some(edit) = fhir::edit::edit(&mut change.json) {
            edit.set("cancelationReason", concept);
        }
        match save(&cx, "cancel", vec![change]).await? {
            Saved::Done(_) => told(&cx, &self.0, 200, id).await,
            Saved::Refused(issues) => late_conflict(&cx, &self.0, &old, issues).await,
        }
    }
}
