//! Small operations of the last weeks in the vacations of their surgeons: what the figures of the theatre and the
//! durations are made of. Of each there is the request, the booking and the operation with its milestones.

use super::course::course;
use super::{kind, member, of_booking};
use crate::archetype::Pathway;
use crate::calendar::{Moment, plus_days, weekday};
use crate::chart::Chart;
use crate::chart::visit::participant;
use crate::element::{CCAM, J, SNOMED, concept, identifier, named, object, period, reference, text, words};
use crate::special;
use crate::table::Row;
use fhir::Json;
use jiff::civil::Date;

/// How many weeks back the grid goes.
pub const WEEKS: i64 = 6;
/// One in so many was cancelled on its day.
const CANCELLED: f64 = 0.04;

/// A vacation of one day.
struct Place {
    pathway: &'static Pathway,
    surgeon: String,
    anaesthetist: String,
    room: String,
    start: Moment,
    minutes: u16,
}

impl Chart<'_> {
    pub(crate) fn recent(&mut self, deceased: bool) {
        if deceased || self.n == special::PORTAL || self.age < 8 {
            return;
        }
        // Drawn from a stream of its own: the rest of the chart stays as it is.
        let own = self.world.rng("recent", self.n);
        let kept = std::mem::replace(&mut self.rng, own);
        let mut done: Vec<String> = self.acts();
        for _ in 0..if self.rng.chance(0.4) { 2 } else { 1 } {
            if let Some(place) = self.vacancy(&done) {
                done.push(place.pathway.act.clone());
                self.small(&place);
            }
        }
        self.rng = kept;
    }

    /// What was done to this patient, or will be.
    fn acts(&self) -> Vec<String> {
        let orders = self.out.iter().filter(|r| r.kind == "ServiceRequest");
        let codes = orders.filter_map(|r| {
            r.json().get("code").and_then(|code| code.each("coding").next()?.get_str("code"))
        });
        codes.map(str::to_string).collect()
    }

    fn vacancy(&mut self, done: &[String]) -> Option<Place> {
        let (age, male) = (self.age, self.person.male);
        let small =
            |p: &&Pathway| p.nights.0 == 0 && !p.urgent && p.who.fits(age, male) && !done.contains(&p.act);
        let fitting: Vec<&'static Pathway> = self.world.data.pathways.iter().filter(small).collect();
        let pathway = self.rng.weighted(&fitting, |p| p.weight).copied()?;
        let owns = |row: &&Row| {
            pathway.rooms.iter().any(|r| r == row.text(0))
                && pathway.surgeons.iter().any(|s| s == row.text(1))
        };
        let blocks: Vec<&Row> = self.world.data.blocks.iter().filter(owns).collect();
        let row = self.rng.pick(&blocks).copied()?;
        let day = self.day_of(row)?;
        let room = row.text(0).to_string();
        let site = if matches!(room.as_str(), "or5" | "or6") { "site2" } else { "site1" };
        let anaesthetist = self.freest_anaesthetist(site, day)?;
        let minutes = (self.rng.between(pathway.minutes.0, pathway.minutes.1) / 5 * 5).max(10) as u16;
        let (from, until) = (minute(row.text(3))?, minute(row.text(4))?);
        let who = [row.text(1), room.as_str(), anaesthetist.as_str()];
        let start = self.world.board.book(&who, day, minutes, from, until + 20)?;
        Some(Place { pathway, surgeon: row.text(1).to_string(), anaesthetist, room, start, minutes })
    }

    /// A day on which the vacation was, in the last weeks.
    fn day_of(&mut self, row: &Row) -> Option<Date> {
        let wanted = row.number(2)? as i64;
        let last = plus_days(self.world.today, -1);
        let back = (weekday(last) - wanted).rem_euclid(7);
        let mut day = plus_days(last, -back - 7 * self.rng.between(0, WEEKS - 1));
        let odd = day.iso_week_date().week() % 2 == 1;
        if matches!((row.text(5), odd), ("odd", false) | ("even", true)) {
            day = plus_days(day, -7);
        }
        (day >= plus_days(self.world.today, -7 * WEEKS)).then_some(day)
    }

    fn small(&mut self, place: &Place) {
        let Place { pathway, surgeon, room, start, .. } = place;
        let side = pathway.lateral.then(|| {
            if self.rng.chance(0.5) { ("24028007", "Côté droit") } else { ("7771000", "Côté gauche") }
        });
        let cancelled = self.rng.chance(CANCELLED);
        let reason = cancelled.then(|| {
            object(vec![
                ("url", text("urn:medhub:case:reason")),
                ("valueCodeableConcept", words("Patient non à jeun")),
            ])
        });
        let site = |side: Option<(&str, &str)>| {
            side.map(|(code, label)| concept(SNOMED, code, label)).into_iter().collect()
        };
        let order = self
            .resource("ServiceRequest")
            .list("extension", reason.into_iter().collect())
            .text("status", if cancelled { "revoked" } else { "completed" })
            .text("intent", "order")
            .list("category", vec![concept(SNOMED, "387713003", "Intervention chirurgicale")])
            .text("priority", "routine")
            .with("code", concept(CCAM, &pathway.act, &pathway.label))
            .with("subject", reference(&self.patient))
            .text("occurrenceDateTime", start.text())
            .text("authoredOn", plus_days(start.day, -21).to_string())
            .maybe("requester", self.staff(surgeon))
            .list("performer", self.staff(surgeon).into_iter().collect())
            .list("bodySite", site(side));
        let case = self.keep(order);
        self.booked(place, &case, side, cancelled);
        if cancelled {
            return;
        }
        let mut rng = self.world.rng("recent-course", self.n * 10 + u64::from(start.minute));
        let course = course(self.world, &mut rng, pathway, (room, *start, place.minutes));
        let (Some(enters), Some(out)) = (course.at("in"), course.at("out")) else { return };
        let performers = [(surgeon, "Opérateur"), (&place.anaesthetist, "Anesthésiste")];
        let team = performers.into_iter().filter_map(|(key, function)| {
            Some(object(vec![("function", words(function)), ("actor", self.staff(key)?)]))
        });
        let team: Vec<J> = team.collect();
        let done = self
            .resource("Procedure")
            .list("extension", course.extensions())
            .list("basedOn", vec![reference(&case)])
            .text("status", "completed")
            .with("category", concept(SNOMED, "387713003", "Intervention chirurgicale"))
            .with("code", concept(CCAM, &pathway.act, &pathway.label))
            .with("subject", reference(&self.patient))
            .with("performedPeriod", period(enters.text(), Some(out.text())))
            .list("performer", team)
            .with("location", named(&self.world.location(room), self.world.location_name(room)))
            .list("bodySite", site(side));
        self.keep(done);
    }

    fn booked(&mut self, place: &Place, case: &str, side: Option<(&str, &str)>, cancelled: bool) {
        let Place { pathway, surgeon, anaesthetist, room, start, minutes } = place;
        let hall = named(&self.world.location(room), self.world.location_name(room));
        let mut people = vec![participant(reference(&self.patient)), participant(hall)];
        for (key, role) in [(surgeon, "surgeon"), (anaesthetist, "anaesthetist")] {
            people.extend(self.staff(key).map(|actor| member(actor, role)));
        }
        let mut extensions = of_booking(pathway, side.map(|(code, _)| code), start.day, self.world.today);
        if cancelled {
            let at = start.of_its_day(i64::from(start.minute) - 45);
            extensions.push(object(vec![
                ("url", text("urn:medhub:booking:cancelled-at")),
                ("valueInstant", text(at.text())),
            ]));
        }
        let number = identifier("urn:medhub:case", &format!("BLOC-{:05}-{}", self.n, pathway.act));
        let booking = self
            .resource("Appointment")
            .list("identifier", vec![number])
            .list("extension", extensions)
            .text("status", if cancelled { "cancelled" } else { "fulfilled" })
            .maybe("cancelationReason", cancelled.then(|| words("Raison médicale")))
            .list("serviceCategory", vec![kind()])
            .list("serviceType", vec![concept(CCAM, &pathway.act, &pathway.label)])
            .text("start", start.text())
            .text("end", start.plus(*minutes).text())
            .with("minutesDuration", Json::integer(i64::from(*minutes)))
            .list("basedOn", vec![reference(case)])
            .list("participant", people);
        self.keep(booking);
    }
}

/// Minutes after midnight of `08:00`.
fn minute(hour: &str) -> Option<u16> {
    let (hour, minute) = hour.split_once(':')?;
    Some(hour.parse::<u16>().ok()? * 60 + minute.parse::<u16>().ok()?)
}
