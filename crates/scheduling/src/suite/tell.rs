//! The plan as JSON: bookings, cases that wait, conflicts, offers.

use super::who::Names;
use crate::booking::clash::{Cause, Clash, ResourceKind};
use crate::booking::{Booking, Member};
use crate::case::Case;
use crate::duration::Durations;
use crate::element::{instant, maybe, text};
use crate::index::Index;
use crate::plan::facility_of;
use crate::plan::offers::Offer;
use crate::words;
use crate::zone::{self, MINUTE};
use fhir::{Json, Lang};
use jiff::civil::Date;

/// What is told of everything.
pub(crate) struct Teller<'a> {
    pub index: &'a Index,
    pub names: &'a Names,
    pub lang: Lang,
}

impl Teller<'_> {
    pub fn patient(&self, id: Option<&str>) -> Json<'static> {
        id.and_then(|id| self.names.get(id)).cloned().unwrap_or(Json::Null)
    }

    pub fn named(&self, what: Option<&str>) -> Json<'static> {
        what.map_or(Json::Null, |what| {
            Json::object([("ref", text(what)), ("name", text(self.index.name(what)))])
        })
    }

    pub fn booking(&self, b: &Booking, durations: &Durations, clashes: &[Clash]) -> Json<'static> {
        let case = b.case.as_ref().and_then(|c| self.index.cases.get(c));
        let course = b.case.as_ref().and_then(|c| self.index.courses.get(c));
        let seen = b.patient.is_none() || b.patient.as_ref().is_some_and(|p| self.names.contains_key(p));
        let act = case.map(|c| c.act.clone()).filter(|a| !a.is_empty()).or_else(|| b.act.clone());
        let prediction = case.map(|c| durations.of(c));
        let whole = |f: fn(&theatre::durations::Prediction) -> f64| {
            prediction.as_ref().map_or(Json::Null, |p| Json::integer(f(p).round() as i64))
        };
        let side = b.side.or(case.and_then(|c| c.side));
        let day = zone::day_of(b.start);
        let late = case.and_then(|c| c.late(day)).map_or(Json::Null, Json::integer);
        let milestones = course
            .into_iter()
            .flat_map(|c| &c.milestones)
            .map(|(code, time)| Json::object([("code", text(code)), ("time", instant(*time))]));
        let hidden = |json: Json<'static>| if seen { json } else { Json::Null };
        Json::object([
            ("id", text(&b.id)),
            ("version", Json::integer(b.version as i64)),
            ("kind", text(if b.kind == crate::booking::Kind::Theatre { "theatre" } else { "consultation" })),
            ("case", maybe(b.case.as_deref())),
            ("number", text(b.spoken())),
            ("patient", self.patient(b.patient.as_deref())),
            ("act", hidden(maybe(act))),
            ("actCode", hidden(maybe(b.act_code.clone().or_else(|| case.and_then(|c| c.act_code.clone()))))),
            ("side", maybe(side)),
            ("room", maybe(b.room.as_deref())),
            ("surgeon", self.named(b.surgeon())),
            ("team", self.team(&b.team)),
            ("devices", Json::Array(b.devices.iter().map(|d| self.named(Some(d))).collect())),
            ("start", instant(b.start)),
            ("end", instant(b.end)),
            ("minutes", Json::integer((b.end - b.start) / MINUTE)),
            ("cleaning", Json::integer(b.cleaning)),
            ("clean", instant(b.clean())),
            ("lock", text(b.lock)),
            ("setting", text(if b.ambulatory { "ambulatory" } else { "inpatient" })),
            ("status", text(b.status.as_str())),
            ("holdUntil", b.hold_until.map_or(Json::Null, instant)),
            ("urgency", text(case.map_or("elective", |c| c.urgency))),
            ("target", case.and_then(|c| c.target).map_or(Json::Null, |d| text(d.to_string()))),
            ("late", late),
            ("caseStatus", text(status(b, case.map(|c| &**c), course.map(|c| c.status)))),
            ("p50", whole(|p| p.p50)),
            ("p80", whole(|p| p.p80)),
            ("p90", whole(|p| p.p90)),
            ("milestones", Json::Array(milestones.collect())),
            ("conflicts", self.conflicts(clashes)),
        ])
    }

    pub fn team(&self, team: &[Member]) -> Json<'static> {
        let one = |m: &Member| {
            Json::object([
                ("role", text(m.role)),
                ("ref", text(&m.who)),
                ("name", text(self.index.name(&m.who))),
            ])
        };
        Json::Array(team.iter().map(one).collect())
    }

    pub fn waiting(&self, case: &Case, minutes: i64, today: Date) -> Json<'static> {
        let day = |d: Option<Date>| d.map_or(Json::Null, |d| text(d.to_string()));
        let seen =
            case.patient.is_none() || case.patient.as_ref().is_some_and(|p| self.names.contains_key(p));
        let hidden = |json: Json<'static>| if seen { json } else { Json::Null };
        let facility = case.wanted.iter().find_map(|w| facility_of(self.index, w));
        let room = case.wanted.iter().find(|w| self.index.room(w).is_some());
        Json::object([
            ("case", text(&case.what)),
            ("number", text(case.spoken())),
            ("patient", self.patient(case.patient.as_deref())),
            ("act", hidden(text(&case.act))),
            ("actCode", hidden(maybe(case.act_code.as_deref()))),
            ("side", maybe(case.side)),
            ("surgeon", self.named(case.surgeon.as_deref())),
            ("minutes", Json::integer(minutes)),
            ("cleaning", Json::integer(case.cleaning.unwrap_or(20))),
            ("setting", text(if case.ambulatory { "ambulatory" } else { "inpatient" })),
            ("nights", Json::integer(case.nights)),
            ("urgency", text(case.urgency)),
            ("notBefore", day(case.not_before)),
            ("target", day(case.target)),
            ("late", case.late(today).map_or(Json::Null, Json::integer)),
            ("facility", maybe(facility)),
            ("room", maybe(room.map(String::as_str))),
            ("requested", day(case.requested)),
            ("status", text(&*case.status)),
        ])
    }

    pub fn conflicts(&self, clashes: &[Clash]) -> Json<'static> {
        Json::Array(clashes.iter().map(|c| self.conflict(c)).collect())
    }

    fn conflict(&self, clash: &Clash) -> Json<'static> {
        let holder = match &clash.cause {
            Cause::Taken(booking) => Some(booking),
            _ => None,
        };
        let kind = match (&clash.cause, clash.resource.kind) {
            (Cause::Unknown, _) => "missing",
            (Cause::Lacking(_), _) => "capability",
            (Cause::Closed(_), ResourceKind::Person) => "absent",
            (Cause::Closed(_), _) => "closed",
            (_, ResourceKind::Person) if !clash.role.is_empty() => clash.role,
            (_, kind) => kind.as_str(),
        };
        // A patient is named by nothing but what the caller may see of them.
        let resource = (clash.resource.kind != ResourceKind::Patient).then_some(clash.what.as_str());
        let name = resource.map(|what| self.index.name(what));
        Json::object([
            ("kind", text(kind)),
            ("resource", maybe(resource)),
            ("name", maybe(name)),
            ("holder", maybe(holder.map(|b| b.spoken()))),
            ("booking", maybe(holder.map(|b| b.id.clone()))),
            ("from", instant(clash.from)),
            ("until", instant(clash.until)),
            ("minutes", Json::integer(clash.minutes())),
            ("text", text(words::issue(clash).sentence(self.lang))),
        ])
    }

    pub fn offers(&self, offers: &[Offer]) -> Json<'static> {
        Json::Array(offers.iter().map(|o| self.offer(o)).collect())
    }

    pub fn offer(&self, offer: &Offer) -> Json<'static> {
        let room = self.index.name(&offer.room);
        let day = zone::spoken(zone::day_of(offer.start), self.lang);
        Json::object([
            ("room", text(&offer.room)),
            ("roomName", text(room.clone())),
            ("start", instant(offer.start)),
            ("end", instant(offer.end)),
            ("cost", Json::integer(offer.cost)),
            ("text", text(format!("{day}, {}, {room}", zone::hour(offer.start)))),
        ])
    }

    /// 409: what stands in the way, and the places instead.
    pub fn refusal(&self, clashes: &[Clash], offers: &[Offer]) -> Json<'static> {
        let issue = |c: &Clash| {
            let details = Json::object([("text", text(words::issue(c).sentence(self.lang)))]);
            Json::object([("severity", text("error")), ("code", text("conflict")), ("details", details)])
        };
        Json::object([
            ("resourceType", text("OperationOutcome")),
            ("issue", Json::Array(clashes.iter().map(issue).collect())),
            ("conflicts", self.conflicts(clashes)),
            ("offers", self.offers(offers)),
        ])
    }
}

/// The one word for how far a case is.
pub(crate) fn status(booking: &Booking, case: Option<&Case>, course: Option<&'static str>) -> &'static str {
    match case.map(|c| &*c.status) {
        Some("revoked") => return "cancelled",
        Some("on-hold") => return "postponed",
        _ => {}
    }
    match (course.filter(|c| *c != "cancelled"), booking.status.as_str()) {
        (Some(course), _) => course,
        (None, "fulfilled") => "completed",
        (None, "cancelled") => "cancelled",
        (None, _) => "scheduled",
    }
}
