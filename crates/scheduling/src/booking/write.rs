//! To the Appointment.

use super::{Booking, Member};
use crate::case::Case;
use crate::element::{
    CLEANING, HOLD_UNTIL, KIND, LOCK, SETTING, SIDE, TEAM, instant, make, ms, set, target, text,
};
use crate::words;
use crate::zone::MINUTE;
use fhir::Json;

/// Where, when and with whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub room: String,
    pub start: i64,
    pub minutes: i64,
    pub cleaning: i64,
    pub team: Vec<Member>,
    /// `Device/…` or `Location/…` of beds, and until how many minutes after the start (from, until) they are held.
    pub extras: Vec<Extra>,
    pub status: &'static str,
    pub lock: &'static str,
    pub hold_until: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Extra {
    pub what: String,
    pub from: i64,
    pub until: i64,
}

impl Place {
    pub fn end(&self) -> i64 {
        self.start + self.minutes * MINUTE
    }
}

/// The Appointment of a case; `name` tells how rooms and staff are shown.
pub(crate) fn appointment(case: &Case, place: &Place, name: &dyn Fn(&str) -> String) -> Json<'static> {
    let concept = |system: &'static str, code: &'static str| {
        let coding = Json::object([("system", Json::string(system)), ("code", Json::string(code))]);
        Json::object([("coding", Json::array([coding]))])
    };
    let side = case.side.map(|side| make(SIDE, "valueCode", text(side)));
    let setting = if case.ambulatory { "ambulatory" } else { "inpatient" };
    let mut extensions = vec![
        make(CLEANING, "valueUnsignedInt", Json::integer(place.cleaning)),
        make(LOCK, "valueCode", text(place.lock)),
        make(SETTING, "valueCode", text(setting)),
    ];
    extensions.extend(side);
    extensions.extend(place.hold_until.map(|until| make(HOLD_UNTIL, "valueInstant", instant(until))));
    let mut members = vec![
        ("resourceType", text("Appointment")),
        ("extension", Json::Array(extensions)),
        ("status", text(place.status)),
        ("serviceCategory", Json::array([concept(KIND, "theatre")])),
        ("serviceType", Json::array([act(case)])),
        ("start", instant(place.start)),
        ("end", instant(place.end())),
        ("minutesDuration", Json::integer(place.minutes)),
        ("basedOn", Json::array([Json::object([("reference", text(&case.what))])])),
        ("participant", Json::Array(participants(case.patient.as_deref(), place, name))),
    ];
    if let Some(number) = &case.number {
        let number = [("system", text(crate::element::CASE_NUMBER)), ("value", text(number))];
        members.push(("identifier", Json::array([Json::object(number)])));
    }
    Json::object(members)
}

/// What is done, with its side spelled out.
fn act(case: &Case) -> Json<'static> {
    let shown = match case.side {
        Some(side) => format!("{} – {}", case.act, words::side(side)),
        None => case.act.clone(),
    };
    let mut members = Vec::new();
    if let (Some(system), Some(code)) = (&case.act_system, &case.act_code) {
        let coding = [("system", text(system)), ("code", text(code)), ("display", text(&case.act))];
        members.push(("coding", Json::array([Json::object(coding)])));
    }
    members.push(("text", text(shown)));
    Json::object(members)
}

fn participants(patient: Option<&str>, place: &Place, name: &dyn Fn(&str) -> String) -> Vec<Json<'static>> {
    let named = |what: &str| {
        let shown = name(what);
        let shown = (shown != what).then(|| ("display", text(shown)));
        Json::object([("reference", text(what))].into_iter().chain(shown))
    };
    let participant = |actor: Json<'static>| {
        vec![("actor", actor), ("required", text("required")), ("status", text("accepted"))]
    };
    let mut out = Vec::new();
    if let Some(patient) = patient {
        let actor = Json::object([("reference", text(format!("Patient/{patient}")))]);
        out.push(Json::object(participant(actor)));
    }
    out.push(Json::object(participant(named(&place.room))));
    for member in &place.team {
        let mut one = participant(named(&member.who));
        if !member.role.is_empty() {
            let coding = Json::object([("system", text(TEAM)), ("code", text(member.role))]);
            one.insert(0, ("type", Json::array([Json::object([("coding", Json::array([coding]))])])));
        }
        out.push(Json::object(one));
    }
    for extra in &place.extras {
        let mut one = participant(named(&extra.what));
        let period = [("start", instant(extra.from)), ("end", instant(extra.until))];
        one.push(("period", Json::object(period)));
        out.push(Json::object(one));
    }
    out
}

/// The same Appointment at another place. What else it holds (pools, beds) moves along by as much.
pub(crate) fn moved(
    old: &Json<'_>,
    booking: &Booking,
    place: &Place,
    name: &dyn Fn(&str) -> String,
) -> Json<'static> {
    let mut json = old.clone().into_owned();
    let shift = place.start - booking.start;
    let kept: Vec<Json<'static>> = old
        .each("participant")
        .filter(|p| target(p, "actor").is_some_and(|a| is_extra(a, booking)))
        .map(|p| shifted(p.clone().into_owned(), shift, place.end() - booking.end))
        .collect();
    let bare = Place { extras: Vec::new(), ..place.clone() };
    let mut participants = participants(booking.patient.as_deref(), &bare, name);
    participants.extend(kept);
    set(&mut json, CLEANING, Some(("valueUnsignedInt", Json::integer(place.cleaning))));
    set(&mut json, LOCK, Some(("valueCode", text(place.lock))));
    set(&mut json, HOLD_UNTIL, place.hold_until.map(|until| ("valueInstant", instant(until))));
    if let Some(edit) = fhir::edit::edit(&mut json) {
        edit.set("status", text(place.status))
            .set("start", instant(place.start))
            .set("end", instant(place.end()))
            .set("minutesDuration", Json::integer(place.minutes))
            .set("participant", Json::Array(participants));
    }
    json
}

fn is_extra(actor: &str, booking: &Booking) -> bool {
    let room = booking.room.as_deref() == Some(actor);
    !room && !actor.starts_with("Practitioner/") && !actor.starts_with("Patient/")
}

/// A period that begins with the case moves with its start; one that begins at its end, with its end.
fn shifted(mut participant: Json<'static>, by_start: i64, by_end: i64) -> Json<'static> {
    let bed = target(&participant, "actor").is_some_and(|a| a.starts_with("Location/"));
    let Some(period) = participant.as_object_mut().and_then(|o| o.get_mut("period")) else {
        return participant;
    };
    let (first, last) = (if bed { by_end } else { by_start }, by_end);
    for (name, by) in [("start", first), ("end", last)] {
        let at = period.get_str(name).and_then(ms);
        if let (Some(at), Some(object)) = (at, period.as_object_mut()) {
            object.set(name, instant(at + by));
        }
    }
    participant
}
