//! What the patients share: the seed, the day, the places, the professionals and the board.

use crate::board::Board;
use crate::calendar::Moment;
use crate::data::{Data, data};
use crate::element::Resource;
use crate::place;
use crate::rng::Rng;
use crate::staff::{self, Professional};
use crate::theatre::{self, Theatre};
use jiff::civil::Date;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Names the ids of all sample clinics; the seed and the thing's name complete it.
const NAMESPACE: Uuid = Uuid::from_u128(0x6d65_6468_7562_4d69_8d65_6d6f_636c_696e);

pub struct World {
    pub seed: u64,
    pub today: Date,
    /// The moment at which the clinic is looked at.
    pub now: Moment,
    pub data: &'static Data,
    pub staff: Vec<Professional>,
    pub board: Board,
    /// Results that wait, told so far, by professional.
    pub fresh: BTreeMap<&'static str, usize>,
    /// What is used in the theatre, and how many cases wait.
    pub theatre: Theatre,
}

impl World {
    /// The clinic of that seed as it stands at that moment.
    pub fn new(seed: u64, now: Moment) -> World {
        let mut world = World {
            seed,
            today: now.day,
            now,
            data: data(),
            staff: Vec::new(),
            board: Board::default(),
            fresh: BTreeMap::new(),
            theatre: Theatre::default(),
        };
        world.staff = staff::roster(&world);
        theatre::keep(&mut world);
        world
    }

    /// The id of a thing of this clinic, for example `place/or1` or `patient/12`.
    pub fn id(&self, thing: &str) -> String {
        Uuid::new_v5(&NAMESPACE, format!("{}/{thing}", self.seed).as_bytes()).to_string()
    }

    pub fn rng(&self, thing: &str, n: u64) -> Rng {
        Rng::new(self.seed, thing, n)
    }

    /// `Organization/…` or `Location/…` of a place of the tables.
    pub fn organization(&self, key: &str) -> String {
        format!("Organization/{}", self.id(&format!("organization/{key}")))
    }

    pub fn location(&self, key: &str) -> String {
        format!("Location/{}", self.id(&format!("location/{key}")))
    }

    pub fn location_name(&self, key: &str) -> &'static str {
        self.data.locations.iter().find(|r| r.text(0) == key).map_or("", |r| r.text(3))
    }

    pub fn professional(&self, key: &str) -> Option<&Professional> {
        self.staff.iter().find(|p| p.key == key)
    }

    /// The organisations, places and professionals, before any patient.
    pub fn fixtures(&self) -> Vec<Resource> {
        let mut out = place::organizations(self);
        out.extend(place::locations(self));
        out.extend(self.staff.iter().flat_map(|p| staff::resources(self, p)));
        out.extend(place::schedules(self));
        out.extend(theatre::fixtures(self));
        out.extend(crate::chart::perioperative::shelf(self));
        out
    }
}
