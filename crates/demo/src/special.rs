//! What access control has to deal with: a patient in the public eye, one who works here, records that are
//! labelled, an opposition, consents and their history, and the care teams that tie people to patients.

use crate::calendar::{Moment, plus_days};
use crate::element::{ACT_CODE, J, Resource, coding, hl7, named, object, period, reference, text, words};
use crate::world::World;
use fhir::Json;
use uuid::Uuid;

/// The patient of the portal account.
pub const PORTAL: u64 = 21;
const VIP: u64 = 34;
const COLLEAGUE: u64 = 55;
const PSYCHIATRIC: u64 = 13;
const RESTRICTED: u64 = 17;
const OPPOSED: u64 = 29;

const CONFIDENTIALITY: &str = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
const REASON: &str = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
/// As the service of the records writes them: the same ids, so that its verbs go on from the sample.
const KINDS: &str = "urn:medhub:consent-kind";
const NAMESPACE: Uuid = Uuid::from_u128(0x3b1c_6d0e_51aa_5f07_9c44_6f6e_7365_6e74);

/// Marks what is special about a patient's chart, and adds care team and consents.
pub fn mark(world: &World, n: u64, out: &mut Vec<Resource>) {
    let patient = format!("Patient/{}", world.id(&format!("patient/{n}")));
    let label = |out: &mut Vec<Resource>, kind: &str, system: &str, code: &str| {
        if let Some(found) = out.iter_mut().find(|r| r.kind == kind) {
            found.label(system, code);
        }
    };
    match n {
        VIP => label(out, "Patient", ACT_CODE, "CEL"),
        COLLEAGUE => label(out, "Patient", ACT_CODE, "EMP"),
        PSYCHIATRIC => out.push(note(world, n, &patient, "Suivi psychiatrique", ACT_CODE, "PSY")),
        RESTRICTED => {
            out.push(note(world, n, &patient, "Note à diffusion très restreinte", CONFIDENTIALITY, "V"))
        }
        _ => {}
    }
    out.extend(care_team(world, n, &patient, out));
    out.extend(consents(world, n));
    if n == OPPOSED {
        out.extend(world.professional("ortho1").map(|p| {
            let actor = object(vec![
                ("role", hl7("v3-ParticipationType", "IRCP", "")),
                ("reference", named(&p.reference, &p.display())),
            ]);
            let decision =
                Decision { kind: "opposition", active: true, permit: false, back: 40, actor: Some(actor) };
            decision.resource(world, n, &p.reference)
        }));
    }
}

/// A problem of the record that not everyone may see.
fn note(world: &World, n: u64, patient: &str, label: &str, system: &str, code: &str) -> Resource {
    let mut condition = Resource::new("Condition", world.id(&format!("patient/{n}/special")))
        .with("clinicalStatus", hl7("condition-clinical", "active", ""))
        .with("verificationStatus", hl7("condition-ver-status", "confirmed", ""))
        .with("code", words(label))
        .with("subject", reference(patient))
        .text("recordedDate", plus_days(world.today, -90).to_string());
    condition.label(system, code);
    condition
}

/// Everyone who is named in the patient's appointments and operations, and the theatre nurse of an operation.
fn care_team(world: &World, n: u64, patient: &str, chart: &[Resource]) -> Option<Resource> {
    let surgical = chart.iter().any(|r| r.kind == "ServiceRequest");
    let mut members: Vec<String> = Vec::new();
    for resource in chart.iter().filter(|r| matches!(r.kind, "Appointment" | "Procedure")) {
        let body = resource.json();
        let of = |name: &str| body.get(name).into_iter().flat_map(Json::items);
        for actor in
            of("participant").chain(of("performer")).filter_map(|p| p.get("actor")?.get_str("reference"))
        {
            if actor.starts_with("Practitioner/") && !members.iter().any(|m| m == actor) {
                members.push(actor.to_string());
            }
        }
    }
    if !surgical || members.is_empty() {
        return None;
    }
    members.extend(world.professional("ibode1").map(|p| p.reference.clone()));
    let participants = members.iter().map(|member| {
        let shown = world.staff.iter().find(|p| p.reference == *member).map(|p| p.display());
        object(vec![("member", named(member, &shown.unwrap_or_default()))])
    });
    let team = Resource::new("CareTeam", world.id(&format!("patient/{n}/care-team")))
        .text("status", "active")
        .text("name", "Équipe de soins")
        .with("subject", reference(patient))
        .with("period", period(plus_days(world.today, -1200).to_string(), None))
        .list("participant", participants.collect())
        .list("managingOrganization", vec![reference(&world.organization("group"))]);
    Some(team)
}

/// A decision of a patient as it was recorded.
struct Decision {
    kind: &'static str,
    active: bool,
    permit: bool,
    /// Days before today.
    back: i64,
    actor: Option<J>,
}

/// The first decisions of a patient.
fn consents(world: &World, n: u64) -> Vec<Resource> {
    let decision = |kind, permit, back| Decision { kind, active: true, permit, back, actor: None };
    let mut out = Vec::new();
    if n.is_multiple_of(2) || n == PORTAL {
        out.push(decision("processing", true, 200).resource(world, n, ""));
    }
    if n.is_multiple_of(3) {
        out.push(decision("messages", true, 150).resource(world, n, ""));
    }
    if n.is_multiple_of(5) || n == PORTAL {
        out.push(decision("research", !n.is_multiple_of(10), 120).resource(world, n, ""));
    }
    out
}

/// What some patients decided later: research withdrawn, messages stopped.
pub fn amendments(world: &World, n: u64) -> Vec<Resource> {
    let withdrawn = |kind, back| Decision { kind, active: false, permit: false, back, actor: None };
    let mut out = Vec::new();
    if n.is_multiple_of(15) && !n.is_multiple_of(10) || n == PORTAL {
        out.push(withdrawn("research", 30).resource(world, n, ""));
    }
    if n.is_multiple_of(21) && n != PORTAL {
        out.push(withdrawn("messages", 12).resource(world, n, ""));
    }
    out
}

impl Decision {
    fn resource(self, world: &World, n: u64, about: &str) -> Resource {
        let patient = world.id(&format!("patient/{n}"));
        let id = Uuid::new_v5(&NAMESPACE, format!("{patient}\n{}\n{about}", self.kind).as_bytes());
        let at = Moment::new(plus_days(world.today, -self.back), 9 * 60 + (n % 60) as u16).text();
        let person = format!("Patient/{patient}");
        let part = |url: &str, name: &'static str, value: J| object(vec![("url", text(url)), (name, value)]);
        let mut parts = vec![part("method", "valueCode", text("written"))];
        parts.extend(
            world
                .professional("sec1")
                .map(|p| part("collector", "valueReference", named(&p.reference, &p.display()))),
        );
        let collection =
            object(vec![("extension", Json::Array(parts)), ("url", text("urn:medhub:consent-collection"))]);
        let research = self.kind == "research";
        let uri = match self.kind {
            "opposition" => "urn:medhub:opposition:L1110-4".to_string(),
            // Most gave it before the newest text was published.
            "processing" => "urn:medhub:consent-text:processing:2025-09".to_string(),
            kind => format!("urn:medhub:consent-text:{kind}:2026-03"),
        };
        let mut provision = vec![("type", text(if self.permit { "permit" } else { "deny" }))];
        provision.extend(self.actor.map(|actor| ("actor", Json::array([actor]))));
        if research {
            provision.push(("purpose", Json::array([coding(REASON, "HRESCH", "")])));
        }
        let verification = object(vec![
            ("verified", Json::Bool(true)),
            ("verifiedWith", reference(&person)),
            ("verificationDate", text(at.clone())),
        ]);
        let category = object(vec![("coding", Json::array([coding(KINDS, self.kind, "")]))]);
        Resource::new("Consent", id.to_string())
            .list("extension", vec![collection])
            .text("status", if self.active { "active" } else { "inactive" })
            .with("scope", hl7("consentscope", if research { "research" } else { "patient-privacy" }, ""))
            .list("category", vec![category])
            .with("patient", reference(&person))
            .text("dateTime", at)
            .list("performer", vec![reference(&person)])
            .list("policy", vec![object(vec![("uri", text(uri))])])
            .list("verification", vec![verification])
            .with("provision", object(provision))
    }
}
