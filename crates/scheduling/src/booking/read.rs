//! From the Appointment.

use super::takes::takes;
use super::{Booking, Kind, Member, ROLES, Status};
use crate::element::{
    CASE_NUMBER, CLEANING, HOLD_UNTIL, KIND, LOCK, OVERBOOKED, SETTING, SIDE, TEAM, extension, label, ms,
    number_of, target, text_of,
};
use fhir::Json;

/// Of cleaning, in minutes; more is not believed.
const CLEANING_MAX: i64 = 24 * 60;

impl Booking {
    /// `None` for what has no time and no state to speak of.
    pub fn of(appointment: &Json<'_>, version: u64) -> Option<Booking> {
        let start = appointment.get_str("start").and_then(ms)?;
        let end = appointment.get_str("end").and_then(ms).unwrap_or(start);
        let kind = kind(appointment);
        let cleaning = number_of(appointment, CLEANING).unwrap_or(0).clamp(0, CLEANING_MAX);
        let participants: Vec<(&str, Option<&'static str>)> =
            appointment.each("participant").filter_map(|p| Some((target(p, "actor")?, role(p)))).collect();
        let of_type = |rt: &'static str| {
            participants.iter().filter(move |(who, _)| who.starts_with(rt)).map(|(who, _)| (*who).to_string())
        };
        let mut team: Vec<Member> = participants
            .iter()
            .filter(|(who, _)| who.starts_with("Practitioner/"))
            .map(|(who, role)| Member { role: role.unwrap_or(""), who: (*who).to_string() })
            .collect();
        untold_roles(&mut team);
        let service = appointment.each("serviceType").next();
        let code = service.and_then(|s| s.each("coding").next()).and_then(|c| c.get_str("code"));
        let identifiers = appointment.each("identifier");
        let numbers = identifiers.filter(|i| i.get_str("system") == Some(CASE_NUMBER));
        let booking = Booking {
            id: appointment.get_str("id").unwrap_or_default().to_string(),
            version,
            kind,
            status: status(appointment.get_str("status")?)?,
            case: appointment.each("basedOn").find_map(|r| r.get_str("reference")).map(str::to_string),
            number: numbers.filter_map(|i| i.get_str("value")).next().map(str::to_string),
            patient: of_type("Patient/").next().and_then(|p| p.strip_prefix("Patient/").map(str::to_string)),
            room: of_type("Location/").next(),
            team,
            devices: of_type("Device/").collect(),
            start,
            end,
            cleaning,
            hold_until: text_of(appointment, HOLD_UNTIL).and_then(ms),
            lock: lock(text_of(appointment, LOCK)),
            side: text_of(appointment, SIDE).and_then(side),
            ambulatory: text_of(appointment, SETTING) == Some("ambulatory"),
            act: service.and_then(label).or_else(|| appointment.get_str("description").map(str::to_string)),
            act_code: code.map(str::to_string),
            visit: appointment.get("appointmentType").and_then(label),
            overbooked: extension(appointment, OVERBOOKED)
                .and_then(|e| e.get("valueBoolean"))
                .and_then(Json::as_bool)
                .unwrap_or(false),
            takes: takes(appointment, kind, (start, end), cleaning),
        };
        Some(booking)
    }
}

fn kind(appointment: &Json<'_>) -> Kind {
    let is = |concept: &Json<'_>, code: &str| {
        concept.each("coding").any(|c| c.get_str("system") == Some(KIND) && c.get_str("code") == Some(code))
    };
    let theatre = |c: &Json<'_>| is(c, "theatre") || c.get_str("text") == Some("Bloc opératoire");
    if appointment.each("serviceCategory").any(theatre) {
        return Kind::Theatre;
    }
    match appointment.each("serviceCategory").any(|c| is(c, "consultation")) {
        true => Kind::Consultation,
        false => Kind::Other,
    }
}

fn role(participant: &Json<'_>) -> Option<&'static str> {
    let codes = participant.each("type").flat_map(|t| t.each("coding"));
    let mut ours = codes.filter(|c| c.get_str("system") == Some(TEAM)).filter_map(|c| c.get_str("code"));
    let code = ours.next()?;
    ROLES.iter().find(|(name, _)| *name == code).map(|(name, _)| *name)
}

/// Old bookings do not say who is what: the surgeon stands first, then the anaesthetist.
fn untold_roles(team: &mut [Member]) {
    if team.iter().any(|m| !m.role.is_empty()) {
        return;
    }
    for (member, role) in team.iter_mut().zip(["surgeon", "anaesthetist", "scrub-nurse", "circulating-nurse"])
    {
        member.role = role;
    }
}

fn status(text: &str) -> Option<Status> {
    Some(match text {
        "proposed" => Status::Proposed,
        "pending" => Status::Pending,
        "booked" => Status::Booked,
        "arrived" | "checked-in" => Status::Arrived,
        "fulfilled" => Status::Fulfilled,
        "cancelled" | "noshow" | "entered-in-error" => Status::Cancelled,
        "waitlist" => Status::Waiting,
        _ => return None,
    })
}

pub(crate) fn lock(text: Option<&str>) -> &'static str {
    match text {
        Some("published") => "published",
        Some("locked") => "locked",
        _ => "draft",
    }
}

pub(crate) fn side(text: &str) -> Option<&'static str> {
    match text {
        "right" => Some("right"),
        "left" => Some("left"),
        "both" => Some("both"),
        _ => None,
    }
}
