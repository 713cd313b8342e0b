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
        .call(
            &Records,
            hub.ctx(&[Role::MedicalAdmin]),
            "POST",
            "patients/duplicates",
            &ADA.replace("1955-08-03", "1955-03-08"),
        )
        .await
        .unwrap();
    let told = fhir::json::parse(&asked.body).unwrap();
    let reasons: Vec<_> =
        told.each("candidates").next().unwrap().each("reasons").filter_map(Json::as_str).collect();
    assert_eq!(
        reasons,
        ["Même nom", "Même prénom", "Jour et mois de naissance inversés", "Même lieu de naissance"]
    );
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

#[tokio::test]
async fn people_doctors_and_cover_stand_around_the_patient() {
    let hub = hub().await;
    let more = r#"{"protection":"guardianship","contacts":[{"role":"guardian","name":"UDAF du Rhône","phone":"0472000000"},{"role":"trusted","tie":"SPS","name":"Jean Lefèvre"}],"general_practitioner":{"display":"Dr Nadia Roche"},"referrer":{"display":"Dr Luc Petit"},"deceased":"2020-01-05","coverage":[{"type":"amo","payor":"CPAM du Rhône","regime":"01","exemption":"ald"},{"type":"amc","payor":"Mutuelle X","number":"12"}],"#;
    let done = registered(&hub, &ADA.replacen('{', more, 1)).await;
    let patient = hub.get(&format!("Patient/{}", done.get_str("id").unwrap())).await;
    let codes: Vec<_> = patient
        .each("contact")
        .filter_map(|c| {
            c.each("relationship").next()?.each("coding").next()?.get_str("code").map(String::from)
        })
        .collect();
    assert_eq!(codes, ["GUARD", "trusted-person"]);
    assert_eq!(patient.get_str("deceasedDateTime"), Some("2020-01-05"));
    let doctor = patient.each("generalPractitioner").next().unwrap();
    assert_eq!(doctor.get_str("display"), Some("Dr Nadia Roche"));
    let alone = r#"{"protection":"curatorship","deceased":"1950-01-01","contacts":[{"role":"boss","name":"X"}],"coverage":[{"type":"amo"}],"#;
    let found = faults(&hub, &ADA.replacen('{', alone, 1)).await;
    let keys: Vec<_> = found.iter().map(|(key, _)| *key).collect();
    assert_eq!(keys, ["register.person", "register.guardian-missing", "register.death", "register.cover"]);
    let child = ADA.replace("1955-08-03", "2015-08-03");
    let warned = registered(&hub, &child).await;
    assert_eq!(warned.each("warnings").next().and_then(|w| w.get_str("code")), Some("register.parents"));
}

#[tokio::test]
async fn a_list_is_looked_at_then_taken_once() {
    let hub = hub().await;
    let csv = "Nom;Prénom;Né(e) le;Sexe\\nD'Arc;Jeanne;06/01/1990;F\\nMartin;Paul;31/02/1980;M\\nДостоевский;Фёдор;11/11/1971;M";
    let body = format!(r#"{{"text":"{csv}"}}"#);
    let states = async |path: &str, body: &str| {
        let reply = hub.ask(&Records, hub.ctx(&[Role::MedicalAdmin]), "POST", path, body).await;
        let rows: Vec<_> = reply
            .each("rows")
            .map(|r| format!("{} {}", r.get("line").unwrap().to_string(), r.get_str("state").unwrap()))
            .collect();
        (rows.join(", "), reply.get("next").is_some())
    };
    let looked = states("patients/import/preview", &body).await;
    assert_eq!(looked, ("2 ready, 3 error, 4 ready".into(), false));
    let part = body.replacen('{', r#"{"count":1,"#, 1);
    assert_eq!(states("patients/import", &part).await, ("2 created".into(), true));
    assert_eq!(states("patients/import", &body).await.0, "2 known, 3 error, 4 created");
    let again = body.replacen('{', r#"{"anyway":[2,4],"#, 1);
    assert_eq!(states("patients/import", &again).await.0, "2 known, 3 error, 4 known");
}
