//! What notes say: the operative report of a case, and the newest note of a kind about the patient.

use crate::read::{Stored, all, coded};
use fhir::{Json, ResourceType};
use service::RouteCtx;
use store::Result;

const KINDS: &str = "urn:medhub:note-kind";
const SECTIONS: &str = "urn:medhub:note-section";
const CASE_ID: &str = "urn:medhub:case-id";
/// What the writer of a note has still to fill in.
const GAP: &str = "[…]";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Section {
    pub code: String,
    pub title: String,
    pub text: String,
}

impl Section {
    pub fn is_whole(&self) -> bool {
        !self.text.trim().is_empty() && !self.text.contains(GAP)
    }
}

#[derive(Default)]
pub(crate) struct Notes {
    pub report: Vec<Section>,
    /// `Composition/…` of the report.
    pub report_reference: Option<String>,
    pub report_signed: bool,
    /// Sections of the newest note by kind.
    newest: Vec<(String, Vec<Section>)>,
}

impl Notes {
    pub async fn read(
        cx: &RouteCtx,
        patient: &str,
        case: Option<&str>,
        encounter: Option<&str>,
    ) -> Result<Notes> {
        let mut notes = Notes::default();
        if let Some(case) = case {
            let query = [("identifier", format!("{CASE_ID}|{case}"))];
            let found = all(cx, ResourceType::COMPOSITION, &query).await?;
            let stands = |note: &&Stored| note.json.get_str("status") != Some("entered-in-error");
            if let Some(report) = found.iter().filter(stands).find(|n| kind(&n.json) == Some("operative")) {
                notes.report = sections(&report.json);
                notes.report_reference = Some(format!("Composition/{}", report.id));
                notes.report_signed = matches!(report.json.get_str("status"), Some("final" | "amended"));
            }
        }
        let mut query = vec![("patient", format!("Patient/{patient}")), ("_sort", "-date".to_string())];
        query.extend(encounter.map(|id| ("encounter", format!("Encounter/{id}"))));
        for note in all(cx, ResourceType::COMPOSITION, &query).await? {
            let Some(kind) = kind(&note.json) else { continue };
            let known = notes.newest.iter().any(|(name, _)| name == kind);
            if !known && note.json.get_str("status") != Some("entered-in-error") {
                notes.newest.push((kind.to_string(), sections(&note.json)));
            }
        }
        Ok(notes)
    }

    /// What the newest note of a kind says in a section.
    pub fn said(&self, kind: &str, section: &str) -> Option<String> {
        let (_, sections) = self.newest.iter().find(|(name, _)| name == kind)?;
        let found = sections.iter().find(|s| s.code == section && s.is_whole())?;
        Some(found.text.clone())
    }
}

fn kind<'j>(note: &'j Json<'_>) -> Option<&'j str> {
    let found: Option<&'j str> = note.each("category").find_map(|category| coded(category, KINDS));
    found
}

fn sections(note: &Json<'static>) -> Vec<Section> {
    let read = |section: &Json<'static>| Section {
        code: section.get("code").and_then(|code| coded(code, SECTIONS)).unwrap_or_default().to_string(),
        title: section.get_str("title").unwrap_or_default().to_string(),
        text: section.get("text").map(plain).unwrap_or_default(),
    };
    note.each("section").map(read).collect()
}

/// The text of a narrative (<https://hl7.org/fhir/R4/narrative.html>), without tags.
fn plain(narrative: &Json<'_>) -> String {
    if narrative.get_str("status") == Some("empty") {
        return String::new();
    }
    let mut out = String::new();
    let mut rest = narrative.get_str("div").unwrap_or_default();
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(end) = rest.find(if rest.starts_with('<') { '>' } else { ';' }) else { break };
        let name = &rest[1..end];
        if rest.starts_with('&') {
            out.push_str(match name {
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                "apos" | "#39" => "'",
                "nbsp" | "#160" => "\u{a0}",
                "#9" => "\t",
                _ => "&",
            });
        } else if matches!(name.trim_end_matches('/').trim_end(), "br" | "/p" | "/div" | "/li" | "/tr") {
            out.push('\n');
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    out.trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn narratives_become_text() {
        let told = |div: &str| plain(&Json::object([("div", Json::string(div.to_string()))]));
        assert_eq!(told("<div><p>a &lt; b<br/>c &amp; d</p></div>"), "a < b\nc & d");
        assert_eq!(told("a & b < c"), "a & b < c");
    }

    proptest! {
        #[test]
        fn no_narrative_panics(div in "\\PC{0,80}") {
            plain(&Json::object([("div", Json::string(div))]));
        }
    }
}
