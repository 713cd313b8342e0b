//! What a client should not send. Each gets an OperationOutcome; nothing is half written; nothing panics.

use crate::kit::{World, world, world_with};
use edge::Config;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

async fn refused(w: &World, body: &[u8]) -> (u16, Vec<String>) {
    let ask = w.ask("POST", "/fhir/Patient").token(&w.claire).body(body.to_vec());
    let reply = ask.header("content-type", "application/fhir+json").send().await;
    (reply.status, reply.issues())
}

async fn nothing_was_written(w: &World) {
    let history = w.ask("GET", "/fhir/_history").token(&w.admin).send().await;
    assert_eq!(history.json().each("entry").count(), 0);
}

#[tokio::test]
async fn malformed_json_of_every_kind() {
    let w = world().await;
    let deep = [b"{\"resourceType\":\"Patient\",\"extension\":".as_slice(), &b"[".repeat(200)].concat();
    let cases: Vec<Vec<u8>> = vec![
        b"".to_vec(),
        b"{".to_vec(),
        b"null".to_vec(),
        b"[]".to_vec(),
        b"\"Patient\"".to_vec(),
        b"{}".to_vec(),
        b"{\"resourceType\":\"Nobody\"}".to_vec(),
        b"{\"resourceType\":\"Observation\"}".to_vec(),
        b"{\"resourceType\":\"Patient\",\"active\":true,\"active\":false}".to_vec(),
        b"{\"resourceType\":\"Patient\",\"active\":\"yes\"}".to_vec(),
        b"{\"resourceType\":\"Patient\",\"name\":{\"family\":\"not a list\"}}".to_vec(),
        b"{\"resourceType\":\"Patient\",\"birthDate\":\"31/12/1999\"}".to_vec(),
        b"{\"resourceType\":\"Patient\",\"birthDate\":19991231}".to_vec(),
        b"{\"resourceType\":\"Patient\",\"multipleBirthInteger\":99999999999999999999999999999}".to_vec(),
        b"{\"resourceType\":\"Patient\",\"multipleBirthInteger\":1e400}".to_vec(),
        b"{\"resourceType\":\"Patient\",\"nosuchmember\":1}".to_vec(),
        b"{\"resourceType\":\"Patient\",\"gender\":\"purple\"}".to_vec(),
        b"{\"resourceType\":\"Patient\",\"name\":[]}".to_vec(),
        b"{\"resourceType\":\"Patient\",\"name\":[null]}".to_vec(),
        b"{\"resourceType\":\"Patient\",\"active\":true,}".to_vec(),
        b"{\"resourceType\":\"Patient\",\"language\":\"\\ud800\"}".to_vec(),
        b"\xff\xfe{\x00}\x00".to_vec(),
        b"\xef\xbb\xbf{\"resourceType\":\"Patient\"".to_vec(),
        b"{\"resourceType\":\"Patient\",\"language\":\"\xe9\"}".to_vec(),
        deep,
    ];
    for body in cases {
        let shown = String::from_utf8_lossy(&body[..body.len().min(80)]).to_string();
        let (status, issues) = refused(&w, &body).await;
        assert!(matches!(status, 400 | 422), "{shown}: {status}");
        assert!(!issues.is_empty(), "{shown}");
    }
    nothing_was_written(&w).await;
}

#[tokio::test]
async fn a_huge_body_is_refused_before_and_after_decompression() {
    let w = world().await;
    let body = format!(r#"{{"resourceType":"Patient","language":"{}"}}"#, "a".repeat(11 * 1024 * 1024));
    let (status, issues) = refused(&w, body.as_bytes()).await;
    assert_eq!((status, issues), (413, vec!["body-too-long".to_string()]));
    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    bomb.write_all(&vec![b' '; 64 * 1024 * 1024]).unwrap();
    let ask = w.ask("POST", "/fhir/Patient").token(&w.claire).body(bomb.finish().unwrap());
    let reply =
        ask.header("content-type", "application/json").header("content-encoding", "gzip").send().await;
    assert_eq!(reply.status, 413);
    nothing_was_written(&w).await;
}

#[tokio::test]
async fn compressed_bodies_are_read_or_refused() {
    let w = world().await;
    let mut zip = GzEncoder::new(Vec::new(), Compression::fast());
    zip.write_all(br#"{"resourceType":"Patient"}"#).unwrap();
    let zipped = zip.finish().unwrap();
    let ask = |body: Vec<u8>, coding: &str| {
        let ask = w.ask("POST", "/fhir/Patient").token(&w.claire).body(body);
        ask.header("content-type", "application/fhir+json").header("content-encoding", coding)
    };
    assert_eq!(ask(zipped.clone(), "gzip").send().await.status, 201);
    assert_eq!(ask(zipped[..20].to_vec(), "gzip").send().await.status, 415);
    assert_eq!(ask(zipped, "br").send().await.status, 415);
}

#[tokio::test]
async fn other_content_is_refused() {
    let w = world().await;
    for (kind, issue) in [
        ("application/fhir+xml", "xml-not-supported"),
        ("text/xml", "xml-not-supported"),
        ("text/plain", "unsupported-content"),
        ("application/json; charset=utf-16", "unsupported-content"),
        ("application/fhir+json; fhirVersion=5.0", "unsupported-content"),
        ("multipart/form-data", "unsupported-content"),
    ] {
        let ask = w.ask("POST", "/fhir/Patient").token(&w.claire).body(b"<Patient/>".to_vec());
        let reply = ask.header("content-type", kind).send().await;
        assert_eq!((reply.status, reply.issues()), (415, vec![issue.to_string()]), "{kind}");
    }
}

#[tokio::test]
async fn bundles_that_are_none_or_too_many() {
    let w = world().await;
    for body in [
        r#"{"resourceType":"Patient"}"#,
        r#"{"resourceType":"Bundle"}"#,
        r#"{"resourceType":"Bundle","type":"collection"}"#,
        r#"{"resourceType":"Bundle","type":"transaction","entry":[{}]}"#,
        r#"{"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"BREW","url":"Patient"}}]}"#,
        r#"{"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"GET","url":"../../etc"}}]}"#,
        r#"{"resourceType":"Bundle","type":"transaction","type":"batch"}"#,
        "{",
    ] {
        let reply = w.post("/fhir", body).send().await;
        assert!(matches!(reply.status, 400 | 404 | 422), "{body}: {}", reply.status);
        assert!(!reply.issues().is_empty());
    }
    let entry = r#"{"request":{"method":"DELETE","url":"Patient/x"}}"#;
    let many = vec![entry; 100_000].join(",");
    let body = format!(r#"{{"resourceType":"Bundle","type":"batch","entry":[{many}]}}"#);
    let reply = w.post("/fhir", &body).send().await;
    assert!(matches!(reply.status, 400 | 413 | 422), "{}", reply.status);
    nothing_was_written(&w).await;
}

#[tokio::test]
async fn addresses_that_name_nothing() {
    let w = world().await;
    for (path, status) in [
        ("/fhir/patient/1", 404),
        ("/fhir/Nobody", 404),
        ("/fhir/Patient/$everything", 404),
        ("/fhir/Patient/a_b", 400),
        ("/fhir/Patient/..%2F..%2Fhub.db", 400),
        ("/fhir/Patient%2Fp", 400),
        ("/fhir/Patient/%00", 400),
        ("/fhir/Patient/1/_history/x", 404),
        ("/fhir/Patient/1/2/3/4/5", 404),
        ("/t/alpha/fhir/Patient/nobody", 404),
        ("/t/ALPHA/fhir/Patient", 404),
    ] {
        let reply = w.get(path).send().await;
        assert_eq!(reply.status, status, "{path}");
        assert!(!reply.issues().is_empty());
    }
    let long = w.get(&format!("/fhir/Patient/{}", "a".repeat(65))).send().await;
    assert_eq!(long.status, 400);
    for (method, path, allow) in [
        ("PATCH", "/fhir/Patient/1/_history", "GET, HEAD"),
        ("POST", "/fhir/Patient/1", "GET, HEAD, PUT, PATCH, DELETE"),
        ("PUT", "/fhir", "GET, HEAD, POST"),
        ("DELETE", "/fhir/metadata", "GET, HEAD"),
        ("TRACE", "/fhir/Patient", "GET, HEAD, POST, PUT, PATCH, DELETE"),
        ("GET", "/fhir/Patient/_search", "POST"),
    ] {
        let reply = w.ask(method, path).token(&w.claire).send().await;
        assert_eq!((reply.status, reply.header("allow")), (405, allow), "{method} {path}");
    }
}

#[tokio::test]
async fn rates_are_limited_by_address_caller_and_failed_tokens() {
    let mut config = Config::default();
    config.rates.caller = edge::Rate { per_second: 1, burst: 5 };
    config.rates.address = edge::Rate { per_second: 1, burst: 12 };
    config.rates.refused = edge::Rate { per_second: 1, burst: 3 };
    let w = world_with(config, None).await;
    let far = [192, 0, 2, 1];
    for _ in 0..5 {
        assert_eq!(w.get("/fhir/Patient/x").from(far).send().await.status, 404);
    }
    let limited = w.get("/fhir/Patient/x").from(far).send().await;
    assert_eq!((limited.status, limited.issues()), (429, vec!["throttled".to_string()]));
    assert!(limited.header("retry-after").parse::<u64>().unwrap() >= 1);
    assert_eq!(w.get("/fhir/Patient/x").send().await.status, 404);
    let guess = || w.ask("GET", "/fhir/Patient/x").token("mh_guess").from([192, 0, 2, 9]);
    for _ in 0..3 {
        assert_eq!(guess().send().await.status, 401);
    }
    assert_eq!(guess().send().await.status, 429);
    // Someone else behind the same address is not shut out by the one who guesses, until the address is full.
    let admin = || w.ask("GET", "/fhir/Patient/x").token(&w.admin).from([192, 0, 2, 9]);
    assert_eq!(admin().send().await.status, 404);
    for _ in 0..10 {
        w.ask("GET", "/fhir/metadata").from([192, 0, 2, 9]).send().await;
    }
    assert_eq!(w.ask("GET", "/fhir/metadata").from([192, 0, 2, 9]).send().await.status, 429);
    assert_eq!(w.ask("GET", "/livez").from([192, 0, 2, 9]).send().await.status, 200);
}

#[tokio::test]
async fn more_requests_than_there_is_room_for_wait_outside() {
    let mut config = Config::default();
    config.limits.requests = 0;
    let w = world_with(config, None).await;
    let busy = w.get("/fhir/Patient/x").send().await;
    assert_eq!(
        (busy.status, busy.issues(), busy.header("retry-after")),
        (503, vec!["busy".to_string()], "1")
    );
    assert_eq!(w.ask("GET", "/livez").send().await.status, 200);
}
