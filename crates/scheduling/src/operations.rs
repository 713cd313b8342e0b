//! `Appointment/$find`, `$hold`, `$book` (the shapes of Argonaut Scheduling 1.0.0, on R4): Parameters in, a Bundle of
//! proposed Appointments or the Appointment out.

use crate::agenda::free;
use crate::booking::Booking;
use crate::booking::clash::clashes;
use crate::element::{HOLD_UNTIL, KIND, instant, ms, set, text};
use crate::index::{At, Index, Shelves};
use crate::suite::book::ahead;
use crate::suite::save::{Change, Saved, lapsed, save, stored};
use crate::suite::who::{may_book, staff};
use crate::words;
use crate::zone::{self, DAY, MINUTE};
use async_trait::async_trait;
use fhir::{Code, Issue, Json, ResourceType, Text};
use service::{Access, Form, Handler, Method, Route, RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Error, Result};

const HOLD_MS: i64 = 10 * MINUTE;
const FOUND_MAX: usize = 200;
const SPAN_MAX: i64 = 31 * DAY;

const WRONG: Text = Text {
    key: "scheduling.operation-parameters",
    fr: "Envoyez une ressource Parameters avec les paramètres de l'opération : $find prend « start », « end » (au plus 31 jours), « practitioner » et au besoin « duration » (minutes) ; $hold et $book prennent « appt-resource » (un rendez-vous) ou « appt-id ».",
    en: "Send a Parameters resource with the operation's parameters: $find takes \"start\", \"end\" (31 days at most), \"practitioner\" and maybe \"duration\" (minutes); $hold and $book take \"appt-resource\" (an Appointment) or \"appt-id\".",
    de: "Senden Sie eine Parameters-Ressource mit den Parametern der Operation: $find nimmt „start“, „end“ (höchstens 31 Tage), „practitioner“ und bei Bedarf „duration“ (Minuten); $hold und $book nehmen „appt-resource“ (einen Termin) oder „appt-id“.",
};
const LAPSED: Text = Text {
    key: "scheduling.hold-lapsed",
    fr: "Cette option n'est plus valable : cherchez une autre place.",
    en: "This hold has lapsed: look for another place.",
    de: "Diese Option ist abgelaufen: Suchen Sie einen anderen Termin.",
};

pub(crate) fn routes(shelves: &Arc<Shelves>) -> Vec<Route> {
    let route = |path, summary, verb| Route {
        method: Method::Post,
        path,
        summary,
        access: Access::SignedIn,
        handler: Arc::new(Operation { shelves: shelves.clone(), verb }),
    };
    vec![
        route("/fhir/Appointment/$find", "Free appointments of a professional", Verb::Find),
        route("/fhir/Appointment/$hold", "Holds an appointment for a while", Verb::Hold),
        route("/fhir/Appointment/$book", "Books an appointment", Verb::Book),
    ]
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    Find,
    Hold,
    Book,
}

struct Operation {
    shelves: Arc<Shelves>,
    verb: Verb,
}

#[async_trait]
impl Handler for Operation {
    async fn handle(&self, cx: RouteCtx, request: RouteRequest) -> Result<RouteReply> {
        let form = Form::read(&request.body)?;
        if form.json().get_str("resourceType") != Some("Parameters") {
            return Err(wrong("resourceType"));
        }
        let answer = match self.verb {
            Verb::Find => self.find(&cx, form.json()).await?,
            Verb::Hold | Verb::Book => self.settle(&cx, form.json()).await?,
        };
        Ok(RouteReply::json(200, &answer).with("content-type", "application/fhir+json; charset=utf-8"))
    }
}

fn wrong(place: &'static str) -> Error {
    Issue::error(Code::Invalid, WRONG).at(place).into()
}

/// The parameter of that name.
fn parameter<'a>(json: &'a Json<'_>, name: &str) -> Option<&'a Json<'a>> {
    let json: &'a Json<'a> = json;
    json.each("parameter").find(|p| p.get_str("name") == Some(name))
}

/// Its value, whatever its type.
fn value<'a>(json: &'a Json<'_>, name: &str) -> Option<&'a Json<'a>> {
    let members = parameter(json, name)?.as_object()?;
    members.iter().find(|(member, _)| member.starts_with("value")).map(|(_, value)| value)
}

impl Operation {
    async fn find(&self, cx: &RouteCtx, json: &Json<'_>) -> Result<Json<'static>> {
        staff(cx).await?;
        let time = |name: &'static str| {
            value(json, name).and_then(Json::as_str).and_then(ms).ok_or_else(|| wrong(name))
        };
        let (start, end) = (time("start")?, time("end")?);
        if start >= end || end - start > SPAN_MAX {
            return Err(wrong("end"));
        }
        let who = value(json, "practitioner")
            .and_then(|v| v.get_str("reference").or(v.as_str()))
            .map(|w| if w.contains('/') { w.to_string() } else { format!("Practitioner/{w}") })
            .ok_or_else(|| wrong("practitioner"))?;
        let minutes: i64 = match value(json, "duration").and_then(Json::as_number) {
            Some(said) => {
                said.parse().ok().filter(|n| (5..=480).contains(n)).ok_or_else(|| wrong("duration"))?
            }
            None => 20,
        };
        let now = cx.ctx.clock.now_ms();
        let shelf = self.shelves.fresh(cx).await?;
        cx.tenant.audit_operation(&cx.ctx, "appointment-find", None).await?;
        shelf.read(|index| {
            if !index.people.contains_key(&who) {
                return Err(wrong("practitioner"));
            }
            let days = (zone::day_of(start), zone::day_of(end));
            let all = free(index, &who, days, minutes, now);
            let within = all.into_iter().filter(|(from, until)| *from >= start && *until <= end);
            let entries = within.take(FOUND_MAX).map(|(from, until)| {
                Json::object([("resource", proposed(index, &who, (from, until), minutes))])
            });
            Ok(Json::object([
                ("resourceType", text("Bundle")),
                ("type", text("searchset")),
                ("entry", Json::Array(entries.collect())),
            ]))
        })
    }

    async fn settle(&self, cx: &RouteCtx, json: &Json<'_>) -> Result<Json<'static>> {
        let now = cx.ctx.clock.now_ms();
        let known =
            value(json, "appt-id").and_then(Json::as_str).map(|id| id.trim_start_matches("Appointment/"));
        let change = match known {
            Some(id) => {
                let (before, version) = stored(cx, id).await?;
                let old = Booking::of(&before, version).ok_or(Error::NotFound)?;
                if old.status.as_str() != "pending" || old.is_lapsed(now) {
                    return Err(Error::refused(Code::Conflict, LAPSED));
                }
                let after = before.clone();
                Change { id: id.to_string(), version: Some(version), before: Some(before), json: after }
            }
            None => {
                let given = parameter(json, "appt-resource").and_then(|p| p.get("resource"));
                let given = given.filter(|r| r.get_str("resourceType") == Some("Appointment"));
                Change::new(cx, given.ok_or_else(|| wrong("appt-resource"))?.clone().into_owned())
            }
        };
        let mut change = self.as_wanted(change, now);
        let mut booking = Booking::of(&change.json, 0).ok_or_else(|| wrong("appt-resource"))?;
        booking.id.clone_from(&change.id);
        may_book(cx, booking.patient.as_deref()).await?;
        ahead(booking.start, now)?;
        let shelf = self.shelves.fresh(cx).await?;
        let found = shelf.read(|index| clashes(&mut At { index, now }, &booking, &[], &|_| false))?;
        if !found.is_empty() {
            return Err(Error::Refused(found.iter().map(words::issue).collect()));
        }
        let mut changes = lapsed(cx, &shelf, &booking).await?;
        if let Some(object) = change.json.as_object_mut() {
            object.remove("id");
        }
        let id = change.id.clone();
        changes.push(change);
        match save(cx, if self.verb == Verb::Hold { "hold" } else { "book" }, changes).await? {
            Saved::Refused(issues) => Err(Error::Refused(issues)),
            Saved::Done(_) => {
                let found = cx.tenant.read(&cx.ctx, ResourceType::APPOINTMENT, &id).await?;
                let json = fhir::json::parse(&found.body)
                    .map_err(|_| Error::Corrupt("a stored Appointment".into()))?;
                Ok(json.into_owned())
            }
        }
    }

    /// Pending for a while, or booked.
    fn as_wanted(&self, mut change: Change, now: i64) -> Change {
        let hold = self.verb == Verb::Hold;
        let until = hold.then(|| ("valueInstant", instant(now + HOLD_MS)));
        set(&mut change.json, HOLD_UNTIL, until);
        let kind = change.json.get("serviceCategory").is_none();
        if let Some(edit) = fhir::edit::edit(&mut change.json) {
            let edit = edit.set("status", text(if hold { "pending" } else { "booked" }));
            if kind {
                edit.set("serviceCategory", Json::array([consultation()]));
            }
        }
        change
    }
}

fn consultation() -> Json<'static> {
    let coding = Json::object([("system", text(KIND)), ("code", text("consultation"))]);
    Json::object([("coding", Json::array([coding]))])
}

fn proposed(index: &Index, who: &str, (from, until): (i64, i64), minutes: i64) -> Json<'static> {
    let actor = Json::object([("reference", text(who)), ("display", text(index.name(who)))]);
    let participant =
        Json::object([("actor", actor), ("required", text("required")), ("status", text("needs-action"))]);
    Json::object([
        ("resourceType", text("Appointment")),
        ("status", text("proposed")),
        ("serviceCategory", Json::array([consultation()])),
        ("start", instant(from)),
        ("end", instant(until)),
        ("minutesDuration", Json::integer(minutes)),
        ("participant", Json::array([participant])),
    ])
}
