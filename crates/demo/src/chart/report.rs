//! The operation report: a Composition (LOINC 34874-8) whose sections are short narratives.

use super::Chart;
use crate::calendar::Moment;
use crate::element::{J, LOINC, concept, object, reference, text};
use fhir::Json;

impl Chart<'_> {
    #[allow(clippy::too_many_arguments)] // one sentence of the report each
    pub(super) fn operation_report(
        &mut self,
        start: Moment,
        surgeon: &str,
        act: &str,
        anaesthesia: &str,
        side: Option<(&str, &str)>,
        encounter: &str,
        procedure: &str,
    ) {
        let Some(author) = self.staff(surgeon) else { return };
        let side = side.map_or(String::new(), |(_, label)| format!(", {}", label.to_lowercase()));
        let sections = vec![
            section("Intervention", &format!("{act}{side}."), Some(procedure)),
            section("Anesthésie", &format!("{anaesthesia}."), None),
            section(
                "Déroulement",
                "Liste de contrôle vérifiée avant l'incision. Geste réalisé sans incident. Comptes exacts.",
                None,
            ),
            section(
                "Consignes",
                "Surveillance en salle de réveil, puis retour dans l'unité. Antalgiques selon l'ordonnance.",
                None,
            ),
        ];
        let resource = self
            .resource("Composition")
            .text("status", "final")
            .with("type", concept(LOINC, "34874-8", "Compte rendu opératoire"))
            .with("subject", reference(&self.patient))
            .with("encounter", reference(encounter))
            .text("date", start.plus(150).text())
            .list("author", vec![author])
            .text("title", format!("Compte rendu opératoire – {act}"))
            .list("section", sections);
        self.keep(resource);
    }
}

fn section(title: &str, words: &str, entry: Option<&str>) -> J {
    let div = format!("<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>{words}</p></div>");
    let narrative = object(vec![("status", text("generated")), ("div", text(div))]);
    let mut members = vec![("title", text(title)), ("text", narrative)];
    if let Some(entry) = entry {
        members.push(("entry", Json::array([reference(entry)])));
    }
    object(members)
}
