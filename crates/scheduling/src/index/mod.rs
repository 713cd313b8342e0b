//! What the plan is made of, in memory: bookings, places, people, equipment, closures and cases of a tenant, without
//! any identity of a patient. Made from the record, thrown away at will, and brought up to the newest commit before
//! each answer.

mod catch_up;
mod scratch;
mod shelf;
mod world;

pub(crate) use catch_up::everyone;
pub(crate) use shelf::{Shelf, Shelves};
pub(crate) use world::At;

use crate::act::Act;
use crate::block::Block;
use crate::booking::Booking;
use crate::booking::clash::Resource;
use crate::case::{Case, Course};
use crate::closure::Closure;
use crate::place::{Device, Place};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// Someone who can be in a team.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Person {
    pub name: String,
    pub active: bool,
    /// Codes of TRE_G15 (profession) and TRE_R38 (specialty) of any role.
    pub codes: BTreeSet<String>,
    pub specialty: String,
    /// `Organization/…` of the roles.
    pub organizations: BTreeSet<String>,
}

/// Codes of the professions: a nurse of the theatre, a nurse anaesthetist, any nurse, a physician; and of the
/// specialty of anaesthesia (TRE_G15, TRE_R38).
const NURSE: &str = "60";
const THEATRE_NURSE: &str = "SI06";
const NURSE_ANAESTHETIST: &str = "SI07";
const PHYSICIAN: &str = "10";
const ANAESTHESIA: &str = "SM02";

impl Person {
    /// What they can be in a team.
    pub fn roles(&self) -> Vec<&'static str> {
        let has = |code: &str| self.codes.contains(code);
        let mut roles = Vec::new();
        if has(ANAESTHESIA) {
            roles.push("anaesthetist");
        } else if has(PHYSICIAN) && self.specialty.to_lowercase().contains("chirurg") || self.is_operating() {
            roles.extend(["surgeon", "assistant"]);
        }
        if has(NURSE) && has(THEATRE_NURSE) {
            roles.extend(["scrub-nurse", "circulating-nurse"]);
        }
        if has(NURSE) && has(NURSE_ANAESTHETIST) {
            roles.push("nurse-anaesthetist");
        }
        roles
    }

    /// Specialties that operate without « chirurgie » in their name.
    fn is_operating(&self) -> bool {
        ["SM20", "SM38", "SM34"].iter().any(|code| self.codes.contains(*code))
    }

    pub fn initials(&self) -> String {
        let words = self.name.split_whitespace().filter(|w| !matches!(*w, "Dr" | "Pr" | "M." | "Mme"));
        words.filter_map(|w| w.chars().next()).take(3).collect()
    }
}

/// A reference's holders by the start of their bookings.
type ByStart = BTreeMap<i64, BTreeSet<String>>;

#[derive(Default)]
pub(crate) struct Index {
    /// Position in the feed.
    pub vid: i64,
    pub bookings: HashMap<String, Arc<Booking>>,
    /// `Location/…` and the like → start → ids of bookings.
    by_resource: HashMap<String, ByStart>,
    by_case: HashMap<String, BTreeSet<String>>,
    by_start: ByStart,
    pub places: HashMap<String, Place>,
    pub devices: HashMap<String, Device>,
    pub people: HashMap<String, Person>,
    roles: HashMap<String, (String, Person)>,
    pub blocks: HashMap<String, Block>,
    /// Id of a Schedule → what it is about.
    pub schedules: HashMap<String, Vec<String>>,
    pub closures: HashMap<String, Closure>,
    /// Id of a Schedule → its Slots: a person's imported calendar has hundreds of them.
    by_schedule: HashMap<String, BTreeSet<String>>,
    pub cases: HashMap<String, Arc<Case>>,
    /// By id of the ActivityDefinition: what an act asks for.
    pub acts: BTreeMap<String, Act>,
    /// Case → how far it is.
    pub courses: HashMap<String, Course>,
    /// Finished operations for the durations, by Procedure.
    pub finished: BTreeMap<String, (i64, theatre::durations::Finished)>,
    /// Of durations: grows with each finished operation.
    pub finished_version: u64,
}

impl Index {
    pub fn put(&mut self, booking: Booking) {
        self.drop_booking(&booking.id);
        let booking = Arc::new(booking);
        let id = booking.id.clone();
        let whats: HashSet<&str> = booking.takes.iter().map(|t| t.what.as_str()).collect();
        for what in whats.into_iter().chain(booking.room.as_deref()) {
            let by = self.by_resource.entry(what.to_string()).or_default();
            by.entry(booking.start).or_default().insert(id.clone());
        }
        if let Some(case) = &booking.case {
            self.by_case.entry(case.clone()).or_default().insert(id.clone());
        }
        self.by_start.entry(booking.start).or_default().insert(id.clone());
        self.bookings.insert(id, booking);
    }

    pub fn drop_booking(&mut self, id: &str) {
        let Some(old) = self.bookings.remove(id) else { return };
        let remove = |by: &mut ByStart| {
            if let Some(ids) = by.get_mut(&old.start) {
                ids.remove(id);
                if ids.is_empty() {
                    by.remove(&old.start);
                }
            }
        };
        for what in old.takes.iter().map(|t| &t.what).chain(&old.room) {
            if let Some(by) = self.by_resource.get_mut(what) {
                remove(by);
            }
        }
        remove(&mut self.by_start);
        if let Some(ids) = old.case.as_ref().and_then(|case| self.by_case.get_mut(case)) {
            ids.remove(id);
        }
    }

    fn put_closure(&mut self, id: String, closure: Option<Closure>) {
        let old = match closure {
            Some(closure) => {
                self.by_schedule.entry(closure.schedule.clone()).or_default().insert(id.clone());
                let schedule = closure.schedule.clone();
                let old = self.closures.insert(id.clone(), closure);
                old.filter(|old| old.schedule != schedule)
            }
            None => self.closures.remove(&id),
        };
        if let Some(slots) = old.and_then(|old| self.by_schedule.get_mut(&old.schedule)) {
            slots.remove(&id);
        }
    }

    /// Bookings that begin between two moments, in order.
    pub fn between(&self, from: i64, until: i64) -> impl Iterator<Item = &Arc<Booking>> {
        let ids = self.by_start.range(from..until).flat_map(|(_, ids)| ids);
        ids.filter_map(|id| self.bookings.get(id))
    }

    /// Bookings of a resource that begin between two moments.
    pub fn of(&self, what: &str, from: i64, until: i64) -> impl Iterator<Item = &Arc<Booking>> {
        let by = self.by_resource.get(what);
        let ids = by.into_iter().flat_map(move |by| by.range(from..until).flat_map(|(_, ids)| ids));
        ids.filter_map(|id| self.bookings.get(id))
    }

    /// The booking that a case has, held or done, if it has one.
    pub fn booking_of(&self, case: &str, now: i64) -> Option<&Arc<Booking>> {
        let ids = self.by_case.get(case)?;
        let all = ids.iter().filter_map(|id| self.bookings.get(id));
        let mut taking: Vec<_> =
            all.filter(|b| b.is_taking(now) || b.status.as_str() == "fulfilled").collect();
        taking.sort_by_key(|b| std::cmp::Reverse(b.start));
        taking.into_iter().next()
    }

    /// All bookings of a case.
    pub fn bookings_of(&self, case: &str) -> impl Iterator<Item = &Arc<Booking>> {
        self.by_case.get(case).into_iter().flatten().filter_map(|id| self.bookings.get(id))
    }

    pub fn room(&self, what: &str) -> Option<&crate::place::Room> {
        match self.places.get(what) {
            Some(Place::Room(room)) => Some(room),
            _ => None,
        }
    }

    /// Rooms of a site (or of all), by short name.
    pub fn rooms(&self, facility: Option<&str>) -> Vec<&crate::place::Room> {
        let rooms = self.places.values().filter_map(|p| match p {
            Place::Room(room) => Some(room),
            _ => None,
        });
        let mut rooms: Vec<_> =
            rooms.filter(|r| r.active && facility.is_none_or(|f| r.facility == f)).collect();
        rooms.sort_by(|a, b| (&a.facility, &a.short, &a.what).cmp(&(&b.facility, &b.short, &b.what)));
        rooms
    }

    /// The site that `Location/…` or `Organization/…` means.
    pub fn facility(&self, named: &str) -> Option<String> {
        self.places.values().find_map(|p| match p {
            Place::Facility(f) if f.what == named || f.organization.as_deref() == Some(named) => {
                Some(f.what.clone())
            }
            _ => None,
        })
    }

    /// Staff who can be in teams of a site, with the site's organisation.
    pub fn people_at(&self, facility: Option<&str>, role: &str) -> Vec<(&String, &Person)> {
        let organization = facility.and_then(|f| match self.places.get(f) {
            Some(Place::Facility(facility)) => facility.organization.clone(),
            _ => None,
        });
        let fits = |p: &Person| {
            p.active
                && (role.is_empty() || p.roles().contains(&role))
                && organization
                    .as_ref()
                    .is_none_or(|o| p.organizations.is_empty() || p.organizations.contains(o))
        };
        let mut found: Vec<_> = self.people.iter().filter(|(_, p)| fits(p)).collect();
        found.sort_by(|a, b| (&a.1.name, a.0).cmp(&(&b.1.name, b.0)));
        found
    }

    pub fn name(&self, what: &str) -> String {
        let found = self.resource_of(what).map(|r| r.name);
        found.filter(|n| !n.is_empty()).unwrap_or_else(|| what.to_string())
    }

    pub fn resource_of(&self, what: &str) -> Option<Resource> {
        use crate::booking::clash::ResourceKind;
        let one =
            |name: String, kind: ResourceKind, capacity| Resource { name, kind, capacity, turnaround: 0 };
        match what.split_once('/')?.0 {
            "Location" => match self.places.get(what) {
                Some(place) => crate::place::of_place(place),
                None => Some(one(String::new(), ResourceKind::Room, 0)),
            },
            "Practitioner" => {
                let name = self.people.get(what).map(|p| p.name.clone()).unwrap_or_default();
                Some(one(name, ResourceKind::Person, 1))
            }
            "Device" => match self.devices.get(what) {
                Some(device) => Some(crate::place::of_device(device)),
                None => Some(one(String::new(), ResourceKind::Equipment, 0)),
            },
            "Patient" => Some(one(String::new(), ResourceKind::Patient, 1)),
            _ => None,
        }
    }

    /// The closures of a resource and of the site it belongs to.
    pub fn closures_of(&self, what: &str) -> Vec<&Closure> {
        let site = self.room(what).map(|r| r.facility.as_str());
        let about = |actors: &Vec<String>| actors.iter().any(|a| a == what || Some(a.as_str()) == site);
        let own = self.schedules.iter().filter(|(_, actors)| about(actors));
        let slots = own.filter_map(|(id, _)| self.by_schedule.get(id)).flatten();
        slots.filter_map(|id| self.closures.get(id)).filter(|c| c.closes()).collect()
    }
}
