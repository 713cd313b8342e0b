//! Allergies in their four states: known; none known (said so); not asked (nothing is written);
//! not available (an empty List that says why).

use super::Chart;
use crate::calendar::plus_days;
use crate::element::{ATC, J, LOINC, SNOMED, concept, hl7, object, reference, text};
use crate::table::Row;
use fhir::Json;
use jiff::civil::Date;

impl Chart<'_> {
    pub(super) fn allergies(&mut self) {
        let day = plus_days(self.last, -self.rng.between(30, 1500)).max(self.person.birth);
        match self.rng.unit() {
            u if u < 0.32 => self.known(day),
            u if u < 0.76 => self.none_known(day),
            u if u < 0.84 => self.unavailable(day),
            _ => {}
        }
    }

    fn known(&mut self, day: Date) {
        let mut seen: Vec<&str> = Vec::new();
        let count = if self.rng.chance(0.25) { 2 } else { 1 };
        for _ in 0..count {
            let Some(row) = self.rng.weighted(&self.world.data.allergens, |r| r.number(7).unwrap_or(1.0))
            else {
                return;
            };
            if !seen.contains(&row.text(1)) {
                seen.push(row.text(1));
                self.allergy(row, day);
            }
        }
    }

    fn allergy(&mut self, row: &Row, day: Date) {
        let system = if row.text(0) == "atc" { ATC } else { SNOMED };
        self.avoid.extend(row.text(8).split(',').map(str::to_string));
        let severity = if row.text(4) == "high" { "severe" } else { "mild" };
        let reaction = object(vec![
            ("manifestation", Json::array([concept(SNOMED, row.text(6), row.text(5))])),
            ("severity", text(severity)),
        ]);
        let resource = self
            .resource("AllergyIntolerance")
            .with("clinicalStatus", hl7("allergyintolerance-clinical", "active", "Active"))
            .with("verificationStatus", hl7("allergyintolerance-verification", "confirmed", "Confirmée"))
            .text("type", "allergy")
            .list("category", vec![text(row.text(3))])
            .text("criticality", row.text(4))
            .with("code", concept(system, row.text(1), row.text(2)))
            .with("patient", reference(&self.patient))
            .text("recordedDate", day.to_string())
            .maybe("recorder", self.staff(self.mg))
            .list("reaction", vec![reaction]);
        self.keep(resource);
    }

    fn none_known(&mut self, day: Date) {
        let resource = self
            .resource("AllergyIntolerance")
            .with("clinicalStatus", hl7("allergyintolerance-clinical", "active", "Active"))
            .with("verificationStatus", hl7("allergyintolerance-verification", "confirmed", "Confirmée"))
            .with("code", concept(SNOMED, "716186003", "Aucune allergie connue"))
            .with("patient", reference(&self.patient))
            .text("recordedDate", day.to_string())
            .maybe("recorder", self.staff(self.mg));
        self.keep(resource);
    }

    fn unavailable(&mut self, day: Date) {
        let why: J = hl7("list-empty-reason", "unavailable", "Non disponible");
        let resource = self
            .resource("List")
            .text("status", "current")
            .text("mode", "working")
            .text("title", "Allergies et intolérances")
            .with("code", concept(LOINC, "52472-8", "Allergies et intolérances"))
            .with("subject", reference(&self.patient))
            .text("date", day.to_string())
            .maybe("source", self.staff(self.mg))
            .with("emptyReason", why);
        self.keep(resource);
    }
}
