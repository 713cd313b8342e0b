//! What a person comes with: diseases of the family, tobacco and alcohol, what everyone must know at once, letters.
//! Drawn from streams of their own, so that they change nothing of the rest of the chart.

use super::Chart;
use crate::calendar::{Moment, plus_days};
use crate::element::{
    ICD10, J, LOINC, SNOMED, concept, decimal, hl7, object, period, quantity, reference, text, words,
};
use crate::rng::Rng;
use fhir::Json;
use jiff::civil::Date;

const PARENTS: [(&str, &str); 4] =
    [("FTH", "Père"), ("MTH", "Mère"), ("BRO", "Frère"), ("MGRFTH", "Grand-père maternel")];

const ALERTS: [(&str, &str, &str); 5] = [
    ("safety", "Sécurité", "Risque de chute élevé : barrières et accompagnement aux déplacements"),
    ("clinical", "Clinique", "Intubation difficile prévue : prévenir l'anesthésiste"),
    ("clinical", "Clinique", "Porteur d'un stimulateur cardiaque : pas d'IRM sans avis"),
    ("admin", "Administratif", "Interprète nécessaire (langue turque)"),
    ("safety", "Sécurité", "Porteur de BMR : précautions complémentaires contact"),
];

impl Chart<'_> {
    pub(super) fn background(&mut self) {
        let mut rng = self.world.rng("background", self.n);
        let day = plus_days(self.last, -rng.between(20, 700)).max(self.person.birth);
        self.family(&mut rng, day);
        if self.age >= 16 {
            self.tobacco(&mut rng, day);
            self.alcohol(&mut rng, day);
        }
        if rng.chance(0.16) {
            self.alert(&mut rng, day);
        }
        if rng.chance(0.4) {
            self.letter(&mut rng);
        }
    }

    fn family(&mut self, rng: &mut Rng, day: Date) {
        for (code, label) in PARENTS {
            if !rng.chance(0.22) {
                continue;
            }
            let diseases = &self.world.data.family_diseases;
            let Some(row) = rng.weighted(diseases, |row| row.number(2).unwrap_or(1.0)) else { return };
            let age = rng.between(row.number(3).unwrap_or(50.0) as i64, row.number(4).unwrap_or(70.0) as i64);
            // Breast and prostate each belong to one sex.
            if (row.text(0) == "C50.9") != (code == "MTH") && row.text(0) == "C50.9" {
                continue;
            }
            if row.text(0) == "C61" && code == "MTH" {
                continue;
            }
            let years = quantity(decimal(age as f64, 0), "ans", "a");
            let condition =
                object(vec![("code", concept(ICD10, row.text(0), row.text(1))), ("onsetAge", years)]);
            let resource = self
                .resource("FamilyMemberHistory")
                .text("status", "completed")
                .with("patient", reference(&self.patient))
                .text("date", day.to_string())
                .with("relationship", hl7("v3-RoleCode", code, label))
                .list("condition", vec![condition]);
            self.keep(resource);
        }
    }

    fn habit(&mut self, day: Date, code: (&str, &str)) -> crate::element::Resource {
        self.resource("Observation")
            .text("status", "final")
            .list("category", vec![hl7("observation-category", "social-history", "Mode de vie")])
            .with("code", concept(LOINC, code.0, code.1))
            .with("subject", reference(&self.patient))
            .text("effectiveDateTime", Moment::new(day, 620).text())
    }

    fn tobacco(&mut self, rng: &mut Rng, day: Date) {
        let states = [
            ("266919005", "N'a jamais fumé", 50.0),
            ("8517006", "Ancien fumeur", 28.0),
            ("77176002", "Fumeur", 22.0),
        ];
        let Some((code, label, _)) = rng.weighted(&states, |(_, _, weight)| *weight) else { return };
        let state = self
            .habit(day, ("72166-2", "Statut tabagique"))
            .with("valueCodeableConcept", concept(SNOMED, code, label));
        self.keep(state);
        if *code != "266919005" {
            let packs = quantity(decimal(rng.between(4, 48) as f64, 0), "paquets-années", "{PackYears}");
            let amount = self.habit(day, ("8664-5", "Tabac cumulé")).with("valueQuantity", packs);
            self.keep(amount);
        }
    }

    fn alcohol(&mut self, rng: &mut Rng, day: Date) {
        if rng.chance(0.7) {
            let drinks = [0.0, 0.0, 2.0, 4.0, 7.0, 10.0, 21.0];
            let glasses = rng.pick(&drinks).copied().unwrap_or(0.0);
            let value = quantity(decimal(glasses, 0), "verres/semaine", "{drinks}/wk");
            let drunk = self.habit(day, ("11331-6", "Consommation d'alcool")).with("valueQuantity", value);
            self.keep(drunk);
        }
    }

    fn alert(&mut self, rng: &mut Rng, day: Date) {
        let Some((code, kind, words_of)) = rng.pick(&ALERTS).copied() else { return };
        let resource = self
            .resource("Flag")
            .text("status", "active")
            .list("category", vec![hl7("flag-category", code, kind)])
            .with("code", words(words_of))
            .with("subject", reference(&self.patient))
            .with("period", period(day.to_string(), None))
            .maybe("author", self.staff(self.mg));
        self.keep(resource);
    }

    fn letter(&mut self, rng: &mut Rng) {
        let Some(row) = rng.pick(&self.world.data.letters) else { return };
        let back = row.number(3).unwrap_or(60.0) as i64 + rng.between(0, 30);
        let at = Moment::new(plus_days(self.last, -back).max(self.person.birth), 17 * 60 + 10);
        let author = if row.text(2) == "mg" { self.mg } else { row.text(2) };
        let attachment: J = object(vec![
            ("contentType", text("text/plain; charset=utf-8")),
            ("language", text("fr")),
            ("data", text(row.text(4))),
            ("title", text(row.text(1))),
            ("creation", text(at.text())),
        ]);
        let resource = self
            .resource("DocumentReference")
            .text("status", "current")
            .text("docStatus", "final")
            .with("type", concept(LOINC, row.text(0), row.text(1)))
            .with("subject", reference(&self.patient))
            .text("date", at.text())
            .list("author", self.staff(author).into_iter().collect())
            .text("description", row.text(1))
            .with("content", Json::array([object(vec![("attachment", attachment)])]));
        self.keep(resource);
    }
}
