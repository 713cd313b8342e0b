//! A note as a Composition (<https://hl7.org/fhir/R4/composition.html>), and what its writer changes of it.

use super::kind::{KINDS, Kind, LOINC, SECTIONS};
use super::text;
use fhir::Json;

/// Bounds of one note.
pub(crate) const SECTIONS_MAX: usize = 40;
pub(crate) const LETTERS_MAX: usize = 100_000;
pub(crate) const ENTRIES_MAX: usize = 200;
pub(crate) const TITLE_MAX: usize = 200;

/// Extensions of the Composition: who wrote this version, the template, why it amends.
pub(crate) const EDITOR: &str = "urn:medhub:note-editor";
pub(crate) const TEMPLATE: &str = "urn:medhub:note-template";
pub(crate) const REASON: &str = "urn:medhub:note-reason";

/// What says that a resource is signed (<http://terminology.hl7.org/CodeSystem/v3-ObservationValue>): the store
/// asks for the right to sign, with a fresh factor, and closes it to writing.
const LABELS: &str = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";
const DIGSIG: &str = "DIGSIG";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Section {
    pub code: String,
    pub title: String,
    pub text: String,
    /// `Observation/…`
    pub entries: Vec<String>,
}

impl Section {
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty() && self.entries.is_empty()
    }

    fn of(json: &Json<'_>) -> Section {
        let narrative = json.get("text").map(text::plain);
        let entries = json.each("entry").filter_map(|entry| entry.get_str("reference"));
        Section {
            code: section_code(json).unwrap_or_default().to_string(),
            title: json.get_str("title").unwrap_or_default().to_string(),
            text: narrative.unwrap_or_default(),
            entries: entries.map(String::from).collect(),
        }
    }

    fn json(&self, kind: &Kind) -> Json<'static> {
        let own = coding(SECTIONS, &self.code);
        let loinc = kind.section(&self.code).and_then(|s| s.loinc.as_deref()).map(|code| coding(LOINC, code));
        let code = Json::object([("coding", Json::array([Some(own), loinc].into_iter().flatten()))]);
        let mut members = vec![("title", Json::string(self.title.clone())), ("code", code)];
        members.push(("text", text::narrative(&self.text)));
        if !self.entries.is_empty() {
            members.push(("entry", Json::array(self.entries.iter().map(|entry| reference(entry, None)))));
        }
        Json::object(members)
    }
}

pub(crate) fn section_code<'j>(section: &'j Json<'_>) -> Option<&'j str> {
    let mut codings = section.get("code")?.each("coding");
    codings.find(|coding| coding.get_str("system") == Some(SECTIONS))?.get_str("code")
}

/// What a writer may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Content {
    pub title: String,
    pub date: String,
    /// `Encounter/…`
    pub encounter: Option<String>,
    pub sections: Vec<Section>,
}

impl Content {
    pub fn of(note: &Json<'_>) -> Content {
        let encounter = note.get("encounter").and_then(|e| e.get_str("reference"));
        Content {
            title: note.get_str("title").unwrap_or_default().to_string(),
            date: note.get_str("date").unwrap_or_default().to_string(),
            encounter: encounter.map(String::from),
            sections: note.each("section").map(Section::of).collect(),
        }
    }

    /// The kind's sections in their order, blank where nothing was written, then those that the writer added.
    pub fn complete(&mut self, kind: &Kind) {
        let mut written = std::mem::take(&mut self.sections);
        for known in &kind.sections {
            let section = match written.iter().position(|s| s.code == known.code) {
                Some(at) => written.remove(at),
                None => Section {
                    code: known.code.clone(),
                    title: known.title.tell(fhir::Lang::Fr).to_string(),
                    text: String::new(),
                    entries: Vec::new(),
                },
            };
            self.sections.push(section);
        }
        self.sections.append(&mut written);
    }

    pub fn without_blanks(mut self) -> Content {
        self.sections.retain(|section| !section.is_blank());
        self
    }

    /// Puts the content into a Composition.
    pub fn write(&self, note: &mut Json<'static>, kind: &Kind) {
        let Some(object) = note.as_object_mut() else { return };
        match &self.encounter {
            Some(encounter) => object.set("encounter", reference(encounter, None)),
            None => drop(object.remove("encounter")),
        }
        object.set("date", Json::string(self.date.clone()));
        object.set("title", Json::string(self.title.clone()));
        // FHIR has no empty arrays.
        match self.sections.is_empty() {
            true => drop(object.remove("section")),
            false => object.set("section", Json::array(self.sections.iter().map(|s| s.json(kind)))),
        }
    }

    pub fn letters(&self) -> usize {
        self.sections.iter().map(|s| s.title.chars().count() + s.text.chars().count()).sum()
    }

    pub fn entries(&self) -> usize {
        self.sections.iter().map(|s| s.entries.len()).sum()
    }

    /// How many places are left to be filled in.
    pub fn gaps(&self) -> usize {
        self.sections.iter().map(|s| s.text.matches(text::GAP).count()).sum()
    }
}

/// A new draft without content.
pub(crate) fn draft(kind: &Kind, patient: &str, author: Json<'static>) -> Json<'static> {
    let concept = |system: &str, code: &str| Json::object([("coding", Json::array([coding(system, code)]))]);
    Json::object([
        ("resourceType", Json::string("Composition")),
        ("status", Json::string("preliminary")),
        ("type", concept(LOINC, &kind.loinc)),
        ("category", Json::array([concept(KINDS, &kind.name)])),
        ("subject", reference(&format!("Patient/{patient}"), None)),
        ("date", Json::Null),
        ("author", Json::array([author])),
        ("title", Json::Null),
    ])
}

pub(crate) fn coding(system: &str, code: &str) -> Json<'static> {
    let (system, code) = (system.to_string(), code.to_string());
    Json::object([("system", Json::string(system)), ("code", Json::string(code))])
}

pub(crate) fn reference(to: &str, name: Option<&str>) -> Json<'static> {
    let name = name.map(|name| ("display", Json::string(name.to_string())));
    Json::object([("reference", Json::string(to.to_string()))].into_iter().chain(name))
}

/// Sets, or takes away, an extension of the Composition: `value` such as `("valueString", …)`.
pub(crate) fn set_extension(
    note: &mut Json<'static>,
    url: &str,
    value: Option<(&'static str, Json<'static>)>,
) {
    let mut kept: Vec<Json<'static>> =
        note.each("extension").filter(|e| e.get_str("url") != Some(url)).cloned().collect();
    kept.extend(
        value.map(|(name, value)| Json::object([("url", Json::string(url.to_string())), (name, value)])),
    );
    let Some(object) = note.as_object_mut() else { return };
    match kept.is_empty() {
        true => drop(object.remove("extension")),
        false => object.insert_at(1, "extension", Json::Array(kept)),
    }
}

pub(crate) fn extension<'j>(note: &'j Json<'_>, url: &str, value: &str) -> Option<&'j Json<'j>> {
    let found = note.each("extension").find(|e| e.get_str("url") == Some(url))?;
    let found: &'j Json<'j> = found.get(value)?;
    Some(found)
}

/// Id of the patient.
pub(crate) fn patient<'j>(note: &'j Json<'_>) -> Option<&'j str> {
    note.get("subject")?.get_str("reference")?.strip_prefix("Patient/")
}

/// `Practitioner/…` of the authors.
pub(crate) fn authors<'j>(note: &'j Json<'_>) -> impl Iterator<Item = &'j str> {
    note.each("author").filter_map(|author| author.get_str("reference"))
}

/// The attester in a mode: `legal` signs, `professional` co-signs.
pub(crate) fn attester<'j>(note: &'j Json<'_>, mode: &str) -> Option<&'j Json<'j>> {
    let found: &'j Json<'j> = note.each("attester").find(|a| a.get_str("mode") == Some(mode))?;
    Some(found)
}

/// Id of the note that this one amends.
pub(crate) fn amends<'j>(note: &'j Json<'_>) -> Option<&'j str> {
    let link = note.each("relatesTo").find(|link| link.get_str("code") == Some("replaces"))?;
    link.get("targetReference")?.get_str("reference")?.strip_prefix("Composition/")
}

pub(crate) fn is_draft(note: &Json<'_>) -> bool {
    note.get_str("status") == Some("preliminary")
}

pub(crate) fn is_withdrawn(note: &Json<'_>) -> bool {
    note.get_str("status") == Some("entered-in-error")
}

/// Whether it is signed, and stands.
pub(crate) fn is_signed(note: &Json<'_>) -> bool {
    matches!(note.get_str("status"), Some("final" | "amended"))
}

pub(crate) fn is_sealed(note: &Json<'_>) -> bool {
    let mut labels = note.get("meta").into_iter().flat_map(|meta| meta.each("security"));
    labels.any(|l| l.get_str("system") == Some(LABELS) && l.get_str("code") == Some(DIGSIG))
}

/// Its labels of confidentiality.
pub(crate) fn labels<'j>(note: &'j Json<'static>) -> impl Iterator<Item = &'j Json<'static>> {
    let labels = note.get("meta").into_iter().flat_map(|meta| meta.each("security"));
    labels.filter(|label| !matches!(label.get_str("code"), Some(DIGSIG | "N")))
}

/// Adds the label of what is signed.
pub(crate) fn seal(note: &mut Json<'static>) {
    let meta = note.get("meta").cloned().unwrap_or_else(|| Json::Object(fhir::Object::default()));
    let mut labels: Vec<Json<'static>> = meta.each("security").cloned().collect();
    labels.push(coding(LABELS, DIGSIG));
    let mut meta = meta;
    if let Some(object) = meta.as_object_mut() {
        object.set("security", Json::Array(labels));
    }
    if let Some(object) = note.as_object_mut() {
        object.insert_at(1, "meta", meta);
    }
}
