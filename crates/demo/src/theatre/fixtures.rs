//! What stands before any patient comes: beds and capabilities, equipment, vacations, closures.

use crate::archetype::Pathway;
use crate::calendar::{Moment, plus_days};
use crate::element::{CCAM, J, Resource, concept, named, object, period, reference, text};
use crate::table::Row;
use crate::world::World;
use fhir::Json;

/// Extensions of a Location from its row: beds, capabilities.
pub fn of_place(row: &Row) -> Vec<J> {
    let beds = row.number(5).map(|n| {
        object(vec![("url", text("urn:medhub:beds")), ("valueUnsignedInt", Json::integer(n as i64))])
    });
    let capabilities = row.text(6).split(',').filter(|c| !c.is_empty());
    let capabilities = capabilities
        .map(|c| object(vec![("url", text("urn:medhub:room:capability")), ("valueCode", text(c))]));
    beds.into_iter().chain(capabilities).collect()
}

pub fn fixtures(world: &World) -> Vec<Resource> {
    let mut out: Vec<Resource> = world.data.equipment.iter().map(|row| device(world, row)).collect();
    out.extend(world.data.pathways.iter().filter_map(|pathway| act(world, pathway)));
    out.extend(world.data.blocks.iter().enumerate().map(|(n, row)| block(world, n, row)));
    let mut owners: Vec<&str> = Vec::new();
    for (n, row) in world.data.absences.iter().enumerate() {
        let key = row.text(0);
        if world.professional(key).is_some() && !owners.contains(&key) {
            owners.push(key);
            out.extend(agenda(world, key));
        }
        out.push(absence(world, n, row));
    }
    out
}

fn device(world: &World, row: &Row) -> Resource {
    let number = |url: &str, column| {
        let n = row.number(column).unwrap_or(0.0) as i64;
        object(vec![("url", text(url)), ("valueUnsignedInt", Json::integer(n))])
    };
    let kind = if row.text(2) == "tray" { "Boîte d'instruments" } else { "Équipement de bloc" };
    let name = object(vec![("name", text(row.text(3))), ("type", text("user-friendly-name"))]);
    Resource::new("Device", world.id(&format!("device/{}", row.text(0))))
        .list("extension", vec![number("urn:medhub:pool", 4), number("urn:medhub:turnaround", 5)])
        .text("status", "active")
        .list("deviceName", vec![name])
        .with("type", concept("urn:medhub:device-kind", row.text(2), kind))
        .with("owner", reference(&world.organization(row.text(1))))
        .with("location", reference(&world.location(row.text(1))))
}

/// What an act asks of a room, whoever requests it.
fn act(world: &World, pathway: &Pathway) -> Option<Resource> {
    let part = |url: &str, name: &'static str, value: J| object(vec![("url", text(url)), (name, value)]);
    let needed = (!pathway.needs.is_empty()).then_some(&pathway.needs)?;
    let parts = vec![
        part("kind", "valueCode", text("capability")),
        part("what", "valueCodeableConcept", concept("urn:medhub:room:capability", needed, "")),
    ];
    let need = object(vec![("url", text("urn:medhub:case:need")), ("extension", Json::Array(parts))]);
    let act = Resource::new("ActivityDefinition", world.id(&format!("act/{}", pathway.act)))
        .list("extension", vec![need])
        .list("identifier", vec![object(vec![("system", text(CCAM)), ("value", text(pathway.act.clone()))])])
        .text("title", pathway.label.clone())
        .text("status", "active")
        .text("kind", "ServiceRequest")
        .with("code", concept(CCAM, &pathway.act, &pathway.label));
    Some(act)
}

/// A vacation: a Schedule of a room and its owner, with its weekly hours.
fn block(world: &World, n: usize, row: &Row) -> Resource {
    let (room, owner) = (row.text(0), row.text(1));
    let part = |url: &str, name: &'static str, value: J| object(vec![("url", text(url)), (name, value)]);
    let number = |column| Json::integer(row.number(column).unwrap_or(1.0) as i64);
    let parts = vec![
        part("weekday", "valueUnsignedInt", number(2)),
        part("from", "valueString", text(row.text(3))),
        part("until", "valueString", text(row.text(4))),
        part("weeks", "valueCode", text(row.text(5))),
        part("release", "valueUnsignedInt", number(6)),
    ];
    let extension = object(vec![("url", text("urn:medhub:block")), ("extension", Json::Array(parts))]);
    let mut actors = vec![named(&world.location(room), world.location_name(room))];
    actors.extend(world.professional(owner).map(|p| named(&p.reference, &p.display())));
    let horizon = period(
        plus_days(world.today, -7 * super::recent::WEEKS).to_string(),
        Some(plus_days(world.today, 365).to_string()),
    );
    Resource::new("Schedule", world.id(&format!("block/{n}")))
        .list("extension", vec![extension])
        .with("active", Json::Bool(true))
        .list("serviceType", vec![crate::element::words("Vacation opératoire")])
        .list("actor", actors)
        .with("planningHorizon", horizon)
}

/// The Schedule on which a professional's absences stand.
fn agenda(world: &World, key: &str) -> Option<Resource> {
    let person = world.professional(key)?;
    let schedule = Resource::new("Schedule", world.id(&format!("schedule/{key}")))
        .with("active", Json::Bool(true))
        .list("serviceType", vec![crate::element::words("Agenda")])
        .list("actor", vec![named(&person.reference, &person.display())]);
    Some(schedule)
}

fn absence(world: &World, n: usize, row: &Row) -> Resource {
    let day = |column| plus_days(world.today, row.number(column).unwrap_or(0.0) as i64);
    let minute = |column: usize| {
        let (hour, minute) = row.text(column).split_once(':')?;
        Some(hour.parse::<u16>().ok()? * 60 + minute.parse::<u16>().ok()?)
    };
    let start = Moment::new(day(1), minute(3).unwrap_or(0));
    let end = match minute(4) {
        Some(minute) => Moment::new(day(2), minute),
        None => Moment::new(plus_days(day(2), 1), 0),
    };
    Resource::new("Slot", world.id(&format!("absence/{n}")))
        .with("schedule", reference(&format!("Schedule/{}", world.id(&format!("schedule/{}", row.text(0))))))
        .text("status", "busy-unavailable")
        .text("start", start.text())
        .text("end", end.text())
        .text("comment", row.text(5))
}
