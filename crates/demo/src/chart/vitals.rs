//! Vital signs: LOINC codes, as observations of a visit.

use super::Chart;
use crate::archetype::Spread;
use crate::calendar::Moment;
use crate::element::{J, LOINC, Resource, concept, decimal, hl7, object, quantity, reference};
use fhir::Json;

/// What is measured at a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vitals {
    /// Blood pressure and heart rate.
    Short,
    /// Those, weight and body-mass index.
    Usual,
    /// All, with temperature and oxygen saturation.
    Full,
}

const fn usual(mean: f64, sd: f64) -> Spread {
    Spread { mean, sd, drift: 0.0 }
}

impl Chart<'_> {
    pub(super) fn vitals(&mut self, at: Moment, encounter: &str, how: Vitals, fever: bool) {
        self.blood_pressure(at, encounter);
        let spread = self.vital_spread("heart", usual(72.0, 9.0));
        let heart = self.measure("heart", spread, at.day);
        self.vital(at, encounter, ("8867-4", "Fréquence cardiaque"), (heart, 0), ("/min", "/min"));
        if how == Vitals::Short {
            return;
        }
        self.weight(at, encounter);
        if how == Vitals::Full || fever {
            let degrees = if fever { self.rng.normal(38.6, 0.4) } else { self.rng.normal(36.8, 0.25) };
            self.vital(at, encounter, ("8310-5", "Température corporelle"), (degrees, 1), ("°C", "Cel"));
            let spread = self.vital_spread("spo2", usual(98.0, 0.9));
            let saturation = self.measure("spo2", spread, at.day).clamp(86.0, 100.0);
            self.vital(at, encounter, ("2708-6", "Saturation en oxygène"), (saturation, 0), ("%", "%"));
        }
    }

    fn weight(&mut self, at: Moment, encounter: &str) {
        let spread = self.vital_spread("bmi", usual(24.5, 3.5));
        let index = self.measure("bmi", spread, at.day).clamp(13.0, 48.0);
        let metres = self.height_cm / 100.0;
        let weight = (index * metres * metres * 10.0).round() / 10.0;
        self.vital(at, encounter, ("29463-7", "Poids"), (weight, 1), ("kg", "kg"));
        if self.rng.chance(0.35) {
            self.vital(at, encounter, ("8302-2", "Taille"), (self.height_cm, 0), ("cm", "cm"));
            self.vital(
                at,
                encounter,
                ("39156-5", "Indice de masse corporelle"),
                (weight / (metres * metres), 1),
                ("kg/m²", "kg/m2"),
            );
        }
    }

    pub(super) fn vital(
        &mut self,
        at: Moment,
        encounter: &str,
        code: (&str, &str),
        value: (f64, usize),
        unit: (&str, &str),
    ) {
        let value = quantity(decimal(value.0, value.1), unit.0, unit.1);
        let resource = self.sign(at, encounter, code).with("valueQuantity", value);
        self.keep(resource);
    }

    fn sign(&mut self, at: Moment, encounter: &str, code: (&str, &str)) -> Resource {
        self.resource("Observation")
            .text("status", "final")
            .list("category", vec![hl7("observation-category", "vital-signs", "Signes vitaux")])
            .with("code", concept(LOINC, code.0, code.1))
            .with("subject", reference(&self.patient))
            .with("encounter", reference(encounter))
            .text("effectiveDateTime", at.text())
    }

    fn blood_pressure(&mut self, at: Moment, encounter: &str) {
        let spread = self.vital_spread("systolic", usual(124.0, 9.0));
        let systolic = self.measure("systolic", spread, at.day).clamp(84.0, 212.0);
        let spread = self.vital_spread("diastolic", usual(76.0, 7.0));
        let diastolic = self.measure("diastolic", spread, at.day).clamp(44.0, systolic - 22.0);
        self.pressure(at, encounter, systolic, diastolic);
    }

    pub(super) fn pressure(&mut self, at: Moment, encounter: &str, systolic: f64, diastolic: f64) {
        let part = |code: &str, label: &str, value: f64| -> J {
            object(vec![
                ("code", concept(LOINC, code, label)),
                ("valueQuantity", quantity(decimal(value, 0), "mmHg", "mm[Hg]")),
            ])
        };
        let parts = Json::array([
            part("8480-6", "Pression artérielle systolique", systolic),
            part("8462-4", "Pression artérielle diastolique", diastolic),
        ]);
        let resource = self.sign(at, encounter, ("85354-9", "Pression artérielle")).with("component", parts);
        self.keep(resource);
    }
}
