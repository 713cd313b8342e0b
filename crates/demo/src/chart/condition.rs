//! Conditions: CIM-10 codes, with their beginning and whether they are over.

use super::Chart;
use crate::calendar::plus_days;
use crate::element::{ICD10, Resource, concept, hl7, reference, text};
use jiff::civil::Date;

impl Chart<'_> {
    pub(super) fn conditions(&mut self) {
        for disease in &self.archetype.conditions {
            if !self.rng.chance(disease.p) {
                continue;
            }
            let years = self.rng.between(disease.years.0, disease.years.1).min(self.age);
            let onset =
                plus_days(self.last, -(years * 365) - self.rng.between(20, 340)).max(self.person.birth);
            let end = disease.over.then(|| plus_days(onset, self.rng.between(6, 20)));
            self.condition(&disease.code, onset, end, None);
        }
    }

    /// Adds the condition and returns its reference.
    pub(crate) fn condition(
        &mut self,
        code: &str,
        onset: Date,
        end: Option<Date>,
        by: Option<&str>,
    ) -> String {
        let recorder = self.staff(by.unwrap_or(self.mg));
        let label = self.world.data.condition_label(code);
        let state = if end.is_some() { ("resolved", "Résolu") } else { ("active", "Actif") };
        let resource: Resource = self
            .resource("Condition")
            .with("clinicalStatus", hl7("condition-clinical", state.0, state.1))
            .with("verificationStatus", hl7("condition-ver-status", "confirmed", "Confirmé"))
            .list("category", vec![hl7("condition-category", "problem-list-item", "Problème")])
            .with("code", concept(ICD10, code, label))
            .with("subject", reference(&self.patient))
            .text("onsetDateTime", onset.to_string())
            .maybe("abatementDateTime", end.map(|day| text(day.to_string())))
            .text("recordedDate", onset.to_string())
            .maybe("recorder", recorder);
        self.keep(resource)
    }
}
