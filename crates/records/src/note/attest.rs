//! What proves a signature: a Provenance (<https://hl7.org/fhir/R4/provenance.html>) that holds who signed, when,
//! with which factors, and the hash of what was signed.
//!
//! It is a simple electronic signature: the account and its factors, kept in a store that forgets nothing. It is
//! not one of a qualified certificate, and nothing here says so.

use super::content::{self, reference};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fhir::Json;
use service::RouteCtx;

const TYPES: &str = "urn:iso-astm:E1762-95:2013";
const PARTICIPANTS: &str = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
/// How a signature is written: the statement, as JSON.
const FORMAT: &str = "application/json";

/// As what somebody signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Author,
    Cosigner,
    Amendment,
    Withdrawal,
}

impl Role {
    const ALL: [(Role, &'static str, &'static str); 4] = [
        (Role::Author, "author", "1.2.840.10065.1.12.1.1"),
        (Role::Cosigner, "cosigner", "1.2.840.10065.1.12.1.5"),
        (Role::Amendment, "amendment", "1.2.840.10065.1.12.1.16"),
        (Role::Withdrawal, "withdrawal", "1.2.840.10065.1.12.1.17"),
    ];

    fn code(self) -> &'static str {
        Role::ALL.iter().find(|(role, _, _)| *role == self).map_or("", |(_, _, code)| code)
    }

    pub fn name(self) -> &'static str {
        Role::ALL.iter().find(|(role, _, _)| *role == self).map_or("", |(_, name, _)| name)
    }
}

/// The members that are signed. Attesters and labels come with the signatures; the server's own (`id`, version,
/// time) are not the writer's.
const SIGNED: [&str; 9] =
    ["type", "category", "subject", "encounter", "date", "author", "title", "relatesTo", "section"];

/// `sha256:` and the hash of what is signed of a Composition: its members in a fixed order, as JSON without spaces.
pub(crate) fn hash(note: &Json<'_>) -> String {
    let members = SIGNED.iter().filter_map(|name| Some((*name, note.get(name)?.clone())));
    let hex: String =
        seal::sha256(&Json::object(members).to_vec()).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

/// Who signs what.
pub(crate) struct Act<'a> {
    /// Id of the Composition.
    pub note: &'a str,
    pub role: Role,
    /// `Practitioner/…`
    pub who: &'a str,
    pub name: Option<&'a str>,
    pub reason: Option<&'a str>,
}

/// The Provenance of an act on a Composition, as it will be stored.
pub(crate) fn provenance(cx: &RouteCtx, act: &Act<'_>, note: &Json<'_>) -> Json<'static> {
    let now = fhir::edit::instant(cx.ctx.clock.now_ms());
    let hash = hash(note);
    let methods = cx.ctx.grant.amr.iter().map(|amr| Json::string(amr.clone()));
    let statement = Json::object([
        ("hash", Json::string(hash)),
        ("of", Json::array(SIGNED.map(Json::string))),
        ("role", Json::string(act.role.name())),
        ("methods", Json::array(methods)),
        ("account", Json::string(cx.ctx.actor.id.to_string())),
        ("level", Json::string("simple")),
    ]);
    let who = reference(act.who, act.name);
    let signature = Json::object([
        ("type", Json::array([content::coding(TYPES, act.role.code())])),
        ("when", now.clone()),
        ("who", who.clone()),
        ("sigFormat", Json::string(FORMAT)),
        ("data", Json::string(base64(&statement.to_vec()))),
    ]);
    let part = match act.role {
        Role::Author | Role::Amendment => "author",
        Role::Cosigner => "verifier",
        Role::Withdrawal => "attester",
    };
    let kind = Json::object([("coding", Json::array([content::coding(PARTICIPANTS, part)]))]);
    let mut targets = vec![reference(&format!("Composition/{}", act.note), None)];
    // So that it belongs to the record: whoever erases the one erases the other.
    targets.extend(content::patient(note).map(|id| reference(&format!("Patient/{id}"), None)));
    let mut members = vec![
        ("resourceType", Json::string("Provenance")),
        ("target", Json::Array(targets)),
        ("recorded", now),
    ];
    if let Some(reason) = act.reason {
        members.push(("reason", Json::array([Json::object([("text", Json::string(reason.to_string()))])])));
    }
    members.push(("agent", Json::array([Json::object([("type", kind), ("who", who)])])));
    members.push(("signature", Json::array([signature])));
    Json::object(members)
}

/// A signature, read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signature {
    pub role: Option<Role>,
    pub who: String,
    pub name: Option<String>,
    pub at: String,
    pub methods: Vec<String>,
    pub hash: String,
    pub reason: Option<String>,
}

/// The signatures that a Provenance holds about a Composition.
pub(crate) fn signatures(provenance: &Json<'_>, note: &str) -> Vec<Signature> {
    let target = format!("Composition/{note}");
    let about = provenance.each("target").any(|t| t.get_str("reference") == Some(target.as_str()));
    let signatures = provenance.each("signature").filter(|_| about);
    signatures.filter_map(|signature| read(signature, provenance)).collect()
}

fn read(signature: &Json<'_>, provenance: &Json<'_>) -> Option<Signature> {
    let statement = unbase64(signature.get_str("data")?)?;
    let statement = fhir::json::parse(&statement).ok()?;
    let code = signature.each("type").find_map(|t| t.get_str("code"));
    let reason = provenance.each("reason").find_map(|r| r.get_str("text"));
    let who = signature.get("who")?;
    Some(Signature {
        role: Role::ALL.iter().find(|(_, _, known)| Some(*known) == code).map(|(role, _, _)| *role),
        who: who.get_str("reference")?.to_string(),
        name: who.get_str("display").map(String::from),
        at: signature.get_str("when").unwrap_or_default().to_string(),
        methods: statement.each("methods").filter_map(Json::as_str).map(String::from).collect(),
        hash: statement.get_str("hash")?.to_string(),
        reason: reason.map(String::from),
    })
}

/// `Practitioner/…` of those whose signatures a Provenance holds.
pub(crate) fn signers<'j>(provenance: &'j Json<'_>) -> impl Iterator<Item = &'j str> {
    let signatures =
        provenance.each("signature").map(|s| s.get("who").and_then(|who| who.get_str("reference")));
    signatures.map(Option::unwrap_or_default)
}

/// Whether a Provenance is the proof of a signature on a note of ours.
pub(crate) fn is_proof(provenance: &Json<'_>) -> bool {
    let mut targets = provenance.each("target").filter_map(|t| t.get_str("reference"));
    let note = targets.find_map(|t| t.strip_prefix("Composition/"));
    note.is_some_and(|note| !signatures(provenance, note).is_empty())
}

fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

fn unbase64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}
