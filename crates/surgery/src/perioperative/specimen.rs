//! A specimen taken in the theatre: a Specimen (<https://hl7.org/fhir/R4/specimen.html>) with a number for its
//! label, beside the entry that says who took it.

use super::case::{Case, created, derived};
use super::entry::{Status, Stored};
use super::field::text_of;
use fhir::edit::{edit, identifier, reference, resource};
use fhir::{Json, ResourceType};
use store::Write;

/// System of the numbers on the labels.
const NUMBER: &str = "urn:medhub:specimen-number";

/// The numbers of the specimens of one operation: the day, and the place in the order in which they were taken.
pub(super) struct Numbers {
    day: String,
    taken: usize,
}

impl Numbers {
    pub fn of(known: &[Stored], now: &str) -> Numbers {
        let day: String = now.get(2..10).unwrap_or_default().replace('-', "");
        Numbers { day, taken: known.iter().filter(|entry| entry.kind.name == "specimen").count() }
    }

    /// The Specimen of an entry, which is told of it.
    pub fn specimen(&mut self, entry: &mut Stored, case: &Case) -> Write {
        self.taken += 1;
        let id = derived("specimen", &case.id, &entry.client);
        let tail: String = id.chars().filter(char::is_ascii_hexdigit).take(4).collect();
        let number = format!("P{}-{}-{}", self.day, tail.to_uppercase(), self.taken);
        entry.specimen = Some(format!("Specimen/{id}"));
        created(ResourceType::SPECIMEN, id.clone(), &json(entry, case, &id, &number))
    }
}

fn json(entry: &Stored, case: &Case, id: &str, number: &str) -> Json<'static> {
    let text = |name: &str| text_of(&entry.values, name).map(String::from);
    let words = |text: String| Json::object([("text", Json::string(text))]);
    let site = [text("site"), text("side").filter(|side| side != "none")].into_iter().flatten();
    let site: Vec<String> = site.collect();
    let mut collection = vec![("collector", entry.author.clone())];
    collection.push(("collectedDateTime", Json::string(entry.time.clone())));
    if !site.is_empty() {
        collection.push(("bodySite", words(site.join(", "))));
    }
    let container = Json::object([("type", words(text("container").unwrap_or_default()))]);
    let mut json = resource(ResourceType::SPECIMEN);
    if let Some(edit) = edit(&mut json) {
        edit.set("id", Json::string(id.to_string()))
            .set("accessionIdentifier", identifier(NUMBER, number))
            .status("available")
            .set("type", words(text("nature").unwrap_or_default()))
            .set("subject", reference(ResourceType::PATIENT, &case.patient))
            .set("request", Json::array([reference(ResourceType::SERVICE_REQUEST, &case.id)]))
            .set("collection", Json::object(collection))
            .set("container", Json::array([container]))
            .set("note", Json::array([words(text("exam").unwrap_or_default())]));
    }
    json.into_owned()
}

/// A Specimen whose entry was struck or corrected.
pub(super) fn follows(old: &Json<'_>, entry: &Stored, case: &Case, id: &str) -> Json<'static> {
    let number = old.get("accessionIdentifier").and_then(|n| n.get_str("value")).unwrap_or_default();
    let mut json = json(entry, case, id, number);
    if entry.status == Status::Struck
        && let Some(edit) = edit(&mut json)
    {
        edit.status("entered-in-error");
    }
    json
}

/// The label of a specimen, for the page of the record.
pub(super) fn told(entry: &Stored, specimen: Option<&Json<'_>>) -> Json<'static> {
    let number = specimen.and_then(|s| s.get("accessionIdentifier")).and_then(|n| n.get_str("value"));
    let mut members = vec![
        ("reference", Json::string(entry.specimen.clone().unwrap_or_default())),
        ("number", number.map_or(Json::Null, |n| Json::string(n.to_string()))),
        ("time", Json::string(entry.time.clone())),
    ];
    members.extend(entry.values.iter().map(|(name, value)| (*name, value.json())));
    Json::object(members)
}
