//! Confidentiality labels of a record: `meta.security`
//! (<https://hl7.org/fhir/R4/security-labels.html>).

use super::kind;
use crate::ctx::Actor;
use fhir::{Json, ResourceType};
use policy::{Group, Marks};

const CONFIDENTIALITY: &str = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
const OBSERVATION_VALUE: &str = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";

/// Information sensitivity policies of v3-ActCode that close a record to all but those who care.
const SENSITIVE: [&str; 17] = [
    "ETH", "ETHUD", "OPIOIDUD", "ALC", "GDIS", "HIV", "MST", "PREGNANT", "SCA", "SDV", "SEX", "SICKLE",
    "SPI", "STD", "SUD", "TBOO", "VIO",
];
/// Those of mental health.
const PSYCH: [&str; 7] = ["PSY", "PSYTHPN", "BH", "MH", "COGN", "DVD", "EMOTDIS"];

/// Marks what the hub itself keeps: notices and reviews of break-glass, alerts and incidents of the breach watch.
/// Whom they are about must not be able to change them, whatever the role.
const KEPT: (&str, &str) = ("urn:medhub:hub", "kept");
/// Types of which such records are.
const KEPT_TYPES: [ResourceType; 2] = [ResourceType::COMMUNICATION, ResourceType::TASK];

/// Names those among whom something is said: `Practitioner/…`, or `role/` and a role. Whoever is not named does not see
/// it, whatever the role.
const AMONG: &str = "urn:medhub:among";
const ROLE: &str = "role/";

/// Types that can be signed.
const SIGNABLE: [ResourceType; 8] = [
    ResourceType::BUNDLE,
    ResourceType::COMPOSITION,
    ResourceType::CONSENT,
    ResourceType::CONTRACT,
    ResourceType::DIAGNOSTIC_REPORT,
    ResourceType::DOCUMENT_REFERENCE,
    ResourceType::MEDICATION_REQUEST,
    ResourceType::QUESTIONNAIRE_RESPONSE,
];

/// What the labels of one record say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Labels {
    raised: Option<Group>,
    /// `VERY_RESTRICTED` and `SIGNED` of the record itself.
    pub marks: Marks,
    /// Kept by the hub: only the hub writes it.
    pub kept: bool,
    /// Said among those whom it names; only the hub writes it too.
    pub among: bool,
}

impl Labels {
    /// Reads `meta`.
    pub fn of_meta(rt: ResourceType, meta: &Json<'_>) -> Labels {
        let tagged =
            |tag: &Json<'_>| (tag.get_str("system"), tag.get_str("code")) == (Some(KEPT.0), Some(KEPT.1));
        let mut labels = Labels { kept: meta.each("tag").any(tagged), ..Labels::default() };
        for coding in meta.each("security") {
            let (system, code) = (coding.get_str("system"), coding.get_str("code").unwrap_or_default());
            match system {
                Some(AMONG) if is_among(rt) => labels.among = true,
                Some(CONFIDENTIALITY) if code == "V" => {
                    labels.marks = labels.marks.with(Marks::VERY_RESTRICTED);
                    labels.raise(Group::Sensitive);
                }
                Some(CONFIDENTIALITY) if code == "R" => labels.raise(Group::Sensitive),
                Some(ACT_CODE) if PSYCH.contains(&code) => labels.raise(Group::Psych),
                Some(ACT_CODE) if SENSITIVE.contains(&code) => labels.raise(Group::Sensitive),
                Some(OBSERVATION_VALUE) if code == "DIGSIG" && is_signable(rt) => {
                    labels.marks = labels.marks.with(Marks::SIGNED);
                }
                _ => {}
            }
        }
        labels
    }

    pub fn of(rt: ResourceType, resource: &Json<'_>) -> Labels {
        resource.get("meta").map_or_else(Labels::default, |meta| Labels::of_meta(rt, meta))
    }

    fn raise(&mut self, group: Group) {
        // Psychiatric is the narrower of the two.
        if self.raised != Some(Group::Psych) {
            self.raised = Some(group);
        }
    }

    /// The group of the record, or of a part of it that is in `group` without labels.
    pub fn group(self, group: Group) -> Group {
        if self.kept {
            return Group::Security;
        }
        if self.among {
            return Group::Conversation;
        }
        self.raised.filter(|_| kind::is_raised_by_labels(group)).unwrap_or(group)
    }

    /// Whether only the hub writes it.
    pub fn is_the_hubs(self) -> bool {
        self.kept || self.among
    }

    /// As before it was signed.
    #[must_use]
    pub fn unsigned(self) -> Labels {
        Labels { marks: self.marks.without(Marks::SIGNED), ..self }
    }

    /// The stricter of two versions' labels.
    #[must_use]
    pub fn and(self, other: Labels) -> Labels {
        let (kept, among) = (self.kept || other.kept, self.among || other.among);
        let mut both = Labels { raised: self.raised, marks: self.marks.with(other.marks), kept, among };
        if let Some(group) = other.raised {
            both.raise(group);
        }
        both
    }
}

/// Whether the hub keeps records of the type.
pub(crate) fn is_keepable(rt: ResourceType) -> bool {
    KEPT_TYPES.contains(&rt)
}

/// Whether records of the type can be said among some people. Of other types the label means nothing.
pub(crate) fn is_among(rt: ResourceType) -> bool {
    rt == ResourceType::COMMUNICATION
}

/// Whether a record names the actor as one of those among whom it is said.
pub(crate) fn names(resource: &Json<'_>, actor: &Actor) -> bool {
    let labels = resource.get("meta").into_iter().flat_map(|meta| meta.each("security"));
    let mut codes =
        labels.filter(|one| one.get_str("system") == Some(AMONG)).filter_map(|one| one.get_str("code"));
    codes.any(|code| match code.strip_prefix(ROLE) {
        Some(role) => actor.roles.iter().any(|held| held.as_str() == role),
        None => actor.person.as_deref() == Some(code),
    })
}

/// Whether `after` lacks a label that `before` has.
pub(crate) fn takes_away(before: &Json<'_>, after: &Json<'_>) -> bool {
    let codings = |json: &Json<'_>| -> Vec<(String, String)> {
        let labels = json.get("meta").into_iter().flat_map(|meta| meta.each("security"));
        let text = |label: &Json<'_>, name: &str| label.get_str(name).unwrap_or_default().to_string();
        labels.into_iter().map(|label| (text(label, "system"), text(label, "code"))).collect()
    };
    let left = codings(after);
    codings(before).iter().any(|label| !left.contains(label))
}

/// Whether records of the type can be signed.
pub(crate) fn is_signable(rt: ResourceType) -> bool {
    SIGNABLE.contains(&rt)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(rt: ResourceType, codings: &str) -> Labels {
        let text = format!(r#"{{"meta":{{"security":[{codings}]}}}}"#);
        Labels::of(rt, &fhir::json::parse(text.as_bytes()).unwrap())
    }

    #[test]
    fn labels_raise_the_group_of_what_is_medical() {
        let psy = labels(ResourceType::CONDITION, &format!(r#"{{"system":"{ACT_CODE}","code":"PSY"}}"#));
        assert_eq!(psy.group(Group::Summary), Group::Psych);
        assert_eq!(psy.group(Group::Identity), Group::Identity);
        let very =
            labels(ResourceType::CONDITION, &format!(r#"{{"system":"{CONFIDENTIALITY}","code":"V"}}"#));
        assert_eq!((very.group(Group::Clinical), very.marks), (Group::Sensitive, Marks::VERY_RESTRICTED));
        assert_eq!(psy.and(very).group(Group::Summary), Group::Psych);
        assert_eq!(very.and(psy).marks, Marks::VERY_RESTRICTED);
        let plain =
            labels(ResourceType::CONDITION, &format!(r#"{{"system":"{CONFIDENTIALITY}","code":"N"}}"#));
        assert_eq!(plain, Labels::default());
    }

    #[test]
    fn what_is_said_among_people_is_theirs() {
        let text = br#"{"meta":{"security":[{"system":"urn:medhub:among","code":"Practitioner/a"},{"system":"urn:medhub:among","code":"role/nurse"},{"system":"x","code":"Practitioner/b"}]}}"#;
        let json = fhir::json::parse(text).unwrap();
        let found = Labels::of(ResourceType::COMMUNICATION, &json);
        assert_eq!((found.group(Group::Clinical), found.is_the_hubs()), (Group::Conversation, true));
        assert_eq!(Labels::of(ResourceType::OBSERVATION, &json), Labels::default());
        assert_eq!(Labels::default().and(found).group(Group::Clinical), Group::Conversation);
        let actor = |person: Option<&str>, roles: &[policy::Role]| Actor {
            id: uuid::Uuid::nil(),
            name: "x".into(),
            roles: roles.to_vec(),
            person: person.map(Into::into),
            system: false,
        };
        use policy::Role;
        assert!(names(&json, &actor(Some("Practitioner/a"), &[])));
        assert!(names(&json, &actor(None, &[Role::Surgeon, Role::Nurse])));
        assert!(!names(&json, &actor(Some("Practitioner/b"), &[Role::Surgeon, Role::MedicalAdmin])));
        assert!(!names(&json, &actor(None, &[])));
    }

    #[test]
    fn only_what_can_be_signed_is_signed() {
        let label = format!(r#"{{"system":"{OBSERVATION_VALUE}","code":"DIGSIG"}}"#);
        assert!(labels(ResourceType::COMPOSITION, &label).marks.has(Marks::SIGNED));
        assert!(!labels(ResourceType::PATIENT, &label).marks.has(Marks::SIGNED));
    }
}
