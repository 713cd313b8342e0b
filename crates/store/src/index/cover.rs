//! How each parameter is found: by keys of its own, by those of a parameter that covers it, by the sort
//! key, or only by looking. Space on disk is won here: what one key can answer is not written twice.

use fhir::ResourceType;
use fhir::search::{Kind, SearchParam, param};

/// Where the index entries of a parameter are.
#[derive(Clone, Debug, PartialEq)]
pub enum Cover {
    /// Keys and ranges under its own name.
    Own,
    /// Under the names of these parameters, whose values together hold all of its values.
    Through(Vec<&'static str>),
    /// The sort key of the version, with range rows only for what is longer than a day.
    Native,
    /// Days, months and years as keys: dates of birth never stand in a range.
    Birth,
    /// All components at once, each by its own parameter.
    Components,
    /// Not indexed: `_id` and `_lastUpdated` are found by the tables of versions, the rest by looking.
    None,
}

/// The parameter whose date is the sort key of a type, if the type has one.
pub fn primary_date(rt: ResourceType) -> Option<&'static SearchParam> {
    const DATES: [&str; 14] = [
        "date",
        "authoredon",
        "authored-on",
        "recorded-date",
        "recorded",
        "created",
        "effective-time",
        "started",
        "sent",
        "start",
        "issued",
        "period",
        "when-prepared",
        "authored",
    ];
    // What a type calls `date` is not always when it happened; these read better by another one, and
    // those that are not clinical are ordered by their commit.
    let codes: &[&str] = match rt.name() {
        "Appointment" | "Observation" | "Encounter" | "Procedure" => &["date"],
        "AuditEvent" => &["date"],
        "MedicationAdministration" => &["effective-time"],
        "MedicationStatement" => &["effective"],
        "MedicationDispense" => &["whenhandedover"],
        "Slot" => &["start"],
        "Goal" => &["start-date"],
        "NutritionOrder" => &["datetime"],
        "ServiceRequest" | "DeviceRequest" => &["authored", "authored-on"],
        "Specimen" => &["collected"],
        "Media" | "ImagingStudy" => &["created", "started"],
        _ => &DATES,
    };
    if is_conformance(rt) {
        return None;
    }
    codes.iter().find_map(|code| param(rt, code).filter(|p| p.kind == Kind::Date))
}

/// When a resource clinically happened, both ends in milliseconds since 1970 and included: by the date that orders
/// its type. None for what has no such date.
pub fn care_span(rt: ResourceType, resource: &fhir::Json<'_>) -> Option<(i64, i64)> {
    let mut values = Vec::new();
    primary_date(rt)?.values_into(resource, &mut values);
    let spans = values.iter().filter_map(|value| match value {
        fhir::search::Value::Date { lo_ms, hi_ms } => Some((*lo_ms, *hi_ms)),
        _ => None,
    });
    spans.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

/// Types whose `date` says when they were published.
fn is_conformance(rt: ResourceType) -> bool {
    param(rt, "url").is_some() && param(rt, "version").is_some()
}

/// How the parameter of a type is found.
pub fn cover(rt: ResourceType, of: &SearchParam) -> Cover {
    let has = |code: &'static str, kind: Kind| param(rt, code).is_some_and(|p| p.kind == kind);
    let through = |codes: &[&'static str]| Cover::Through(codes.to_vec());
    match (of.code, of.kind) {
        (_, Kind::Special) | ("_id" | "_lastUpdated" | "_text" | "_content" | "_query" | "_list", _) => {
            Cover::None
        }
        (_, Kind::Composite) => Cover::Components,
        ("birthdate", Kind::Date) => Cover::Birth,
        (code, Kind::Date) if primary_date(rt).is_some_and(|p| p.code == code) => Cover::Native,
        ("family" | "given", Kind::String) if has("name", Kind::String) => through(&["name"]),
        ("address-city" | "address-country" | "address-postalcode" | "address-state", Kind::String)
            if has("address", Kind::String) =>
        {
            through(&["address"])
        }
        ("phone" | "email", Kind::Token) if has("telecom", Kind::Token) => through(&["telecom"]),
        ("patient", Kind::Reference) if has("subject", Kind::Reference) => through(&["subject"]),
        ("patient" | "practitioner" | "location", Kind::Reference)
            if matches!(rt, ResourceType::APPOINTMENT | ResourceType::APPOINTMENT_RESPONSE) =>
        {
            through(&["actor"])
        }
        ("practitioner", Kind::Reference) if rt == ResourceType::ENCOUNTER => through(&["participant"]),
        ("combo-code", _) => through(&["code", "component-code"]),
        ("combo-data-absent-reason", _) => through(&["data-absent-reason", "component-data-absent-reason"]),
        ("combo-value-concept", _) => through(&["value-concept", "component-value-concept"]),
        ("combo-value-quantity", _) => through(&["value-quantity", "component-value-quantity"]),
        _ => Cover::Own,
    }
}

/// Whether nearly every resource has the parameter. Then the few that lack it get a key; otherwise those
/// that have it do. Either way `:missing` costs few entries.
pub fn is_common(code: &str) -> bool {
    const COMMON: [&str; 38] = [
        "active",
        "address",
        "address-city",
        "address-state",
        "address-country",
        "address-postalcode",
        "authoredon",
        "authored",
        "birthdate",
        "category",
        "class",
        "clinical-status",
        "code",
        "date",
        "deceased",
        "email",
        "encounter",
        "family",
        "gender",
        "given",
        "identifier",
        "intent",
        "language",
        "name",
        "onset-date",
        "participant",
        "patient",
        "performer",
        "phone",
        "phonetic",
        "recorded-date",
        "requester",
        "status",
        "subject",
        "telecom",
        "type",
        "value-quantity",
        "verification-status",
    ];
    COMMON.contains(&code)
        || matches!(code, "medication" | "service-provider" | "title" | "url" | "vaccine-code" | "issued")
}

/// Whether `:missing` has keys for the parameter, or must look.
pub fn has_missing_key(cover: &Cover) -> bool {
    matches!(cover, Cover::Own | Cover::Native | Cover::Birth)
}

/// Whether each word of the text is found, not only its beginning: names of people and addresses.
pub fn by_word(of: &SearchParam) -> bool {
    matches!(of.code, "name" | "family" | "given" | "phonetic") && is_person(of)
        || of.code.starts_with("address")
}

/// Parameters named `name` of other types (an organization's, a value set's) start at the start.
fn is_person(of: &SearchParam) -> bool {
    of.url.contains("/individual-")
        || of.url.contains("/Patient-")
        || of.url.contains("/Practitioner-")
        || of.url.contains("/Person-")
        || of.url.contains("/RelatedPerson-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_name_what_exists() {
        let observation = ResourceType::OBSERVATION;
        assert_eq!(primary_date(observation).map(|p| p.code), Some("date"));
        assert_eq!(
            cover(observation, param(observation, "patient").unwrap()),
            Cover::Through(vec!["subject"])
        );
        assert!(is_common("code") && !is_common("device"));
        for rt in ResourceType::all() {
            for of in fhir::search::params_for(rt) {
                if let Cover::Through(codes) = cover(rt, of) {
                    for code in codes {
                        let through = param(rt, code).unwrap();
                        assert_eq!(cover(rt, through), Cover::Own, "{rt}.{code}");
                        assert_eq!(through.kind, of.kind, "{rt}.{code}");
                    }
                }
            }
        }
        assert!(by_word(param(ResourceType::PATIENT, "name").unwrap()));
        assert!(!by_word(param(ResourceType::ORGANIZATION, "name").unwrap()));
    }
}
