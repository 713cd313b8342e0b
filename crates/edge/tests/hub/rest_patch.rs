//! FHIRPath Patch and JSON Patch, alone and in bundles.

use crate::kit::{Reply, World, world};
use base64::Engine;
use fhir::Json;
use std::sync::Arc;

const GENDER: &str = r#"{"resourceType":"Parameters","parameter":[{"name":"operation","part":[
    {"name":"type","valueCode":"replace"},{"name":"path","valueString":"Patient.gender"},{"name":"value","valueCode":"female"}]}]}"#;
const BIRTH: &str = r#"[{"op":"test","path":"/gender","value":"male"},{"op":"add","path":"/birthDate","value":"1930-01-01"}]"#;
const ADA: &str = r#","gender":"male","identifier":[{"system":"urn:x","value":"1"}]"#;

async fn patch(w: &World, path: &str, body: &str) -> Reply {
    w.ask("PATCH", path).token(&w.claire).json(body).send().await
}

async fn json_patch(w: &World, path: &str, body: &str) -> Reply {
    let ask = w.ask("PATCH", path).token(&w.claire).body(body.as_bytes().to_vec());
    ask.header("content-type", "application/json-patch+json").send().await
}

fn add_name(family: &str) -> String {
    format!(
        r#"{{"resourceType":"Parameters","parameter":[{{"name":"operation","part":[{{"name":"type","valueCode":"add"}},
        {{"name":"path","valueString":"Patient"}},{{"name":"name","valueString":"name"}},{{"name":"value","valueHumanName":{{"family":"{family}"}}}}]}}]}}"#
    )
}

#[tokio::test]
async fn a_patch_makes_a_version() {
    let w = world().await;
    w.patient("a", ADA).await;
    let done = patch(&w, "/fhir/Patient/a", GENDER).await;
    assert_eq!((done.status, done.header("etag")), (200, "W/\"2\""));
    assert_eq!(done.json().get_str("gender"), Some("female"));
    assert!(done.header("content-location").ends_with("/fhir/Patient/a/_history/2"));
    let failed = json_patch(&w, "/fhir/Patient/a", BIRTH).await;
    assert_eq!((failed.status, failed.issues()), (422, vec!["json-patch.test".to_string()]));
    let ask = w.ask("PATCH", "/fhir/Patient/a").token(&w.claire).json(GENDER);
    let minimal = ask.header("prefer", "return=minimal").header("if-match", "W/\"2\"").send().await;
    assert_eq!((minimal.status, minimal.body.len(), minimal.header("etag")), (200, 0, "W/\"3\""));
    let ask = w.ask("PATCH", "/fhir/Patient/a").token(&w.claire).json(GENDER);
    let stale = ask.header("if-match", "W/\"2\"").send().await;
    assert_eq!((stale.status, stale.header("etag")), (412, "W/\"3\""));
    assert_eq!(w.get("/fhir/Patient/a").send().await.header("etag"), "W/\"3\"");
}

#[tokio::test]
async fn what_fails_changes_nothing_and_says_where() {
    let w = world().await;
    w.patient("a", ADA).await;
    let two = GENDER.replace("\"parameter\":[", "\"parameter\":[{\"name\":\"operation\",\"part\":[{\"name\":\"type\",\"valueCode\":\"delete\"},{\"name\":\"path\",\"valueString\":\"Patient.gender\"}]},");
    let failed = patch(&w, "/fhir/Patient/a", &two).await;
    assert_eq!((failed.status, failed.issues()), (422, vec!["patch.no-match".to_string()]));
    let json = failed.json();
    let place = json.each("issue").next().and_then(|issue| issue.each("expression").next());
    assert_eq!(place.and_then(Json::as_str), Some("Parameters.parameter[1]"));
    for (body, status) in [
        ("{", 400),
        ("[]", 400),
        (r#"{"resourceType":"Patient"}"#, 400),
        (r#"{"resourceType":"Parameters","parameter":[{"name":"operation"}]}"#, 400),
        // What comes out must be a valid resource, of the same type and id.
        (&GENDER.replace("\"female\"", "\"red\""), 422),
        (&GENDER.replace("Patient.gender", "Patient.id"), 400),
    ] {
        let failed = patch(&w, "/fhir/Patient/a", body).await;
        assert_eq!(failed.status, status, "{body}: {}", String::from_utf8_lossy(&failed.body));
    }
    for (body, status) in [
        (r#"[{"op":"replace","path":"/resourceType","value":"Group"}]"#, 400),
        (r#"[{"op":"replace","path":"/id","value":"b"}]"#, 400),
        (r#"[{"op":"add","path":"/x","value":1}]"#, 400),
        (r#"[{"op":"remove","path":""}]"#, 422),
        ("{}", 400),
    ] {
        let failed = json_patch(&w, "/fhir/Patient/a", body).await;
        assert!(failed.status == status || failed.status == 422, "{body}: {}", failed.status);
    }
    let xml = w.ask("PATCH", "/fhir/Patient/a").token(&w.claire).body(b"<diff/>".to_vec());
    let xml = xml.header("content-type", "application/xml-patch+xml").send().await;
    assert_eq!(xml.status, 415);
    assert_eq!(xml.header("accept-patch"), "application/fhir+json, application/json-patch+json");
    assert_eq!(patch(&w, "/fhir/Patient/none", GENDER).await.status, 404);
    assert_eq!(w.get("/fhir/Patient/a").send().await.header("etag"), "W/\"1\"");
    w.delete("/fhir/Patient/a").send().await;
    assert_eq!(patch(&w, "/fhir/Patient/a", GENDER).await.status, 410);
    let auditor = w.ask("PATCH", "/fhir/Patient/a").token(&w.auditor).json(GENDER).send().await;
    assert_eq!(auditor.status, 403);
}

#[tokio::test]
async fn conditional_patch() {
    let w = world().await;
    let path = "/fhir/Patient?identifier=urn:x|1";
    assert_eq!(patch(&w, path, GENDER).await.status, 404);
    w.patient("a", ADA).await;
    assert_eq!(json_patch(&w, path, BIRTH).await.header("etag"), "W/\"2\"");
    w.patient("b", ADA).await;
    assert_eq!(patch(&w, path, GENDER).await.status, 412);
    assert_eq!(patch(&w, "/fhir/Patient", GENDER).await.status, 400);
}

#[tokio::test]
async fn patches_that_meet_are_all_done() {
    let w = Arc::new(world().await);
    w.patient("a", ADA).await;
    let tasks: Vec<_> = (0..12)
        .map(|n| {
            let w = w.clone();
            tokio::spawn(
                async move { patch(&w, "/fhir/Patient/a", &add_name(&format!("n{n}"))).await.status },
            )
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), 200);
    }
    let now = w.get("/fhir/Patient/a").send().await;
    assert_eq!((now.header("etag"), now.json().each("name").count()), ("W/\"13\"", 12));
}

fn bundle(kind: &str, entries: &[String]) -> String {
    format!(r#"{{"resourceType":"Bundle","type":"{kind}","entry":[{}]}}"#, entries.join(","))
}

fn entry(url: &str, resource: &str, more: &str) -> String {
    format!(r#"{{"resource":{resource},"request":{{"method":"PATCH","url":"{url}"{more}}}}}"#)
}

fn binary(patch: &str) -> String {
    let data = base64::engine::general_purpose::STANDARD.encode(patch);
    format!(r#"{{"resourceType":"Binary","contentType":"application/json-patch+json","data":"{data}"}}"#)
}

fn statuses(reply: &Reply) -> Vec<String> {
    let json = reply.json();
    let status = |e: &Json<'_>| e.get("response").and_then(|r| r.get_str("status")).unwrap_or("").to_string();
    json.each("entry").map(|e| status(e).split(' ').next().unwrap_or("").to_string()).collect()
}

#[tokio::test]
async fn a_transaction_patches_with_what_it_creates() {
    let w = world().await;
    w.patient("a", ADA).await;
    w.patient("b", r#","gender":"male""#).await;
    let general = r#"{"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"add"},
        {"name":"path","valueString":"Patient"},{"name":"name","valueString":"managingOrganization"},
        {"name":"value","valueReference":{"reference":"urn:uuid:7f6b1a2e-0c1b-4b1e-9a55-6f0d5b7a1c11"}}]}]}"#;
    let create = r#"{"fullUrl":"urn:uuid:7f6b1a2e-0c1b-4b1e-9a55-6f0d5b7a1c11","resource":{"resourceType":"Organization","name":"O"},
        "request":{"method":"POST","url":"Organization"}}"#;
    let all = bundle(
        "transaction",
        &[
            entry("Patient?identifier=urn:x|1", general, ""),
            entry("Patient/b", &binary(BIRTH), r#","ifMatch":"W/\"1\"""#),
            create.to_string(),
        ],
    );
    let done = w.ask("POST", "/fhir").token(&w.admin).json(&all).send().await;
    assert_eq!(done.status, 200, "{}", String::from_utf8_lossy(&done.body));
    assert_eq!(statuses(&done), ["200", "200", "201"]);
    let a = w.get("/fhir/Patient/a").send().await;
    let reference =
        a.json().get("managingOrganization").and_then(|o| o.get_str("reference")).map(String::from);
    assert!(reference.unwrap().starts_with("Organization/"));
    assert_eq!(w.get("/fhir/Patient/b").send().await.json().get_str("birthDate"), Some("1930-01-01"));
}

#[tokio::test]
async fn a_transaction_with_one_bad_patch_does_nothing() {
    let w = world().await;
    w.patient("a", ADA).await;
    let bad = GENDER.replace("Patient.gender", "Patient.name.where(family = 'Morel').given");
    for (entries, status, place) in [
        (vec![entry("Patient/a", &bad, "")], 422, "Bundle.entry[0].resource.parameter[0]"),
        (vec![entry("Patient/none", GENDER, "")], 404, "Bundle.entry[0].request.url"),
        (vec![entry("Patient?identifier=urn:x|2", GENDER, "")], 404, "Bundle.entry[0].request.url"),
        (vec![entry("Patient/a", GENDER, r#","ifMatch":"W/\"9\"""#)], 409, "Bundle.entry[0].request.ifMatch"),
        (vec![entry("Patient/a", r#"{"resourceType":"Patient"}"#, "")], 422, "Bundle.entry[0].resource"),
        (
            vec![entry("Patient/a", r#"{"resourceType":"Binary","contentType":"text/plain"}"#, "")],
            422,
            "Bundle.entry[0].resource.contentType",
        ),
        (
            vec![entry("Patient/a", GENDER, ""), entry("Patient/a", GENDER, "")],
            409,
            "Bundle.entry[1].request.url",
        ),
    ] {
        let failed = w.post("/fhir", &bundle("transaction", &entries)).send().await;
        let json = failed.json();
        let found = json.each("issue").next().and_then(|issue| issue.each("expression").next());
        assert_eq!((failed.status, found.and_then(Json::as_str)), (status, Some(place)), "{json}");
        assert!(!String::from_utf8_lossy(&failed.body).contains("Morel"));
    }
    assert_eq!(w.get("/fhir/Patient/a").send().await.header("etag"), "W/\"1\"");
}

#[tokio::test]
async fn a_batch_patches_each_alone() {
    let w = world().await;
    w.patient("a", ADA).await;
    let entries = [
        entry("Patient/a", GENDER, ""),
        entry("Patient/a", &add_name("second"), ""),
        entry("Patient/none", GENDER, ""),
        entry("Patient/a", &binary("{}"), ""),
    ];
    let done = w.post("/fhir", &bundle("batch", &entries)).send().await;
    assert_eq!(statuses(&done), ["200", "200", "404", "400"]);
    assert_eq!(w.get("/fhir/Patient/a").send().await.header("etag"), "W/\"3\"");
}
