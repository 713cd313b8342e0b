//! Search over HTTP: GET, POST, compartments, pages, warnings.

use crate::kit::{World, world};
use fhir::Json;

async fn filled() -> World {
    let w = world().await;
    for (id, family) in [("a", "Martin"), ("b", "Martinez"), ("c", "Durand")] {
        w.patient(id, &format!(r#","name":[{{"family":"{family}"}}]"#)).await;
    }
    for (id, patient) in [("o1", "a"), ("o2", "a"), ("o3", "b")] {
        let body = format!(
            r#"{{"resourceType":"Observation","id":"{id}","status":"final","code":{{"coding":[{{"system":"http://loinc.org","code":"8867-4"}}]}},"subject":{{"reference":"Patient/{patient}"}}}}"#
        );
        let made = w.put(&format!("/fhir/Observation/{id}"), &body).send().await;
        assert_eq!(made.status, 201, "{}", String::from_utf8_lossy(&made.body));
    }
    w
}

fn sorted(mut ids: Vec<String>) -> Vec<String> {
    ids.sort();
    ids
}

#[tokio::test]
async fn by_get_and_by_post() {
    let w = filled().await;
    let found = w.get("/fhir/Patient?name=martin").send().await;
    assert_eq!(found.status, 200, "{}", String::from_utf8_lossy(&found.body));
    assert_eq!(sorted(found.entries("match")), ["a", "b"]);
    let json = found.json();
    assert_eq!(json.get_str("type"), Some("searchset"));
    let own =
        json.each("link").find(|l| l.get_str("relation") == Some("self")).and_then(|l| l.get_str("url"));
    assert_eq!(own, Some("http://hub.test/fhir/Patient?name=martin"));
    let url = json.each("entry").next().and_then(|e| e.get_str("fullUrl")).map(String::from).unwrap();
    assert!(url.starts_with("http://hub.test/fhir/Patient/"));
    let form = w
        .ask("POST", "/fhir/Patient/_search")
        .token(&w.claire)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(b"name=martin".to_vec());
    assert_eq!(sorted(form.send().await.entries("match")), ["a", "b"]);
    let json = w.post("/fhir/Patient/_search", "{}").send().await;
    assert_eq!((json.status, json.issues()), (415, vec!["form-expected".to_string()]));
}

#[tokio::test]
async fn in_a_compartment_and_with_includes() {
    let w = filled().await;
    assert_eq!(sorted(w.get("/fhir/Patient/a/Observation").send().await.entries("match")), ["o1", "o2"]);
    let all = w.get("/fhir/Patient/a/*").send().await;
    assert!(
        sorted(all.entries("match")).contains(&"o1".to_string()),
        "{}",
        String::from_utf8_lossy(&all.body)
    );
    let included = w.get("/fhir/Observation?_id=o3&_include=Observation:subject").send().await;
    assert_eq!(
        (included.entries("match"), included.entries("include")),
        (vec!["o3".into()], vec!["b".into()])
    );
    let across = w.get("/fhir?_type=Patient,Observation&_id=a,o1").send().await;
    assert_eq!(sorted(across.entries("match")), ["a", "o1"]);
}

#[tokio::test]
async fn pages_follow_each_other() {
    let w = filled().await;
    let (mut url, mut seen) = ("/fhir/Observation?code=8867-4&_count=2".to_string(), Vec::new());
    loop {
        let page = w.get(&url).send().await;
        assert_eq!(page.status, 200, "{}", String::from_utf8_lossy(&page.body));
        seen.extend(page.entries("match"));
        let json = page.json();
        let next = json.each("link").find(|l| l.get_str("relation") == Some("next"));
        match next.and_then(|l| l.get_str("url")) {
            Some(next) => url = next.strip_prefix("http://hub.test").unwrap().to_string(),
            None => break,
        }
    }
    assert_eq!(sorted(seen), ["o1", "o2", "o3"]);
    let count = w.get("/fhir/Observation?_summary=count").send().await;
    assert_eq!(count.json().get("total").and_then(Json::as_number), Some("3"));
    assert_eq!(count.json().each("entry").count(), 0);
    assert_eq!(w.get("/fhir/Observation?_page=forged").send().await.status, 400);
}

#[tokio::test]
async fn unknown_parameters_warn_or_are_refused() {
    let w = filled().await;
    let lenient = w.get("/fhir/Patient?shoe-size=43").send().await;
    assert_eq!(lenient.status, 200);
    assert_eq!(lenient.json().each("entry").filter(|e| is_outcome(e)).count(), 1);
    let strict = w.get("/fhir/Patient?shoe-size=43").header("prefer", "handling=strict").send().await;
    assert_eq!(strict.status, 400);
}

fn is_outcome(entry: &Json<'_>) -> bool {
    entry.get("search").and_then(|s| s.get_str("mode")) == Some("outcome")
}

#[tokio::test]
async fn hostile_search_strings_are_answered() {
    let w = filled().await;
    let hostile = [
        "name=%27%3B%20DROP%20TABLE%20ver%3B--",
        "name=%25%25%25",
        "name:exact=%C3%A9%22%5C",
        "_filter=((((((((((((((((((((((((((((((((((((((((((((((((",
        "birthdate=gt",
        "birthdate=99999-99-99",
        "_sort=-----name",
        "_count=-1",
        "_count=999999999999999999999",
        "_id=,,,,,,",
        "general-practitioner.name.name.name=x",
        "_has:Observation:subject:_has:Observation:subject:code=1",
        "identifier=%7C%7C%7C",
        "name:foo=x",
        "_include=*:*:*:*",
        "_lastUpdated=ap%00",
        "name=%F0%9F%98%80",
    ];
    for query in hostile {
        let reply = w.get(&format!("/fhir/Patient?{query}")).send().await;
        assert!(matches!(reply.status, 200 | 400 | 404 | 413 | 422), "{query}: {}", reply.status);
        assert!(!reply.json().to_string().contains("DROP TABLE ver;--\",\"details"), "{query}");
    }
    for query in ["name=%", "name=%zz", "name=%ff%fe"] {
        let reply = w.get(&format!("/fhir/Patient?{query}")).send().await;
        assert!(matches!(reply.status, 400 | 422), "{query}: {}", reply.status);
    }
    let long = w.get(&format!("/fhir/Patient?name={}", "a".repeat(20_000))).send().await;
    assert_eq!((long.status, long.issues()), (414, vec!["uri-too-long".to_string()]));
}
