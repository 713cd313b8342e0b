//! Treatments: what a patient usually takes (MedicationStatement, with its last prescription) and what is
//! prescribed around an operation (MedicationRequest).

use super::Chart;
use crate::calendar::plus_days;
use crate::data::Drug;
use crate::element::{ATC, BDPM, J, coding, concept, decimal, object, period, quantity, reference, text};
use fhir::Json;
use jiff::civil::Date;

const ROUTES: &str = "http://standardterms.edqm.eu";

impl Chart<'_> {
    pub(super) fn usual_treatment(&mut self) {
        for usual in &self.archetype.drugs {
            if !self.rng.chance(usual.p) {
                continue;
            }
            let Some(drug) = self.world.data.drug(&usual.drug) else { continue };
            if !self.may_take(drug) {
                continue;
            }
            // Two drugs of one class are not taken together.
            self.avoid.extend(drug.atc.get(..5).map(str::to_string));
            let since = plus_days(self.last, -self.rng.between(90, 2500)).max(self.person.birth);
            let resource = self
                .resource("MedicationStatement")
                .text("status", "active")
                .with("medicationCodeableConcept", medicine(drug))
                .with("subject", reference(&self.patient))
                .with("effectivePeriod", period(since.to_string(), None))
                .text("dateAsserted", since.to_string())
                .maybe("informationSource", self.staff(self.mg))
                .list("dosage", vec![dosage(drug)]);
            self.keep(resource);
            if self.rng.chance(0.6) {
                let day = plus_days(self.last, -self.rng.between(3, 80));
                self.prescription(drug, day, 90, self.mg, "continuous", None);
            }
        }
    }

    /// Whether neither an allergy nor the usual treatment stands against it.
    pub(super) fn may_take(&self, drug: &Drug) -> bool {
        !self.avoid.iter().any(|prefix| drug.atc.starts_with(prefix.as_str()))
    }

    /// Adds a prescription of that many days.
    pub(super) fn prescription(
        &mut self,
        drug: &Drug,
        day: Date,
        days: i64,
        by: &str,
        course: &str,
        encounter: Option<&str>,
    ) {
        let end = plus_days(day, days);
        let status = if end < self.last { "completed" } else { "active" };
        let label = if course == "acute" { "Cure courte" } else { "Traitement continu" };
        let supply = object(vec![(
            "expectedSupplyDuration",
            quantity(Json::integer(days), if days > 1 { "jours" } else { "jour" }, "d"),
        )]);
        let course = concept(
            "http://terminology.hl7.org/CodeSystem/medicationrequest-course-of-therapy",
            course,
            label,
        );
        let resource = self
            .resource("MedicationRequest")
            .text("status", status)
            .text("intent", "order")
            .with("medicationCodeableConcept", medicine(drug))
            .with("subject", reference(&self.patient))
            .maybe("encounter", encounter.map(reference))
            .text("authoredOn", day.to_string())
            .maybe("requester", self.staff(by))
            .with("courseOfTherapyType", course)
            .list("dosageInstruction", vec![dosage(drug)])
            .with("dispenseRequest", supply);
        self.keep(resource);
    }
}

/// The medicine: international name and strength in `text`, ATC and BDPM codes, the brand as display.
fn medicine(drug: &Drug) -> J {
    object(vec![
        ("coding", Json::array([coding(ATC, drug.atc, ""), coding(BDPM, drug.cis, drug.brand)])),
        ("text", text(drug.name)),
    ])
}

fn dosage(drug: &Drug) -> J {
    let decimals = usize::from(drug.dose.fract() > 0.0);
    let repeat = object(vec![
        ("frequency", Json::integer(drug.per_day as i64)),
        ("period", Json::integer(if drug.key == "vitamined" { 90 } else { 1 })),
        ("periodUnit", text("d")),
    ]);
    // The unit of a dose such as « comprimé » has no UCUM code: it stays words.
    let dose = object(vec![("value", decimal(drug.dose, decimals)), ("unit", text(drug.unit))]);
    let mut members = vec![("text", text(drug.words)), ("timing", object(vec![("repeat", repeat)]))];
    if drug.as_needed {
        members.push(("asNeededBoolean", Json::Bool(true)));
    }
    members.push(("route", concept(ROUTES, drug.route.0, drug.route.1)));
    members.push(("doseAndRate", Json::array([object(vec![("doseQuantity", dose)])])));
    object(members)
}
