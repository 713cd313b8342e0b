//! Fills in the variables of a template from the chart, as the writer may see it. What the record does not know is
//! said so, never left out.

use crate::summary::{self, Chart, Line, State};
use fhir::Json;
use service::RouteCtx;
use store::Result;

/// Lines that one variable names; the rest is counted.
const LINES_MAX: usize = 12;

/// The texts with their variables filled in; `author` is the name of whose note it is.
///
/// # Errors
/// As for reading the chart.
pub(super) async fn fill(cx: &RouteCtx, patient: &str, author: &str, texts: &[&str]) -> Result<Vec<String>> {
    if !texts.iter().any(|text| text.contains("{{")) {
        return Ok(texts.iter().map(ToString::to_string).collect());
    }
    let mut chart = Chart::read(cx, patient).await?;
    // The templates are French, and so is what is put into them.
    chart.lang = fhir::Lang::Fr;
    Ok(texts.iter().map(|text| filled(text, &chart, author)).collect())
}

fn filled(text: &str, chart: &Chart, author: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        match after.split_once("}}") {
            Some((name, tail)) => {
                out.push_str(&value(name.trim(), chart, author).unwrap_or_else(|| format!("{{{{{name}}}}}")));
                rest = tail;
            }
            None => {
                out.push_str("{{");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// `None` for a variable that does not exist.
fn value(name: &str, chart: &Chart, author: &str) -> Option<String> {
    let listed = |code: &'static str, none: &str| {
        let section = summary::section(code, chart);
        let unread = section.state == Some(State::Unavailable);
        if unread { "non consultable".to_string() } else { list(&section.lines, section.omitted, none) }
    };
    Some(match name {
        "patient.age" => age(chart),
        "patient.sex" => sex(chart, ["femme", "homme", "sexe non renseigné"]).to_string(),
        "patient.person" => sex(chart, ["Patiente", "Patient", "Patient(e)"]).to_string(),
        "today" => day(chart.now),
        "author.name" if author.is_empty() => super::text::GAP.to_string(),
        "author.name" => author.to_string(),
        "problems" => listed("problems", "aucun problème actif enregistré"),
        "history" => history(chart),
        "surgeries" => listed("surgical-history", "aucun enregistré"),
        "medications" => listed("medications", "aucun traitement enregistré"),
        "allergies" => allergies(chart),
        "vitals.last" => vitals(chart),
        "results.abnormal" => listed("results", "Pas de résultat anormal dans l'année."),
        _ => return None,
    })
}

fn list(lines: &[Line], omitted: usize, none: &str) -> String {
    if lines.is_empty() {
        return none.to_string();
    }
    let told: Vec<String> = lines.iter().take(LINES_MAX).map(Line::sentence).collect();
    let more = lines.len().saturating_sub(LINES_MAX) + omitted;
    let tail = if more > 0 { format!(" ; et {more} de plus") } else { String::new() };
    format!("{}{tail}", told.join(" ; "))
}

/// Problems that are active, then those that are over.
fn history(chart: &Chart) -> String {
    let (now, past) = (summary::section("problems", chart), summary::section("medical-history", chart));
    if now.state == Some(State::Unavailable) {
        return "non consultables".to_string();
    }
    let all: Vec<Line> = now.lines.into_iter().chain(past.lines).collect();
    list(&all, now.omitted + past.omitted, "aucun enregistré")
}

fn allergies(chart: &Chart) -> String {
    let section = summary::section("allergies", chart);
    match section.state {
        Some(State::NoneKnown) => "Aucune allergie connue.".to_string(),
        Some(State::NotRecorded) => "Allergies non renseignées : à demander.".to_string(),
        Some(State::Unavailable) => "Allergies indisponibles : à demander.".to_string(),
        None => list(&section.lines, section.omitted, ""),
    }
}

fn vitals(chart: &Chart) -> String {
    let section = summary::section("vitals", chart);
    // Those of the newest day.
    let newest = section.lines.iter().map(moment).max();
    let Some(newest) = newest.filter(|at| *at > i64::MIN) else { return "Constantes : […]".to_string() };
    let told = section.lines.iter().filter(|line| newest - moment(line) < 86_400_000).map(|line| {
        let value = line.detail.as_deref().unwrap_or_default();
        format!("{} {value}", line.text)
    });
    format!("Constantes du {} : {}.", day(newest), told.collect::<Vec<_>>().join(", "))
}

fn moment(line: &Line) -> i64 {
    line.date.as_deref().and_then(fhir::date::parse).map_or(i64::MIN, |moment| moment.lo_ms)
}

fn age(chart: &Chart) -> String {
    match chart.age() {
        Some(0) => "moins d'un an".to_string(),
        Some(1) => "1 an".to_string(),
        Some(years) if (0..150).contains(&years) => format!("{years} ans"),
        _ => "âge non renseigné".to_string(),
    }
}

fn sex(chart: &Chart, [woman, man, unknown]: [&'static str; 3]) -> &'static str {
    match chart.patient.get("gender").and_then(Json::as_str) {
        Some("female") => woman,
        Some("male") => man,
        _ => unknown,
    }
}

/// `22 novembre 2026`, by the winter clock of France.
fn day(ms: i64) -> String {
    const MONTHS: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    let (year, month, day) = fhir::date::civil_from_days((ms + 3_600_000).div_euclid(86_400_000));
    let name = MONTHS.get(month.saturating_sub(1) as usize).copied().unwrap_or_default();
    let first = if day == 1 { "1er".to_string() } else { day.to_string() };
    format!("{first} {name} {year}")
}
