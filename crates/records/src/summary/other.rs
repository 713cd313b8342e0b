//! Immunizations, appointments, who cares for the patient, alerts.

use super::chart::Chart;
use super::line::{Emphasis, Line, by_name, has_code, newest_first, when, words};
use super::words as w;
use fhir::{Issue, Json};

/// Each vaccine once: its last dose, and how many were given.
pub(crate) fn immunizations(chart: &Chart) -> Option<Vec<Line>> {
    let all = chart.immunizations.as_ref()?;
    let mut doses: Vec<&Json<'static>> =
        all.iter().filter(|i| i.get_str("status") == Some("completed")).collect();
    doses.sort_by_key(|dose| {
        let at = super::line::moment(when(dose, "occurrence"));
        (std::cmp::Reverse(at), dose.get_str("id").unwrap_or_default().to_string())
    });
    let mut lines: Vec<(Line, usize)> = Vec::new();
    for dose in doses {
        let text = words(dose.get("vaccineCode")).unwrap_or_else(|| w::tell(w::UNNAMED, chart.lang).into());
        match lines.iter_mut().find(|(line, _)| line.text == text) {
            Some((_, count)) => *count += 1,
            None => lines.push((Line::new(dose, text).date(when(dose, "occurrence")), 1)),
        }
    }
    let mut lines: Vec<Line> = lines
        .into_iter()
        .map(|(line, count)| {
            let doses =
                Issue::error(fhir::Code::Informational, w::DOSES).arg("n", count).sentence(chart.lang);
            line.detail((count > 1).then_some(doses))
        })
        .collect();
    by_name(&mut lines);
    Some(lines)
}

/// Those to come, the soonest first.
pub(crate) fn appointments(chart: &Chart) -> Option<Vec<Line>> {
    let all = chart.appointments.as_ref()?;
    let mut lines: Vec<Line> = all
        .iter()
        .filter(|a| is_coming(a))
        .map(|appointment| {
            let text = reason(appointment).unwrap_or_else(|| w::tell(w::UNNAMED, chart.lang).into());
            let with: Vec<String> = people(appointment).filter_map(|(_, name)| name).collect();
            Line::new(appointment, text).detail(with.join(", ")).date(appointment.get_str("start"))
        })
        .collect();
    lines.sort_by_key(|line| (super::line::moment(line.date.as_deref()), line.source.clone()));
    Some(lines)
}

pub(crate) fn is_coming(appointment: &Json<'_>) -> bool {
    let status = appointment.get_str("status");
    matches!(status, Some("booked" | "pending" | "proposed" | "arrived" | "checked-in" | "waitlist"))
}

/// What an appointment is for: its description, its service, its type.
pub(crate) fn reason(appointment: &Json<'_>) -> Option<String> {
    let described = appointment.get_str("description").map(String::from);
    let of = |name: &str| appointment.each(name).find_map(|concept| words(Some(concept)));
    described.or_else(|| of("reasonCode")).or_else(|| of("serviceType")).or_else(|| of("appointmentType"))
}

/// Reference and name of those who take part, without patient and place.
pub(crate) fn people(appointment: &Json<'_>) -> impl Iterator<Item = (Option<String>, Option<String>)> {
    appointment.each("participant").filter_map(|p| p.get("actor")).filter_map(|actor| {
        let to = actor.get_str("reference").unwrap_or_default();
        let other = ["Patient/", "Location/"].iter().any(|kind| to.starts_with(kind));
        let text = |name: &str| actor.get_str(name).map(String::from);
        (!other).then(|| (text("reference"), text("display")))
    })
}

/// The general practitioner, then the members of care teams in force.
pub(crate) fn team(chart: &Chart) -> Option<Vec<Line>> {
    let mut lines: Vec<Line> = chart
        .patient
        .each("generalPractitioner")
        .filter_map(|gp| {
            let name = gp.get_str("display").or_else(|| gp.get("identifier")?.get_str("value"))?;
            Some(Line::new(&chart.patient, name).detail(w::tell(w::GP, chart.lang).to_string()))
        })
        .collect();
    let Some(teams) = &chart.teams else { return (!lines.is_empty()).then_some(lines) };
    let mut members: Vec<Line> = Vec::new();
    for team in teams.iter().filter(|t| matches!(t.get_str("status"), None | Some("active" | "proposed"))) {
        for participant in team.each("participant") {
            let Some(name) = participant.get("member").and_then(|m| m.get_str("display")) else { continue };
            let role = participant.each("role").find_map(|role| words(Some(role)));
            let since = participant.get("period").and_then(|p| p.get_str("start"));
            let line = Line::new(team, name).detail(role).date(since);
            if !members.contains(&line) {
                members.push(line);
            }
        }
    }
    by_name(&mut members);
    lines.extend(members);
    Some(lines)
}

pub(crate) fn flags(chart: &Chart) -> Option<Vec<Line>> {
    let all = chart.flags.as_ref()?;
    let mut lines: Vec<Line> = all
        .iter()
        .filter(|flag| flag.get_str("status") == Some("active"))
        .map(|flag| {
            let text = words(flag.get("code")).unwrap_or_else(|| w::tell(w::UNNAMED, chart.lang).into());
            let category = flag.each("category").find_map(|category| words(Some(category)));
            let urgent = flag.each("category").any(|c| has_code(Some(c), &["safety", "clinical"]));
            let emphasis = if urgent { Emphasis::Abnormal } else { Emphasis::None };
            let since = flag.get("period").and_then(|p| p.get_str("start"));
            Line::new(flag, text).detail(category).date(since).emphasis(emphasis)
        })
        .collect();
    newest_first(&mut lines);
    Some(lines)
}
