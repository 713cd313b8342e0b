//! The clinic, its two sites and payers, its operating rooms, wards and consultation floors.

use crate::calendar::plus_days;
use crate::digits::luhn;
use crate::element::{
    J, Resource, coding, concept, hl7, identifier_typed, named, object, period, phone, reference, text, words,
};
use crate::table::Row;
use crate::world::World;
use fhir::Json;

const V2_0203_FR: &str = "https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203";
const FINESS: &str = "https://finess.esante.gouv.fr";

/// Payers by key: the basic scheme and complementary insurers, all fictitious.
pub const PAYERS: [(&str, &str); 4] = [
    ("amo", "Caisse d'assurance maladie de démonstration"),
    ("mut1", "Mutuelle des Marronniers (fictive)"),
    ("mut2", "Prévoyance du Vieux-Canal (fictive)"),
    ("mut3", "Santé Hêtres Mutuelle (fictive)"),
];

pub fn organizations(world: &World) -> Vec<Resource> {
    let mut out: Vec<Resource> = world.data.facilities.iter().map(|row| facility(world, row)).collect();
    for (key, name) in PAYERS {
        let kind = hl7("organization-type", if key == "amo" { "govt" } else { "ins" }, "");
        let payer = Resource::new("Organization", world.id(&format!("organization/{key}")));
        out.push(payer.with("active", Json::Bool(true)).list("type", vec![kind]).text("name", name));
    }
    out
}

fn facility(world: &World, row: &Row) -> Resource {
    let key = row.text(0);
    let finess = format!("{}{}", row.text(1), luhn(row.text(1)));
    let kind = if key == "group" { "FINEJ" } else { "FINEG" };
    let parent = (key != "group").then(|| reference(&world.organization("group")));
    Resource::new("Organization", world.id(&format!("organization/{key}")))
        .list("identifier", vec![identifier_typed("official", V2_0203_FR, kind, FINESS, &finess)])
        .with("active", Json::Bool(true))
        .list("type", vec![hl7("organization-type", "prov", "Healthcare Provider")])
        .text("name", row.text(2))
        .list("telecom", vec![phone(row.text(7), "work")])
        .list("address", vec![address(row)])
        .maybe("partOf", parent)
}

fn address(row: &Row) -> J {
    object(vec![
        ("use", text("work")),
        ("line", Json::array([text(row.text(3))])),
        ("city", text(row.text(5))),
        ("postalCode", text(row.text(4))),
        ("country", text("FR")),
    ])
}

pub fn locations(world: &World) -> Vec<Resource> {
    let sites = world.data.facilities.iter().filter(|r| r.text(0) != "group").map(|r| site(world, r));
    let places = world.data.locations.iter().map(|r| place(world, r));
    sites.chain(places).collect()
}

fn site(world: &World, row: &Row) -> Resource {
    Resource::new("Location", world.id(&format!("location/{}", row.text(0))))
        .text("status", "active")
        .text("name", row.text(2))
        .text("mode", "instance")
        .with("address", address(row))
        .with("physicalType", hl7("location-physical-type", "si", "Site"))
        .with("managingOrganization", reference(&world.organization(row.text(0))))
}

fn place(world: &World, row: &Row) -> Resource {
    let (key, site, kind) = (row.text(0), row.text(1), row.text(2));
    let physical = match kind {
        "ro" => hl7("location-physical-type", "ro", "Salle"),
        "wa" => hl7("location-physical-type", "wa", "Service"),
        _ => hl7("location-physical-type", "area", "Zone"),
    };
    let role = match kind {
        _ if key.starts_with("rea") => Some(role("ICU", "Réanimation")),
        "ro" => Some(role("OR", "Bloc opératoire")),
        "wa" => Some(role("HU", "Unité d'hospitalisation")),
        _ => None,
    };
    let free = coding("http://terminology.hl7.org/CodeSystem/v2-0116", "U", "Libre");
    Resource::new("Location", world.id(&format!("location/{key}")))
        .list("extension", crate::theatre::of_place(row))
        .text("status", "active")
        .maybe("operationalStatus", (kind == "ro").then_some(free))
        .text("name", row.text(3))
        .list("alias", vec![text(row.text(4))])
        .text("mode", "instance")
        .list("type", role.into_iter().collect())
        .with("physicalType", physical)
        .with("managingOrganization", reference(&world.organization(site)))
        .with("partOf", reference(&world.location(site)))
}

fn role(code: &str, display: &str) -> J {
    concept("http://terminology.hl7.org/CodeSystem/v3-RoleCode", code, display)
}

/// One Schedule an operating room, over the coming ninety days.
pub fn schedules(world: &World) -> Vec<Resource> {
    let rooms = world.data.locations.iter().filter(|r| r.text(2) == "ro");
    rooms
        .map(|row| {
            let horizon = period(world.today.to_string(), Some(plus_days(world.today, 90).to_string()));
            Resource::new("Schedule", world.id(&format!("schedule/{}", row.text(0))))
                .with("active", Json::Bool(true))
                .list("serviceType", vec![words("Vacations opératoires")])
                .list("actor", vec![named(&world.location(row.text(0)), row.text(3))])
                .with("planningHorizon", horizon)
        })
        .collect()
}
