//! Results of yesterday evening that wait for the surgeons of the sample: for each who operates here, one that cannot
//! wait, one that is abnormal, one that is as it should be.

use super::Chart;
use crate::calendar::{Moment, plus_days};
use crate::element::{J, LOINC, SNOMED, concept, hl7, identifier, reference};
use fhir::Json;

/// Professionals for whom results wait: the surgeons who have an account.
const SURGEONS: [&str; 3] = ["ortho1", "visc1", "ophta1"];

/// Panel, and its analyses with their values. That the potassium is critical is found by the hub, not said here.
type Story = (&'static str, &'static [(&'static str, f64)]);

const STORIES: [Story; 3] = [
    ("iono", &[("NA", 138.0), ("K", 6.9), ("CREAT", 168.0), ("DFG", 34.0)]),
    ("nfs", &[("HB", 9.4), ("HCT", 28.0), ("WBC", 8.2), ("PLT", 231.0)]),
    ("infl", &[("CRP", 3.2)]),
];

/// Minutes of the day.
const ORDERED: u16 = 16 * 60 + 10;
const TAKEN: u16 = 17 * 60 + 30;

impl Chart<'_> {
    /// Adds one of them, if the patient is one of those who wait for such a surgeon.
    pub(super) fn fresh_results(&mut self) {
        if self.last < self.world.today {
            return;
        }
        for key in SURGEONS {
            let Some(surgeon) = self.world.professional(key).map(|p| p.reference.clone()) else { continue };
            let told = self.world.fresh.get(key).copied().unwrap_or(0);
            let Some(story) = STORIES.get(told).filter(|_| self.is_operated_by(&surgeon)) else { continue };
            self.world.fresh.insert(key, told + 1);
            return self.fresh_result(key, *story);
        }
    }

    fn is_operated_by(&self, surgeon: &str) -> bool {
        let requested = |body: &fhir::Object<'static>| {
            body.get("requester").and_then(|one| one.get_str("reference")) == Some(surgeon)
        };
        self.out.iter().any(|r| r.kind == "ServiceRequest" && requested(r.json()))
    }

    fn fresh_result(&mut self, surgeon: &str, (panel, values): Story) {
        let data = self.world.data;
        let Some(row) = data.panels.iter().find(|row| row.text(0) == panel) else { return };
        let day = plus_days(self.world.today, -1);
        let (ordered, taken) = (Moment::new(day, ORDERED), Moment::new(day, TAKEN));
        let requisition = format!("R-{:04}", self.n);
        let order = self
            .resource("ServiceRequest")
            .with("requisition", identifier("urn:medhub:requisition", &requisition))
            .text("status", "completed")
            .text("intent", "order")
            .list("category", vec![concept(SNOMED, "108252007", "Laboratory procedure")])
            .text("priority", "urgent")
            .with("code", concept(LOINC, row.text(1), row.text(2)))
            .with("subject", reference(&self.patient))
            .text("authoredOn", ordered.text())
            .maybe("requester", self.staff(surgeon));
        let order = self.keep(order);
        let mut results: Vec<J> = Vec::new();
        for (key, value) in values {
            if let Some(lab) = data.labs.iter().find(|lab| lab.key == *key) {
                results.push(reference(&self.result(lab, *value, taken, None)));
            }
        }
        let report = self
            .resource("DiagnosticReport")
            .with("basedOn", Json::array([reference(&order)]))
            .text("status", "final")
            .list("category", vec![hl7("v2-0074", "LAB", "Laboratoire")])
            .with("code", concept(LOINC, row.text(1), row.text(2)))
            .with("subject", reference(&self.patient))
            .text("effectiveDateTime", taken.text())
            .text("issued", taken.plus(75).text())
            .list("result", results);
        self.keep(report);
    }
}
