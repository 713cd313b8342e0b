//! `POST appointments`, `POST patients/{id}/appointments`: a consultation, or a series of them, all or none.

use super::tell;
use crate::booking::Booking;
use crate::booking::clash::clashes;
use crate::element::{KIND, OVERBOOKED, instant, make, text};
use crate::index::{At, Index, Shelves};
use crate::suite::book::ahead;
use crate::suite::save::{Change, Saved, conflict, lapsed, late_conflict, save};
use crate::suite::who::{may_book, names};
use crate::suite::wish::whole;
use crate::zone::{self, MINUTE};
use async_trait::async_trait;
use fhir::{Code, Issue, Json, Text};
use policy::{Group, Verb};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const MINUTES: i64 = 20;
const MINUTES_MAX: i64 = 8 * 60;
const TIMES_MAX: i64 = 52;

const WRONG: Text = Text {
    key: "scheduling.appointment-wrong",
    fr: "Indiquez un patient et un professionnel (« Practitioner/… ») qui existent.",
    en: "Name a patient and a professional (\"Practitioner/…\") who exist.",
    de: "Nennen Sie einen Patienten und eine Fachperson („Practitioner/…“), die es gibt.",
};
const REASON: Text = Text {
    key: "scheduling.reason-clinical",
    fr: "Le motif est une donnée médicale que vous n'avez pas le droit d'écrire : indiquez seulement le type de consultation.",
    en: "The reason is medical content that you may not write: give the type of the consultation only.",
    de: "Der Grund ist ein medizinischer Inhalt, den Sie nicht schreiben dürfen: Geben Sie nur die Art der Konsultation an.",
};

pub(super) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let route = |path, summary| Route {
        method: Method::Post,
        path,
        summary,
        access: Access::SignedIn,
        handler: Arc::new(Create(shelves.clone())),
    };
    vec![
        route("appointments", "Books a consultation"),
        route("patients/{id}/appointments", "Books a consultation of a patient"),
    ]
}

struct Create(Arc<Shelves>);

/// A consultation that is wished.
pub(crate) struct Visit {
    /// Id.
    pub patient: String,
    /// `Practitioner/…`.
    pub practitioner: String,
    pub minutes: i64,
    pub kind: Option<String>,
    pub reason: Option<String>,
    pub overbook: bool,
}

#[async_trait]
impl Handler for Create {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let now = cx.ctx.clock.now_ms();
        let mut form = Form::read(&request.body)?;
        let patient = match request.param("id") {
            "" => form.required("patient", 100),
            id => id.to_string(),
        };
        let practitioner = form.required("practitioner", 100);
        let start = form.required("start", 40);
        let minutes = whole(&mut form, "minutes", 1, MINUTES_MAX).unwrap_or(MINUTES);
        let (kind, reason) = (form.text("type", 100), form.text("reason", 500));
        let overbook = form.flag("overbook");
        let series = series(&form);
        form.finish()?;
        let start = zone::moment(&start, "start")?;
        ahead(start, now)?;
        let patient = patient.trim_start_matches("Patient/").to_string();
        may_book(&cx, Some(&patient)).await?;
        if reason.is_some()
            && !cx.tenant.decide(&cx.ctx, Verb::Write, Group::Clinical, Some(&patient)).await?
        {
            return Err(Issue::error(Code::Forbidden, REASON).at("reason").into());
        }
        let shelf = self.0.fresh(&cx).await?;
        if !shelf.read(|index| index.people.contains_key(&practitioner)) {
            return Err(Issue::error(Code::Value, WRONG).at("practitioner").into());
        }
        let visit = Visit { patient, practitioner, minutes, kind, reason, overbook };
        let mut changes = Vec::new();
        let mut asked = Vec::new();
        for start in starts(start, series) {
            let json = shelf.read(|index| visit.appointment(index, start));
            let booking = Booking::of(&json, 0).ok_or(Error::NotFound)?;
            let refused = shelf.read(|index| {
                let found = clashes(&mut At { index, now }, &booking, &[], &|_| false).unwrap_or_default();
                (!found.is_empty()).then(|| conflict(&cx, &shelf, index, &booking, &found))
            });
            if let Some(refused) = refused {
                return Ok(refused);
            }
            changes.extend(lapsed(&cx, &shelf, &booking).await?);
            changes.push(Change::new(&cx, json));
            asked.push(booking);
        }
        let first = asked.first().cloned().unwrap_or_else(Booking::nothing);
        let written = match save(&cx, "book", changes).await? {
            Saved::Done(written) => written,
            Saved::Refused(issues) => return late_conflict(&cx, &self.0, &first, issues).await,
        };
        let names = names(&cx, &std::iter::once(visit.patient.clone()).collect()).await?;
        let shelf = self.0.fresh(&cx).await?;
        let mut told: Vec<Json<'static>> = shelf.read(|index| {
            let all = written.iter().filter_map(|(id, _)| index.bookings.get(id));
            all.filter(|b| b.status.as_str() == "booked").map(|b| tell(index, &names, b)).collect()
        });
        let answer = match told.len() {
            1 => told.remove(0),
            _ => Json::object([("appointments", Json::Array(told))]),
        };
        Ok(RouteReply::json(201, &answer))
    }
}

/// Every week or every month, and how many times.
fn series(form: &Form<'_>) -> Option<(bool, i64)> {
    let series = form.json().get("series")?;
    let times = series.get("times").and_then(Json::as_number).and_then(|n| n.parse().ok()).unwrap_or(1);
    Some((series.get_str("every") == Some("month"), i64::clamp(times, 1, TIMES_MAX)))
}

/// The same hour of the clinic's clock each time, whatever daylight saving does.
fn starts(first: i64, series: Option<(bool, i64)>) -> Vec<i64> {
    let Some((monthly, times)) = series else { return vec![first] };
    let begin = zone::local(first);
    let on = |n: i64| {
        let span = if monthly { jiff::Span::new().try_months(n) } else { jiff::Span::new().try_weeks(n) };
        span.ok().and_then(|span| begin.date().checked_add(span).ok()).unwrap_or(begin.date())
    };
    (0..times).map(|n| zone::at(on(n), begin.time())).collect()
}

impl Visit {
    pub fn appointment(&self, index: &Index, start: i64) -> Json<'static> {
        let coded = |system: &'static str, code: &'static str| {
            let coding = Json::object([("system", text(system)), ("code", text(code))]);
            Json::object([("coding", Json::array([coding]))])
        };
        let person = Json::object([
            ("reference", text(&self.practitioner)),
            ("display", text(index.name(&self.practitioner))),
        ]);
        let patient = Json::object([("reference", text(format!("Patient/{}", self.patient)))]);
        let participant = |actor: Json<'static>| {
            vec![("actor", actor), ("required", text("required")), ("status", text("accepted"))]
        };
        let mut members = vec![("resourceType", text("Appointment"))];
        if self.overbook {
            members.push(("extension", Json::array([make(OVERBOOKED, "valueBoolean", Json::Bool(true))])));
        }
        members.extend([
            ("status", text("booked")),
            ("serviceCategory", Json::array([coded(KIND, "consultation")])),
        ]);
        members.extend(self.kind.as_ref().map(|k| ("appointmentType", Json::object([("text", text(k))]))));
        members.extend(
            self.reason.as_ref().map(|r| ("reasonCode", Json::array([Json::object([("text", text(r))])]))),
        );
        members.extend([
            ("start", instant(start)),
            ("end", instant(start + self.minutes * MINUTE)),
            ("minutesDuration", Json::integer(self.minutes)),
            (
                "participant",
                Json::array([Json::object(participant(patient)), Json::object(participant(person))]),
            ),
        ]);
        Json::object(members)
    }
}
