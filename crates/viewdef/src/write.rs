//! Rows as text.

use crate::Column;
use fhir::Json;

/// The names of the columns as a line of CSV (RFC 4180), without its end.
pub fn csv_header(columns: &[Column]) -> String {
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    names.join(",")
}

/// A row as a line of CSV, without its end. Null is nothing, an empty text is `""`, a list is its JSON.
pub fn csv(row: &[Json<'_>]) -> String {
    let mut line = String::new();
    for (at, value) in row.iter().enumerate() {
        if at > 0 {
            line.push(',');
        }
        match value {
            Json::Null => {}
            Json::String(text) => field(&mut line, text),
            Json::Number(text) => line.push_str(text),
            Json::Bool(b) => line.push_str(if *b { "true" } else { "false" }),
            list => field(&mut line, &json(list)),
        }
    }
    line
}

fn field(line: &mut String, text: &str) {
    if !text.is_empty() && !text.contains(['"', ',', '\n', '\r']) {
        line.push_str(text);
        return;
    }
    line.push('"');
    line.push_str(&text.replace('"', "\"\""));
    line.push('"');
}

/// A row as a line of NDJSON, without its end: an object with every column, null where there is nothing.
pub fn ndjson(columns: &[Column], row: &[Json<'_>]) -> String {
    let members = columns.iter().zip(row).map(|(column, value)| (column.name.as_str(), value.clone()));
    json(&Json::object(members))
}

fn json(value: &Json<'_>) -> String {
    String::from_utf8_lossy(&value.to_vec()).into_owned()
}
