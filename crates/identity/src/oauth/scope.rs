//! Scopes: what an app asks for, what its registration allows, what a person grants
//! (<https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html>).

use store::{Scope, ScopeContext};

/// Scopes that name no resource. `scim` is for programs that keep accounts up to date.
pub(crate) const PLAIN: [&str; 9] = [
    "openid",
    "profile",
    "fhirUser",
    "launch",
    "launch/patient",
    "launch/encounter",
    "offline_access",
    "online_access",
    "scim",
];
/// Scopes of one request.
const MAX: usize = 100;

/// The scopes of one authorization, each as it was asked for (v1 stays v1 for an app that speaks v1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Granted(pub Vec<String>);

impl Granted {
    pub fn has(&self, plain: &str) -> bool {
        self.0.iter().any(|scope| scope == plain)
    }

    pub fn text(&self) -> String {
        self.0.join(" ")
    }

    pub fn resources(&self) -> Vec<Scope> {
        self.0.iter().filter_map(|text| Scope::parse(text)).collect()
    }

    pub fn plain(&self) -> String {
        let plain = self.0.iter().filter(|text| PLAIN.contains(&text.as_str()));
        plain.map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// Whether a patient must be known: asked for, or implied by a scope on one patient's record.
    pub fn needs_patient(&self) -> bool {
        self.has("launch/patient") || self.resources().iter().any(|s| s.context == ScopeContext::Patient)
    }

    /// Only those of `kept`.
    pub fn narrowed(&self, kept: &[String]) -> Granted {
        Granted(self.0.iter().filter(|scope| kept.contains(scope)).cloned().collect())
    }
}

/// What of the asked the client may get: unknown scopes are dropped, wide ones cut to what is allowed.
pub(crate) fn negotiate(asked: &str, allowed: &[String]) -> Granted {
    let mut out: Vec<String> = Vec::new();
    for text in asked.split_whitespace().take(MAX) {
        let got = match Scope::parse(text) {
            Some(scope) => cut(text, &scope, allowed),
            None if PLAIN.contains(&text) && allowed.iter().any(|a| a == text) => Some(text.to_string()),
            None => None,
        };
        out.extend(got.filter(|scope| !out.contains(scope)));
    }
    Granted(out)
}

fn cut(text: &str, asked: &Scope, allowed: &[String]) -> Option<String> {
    let covers = |rule: &Scope| {
        rule.context == asked.context
            && (rule.rt.is_none() || rule.rt == asked.rt)
            && (rule.query.is_empty() || rule.query == asked.query)
    };
    let rules = allowed.iter().filter_map(|rule| Scope::parse(rule));
    let may = rules.filter(covers).fold(0, |sum, rule| sum | rule.permissions);
    match asked.permissions & may {
        0 => None,
        all if all == asked.permissions => Some(text.to_string()),
        some => Some(Scope { permissions: some, ..asked.clone() }.text()),
    }
}

/// Whether the text is a scope at all, for registrations.
pub(crate) fn is_scope(text: &str) -> bool {
    PLAIN.contains(&text) || Scope::parse(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn got(asked: &str, allowed: &str) -> String {
        negotiate(asked, &allowed.split(' ').map(String::from).collect::<Vec<_>>()).text()
    }

    #[test]
    fn nothing_is_granted_that_was_not_allowed() {
        assert_eq!(got("openid patient/*.rs launch/patient x", "openid patient/Observation.rs"), "openid");
        assert_eq!(got("patient/Observation.cruds", "patient/Observation.rs"), "patient/Observation.rs");
        assert_eq!(got("patient/Observation.rs", "patient/*.cruds"), "patient/Observation.rs");
        assert_eq!(got("user/Patient.rs system/Patient.rs", "patient/*.cruds"), "");
        assert_eq!(got("patient/Observation.rs", "patient/Observation.rs?category=laboratory"), "");
        assert_eq!(
            got("patient/Observation.rs?category=laboratory", "patient/Observation.rs"),
            "patient/Observation.rs?category=laboratory"
        );
        assert_eq!(got("openid openid", "openid"), "openid");
    }

    #[test]
    fn v1_stays_v1_unless_it_is_cut() {
        assert_eq!(got("patient/*.read", "patient/*.cruds"), "patient/*.read");
        assert_eq!(got("patient/*.*", "patient/*.rs"), "patient/*.rs");
        assert!(negotiate("patient/*.read", &["patient/*.rs".into()]).needs_patient());
    }
}
