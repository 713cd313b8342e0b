//! The sample clinic: French, synthetic, dated relative to a day, the same for the same seed.
//!
//! Everything it is drawn from (names, drugs, analyses, kinds of patients, surgical pathways) lies in
//! `data/` as tables and JSON. No person in it exists: identifiers use demonstration systems, numbers that
//! real registers do not give out, and phone numbers kept for fiction.

mod account;
mod archetype;
mod board;
mod calendar;
mod chart;
mod data;
mod digits;
mod element;
mod patient;
mod person;
mod place;
mod rng;
mod special;
mod staff;
mod table;
mod talk;
mod theatre;
mod world;

pub use account::{Account, accounts};
pub use jiff::civil::Date;
pub use patient::IPP;

use calendar::Moment;
use world::World;

/// Patients of the sample clinic.
pub const PATIENTS: u64 = 300;

/// The name of the clinic, title of its tenant.
pub const TITLE: &str = "Groupe médico-chirurgical des Hêtres-Blancs";

/// One resource of the clinic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// FHIR resource type, such as `Patient`.
    pub kind: &'static str,
    /// A UUID that depends on the seed only.
    pub id: String,
    /// Compact FHIR R4 JSON.
    pub json: Vec<u8>,
}

/// The clinic of that seed as it stands on that day, resource by resource: organisations, places and
/// professionals first, then one chart after the other. Nothing of it is after `today` but appointments.
///
/// It is looked at in the middle of the morning; [`clinic_at`] says another hour.
pub fn clinic(seed: u64, today: Date) -> impl Iterator<Item = Entry> {
    drawn(World::new(seed, morning(today)))
}

/// [`clinic`] at a moment, in milliseconds since 1970: the theatre is where it would be by then.
pub fn clinic_at(seed: u64, ms: i64) -> impl Iterator<Item = Entry> {
    drawn(World::new(seed, Moment::at(ms)))
}

/// The day in France of a moment, in milliseconds since 1970.
pub fn day_at(ms: i64) -> Date {
    Moment::at(ms).day
}

pub(crate) fn morning(today: Date) -> Moment {
    Moment::new(today, 10 * 60 + 30)
}

fn drawn(mut world: World) -> impl Iterator<Item = Entry> {
    let fixtures = world.fixtures();
    let talks = talk::talks(&world);
    let charts = (1..=PATIENTS).flat_map(move |n| chart::chart(&mut world, n));
    fixtures.into_iter().chain(charts).chain(talks).map(entry)
}

/// What changed afterwards: newer versions of some resources of [`clinic`], to be written after all of it.
pub fn amendments(seed: u64, today: Date) -> impl Iterator<Item = Entry> {
    let world = World::new(seed, morning(today));
    (1..=PATIENTS).flat_map(move |n| special::amendments(&world, n)).map(entry)
}

fn entry(resource: element::Resource) -> Entry {
    let (kind, id) = (resource.kind, resource.id.clone());
    Entry { kind, id, json: resource.into_json().to_vec() }
}
