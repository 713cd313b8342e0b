//! An entry as an Observation (<https://hl7.org/fhir/R4/observation.html>): the kind as its code, the values as its
//! components, corrections as an extension; the history keeps what stood before.

use super::case::Case;
use super::entry::{Sheet, Status, Stored, revived};
use super::field::{Field, FieldKind, Value};
use fhir::edit::{coding, edit, identifier, reference, resource};
use fhir::{Json, ResourceType};

pub(crate) const RECORD: &str = "urn:medhub:record";
const ENTRY: &str = "urn:medhub:record-entry";
const FIELD: &str = "urn:medhub:record-field";
const VALUE: &str = "urn:medhub:record-value";
const CLIENT: &str = "urn:medhub:client-id";
pub(super) const CORRECTION: &str = "urn:medhub:record-correction";
const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/observation-category";
const LOINC: &str = "http://loinc.org";
const UCUM: &str = "http://unitsofmeasure.org";

/// The Observation of an entry.
pub(super) fn of(stored: &Stored, sheet: &Sheet, case: &Case) -> Json<'static> {
    let mut json = resource(ResourceType::OBSERVATION);
    let concept = |codings: Vec<Json<'static>>| Json::object([("coding", Json::Array(codings))]);
    let category = if stored.kind.name == "vitals" { "vital-signs" } else { "procedure" };
    let codes = vec![coding(ENTRY, stored.kind.name, None)];
    let components =
        stored.values.iter().filter_map(|(name, value)| Some(component(stored.kind.field(name)?, value)));
    let note = stored.note.clone().map(|text| Json::array([Json::object([("text", Json::string(text))])]));
    let components: Vec<Json<'static>> = components.collect();
    let specimen = stored.specimen.clone().map(|one| Json::object([("reference", Json::string(one))]));
    if let Some(edit) = edit(&mut json) {
        edit.set("id", Json::string(stored.id.clone()))
            .set_or_remove("extension", corrections(stored))
            .set("identifier", Json::array([owned(identifier(CLIENT, &stored.client))]))
            .set("basedOn", Json::array([reference(ResourceType::SERVICE_REQUEST, &case.id)]))
            .set("partOf", Json::array([reference(ResourceType::PROCEDURE, &case.procedure_id())]))
            .set("status", Json::string(status(stored.status)))
            .set(
                "category",
                Json::array([
                    concept(vec![coding(CATEGORY, category, None)]),
                    concept(vec![coding(RECORD, sheet.name, None)]),
                ]),
            )
            .set("code", owned(concept(codes)))
            .set("subject", reference(ResourceType::PATIENT, &case.patient))
            .set("effectiveDateTime", Json::string(stored.time.clone()))
            .set("issued", Json::string(stored.recorded.clone()))
            .set("performer", Json::array([stored.author.clone()]))
            .set_or_remove("note", note)
            .set_or_remove("specimen", specimen)
            .set_or_remove("component", (!components.is_empty()).then_some(Json::Array(components)));
    }
    json.into_owned()
}

fn owned(json: Json<'_>) -> Json<'static> {
    json.into_owned()
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Final => "final",
        Status::Corrected => "corrected",
        Status::Struck => "entered-in-error",
    }
}

fn component(field: &Field, value: &Value) -> Json<'static> {
    let codes = [Some(coding(FIELD, field.name, None)), field.loinc.map(|code| coding(LOINC, code, None))];
    let code = Json::object([("coding", Json::array(codes.into_iter().flatten()))]);
    let value = match (value, field.kind) {
        (Value::Choice(text), _) => {
            ("valueCodeableConcept", Json::object([("coding", Json::array([coding(VALUE, text, None)]))]))
        }
        (Value::Text(text), _) => ("valueString", Json::string(text.clone())),
        (Value::Time(text), _) => ("valueDateTime", Json::string(text.clone())),
        (Value::Flag(flag), _) => ("valueBoolean", Json::Bool(*flag)),
        (Value::Number(n), FieldKind::Integer(b) | FieldKind::Decimal(b)) if !b.unit.is_empty() => {
            ("valueQuantity", quantity(n, b.unit))
        }
        (Value::Number(n), FieldKind::Decimal(_)) => {
            ("valueQuantity", Json::object([("value", Json::number(n.clone()))]))
        }
        (Value::Number(n), _) => ("valueInteger", Json::number(n.clone())),
    };
    Json::object([("code", code), value])
}

/// A value with its unit.
pub(crate) fn quantity(value: &str, unit: &'static str) -> Json<'static> {
    Json::object([
        ("value", Json::number(value.to_string())),
        ("unit", Json::string(shown(unit))),
        ("system", Json::string(UCUM)),
        ("code", Json::string(unit)),
    ])
}

/// A unit as people write it.
pub(crate) fn shown(unit: &'static str) -> &'static str {
    match unit {
        "mm[Hg]" => "mmHg",
        "cm[H2O]" => "cmH2O",
        "Cel" => "°C",
        "[iU]" => "UI",
        "ug" => "µg",
        "/min" => "/min",
        other => other,
    }
}

/// The corrections, as an extension.
pub(crate) fn corrections(stored: &Stored) -> Option<Json<'static>> {
    let each = stored.corrections.iter().map(|(at, by, reason)| {
        let part = |url: &'static str, name: &'static str, value: Json<'static>| {
            Json::object([("url", Json::string(url)), (name, value)])
        };
        let parts = [
            part("at", "valueInstant", Json::string(at.clone())),
            part("by", "valueReference", by.clone()),
            part("reason", "valueString", Json::string(reason.clone())),
        ];
        Json::object([("url", Json::string(CORRECTION)), ("extension", Json::array(parts))])
    });
    (!stored.corrections.is_empty()).then(|| Json::array(each))
}

/// The entry that an Observation holds; `None` for one of another sheet.
pub(super) fn read(id: &str, version: u64, json: &Json<'_>, sheet: &Sheet) -> Option<Stored> {
    let codings = |name: &'static str| json.each(name).flat_map(|concept| concept.each("coding"));
    let code = |name: &'static str, system: &str| {
        codings(name).find(|c| c.get_str("system") == Some(system)).and_then(|c| c.get_str("code"))
    };
    if code("category", RECORD) != Some(sheet.name) {
        return None;
    }
    let kind = sheet.kind(code("code", ENTRY)?)?;
    let values = json.each("component").filter_map(|component| {
        let mut codes = component.get("code")?.each("coding");
        let name = codes.find(|c| c.get_str("system") == Some(FIELD))?.get_str("code")?;
        let value = ["valueString", "valueInteger", "valueBoolean", "valueDateTime"];
        let plain = value.iter().find_map(|name| component.get(name));
        let coded = || {
            let mut codings = component.get("valueCodeableConcept")?.each("coding");
            codings.next()?.get("code")
        };
        let value = plain.or_else(coded).or_else(|| component.get("valueQuantity")?.get("value"))?;
        revived(kind, name, value)
    });
    let text = |name: &str| json.get_str(name).unwrap_or_default().to_string();
    let status = match json.get_str("status") {
        Some("entered-in-error") => Status::Struck,
        Some("corrected" | "amended") => Status::Corrected,
        _ => Status::Final,
    };
    let client = json.each("identifier").find(|i| i.get_str("system") == Some(CLIENT));
    Some(Stored {
        id: id.to_string(),
        version,
        client: client.and_then(|i| i.get_str("value")).unwrap_or_default().to_string(),
        kind,
        time: text("effectiveDateTime"),
        values: values.collect(),
        note: json.each("note").next().and_then(|note| note.get_str("text")).map(String::from),
        author: json.each("performer").next().cloned().unwrap_or(Json::Null).into_owned(),
        recorded: text("issued"),
        status,
        corrections: read_corrections(json),
        specimen: json.get("specimen").and_then(|s| s.get_str("reference")).map(String::from),
    })
}

pub(crate) fn read_corrections(json: &Json<'_>) -> Vec<(String, Json<'static>, String)> {
    let each = json.each("extension").filter(|e| e.get_str("url") == Some(CORRECTION));
    each.filter_map(|extension| {
        let part = |url: &str| extension.each("extension").find(|p| p.get_str("url") == Some(url));
        let at = part("at")?.get_str("valueInstant")?.to_string();
        let by = part("by")?.get("valueReference")?.clone().into_owned();
        Some((at, by, part("reason")?.get_str("valueString")?.to_string()))
    })
    .collect()
}
