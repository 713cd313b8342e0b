//! The check-list of an operation, as far as it has come: every item of a phase answered, attested and concluded
//! before the milestone that waits for it. The items are those that the service of surgery ships.

use super::course::Course;
use crate::calendar::Moment;
use crate::chart::Chart;
use crate::element::{J, Resource, object, reference, text};
use fhir::Json;
use std::sync::OnceLock;
use uuid::Uuid;

/// The milestone that each phase comes before, and by how many minutes.
const PHASES: [(&str, &str, i64); 3] =
    [("sign-in", "in", -2), ("time-out", "incision", -2), ("sign-out", "closure", 1)];

fn questionnaire() -> &'static J {
    static READ: OnceLock<J> = OnceLock::new();
    READ.get_or_init(|| {
        let file = include_bytes!("../../../surgery/data/checklist-has-2018.json");
        fhir::json::parse(file).map_or(Json::Null, Json::into_owned)
    })
}

/// An id as the theatre derives it from its case.
pub fn derived(kind: &str, case: &str) -> String {
    let case = case.strip_prefix("ServiceRequest/").unwrap_or(case);
    Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("urn:medhub:{kind}:{case}").as_bytes()).to_string()
}

fn codes<'a>(json: &'a J, url: &'a str) -> impl Iterator<Item = &'a str> {
    json.each("extension")
        .filter(move |e| e.get_str("url") == Some(url))
        .filter_map(|e| e.get_str("valueCode"))
}

/// The first answer that asks for no decision.
fn answer(item: &J) -> Option<&str> {
    let options =
        item.each("answerOption").filter_map(|o| o.get("valueCoding").and_then(|c| c.get_str("code")));
    let worrying: Vec<&str> = codes(item, "urn:medhub:checklist:decide").collect();
    options.into_iter().find(|code| !worrying.contains(code))
}

/// One tap: its phase, what it says and details of that.
fn entry(
    (case, phase): (&str, &str),
    n: usize,
    (at, by): (Moment, &J),
    say: &str,
    more: Vec<(&str, J)>,
) -> J {
    let part = |url: &str, name: &'static str, value: J| object(vec![("url", text(url)), (name, value)]);
    let mut parts = vec![
        part("key", "valueString", text(derived(&format!("tap:{phase}:{n}"), case))),
        part("at", "valueInstant", text(at.text())),
        part("phase", "valueString", text(phase)),
        part("by", "valueReference", by.clone()),
        part("say", "valueString", text(say)),
    ];
    parts.extend(more.into_iter().map(|(url, value)| match value {
        Json::Bool(_) => part(url, "valueBoolean", value),
        _ => part(url, "valueString", value),
    }));
    object(vec![("url", text("urn:medhub:checklist:entry")), ("extension", Json::Array(parts))])
}

impl Chart<'_> {
    /// The check-list of a case by its course; nothing before its first phase.
    pub(crate) fn checklist(&mut self, case: &str, course: &Course, by: &J) -> Option<Resource> {
        let list = questionnaire();
        let (mut entries, mut groups) = (Vec::new(), Vec::new());
        for (code, mark, minutes) in PHASES {
            let Some(phase) = list.each("item").find(|item| item.get_str("linkId") == Some(code)) else {
                continue;
            };
            let Some(at) = course.at(mark).map(|at| at.of_its_day(i64::from(at.minute) + minutes)) else {
                break;
            };
            if at > self.world.now {
                break;
            }
            let mut items = Vec::new();
            for item in phase.each("item") {
                let (Some(id), Some(answer)) = (item.get_str("linkId"), answer(item)) else { continue };
                let more = vec![("item", text(id)), ("answer", text(answer))];
                entries.push(entry((case, code), entries.len(), (at, by), "answer", more));
                let coding = vec![("system", text("urn:medhub:checklist:answer")), ("code", text(answer))];
                let given = object(vec![("valueCoding", object(coding))]);
                items.push(object(vec![("linkId", text(id)), ("answer", Json::array([given]))]));
            }
            for role in codes(phase, "urn:medhub:checklist:role") {
                entries.push(entry(
                    (case, code),
                    entries.len(),
                    (at, by),
                    "attest",
                    vec![("role", text(role))],
                ));
            }
            entries.push(entry(
                (case, code),
                entries.len(),
                (at, by),
                "outcome",
                vec![("go", Json::Bool(true))],
            ));
            groups.push(object(vec![("linkId", text(code)), ("item", Json::Array(items))]));
        }
        let authored = course.marks.iter().map(|(_, at)| *at).max()?;
        if entries.is_empty() {
            return None;
        }
        let canonical = format!(
            "{}|{}",
            list.get_str("url").unwrap_or_default(),
            list.get_str("version").unwrap_or_default()
        );
        let response = Resource::new("QuestionnaireResponse", derived("checklist", case))
            .list("extension", entries)
            .list("basedOn", vec![reference(case)])
            .text("questionnaire", canonical)
            .text("status", if groups.len() == PHASES.len() { "completed" } else { "in-progress" })
            .with("subject", reference(&self.patient))
            .text("authored", authored.text())
            .list("item", groups);
        Some(response)
    }
}
