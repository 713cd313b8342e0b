//! Operations of the FHIR interface itself: `$everything`, `$meta`, `$run` of a view.

use crate::kit::{Reply, World, world, world_with};
use edge::Config;
use fhir::Json;
use std::time::Duration;
use store::{Purpose, Role};

async fn put(w: &World, place: &str, more: &str) {
    let (rt, id) = place.split_once('/').unwrap();
    let body = format!(r#"{{"resourceType":"{rt}","id":"{id}"{more}}}"#);
    let reply = w.ask("PUT", &format!("/fhir/{place}")).token(&w.admin).json(&body).send().await;
    let reply = match reply.status {
        403 => w.put(&format!("/fhir/{place}"), &body).send().await,
        _ => reply,
    };
    assert!(matches!(reply.status, 200 | 201), "{place}: {}", String::from_utf8_lossy(&reply.body));
}

fn observation(patient: &str, date: &str, value: &str) -> String {
    format!(
        r#","status":"final","code":{{"text":"x"}},"subject":{{"reference":"Patient/{patient}"}},"encounter":{{"reference":"Encounter/e"}},
        "performer":[{{"reference":"Practitioner/p"}}],"effectiveDateTime":"{date}","valueQuantity":{{"value":{value}}}"#
    )
}

async fn clinic() -> World {
    let w = world().await;
    fill(&w).await;
    w
}

async fn fill(w: &World) {
    put(w, "Practitioner/p", r#","name":[{"family":"P"}]"#).await;
    w.patient("a", r#","gender":"female","name":[{"family":"A","given":["X","Y"]}]"#).await;
    w.patient("b", r#","gender":"male""#).await;
    let class = r#""class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IMP"}"#;
    put(w, "Encounter/e", &format!(r#","status":"finished",{class},"subject":{{"reference":"Patient/a"}}"#))
        .await;
    put(w, "Observation/o1", &observation("a", "2026-01-10", "1.10")).await;
    put(w, "Observation/o2", &observation("a", "2026-02-10", "2.0")).await;
    put(w, "Observation/o3", &observation("b", "2026-02-11", "3")).await;
}

fn all(reply: &Reply) -> Vec<String> {
    let mut ids = reply.entries("match");
    ids.sort();
    ids
}

#[tokio::test]
async fn everything_of_a_patient() {
    let w = clinic().await;
    let page = w.get("/fhir/Patient/a/$everything").send().await;
    assert_eq!(page.status, 200, "{}", String::from_utf8_lossy(&page.body));
    assert_eq!(
        (all(&page), page.entries("include")),
        (vec!["a".into(), "e".into(), "o1".into(), "o2".into()], vec!["p".to_string()])
    );
    let some =
        w.get("/fhir/Patient/a/$everything?_type=Observation&start=2026-02&end=2026-03-01").send().await;
    assert_eq!((all(&some), some.entries("include").len()), (vec!["o2".to_string()], 0));
    let late = w.get("/fhir/Patient/a/$everything?_since=2100-01-01T00:00:00Z").send().await;
    assert!(all(&late).is_empty());
    let asked = r#"{"resourceType":"Parameters","parameter":[{"name":"_type","valueCode":"Encounter"},{"name":"_count","valueInteger":5}]}"#;
    assert_eq!(all(&w.post("/fhir/Patient/a/$everything", asked).send().await), ["e"]);
}

#[tokio::test]
async fn everything_comes_page_by_page() {
    let w = clinic().await;
    let (mut path, mut found) = ("/fhir/Patient/a/$everything?_count=1".to_string(), Vec::new());
    for _ in 0..10 {
        let page = w.get(&path).send().await;
        assert_eq!(page.status, 200, "{path}");
        found.extend(all(&page));
        let json = page.json();
        let next = json.each("link").find(|link| link.get_str("relation") == Some("next"));
        match next.and_then(|link| link.get_str("url")) {
            Some(url) => path = url.trim_start_matches("http://hub.test").to_string(),
            None => break,
        }
        assert!(path.starts_with("/fhir/Patient/a/$everything?"), "{path}");
    }
    found.sort();
    assert_eq!(found, ["a", "e", "o1", "o2"]);
}

#[tokio::test]
async fn everything_of_an_encounter_and_of_nobody() {
    let w = clinic().await;
    let page = w.get("/fhir/Encounter/e/$everything").send().await;
    assert_eq!(all(&page), ["e", "o1", "o2", "o3"]);
    let mut around = page.entries("include");
    around.sort();
    assert_eq!(around, ["a", "b", "p"]);
    for (path, status) in [
        ("/fhir/Patient/none/$everything", 404),
        ("/fhir/Patient/a/$everything?_type=Nothing", 400),
        ("/fhir/Patient/a/$everything?_since=x", 400),
        ("/fhir/Patient/a/$everything?_count=0", 400),
        ("/fhir/Patient/a/$everything?code=1", 400),
        ("/fhir/Observation/o1/$everything", 404),
        ("/t/beta/fhir/Patient/a/$everything", 404),
    ] {
        assert_eq!(w.get(path).send().await.status, status, "{path}");
    }
    assert_eq!(w.delete("/fhir/Patient/a/$everything").send().await.header("allow"), "GET, HEAD, POST");
    assert_eq!(w.post("/fhir/Patient/a/$everything", "{}").send().await.status, 400);
    let other = w.ask("GET", "/fhir/Patient/a/$everything").token(&w.auditor).send().await;
    assert_eq!(other.status, 403);
    w.delete("/fhir/Patient/b").send().await;
    assert_eq!(w.get("/fhir/Patient/b/$everything").send().await.status, 410);
}

fn labels(meta: &str) -> String {
    format!(r#"{{"resourceType":"Parameters","parameter":[{{"name":"meta","valueMeta":{meta}}}]}}"#)
}

#[tokio::test]
async fn labels_are_put_on_and_taken_off() {
    let w = clinic().await;
    let tag = labels(r#"{"tag":[{"system":"http://x","code":"t","display":"T"}]}"#);
    let on = w.post("/fhir/Patient/a/$meta-add", &tag).send().await;
    assert_eq!((on.status, on.header("etag")), (200, "W/\"2\""), "{}", String::from_utf8_lossy(&on.body));
    // What is so already makes no version.
    assert_eq!(w.post("/fhir/Patient/a/$meta-add", &tag).send().await.header("etag"), "W/\"2\"");
    let told = w.get("/fhir/Patient/a/$meta").send().await;
    let json = told.json();
    let meta = json.each("parameter").next().and_then(|p| p.get("valueMeta")).unwrap();
    assert_eq!(meta.each("tag").next().and_then(|tag| tag.get_str("code")), Some("t"));
    assert_eq!(meta.get_str("versionId"), Some("2"));
    let off = w
        .post("/fhir/Patient/a/$meta-delete", &labels(r#"{"tag":[{"system":"http://x","code":"t"}]}"#))
        .send()
        .await;
    assert_eq!((off.status, off.header("etag")), (200, "W/\"3\""));
    assert!(!String::from_utf8_lossy(&off.body).contains("http://x"));
    for (body, status) in [
        ("{}", 400),
        (r#"{"resourceType":"Parameters"}"#, 400),
        (r#"{"resourceType":"Parameters","parameter":[{"name":"meta","valueString":"x"}]}"#, 400),
        (r#"{"resourceType":"Parameters","parameter":[{"name":"other","valueMeta":{}}]}"#, 400),
        (&labels(r#"{"tag":[{"system":7}]}"#), 422),
    ] {
        let failed = w.post("/fhir/Patient/a/$meta-add", body).send().await;
        assert!(failed.status == status || failed.status == 400, "{body}: {}", failed.status);
    }
    assert_eq!(w.post("/fhir/Patient/none/$meta-add", &tag).send().await.status, 404);
    assert_eq!(
        w.ask("POST", "/fhir/Patient/a/$meta-add").token(&w.auditor).json(&tag).send().await.status,
        403
    );
    assert_eq!(w.get("/fhir/Patient/a/$meta-add").send().await.header("allow"), "POST");
}

#[tokio::test]
async fn the_newest_of_each_code() {
    let w = clinic().await;
    put(&w, "Observation/o4", &observation("a", "2026-01-20", "4").replace("\"x\"", "\"y\"")).await;
    let of = |query: &'static str| w.get(query).send();
    assert_eq!(all(&of("/fhir/Observation/$lastn?patient=a").await), ["o2", "o4"]);
    assert_eq!(all(&of("/fhir/Observation/$lastn?patient=a&max=2").await), ["o1", "o2", "o4"]);
    assert_eq!(all(&of("/fhir/Observation/$lastn?patient=a&date=lt2026-01-15").await), ["o1"]);
    for query in ["?code=x", "?patient=a&max=0", "?patient=a&_sort=date", "?patient=a&nothing=1"] {
        assert_eq!(w.get(&format!("/fhir/Observation/$lastn{query}")).send().await.status, 400, "{query}");
    }
}

const VIEW: &str = r#"{"resourceType":"ViewDefinition","resource":"Observation","select":[{"column":[
    {"name":"id","path":"getResourceKey()"},{"name":"who","path":"subject.getReferenceKey(Patient)"},{"name":"value","path":"value.ofType(Quantity).value"}]}]}"#;

fn run(view: &str, more: &str) -> String {
    format!(
        r#"{{"resourceType":"Parameters","parameter":[{{"name":"viewResource","resource":{view}}}{more}]}}"#
    )
}

fn parameter(json: &str) -> String {
    format!(",{{{json}}}")
}

async fn csv(w: &World, more: &[&str]) -> Reply {
    let more: String = more.iter().map(|json| parameter(json)).collect();
    let format = parameter(r#""name":"_format","valueCode":"csv""#);
    w.post("/fhir/ViewDefinition/$run", &run(VIEW, &(format + &more))).send().await
}

fn lines(reply: &Reply) -> Vec<String> {
    let mut lines: Vec<String> = String::from_utf8_lossy(&reply.body).lines().map(String::from).collect();
    lines.sort();
    lines
}

#[tokio::test]
async fn a_view_makes_rows_in_three_forms() {
    let w = clinic().await;
    let rows = csv(&w, &[]).await;
    assert_eq!(
        (rows.status, rows.header("content-type")),
        (200, "text/csv; charset=utf-8"),
        "{}",
        String::from_utf8_lossy(&rows.body)
    );
    assert_eq!(lines(&rows), ["id,who,value", "o1,a,1.10", "o2,a,2.0", "o3,b,3"]);
    assert_eq!(String::from_utf8_lossy(&rows.body).lines().next(), Some("id,who,value"));
    let bare = csv(&w, &[r#""name":"header","valueBoolean":false"#]).await;
    assert_eq!(lines(&bare).len(), 3);
    let ask = w.post("/fhir/$viewdefinition-run", &run(VIEW, ""));
    let ndjson = ask.header("accept", "application/x-ndjson").send().await;
    assert_eq!(lines(&ndjson)[0], r#"{"id":"o1","who":"a","value":1.10}"#);
    let json = w.post("/fhir/ViewDefinition/$run?_format=json", &run(VIEW, "")).send().await;
    assert_eq!(
        (json.header("content-type"), json.json().items().count()),
        ("application/json; charset=utf-8", 3)
    );
    assert_eq!(json.json().items().filter(|row| row.get_str("who") == Some("a")).count(), 2);
}

#[tokio::test]
async fn a_view_is_narrowed() {
    let w = clinic().await;
    let group = r#","type":"person","actual":true,"member":[{"entity":{"reference":"Patient/b"}},{"entity":{"reference":"Patient/a"},"inactive":true}]"#;
    put(&w, "Group/g", group).await;
    let patient = r#""name":"patient","valueReference":{"reference":"Patient/a"}"#;
    let group = r#""name":"group","valueReference":{"reference":"Group/g"}"#;
    assert_eq!(lines(&csv(&w, &[patient]).await)[1..], ["o1,a,1.10", "o2,a,2.0"]);
    assert_eq!(lines(&csv(&w, &[group]).await)[1..], ["o3,b,3"]);
    assert_eq!(lines(&csv(&w, &[group, patient]).await).len(), 4);
    assert_eq!(lines(&csv(&w, &[r#""name":"_limit","valueInteger":2"#]).await).len(), 3);
    assert_eq!(
        lines(&csv(&w, &[r#""name":"_since","valueInstant":"2100-01-01T00:00:00Z""#]).await),
        ["id,who,value"]
    );
    let given = r#""name":"resource","resource":{"resourceType":"Observation","id":"z","subject":{"reference":"Patient/q"}}"#;
    assert_eq!(lines(&csv(&w, &[given]).await), ["id,who,value", "z,q,"]);
}

#[tokio::test]
async fn nobody_sees_by_a_view_what_they_may_not_see() {
    let w = clinic().await;
    let ask =
        |token: &str| w.ask("POST", "/fhir/ViewDefinition/$run").token(token).json(&run(VIEW, "")).send();
    assert_eq!(ask(&w.auditor).await.status, 403);
    let beta = ask(&w.bruno).await;
    assert_eq!((beta.status, beta.body.len()), (200, 0));
    assert_eq!(w.ask("POST", "/fhir/ViewDefinition/$run").json(&run(VIEW, "")).send().await.status, 401);
}

#[tokio::test]
async fn what_is_wrong_with_a_run_is_told() {
    let w = clinic().await;
    let path = |path: &str| VIEW.replace("getResourceKey()", path);
    for (body, status, key, place) in [
        (
            r#"{"resourceType":"Parameters"}"#.to_string(),
            400,
            "view.resource-missing",
            "Parameters.parameter",
        ),
        (run("7", ""), 422, "view.missing", "Parameters.parameter[0].resource.resource"),
        (
            run(&VIEW.replace("\"Observation\"", "\"Nothing\""), ""),
            422,
            "view.resource",
            "Parameters.parameter[0].resource.resource",
        ),
        (
            run(&path("id.."), ""),
            422,
            "view.path",
            "Parameters.parameter[0].resource.select[0].column[0].path",
        ),
        (
            run(&path("code"), ""),
            422,
            "view.not-plain",
            "Parameters.parameter[0].resource.select[0].column[0].path",
        ),
        (
            run(&path("id | status"), ""),
            422,
            "view.several-values",
            "Parameters.parameter[0].resource.select[0].column[0].path",
        ),
        (
            run(VIEW, &parameter(r#""name":"_format","valueCode":"parquet""#)),
            400,
            "view.format",
            "Parameters.parameter[1]",
        ),
        (
            run(VIEW, &parameter(r#""name":"_limit","valueInteger":0"#)),
            400,
            "parameters.value",
            "Parameters.parameter[1]",
        ),
        (
            run(
                VIEW,
                &parameter(r#""name":"viewReference","valueReference":{"reference":"ViewDefinition/1"}"#),
            ),
            400,
            "view.parameter",
            "Parameters.parameter[1]",
        ),
        (
            run(VIEW, &parameter(r#""name":"patient","valueReference":{"reference":"Patient/none"}"#)),
            400,
            "view.not-found",
            "Parameters.parameter[1]",
        ),
    ] {
        let failed = w.post("/fhir/ViewDefinition/$run", &body).send().await;
        assert_eq!((failed.status, failed.issues()), (status, vec![key.to_string()]), "{body}");
        let json = failed.json();
        let found = json.each("issue").next().and_then(|issue| issue.each("expression").next());
        assert_eq!(found.and_then(Json::as_str), Some(place), "{body}");
    }
}

#[tokio::test]
async fn a_run_is_where_and_as_it_is_offered() {
    let w = world().await;
    let none =
        w.post("/fhir/ViewDefinition/$run", &run(VIEW, "")).header("accept", "application/xml").send().await;
    assert_eq!(none.status, 406);
    assert_eq!(w.get("/fhir/ViewDefinition/$run").send().await.header("allow"), "POST");
    assert_eq!(w.get("/fhir/ViewDefinition/1/$run").send().await.status, 404);
}

#[tokio::test]
async fn a_view_that_explodes_is_stopped_by_its_deadline() {
    let mut config = Config::default();
    config.limits.request_time = Duration::from_secs(2);
    let w = world_with(config, None).await;
    let names = vec![r#"{"given":["a","b","c","d","e","f","g","h"]}"#; 300].join(",");
    w.patient("a", &format!(r#","name":[{names}]"#)).await;
    let each = r#"{"forEach":"%resource.name.given","select":[{"forEach":"%resource.name.given","column":[{"name":"c","path":"%resource.name.given.where($this = 'x').count()"}]}]}"#;
    let view = format!(r#"{{"resourceType":"ViewDefinition","resource":"Patient","select":[{each}]}}"#);
    let stopped = w.post("/fhir/ViewDefinition/$run", &run(&view, "")).send().await;
    assert_eq!((stopped.status, stopped.issues()), (503, vec!["view.deadline".to_string()]));
    assert_eq!(stopped.header("retry-after"), "60");
}

#[tokio::test]
async fn a_long_answer_is_a_stream_that_is_whole() {
    let w = clinic().await;
    let wide = "x".repeat(3_000);
    let resources: Vec<String> = (0..1_500)
        .map(|n| parameter(&format!(r#""name":"resource","resource":{{"resourceType":"Patient","id":"p{n}","name":[{{"text":"{wide}"}}]}}"#)))
        .collect();
    let view = r#"{"resource":"Patient","select":[{"column":[{"name":"id","path":"id"},{"name":"text","path":"name.text"}]}]}"#;
    let body = run(view, &resources.concat());
    let rows = w.post("/fhir/ViewDefinition/$run?_format=json", &body).send().await;
    assert_eq!((rows.status, rows.header("content-length")), (200, ""));
    assert_eq!(rows.json().items().count(), 1_500);
}

#[tokio::test]
async fn the_capability_statement_tells_what_there_is() {
    let w = world().await;
    let reply = w.get("/fhir/metadata").send().await;
    let json = reply.json();
    let rest = json.each("rest").next().unwrap();
    let names = |json: &Json<'_>| -> Vec<String> {
        json.each("operation").filter_map(|o| o.get_str("name").map(String::from)).collect()
    };
    assert_eq!(names(rest), ["viewdefinition-run"]);
    assert_eq!(
        json.each("patchFormat").filter_map(Json::as_str).collect::<Vec<_>>(),
        ["application/fhir+json", "application/json-patch+json"]
    );
    let of = |rt: &str| rest.each("resource").find(|r| r.get_str("type") == Some(rt)).unwrap().clone();
    for name in ["everything", "meta", "meta-add", "meta-delete", "match"] {
        assert!(names(&of("Patient")).contains(&name.to_string()), "{name}");
    }
    assert_eq!(names(&of("AuditEvent")), ["meta"]);
    assert!(of("Patient").each("interaction").any(|i| i.get_str("code") == Some("patch")));
}

#[tokio::test]
async fn who_sees_a_part_neither_patches_it_nor_reads_the_rest_by_a_view() {
    let w = world().await;
    w.patient("a", "").await;
    w.hub.account_create("alpha", "sec", &[Role::Secretary], None).await.unwrap();
    let secretary = w.hub.token_issue("alpha", "sec", Purpose::Treatment, 3600).await.unwrap();
    let more = r#","status":"proposed","reasonCode":[{"text":"planted"}],"participant":[{"status":"accepted","actor":{"reference":"Patient/a"}}]"#;
    put(&w, "Appointment/x", more).await;
    let seen = w.ask("GET", "/fhir/Appointment/x").token(&secretary).send().await;
    let text = String::from_utf8_lossy(&seen.body).into_owned();
    assert!(seen.status == 200 && text.contains("SUBSETTED") && !text.contains("planted"), "{text}");
    let patch = r#"{"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"delete"},{"name":"path","valueString":"Appointment.meta.tag"}]}]}"#;
    for (method, path, body) in [
        ("PATCH", "/fhir/Appointment/x", patch.to_string()),
        ("POST", "/fhir/Appointment/x/$meta-add", labels(r#"{"tag":[{"system":"u","code":"t"}]}"#)),
    ] {
        let refused = w.ask(method, path).token(&secretary).json(&body).send().await;
        assert_eq!(
            (refused.status, refused.issues()),
            (403, vec!["update.partly-seen".to_string()]),
            "{path}"
        );
    }
    let view = r#"{"resource":"Appointment","select":[{"column":[{"name":"id","path":"id"},{"name":"why","path":"reasonCode.text"}]}]}"#;
    let ask =
        |token: &str| w.ask("POST", "/fhir/ViewDefinition/$run").token(token).json(&run(view, "")).send();
    assert_eq!(lines(&ask(&secretary).await), [r#"{"id":"x","why":null}"#]);
    assert_eq!(lines(&ask(&w.claire).await), [r#"{"id":"x","why":"planted"}"#]);
    let everything = w.ask("GET", "/fhir/Patient/a/$everything").token(&secretary).send().await;
    assert!(everything.status == 200 && !String::from_utf8_lossy(&everything.body).contains("planted"));
}
