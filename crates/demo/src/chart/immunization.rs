//! Vaccinations given at the clinic.

use super::Chart;
use crate::calendar::{Moment, plus_days};
use crate::element::{ATC, concept, object, reference, text};
use fhir::Json;

impl Chart<'_> {
    pub(super) fn immunizations(&mut self) {
        for row in &self.world.data.vaccines {
            let youngest = row.number(2).unwrap_or(0.0) as i64;
            if self.age < youngest || !self.rng.chance(row.number(4).unwrap_or(0.0)) {
                continue;
            }
            let doses = if row.text(3) == "1" { 2 } else { 1 };
            for dose in 0..doses {
                let back = if doses == 1 {
                    self.rng.between(100, 2200)
                } else {
                    20 + 365 * dose + self.rng.between(0, 40)
                };
                let day = plus_days(self.last, -back).max(self.person.birth);
                let performer = self.staff(self.mg).map(|actor| object(vec![("actor", actor)]));
                let resource = self
                    .resource("Immunization")
                    .text("status", "completed")
                    .with("vaccineCode", concept(ATC, row.text(0), row.text(1)))
                    .with("patient", reference(&self.patient))
                    .with("occurrenceDateTime", text(Moment::new(day, 600).text()))
                    .with("primarySource", Json::Bool(true))
                    .list("performer", performer.into_iter().collect());
                self.keep(resource);
            }
        }
    }
}
