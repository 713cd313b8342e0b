//! create, update, delete and their conditional forms; batch and transaction.

use crate::kit::world;
use fhir::Json;

const NAMED: &str = r#"{"resourceType":"Patient","identifier":[{"system":"urn:x","value":"1"}]}"#;

#[tokio::test]
async fn create_answers_as_preferred() {
    let w = world().await;
    let made = w.post("/fhir/Patient", NAMED).send().await;
    assert_eq!((made.status, made.header("etag")), (201, "W/\"1\""));
    let place = format!("http://hub.test/fhir/Patient/{}/_history/1", made.id());
    assert_eq!(made.header("location"), place);
    let minimal = w.post("/t/alpha/fhir/Patient", NAMED).header("prefer", "return=minimal").send().await;
    assert_eq!((minimal.status, minimal.body.len()), (201, 0));
    assert!(minimal.header("location").starts_with("http://hub.test/t/alpha/fhir/Patient/"));
    let told = w.post("/fhir/Patient", NAMED).header("prefer", "return=OperationOutcome").send().await;
    assert_eq!(told.json().get_str("resourceType"), Some("OperationOutcome"));
}

#[tokio::test]
async fn conditional_create() {
    let w = world().await;
    let ask = || w.post("/fhir/Patient", NAMED).header("if-none-exist", "identifier=urn:x|1");
    let first = ask().send().await;
    let second = ask().send().await;
    assert_eq!((first.status, second.status), (201, 200));
    assert_eq!(first.id(), second.id());
    w.post("/fhir/Patient", NAMED).send().await;
    assert_eq!(ask().send().await.status, 412);
    assert_eq!(w.post("/fhir/Patient", NAMED).header("if-none-exist", "").send().await.status, 400);
}

#[tokio::test]
async fn update_checks_the_version() {
    let w = world().await;
    let body = r#"{"resourceType":"Patient","id":"a","active":true}"#;
    let made = w.put("/fhir/Patient/a", body).header("if-none-match", "*").send().await;
    assert_eq!((made.status, made.header("etag")), (201, "W/\"1\""));
    assert_eq!(w.put("/fhir/Patient/a", body).header("if-none-match", "*").send().await.status, 412);
    let second = w.put("/fhir/Patient/a", body).header("if-match", "W/\"1\"").send().await;
    assert_eq!((second.status, second.header("etag")), (200, "W/\"2\""));
    let stale = w.put("/fhir/Patient/a", body).header("if-match", "W/\"1\"").send().await;
    assert_eq!((stale.status, stale.header("etag")), (412, "W/\"2\""));
    assert_eq!(w.put("/fhir/Patient/a", body).header("if-match", "*").send().await.status, 400);
    assert!(matches!(w.put("/fhir/Patient/b", body).send().await.status, 400 | 422));
    assert!(matches!(w.put("/fhir/Observation/a", body).send().await.status, 400 | 422));
}

#[tokio::test]
async fn conditional_update_and_delete() {
    let w = world().await;
    let made = w.put("/fhir/Patient?identifier=urn:x|1", NAMED).send().await;
    assert_eq!(made.status, 201);
    let again = w.put("/fhir/Patient?identifier=urn:x|1", NAMED).send().await;
    assert_eq!((again.status, again.id()), (200, made.id()));
    assert_eq!(w.put("/fhir/Patient", NAMED).send().await.status, 400);
    assert_eq!(w.delete("/fhir/Patient").send().await.status, 400);
    assert_eq!(w.delete("/fhir/Patient?_pretty=true").send().await.status, 400);
    assert_eq!(w.delete("/fhir/Patient?identifier=urn:x|1").send().await.status, 204);
    assert_eq!(w.get(&format!("/fhir/Patient/{}", made.id())).send().await.status, 410);
    for _ in 0..2 {
        w.post("/fhir/Patient", NAMED).send().await;
    }
    assert_eq!(w.delete("/fhir/Patient?identifier=urn:x|1").send().await.status, 412);
}

#[tokio::test]
async fn deleting_twice_is_no_error() {
    let w = world().await;
    w.patient("a", "").await;
    assert_eq!(w.delete("/fhir/Patient/a").header("if-match", "W/\"7\"").send().await.status, 412);
    let first = w.delete("/fhir/Patient/a").send().await;
    assert_eq!((first.status, first.header("etag")), (204, "W/\"2\""));
    assert_eq!(w.delete("/fhir/Patient/a").send().await.status, 204);
    assert_eq!(w.patient("a", "").await.header("etag"), "W/\"3\"");
}

#[tokio::test]
async fn a_transaction_is_one_and_a_batch_is_many() {
    let w = world().await;
    let good = r#"{"resourceType":"Bundle","type":"transaction","entry":[
        {"fullUrl":"urn:uuid:7c3a4f0e-26d5-4f0c-8a2b-1f6f0d1c9e01","resource":{"resourceType":"Patient","gender":"male"},"request":{"method":"POST","url":"Patient"}},
        {"resource":{"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"urn:uuid:7c3a4f0e-26d5-4f0c-8a2b-1f6f0d1c9e01"}},"request":{"method":"POST","url":"Observation"}}]}"#;
    let done = w.post("/fhir", good).send().await;
    assert_eq!(done.status, 200, "{}", String::from_utf8_lossy(&done.body));
    let json = done.json();
    assert_eq!(json.get_str("type"), Some("transaction-response"));
    let statuses: Vec<_> = json
        .each("entry")
        .map(|e| e.get("response").unwrap().get_str("status").unwrap().to_string())
        .collect();
    assert!(statuses.iter().all(|s| s.starts_with("201")), "{statuses:?}");

    let half = r#"{"resourceType":"Bundle","type":"transaction","entry":[
        {"resource":{"resourceType":"Patient","id":"t1"},"request":{"method":"PUT","url":"Patient/t1"}},
        {"resource":{"resourceType":"Patient","id":"t2","gender":"so-so"},"request":{"method":"PUT","url":"Patient/t2"}}]}"#;
    let refused = w.post("/fhir", half).send().await;
    assert!(matches!(refused.status, 400 | 422), "{}", refused.status);
    assert_eq!(w.get("/fhir/Patient/t1").send().await.status, 404);

    let batch = w.post("/fhir", &half.replace("transaction", "batch")).send().await;
    assert_eq!((batch.status, batch.json().each("entry").count()), (200, 2));
    assert_eq!(w.get("/fhir/Patient/t1").send().await.status, 200);
    assert_eq!(w.get("/fhir/Patient/t2").send().await.status, 404);
}

#[tokio::test]
async fn the_record_number_rule_answers_through_http() {
    let w = world().await;
    let body = |id: &str| {
        format!(
            r#"{{"resourceType":"Patient","id":"{id}","identifier":[{{"type":{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"PI"}}]}},"system":"urn:ipp","value":"77"}}]}}"#
        )
    };
    assert_eq!(w.put("/fhir/Patient/a", &body("a")).send().await.status, 201);
    let refused = w.put("/fhir/Patient/b", &body("b")).send().await;
    assert_eq!((refused.status, refused.issues()), (409, vec!["records.record-number-taken".to_string()]));
    let issue = refused.json();
    let place = issue
        .each("issue")
        .next()
        .unwrap()
        .each("expression")
        .next()
        .and_then(Json::as_str)
        .map(String::from);
    assert_eq!(place.as_deref(), Some("Patient.identifier[0].value"));
    assert!(!String::from_utf8_lossy(&refused.body).contains("77"));
}

#[tokio::test]
async fn an_idempotency_key_makes_one_write_of_two() {
    let w = world().await;
    let ask = |body: &str| w.post("/fhir/Patient", body).header("idempotency-key", "k-1");
    let (first, second) = (ask(NAMED).send().await, ask(NAMED).send().await);
    assert_eq!((first.status, second.status, first.id()), (201, 201, second.id()));
    let other = ask(r#"{"resourceType":"Patient"}"#).send().await;
    assert_eq!((other.status, other.issues()), (422, vec!["idempotency-key-reused".to_string()]));
    let admin = w.ask("POST", "/fhir/Patient").token(&w.admin).json(NAMED).header("idempotency-key", "k-1");
    assert_ne!(admin.send().await.id(), first.id());
    assert_eq!(w.post("/fhir/Patient", NAMED).header("idempotency-key", "").send().await.status, 400);
}
