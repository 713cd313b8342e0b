//! Rooms, sites, beds, people and equipment, as far as bookings need to know them.

use crate::booking::clash::{Resource, ResourceKind};
use crate::closure::hour;
use crate::element::{
    BEDS, CAPABILITY, HOURS, POOL, TURNAROUND, extension, extensions, label, number_of, target, value_text,
};
use fhir::Json;
use jiff::civil::Time;

const PHYSICAL: &str = "http://terminology.hl7.org/CodeSystem/location-physical-type";
/// Minutes; more is not believed.
const TURNAROUND_MAX: i64 = 24 * 60;
const COUNT_MAX: i64 = 200;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Room {
    /// `Location/…`.
    pub what: String,
    pub name: String,
    pub short: String,
    /// `Location/…` of the site.
    pub facility: String,
    pub capabilities: Vec<String>,
    /// Regular hours on working days.
    pub hours: (Time, Time),
    pub active: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Facility {
    pub what: String,
    pub name: String,
    pub organization: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Beds {
    pub what: String,
    pub name: String,
    pub facility: String,
    pub count: usize,
    pub intensive: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Device {
    pub what: String,
    pub name: String,
    pub tray: bool,
    pub count: usize,
    /// Minutes.
    pub turnaround: i64,
    pub facility: Option<String>,
}

/// What a Location is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Room(Room),
    Facility(Facility),
    Beds(Beds),
    Other,
}

pub(crate) fn part_of(location: &Json<'_>) -> Option<String> {
    target(location, "partOf").map(str::to_string)
}

impl Place {
    pub fn of(location: &Json<'_>) -> Place {
        let what = format!("Location/{}", location.get_str("id").unwrap_or_default());
        let name = location.get_str("name").unwrap_or_default().to_string();
        let facility = part_of(location).unwrap_or_default();
        let physical = |code: &str| {
            location.get("physicalType").is_some_and(|t| {
                t.each("coding")
                    .any(|c| c.get_str("system") == Some(PHYSICAL) && c.get_str("code") == Some(code))
            })
        };
        let count = number_of(location, BEDS).filter(|n| (1..=COUNT_MAX).contains(n));
        if let Some(count) = count {
            let codes = location.each("type").flat_map(|t| t.each("coding"));
            let intensive = codes.filter_map(|c| c.get_str("code")).any(|c| c == "ICU");
            return Place::Beds(Beds { what, name, facility, count: count as usize, intensive });
        }
        if physical("si") {
            let organization = target(location, "managingOrganization").map(str::to_string);
            return Place::Facility(Facility { what, name, organization });
        }
        if !physical("ro") {
            return Place::Other;
        }
        let short = location.each("alias").find_map(|a| a.as_str()).unwrap_or(&name).to_string();
        let capabilities =
            extensions(location, CAPABILITY).filter_map(value_text).map(str::to_string).collect();
        let active = !matches!(location.get_str("status"), Some("inactive" | "suspended"));
        Place::Room(Room { what, name, short, facility, capabilities, hours: hours(location), active })
    }
}

/// `08:00`–`18:00` unless the room says other hours.
fn hours(location: &Json<'_>) -> (Time, Time) {
    let usual = (Time::constant(8, 0, 0, 0), Time::constant(18, 0, 0, 0));
    let Some(said) = extension(location, HOURS) else { return usual };
    let part = |url: &str| {
        said.each("extension").find(|e| e.get_str("url") == Some(url)).and_then(value_text).and_then(hour)
    };
    match (part("from"), part("until")) {
        (Some(from), Some(until)) if from < until => (from, until),
        _ => usual,
    }
}

impl Device {
    pub fn of(device: &Json<'_>) -> Device {
        let kind = device
            .get("type")
            .map(|t| t.each("coding").filter_map(|c| c.get_str("code")).any(|c| c == "tray"));
        let given = device.each("deviceName").find_map(|n| n.get_str("name").map(str::to_string));
        let count = number_of(device, POOL).unwrap_or(1).clamp(0, COUNT_MAX) as usize;
        let usable = !matches!(device.get_str("status"), Some("inactive" | "entered-in-error"));
        let turnaround = number_of(device, TURNAROUND).unwrap_or(0).clamp(0, TURNAROUND_MAX);
        Device {
            what: format!("Device/{}", device.get_str("id").unwrap_or_default()),
            name: given.or_else(|| device.get("type").and_then(label)).unwrap_or_default(),
            tray: kind.unwrap_or(false) || turnaround >= 60,
            count: if usable { count } else { 0 },
            turnaround,
            facility: target(device, "location").map(str::to_string),
        }
    }
}

/// A resource as the check wants it, read from the one that `what` names. A person, a patient: one each.
pub(crate) fn resource(what: &str, json: Option<&Json<'_>>) -> Option<Resource> {
    let one = |name: String, kind: ResourceKind, capacity: usize| {
        Some(Resource { name, kind, capacity, turnaround: 0 })
    };
    let rt = what.split_once('/')?.0;
    match (rt, json) {
        ("Patient", _) => one(String::new(), ResourceKind::Patient, 1),
        ("Practitioner", json) => one(json.map(person).unwrap_or_default(), ResourceKind::Person, 1),
        ("Device", Some(json)) => Some(of_device(&Device::of(json))),
        ("Device", None) => one(String::new(), ResourceKind::Equipment, 0),
        ("Location", Some(json)) => of_place(&Place::of(json)),
        ("Location", None) => one(String::new(), ResourceKind::Room, 0),
        _ => None,
    }
}

pub(crate) fn of_device(device: &Device) -> Resource {
    let kind = if device.tray { ResourceKind::Tray } else { ResourceKind::Equipment };
    Resource { name: device.name.clone(), kind, capacity: device.count, turnaround: device.turnaround }
}

pub(crate) fn of_place(place: &Place) -> Option<Resource> {
    let (name, kind, capacity) = match place {
        Place::Room(room) => (&room.name, ResourceKind::Room, usize::from(room.active)),
        Place::Beds(beds) if beds.intensive => (&beds.name, ResourceKind::IntensiveCare, beds.count),
        Place::Beds(beds) => (&beds.name, ResourceKind::Recovery, beds.count),
        Place::Facility(_) | Place::Other => return None,
    };
    Some(Resource { name: name.clone(), kind, capacity, turnaround: 0 })
}

/// `Dr Claire Fontaine`, as staff are shown.
pub(crate) fn person(practitioner: &Json<'_>) -> String {
    let Some(name) = practitioner.each("name").next() else { return String::new() };
    if let Some(text) = name.get_str("text") {
        return text.to_string();
    }
    let parts = name.each("prefix").chain(name.each("given")).filter_map(|part| part.as_str());
    let all: Vec<&str> = parts.chain(name.get_str("family")).collect();
    all.join(" ")
}
