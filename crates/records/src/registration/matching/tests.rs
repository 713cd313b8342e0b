//! `$match` as another program asks it.

use crate::Records;
use fhir::Json;
use service::testing::TestHub;
use std::sync::Arc;
use store::{Error, Role};

const ASK: &str = "/fhir/Patient/$match";

async fn hub() -> TestHub {
    let hub = TestHub::new(vec![Arc::new(Records)]).await;
    for (id, family, given, birth) in [
        ("a", "Lefèvre", "Camille", "1955-08-03"),
        ("b", "Lefèvre", "Camille", "1955-03-08"),
        ("c", "Dupont", "Robert", "1955-08-03"),
    ] {
        hub.create(&format!(
            r#"{{"resourceType":"Patient","id":"{id}","name":[{{"family":"{family}","given":["{given}"]}}],"birthDate":"{birth}","gender":"female"}}"#
        ))
        .await;
    }
    hub
}

fn parameters(patient: &str, more: &str) -> String {
    format!(
        r#"{{"resourceType":"Parameters","parameter":[{{"name":"resource","resource":{{"resourceType":"Patient"{patient}}}}}{more}]}}"#
    )
}

const CAMILLE: &str =
    r#","name":[{"family":"LEFEVRE","given":["camille"]}],"birthDate":"1955-08-03","gender":"female""#;

async fn told(hub: &TestHub, body: &str) -> Vec<(String, String)> {
    let answer = hub.ask(&Records, hub.ctx(&[Role::MedicalAdmin]), "POST", ASK, body).await;
    assert_eq!(answer.get_str("type"), Some("searchset"));
    let entries = answer.each("entry").map(|entry| {
        let search = entry.get("search").unwrap();
        let grade = search.each("extension").next().and_then(|e| e.get_str("valueCode")).unwrap();
        let score: f64 = search.get("score").and_then(Json::as_number).unwrap().parse().unwrap();
        assert!((0.0..=1.0).contains(&score));
        (entry.get("resource").unwrap().get_str("id").unwrap().to_string(), grade.to_string())
    });
    entries.collect()
}

#[tokio::test]
async fn matches_come_with_their_grade_the_likeliest_first() {
    let hub = hub().await;
    let found = told(&hub, &parameters(CAMILLE, "")).await;
    let found: Vec<_> = found.iter().map(|(id, grade)| (id.as_str(), grade.as_str())).collect();
    assert_eq!(found[0], ("a", "certain"));
    assert_eq!(found[1].0, "b");
    assert!(!found.iter().any(|(id, _)| *id == "c"), "{found:?}");
    let one = parameters(CAMILLE, r#",{"name":"count","valueInteger":1}"#);
    assert_eq!(told(&hub, &one).await.len(), 1);
}

#[tokio::test]
async fn certain_means_one_and_no_other() {
    let hub = hub().await;
    let only = r#",{"name":"onlyCertainMatches","valueBoolean":true}"#;
    assert_eq!(told(&hub, &parameters(CAMILLE, only)).await, [("a".to_string(), "certain".to_string())]);
    let said = r#","extension":[{"url":"urn:medhub:homonym","extension":[{"url":"of","valueReference":{"reference":"Patient/a"}},{"url":"reason","valueString":"Pièces d'identité différentes"}]}]"#;
    hub.create(&format!(r#"{{"resourceType":"Patient","id":"twin"{said}{CAMILLE}}}"#)).await;
    assert!(told(&hub, &parameters(CAMILLE, only)).await.is_empty());
    assert!(told(&hub, &parameters(r#","name":[{"family":"Nobody"}]"#, "")).await.is_empty());
}

#[tokio::test]
async fn a_question_that_finds_nobody_is_refused_in_words() {
    let hub = hub().await;
    let bad = [
        "".to_string(),
        r#"{"resourceType":"Parameters"}"#.to_string(),
        parameters("", ""),
        parameters(r#","birthDate":"1955""#, ""),
        parameters(CAMILLE, r#",{"name":"count","valueInteger":0}"#),
    ];
    for body in bad {
        let answer = hub.call(&Records, hub.ctx(&[Role::MedicalAdmin]), "POST", ASK, &body).await;
        assert!(matches!(answer, Err(Error::Refused(_))), "{body}");
    }
}
