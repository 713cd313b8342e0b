//! Notes as the records keep them: Compositions with coded sections, signed ones with their proof (a Provenance
//! that holds the hash of the text). Recent ones are drafts that their authors have yet to finish.

use super::Chart;
use crate::calendar::{Moment, plus_days};
use crate::element::{J, LOINC, Resource, coding, object, reference, text};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fhir::Json;

const KINDS: &str = "urn:medhub:note-kind";
const SECTIONS: &str = "urn:medhub:note-section";
const DIVISION: &str = "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>";
/// What is signed of a Composition, in this order: the records look whether the hash fits.
const SIGNED: [&str; 9] =
    ["type", "category", "subject", "encounter", "date", "author", "title", "relatesTo", "section"];
/// Notes of the last days are drafts still.
const OPEN_DAYS: i64 = 12;

/// A section: its code, its LOINC code (empty: none), its title.
pub(super) type Rubric = (&'static str, &'static str, &'static str);

/// A note to be written.
pub(super) struct Written<'a> {
    /// Kind and LOINC code.
    pub kind: (&'static str, &'static str),
    pub title: String,
    pub at: Moment,
    /// Key of the author.
    pub by: &'a str,
    pub encounter: &'a str,
    pub sections: Vec<(Rubric, String)>,
    /// What the first section links to.
    pub entry: Option<&'a str>,
    /// Signed however recent it is.
    pub signed: bool,
}

impl Chart<'_> {
    pub(super) fn write_note(&mut self, note: Written<'_>) {
        let Some(author) = self.staff(note.by) else { return };
        let signed = note.signed || note.at.day < plus_days(self.world.today, -OPEN_DAYS);
        let sections: Vec<J> = note
            .sections
            .iter()
            .enumerate()
            .filter(|(_, (_, words))| !words.is_empty())
            .map(|(n, (rubric, words))| section(rubric, words, note.entry.filter(|_| n == 0)))
            .collect();
        let concept =
            |system: &str, code: &str| object(vec![("coding", Json::array([coding(system, code, "")]))]);
        let mut resource = self
            .resource("Composition")
            .text("status", if signed { "final" } else { "preliminary" })
            .with("type", concept(LOINC, note.kind.1))
            .list("category", vec![concept(KINDS, note.kind.0)])
            .with("subject", reference(&self.patient))
            .with("encounter", reference(note.encounter))
            .text("date", note.at.text())
            .list("author", vec![author.clone()])
            .text("title", note.title)
            .list("section", sections);
        if signed {
            let time = note.at.plus(15).text();
            let attester = object(vec![
                ("mode", text("legal")),
                ("time", text(time.clone())),
                ("party", author.clone()),
            ]);
            resource = resource.list("attester", vec![attester]);
            resource.label("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "DIGSIG");
            // The note is written over its proof, so the proof goes first.
            let proof = proof(self, &resource, &author, &time);
            self.keep(proof);
        }
        self.keep(resource);
    }
}

fn section((code, loinc, title): &Rubric, words: &str, entry: Option<&str>) -> J {
    let mut codings = vec![coding(SECTIONS, code, "")];
    if !loinc.is_empty() {
        codings.push(coding(LOINC, loinc, ""));
    }
    let escaped =
        words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let div = format!("{DIVISION}{}</p></div>", escaped.replace('\n', "<br/>"));
    let mut members = vec![
        ("title", text(*title)),
        ("code", object(vec![("coding", Json::Array(codings))])),
        ("text", object(vec![("status", text("additional")), ("div", text(div))])),
    ];
    members.extend(entry.map(|entry| ("entry", Json::array([reference(entry)]))));
    object(members)
}

/// The proof of the author's signature, as the verb writes it. Nobody gave a factor in a sample.
fn proof(chart: &Chart<'_>, note: &Resource, author: &J, time: &str) -> Resource {
    let body = note.json();
    let members = SIGNED.iter().filter_map(|name| Some((*name, body.get(name)?.clone())));
    let hash: String =
        seal::sha256(&Json::object(members).to_vec()).iter().map(|byte| format!("{byte:02x}")).collect();
    let statement = object(vec![
        ("hash", text(format!("sha256:{hash}"))),
        ("of", Json::array(SIGNED.map(Json::string))),
        ("role", text("author")),
        ("methods", Json::array(["sample"].map(Json::string))),
        ("level", text("simple")),
    ]);
    let signature = object(vec![
        ("type", Json::array([coding("urn:iso-astm:E1762-95:2013", "1.2.840.10065.1.12.1.1", "")])),
        ("when", text(time)),
        ("who", author.clone()),
        ("sigFormat", text("application/json")),
        ("data", text(STANDARD.encode(statement.to_vec()))),
    ]);
    let participant = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
    let agent = object(vec![
        ("type", object(vec![("coding", Json::array([coding(participant, "author", "")]))])),
        ("who", author.clone()),
    ]);
    Resource::new("Provenance", chart.world.id(&format!("proof/{}", note.id)))
        .list("target", vec![reference(&note.reference()), reference(&chart.patient)])
        .text("recorded", time)
        .list("agent", vec![agent])
        .list("signature", vec![signature])
}
