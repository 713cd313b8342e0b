//! Notes and the synthesis over HTTP: versions in headers, raw FHIR against what is signed, tenants apart.

use crate::kit::{World, world};
use store::{Purpose, Role};

/// A patient, a professional and an account of theirs with a token.
async fn ada(w: &World) -> String {
    w.patient("p", "").await;
    let practitioner = r#"{"resourceType":"Practitioner","id":"ada","name":[{"text":"Dr Ada Exemple"}]}"#;
    let made = w.ask("PUT", "/fhir/Practitioner/ada").token(&w.admin).json(practitioner).send().await;
    assert_eq!(made.status, 201);
    w.hub.account_create("alpha", "ada", &[Role::Surgeon], Some("Practitioner/ada")).await.unwrap();
    w.hub.token_issue("alpha", "ada", Purpose::Treatment, 3600).await.unwrap()
}

const DRAFT: &str = r#"{"patient":"p","kind":"progress"}"#;
const TEXT: &str = r#"{"sections":[{"code":"plan","text":"Sortie demain."}]}"#;

#[tokio::test]
async fn a_note_is_written_signed_and_closed() {
    let w = world().await;
    let token = ada(&w).await;
    let ask = |method: &str, path: &str| w.ask(method, path).token(&token);
    let made = ask("POST", "/api/v1/notes/").json(DRAFT).send().await;
    assert_eq!(
        (made.status, made.header("etag")),
        (201, "W/\"1\""),
        "{}",
        String::from_utf8_lossy(&made.body)
    );
    let path = format!("/api/v1/notes/{}", made.id());
    assert_eq!(ask("PUT", &path).json(TEXT).send().await.status, 428);
    let saved = ask("PUT", &path).header("if-match", "W/\"1\"").json(TEXT).send().await;
    assert_eq!((saved.status, saved.header("etag")), (200, "W/\"2\""));
    let other = TEXT.replace("demain", "mardi");
    let late = ask("PUT", &path).header("if-match", "W/\"1\"").json(&other).send().await;
    assert_eq!((late.status, late.header("content-type")), (412, "application/problem+json"));
    assert!(late.json().get("current").unwrap().to_string().contains("Sortie demain."));
    let signed = ask("POST", &format!("{path}/sign")).header("if-match", "W/\"2\"").json("{}").send().await;
    assert_eq!(signed.status, 200, "{}", String::from_utf8_lossy(&signed.body));
    assert_eq!(signed.json().get_str("status"), Some("signed"));

    // Past the verbs: by PUT, by deletion and in a transaction, by the author and by who keeps the records.
    let fhir = format!("/fhir/Composition/{}", made.id());
    let stored = ask("GET", &fhir).send().await;
    let changed = String::from_utf8(stored.body.clone()).unwrap().replace("demain", "mardi");
    let bundle = format!(
        r#"{{"resourceType":"Bundle","type":"transaction","entry":[{{"resource":{changed},"request":{{"method":"PUT","url":"Composition/{}"}}}}]}}"#,
        made.id()
    );
    for token in [&token, &w.admin] {
        let put = w.ask("PUT", &fhir).token(token).json(&changed).send().await;
        assert!(matches!(put.status, 403 | 422), "{}", put.status);
        let delete = w.ask("DELETE", &fhir).token(token).send().await;
        assert!(matches!(delete.status, 403 | 422), "{}", delete.status);
        let whole = w.ask("POST", "/fhir").token(token).json(&bundle).send().await;
        assert!(matches!(whole.status, 403 | 422), "{}", whole.status);
    }
    let read = ask("GET", &path).send().await;
    assert!(String::from_utf8_lossy(&read.body).contains("Sortie demain."));
    assert_eq!(read.json().each("signatures").count(), 1);
    // Another clinic has no such note.
    assert_eq!(w.ask("GET", &path).token(&w.bruno).send().await.status, 404);
    assert_eq!(w.ask("GET", &path).send().await.status, 401);
}

#[tokio::test]
async fn the_lists_of_the_chart_answer_with_a_slash_and_without() {
    let w = world().await;
    let token = ada(&w).await;
    let paths = ["records", "medical_history", "upcoming_appointments", "notes"];
    for path in paths {
        for slash in ["", "/"] {
            let reply = w.ask("GET", &format!("/api/v1/patients/p/{path}{slash}")).token(&token).send().await;
            assert_eq!(reply.status, 200, "{path}{slash}: {}", String::from_utf8_lossy(&reply.body));
        }
    }
    let made = w.ask("POST", "/api/v1/patients/p/generate_summary/").token(&token).json("{}").send().await;
    assert_eq!((made.status, made.json().each("sections").count()), (200, 14));
    let german = w.ask("GET", "/api/v1/notes/templates").token(&token).header("accept-language", "de");
    assert!(String::from_utf8_lossy(&german.send().await.body).contains("OP-Bericht"));
    let stranger = w.ask("GET", "/api/v1/patients/p/records").token(&w.bruno).send().await;
    assert_eq!(stranger.status, 404);
}
