//! Who lies in a ward today, watched every six hours; and one patient who has come three times a week for years.

use super::Chart;
use super::visit::Stay;
use crate::calendar::{Moment, plus_days, weekday};
use crate::element::{LOINC, Resource, concept, hl7, reference};

/// Patients in a ward today; the last of them is getting worse.
const WARD: [u64; 4] = [7, 15, 19, 24];
/// The patient on dialysis, whose record holds thousands of encounters.
const DIALYSIS: u64 = 41;
const SESSIONS: usize = 2000;

/// One round: respiration, saturation, oxygen (L/min), systolic, diastolic, pulse, temperature, answers as (code, word).
type Round = (f64, f64, f64, f64, f64, f64, f64, (&'static str, &'static str));

const ALERT: (&str, &str) = ("LA9340-6", "Alerte");
const VOICE: (&str, &str) = ("LA9341-4", "Réagit à la voix");

const STEADY: [Round; 4] = [
    (16.0, 97.0, 0.0, 128.0, 74.0, 78.0, 37.1, ALERT),
    (15.0, 98.0, 0.0, 124.0, 72.0, 74.0, 36.8, ALERT),
    (16.0, 97.0, 0.0, 131.0, 78.0, 81.0, 37.3, ALERT),
    (14.0, 98.0, 0.0, 126.0, 70.0, 72.0, 36.9, ALERT),
];

const WORSE: [Round; 4] = [
    (17.0, 96.0, 0.0, 126.0, 72.0, 84.0, 37.4, ALERT),
    (20.0, 95.0, 0.0, 114.0, 66.0, 96.0, 38.3, ALERT),
    (23.0, 93.0, 2.0, 104.0, 60.0, 108.0, 38.9, ALERT),
    (26.0, 91.0, 4.0, 92.0, 52.0, 124.0, 39.2, VOICE),
];

impl Chart<'_> {
    pub(super) fn ward(&mut self) {
        if self.n == DIALYSIS {
            self.dialysis();
        }
        if !WARD.contains(&self.n) || self.age < 18 || self.last != self.world.today {
            return;
        }
        let yesterday = plus_days(self.world.today, -1);
        let stay = Stay {
            class: ("IMP", "Hospitalisation"),
            staff: "ortho1",
            reason: "Surveillance après chirurgie",
            condition: None,
            location: "ward1",
            start: Moment::new(yesterday, 9 * 60),
            end: Moment::new(plus_days(self.world.today, 2), 11 * 60),
        };
        let encounter = self.encounter(&stay);
        let rounds = if WARD.last() == Some(&self.n) { WORSE } else { STEADY };
        for (index, round) in rounds.into_iter().enumerate() {
            self.round(Moment::new(yesterday, 12 * 60).plus(index as u16 * 360), &encounter, round);
        }
    }

    fn round(&mut self, at: Moment, encounter: &str, round: Round) {
        let (respiration, saturation, oxygen, systolic, diastolic, pulse, temperature, answer) = round;
        self.pressure(at, encounter, systolic, diastolic);
        self.vital(at, encounter, ("8867-4", "Fréquence cardiaque"), (pulse, 0), ("/min", "/min"));
        self.vital(at, encounter, ("9279-1", "Fréquence respiratoire"), (respiration, 0), ("/min", "/min"));
        self.vital(at, encounter, ("2708-6", "Saturation en oxygène"), (saturation, 0), ("%", "%"));
        self.vital(at, encounter, ("3151-8", "Débit d'oxygène"), (oxygen, 0), ("L/min", "L/min"));
        self.vital(at, encounter, ("8310-5", "Température corporelle"), (temperature, 1), ("°C", "Cel"));
        self.vital(at, encounter, ("72514-3", "Douleur (0 à 10)"), (3.0, 0), ("points", "{score}"));
        let awake = self.awake(at, encounter, answer);
        self.keep(awake);
    }

    fn awake(&mut self, at: Moment, encounter: &str, answer: (&str, &str)) -> Resource {
        self.resource("Observation")
            .text("status", "final")
            .list("category", vec![hl7("observation-category", "vital-signs", "Signes vitaux")])
            .with("code", concept(LOINC, "67775-7", "Niveau de conscience"))
            .with("subject", reference(&self.patient))
            .with("encounter", reference(encounter))
            .text("effectiveDateTime", at.text())
            .with("valueCodeableConcept", concept(LOINC, answer.0, answer.1))
    }

    /// Monday, Wednesday, Friday, for as long as it takes.
    fn dialysis(&mut self) {
        let mut day = plus_days(self.last, -1);
        let mut done = 0;
        while done < SESSIONS && day > self.person.birth {
            if matches!(weekday(day), 1 | 3 | 5) {
                let start = Moment::new(day, 7 * 60 + 30);
                let stay = Stay {
                    class: ("AMB", "Séance d'hémodialyse"),
                    staff: "mg1",
                    reason: "Insuffisance rénale chronique terminale",
                    condition: None,
                    location: "cons1",
                    start,
                    end: start.plus(240),
                };
                self.encounter(&stay);
                done += 1;
            }
            day = plus_days(day, -1);
        }
    }
}
