//! One patient's chart: who they are, then their years at the clinic.

mod allergy;
mod background;
mod condition;
mod immunization;
mod labs;
mod medication;
mod notes;
mod pathway;
pub(crate) mod perioperative;
mod report;
mod results;
pub(crate) mod visit;
mod vitals;
mod ward;

use crate::archetype::{Archetype, Spread, spread};
use crate::calendar::{plus_days, years_between};
use crate::element::{J, Resource, named};
use crate::patient::{coverages, patient, relatives};
use crate::person::Person;
use crate::rng::Rng;
use crate::special;
use crate::world::World;
use jiff::civil::Date;

/// How far back visits and laboratory results go, in days.
const YEARS_BACK_DAYS: i64 = 900;

/// The chart under construction.
pub(crate) struct Chart<'w> {
    pub world: &'w mut World,
    pub rng: Rng,
    pub person: Person,
    pub archetype: &'static Archetype,
    pub n: u64,
    pub age: i64,
    pub height_cm: f64,
    /// `Patient/…`.
    pub patient: String,
    pub mg: &'static str,
    /// The last day on which anything can have happened: today, or the day of death.
    pub last: Date,
    pub baselines: Vec<(&'static str, Spread)>,
    /// ATC prefixes of what must not be given: allergies, and classes of what is taken already.
    pub avoid: Vec<String>,
    pub out: Vec<Resource>,
    next: u32,
}

/// All resources of the patient of that number.
pub fn chart(world: &mut World, n: u64) -> Vec<Resource> {
    let mut rng = world.rng("patient", n);
    let Some(archetype) = rng.weighted(&world.data.archetypes, |a| a.weight) else { return Vec::new() };
    let (low, high) = archetype.who.age;
    let age = rng.between(low, high);
    let male = archetype.who.male.unwrap_or_else(|| rng.chance(0.48));
    let Some(person) = Person::draw(world.data, &mut rng, world.today, age, male) else { return Vec::new() };
    let age = years_between(person.birth, world.today);
    let deceased = (n != special::PORTAL && age > 76 && rng.chance(0.10))
        .then(|| plus_days(world.today, -rng.between(20, 500)));
    let mg = if rng.chance(0.55) { "mg1" } else { "mg2" };
    let height_cm = height(&mut rng, age, male);
    let reference = format!("Patient/{}", world.id(&format!("patient/{n}")));
    let last = deceased.map_or(world.today, |day| plus_days(day, -1));
    let mut out = vec![patient(world, &person, n, deceased, mg)];
    out.extend(relatives(world, &mut rng, &person, n, age));
    out.extend(coverages(world, &mut rng, n));
    let mut chart = Chart {
        world,
        rng,
        person,
        archetype,
        n,
        age,
        height_cm,
        patient: reference,
        mg,
        last,
        baselines: Vec::new(),
        avoid: Vec::new(),
        out,
        next: 0,
    };
    chart.conditions();
    chart.allergies();
    chart.usual_treatment();
    chart.immunizations();
    chart.visits();
    chart.regular_labs();
    chart.operations(deceased.is_some());
    chart.fresh_results();
    chart.background();
    chart.ward();
    chart.programme(deceased.is_some());
    chart.recent(deceased.is_some());
    chart.implants();
    let mut out = std::mem::take(&mut chart.out);
    special::mark(chart.world, n, &mut out);
    out
}

fn height(rng: &mut Rng, age: i64, male: bool) -> f64 {
    if age < 16 {
        return (78.0 + 6.1 * age as f64 + rng.normal(0.0, 3.0)).round();
    }
    let mean = if male { 176.0 } else { 163.0 };
    rng.normal(mean, 6.5).round()
}

impl Chart<'_> {
    /// A new resource of this chart, with the next id.
    pub(crate) fn resource(&mut self, kind: &'static str) -> Resource {
        self.next += 1;
        Resource::new(kind, self.world.id(&format!("patient/{}/{}", self.n, self.next)))
    }

    /// Keeps the resource and returns its reference.
    pub(crate) fn keep(&mut self, resource: Resource) -> String {
        let reference = resource.reference();
        self.out.push(resource);
        reference
    }

    pub(crate) fn staff(&self, key: &str) -> Option<J> {
        self.world.professional(key).map(|p| named(&p.reference, &p.display()))
    }

    /// This patient's own level of a measure: drawn once, so that results of one person resemble each other.
    fn baseline(&mut self, key: &'static str, usual: Spread) -> Spread {
        if let Some((_, found)) = self.baselines.iter().find(|(k, _)| *k == key) {
            return *found;
        }
        let mean = self.rng.normal(usual.mean, usual.sd).max(usual.mean * 0.4);
        let own = Spread { mean, sd: usual.sd * 0.3, drift: usual.drift };
        self.baselines.push((key, own));
        own
    }

    /// A value of a measure on a day: the own level, its drift over the years, a little noise.
    fn measure(&mut self, key: &'static str, usual: Spread, day: Date) -> f64 {
        let own = self.baseline(key, usual);
        let days = self.world.today.since(day).map_or(0, |span| span.get_days());
        let years_ago = f64::from(days) / 365.0;
        let noise = self.rng.normal(0.0, own.sd);
        // The level is that of two years ago; drift moves it to today's.
        (own.mean + own.drift * (2.0 - years_ago) + noise).max(usual.mean * 0.2)
    }

    fn vital_spread(&self, key: &str, otherwise: Spread) -> Spread {
        spread(&self.archetype.vitals, key).unwrap_or(otherwise)
    }
}
