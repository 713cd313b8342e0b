//! What of a resource can be found: its title, and texts of other weights.

use super::words::{Word, words};
use super::xhtml;
use fhir::{Json, ResourceType};
use store::Visible;

/// Bytes of one text that are read.
const TEXT_MAX: usize = 64 * 1024;
/// Sections lie within sections.
const DEPTH_MAX: usize = 6;

/// How much a word that is found there counts.
pub(super) const TITLE: u32 = 8;
const SAID: u32 = 4;
const BODY: u32 = 2;

/// A resource as it is searched.
pub(super) struct Document {
    pub kind: &'static str,
    pub title: Part,
    pub rest: Vec<Part>,
    /// As it is written in the resource.
    pub date: Option<String>,
    /// The same, ms since epoch.
    pub at: i64,
    /// Id of the patient.
    pub patient: Option<String>,
}

/// A text and its words.
pub(super) struct Part {
    pub weight: u32,
    pub text: String,
    pub words: Vec<Word>,
}

impl Part {
    fn new(weight: u32, text: &str) -> Part {
        let mut end = text.len().min(TEXT_MAX);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = text[..end].to_string();
        Part { weight, words: words(&text), text }
    }

    fn bytes(&self) -> usize {
        let words = self.words.iter().map(|word| word.folded.len() + size_of::<Word>());
        self.text.len() + words.sum::<usize>() + size_of::<Part>()
    }
}

/// Types that are searched in a record, besides results of the laboratory.
pub(super) const TYPES: [ResourceType; 8] = [
    ResourceType::COMPOSITION,
    ResourceType::DOCUMENT_REFERENCE,
    ResourceType::CONDITION,
    ResourceType::ALLERGY_INTOLERANCE,
    ResourceType::MEDICATION_STATEMENT,
    ResourceType::MEDICATION_REQUEST,
    ResourceType::DIAGNOSTIC_REPORT,
    ResourceType::PROCEDURE,
];

impl Document {
    /// `None` for a type that is not searched, and for what has no title.
    pub fn of(visible: &Visible) -> Option<Document> {
        let json = fhir::json::parse(&visible.body).ok()?;
        if json.get_str("status") == Some("entered-in-error") {
            return None;
        }
        let (kind, title, dates): (_, _, &[&str]) = match visible.rt {
            ResourceType::PATIENT => ("patient", crate::person::name(&json), &[]),
            ResourceType::COMPOSITION => (
                "note",
                json.get_str("title").map(String::from).or_else(|| concept(json.get("type"))),
                &["date"],
            ),
            ResourceType::DOCUMENT_REFERENCE => ("document", document_title(&json), &["date"]),
            ResourceType::CONDITION => {
                ("condition", concept(json.get("code")), &["onsetDateTime", "recordedDate"])
            }
            ResourceType::ALLERGY_INTOLERANCE => {
                ("allergy", concept(json.get("code")), &["onsetDateTime", "recordedDate"])
            }
            ResourceType::MEDICATION_STATEMENT => (
                "medication",
                concept(json.get("medicationCodeableConcept")),
                &["effectiveDateTime", "dateAsserted"],
            ),
            ResourceType::MEDICATION_REQUEST => {
                ("medication", concept(json.get("medicationCodeableConcept")), &["authoredOn"])
            }
            ResourceType::DIAGNOSTIC_REPORT | ResourceType::OBSERVATION => {
                ("result", concept(json.get("code")), &["effectiveDateTime", "issued"])
            }
            ResourceType::PROCEDURE => ("procedure", concept(json.get("code")), &["performedDateTime"]),
            _ => return None,
        };
        let mut rest = Vec::new();
        said(visible.rt, &json, &mut rest);
        let date = dates.iter().find_map(|name| json.get_str(name)).or_else(|| started(&json));
        let date = date.map(String::from);
        let at = date.as_deref().and_then(fhir::date::parse).map_or(i64::MIN, |moment| moment.lo_ms);
        let patient = match visible.rt {
            ResourceType::PATIENT => Some(visible.id.clone()),
            rt => fhir::compartment::patients(rt, &json).first().map(|id| id.to_string()),
        };
        Some(Document { kind, title: Part::new(TITLE, &title?), rest, date, at, patient })
    }

    /// Memory that it takes, in bytes.
    pub fn bytes(&self) -> usize {
        let rest: usize = self.rest.iter().map(Part::bytes).sum();
        self.title.bytes() + rest + size_of::<Document>()
    }

    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        std::iter::once(&self.title).chain(&self.rest)
    }
}

fn started<'j>(json: &'j Json<'_>) -> Option<&'j str> {
    ["performedPeriod", "effectivePeriod", "onsetPeriod"]
        .iter()
        .find_map(|name| json.get(name)?.get_str("start"))
}

/// What else is said, by type.
fn said(rt: ResourceType, json: &Json<'_>, out: &mut Vec<Part>) {
    let mut add = |weight, text: Option<&str>| {
        out.extend(text.filter(|text| !text.trim().is_empty()).map(|text| Part::new(weight, text)));
    };
    match rt {
        ResourceType::COMPOSITION => return json.each("section").for_each(|one| section(one, 1, out)),
        ResourceType::DOCUMENT_REFERENCE => {
            add(SAID, json.get_str("description"));
            add(SAID, concept(json.get("type")).as_deref());
        }
        ResourceType::DIAGNOSTIC_REPORT => {
            add(SAID, json.get_str("conclusion"));
            for code in json.each("conclusionCode") {
                add(SAID, concept(Some(code)).as_deref());
            }
        }
        ResourceType::ALLERGY_INTOLERANCE => {
            for manifestation in json.each("reaction").flat_map(|reaction| reaction.each("manifestation")) {
                add(SAID, concept(Some(manifestation)).as_deref());
            }
        }
        ResourceType::OBSERVATION => add(SAID, json.get_str("valueString")),
        _ => {}
    }
    for note in json.each("note") {
        add(BODY, note.get_str("text"));
    }
}

fn section(json: &Json<'_>, depth: usize, out: &mut Vec<Part>) {
    if let Some(title) = json.get_str("title") {
        out.push(Part::new(SAID, title));
    }
    if let Some(div) = json.get("text").and_then(|text| text.get_str("div")) {
        out.push(Part::new(BODY, &xhtml::text(div)));
    }
    if depth < DEPTH_MAX {
        json.each("section").for_each(|inner| section(inner, depth + 1, out));
    }
}

/// A code as people read it.
pub(crate) fn concept(json: Option<&Json<'_>>) -> Option<String> {
    let json = json?;
    let shown =
        json.get_str("text").or_else(|| json.each("coding").find_map(|coding| coding.get_str("display")));
    shown.map(String::from)
}

fn document_title(json: &Json<'_>) -> Option<String> {
    let mut attachments = json.each("content").filter_map(|content| content.get("attachment"));
    let title = attachments.find_map(|attachment| attachment.get_str("title"));
    title.or_else(|| json.get_str("description")).map(String::from).or_else(|| concept(json.get("type")))
}
