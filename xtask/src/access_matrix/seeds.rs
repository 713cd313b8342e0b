//! One record of each kind: the smallest that is valid. `{p}` is the patient, `{who}` the professional who is
//! named.

use policy::{Group, Marks};

#[derive(Clone, Copy, Debug)]
pub struct Seed {
    pub name: &'static str,
    pub kind: &'static str,
    pub group: Group,
    pub marks: Marks,
    pub body: &'static str,
}

const fn seed(name: &'static str, kind: &'static str, group: Group, body: &'static str) -> Seed {
    Seed { name, kind, group, marks: Marks::NONE, body }
}

const SUBJECT: &str = r#""subject":{"reference":"Patient/{p}"}"#;

pub const SEEDS: [Seed; 16] = [
    seed("patient", "Patient", Group::Identity, r#""gender":"unknown","birthDate":"1980-01-01""#),
    seed(
        "appointment",
        "Appointment",
        Group::Schedule,
        r#""status":"booked","start":"2027-01-04T09:00:00Z","end":"2027-01-04T09:15:00Z","participant":[{"actor":{"reference":"Patient/{p}"},"status":"accepted"}]"#,
    ),
    seed(
        "encounter",
        "Encounter",
        Group::Schedule,
        r#""status":"planned","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},{subject}"#,
    ),
    seed(
        "allergy",
        "AllergyIntolerance",
        Group::Summary,
        r#""clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical","code":"active"}]},"code":{"text":"x"},"patient":{"reference":"Patient/{p}"}"#,
    ),
    seed(
        "condition",
        "Condition",
        Group::Summary,
        r#""clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},"code":{"text":"x"},{subject}"#,
    ),
    seed("observation", "Observation", Group::Clinical, r#""status":"final","code":{"text":"x"},{subject}"#),
    seed(
        "document",
        "DocumentReference",
        Group::Clinical,
        r#""status":"current",{subject},"content":[{"attachment":{"contentType":"text/plain","data":"eA=="}}]"#,
    ),
    Seed {
        marks: Marks::SIGNED,
        ..seed(
            "signed document",
            "DocumentReference",
            Group::Clinical,
            r#""meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"DIGSIG"}]},"status":"current",{subject},"content":[{"attachment":{"contentType":"text/plain","data":"eA=="}}]"#,
        )
    },
    seed(
        "restricted",
        "Observation",
        Group::Sensitive,
        r#""meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R"}]},"status":"final","code":{"text":"x"},{subject}"#,
    ),
    Seed {
        marks: Marks::VERY_RESTRICTED,
        ..seed(
            "very restricted",
            "Observation",
            Group::Sensitive,
            r#""meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"V"}]},"status":"final","code":{"text":"x"},{subject}"#,
        )
    },
    seed(
        "psychiatric",
        "Condition",
        Group::Psych,
        r#""meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"PSY"}]},"clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},"code":{"text":"x"},{subject}"#,
    ),
    seed(
        "account",
        "Account",
        Group::Billing,
        r#""status":"active","subject":[{"reference":"Patient/{p}"}]"#,
    ),
    seed(
        "coverage",
        "Coverage",
        Group::Billing,
        r#""status":"active","beneficiary":{"reference":"Patient/{p}"},"payor":[{"display":"x"}]"#,
    ),
    seed(
        "consent",
        "Consent",
        Group::Consent,
        r#""status":"draft","scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"treatment"}]},"category":[{"text":"x"}],"patient":{"reference":"Patient/{p}"},"policyRule":{"text":"x"}"#,
    ),
    seed("organization", "Organization", Group::Directory, r#""name":"x""#),
    seed(
        "settings",
        "TestScript",
        Group::Configuration,
        r#""url":"http://example.org/script","name":"x","status":"draft""#,
    ),
];

impl Seed {
    pub fn is_patient(&self) -> bool {
        self.kind == "Patient"
    }

    /// The resource, with an id if it has one already.
    pub fn body(&self, patient: &str, id: Option<&str>) -> String {
        let id = id.map(|id| format!(r#""id":"{id}","#)).unwrap_or_default();
        let members = self.body.replace("{subject}", SUBJECT).replace("{p}", patient);
        format!(r#"{{"resourceType":"{}",{id}{members}}}"#, self.kind)
    }
}
