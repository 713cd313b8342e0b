//! A drug that was given: a MedicationAdministration (<https://hl7.org/fhir/R4/medicationadministration.html>).

use super::catalogue;
use super::message::{DOSE_IMPOSSIBLE, DOSE_MISSING, DOSE_UNUSUAL, NAME_MISSING, UNTIL};
use crate::perioperative::case::{CASE, Case};
use crate::perioperative::entry::{Entry, Status, Stored};
use crate::perioperative::field::{Value, number_of, text_of};
use crate::perioperative::observation::shown;
use fhir::edit::{coding, edit, identifier, reference, resource};
use fhir::{Code, Issue, Json, ResourceType};

/// Name of the kind of entry.
pub(crate) const DRUG: &str = "drug";
const CODES: &str = "urn:medhub:anaesthesia-drug";
const ATC: &str = "http://www.whocc.no/atc";
const CLASS: &str = "urn:medhub:anaesthesia:class";
const MODE: &str = "urn:medhub:anaesthesia:mode";
const ROUTE: &str = "urn:medhub:route";
const CLIENT: &str = "urn:medhub:client-id";
const UCUM: &str = "http://unitsofmeasure.org";

type Values = Vec<(&'static str, Value)>;

/// Fills in what the catalogue knows, and looks at the dose.
pub(crate) fn complete(entry: &mut Entry, at: &str, issues: &mut Vec<Issue>) {
    let known = text_of(&entry.values, "code").and_then(catalogue::drug);
    if let Some(known) = known {
        let has = |name: &str| entry.values.iter().any(|(n, _)| *n == name);
        let mut more: Values = Vec::new();
        if !has("name") {
            more.push(("name", Value::Text(known.name.clone())));
        }
        let class = super::SHEET.kind(DRUG).and_then(|kind| kind.field("class"));
        let class = class.and_then(|field| field.read(&Json::string(known.class.as_str()), true).ok());
        more.extend(class.filter(|_| !has("class")).map(|class| ("class", class)));
        entry.values.extend(more);
        order(&mut entry.values);
    }
    check(&entry.values, entry.confirmed, at, issues);
}

/// The order of the fields, so that what is read back is the same.
fn order(values: &mut Values) {
    let fields = super::SHEET.kind(DRUG).map(|kind| kind.fields).unwrap_or_default();
    values.sort_by_key(|(name, _)| fields.iter().position(|field| field.name == *name));
}

/// Whether a drug is named and dosed, and its dose possible.
pub(crate) fn check(values: &Values, confirmed: bool, at: &str, issues: &mut Vec<Issue>) {
    let below = |name: &str| format!("{at}.{name}");
    if text_of(values, "name").is_none() {
        issues.push(Issue::error(Code::Required, NAME_MISSING).at(below("name")));
    }
    let dosed = text_of(values, "dose").is_some() && text_of(values, "unit").is_some();
    let rated = text_of(values, "rate").is_some() && text_of(values, "rateUnit").is_some();
    if !dosed && !rated {
        issues.push(Issue::error(Code::Required, DOSE_MISSING).at(below("dose")));
    }
    if text_of(values, "until").is_some() && text_of(values, "mode") != Some("infusion") {
        issues.push(Issue::error(Code::Value, UNTIL).at(below("until")));
    }
    let known = text_of(values, "code").and_then(catalogue::drug);
    let known = known.filter(|known| text_of(values, "unit") == Some(known.unit.as_str()));
    let (Some(known), Some(dose)) = (known, number_of(values, "dose")) else { return };
    let told = |text, low: f64, high: f64| {
        let issue = Issue::error(Code::Value, text).arg("drug", &known.name).arg("value", dose);
        issue.arg("unit", &known.unit).arg("low", low).arg("high", high).at(below("dose"))
    };
    // An infusion gives more than one dose.
    let whole = text_of(values, "mode") == Some("bolus");
    if whole && (dose > known.max || dose <= 0.0) {
        issues.push(told(DOSE_IMPOSSIBLE, 0.0, known.max));
    } else if whole && !confirmed && dose > known.usual.1 {
        issues.push(told(DOSE_UNUSUAL, known.usual.0, known.usual.1));
    }
}

/// The MedicationAdministration of an entry.
pub(crate) fn json(stored: &Stored, case: &Case) -> Json<'static> {
    let text = |name: &str| text_of(&stored.values, name).map(String::from);
    let known = text("code").and_then(|code| catalogue::drug(&code));
    let codes =
        [known.map(|drug| coding(ATC, &drug.atc, None)), known.map(|drug| coding(CODES, &drug.code, None))];
    let mut medication = vec![];
    let codes: Vec<Json<'_>> = codes.into_iter().flatten().collect();
    if !codes.is_empty() {
        medication.push(("coding", Json::Array(codes)));
    }
    medication.push(("text", Json::string(text("name").unwrap_or_default())));
    let mut extensions: Vec<Json<'static>> = crate::perioperative::observation::corrections(stored)
        .and_then(|all| all.as_array().map(<[Json<'static>]>::to_vec))
        .unwrap_or_default();
    for (url, name) in [(CLASS, "class"), (MODE, "mode")] {
        extensions.extend(
            text(name)
                .map(|code| Json::object([("url", Json::string(url)), ("valueCode", Json::string(code))])),
        );
    }
    let infusion = text("mode").as_deref() == Some("infusion");
    let status = match (stored.status, infusion, text("until")) {
        (Status::Struck, ..) => "entered-in-error",
        (_, true, None) => "in-progress",
        _ => "completed",
    };
    let mut json = resource(ResourceType::MEDICATION_ADMINISTRATION);
    let note = stored.note.clone().map(|text| Json::array([Json::object([("text", Json::string(text))])]));
    let (effective, when) = effective(stored, infusion, text("until"));
    if let Some(edit) = edit(&mut json) {
        edit.set("id", Json::string(stored.id.clone()))
            .set("extension", Json::Array(extensions))
            .set("identifier", Json::array([identifier(CASE, &case.id), identifier(CLIENT, &stored.client)]))
            .set("partOf", Json::array([reference(ResourceType::PROCEDURE, &case.procedure_id())]))
            .status(status)
            .set("medicationCodeableConcept", Json::object(medication))
            .set("subject", reference(ResourceType::PATIENT, &case.patient))
            .set("supportingInformation", Json::array([reference(ResourceType::SERVICE_REQUEST, &case.id)]))
            .set(effective, when)
            .set("performer", Json::array([Json::object([("actor", stored.author.clone())])]))
            .set_or_remove("note", note)
            .set("dosage", dosage(&stored.values, &stored.recorded));
    }
    json.into_owned()
}

fn effective(stored: &Stored, infusion: bool, until: Option<String>) -> (&'static str, Json<'static>) {
    let start = Json::string(stored.time.clone());
    if !infusion {
        return ("effectiveDateTime", start);
    }
    let end = until.map(|end| ("end", Json::string(end)));
    ("effectivePeriod", Json::object([("start", start)].into_iter().chain(end)))
}

fn dosage(values: &Values, recorded: &str) -> Json<'static> {
    let quantity = |value: &str, unit: &str| {
        let value = text_of(values, value)?.to_string();
        let unit = text_of(values, unit)?;
        let code = if unit == "IU" { "[iU]" } else { unit };
        Some(Json::object([
            ("value", Json::number(value)),
            ("unit", Json::string(shown_unit(unit))),
            ("system", Json::string(UCUM)),
            ("code", Json::string(code.to_string())),
        ]))
    };
    let route = text_of(values, "route")
        .map(|route| Json::object([("coding", Json::array([coding(ROUTE, route, None)]))]).into_owned());
    // Of FHIR, a dosage holds a dose or a rate (invariant mad-1); the time of recording has no member of its own.
    let extension = Json::object([
        ("url", Json::string("urn:medhub:recorded")),
        ("valueInstant", Json::string(recorded.to_string())),
    ]);
    let members = [
        Some(("extension", Json::array([extension]))),
        route.map(|route| ("route", route)),
        quantity("dose", "unit").map(|dose| ("dose", dose)),
        quantity("rate", "rateUnit").map(|rate| ("rateQuantity", rate)),
    ];
    Json::object(members.into_iter().flatten())
}

fn shown_unit(unit: &str) -> String {
    match unit {
        "IU" => "UI".to_string(),
        other if other.starts_with("ug") => other.replacen("ug", shown("ug"), 1),
        other => other.to_string(),
    }
}

/// The entry that a MedicationAdministration holds; `None` for one of another room.
pub(crate) fn read(id: &str, version: u64, json: &Json<'_>) -> Option<Stored> {
    let kind = super::SHEET.kind(DRUG)?;
    let extension = |url: &str| json.each("extension").find(|e| e.get_str("url") == Some(url));
    let coded = |url: &str| extension(url).and_then(|e| e.get("valueCode"));
    extension(MODE)?;
    let medication = json.get("medicationCodeableConcept")?;
    let code =
        medication.each("coding").find(|c| c.get_str("system") == Some(CODES)).and_then(|c| c.get("code"));
    let dosage = json.get("dosage");
    let part = |name: &str, member: &str| dosage.and_then(|d| d.get(name)).and_then(|q| q.get(member));
    let unit = |name: &str| {
        let code = part(name, "code").and_then(|code| code.as_str())?;
        Some(Json::string(if code == "[iU]" { "IU" } else { code }).into_owned())
    };
    let route =
        dosage.and_then(|d| d.get("route")).and_then(|r| r.each("coding").next()).and_then(|c| c.get("code"));
    let period = json.get("effectivePeriod");
    let owned = |json: Option<&Json<'_>>| json.map(|json| json.clone().into_owned());
    let found = [
        ("code", owned(code)),
        ("name", owned(medication.get("text"))),
        ("class", owned(coded(CLASS))),
        ("mode", owned(coded(MODE))),
        ("dose", owned(part("dose", "value"))),
        ("unit", unit("dose")),
        ("rate", owned(part("rateQuantity", "value"))),
        ("rateUnit", unit("rateQuantity")),
        ("until", owned(period.and_then(|p| p.get("end")))),
        ("route", owned(route)),
    ];
    let values = found.into_iter().filter_map(|(name, value)| {
        let field = kind.field(name)?;
        Some((field.name, field.read(&value?, true).ok()?))
    });
    let identifier = json.each("identifier").find(|i| i.get_str("system") == Some(CLIENT));
    let corrections = crate::perioperative::observation::read_corrections(json);
    let recorded = dosage.and_then(|d| d.each("extension").next()).and_then(|e| e.get_str("valueInstant"));
    let start = json.get_str("effectiveDateTime").or_else(|| period.and_then(|p| p.get_str("start")));
    let status = match json.get_str("status") {
        Some("entered-in-error") => Status::Struck,
        _ if corrections.is_empty() => Status::Final,
        _ => Status::Corrected,
    };
    let author = json.each("performer").next().and_then(|p| p.get("actor"));
    Some(Stored {
        id: id.to_string(),
        version,
        client: identifier.and_then(|i| i.get_str("value")).unwrap_or_default().to_string(),
        kind,
        time: start?.to_string(),
        values: values.collect(),
        note: json.each("note").next().and_then(|note| note.get_str("text")).map(String::from),
        author: author.map_or(Json::Null, |a| a.clone().into_owned()),
        recorded: recorded.unwrap_or_default().to_string(),
        status,
        corrections,
        specimen: None,
    })
}
