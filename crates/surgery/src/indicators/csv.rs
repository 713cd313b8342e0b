//! The figures as a table for a spreadsheet: semicolons, decimal commas where the language writes them, and no cell
//! that a spreadsheet would take for a formula.

use super::figures::Row;
use super::get::{all, rounded};
use super::kinds::KINDS;
use fhir::Lang;

fn cell(text: &str) -> String {
    let text = match text.starts_with(['=', '+', '-', '@', '\t']) {
        true => format!("'{text}"),
        false => text.to_string(),
    };
    match text.contains([';', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

/// With a byte order mark, else spreadsheets take it for Latin-1.
pub(super) fn table(rows: &[(String, Row)], total: &Row, lang: Lang) -> String {
    let (group, cases) = match lang {
        Lang::Fr => ("Groupe", "Interventions"),
        Lang::En => ("Group", "Operations"),
        Lang::De => ("Gruppe", "Eingriffe"),
    };
    let number = |value: Option<f64>| {
        let text = value.map(rounded).unwrap_or_default();
        if lang == Lang::En { text } else { text.replace('.', ",") }
    };
    let line = |name: &str, row: &Row| {
        let values = row.values.iter().map(|value| number(*value));
        let cells: Vec<String> = [cell(name), row.cases.to_string()].into_iter().chain(values).collect();
        format!("{}\r\n", cells.join(";"))
    };
    let names = KINDS.iter().map(|kind| cell(&format!("{} ({})", kind.name(lang), unit(kind.unit))));
    let head: Vec<String> = [group, cases].into_iter().map(String::from).chain(names).collect();
    let mut out = format!("\u{feff}{}\r\n", head.join(";"));
    rows.iter().for_each(|(name, row)| out.push_str(&line(name, row)));
    out.push_str(&line(all(lang), total));
    out
}

fn unit(unit: &str) -> &'static str {
    if unit == "percent" { "%" } else { "min" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_could_misread_is_kept_a_text() {
        assert_eq!(cell("=Salle \"1\""), "\"'=Salle \"\"1\"\"\"");
        let mut row = Row { key: "r".into(), cases: 3, ..Row::default() };
        row.values[1] = Some(62.5);
        let rows = [("Salle; 1".to_string(), row.clone())];
        let french = table(&rows, &row, Lang::Fr);
        let lines: Vec<&str> = french.trim_start_matches('\u{feff}').split("\r\n").collect();
        assert_eq!(lines[1], "\"Salle; 1\";3;;62,5;;;;;;;;");
        assert!(lines[0].starts_with("Groupe;Interventions;TVO (min);"));
        assert!(table(&rows, &row, Lang::En).contains(";62.5;"));
    }
}
