//! Fifty clients at once.

use crate::kit::world;
use std::collections::HashSet;
use std::sync::Arc;

const BODY: &str = r#"{"resourceType":"Patient","identifier":[{"system":"urn:x","value":"once"}]}"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conditional_create_raced_by_fifty_makes_one() {
    let w = Arc::new(world().await);
    let mut clients = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let w = w.clone();
        clients.spawn(async move {
            let ask = w.post("/fhir/Patient", BODY).header("if-none-exist", "identifier=urn:x|once");
            let reply = ask.send().await;
            (reply.status, reply.id())
        });
    }
    let answers = clients.join_all().await;
    assert_eq!(answers.iter().filter(|(status, _)| *status == 201).count(), 1);
    assert_eq!(answers.iter().filter(|(status, _)| *status == 200).count(), 49);
    assert_eq!(answers.iter().map(|(_, id)| id).collect::<HashSet<_>>().len(), 1);
    let found = w.get("/fhir/Patient?identifier=urn:x|once").send().await;
    assert_eq!(found.entries("match").len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn if_match_lets_one_of_fifty_win() {
    let w = Arc::new(world().await);
    w.patient("a", "").await;
    let mut clients = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let w = w.clone();
        clients.spawn(async move {
            let body = r#"{"resourceType":"Patient","id":"a","active":true}"#;
            w.put("/fhir/Patient/a", body).header("if-match", "W/\"1\"").send().await.status
        });
    }
    let answers = clients.join_all().await;
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1);
    assert_eq!(answers.iter().filter(|status| **status == 412).count(), 49);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_idempotency_key_of_fifty_requests_is_one_write() {
    let w = Arc::new(world().await);
    let mut clients = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let w = w.clone();
        clients.spawn(async move {
            w.post("/fhir/Patient", BODY).header("idempotency-key", "same").send().await.id()
        });
    }
    let ids = clients.join_all().await;
    assert_eq!(ids.into_iter().collect::<HashSet<_>>().len(), 1);
}
