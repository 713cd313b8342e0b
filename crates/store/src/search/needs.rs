//! What a search would tell of each of its matches besides showing it: whoever may not see an address must not
//! find people by it, nor whoever may not see problems find patients by them.

use super::ast::Criterion;
use super::parse::{SortBy, SortKey};
use crate::access::groups::Groups;
use crate::access::{field, kind};
use fhir::ResourceType;
use fhir::search::SearchParam;

/// Groups that must be open for each match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Needs {
    /// By criteria on the match itself.
    pub own: Groups,
    /// By criteria on other resources. Their labels are not looked at, so what labels could raise them to is
    /// needed as well.
    pub joined: Groups,
}

impl Needs {
    pub fn of(rt: ResourceType, criterion: &Criterion) -> Needs {
        let own = |own| Needs { own, joined: Groups::NONE };
        match criterion {
            Criterion::Test(test) => own(of_param(rt, test.param)),
            Criterion::Missing { param, .. } | Criterion::Refers { param, .. } => own(of_param(rt, param)),
            Criterion::Words { .. } => own(field::groups_of(rt)),
            Criterion::Id(_) | Criterion::Updated { .. } | Criterion::Near(_) => Needs::default(),
            Criterion::Chain { param, targets } => {
                let joined = targets.iter().fold(Groups::NONE, |sum, (target, inner)| {
                    sum.with(kind::may_be(*target)).with(Needs::of(*target, inner).all())
                });
                Needs { own: of_param(rt, param), joined }
            }
            Criterion::Has { from, param, inner } => {
                let own = kind::may_be(*from).with(of_param(*from, param));
                Needs { own: Groups::NONE, joined: own.with(Needs::of(*from, inner).all()) }
            }
            Criterion::List(_) => Needs { own: Groups::NONE, joined: kind::may_be(ResourceType::LIST) },
            Criterion::All(parts) | Criterion::Any(parts) => {
                parts.iter().fold(Needs::default(), |sum, part| sum.with(Needs::of(rt, part)))
            }
            Criterion::Not(inner) => Needs::of(rt, inner),
        }
    }

    /// The order of a page tells what it is sorted by.
    pub fn of_sort(rt: ResourceType, keys: &[SortKey]) -> Needs {
        let own = keys.iter().fold(Groups::NONE, |sum, key| match key.by {
            SortBy::Param(code) => {
                sum.with(fhir::search::param(rt, code).map_or(Groups::NONE, |param| of_param(rt, param)))
            }
            SortBy::Id | SortBy::LastUpdated => sum,
        });
        Needs { own, joined: Groups::NONE }
    }

    #[must_use]
    pub fn with(self, other: Needs) -> Needs {
        Needs { own: self.own.with(other.own), joined: self.joined.with(other.joined) }
    }

    pub fn all(self) -> Groups {
        self.own.with(self.joined)
    }
}

/// The groups of the members that a parameter reads, where they are not the resource's own.
fn of_param(rt: ResourceType, param: &SearchParam) -> Groups {
    let Some(members) = param.members() else {
        // `Patient?deceased` asks of the resource as a whole whether one of two members is there.
        return if param.code == "deceased" { Groups::NONE } else { field::groups_of(rt) };
    };
    let groups = members.into_iter().filter_map(|member| field::group_of(rt, member));
    groups.map(Groups::one).fold(Groups::NONE, Groups::with)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::SearchRequest;
    use crate::search::parse;
    use policy::Group;

    fn needs(rt: ResourceType, query: &str) -> Needs {
        let request = SearchRequest::from_query(Some(rt), query).unwrap();
        let query = parse::query(&request).unwrap();
        Needs::of(rt, &query.types[0].1).with(Needs::of_sort(rt, &query.controls.sort))
    }

    #[test]
    fn criteria_need_what_they_tell() {
        let (patient, encounter) = (ResourceType::PATIENT, ResourceType::ENCOUNTER);
        assert_eq!(needs(patient, "name=x&birthdate=2000&_lastUpdated=gt2020").all(), Groups::NONE);
        for query in
            ["phone=1", "telecom=1", "address-city=x", "address:missing=true", "_sort=address", "phone:not=1"]
        {
            assert_eq!(needs(patient, query).own, Groups::one(Group::Contact), "{query}");
        }
        assert_eq!(needs(encounter, "reason-code=x").own, Groups::one(Group::Clinical));
        assert_eq!(needs(patient, "_content=x").own, Groups::one(Group::Contact));
        let summary = Groups::of(&[Group::Summary, Group::Sensitive, Group::Psych]);
        assert_eq!(needs(patient, "_has:Condition:patient:code=x").joined, summary);
        let through = needs(ResourceType::OBSERVATION, "patient.phone=1");
        assert_eq!(through.joined, Groups::of(&[Group::Identity, Group::Contact]));
        let nested = needs(patient, "_has:Encounter:patient:reason-code=x").joined;
        assert!(nested.has(Group::Schedule) && nested.has(Group::Clinical) && nested.has(Group::Psych));
    }
}
