//! What makes a surgical order a case, and an appointment a booking of the theatre.

use crate::archetype::Pathway;
use crate::calendar::{Moment, plus_days};
use crate::element::{J, Resource, identifier, object, period, reference, text};
use crate::world::World;
use fhir::Json;
use jiff::civil::Date;
use std::collections::HashMap;

/// What is taken in the theatre.
#[derive(Default)]
pub struct Theatre {
    /// Cases that nobody has booked, so far.
    pub waiting: usize,
    /// How many of a pool are used on a day.
    used: HashMap<(String, Date), i64>,
    /// When the rooms were clean again.
    pub flow: super::course::Flow,
    /// Urgent cases that still want a patient.
    pub urgent: Vec<super::emergencies::Urgent>,
}

/// Whose case it is and what is done.
pub struct Case<'a> {
    pub n: u64,
    pub pathway: &'static Pathway,
    pub surgeon: &'a str,
    pub nights: i64,
}

fn extension(url: &str, name: &'static str, value: J) -> J {
    object(vec![("url", text(url)), (name, value)])
}

pub fn is_local(pathway: &Pathway) -> bool {
    pathway.anaesthesia.contains("topique")
}

fn cleaning(pathway: &Pathway) -> i64 {
    if pathway.minutes.1 >= 75 { 20 } else { 15 }
}

/// The order as a case: surgeon, minutes, target day, needs.
pub fn as_case(world: &World, order: Resource, case: &Case<'_>, (minutes, day): (i64, Date)) -> Resource {
    let pathway = case.pathway;
    let site = site_of(pathway.rooms.first().map_or("", String::as_str));
    let concept = |label: &str| object(vec![("text", text(label))]);
    let ambulatory = case.nights == 0;
    let mut extensions = vec![
        extension("urn:medhub:case:urgency", "valueCode", text("elective")),
        extension("urn:medhub:case:anaesthesia", "valueCodeableConcept", concept(&pathway.anaesthesia)),
        extension(
            "urn:medhub:case:setting",
            "valueCode",
            text(if ambulatory { "ambulatory" } else { "inpatient" }),
        ),
        extension("urn:medhub:case:nights", "valueUnsignedInt", Json::integer(case.nights)),
        extension("urn:medhub:case:minutes", "valueUnsignedInt", Json::integer(minutes)),
        extension("urn:medhub:case:cleaning", "valueUnsignedInt", Json::integer(cleaning(pathway))),
    ];
    for row in world.data.equipment.iter().filter(|r| r.text(6).split(',').any(|a| a == pathway.act)) {
        let device = reference(&format!("Device/{}", world.id(&format!("device/{}", row.text(0)))));
        let parts = vec![
            extension("kind", "valueCode", text(row.text(2))),
            extension("what", "valueReference", device),
            extension("count", "valueUnsignedInt", Json::integer(1)),
        ];
        extensions
            .push(object(vec![("url", text("urn:medhub:case:need")), ("extension", Json::Array(parts))]));
    }
    let performer =
        world.professional(case.surgeon).map(|p| crate::element::named(&p.reference, &p.display()));
    let number = identifier("urn:medhub:case", &format!("BLOC-{:05}-{}", case.n, pathway.act));
    let from = plus_days(day, -30).min(world.today);
    order
        .list("extension", extensions)
        .list("identifier", vec![number])
        .list("performer", performer.into_iter().collect())
        .list("locationReference", vec![reference(&world.location(site))])
        .with("occurrencePeriod", period(from.to_string(), Some(day.to_string())))
}

pub fn site_of(room: &str) -> &'static str {
    if matches!(room, "or5" | "or6") { "site2" } else { "site1" }
}

pub fn kind() -> J {
    let coding = object(vec![
        ("system", text("urn:medhub:appointment-kind")),
        ("code", text("theatre")),
        ("display", text("Bloc opératoire")),
    ]);
    object(vec![("coding", Json::array([coding])), ("text", text("Bloc opératoire"))])
}

/// A participant of the team.
pub fn member(actor: J, role: &str) -> J {
    let coding = object(vec![("system", text("urn:medhub:team")), ("code", text(role))]);
    object(vec![
        ("type", Json::array([object(vec![("coding", Json::array([coding]))])])),
        ("actor", actor),
        ("required", text("required")),
        ("status", text("accepted")),
    ])
}

pub fn of_booking(pathway: &Pathway, side: Option<&str>, day: Date, today: Date) -> Vec<J> {
    let side = match side {
        Some("24028007") => Some("right"),
        Some("7771000") => Some("left"),
        Some(_) => Some("both"),
        None => None,
    };
    let ambulatory = pathway.nights.0 == 0;
    let lock = if day <= plus_days(today, 2) { "published" } else { "draft" };
    let mut out = vec![
        extension("urn:medhub:booking:cleaning", "valueUnsignedInt", Json::integer(cleaning(pathway))),
        extension("urn:medhub:booking:lock", "valueCode", text(lock)),
        extension(
            "urn:medhub:booking:setting",
            "valueCode",
            text(if ambulatory { "ambulatory" } else { "inpatient" }),
        ),
    ];
    out.extend(side.map(|side| extension("urn:medhub:booking:side", "valueCode", text(side))));
    out
}

/// Nurses, equipment and a recovery bed of a booking, as far as they are free.
pub fn around(world: &mut World, pathway: &Pathway, (room, start, minutes): (&str, Moment, u16)) -> Vec<J> {
    let site = site_of(room);
    let mut out = Vec::new();
    for role in ["scrub-nurse", "circulating-nurse"] {
        let keys: Vec<&'static str> =
            world.staff.iter().filter(|p| p.specialty == "SI06" && p.site == site).map(|p| p.key).collect();
        let nurse = keys.into_iter().find(|key| world.board.join(key, start, minutes));
        let nurse = nurse.and_then(|key| world.professional(key));
        out.extend(nurse.map(|p| member(crate::element::named(&p.reference, &p.display()), role)));
    }
    let held = |actor: J, from: Moment, until: Moment| {
        object(vec![
            ("actor", actor),
            ("required", text("required")),
            ("status", text("accepted")),
            ("period", period(from.text(), Some(until.text()))),
        ])
    };
    let end = start.plus(minutes);
    let rows: Vec<_> = world.data.equipment.iter().filter(|r| r.text(1) == site).collect();
    for row in rows.into_iter().filter(|r| r.text(6).split(',').any(|a| a == pathway.act)) {
        let key = row.text(0).to_string();
        let (count, turnaround) = (row.number(4).unwrap_or(1.0) as i64, row.number(5).unwrap_or(0.0) as u16);
        // What can be used again at once is counted by its hours; a tray is used once a day.
        let free = match turnaround {
            0 if count == 1 => world.board.join(&key, start, minutes),
            _ => {
                let used = world.theatre.used.entry((key.clone(), start.day)).or_default();
                *used += 1;
                *used <= count
            }
        };
        if free {
            let device = format!("Device/{}", world.id(&format!("device/{key}")));
            out.push(held(crate::element::named(&device, row.text(3)), start, end.plus(turnaround)));
        }
    }
    if !is_local(pathway) {
        let key = if site == "site1" { "pacu1" } else { "pacu2" };
        let bed = crate::element::named(&world.location(key), world.location_name(key));
        out.push(held(bed, end, end.plus(60)));
    }
    out
}
