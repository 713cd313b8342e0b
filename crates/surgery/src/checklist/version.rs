//! The versions of the check-list: data as FHIR Questionnaires (`data/checklist-*.json`), sentences of our own.

use fhir::Json;
use std::sync::OnceLock;

pub(crate) struct Item {
    pub id: String,
    pub text: String,
    /// Marked on the paper: an answer that does not reassure wants the team's decision.
    pub starred: bool,
    pub answers: Vec<String>,
    /// Answers after which a decision has to be written.
    pub decide_on: Vec<String>,
}

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

pub(crate) struct Version {
    /// Such as `has-2018`.
    pub id: String,
    pub title: String,
    /// `urn:medhub:checklist:has-2018|1`.
    pub canonical: String,
    pub phases: Vec<Phase>,
}

const STAR: char = '★';

pub(crate) fn versions() -> &'static [Version] {
    static ALL: OnceLock<Vec<Version>> = OnceLock::new();
    ALL.get_or_init(|| {
        let files: [&[u8]; 2] = [
            include_bytes!("../../data/checklist-has-2018.json"),
            include_bytes!("../../data/checklist-who-2009.json"),
        ];
        files.into_iter().filter_map(|file| version(&fhir::json::parse(file).ok()?)).collect()
    })
}

/// The version of a name; the first one where none is said.
pub(crate) fn named(id: Option<&str>) -> Option<&'static Version> {
    let all = versions();
    match id {
        Some(id) => all.iter().find(|v| v.id == id),
        None => all.first(),
    }
}

/// The version that a response answers.
pub(crate) fn of(response: &Json<'_>) -> Option<&'static Version> {
    let canonical = response.get_str("questionnaire")?;
    let url = canonical.split('|').next().unwrap_or(canonical);
    named(url.strip_prefix("urn:medhub:checklist:"))
}

fn version(json: &Json<'_>) -> Option<Version> {
    let url = json.get_str("url")?;
    Some(Version {
        id: url.strip_prefix("urn:medhub:checklist:")?.to_string(),
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
