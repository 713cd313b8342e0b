//! Laboratory results: LOINC, reference ranges, interpretations, one DiagnosticReport a panel.

use super::{Chart, YEARS_BACK_DAYS};
use crate::archetype::{Spread, spread};
use crate::calendar::{Moment, plus_days, years_between};
use crate::data::Lab;
use crate::element::{J, LOINC, concept, decimal, hl7, object, quantity, reference};
use jiff::civil::Date;

impl Chart<'_> {
    pub(super) fn regular_labs(&mut self) {
        for regular in &self.archetype.labs {
            let mut back = self.rng.between(5, regular.every_days.max(30));
            while back < YEARS_BACK_DAYS + 200 {
                let day = plus_days(self.last, -back);
                if day > self.person.birth {
                    self.panel(&regular.panel, day, &[], None, self.mg);
                }
                back += regular.every_days.max(30) + self.rng.between(-20, 40);
            }
        }
    }

    /// Adds the results of a panel. `shifts` is the level of the moment of some analyses (an infection, the
    /// day after an operation); it leaves the patient's own level alone.
    pub(super) fn panel(
        &mut self,
        panel: &str,
        day: Date,
        shifts: &'static [(String, Spread)],
        encounter: Option<&str>,
        by: &str,
    ) {
        let at = Moment::new(day, 450 + self.rng.between(0, 90) as u16);
        let mut results: Vec<J> = Vec::new();
        let mut drawn: Vec<(&str, f64)> = Vec::new();
        for lab in self.world.data.labs.iter().filter(|l| l.panel == panel) {
            let value = self.lab_value(lab, day, shifts, &drawn);
            drawn.push((lab.key, value));
            results.push(reference(&self.result(lab, value, at, encounter)));
        }
        let Some(row) = self.world.data.panels.iter().find(|r| r.text(0) == panel) else { return };
        let report = self
            .resource("DiagnosticReport")
            .text("status", "final")
            .list("category", vec![hl7("v2-0074", "LAB", "Laboratoire")])
            .with("code", concept(LOINC, row.text(1), row.text(2)))
            .with("subject", reference(&self.patient))
            .maybe("encounter", encounter.map(reference))
            .text("effectiveDateTime", at.text())
            .text("issued", at.plus(240).text())
            .list("resultsInterpreter", self.staff(by).into_iter().collect())
            .list("result", results);
        self.keep(report);
    }

    fn lab_value(
        &mut self,
        lab: &'static Lab,
        day: Date,
        shifts: &[(String, Spread)],
        drawn: &[(&str, f64)],
    ) -> f64 {
        let found = |key: &str| drawn.iter().find(|(k, _)| *k == key).map(|(_, v)| *v);
        match lab.key {
            "DFG" => found("CREAT").map_or(90.0, |c| self.filtration(c, day)),
            // Friedewald, in mmol/L.
            "LDL" => match (found("CHOL"), found("HDL"), found("TG")) {
                (Some(total), Some(hdl), Some(tg)) => (total - hdl - tg / 2.2).max(0.6),
                _ => lab.mean,
            },
            "HCT" => found("HB").map_or(lab.mean, |hb| hb * 3.0 + self.rng.normal(0.0, 0.6)),
            _ => {
                let women = Spread { mean: lab.mean - self.woman_shift(lab), sd: lab.sd, drift: 0.0 };
                let usual = spread(&self.archetype.values, lab.key).unwrap_or(women);
                match spread(shifts, lab.key) {
                    Some(shift) => self.rng.normal(shift.mean, shift.sd).max(shift.mean * 0.3),
                    None => self.measure(lab.key, usual, day),
                }
            }
        }
    }

    /// How much lower the usual level of a woman is: the distance of the middles of the ranges.
    fn woman_shift(&self, lab: &Lab) -> f64 {
        match (lab.low, lab.high) {
            ([Some(a), Some(c)], [Some(b), Some(d)]) if !self.person.male => ((a + b) - (c + d)) / 2.0,
            _ => 0.0,
        }
    }

    /// CKD-EPI 2009, from creatinine in µmol/L.
    fn filtration(&self, creatinine: f64, day: Date) -> f64 {
        let (kappa, alpha, factor) =
            if self.person.male { (79.6, -0.411, 141.0) } else { (61.9, -0.329, 144.0) };
        let ratio = creatinine / kappa;
        let power = if ratio <= 1.0 { alpha } else { -1.209 };
        let age = years_between(self.person.birth, day) as f64;
        (factor * ratio.powf(power) * 0.993f64.powf(age)).clamp(8.0, 130.0)
    }

    pub(super) fn result(&mut self, lab: &Lab, value: f64, at: Moment, encounter: Option<&str>) -> String {
        let sex = usize::from(!self.person.male);
        let (low, high) = (lab.low.get(sex).copied().flatten(), lab.high.get(sex).copied().flatten());
        let amount = |v: f64| quantity(decimal(v, lab.decimals), lab.unit, lab.ucum);
        let mut range = Vec::new();
        range.extend(low.map(|v| ("low", amount(v))));
        range.extend(high.map(|v| ("high", amount(v))));
        let (code, label) = interpretation(value, low, high);
        let resource = self
            .resource("Observation")
            .text("status", "final")
            .list("category", vec![hl7("observation-category", "laboratory", "Laboratoire")])
            .with("code", concept(LOINC, lab.loinc, lab.label))
            .with("subject", reference(&self.patient))
            .maybe("encounter", encounter.map(reference))
            .text("effectiveDateTime", at.text())
            .text("issued", at.plus(200).text())
            .with("valueQuantity", amount(value))
            .list("interpretation", vec![hl7("v3-ObservationInterpretation", code, label)])
            .list("referenceRange", if range.is_empty() { Vec::new() } else { vec![object(range)] });
        self.keep(resource)
    }
}

fn interpretation(value: f64, low: Option<f64>, high: Option<f64>) -> (&'static str, &'static str) {
    match (low, high) {
        (_, Some(high)) if value > high * 3.0 => ("HH", "Très élevé"),
        (_, Some(high)) if value > high => ("H", "Élevé"),
        (Some(low), _) if value < low * 0.6 => ("LL", "Très bas"),
        (Some(low), _) if value < low => ("L", "Bas"),
        _ => ("N", "Normal"),
    }
}

#[cfg(test)]
mod tests {
    use super::interpretation;

    #[test]
    fn interpretations() {
        let code = |v| interpretation(v, Some(3.5), Some(5.0)).0;
        assert_eq!([code(4.0), code(3.4), code(2.0), code(5.1), code(15.1)], ["N", "L", "LL", "H", "HH"]);
        assert_eq!(interpretation(9.0, None, None).0, "N");
    }
}
