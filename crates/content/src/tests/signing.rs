//! Signatures: who, with what, on which pages; refusals, withdrawals, and two at once.

use super::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A real picture of a stroke, 600 × 200.
fn image() -> String {
    format!("data:image/png;base64,{}", STANDARD.encode(include_bytes!("signature.png")))
}

async fn code(hub: &TestHub, document: &Json<'_>) -> String {
    let (status, told) = act(hub, nurse(hub), "POST", &path(document, "/code"), "").await;
    assert_eq!((status, text(&told, "channel")), (200, "in-person"), "{told}");
    text(&told, "code").to_string()
}

fn body(document: &Json<'_>, code: &str) -> String {
    format!(
        r#"{{"as":"patient","version":{},"identity":{{"method":"id-card"}},"read":true,"image":"{}","code":"{code}"}}"#,
        version(document),
        image()
    )
}

async fn by_patient(hub: &TestHub, document: &Json<'_>) -> (u16, Json<'static>) {
    let code = code(hub, document).await;
    act(hub, nurse(hub), "POST", &path(document, "/sign"), &body(document, &code)).await
}

async fn by_surgeon(hub: &TestHub, document: &Json<'_>) -> (u16, Json<'static>) {
    let body = format!(r#"{{"as":"professional","version":{}}}"#, version(document));
    act(hub, surgeon(hub), "POST", &path(document, "/sign"), &body).await
}

#[tokio::test]
async fn both_sign_in_either_order() {
    for first in ["professional", "patient"] {
        let hub = hub().await;
        let draft = made(&hub, "consent", "fr").await;
        let (status, once) = match first {
            "patient" => by_patient(&hub, &draft).await,
            _ => by_surgeon(&hub, &draft).await,
        };
        assert_eq!((status, text(&once, "status")), (200, "final"), "{once}");
        assert!(super::pages::read(&pdf(&hub, &once, "").await).contains("Signatures en cours"));
        let (status, both) = match first {
            "patient" => by_surgeon(&hub, &once).await,
            _ => by_patient(&hub, &once).await,
        };
        assert_eq!((status, text(&both, "status")), (200, "signed"), "{both}");
        let hashes: Vec<&str> = both.each("signatures").map(|s| text(s, "hash")).collect();
        assert_eq!(hashes, [text(&both, "hash"); 2], "both signed the same pages");
        let shown = pdf(&hub, &both, "?signed=false").await;
        assert_eq!(crate::paper::hash(&shown), text(&both, "hash"));
        assert_ne!(shown, pdf(&hub, &both, "").await, "with the page of signatures");
        if let Ok(folder) = std::env::var("CONTENT_PAGES") {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(format!("{folder}/signed-{first}.pdf"), pdf(&hub, &both, "").await).unwrap();
        }
        let name = format!("urn:medhub:consent:{}", text(&both, "id"));
        let consent = format!("Consent/{}", Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()));
        let given = hub.get(&consent).await;
        assert_eq!(text(&given, "status"), "active");
        let about = given.get("provision").and_then(|p| p.each("data").next()?.get("reference")).unwrap();
        assert_eq!(text(about, "reference"), "ServiceRequest/case", "whoever plans the case finds it");
        assert_eq!(given.each("extension").count(), 2, "act and side: {given}");
        let (status, _) = by_surgeon(&hub, &both).await;
        assert_eq!(status, 409, "signed already");
        // Nothing changes it any more, past the verbs either.
        let mut stored = hub.get(&format!("DocumentReference/{}", text(&both, "id"))).await;
        stored.as_object_mut().unwrap().set("description", Json::string("x"));
        assert!(hub.try_create(&stored.to_string()).await.is_err());
        let revoke = format!(r#"{{"version":{},"reason":"Je préfère attendre."}}"#, version(&both));
        let (status, over) = act(&hub, nurse(&hub), "POST", &path(&both, "/revoke"), &revoke).await;
        assert_eq!((status, text(&over, "status")), (200, "revoked"), "{over}");
        assert!(super::pages::read(&pdf(&hub, &over, "").await).contains("CONSENTEMENT RETIRÉ"));
        assert_eq!(text(&hub.get(&consent).await, "status"), "inactive");
    }
}

#[tokio::test]
async fn nobody_signs_for_another_or_without_a_factor() {
    let hub = hub().await;
    let draft = made(&hub, "consent", "fr").await;
    let body = format!(r#"{{"as":"professional","version":{}}}"#, version(&draft));
    let bob = someone(&hub, "bob", Role::Surgeon);
    let (_, issues) = act(&hub, bob, "POST", &path(&draft, "/sign"), &body).await;
    assert_eq!(issues.items().next().and_then(Json::as_str), Some("sign.not-the-author "));
    let grant = Grant { amr: vec!["pwd".into()], factor_at: Some(0), ..Grant::default() };
    let stale = Ctx { grant: Arc::new(grant), ..surgeon(&hub) };
    let (_, issues) = act(&hub, stale, "POST", &path(&draft, "/sign"), &body).await;
    assert_eq!(issues.items().next().and_then(Json::as_str), Some("auth.fresh-factor "));
    let letter = made(&hub, "gp-letter", "fr").await;
    let (_, issues) = by_patient_asked(&hub, &letter).await;
    assert_eq!(issues.items().next().and_then(Json::as_str), Some("sign.not-asked as"));
}

async fn by_patient_asked(hub: &TestHub, document: &Json<'_>) -> (u16, Json<'static>) {
    act(hub, nurse(hub), "POST", &path(document, "/sign"), &body(document, "123456")).await
}

#[tokio::test]
async fn of_two_at_once_one_is_told() {
    let hub = hub().await;
    let draft = made(&hub, "certificate", "fr").await;
    let (one, other) = tokio::join!(by_surgeon(&hub, &draft), by_surgeon(&hub, &draft));
    let mut statuses = [one.0, other.0];
    statuses.sort_unstable();
    assert!(statuses == [200, 412] || statuses == [200, 409], "{statuses:?}");
    let (_, now) = act(&hub, surgeon(&hub), "GET", &path(&draft, ""), "").await;
    assert_eq!(now.each("signatures").count(), 1);
}

#[tokio::test]
async fn a_code_is_spent_once_and_tries_are_counted() {
    let hub = hub().await;
    let draft = made(&hub, "consent", "fr").await;
    let right = code(&hub, &draft).await;
    let wrong = if right.starts_with('1') { "222 222" } else { "111 111" };
    for _ in 0..5 {
        let (_, issues) = act(&hub, nurse(&hub), "POST", &path(&draft, "/sign"), &body(&draft, wrong)).await;
        assert_eq!(issues.items().next().and_then(Json::as_str), Some("sign.code code"));
    }
    let (_, issues) = act(&hub, nurse(&hub), "POST", &path(&draft, "/sign"), &body(&draft, &right)).await;
    assert_eq!(issues.items().next().and_then(Json::as_str), Some("sign.code code"), "no tries are left");
    let late = code(&hub, &draft).await;
    hub.clock.advance(std::time::Duration::from_secs(601));
    let (_, issues) = act(&hub, nurse(&hub), "POST", &path(&draft, "/sign"), &body(&draft, &late)).await;
    assert_eq!(issues.items().next().and_then(Json::as_str), Some("sign.code code"), "too late");
    let (status, signed) = by_patient(&hub, &draft).await;
    assert_eq!(status, 200, "{signed}");
}

#[tokio::test]
async fn a_signature_needs_identity_reading_and_a_picture() {
    let hub = hub().await;
    let draft = made(&hub, "consent", "fr").await;
    let body = format!(
        r#"{{"as":"patient","version":{},"identity":{{"method":"id-card","by":"representative"}},"image":"data:image/jpeg;base64,AAAA","code":"1"}}"#,
        version(&draft)
    );
    let (status, issues) = act(&hub, nurse(&hub), "POST", &path(&draft, "/sign"), &body).await;
    let keys: Vec<&str> = issues.items().filter_map(Json::as_str).collect();
    assert_eq!(keys, ["sign.identity identity", "sign.not-read read", "sign.image image"], "{status}");
}

#[tokio::test]
async fn the_author_signs_with_a_certificate_of_the_clinic() {
    let hub = hub().await;
    for (kind, also_patient) in [("operative-report", false), ("consent", true)] {
        let draft = made(&hub, kind, "fr").await;
        let (status, mut signed) = by_surgeon(&hub, &draft).await;
        assert_eq!(status, 200, "{signed}");
        if also_patient {
            signed = by_patient(&hub, &signed).await.1;
        }
        assert_eq!(text(&signed, "status"), "signed", "{signed}");
        let number = signed.each("signatures").next().and_then(|one| one.get_str("certificate")).unwrap();
        let (fixed, certified) =
            (pdf(&hub, &signed, "?signed=false").await, pdf(&hub, &signed, "?signed=certificate").await);
        assert!(certified.starts_with(&fixed), "{kind}: the pages that were signed stay as they are");
        let shown = super::pages::read(&pdf(&hub, &signed, "").await);
        assert!(shown.contains(number) && shown.contains("ni avancée ni qualifiée"), "{kind}: {shown}");
        let (_, told) = act(&hub, nurse(&hub), "GET", &path(&signed, "/certificate"), "").await;
        let one = told.each("signatures").next().unwrap();
        assert_eq!((text(one, "verdict"), text(one, "profile")), ("valid", "PAdES-B-B"), "{told}");
        assert_eq!((text(one, "name"), text(one, "rpps")), ("Dr Ada Exemple-Montgolfier", "10001234565"));
        super::pages::kept(&format!("certified-{kind}"), &certified);
    }
    let draft = made(&hub, "certificate", "fr").await;
    let (_, told) = act(&hub, nurse(&hub), "GET", &path(&draft, "/certificate"), "").await;
    assert_eq!(told.each("signatures").count(), 0, "nothing is signed yet");
    let reply = hub.call(&service(), nurse(&hub), "GET", "documents/authority", "").await.unwrap();
    assert!(reply.body.starts_with(b"-----BEGIN CERTIFICATE-----\n"));
}

/// A parent signs for a minor; the keys of what is refused.
async fn by_parent(
    hub: &TestHub,
    document: &Json<'_>,
    name: &str,
    alone: Option<&str>,
) -> (u16, Json<'static>) {
    let code = code(hub, document).await;
    let alone = alone.map(|why| format!(r#","alone":"{why}""#)).unwrap_or_default();
    let parent = format!(
        r#""identity":{{"method":"id-card","by":"representative","name":"{name}","relation":"parent"{alone}}}"#
    );
    let body = body(document, &code).replace(r#""identity":{"method":"id-card"}"#, &parent);
    act(hub, nurse(hub), "POST", &path(document, "/sign"), &body).await
}

async fn minors_consent(hub: &TestHub) -> Json<'static> {
    let mut patient = hub.get("Patient/p").await;
    patient.as_object_mut().unwrap().set("birthDate", Json::string("2015-03-05"));
    hub.create(&patient.to_string()).await;
    made(hub, "consent", "fr").await
}

#[tokio::test]
async fn both_parents_sign_for_a_minor() {
    let hub = hub().await;
    let draft = minors_consent(&hub).await;
    let (_, issues) = by_patient(&hub, &draft).await;
    assert_eq!(issues.items().next().and_then(Json::as_str), Some("sign.minor identity.by"));
    let (status, once) = by_parent(&hub, &draft, "Claude Exemple", None).await;
    assert_eq!((status, text(&once, "status")), (200, "final"), "{once}");
    let waiting = once.each("signers").find(|s| text(s, "as") == "patient").unwrap();
    let given = waiting.get("given").and_then(Json::as_number);
    assert_eq!((text(waiting, "state"), given), ("open", Some("1")), "{once}");
    let name = format!("urn:medhub:consent:{}", text(&once, "id"));
    let consent = format!("Consent/{}", Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()));
    let id = consent.trim_start_matches("Consent/");
    let none = hub.tenant.read(&hub.ctx(&[Role::Surgeon]), fhir::ResourceType::CONSENT, id).await;
    assert!(matches!(none, Err(Error::NotFound)), "one parent has not consented for both");
    let (_, issues) = by_parent(&hub, &once, "claude  EXEMPLE", None).await;
    assert_eq!(issues.items().next().and_then(Json::as_str), Some("sign.same-parent identity.name"));
    let (status, twice) = by_parent(&hub, &once, "Dominique Exemple", None).await;
    let signed = twice.each("signers").find(|s| text(s, "as") == "patient").unwrap();
    assert_eq!((status, text(signed, "state")), (200, "signed"), "{twice}");
    assert_eq!(text(&hub.get(&consent).await, "status"), "active");
    let shown = super::pages::read(&pdf(&hub, &twice, "").await);
    assert!(shown.contains("Claude Exemple") && shown.contains("Dominique Exemple"), "{shown}");
}

#[tokio::test]
async fn one_parent_signs_alone_only_with_a_reason() {
    let hub = hub().await;
    let draft = minors_consent(&hub).await;
    let (_, issues) = by_parent(&hub, &draft, "Claude Exemple", Some("because")).await;
    assert_eq!(issues.items().next().and_then(Json::as_str), Some("sign.identity identity"));
    let (_, once) = by_parent(&hub, &draft, "Claude Exemple", Some("sole-authority")).await;
    let signed = once.each("signers").find(|s| text(s, "as") == "patient").unwrap();
    assert_eq!(text(signed, "state"), "signed", "{once}");
}

#[tokio::test]
async fn a_refusal_is_kept() {
    let hub = hub().await;
    let draft = made(&hub, "consent", "fr").await;
    let body = format!(r#"{{"version":{}}}"#, version(&draft));
    let (status, refused) = act(&hub, nurse(&hub), "POST", &path(&draft, "/refuse"), &body).await;
    assert_eq!((status, text(&refused, "status")), (200, "refused"), "{refused}");
    assert!(super::pages::read(&pdf(&hub, &refused, "").await).contains("REFUSÉ par le patient"));
    let (status, _) = by_patient(&hub, &refused).await;
    assert_eq!(status, 409);
}

#[tokio::test]
async fn a_forged_signature_is_refused() {
    let hub = hub().await;
    let draft = made(&hub, "consent", "fr").await;
    let mut stored = hub.get(&format!("DocumentReference/{}", text(&draft, "id"))).await;
    let forged = crate::document::Signature {
        signer: crate::kind::Signer::Patient,
        decision: "signed".into(),
        who: fhir::edit::reference(fhir::ResourceType::PATIENT, "p"),
        collected_by: None,
        at: "2026-11-22T08:00:00.000Z".into(),
        methods: Vec::new(),
        hash: text(&draft, "hash").into(),
        evidence: Some("Binary/x".into()),
        representative: None,
        alone: None,
        certificate: None,
    };
    let mut extensions: Vec<Json<'static>> = stored.each("extension").cloned().collect();
    extensions.push(forged.json());
    let object = stored.as_object_mut().unwrap();
    object.set("extension", Json::Array(extensions));
    object.set("docStatus", Json::string("final"));
    assert!(hub.refusal(&stored.to_string()).await.contains("n'est pas établie"));
}
