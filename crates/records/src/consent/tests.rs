//! Decisions of patients, through the verbs and past them.

use crate::Records;
use fhir::{Json, Lang};
use service::testing::TestHub;
use std::sync::Arc;
use std::time::Duration;
use store::{Actor, Ctx, Error, Role};

async fn hub() -> TestHub {
    let hub = TestHub::new(vec![Arc::new(Records)]).await;
    hub.create(r#"{"resourceType":"Patient","id":"p"}"#).await;
    hub.create(r#"{"resourceType":"Practitioner","id":"dr","name":[{"text":"Dr Exemple"}]}"#).await;
    hub
}

fn admin(hub: &TestHub) -> Ctx {
    hub.ctx(&[Role::MedicalAdmin])
}

async fn put(hub: &TestHub, body: &str) -> Result<service::RouteReply, Error> {
    hub.call(&Records, admin(hub), "PUT", "patients/p/consent", body).await
}

async fn refused(hub: &TestHub, body: &str) -> &'static str {
    match put(hub, body).await {
        Err(Error::Refused(issues)) => issues[0].text.key,
        other => panic!("{other:?}"),
    }
}

async fn get(hub: &TestHub, path: &str) -> Json<'static> {
    hub.ask(&Records, admin(hub), "GET", path, "").await
}

fn of<'j>(answer: &'j Json<'_>, kind: &str) -> &'j Json<'j> {
    answer.each("consents").find(|c| c.get_str("kind") == Some(kind)).unwrap()
}

#[tokio::test]
async fn a_decision_is_kept_with_its_text_and_withdrawn_at_once() {
    let hub = hub().await;
    let nothing = get(&hub, "patients/p/consent").await;
    assert_eq!(nothing.each("consents").count(), 6);
    assert_eq!(of(&nothing, "research").get("decision"), Some(&Json::Null));
    assert!(of(&nothing, "research").get_str("text").unwrap().contains("recherches"));

    let permit = r#"{"kind":"processing","decision":"permit","text_version":"2025-09","method":"written","collected_by":"Practitioner/dr"}"#;
    put(&hub, permit).await.unwrap();
    hub.clock.advance(Duration::from_secs(60));
    let given = get(&hub, "patients/p/consent").await;
    let processing = of(&given, "processing");
    assert_eq!(processing.get_str("decision"), Some("permit"));
    assert_eq!(processing.get_str("version"), Some("2025-09"));
    assert_eq!(processing.get_str("collected_by"), Some("Dr Exemple"));

    put(&hub, r#"{"kind":"processing","decision":"withdraw","method":"oral","note":"au téléphone"}"#)
        .await
        .unwrap();
    let after = get(&hub, "patients/p/consent").await;
    assert_eq!(of(&after, "processing").get_str("decision"), Some("withdraw"));
    // The text that was agreed to stays named, though a newer one is in force.
    assert_eq!(of(&after, "processing").get_str("version"), Some("2025-09"));
    assert_eq!(
        refused(&hub, r#"{"kind":"processing","decision":"withdraw","method":"oral"}"#).await,
        "consent.nothing-to-withdraw"
    );

    let history = get(&hub, "patients/p/consent-history").await;
    let decisions: Vec<_> = history.each("history").filter_map(|h| h.get_str("decision")).collect();
    assert_eq!(decisions, ["withdraw", "permit"]);
    assert_eq!(history.each("history").next().unwrap().get_str("note"), Some("au téléphone"));
}

#[tokio::test]
async fn what_is_wrong_is_told() {
    let hub = hub().await;
    assert_eq!(
        refused(&hub, r#"{"kind":"all","decision":"permit","method":"oral"}"#).await,
        "form.not-listed"
    );
    let missing = put(&hub, "{}").await;
    assert!(matches!(missing, Err(Error::Refused(issues)) if issues.len() == 3));
    let text = r#"{"kind":"research","decision":"deny","method":"oral","text_version":"1999-01"}"#;
    assert_eq!(refused(&hub, text).await, "consent.no-such-text");
    let who = r#"{"kind":"research","decision":"deny","method":"oral","collected_by":"Practitioner/nobody"}"#;
    assert_eq!(refused(&hub, who).await, "consent.collector");
    let nobody = hub.call(&Records, admin(&hub), "GET", "patients/none/consent", "").await;
    assert!(matches!(nobody, Err(Error::NotFound)));
}

#[tokio::test]
async fn an_opposition_names_whom_it_is_against_and_is_lifted() {
    let hub = hub().await;
    let put = |body: &'static str| hub.call(&Records, admin(&hub), "PUT", "patients/p/opposition", body);
    put(r#"{"actor":"Practitioner/dr","reason":"conflit personnel"}"#).await.unwrap();
    let found = get(&hub, "patients/p/consent").await;
    let opposition = found.each("oppositions").next().unwrap();
    assert_eq!(opposition.get_str("name"), Some("Dr Exemple"));
    assert_eq!(opposition.get("active"), Some(&Json::Bool(true)));
    put(r#"{"actor":"Practitioner/dr","decision":"lift"}"#).await.unwrap();
    let found = get(&hub, "patients/p/consent").await;
    assert_eq!(found.each("oppositions").next().unwrap().get("active"), Some(&Json::Bool(false)));
    assert!(put(r#"{"actor":"Practitioner/dr","decision":"lift"}"#).await.is_err());
    assert!(put(r#"{"actor":"Practitioner/none"}"#).await.is_err());
    assert!(put(r#"{"actor":"Patient/p"}"#).await.is_err());
}

/// The stored Consent, with `change` made to its text.
async fn changed(hub: &TestHub, change: impl Fn(String) -> String) -> String {
    put(hub, r#"{"kind":"sharing","decision":"permit","method":"written"}"#).await.unwrap();
    let id = super::id_of("p", super::kind::Kind::Sharing, "");
    let stored = hub.get(&format!("Consent/{id}")).await.to_string();
    hub.refusal(&change(stored)).await
}

#[tokio::test]
async fn the_rules_hold_past_the_verbs() {
    let hub = hub().await;
    hub.create(r#"{"resourceType":"Patient","id":"q"}"#).await;
    let other = changed(&hub, |c| c.replace("Patient/p", "Patient/q")).await;
    assert!(other.contains("reste celui du patient"), "{other}");
    let text = changed(&hub, |c| c.replace("2026-03", "1999-01")).await;
    assert!(text.contains("jamais été publié"), "{text}");
    let id = super::id_of("p", super::kind::Kind::Sharing, "");
    let second = changed(&hub, |c| c.replace(&id, "another")).await;
    assert!(second.contains("déjà un consentement"), "{second}");
    let delete = store::Write::Delete { rt: fhir::ResourceType::CONSENT, id, if_match: None };
    let kept = hub.tenant.commit(&admin(&hub), vec![delete]).await;
    assert!(matches!(kept, Err(Error::Refused(issues)) if issues[0].text.key == "consent.kept"));
}

#[tokio::test]
async fn texts_are_told_in_the_callers_language() {
    let hub = hub().await;
    let german = Ctx { lang: Lang::De, ..admin(&hub) };
    let texts = hub.ask(&Records, german, "GET", "consent-texts", "").await;
    assert_eq!(texts.each("texts").count(), 7);
    let current = texts.each("texts").filter(|t| t.get("current") == Some(&Json::Bool(true))).count();
    assert_eq!(current, 6);
    assert!(texts.each("texts").any(|t| t.get_str("title") == Some("Videosprechstunde")));
}

#[tokio::test]
async fn in_the_portal_nobody_else_collects() {
    let hub = hub().await;
    let actor = Actor { person: Some("Patient/p".into()), ..(*hub.ctx(&[Role::Patient]).actor).clone() };
    let ctx = Ctx { actor: Arc::new(actor), ..admin(&hub) };
    let cx = || ctx.clone();
    let oral = r#"{"kind":"messages","decision":"permit","method":"oral"}"#;
    match hub.call(&Records, cx(), "PUT", "patients/p/consent", oral).await {
        Err(Error::Refused(issues)) => assert_eq!(issues[0].text.key, "consent.by-the-patient"),
        // Where patients may not read at all yet, they are turned away before.
        Err(Error::Denied) => {}
        other => panic!("{other:?}"),
    }
}

#[test]
fn ids_stay_what_the_sample_clinic_takes_them_for() {
    assert_eq!(super::id_of("p", super::kind::Kind::Processing, ""), "2898f529-05b1-5775-91c0-75fefb7f456a");
}
