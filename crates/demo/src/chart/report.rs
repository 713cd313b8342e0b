//! What is written around an operation: consultations before and after, and the operation report.

use super::Chart;
use super::notes::{Rubric, Written};
use crate::archetype::StepKind;
use crate::calendar::Moment;
use fhir::Json;

const REASON: Rubric = ("reason", "10154-3", "Motif");
const HISTORY: Rubric = ("history", "10164-2", "Histoire de la maladie");
const EXAMINATION: Rubric = ("examination", "29545-1", "Examen clinique");
const CONCLUSION: Rubric = ("conclusion", "55110-1", "Conclusion");
const PLAN: Rubric = ("plan", "18776-5", "Conduite à tenir");

/// Sections of an operation report after the indication, with the member of `operation_notes.json`.
const OPERATION: [(&str, Rubric); 6] = [
    ("position", ("position", "", "Installation")),
    ("approach", ("approach", "", "Voie d'abord")),
    ("findings", ("findings", "59776-5", "Constatations")),
    ("procedure", ("procedure", "29554-3", "Déroulement")),
    ("implants", ("implants", "55122-2", "Implants")),
    ("specimens", ("specimens", "59773-2", "Prélèvements")),
];

impl Chart<'_> {
    #[allow(clippy::too_many_arguments)] // one sentence of the report each
    pub(super) fn operation_report(
        &mut self,
        start: Moment,
        surgeon: &str,
        (code, act): (&str, &str),
        anaesthesia: &str,
        side: Option<(&str, &str)>,
        encounter: &str,
        procedure: &str,
    ) {
        let side = side.map_or(String::new(), |(_, label)| format!(", {}", label.to_lowercase()));
        let operator = self.world.professional(surgeon).map(|p| p.display()).unwrap_or_default();
        let table =
            fhir::json::parse(include_bytes!("../../data/operation_notes.json")).unwrap_or(Json::Null);
        let told = table.items().find(|note| note.get_str("act") == Some(code));
        let word = |name: &str| told.and_then(|note| note.get_str(name)).unwrap_or_default().to_string();
        let mut sections: Vec<(Rubric, String)> = vec![
            (("indication", "10219-4", "Indication"), format!("{act}{side}.")),
            (("team", "", "Équipe"), format!("Opérateur : {operator}.")),
            (("anaesthesia", "59774-0", "Anesthésie"), format!("{anaesthesia}.")),
        ];
        sections.extend(OPERATION.map(|(name, rubric)| (rubric, word(name))));
        if told.is_none() {
            let words = "Liste de contrôle vérifiée avant l'incision. Geste réalisé sans incident.";
            sections.push((("procedure", "29554-3", "Déroulement"), words.to_string()));
        }
        let orders = if told.is_some() {
            word("orders")
        } else {
            "Surveillance en salle de réveil, puis retour dans l'unité. Antalgiques selon l'ordonnance."
                .to_string()
        };
        let counts = "Aucun. Comptes de compresses, d'aiguilles et d'instruments exacts.".to_string();
        sections.push((("incidents", "55109-9", "Incidents"), counts));
        sections.push((("orders", "", "Consignes post-opératoires"), orders));
        self.write_note(Written {
            kind: ("operative", "34874-8"),
            title: format!("Compte rendu opératoire – {act}"),
            at: start.plus(150),
            by: surgeon,
            encounter,
            sections,
            entry: Some(procedure),
            signed: true,
        });
    }

    /// The note of a consultation before or after an operation.
    pub(super) fn step_note(
        &mut self,
        kind: StepKind,
        (reason, act): (&str, &str),
        by: &str,
        at: Moment,
        encounter: &str,
    ) {
        let (who, seen) = if self.person.male { ("Patient", "vu") } else { ("Patiente", "vue") };
        let (age, act) = (self.age, act.to_lowercase());
        let (history, examination, conclusion, plan) = match kind {
            StepKind::Anaesthesia => (
                format!(
                    "{who} de {age} ans, {seen} en consultation pré-anesthésique avant : {act}. Pas d'incident d'anesthésie connu. Capacité à l'effort supérieure à 4 MET."
                ),
                "Mallampati 2, ouverture de bouche supérieure à 3,5 cm, mobilité cervicale normale. Auscultation cardio-pulmonaire sans anomalie.",
                "Score ASA 2. Technique, bénéfices et risques expliqués ; information remise.",
                "Jeûne : solides six heures, liquides clairs deux heures. Traitements habituels à revoir la veille. Thromboprophylaxie selon le risque.",
            ),
            StepKind::Followup => (
                format!(
                    "{who} de {age} ans, re{seen} après : {act}. Suites simples, douleur bien contrôlée."
                ),
                "Cicatrice propre, non inflammatoire. Mollets souples et indolores. Apyrexie.",
                "Évolution favorable.",
                "Reprise progressive des activités. Revoir au prochain contrôle, ou avant en cas de fièvre, de douleur ou d'écoulement.",
            ),
            _ => (
                format!(
                    "{who} de {age} ans. Gêne qui augmente malgré le traitement médical, avec retentissement sur la vie quotidienne."
                ),
                "Examen concordant avec l'imagerie. Pas de signe d'urgence.",
                "Indication opératoire retenue d'un commun accord.",
                "Information sur le bénéfice attendu, les alternatives et les risques ; délai de réflexion. Consultation d'anesthésie à prévoir.",
            ),
        };
        let words = |text: &str| text.to_string();
        self.write_note(Written {
            kind: ("consultation", "11488-4"),
            title: reason.to_string(),
            at: at.plus(20),
            by,
            encounter,
            sections: vec![
                (REASON, format!("{reason}.")),
                (HISTORY, history),
                (EXAMINATION, words(examination)),
                (CONCLUSION, words(conclusion)),
                (PLAN, words(plan)),
            ],
            entry: None,
            signed: false,
        });
    }
}
