//! What a clinician would write into the fields of a document: made from the fields that the server describes, so
//! that a new field needs no change here.

use fhir::Json;
use std::fmt::Write as _;

/// As long as a paragraph of a leaflet.
const PARAGRAPH: &str = "L'intervention est proposée après l'échec des traitements habituels. Elle dure une à deux \
    heures, se déroule au bloc opératoire et demande un séjour de quelques jours. Les suites, la rééducation et la \
    surveillance ont été expliquées, avec les précautions à prendre à la maison.";

/// The values of one type, as JSON.
pub fn of(types: &Json<'_>, code: &str) -> String {
    let kind = types.each("types").find(|t| t.get_str("code") == Some(code));
    kind.map_or_else(|| "{}".into(), |kind| object(kind, "fields"))
}

/// The values of all types, by code, as JSON.
pub fn all(types: &Json<'_>) -> String {
    let one =
        |t: &Json<'_>| format!(r#""{}":{}"#, t.get_str("code").unwrap_or_default(), object(t, "fields"));
    format!("{{{}}}", types.each("types").map(one).collect::<Vec<_>>().join(","))
}

fn object(of: &Json<'_>, member: &str) -> String {
    let mut out = String::from("{");
    for field in of.each(member) {
        if field.get("required").and_then(Json::as_bool) != Some(true) {
            continue;
        }
        let comma = if out.len() > 1 { "," } else { "" };
        let _ = write!(out, r#"{comma}"{}":{}"#, field.get_str("name").unwrap_or_default(), value(field));
    }
    out + "}"
}

fn value(field: &Json<'_>) -> String {
    match field.get_str("type").unwrap_or_default() {
        "text" => format!("\"{PARAGRAPH}\""),
        "date" => format!("\"{}\"", crate::bench::clinicians::instant(0).get(..10).unwrap_or_default()),
        "flag" => "true".into(),
        "rows" => format!("[{}]", object(field, "columns")),
        "amount" => "\"120.00\"".into(),
        "number" => "1".into(),
        "choice" => {
            let first = field.each("choices").next().and_then(|c| c.get_str("value")).unwrap_or_default();
            format!("\"{first}\"")
        }
        _ => "\"120\"".into(),
    }
}
