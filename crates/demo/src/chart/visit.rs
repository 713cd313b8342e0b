//! Consultations over the years, past (Encounter) and to come (Appointment).

use super::vitals::Vitals;
use super::{Chart, YEARS_BACK_DAYS};
use crate::calendar::{Moment, plus_days, working_day};
use crate::element::{ACT_CODE, J, coding, concept, named, object, period, reference, text, words};
use fhir::Json;
use jiff::civil::Date;

/// What an encounter is: class code, who leads it, why, where, until when.
pub(super) struct Stay<'a> {
    pub class: (&'a str, &'a str),
    pub staff: &'a str,
    pub reason: &'a str,
    pub condition: Option<&'a str>,
    pub location: &'a str,
    pub start: Moment,
    pub end: Moment,
}

pub(super) const AMBULATORY: (&str, &str) = ("AMB", "Consultation");

impl Chart<'_> {
    pub(super) fn visits(&mut self) {
        let years = YEARS_BACK_DAYS as f64 / 365.0;
        let count = self.rng.normal(self.archetype.visits_per_year * years, 1.2).round().max(1.0) as i64;
        for _ in 0..count {
            let day = working_day(plus_days(self.last, -self.rng.between(2, YEARS_BACK_DAYS)), false);
            if day > self.person.birth && day < self.last {
                self.visit(day);
            }
        }
        if self.last == self.world.today && self.rng.chance(0.30) {
            let day = working_day(plus_days(self.world.today, self.rng.between(0, 45)), true);
            let reason = self.reason();
            let staff = self.mg;
            self.appointment(day, staff, &reason, 20);
        }
    }

    fn visit(&mut self, day: Date) {
        let staff = self.rng.pick(&self.archetype.visit_staff).map_or(self.mg, String::as_str);
        let staff = if staff.starts_with("mg") { self.mg } else { staff };
        let reason = self.reason();
        let start = Moment::new(day, 8 * 60 + 15 * self.rng.between(0, 38) as u16);
        let length = 15 + 5 * self.rng.between(0, 4) as u16;
        let remote = self.rng.chance(0.08);
        let class = if remote { ("VR", "Téléconsultation") } else { AMBULATORY };
        let stay = Stay {
            class,
            staff,
            reason: &reason,
            condition: None,
            location: self.floor(staff),
            start,
            end: start.plus(length),
        };
        let encounter = self.encounter(&stay);
        if !remote {
            let how = if self.rng.chance(0.55) { Vitals::Usual } else { Vitals::Short };
            let fever = reason.starts_with("Fièvre") || reason.starts_with("Exacerbation");
            self.vitals(start.plus(3), &encounter, if fever { Vitals::Full } else { how }, fever);
        }
    }

    fn reason(&mut self) -> String {
        self.rng.pick(&self.archetype.visit_reasons).cloned().unwrap_or_default()
    }

    /// The consultation floor of that professional's site.
    pub(super) fn floor(&self, staff: &str) -> &'static str {
        match self.world.professional(staff).map(|p| p.site) {
            Some("site2") => "cons2",
            _ => "cons1",
        }
    }

    /// Adds a finished (or, today, running) encounter and returns its reference.
    pub(super) fn encounter(&mut self, stay: &Stay) -> String {
        let class = coding(ACT_CODE, stay.class.0, stay.class.1);
        let who = self.staff(stay.staff).map(|individual| object(vec![("individual", individual)]));
        let place = object(vec![(
            "location",
            named(&self.world.location(stay.location), self.world.location_name(stay.location)),
        )]);
        let site = self.world.professional(stay.staff).map_or("site1", |p| p.site);
        let running = stay.end.day > self.world.today;
        let end = (!running).then(|| stay.end.text());
        let kind = words(stay.class.1);
        let resource = self
            .resource("Encounter")
            .text("status", if running { "in-progress" } else { "finished" })
            .with("class", class)
            .list("type", vec![kind])
            .with("subject", reference(&self.patient))
            .list("participant", who.into_iter().collect())
            .with("period", period(stay.start.text(), end))
            .list("reasonCode", vec![words(stay.reason)])
            .list("reasonReference", stay.condition.map(reference).into_iter().collect())
            .list("location", vec![place])
            .with("serviceProvider", reference(&self.world.organization(site)));
        self.keep(resource)
    }

    /// Adds a booked consultation at the first free time of that professional from that day on.
    pub(super) fn appointment(&mut self, day: Date, staff: &str, reason: &str, minutes: u16) {
        let open = if staff.starts_with("mg") { 9 * 60 } else { 14 * 60 };
        let mut day = day;
        let booked = (0..15).find_map(|_| {
            let works = self.world.professional(staff).is_some_and(|p| p.works_on(day));
            let at = if works { self.world.board.book(&[staff], day, minutes, open, 19 * 60) } else { None };
            day = working_day(plus_days(day, 1), true);
            at
        });
        let Some(start) = booked else { return };
        let location = self.floor(staff);
        let place = named(&self.world.location(location), self.world.location_name(location));
        let mut people = vec![participant(reference(&self.patient)), participant(place)];
        people.extend(self.staff(staff).map(participant));
        let kind = concept("http://terminology.hl7.org/CodeSystem/v2-0276", "ROUTINE", "Consultation");
        let resource = self
            .resource("Appointment")
            .text("status", "booked")
            .with("appointmentType", kind)
            .list("reasonCode", vec![words(reason)])
            .text("description", reason)
            .text("start", start.text())
            .text("end", start.plus(minutes).text())
            .with("minutesDuration", Json::integer(i64::from(minutes)))
            .list("participant", people);
        self.keep(resource);
    }
}

/// An accepted, required participant.
pub(crate) fn participant(actor: J) -> J {
    object(vec![("actor", actor), ("required", text("required")), ("status", text("accepted"))])
}
