//! What patients may book by themselves: data, by the kind of consultation and the professional.

use super::bring::Bring;
use super::words::WRONG_RULE;
use crate::element::{maybe, text};
use fhir::{Code, Issue, Json};

pub(super) const RULES_MAX: usize = 200;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    /// The kind of consultation, as the agenda calls it.
    pub kind: String,
    /// `Practitioner/…`; all without it.
    pub practitioner: Option<String>,
    pub allowed: bool,
    /// How long it lasts.
    pub minutes: i64,
    /// Hours before which it must be booked.
    pub notice: i64,
    /// Days ahead that are shown.
    pub ahead: i64,
    /// Appointments of this kind that one patient may have to come.
    pub open: i64,
    /// Hours before which it may be moved or cancelled.
    pub cancel: i64,
    /// Only patients whom the professional has seen.
    pub known: bool,
    /// What the patient brings.
    pub bring: Bring,
}

impl Rule {
    /// # Errors
    /// What is wrong with the `n`th.
    pub fn of(json: &Json<'_>, n: usize) -> Result<Rule, Issue> {
        let wrong = || Issue::error(Code::Value, WRONG_RULE).at(format!("rules[{n}]"));
        let whole = |name: &str, min: i64, max: i64, usual: i64| match json.get(name) {
            None | Some(Json::Null) => Ok(usual),
            Some(said) => {
                let number = said.as_number().and_then(|n| n.parse().ok());
                number.filter(|n| (min..=max).contains(n)).ok_or_else(wrong)
            }
        };
        let kind = json.get_str("type").map(str::trim).filter(|k| !k.is_empty() && k.chars().count() <= 100);
        let practitioner = json.get_str("practitioner").map(str::to_string);
        if practitioner.as_ref().is_some_and(|p| !p.starts_with("Practitioner/") || p.len() > 80) {
            return Err(wrong());
        }
        Ok(Rule {
            kind: kind.ok_or_else(wrong)?.to_string(),
            practitioner,
            allowed: json.get("allowed").and_then(Json::as_bool).unwrap_or(true),
            minutes: whole("minutes", 5, 240, 20)?,
            notice: whole("notice", 0, 24 * 30, 24)?,
            ahead: whole("ahead", 1, 365, 60)?,
            open: whole("open", 1, 20, 1)?,
            cancel: whole("cancel", 0, 24 * 30, 24)?,
            known: json.get("known").and_then(Json::as_bool).unwrap_or(false),
            bring: Bring::of(json.get("bring")).ok_or_else(wrong)?,
        })
    }

    pub fn json(&self) -> Json<'static> {
        Json::object([
            ("type", text(&self.kind)),
            ("practitioner", maybe(self.practitioner.as_deref())),
            ("allowed", Json::Bool(self.allowed)),
            ("minutes", Json::integer(self.minutes)),
            ("notice", Json::integer(self.notice)),
            ("ahead", Json::integer(self.ahead)),
            ("open", Json::integer(self.open)),
            ("cancel", Json::integer(self.cancel)),
            ("known", Json::Bool(self.known)),
            ("bring", self.bring.json()),
        ])
    }
}

/// The rule that holds: that of the professional wins over that of all. `None` = nobody may.
pub(super) fn holding<'r>(rules: &'r [Rule], kind: &str, practitioner: &str) -> Option<&'r Rule> {
    let of_kind = || rules.iter().filter(|r| r.kind == kind);
    let own = of_kind().find(|r| r.practitioner.as_deref() == Some(practitioner));
    own.or_else(|| of_kind().find(|r| r.practitioner.is_none())).filter(|r| r.allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(body: &str) -> Result<Rule, Issue> {
        Rule::of(&fhir::json::parse(body.as_bytes()).unwrap(), 0)
    }

    #[test]
    fn the_rule_of_the_professional_wins() {
        let all = rule(r#"{"type":"Suivi","minutes":20}"#).unwrap();
        let own = r#"{"type":"Suivi","practitioner":"Practitioner/a","minutes":30,"bring":{"fr":"Carte"}}"#;
        let own = rule(own).unwrap();
        let never = rule(r#"{"type":"Suivi","practitioner":"Practitioner/b","allowed":false}"#).unwrap();
        let rules = [all, own, never];
        let minutes = |who: &str| holding(&rules, "Suivi", who).map(|r| r.minutes);
        assert_eq!(minutes("Practitioner/a"), Some(30));
        assert_eq!(minutes("Practitioner/b"), None, "said for one, it is not undone by what is said for all");
        assert_eq!(minutes("Practitioner/c"), Some(20));
        assert_eq!(holding(&rules, "Autre", "Practitioner/a"), None);
        for one in &rules {
            assert_eq!(&Rule::of(&one.json(), 0).unwrap(), one);
        }
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for body in [
            r#"{"minutes":20}"#,
            r#"{"type":" "}"#,
            r#"{"type":"Suivi","minutes":0}"#,
            r#"{"type":"Suivi","minutes":"20"}"#,
            r#"{"type":"Suivi","open":21}"#,
            r#"{"type":"Suivi","notice":-1}"#,
            r#"{"type":"Suivi","bring":"Carte"}"#,
            r#"{"type":"Suivi","practitioner":"Location/r1"}"#,
        ] {
            assert!(rule(body).is_err(), "{body}");
        }
    }
}
