//! A decision of a patient, and the Consent that records it.

use super::kind::{KINDS, Kind};
use fhir::edit::{codeable_concept, coding, instant};
use fhir::{Json, ResourceType};

/// Extension that says how the decision was collected, by whom, and what was noted.
pub(super) const COLLECTION: &str = "urn:medhub:consent-collection";
const SCOPE: &str = "http://terminology.hl7.org/CodeSystem/consentscope";
const REASON: &str = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
const PARTICIPATION: &str = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
/// What the rule of an opposition is: article L.1110-4 of the public health code.
const OPPOSITION: &str = "urn:medhub:opposition:L1110-4";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    Permit,
    Deny,
    /// What was permitted is so no longer; or an opposition is lifted.
    Withdraw,
}

impl Decision {
    pub const ALL: [(&'static str, Decision); 3] =
        [("permit", Decision::Permit), ("deny", Decision::Deny), ("withdraw", Decision::Withdraw)];

    pub fn as_str(self) -> &'static str {
        Decision::ALL.into_iter().find(|(_, d)| *d == self).map_or("", |(name, _)| name)
    }

    /// The decision that a Consent records.
    pub fn of(consent: &Json<'_>) -> Decision {
        let denied = consent.get("provision").and_then(|p| p.get_str("type")) == Some("deny");
        match (consent.get_str("status"), denied) {
            (Some("active"), false) => Decision::Permit,
            (Some("active"), true) => Decision::Deny,
            _ => Decision::Withdraw,
        }
    }
}

/// How the decision was collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Written,
    Oral,
    Electronic,
}

impl Method {
    pub const ALL: [(&'static str, Method); 3] =
        [("written", Method::Written), ("oral", Method::Oral), ("electronic", Method::Electronic)];

    fn as_str(self) -> &'static str {
        Method::ALL.into_iter().find(|(_, m)| *m == self).map_or("", |(name, _)| name)
    }
}

/// Everything that a Consent records.
pub(super) struct Draft {
    pub id: String,
    pub patient: String,
    pub kind: Kind,
    pub decision: Decision,
    pub method: Method,
    /// `Consent.policy.uri` of the text.
    pub text: Option<String>,
    /// Reference and name of the professional who collected it.
    pub collector: Option<(String, Option<String>)>,
    /// Who decided: `Patient/…` or `RelatedPerson/…`.
    pub performer: String,
    /// The signed document: `DocumentReference/…`.
    pub source: Option<String>,
    /// Whom an opposition is against: reference and name.
    pub actor: Option<(String, Option<String>)>,
    pub note: Option<String>,
    /// ms since epoch.
    pub at: i64,
}

impl Draft {
    pub fn into_json(self) -> Json<'static> {
        let patient = reference(format!("Patient/{}", self.patient), None);
        let category = Json::object([(
            "coding",
            Json::array([Json::object([
                ("system", Json::string(KINDS)),
                ("code", Json::string(self.kind.as_str())),
            ])]),
        )]);
        let uri = self.text.clone().unwrap_or_else(|| OPPOSITION.to_string());
        let active = self.decision != Decision::Withdraw;
        let mut consent = vec![
            ("resourceType", Json::string(ResourceType::CONSENT.name())),
            ("id", Json::string(self.id.clone())),
            ("extension", Json::array([self.collection()])),
            ("status", Json::string(if active { "active" } else { "inactive" })),
            ("scope", codeable_concept(SCOPE, self.kind.scope(), None)),
            ("category", Json::array([category])),
            ("patient", patient.clone()),
            ("dateTime", instant(self.at)),
            ("performer", Json::array([reference(self.performer.clone(), None)])),
        ];
        if let Some(source) = &self.source {
            consent.push(("sourceReference", reference(source.clone(), None)));
        }
        consent.push(("policy", Json::array([Json::object([("uri", Json::string(uri))])])));
        // Spoken words leave no proof: what is only noted is not called verified.
        let verification = Json::object([
            ("verified", Json::Bool(self.method != Method::Oral)),
            ("verifiedWith", reference(self.performer.clone(), None)),
            ("verificationDate", instant(self.at)),
        ]);
        consent.push(("verification", Json::array([verification])));
        consent.push(("provision", self.provision()));
        Json::object(consent)
    }

    fn collection(&self) -> Json<'static> {
        let part = |url: &'static str, name: &'static str, value: Json<'static>| {
            Json::object([("url", Json::string(url)), (name, value)])
        };
        let mut parts = vec![part("method", "valueCode", Json::string(self.method.as_str()))];
        if let Some((to, name)) = &self.collector {
            parts.push(part("collector", "valueReference", reference(to.clone(), name.clone())));
        }
        if let Some(note) = &self.note {
            parts.push(part("note", "valueString", Json::string(note.clone())));
        }
        Json::object([("extension", Json::Array(parts)), ("url", Json::string(COLLECTION))])
    }

    fn provision(&self) -> Json<'static> {
        let permit = self.decision == Decision::Permit;
        let mut provision = vec![("type", Json::string(if permit { "permit" } else { "deny" }))];
        if let Some((to, name)) = &self.actor {
            let role = codeable_concept(PARTICIPATION, "IRCP", None);
            let actor = Json::object([("role", role), ("reference", reference(to.clone(), name.clone()))]);
            provision.push(("actor", Json::array([actor])));
        }
        if let Some(purpose) = self.kind.purpose() {
            provision.push(("purpose", Json::array([coding(REASON, purpose, None)])));
        }
        Json::object(provision)
    }
}

fn reference(to: String, name: Option<String>) -> Json<'static> {
    let name = name.map(|name| ("display", Json::string(name)));
    Json::object([("reference", Json::string(to))].into_iter().chain(name))
}
