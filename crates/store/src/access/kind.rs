//! Which group a type of resource belongs to.

use super::groups::Groups;
use fhir::ResourceType;
use policy::Group;
use std::sync::OnceLock;

/// Types by group. What is not named here is `Clinical` when it can belong to a patient, else `Directory`.
const TABLE: &[(Group, &[&str])] = &[
    (Group::Audit, &["AuditEvent"]),
    (Group::Configuration, &["Subscription", "TestReport", "TestScript", "MessageHeader"]),
    (Group::Identity, &["Patient", "Person"]),
    (Group::Contact, &["RelatedPerson"]),
    (
        Group::Schedule,
        &["Appointment", "AppointmentResponse", "Encounter", "EpisodeOfCare", "Schedule", "Slot", "Task"],
    ),
    (
        Group::Summary,
        &[
            "AllergyIntolerance",
            "Condition",
            "Device",
            "DeviceUseStatement",
            "Flag",
            "Immunization",
            "MedicationAdministration",
            "MedicationDispense",
            "MedicationRequest",
            "MedicationStatement",
        ],
    ),
    (
        Group::Billing,
        &[
            "Account",
            "ChargeItem",
            "Claim",
            "ClaimResponse",
            "Contract",
            "Coverage",
            "CoverageEligibilityRequest",
            "CoverageEligibilityResponse",
            "EnrollmentRequest",
            "EnrollmentResponse",
            "ExplanationOfBenefit",
            "Invoice",
            "PaymentNotice",
            "PaymentReconciliation",
        ],
    ),
    (Group::Consent, &["Consent"]),
    // They hold content of records, though no parameter of theirs leads to a patient.
    (Group::Clinical, &["Binary", "Bundle", "DocumentManifest", "GuidanceResponse", "Linkage", "Parameters"]),
];

/// The group of a type.
pub fn group_of(rt: ResourceType) -> Group {
    static GROUPS: OnceLock<Vec<Group>> = OnceLock::new();
    let groups = GROUPS.get_or_init(|| ResourceType::all().map(look_up).collect());
    groups[usize::from(rt.number()) - 1]
}

fn look_up(rt: ResourceType) -> Group {
    let named = TABLE.iter().find(|(_, names)| names.contains(&rt.name()));
    let of_patients = || !fhir::compartment::params(ResourceType::PATIENT, rt).is_empty();
    match named {
        Some((group, _)) => *group,
        None if of_patients() => Group::Clinical,
        None => Group::Directory,
    }
}

/// Groups whose records a confidentiality label moves to `Sensitive` or `Psych`. Who a patient is, and how the
/// clinic is paid, stays where it is: else nobody could be received or billed.
pub(crate) fn is_raised_by_labels(group: Group) -> bool {
    matches!(group, Group::Schedule | Group::Summary | Group::Clinical)
}

/// The groups that a record of this type may turn out to be in.
pub(crate) fn may_be(rt: ResourceType) -> Groups {
    let own = group_of(rt);
    let raised = match is_raised_by_labels(own) {
        true => Groups::of(&[own, Group::Sensitive, Group::Psych]),
        false => Groups::one(own),
    };
    let kept = if super::label::is_keepable(rt) { Groups::one(Group::Security) } else { Groups::NONE };
    let among = if super::label::is_among(rt) { Groups::one(Group::Conversation) } else { Groups::NONE };
    raised.with(kept).with(among)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_a_type_and_stands_once() {
        let names: Vec<&str> = TABLE.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        for name in &names {
            assert!(ResourceType::parse(name).is_some(), "{name}");
            assert_eq!(names.iter().filter(|n| *n == name).count(), 1, "{name}");
        }
    }

    #[test]
    fn what_can_belong_to_a_patient_is_never_in_the_directory() {
        for rt in ResourceType::all() {
            let of_patients = !fhir::compartment::params(ResourceType::PATIENT, rt).is_empty();
            let open = matches!(group_of(rt), Group::Directory | Group::Configuration);
            assert!(!(of_patients && open), "{rt}");
        }
        assert_eq!(group_of(ResourceType::PRACTITIONER), Group::Directory);
        assert_eq!(group_of(ResourceType::OBSERVATION), Group::Clinical);
    }
}
