//! What the scopes of a token let through
//! (<https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html>). They only ever take away: the
//! account's own rights are decided besides.

use super::kind;
use crate::grant::{Grant, Scope, ScopeContext};
use crate::search::Criteria;
use fhir::{Json, ResourceType};

/// How far a token reaches into a type.
pub(crate) enum Reach<'g> {
    /// Not limited.
    All,
    Nothing,
    /// What one of these lets through.
    Part(Vec<&'g Scope>),
}

/// The reach of a grant for one permission on a type.
pub(crate) fn reach(grant: &Grant, permission: u8, rt: ResourceType) -> Reach<'_> {
    let Some(scopes) = &grant.scopes else { return Reach::All };
    let mut part = Vec::new();
    for scope in scopes {
        if scope.permissions & permission == 0 || scope.rt.is_some_and(|only| only != rt) {
            continue;
        }
        if scope.query.is_empty() && !is_narrow(scope, rt) {
            return Reach::All;
        }
        part.push(scope);
    }
    if part.is_empty() { Reach::Nothing } else { Reach::Part(part) }
}

/// Whether the scope is about one patient's record, and the type can be in one.
pub(crate) fn is_narrow(scope: &Scope, rt: ResourceType) -> bool {
    scope.context == ScopeContext::Patient && kind::group_of(rt).is_of_patient()
}

/// Whether a resource meets the search of a scope; a search that cannot be understood is met by nothing.
pub(crate) fn meets(scope: &Scope, rt: ResourceType, resource: &Json<'_>) -> bool {
    scope.query.is_empty()
        || Criteria::parse(rt, &scope.query).is_ok_and(|criteria| criteria.matches(resource))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(scopes: &[&str]) -> Grant {
        let scopes = scopes.iter().map(|text| Scope::parse(text).unwrap()).collect();
        Grant { scopes: Some(scopes), ..Grant::default() }
    }

    #[test]
    fn scopes_reach_what_they_name() {
        let of = |grant: &Grant, permission, rt| match reach(grant, permission, rt) {
            Reach::All => "all",
            Reach::Nothing => "nothing",
            Reach::Part(_) => "part",
        };
        let (observation, patient) = (ResourceType::OBSERVATION, ResourceType::PATIENT);
        assert_eq!(of(&Grant::default(), Scope::READ, patient), "all");
        assert_eq!(of(&grant(&[]), Scope::READ, patient), "nothing");
        let user = grant(&["user/Observation.rs"]);
        assert_eq!(of(&user, Scope::READ, observation), "all");
        assert_eq!(of(&user, Scope::UPDATE, observation), "nothing");
        assert_eq!(of(&user, Scope::READ, patient), "nothing");
        let launched = grant(&["patient/*.rs"]);
        assert_eq!(of(&launched, Scope::SEARCH, observation), "part");
        assert_eq!(of(&launched, Scope::SEARCH, ResourceType::PRACTITIONER), "all");
        assert_eq!(
            of(&grant(&["user/Observation.rs?category=laboratory"]), Scope::READ, observation),
            "part"
        );
    }

    #[test]
    fn the_search_of_a_scope_is_met_or_not() {
        let scope = Scope::parse("user/Observation.rs?category=laboratory").unwrap();
        let text = r#"{"resourceType":"Observation","category":[{"coding":[{"code":"laboratory"}]}]}"#;
        let lab = fhir::json::parse(text.as_bytes()).unwrap();
        let other = fhir::json::parse(br#"{"resourceType":"Observation"}"#).unwrap();
        assert!(meets(&scope, ResourceType::OBSERVATION, &lab));
        assert!(!meets(&scope, ResourceType::OBSERVATION, &other));
        let broken = Scope { query: "nonsense=1".into(), ..scope };
        assert!(!meets(&broken, ResourceType::OBSERVATION, &lab));
    }
}
