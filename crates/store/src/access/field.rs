//! Which members of a resource belong to another group than the resource.

use super::groups::Groups;
use fhir::{Json, ResourceType};
use policy::Group;

type Fields = &'static [(&'static str, Group)];

const PERSON: Fields = &[("telecom", Group::Contact), ("address", Group::Contact), ("photo", Group::Contact)];

const PATIENT: Fields = &[
    ("telecom", Group::Contact),
    ("address", Group::Contact),
    ("contact", Group::Contact),
    ("photo", Group::Contact),
];

const ENCOUNTER: Fields = &[
    ("reasonCode", Group::Clinical),
    ("reasonReference", Group::Clinical),
    ("diagnosis", Group::Clinical),
    ("hospitalization", Group::Clinical),
];

const APPOINTMENT: Fields = &[
    ("reasonCode", Group::Clinical),
    ("reasonReference", Group::Clinical),
    ("description", Group::Clinical),
    ("comment", Group::Clinical),
    ("patientInstruction", Group::Clinical),
    ("supportingInformation", Group::Clinical),
];

const APPOINTMENT_RESPONSE: Fields = &[("comment", Group::Clinical)];

const EPISODE_OF_CARE: Fields = &[("diagnosis", Group::Clinical)];

const TASK: Fields = &[
    ("reasonCode", Group::Clinical),
    ("reasonReference", Group::Clinical),
    ("note", Group::Clinical),
    ("input", Group::Clinical),
    ("output", Group::Clinical),
];

/// The members of a type that belong to another group.
fn fields(rt: ResourceType) -> Fields {
    match rt {
        ResourceType::PATIENT => PATIENT,
        ResourceType::PERSON => PERSON,
        ResourceType::ENCOUNTER => ENCOUNTER,
        ResourceType::APPOINTMENT => APPOINTMENT,
        ResourceType::APPOINTMENT_RESPONSE => APPOINTMENT_RESPONSE,
        ResourceType::EPISODE_OF_CARE => EPISODE_OF_CARE,
        ResourceType::TASK => TASK,
        _ => &[],
    }
}

/// The group of a member, when it is not that of its resource. `_telecom` goes with `telecom`.
pub(crate) fn group_of(rt: ResourceType, member: &str) -> Option<Group> {
    let name = member.strip_prefix('_').unwrap_or(member);
    fields(rt).iter().find(|(field, _)| *field == name).map(|(_, group)| *group)
}

/// The groups that members of a type belong to, besides its own.
pub(crate) fn groups_of(rt: ResourceType) -> Groups {
    fields(rt).iter().fold(Groups::NONE, |sum, (_, group)| sum.with(Groups::one(*group)))
}

/// The groups of the members that a resource has, besides its own.
pub(crate) fn present(rt: ResourceType, resource: &Json<'_>) -> Groups {
    let has = |field: &str| resource.get(field).is_some() || resource.get(&format!("_{field}")).is_some();
    fields(rt).iter().fold(
        Groups::NONE,
        |sum, (field, group)| {
            if has(field) { sum.with(Groups::one(*group)) } else { sum }
        },
    )
}

/// What the server assigns, or derives.
const SERVERS: [&str; 2] = ["versionId", "lastUpdated"];

/// The groups in which two versions of a resource differ; `own` is the group of the resource itself.
pub(crate) fn changed(rt: ResourceType, own: Group, before: &Json<'_>, after: &Json<'_>) -> Groups {
    let mut sum = Groups::NONE;
    for (one, other) in [(before, after), (after, before)] {
        for (name, value) in one.as_object().into_iter().flat_map(|object| object.iter()) {
            let same = match name {
                "meta" => meta_is_same(value, other.get(name)),
                _ => other.get(name) == Some(value),
            };
            if !same {
                sum = sum.with(Groups::one(group_of(rt, name).unwrap_or(own)));
            }
        }
    }
    sum
}

fn meta_is_same(one: &Json<'_>, other: Option<&Json<'_>>) -> bool {
    let members = one.as_object().into_iter().flat_map(|object| object.iter());
    members
        .filter(|(name, _)| !SERVERS.contains(name))
        .all(|(name, value)| other.and_then(|other| other.get(name)) == Some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Json<'static> {
        fhir::json::parse(text.as_bytes()).unwrap().into_owned()
    }

    #[test]
    fn a_change_names_its_groups() {
        let before = json(
            r#"{"resourceType":"Patient","meta":{"versionId":"1"},"gender":"male","telecom":[{"value":"1"}]}"#,
        );
        let phone = json(r#"{"resourceType":"Patient","gender":"male","telecom":[{"value":"2"}]}"#);
        let both = json(r#"{"resourceType":"Patient","gender":"female","_telecom":[null]}"#);
        let of = |after: &Json<'_>| changed(ResourceType::PATIENT, Group::Identity, &before, after);
        assert_eq!(of(&before), Groups::NONE);
        assert_eq!(of(&phone), Groups::one(Group::Contact));
        assert_eq!(of(&both), Groups::of(&[Group::Contact, Group::Identity]));
    }

    #[test]
    fn members_with_extensions_only_are_members() {
        let patient = json(r#"{"resourceType":"Patient","_address":[{"extension":[]}]}"#);
        assert_eq!(present(ResourceType::PATIENT, &patient), Groups::one(Group::Contact));
        assert_eq!(present(ResourceType::OBSERVATION, &patient), Groups::NONE);
    }
}
