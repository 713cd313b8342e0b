//! An alert as a Communication (<https://hl7.org/fhir/R4/communication.html>) to the privacy officer.

use super::count::{Case, Kind};
use fhir::edit::{codeable_concept, coding, instant, period};
use fhir::{Json, Lang, ResourceType, Text};
use store::audit::AuditEntry;
use uuid::Uuid;

/// Tag of everything that the watch writes; also the system of its codes.
pub(super) const WATCH: &str = "urn:medhub:watch";
const CONFIDENTIALITY: &str = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/communication-category";
/// Entries that an alert names as its evidence.
pub(super) const EVIDENCE_MAX: usize = 200;
const NAMESPACE: Uuid = Uuid::from_u128(0x5e0d_11a7_93c2_5b84_a7f0_7761_7463_6831);

/// What the log showed.
pub(super) struct Finding {
    pub case: Case,
    /// Login name; empty when no account has that name.
    pub account: String,
    /// Entries, or patients.
    pub count: usize,
    /// Numbers and times of the entries, oldest first.
    pub evidence: Vec<(u64, i64)>,
    /// Id of the patient, where one matters.
    pub patient: Option<String>,
}

/// The id of the alert on a case: the same at every attempt.
pub(super) fn id_of(tenant: &str, case: &Case) -> String {
    Uuid::new_v5(&NAMESPACE, format!("{tenant}\n{}", case.name()).as_bytes()).to_string()
}

/// `meta` of alerts and incidents: the tag, and the label that closes them to those who treat.
pub(super) fn meta(code: &'static str) -> Json<'static> {
    Json::object([
        ("security", Json::array([coding(CONFIDENTIALITY, "R", None)])),
        // What the hub keeps, nobody but the hub writes, whatever the role.
        ("tag", Json::array([coding(WATCH, code, None), coding("urn:medhub:hub", "kept", None)])),
    ])
}

pub(super) fn communication(id: &str, finding: &Finding) -> Json<'static> {
    let kind = finding.case.kind;
    let (from, to) = finding.case.span();
    let first = finding.evidence.first().map_or(from, |(_, at)| *at);
    let part = |url: &'static str, name: &'static str, value: Json<'static>| {
        Json::object([("url", Json::string(url)), (name, value)])
    };
    let mut parts = vec![
        part("account", "valueId", Json::string(finding.case.actor.to_string())),
        part("user", "valueString", Json::string(shown(&finding.account))),
        part("count", "valueInteger", Json::integer(finding.count as i64)),
        part("window", "valuePeriod", period(Some(from), Some(to))),
    ];
    if let Some(patient) = &finding.patient {
        let reference = Json::object([("reference", Json::string(format!("Patient/{patient}")))]);
        parts.push(part("patient", "valueReference", reference));
    }
    let finding_extension = Json::object([("extension", Json::Array(parts)), ("url", Json::string(WATCH))]);
    let evidence = finding.evidence.iter().take(EVIDENCE_MAX).map(|(number, _)| {
        let reference = format!("{}/{}", ResourceType::AUDIT_EVENT, AuditEntry::event_id(*number));
        Json::object([("reference", Json::string(reference))])
    });
    let sentence = sentence(kind, Lang::Fr);
    Json::object([
        ("resourceType", Json::string("Communication")),
        ("id", Json::string(id.to_string())),
        ("meta", meta("alert")),
        ("extension", Json::array([finding_extension])),
        ("status", Json::string("in-progress")),
        ("category", Json::array([codeable_concept(CATEGORY, "alert", None)])),
        ("priority", Json::string(if kind == Kind::Export { "routine" } else { "urgent" })),
        ("topic", codeable_concept(WATCH, kind.as_str(), None)),
        ("about", Json::array(evidence)),
        ("sent", instant(first)),
        (
            "recipient",
            Json::array([Json::object([("display", Json::string("Délégué à la protection des données"))])]),
        ),
        ("payload", Json::array([Json::object([("contentString", Json::string(sentence))])])),
    ])
}

/// FHIR strings are not empty.
fn shown(account: &str) -> String {
    if account.is_empty() { "—".to_string() } else { account.to_string() }
}

/// What an alert of this kind says.
pub(super) fn sentence(kind: Kind, lang: Lang) -> &'static str {
    let text = match kind {
        Kind::SignIn => Text {
            key: "watch.failed-sign-in",
            fr: "Connexions refusées en série : quelqu'un essaie peut-être des mots de passe.",
            en: "A series of sign-ins was refused: somebody may be trying passwords.",
            de: "Eine Reihe von Anmeldungen wurde abgelehnt: Vielleicht probiert jemand Passwörter aus.",
        },
        Kind::Denied => Text {
            key: "watch.denied",
            fr: "Accès refusés en nombre : ce compte essaie d'ouvrir ce qui ne lui est pas permis.",
            en: "Accesses were denied in number: this account tries to open what it may not.",
            de: "Zahlreiche verweigerte Zugriffe: Dieses Konto versucht zu öffnen, was ihm nicht erlaubt ist.",
        },
        Kind::Volume => Text {
            key: "watch.volume",
            fr: "Dossiers vus en une heure bien plus nombreux que d'habitude pour ce compte.",
            en: "Many more records were seen within an hour than is usual for this account.",
            de: "Innerhalb einer Stunde wurden weit mehr Akten gesehen, als für dieses Konto üblich ist.",
        },
        Kind::Vip => Text {
            key: "watch.vip",
            fr: "Dossier d'une personnalité ouvert : vérifiez que ce compte participe à ses soins.",
            en: "The record of a person in the public eye was opened: check that this account takes part in the care.",
            de: "Die Akte einer bekannten Person wurde geöffnet: Prüfen Sie, ob dieses Konto an der Behandlung beteiligt ist.",
        },
        Kind::Colleague => Text {
            key: "watch.colleague",
            fr: "Dossier d'un membre du personnel ouvert : vérifiez que ce compte participe à ses soins.",
            en: "The record of a member of staff was opened: check that this account takes part in the care.",
            de: "Die Akte eines Mitarbeitenden wurde geöffnet: Prüfen Sie, ob dieses Konto an der Behandlung beteiligt ist.",
        },
        Kind::Export => Text {
            key: "watch.export",
            fr: "Dossier exporté : vérifiez que la demande était fondée.",
            en: "A record was exported: check that the request was justified.",
            de: "Eine Akte wurde exportiert: Prüfen Sie, ob die Anforderung berechtigt war.",
        },
    };
    match lang {
        Lang::Fr => text.fr,
        Lang::En => text.en,
        Lang::De => text.de,
    }
}

/// A part of what the watch found, out of an alert.
pub(super) fn part<'j>(alert: &'j Json<'_>, name: &str) -> Option<&'j Json<'j>> {
    let found = alert.each("extension").find(|e| e.get_str("url") == Some(WATCH))?;
    let part = found.each("extension").find(|e| e.get_str("url") == Some(name))?;
    part.as_object()?.iter().find(|(member, _)| member.starts_with("value")).map(|(_, value)| value)
}

pub(super) fn kind_of(alert: &Json<'_>) -> Option<Kind> {
    let code = alert.get("topic")?.each("coding").next()?.get_str("code")?;
    Kind::ALL.into_iter().find(|(name, _)| *name == code).map(|(_, kind)| kind)
}
