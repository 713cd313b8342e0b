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
    // That somebody looked is not enough for the same strict traits: they must say why these are two persons.
    let seen = ADA.replacen('{', &format!("{{\"duplicates_seen\":[\"{id}\"],"), 1);
    let reply = register(&hub, &seen).await.unwrap();
    let json = fhir::json::parse(&reply.body).unwrap();
    assert_eq!((reply.status, json.get_str("code")), (409, Some("register.same-identity")));
    let same = json.each("candidates").next().unwrap().get("same").and_then(Json::as_bool);
    assert_eq!(same, Some(true));
    let confirmed = seen.replacen('{', r#"{"homonym_reason":"Deux pièces d'identité différentes","#, 1);
    registered(&hub, &confirmed).await;
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
    let id = done.get_str("id").unwrap();
    let patient = hub.get(&format!("Patient/{id}")).await;
    let ctx = hub.ctx(&[Role::MedicalAdmin]);
    let around = store::search::SearchRequest {
        rt: Some(fhir::ResourceType::RELATED_PERSON),
        params: vec![("patient".into(), format!("Patient/{id}"))],
        ..Default::default()
    };
    let people = hub.tenant.search(&ctx, &around).await.unwrap();
    let mut codes: Vec<String> = people
        .entries
        .iter()
        .map(|found| {
            let person = fhir::json::parse(&found.visible.body).unwrap();
            let relation = person.each("relationship").next().unwrap();
            relation.each("coding").next().unwrap().get_str("code").unwrap().to_string()
        })
        .collect();
    codes.sort();
    assert_eq!(codes, ["GUARD", "trusted-person"]);
    assert_eq!(patient.get_str("deceasedDateTime"), Some("2020-01-05"));
    let doctor = patient.each("generalPractitioner").next().unwrap();
    assert_eq!(doctor.get_str("display"), Some("Dr Nadia Roche"));
    let alone = r#"{"protection":"curatorship","deceased":"1950-01-01","contacts":[{"role":"boss","name":"X"}],"coverage":[{"type":"amo"}],"#;
    let found = faults(&hub, &ADA.replacen('{', alone, 1)).await;
    let keys: Vec<_> = found.iter().map(|(key, _)| *key).collect();
    assert_eq!(keys, ["register.person", "register.guardian-missing", "register.death", "register.cover"]);
    let child = ADA.replace("1955-08-03", "2015-06-17").replace("Lefèvre", "Garnier");
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
            .map(|r| format!("{} {}", r.get("line").unwrap(), r.get_str("state").unwrap()))
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

#[tokio::test]
async fn of_desks_that_register_one_person_at_once_one_is_told() {
    let hub = hub().await;
    let desks: Vec<_> = (0..8).map(|_| register(&hub, ADA)).collect();
    let mut made = 0;
    for answer in together(desks).await {
        let reply = answer.unwrap();
        match reply.status {
            201 => made += 1,
            409 => {
                let json = fhir::json::parse(&reply.body).unwrap();
                assert!(json.each("candidates").next().is_some(), "who it is must be told");
            }
            other => panic!("{other}"),
        }
    }
    assert_eq!(made, 1);
    // Two desks that both confirm a namesake at once: the second has not seen the first one's.
    let id = found(&hub).await;
    let twin = ADA.replacen(
        '{',
        &format!("{{\"duplicates_seen\":[\"{id}\"],\"homonym_reason\":\"Jumelles d'état civil\","),
        1,
    );
    let both = together(vec![register(&hub, &twin), register(&hub, &twin)]).await;
    let mut statuses: Vec<u16> = both.into_iter().map(|answer| answer.unwrap().status).collect();
    statuses.sort();
    assert_eq!(statuses, [201, 409]);
}

/// Polls all of them by turns.
async fn together<F: Future>(all: Vec<F>) -> Vec<F::Output> {
    let mut all: Vec<_> = all.into_iter().map(|one| (Box::pin(one), None)).collect();
    std::future::poll_fn(move |cx| {
        for (one, done) in &mut all {
            if done.is_none()
                && let std::task::Poll::Ready(output) = one.as_mut().poll(cx)
            {
                *done = Some(output);
            }
        }
        if all.iter().all(|(_, done)| done.is_some()) {
            std::task::Poll::Ready(all.iter_mut().filter_map(|(_, done)| done.take()).collect())
        } else {
            std::task::Poll::Pending
        }
    })
    .await
}

async fn found(hub: &TestHub) -> String {
    let asked = hub.ask(&Records, hub.ctx(&[Role::MedicalAdmin]), "POST", "patients/duplicates", ADA).await;
    asked.each("candidates").next().unwrap().get_str("id").unwrap().to_string()
}

#[tokio::test]
async fn the_same_identity_is_refused_to_plain_writes_too() {
    let hub = hub().await;
    let patient = |id: &str, more: &str| {
        format!(
            r#"{{"resourceType":"Patient","id":"{id}"{more},"name":[{{"use":"official","family":"D'Été","given":["Zoé"]}}],"birthDate":"1980-03-02","gender":"female"}}"#
        )
    };
    hub.create(&patient("a", "")).await;
    let told = hub.refusal(&patient("b", "").replace("D'Été", "d ete")).await;
    assert!(told.contains("Patient/a"), "{told}");
    // Itself, another sex, another day, a merged record: nothing to refuse.
    hub.create(&patient("a", r#","active":true"#)).await;
    hub.create(&patient("c", "").replace("female", "male")).await;
    hub.create(&patient("d", "").replace("03-02", "03-03")).await;
    let corrected = hub.refusal(&patient("d", "")).await;
    assert!(corrected.contains("Patient/a"), "{corrected}");
    let replaced = r#","link":[{"other":{"reference":"Patient/a"},"type":"replaced-by"}]"#;
    hub.create(&patient("d", replaced)).await;
    let ins = |id: &str, family: &str| {
        format!(
            r#"{{"resourceType":"Patient","id":"{id}","identifier":[{{"type":{{"coding":[{{"code":"INS-NIR"}}]}},"system":"urn:oid:1.2.250.1.213.1.4.8","value":"255081416802538"}}],"name":[{{"family":"{family}"}}]}}"#
        )
    };
    hub.create(&ins("e", "Un")).await;
    assert!(hub.refusal(&ins("f", "Deux")).await.contains("matricule"));
}
