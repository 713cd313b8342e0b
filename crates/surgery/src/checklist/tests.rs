//! A clinic chooses its check-list, or writes its own; cases keep the one that they began with.

use super::version::shipped;
use crate::Surgery;
use fhir::Json;
use service::testing::TestHub;
use std::sync::Arc;
use store::{Error, Role};

const ADMIN: &[Role] = &[Role::Surgeon, Role::MedicalAdmin];

async fn hub() -> TestHub {
    let hub = TestHub::new(vec![Arc::new(Surgery)]).await;
    hub.create(r#"{"resourceType":"Patient","id":"p","name":[{"family":"Martin"}]}"#).await;
    hub.create(r#"{"resourceType":"Practitioner","id":"d","name":[{"text":"Dr Ferrand"}]}"#).await;
    hub
}

async fn ask(hub: &TestHub, method: &str, path: &str, body: &str) -> Json<'static> {
    hub.ask(&Surgery, hub.ctx(ADMIN), method, path, body).await
}

async fn case(hub: &TestHub) -> String {
    let body = r#"{"patient":"p","act":{"code":"NEKA020"},"side":"left","urgency":"urgent","surgeon":"Practitioner/d"}"#;
    ask(hub, "POST", "surgeries/emergency", body).await.get_str("id").unwrap().to_string()
}

/// The WHO's list as the clinic's own, with one point in words of its own.
fn own(id: &str, version: &str) -> String {
    let text = shipped("who-2009").unwrap().to_string();
    let text = text.replace("checklist:who-2009", &format!("checklist:{id}"));
    let text = text.replace(r#""version":"1""#, &format!(r#""version":"{version}""#));
    text.replacen(r#"{"resourceType""#, &format!(r#"{{"id":"{id}-{version}","resourceType""#), 1)
}

async fn version_of(hub: &TestHub, case: &str) -> (String, String) {
    let told = ask(hub, "GET", &format!("surgeries/{case}/checklist"), "").await;
    let part = |name: &str| told.get_str(name).unwrap_or_default().to_string();
    (part("version"), part("questionnaire"))
}

fn pair(version: &str, questionnaire: &str) -> (String, String) {
    (version.into(), questionnaire.into())
}

#[tokio::test]
async fn a_case_keeps_the_version_it_began_with() {
    let hub = hub().await;
    let begun = case(&hub).await;
    let tap = r#"{"key":"a","entry":{"say":"answer","phase":"sign-in","item":"has-1","answer":"yes"}}"#;
    ask(&hub, "POST", &format!("surgeries/{begun}/checklist"), tap).await;
    let told = ask(&hub, "PUT", "checklists/settings", r#"{"default":"who-2009"}"#).await;
    assert_eq!(told.get_str("default"), Some("who-2009"));
    assert!(
        told.each("versions").all(|v| v.get_str("questionnaire").is_some()),
        "both are resources now: {told}"
    );
    assert_eq!(version_of(&hub, &begun).await, pair("has-2018", "urn:medhub:checklist:has-2018|1"));
    let next = case(&hub).await;
    assert_eq!(version_of(&hub, &next).await, pair("who-2009", "urn:medhub:checklist:who-2009|1"));
    // The chosen version gates: it wants its sign-in before the induction.
    let path = format!("surgeries/{next}/milestones");
    ask(&hub, "POST", &path, r#"{"code":"in"}"#).await;
    let stopped = hub.call(&Surgery, hub.ctx(ADMIN), "POST", &path, r#"{"code":"induction"}"#).await;
    assert!(stopped.is_err());
    let path = format!("surgeries/{begun}/milestones");
    ask(&hub, "POST", &path, r#"{"code":"in"}"#).await;
    ask(&hub, "POST", &path, r#"{"code":"induction"}"#).await;
}

#[tokio::test]
async fn a_clinic_writes_its_own_and_it_stays_as_it_was_answered() {
    let hub = hub().await;
    hub.create(&own("clinique", "1")).await;
    let told = ask(&hub, "PUT", "checklists/settings", r#"{"default":"clinique"}"#).await;
    let ids: Vec<&str> = told.each("versions").filter_map(|v| v.get_str("id")).collect();
    assert_eq!(ids, ["has-2018", "who-2009", "clinique"]);
    let one = case(&hub).await;
    let tap = r#"{"key":"a","entry":{"say":"answer","phase":"sign-in","item":"who-1","answer":"yes"}}"#;
    ask(&hub, "POST", &format!("surgeries/{one}/checklist"), tap).await;
    hub.create(&own("clinique", "2")).await;
    ask(&hub, "PUT", "checklists/settings", r#"{"default":"clinique"}"#).await;
    assert_eq!(version_of(&hub, &one).await, pair("clinique", "urn:medhub:checklist:clinique|1"));
    let next = case(&hub).await;
    assert_eq!(version_of(&hub, &next).await.1, "urn:medhub:checklist:clinique|2");
    // The same address and version a second time, a shipped one in other words, and one without its time-out.
    let twice = own("clinique", "2").replace("clinique-2", "copy");
    assert!(hub.refusal(&twice).await.starts_with("Cette adresse et cette version"));
    let other = own("has-2018", "1").replace("has-2018-1", "mine");
    assert!(hub.refusal(&other).await.starts_with("Cette adresse et cette version"));
    let open = own("ouverte", "1").replace(r#""valueCode":"incision""#, r#""valueCode":"closure""#);
    assert!(hub.refusal(&open).await.starts_with("Cette check-list n'est pas complète"));
    let changed = own("clinique", "1").replace("who-19", "who-20");
    assert!(hub.refusal(&changed).await.starts_with("Une version publiée"));
}

#[tokio::test]
async fn only_the_administration_chooses_and_only_what_there_is() {
    let hub = hub().await;
    let body = r#"{"default":"who-2009"}"#;
    let nurse = hub.call(&Surgery, hub.ctx(&[Role::Nurse]), "PUT", "checklists/settings", body).await;
    assert!(matches!(nurse, Err(Error::Denied)));
    let nothing =
        hub.call(&Surgery, hub.ctx(ADMIN), "PUT", "checklists/settings", r#"{"default":"x"}"#).await;
    let Err(Error::Refused(issues)) = nothing else { panic!("accepted") };
    assert_eq!(issues[0].text.key, "surgery.checklist-no-version");
    let told = ask(&hub, "GET", "checklists/versions", "").await;
    assert_eq!(told.get_str("default"), Some("has-2018"));
}
