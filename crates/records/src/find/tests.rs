//! Finding in a small record.

use crate::Records;
use fhir::Json;
use service::testing::{AllCare, TestHub};
use std::sync::Arc;
use store::{Actor, Ctx, Error, Role};

const NOTE: &str = r#"{"resourceType":"Composition","id":"note","status":"final","type":{"text":"Consultation"},"subject":{"reference":"Patient/a"},"date":"2026-10-02","author":[{"display":"Dr Exemple"}],"title":"Consultation d'orthopédie","section":[{"title":"Examen","text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Œdème du genou droit ; l’hémoglobine est à 9,1 g/dL &amp; stable. Pas de fièvre.</p></div>"}}]}"#;

async fn hub() -> TestHub {
    let hub = TestHub::new(vec![Arc::new(Records)]).await;
    hub.hub.ties_set(Arc::new(AllCare));
    for patient in ["a", "b"] {
        let name = if patient == "a" { "Lefèvre" } else { "Dupont" };
        hub.create(&format!(
            r#"{{"resourceType":"Patient","id":"{patient}","name":[{{"family":"{name}","given":["Zoé"]}}]}}"#
        ))
        .await;
    }
    hub.create(NOTE).await;
    hub.create(r#"{"resourceType":"Condition","id":"c","code":{"text":"Hémoglobinurie"},"subject":{"reference":"Patient/a"},"recordedDate":"2020-01-01"}"#).await;
    hub.create(r#"{"resourceType":"Condition","id":"other","code":{"text":"Œdème pulmonaire"},"subject":{"reference":"Patient/b"}}"#).await;
    for (id, date) in [("k1", "2026-01-01"), ("k2", "2026-06-01")] {
        hub.create(&format!(
            r#"{{"resourceType":"Observation","id":"{id}","status":"final","category":[{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}}]}}],"code":{{"text":"Potassium"}},"subject":{{"reference":"Patient/a"}},"effectiveDateTime":"{date}"}}"#
        ))
        .await;
    }
    hub
}

async fn found(hub: &TestHub, ctx: Ctx, path: &str) -> Vec<String> {
    let answer = hub.ask(&Records, ctx, "GET", path, "").await;
    answer.each("hits").filter_map(|hit| hit.get_str("resource").map(String::from)).collect()
}

fn physician(hub: &TestHub) -> Ctx {
    hub.ctx(&[Role::Surgeon])
}

#[tokio::test]
async fn words_are_found_however_they_are_written() {
    let hub = hub().await;
    for q in ["œdème", "OEDEME", "oedème genou", "GENOU oed", "l'hemoglobine", "hémoglobine stab", "9,1"]
    {
        assert_eq!(
            found(&hub, physician(&hub), &format!("patients/a/find?q={q}")).await,
            ["Composition/note"],
            "{q}"
        );
    }
    // In a title first; the last word may be unfinished, the others not.
    let both = found(&hub, physician(&hub), "patients/a/find?q=hemoglob").await;
    assert_eq!(both, ["Condition/c", "Composition/note"]);
    for q in ["hemoglob genou", "oedeme pulmonaire", "moglobine"] {
        assert!(found(&hub, physician(&hub), &format!("patients/a/find?q={q}")).await.is_empty(), "{q}");
    }
    // Of results of one name, the newest.
    assert_eq!(found(&hub, physician(&hub), "patients/a/find?q=potassium").await, ["Observation/k2"]);
}

#[tokio::test]
async fn the_excerpt_shows_the_hits() {
    let hub = hub().await;
    let answer = hub.ask(&Records, physician(&hub), "GET", "patients/a/find?q=l'hemoglobine", "").await;
    let hit = answer.each("hits").next().unwrap().clone();
    let pieces: Vec<(&str, bool)> = hit
        .each("excerpt")
        .map(|p| (p.get_str("text").unwrap(), p.get("hit").and_then(Json::as_bool).unwrap()))
        .collect();
    let marked: Vec<&str> = pieces.iter().filter(|(_, hit)| *hit).map(|(text, _)| *text).collect();
    assert_eq!(marked, ["hémoglobine"]);
    let whole: String = pieces.iter().map(|(text, _)| *text).collect();
    assert_eq!(whole, "Œdème du genou droit ; l’hémoglobine est à 9,1 g/dL & stable. Pas de fièvre.");
    assert_eq!(hit.get_str("patientName"), Some("Zoé Lefèvre"));
    assert_eq!(hit.get_str("date"), Some("2026-10-02"));
}

#[tokio::test]
async fn what_changed_is_found_as_it_is_now() {
    let hub = hub().await;
    assert_eq!(found(&hub, physician(&hub), "patients/a/find?q=fievre").await.len(), 1);
    hub.create(&NOTE.replace("Pas de fièvre", "Apyrexie")).await;
    assert!(found(&hub, physician(&hub), "patients/a/find?q=fievre").await.is_empty());
    assert_eq!(found(&hub, physician(&hub), "patients/a/find?q=apyr").await.len(), 1);
}

#[tokio::test]
async fn nobody_finds_what_they_may_not_read() {
    let hub = hub().await;
    let secretary = hub.ctx(&[Role::Billing]);
    let closed = hub.call(&Records, secretary, "GET", "patients/a/find?q=hemoglob", "").await;
    assert!(matches!(closed, Err(Error::Denied)), "a closed record is no empty one");
    let label = r#""meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"V"}]},"#;
    hub.create(&NOTE.replace(r#""status":"final","#, &format!(r#"{label}"status":"final","#))).await;
    let elsewhere = Ctx { purpose: store::Purpose::Payment, ..physician(&hub) };
    let all = hub.call(&Records, elsewhere, "GET", "patients/a/find?q=oedeme", "").await;
    assert!(match all {
        Ok(reply) => !String::from_utf8_lossy(&reply.body).contains("Composition"),
        Err(error) => matches!(error, Error::Denied),
    });
}

#[tokio::test]
async fn across_means_ones_own_patients() {
    let hub = hub().await;
    let at = |person: &str| {
        let ctx = physician(&hub);
        let actor = Actor { person: Some(person.into()), ..(*ctx.actor).clone() };
        Ctx { actor: Arc::new(actor), ..ctx }
    };
    hub.create(r#"{"resourceType":"Practitioner","id":"dr"}"#).await;
    hub.create(r#"{"resourceType":"CareTeam","id":"t","status":"active","subject":{"reference":"Patient/b"},"participant":[{"member":{"reference":"Practitioner/dr"}}]}"#).await;
    assert_eq!(found(&hub, at("Practitioner/dr"), "find?q=oedeme").await, ["Condition/other"]);
    assert_eq!(found(&hub, at("Practitioner/dr"), "find?q=dupont z").await, ["Patient/b"]);
    assert!(found(&hub, at("Practitioner/dr"), "find?q=lefevre").await.is_empty());
    assert!(found(&hub, at("Practitioner/nobody"), "find?q=oedeme").await.is_empty());
    assert!(found(&hub, physician(&hub), "find?q=oedeme").await.is_empty());
}

#[tokio::test]
async fn bad_questions_are_refused_with_a_sentence() {
    let hub = hub().await;
    let long = "a".repeat(201);
    for path in [
        "patients/a/find",
        "patients/a/find?q=",
        "patients/a/find?q=a",
        "patients/a/find?q=' -",
        &format!("find?q={long}"),
        "find?q=a b c d e f g h i j k l m",
        "find?q=oedeme&limit=0",
        "find?q=oedeme&limit=x",
    ] {
        let answer = hub.call(&Records, physician(&hub), "GET", path, "").await;
        assert!(matches!(answer, Err(Error::Refused(_))), "{path}");
    }
    let nobody = hub.call(&Records, physician(&hub), "GET", "patients/nobody/find?q=oedeme", "").await;
    assert!(matches!(nobody, Err(Error::NotFound)));
}

#[tokio::test]
async fn a_title_that_is_found_shows_what_is_told_below_it() {
    let hub = hub().await;
    let answer = hub.ask(&Records, physician(&hub), "GET", "patients/a/find?q=orthopedie", "").await;
    let hit = answer.each("hits").next().unwrap();
    let text = |name: &str| hit.each(name).filter_map(|p| p.get_str("text")).collect::<String>();
    assert_eq!(text("titleParts"), "Consultation d'orthopédie");
    assert!(text("excerpt").starts_with("Œdème du genou droit"), "{}", text("excerpt"));
}
