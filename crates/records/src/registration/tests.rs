//! Registrations as the desk makes them.

use crate::Records;
use fhir::Json;
use service::RouteReply;
use service::testing::TestHub;
use std::sync::Arc;
use store::{Error, Role};

async fn hub() -> TestHub {
    TestHub::new(vec![Arc::new(Records)]).await
}

async fn register(hub: &TestHub, body: &str) -> Result<RouteReply, Error> {
    hub.call(&Records, hub.ctx(&[Role::MedicalAdmin]), "POST", "patients/register", body).await
}

async fn registered(hub: &TestHub, body: &str) -> Json<'static> {
    let reply = register(hub, body).await.unwrap();
    assert_eq!(reply.status, 201, "{}", String::from_utf8_lossy(&reply.body));
    fhir::json::parse(&reply.body).unwrap().into_owned()
}

async fn faults(hub: &TestHub, body: &str) -> Vec<(&'static str, String)> {
    match register(hub, body).await {
        Err(Error::Refused(issues)) => {
            issues.into_iter().map(|i| (i.text.key, i.expression.unwrap_or_default())).collect()
        }
        other => panic!("{other:?}"),
    }
}

const ADA: &str = r#"{"name":[{"use":"official","family":"Lefèvre","given":["Camille","Anne"]}],"birthDate":"1955-08-03","gender":"female","birthplace":"14168"}"#;

#[tokio::test]
async fn numbers_are_given_out_once_each() {
    let hub = hub().await;
    let first = registered(&hub, ADA).await;
    assert_eq!((first.get_str("ipp"), first.get_str("identity_status")), (Some("26000001"), Some("PROV")));
    let second = registered(&hub, &ADA.replace("Lefèvre", "Garnier")).await;
    assert_eq!(second.get_str("ipp"), Some("26000002"));
    let patient = hub.get(&format!("Patient/{}", first.get_str("id").unwrap())).await;
    assert_eq!(patient.each("identifier").next().unwrap().get_str("value"), Some("26000001"));
    let list = patient.each("name").next().unwrap().each("extension").next().unwrap();
    assert_eq!(list.get_str("valueString"), Some("Camille Anne"));
}

#[tokio::test]
async fn numbers_that_an_import_took_are_passed() {
    let hub = hub().await;
    for n in 1..40 {
        let taken = format!(
            r#"{{"resourceType":"Patient","identifier":[{{"type":{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"PI"}}]}},"system":"urn:medhub:ipp","value":"26{n:06}"}}]}}"#
        );
        hub.create(&taken).await;
    }
    let number = registered(&hub, ADA).await.get_str("ipp").map(String::from);
    assert!(number.as_deref() > Some("26000039"), "{number:?}");
}

#[tokio::test]
async fn a_matricule_needs_a_qualified_identity_and_a_right_key() {
    let hub = hub().await;
    let with = |more: &str| ADA.replacen('{', &format!("{{{more},"), 1);
    let number = r#""identifiers":[{"type":"INS-NIR","value":"2 55 08 14 168 025 38"}]"#;
    assert_eq!(faults(&hub, &with(number)).await, [("register.not-qualified", "identifiers[0]".to_string())]);
    let sure = r#""identity":{"insi":true,"document":"passport"}"#;
    let wrong = number.replace("38\"", "39\"");
    let found = faults(&hub, &with(&format!("{sure},{wrong}"))).await;
    assert_eq!(found, [("register.nir-key", "identifiers[0].value".to_string())]);
    let done = registered(&hub, &with(&format!("{sure},{number}"))).await;
    assert_eq!((done.get_str("identity_status"), done.each("warnings").count()), (Some("QUAL"), 0));
    let patient = hub.get(&format!("Patient/{}", done.get_str("id").unwrap())).await;
    let ins = patient.each("identifier").nth(1).unwrap();
    assert_eq!(ins.get_str("system"), Some("urn:oid:1.2.250.1.213.1.4.8"));
    assert_eq!((ins.get_str("value"), ins.get_str("use")), (Some("255081416802538"), Some("official")));

    // The same number again is the same person, whatever the names say.
    let again = with(&format!("{sure},{number},\"duplicates_seen\":true")).replace("Lefèvre", "Autre");
    let reply = register(&hub, &again).await.unwrap();
    let json = fhir::json::parse(&reply.body).unwrap();
    assert_eq!((reply.status, json.get_str("code")), (409, Some("register.number-taken")));

    // A number that tells another sex is taken with a warning.
    let male = with(&format!("{sure},{}", number.replace("2 55 08 14 168 025 38", "185057512345673")));
    let warned = registered(&hub, &male.replace("Lefèvre", "Petit")).await;
    assert_eq!(warned.each("warnings").count(), 1);
}

#[tokio::test]
async fn who_may_be_known_is_told_with_the_reason() {
    let hub = hub().await;
    let id = registered(&hub, ADA).await.get_str("id").map(String::from).unwrap();
    let reason = async |body: String| {
        let reply = register(&hub, &body).await.unwrap();
        assert_eq!(reply.status, 409, "{}", String::from_utf8_lossy(&reply.body));
        let json = fhir::json::parse(&reply.body).unwrap().into_owned();
        assert_eq!(json.get_str("code"), Some("register.duplicates"));
        let candidate = json.each("candidates").next().unwrap().clone();
        assert_eq!(candidate.get_str("id"), Some(id.as_str()));
        candidate.each("reasons").next().unwrap().as_str().unwrap().to_string()
    };
    assert_eq!(reason(ADA.replace("Lefèvre", "LEFEVRE")).await, "Même nom");
    assert!(reason(ADA.replace("Lefèvre", "Lefaivre")).await.starts_with("Nom de même sonorité"));
    assert_eq!(reason(ADA.replace("1955-08-03", "1955-03-08")).await, "Même nom");
    let swapped = ADA.replace("Lefèvre", "Camille").replace(r#"["Camille","Anne"]"#, r#"["Lefèvre"]"#);
    assert_eq!(reason(swapped).await, "Nom et prénom inversés");
    let asked = hub
        .call(&Records, hub.ctx(&[Role::MedicalAdmin]), "POST", "patients/duplicates", &ADA.replace("1955-08-03", "1955-03-08"))
        .await
        .unwrap();
    let told = fhir::json::parse(&asked.body).unwrap();
    let reasons: Vec<_> = told.each("candidates").next().unwrap().each("reasons").filter_map(Json::as_str).collect();
    assert_eq!(reasons, ["Même nom", "Même prénom", "Jour et mois de naissance inversés", "Même lieu de naissance"]);
    let seen = ADA.replacen('{', &format!("{{\"duplicates_seen\":[\"{id}\"],"), 1);
    registered(&hub, &seen).await;
    // Another person of the same day is nobody's double.
    registered(&hub, &ADA.replace("Camille", "Robert").replace("Lefèvre", "Dupont")).await;
}

#[tokio::test]
async fn every_fault_is_told_at_its_field() {
    let hub = hub().await;
    let found = faults(&hub, r#"{"birthDate":"2031-02-30","gender":"x","birthplace":"96123"}"#).await;
    let places: Vec<&str> = found.iter().map(|(_, place)| place.as_str()).collect();
    assert_eq!(places, ["name.family", "name.given", "birthDate", "gender", "birthplace"]);
    let unsure = ADA
        .replacen('{', r#"{"identity":{"document":"passport"},"#, 1)
        .replace(r#","birthplace":"14168""#, "");
    assert_eq!(faults(&hub, &unsure).await, [("register.trait-missing", "birthplace".to_string())]);
}
