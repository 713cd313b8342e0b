//! read, vread, history, and how answers look.

use crate::kit::world;
use fhir::Json;

#[tokio::test]
async fn read_gives_version_and_time() {
    let w = world().await;
    w.patient("a", r#","active":true"#).await;
    let read = w.get("/fhir/Patient/a").send().await;
    assert_eq!((read.status, read.header("etag")), (200, "W/\"1\""));
    assert_eq!(read.header("content-type"), "application/fhir+json; charset=utf-8");
    assert_eq!(read.header("last-modified"), "Sun, 22 Nov 2026 08:00:00 GMT");
    assert_eq!(read.header("cache-control"), "no-store");
    assert_eq!(read.header("x-request-id").len(), 36);
    let numbered = w.get("/fhir/Patient/a").header("x-request-id", "mine-7").send().await;
    assert_eq!(numbered.header("x-correlation-id"), "mine-7");
    assert_ne!(numbered.header("x-request-id"), read.header("x-request-id"));
    assert_eq!(read.json().get("meta").and_then(|m| m.get_str("versionId")), Some("1"));

    let tagged = w.get("/fhir/Patient/a").header("if-none-match", "W/\"1\"").send().await;
    assert_eq!((tagged.status, tagged.body.len()), (304, 0));
    let since =
        w.get("/fhir/Patient/a").header("if-modified-since", "Sun, 22 Nov 2026 08:00:00 GMT").send().await;
    assert_eq!(since.status, 304);
    let before =
        w.get("/fhir/Patient/a").header("if-modified-since", "Sun, 22 Nov 2026 07:59:59 GMT").send().await;
    assert_eq!(before.status, 200);
    let head = w.ask("HEAD", "/fhir/Patient/a").token(&w.claire).send().await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), read.body.len().to_string());
    assert_eq!(w.get("/t/alpha/fhir/Patient/a").send().await.body, read.body);
}

#[tokio::test]
async fn absent_deleted_and_former_versions() {
    let w = world().await;
    assert_eq!(w.get("/fhir/Patient/none").send().await.status, 404);
    w.patient("a", "").await;
    w.patient("a", r#","active":false"#).await;
    assert_eq!(w.delete("/fhir/Patient/a").send().await.status, 204);
    let gone = w.get("/fhir/Patient/a").send().await;
    assert_eq!((gone.status, gone.header("etag")), (410, "W/\"3\""));
    let first = w.get("/fhir/Patient/a/_history/1").send().await;
    assert_eq!((first.status, first.header("etag")), (200, "W/\"1\""));
    assert_eq!(w.get("/fhir/Patient/a/_history/3").send().await.status, 410);
    assert_eq!(w.get("/fhir/Patient/a/_history/9").send().await.status, 404);

    let history = w.get("/fhir/Patient/a/_history").send().await;
    let json = history.json();
    assert_eq!(json.get_str("type"), Some("history"));
    assert_eq!(json.get("total").and_then(Json::as_number), Some("3"));
    let methods: Vec<_> =
        json.each("entry").map(|e| e.get("request").unwrap().get_str("method").unwrap()).collect();
    assert_eq!(methods[..2], ["DELETE", "PUT"]);
    assert!(json.each("entry").next().unwrap().get("resource").is_none());
}

#[tokio::test]
async fn history_is_paged() {
    let w = world().await;
    for n in 0..5 {
        w.patient(&format!("p{n}"), "").await;
    }
    let (mut url, mut seen) = ("/fhir/Patient/_history?_count=2".to_string(), 0);
    loop {
        let page = w.get(&url).send().await;
        assert_eq!(page.status, 200);
        let json = page.json();
        seen += json.each("entry").count();
        let next = json.each("link").find(|l| l.get_str("relation") == Some("next"));
        match next.and_then(|l| l.get_str("url")) {
            Some(next) => url = next.strip_prefix("http://hub.test").unwrap().to_string(),
            None => break,
        }
    }
    assert_eq!(seen, 5);
    let all = w.ask("GET", "/fhir/_history").token(&w.admin).send().await;
    assert_eq!(all.json().each("entry").count(), 5);
    let since = w.get("/fhir/Patient/_history?_since=2027-01-01").send().await;
    assert_eq!(since.json().each("entry").count(), 0);
    assert_eq!(w.get("/fhir/Patient/_history?_since=yesterday").send().await.status, 400);
}

#[tokio::test]
async fn answers_take_the_form_that_is_asked() {
    let w = world().await;
    w.patient("a", r#","active":true,"gender":"female","maritalStatus":{"text":"p"}"#).await;
    let pretty = w.get("/fhir/Patient/a?_pretty=true").send().await;
    assert!(pretty.body.starts_with(b"{\n  \"resourceType\": \"Patient\""));
    let part = w.get("/fhir/Patient/a?_elements=gender").send().await;
    let json = part.json();
    assert_eq!((json.get_str("gender"), json.get("maritalStatus")), (Some("female"), None));
    assert_eq!(json.get("meta").unwrap().each("tag").next().unwrap().get_str("code"), Some("SUBSETTED"));
    assert!(w.get("/fhir/Patient/a?_summary=true").send().await.json().get("maritalStatus").is_none());
    assert_eq!(w.get("/fhir/Patient/a?_summary=maybe").send().await.status, 400);
    assert_eq!(w.get("/fhir/Patient/a?_format=xml").send().await.status, 406);
    let xml = w.get("/fhir/Patient/a").header("accept", "application/fhir+xml").send().await;
    assert_eq!((xml.status, xml.issues()[0].as_str()), (406, "not-acceptable"));
    let plain = w.get("/fhir/Patient/a").header("accept", "application/json").send().await;
    assert_eq!(plain.header("content-type"), "application/json; charset=utf-8");
    let german = w.get("/fhir/Patient/b").header("accept-language", "de-CH").send().await;
    assert_eq!(german.header("content-language"), "de");
    assert!(String::from_utf8_lossy(&german.body).contains("Unter dieser Adresse"));
}

#[tokio::test]
async fn long_answers_are_compressed_when_asked() {
    let w = world().await;
    let name = "x".repeat(3_000);
    w.patient("a", &format!(r#","implicitRules":"http://example.org/{name}""#)).await;
    let plain = w.get("/fhir/Patient/a").send().await;
    assert_eq!(plain.header("content-encoding"), "");
    let zipped = w.get("/fhir/Patient/a").header("accept-encoding", "br, gzip").send().await;
    assert_eq!(zipped.header("content-encoding"), "gzip");
    assert!(zipped.body.len() < 500);
}

#[tokio::test]
async fn the_capability_statement_tells_what_the_server_does() {
    let w = world().await;
    let reply = w.ask("GET", "/fhir/metadata").send().await;
    assert_eq!(reply.status, 200);
    let json = reply.json();
    assert_eq!(
        (json.get_str("resourceType"), json.get_str("fhirVersion")),
        (Some("CapabilityStatement"), Some("4.0.1"))
    );
    let rest = json.each("rest").next().unwrap();
    assert_eq!(rest.each("resource").count(), 146);
    let patient = rest.each("resource").find(|r| r.get_str("type") == Some("Patient")).unwrap();
    let names: Vec<_> = patient.each("searchParam").filter_map(|p| p.get_str("name")).collect();
    assert!(names.contains(&"birthdate") && names.contains(&"_lastUpdated"), "{names:?}");
    let includes: Vec<_> = patient.each("searchInclude").filter_map(Json::as_str).collect();
    assert!(includes.contains(&"Patient:general-practitioner"));
    let reverse: Vec<_> = patient.each("searchRevInclude").filter_map(Json::as_str).collect();
    assert!(reverse.contains(&"Observation:subject"));
    let issues = fhir::validate::validate(&json);
    assert!(!issues.iter().any(|i| i.severity >= fhir::Severity::Error), "{issues:?}");
    // The same for every address, but for where to sign in there: it tells nothing of any tenant.
    let text = |body: &[u8]| String::from_utf8(body.to_vec()).unwrap();
    let elsewhere = text(&w.ask("GET", "/t/nobody/fhir/metadata").send().await.body);
    assert_eq!(elsewhere.replace("/t/nobody/auth/", "/auth/"), text(&reply.body));
    let again = w.ask("GET", "/fhir/metadata").header("if-none-match", reply.header("etag")).send().await;
    assert_eq!(again.status, 304);
}

#[tokio::test]
async fn the_statement_promises_nothing_that_is_refused() {
    let w = world().await;
    w.patient("a", "").await;
    let reply = w.ask("GET", "/fhir/metadata").send().await;
    let json = reply.json();
    let rest = json.each("rest").next().unwrap();
    let patient = rest.each("resource").find(|r| r.get_str("type") == Some("Patient")).unwrap();
    let body = r#"{"resourceType":"Patient","id":"a"}"#;
    let bundle = |kind: &str| format!(r#"{{"resourceType":"Bundle","type":"{kind}"}}"#);
    let of = |holder: &Json<'_>| -> Vec<String> {
        holder.each("interaction").filter_map(|i| i.get_str("code").map(String::from)).collect()
    };
    for code in of(patient).into_iter().chain(of(rest)) {
        let ask = match code.as_str() {
            "read" => w.get("/fhir/Patient/a"),
            "vread" => w.get("/fhir/Patient/a/_history/1"),
            "update" => w.put("/fhir/Patient/a", body),
            "patch" => {
                w.ask("PATCH", "/fhir/Patient/a").token(&w.claire).json(r#"{"resourceType":"Parameters"}"#)
            }
            "history-instance" => w.get("/fhir/Patient/a/_history"),
            "history-type" => w.get("/fhir/Patient/_history"),
            "create" => w.post("/fhir/Patient", body),
            "search-type" => w.get("/fhir/Patient"),
            "transaction" | "batch" => w.post("/fhir", &bundle(&code)),
            "search-system" => w.get("/fhir?_type=Patient"),
            "history-system" => w.ask("GET", "/fhir/_history").token(&w.admin),
            "delete" => continue,
            other => panic!("an interaction without a test: {other}"),
        };
        let reply = ask.send().await;
        assert!(
            matches!(reply.status, 200 | 201),
            "{code}: {} {}",
            reply.status,
            String::from_utf8_lossy(&reply.body)
        );
    }
    assert_eq!(w.delete("/fhir/Patient/a").send().await.status, 204);
}
