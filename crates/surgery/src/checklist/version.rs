//! The versions of the check-list that are shipped: data as FHIR Questionnaires (`data/checklist-*.json`), sentences
//! of our own.

use fhir::Json;
use std::sync::{Arc, OnceLock};

#[derive(Debug)]
pub(crate) struct Item {
    pub id: String,
    pub text: String,
    /// Marked on the paper: an answer that does not reassure wants the team's decision.
    pub starred: bool,
    pub answers: Vec<String>,
    /// Answers after which a decision has to be written.
    pub decide_on: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct Phase {
    pub code: String,
    pub title: String,
    pub when: String,
    /// Who has to attest.
    pub roles: Vec<String>,
    /// The milestone that waits for this phase.
    pub gate: Option<String>,
    pub items: Vec<Item>,
}

#[derive(Debug)]
pub(crate) struct Version {
    /// Such as `has-2018`.
    pub id: String,
    pub title: String,
    /// `urn:medhub:checklist:has-2018|1`.
    pub canonical: String,
    pub phases: Vec<Phase>,
}

/// Before the id of a version, in the `url` of its Questionnaire.
pub(crate) const URL: &str = "urn:medhub:checklist:";
const STAR: char = '★';
const FILES: [&[u8]; 2] = [
    include_bytes!("../../data/checklist-has-2018.json"),
    include_bytes!("../../data/checklist-who-2009.json"),
];

/// What is shipped, the one that is used where a clinic chose none first.
pub(crate) fn versions() -> &'static [Arc<Version>] {
    static ALL: OnceLock<Vec<Arc<Version>>> = OnceLock::new();
    ALL.get_or_init(|| {
        let read = |file: &[u8]| version(&fhir::json::parse(file).ok()?).map(Arc::new);
        FILES.into_iter().filter_map(read).collect()
    })
}

/// The Questionnaire that is shipped under that id.
pub(crate) fn shipped(id: &str) -> Option<Json<'static>> {
    let parsed = FILES.into_iter().filter_map(|file| fhir::json::parse(file).ok());
    let mut named =
        parsed.filter(|json| json.get_str("url").and_then(|url| url.strip_prefix(URL)) == Some(id));
    named.next().map(Json::into_owned)
}

/// The shipped version of a name; the first one where none is said.
pub(crate) fn named(id: Option<&str>) -> Option<&'static Arc<Version>> {
    let all = versions();
    match id {
        Some(id) => all.iter().find(|v| v.id == id),
        None => all.first(),
    }
}

/// The shipped version of a canonical address.
pub(crate) fn of_canonical(canonical: &str) -> Option<&'static Arc<Version>> {
    let url = canonical.split('|').next().unwrap_or(canonical);
    url.strip_prefix(URL).and_then(|id| named(Some(id)))
}

/// As a Questionnaire says it, whole or not.
pub(crate) fn version(json: &Json<'_>) -> Option<Version> {
    let url = json.get_str("url")?;
    Some(Version {
        id: url.strip_prefix(URL)?.to_string(),
        title: json.get_str("title")?.to_string(),
        canonical: format!("{url}|{}", json.get_str("version")?),
        phases: json.each("item").filter_map(phase).collect(),
    })
}

fn phase(json: &Json<'_>) -> Option<Phase> {
    let all = |url: &str, member: &str| -> Vec<String> {
        let named = json.each("extension").filter(|e| e.get_str("url") == Some(url));
        named.filter_map(|e| e.get_str(member)).map(str::to_string).collect()
    };
    Some(Phase {
        code: json.get_str("linkId")?.to_string(),
        title: json.get_str("text")?.to_string(),
        when: all("urn:medhub:checklist:when", "valueString").pop().unwrap_or_default(),
        roles: all("urn:medhub:checklist:role", "valueCode"),
        gate: all("urn:medhub:checklist:gate", "valueCode").pop(),
        items: json.each("item").filter_map(item).collect(),
    })
}

fn item(json: &Json<'_>) -> Option<Item> {
    let shown = json.get_str("text")?;
    let codes =
        json.each("answerOption").filter_map(|o| o.get("valueCoding").and_then(|c| c.get_str("code")));
    let decide = json.each("extension").filter_map(|e| e.get_str("valueCode"));
    Some(Item {
        id: json.get_str("linkId")?.to_string(),
        text: shown.trim_end_matches(STAR).trim_end().to_string(),
        starred: shown.ends_with(STAR),
        answers: codes.map(str::to_string).collect(),
        decide_on: decide.map(str::to_string).collect(),
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_data_is_whole() {
        for version in super::versions() {
            let codes: Vec<&str> = version.phases.iter().map(|p| p.code.as_str()).collect();
            assert_eq!(codes, ["sign-in", "time-out", "sign-out"], "{}", version.id);
            assert!(version.phases.iter().all(|p| !p.items.is_empty() && !p.roles.is_empty()));
            assert!(version.phases.iter().any(|p| p.gate.as_deref() == Some("incision")));
        }
        let ids: Vec<&str> = super::versions().iter().map(|v| v.id.as_str()).collect();
        assert_eq!(ids, ["has-2018", "who-2009"]);
        assert_eq!(super::versions()[1].phases.iter().map(|p| p.items.len()).sum::<usize>(), 19);
    }
}
