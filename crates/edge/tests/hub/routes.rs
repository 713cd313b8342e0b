//! Every route attacked: without a token, with a wrong one, from another tenant, with the wrong role.

use crate::kit::{Reply, World, demo_world, world};

/// One request for each route of the edge; `{base}` is the FHIR base.
const ROUTES: [(&str, &str, &str); 36] = [
    ("GET", "{base}/Patient/secret", ""),
    ("HEAD", "{base}/Patient/secret", ""),
    ("GET", "{base}/Patient/secret/_history/1", ""),
    ("GET", "{base}/Patient/secret/_history", ""),
    ("GET", "{base}/Patient/_history", ""),
    ("GET", "{base}/_history", ""),
    ("GET", "{base}/Patient", ""),
    ("GET", "{base}/Patient?_id=secret", ""),
    ("GET", "{base}?_id=secret", ""),
    ("GET", "{base}/Patient/secret/Observation", ""),
    ("GET", "{base}/Patient/secret/*", ""),
    ("POST", "{base}/Patient/_search", "form"),
    ("POST", "{base}/_search", "form"),
    ("POST", "{base}/Patient/secret/Observation/_search", "form"),
    ("POST", "{base}/Patient", r#"{"resourceType":"Patient"}"#),
    ("PUT", "{base}/Patient/secret", r#"{"resourceType":"Patient","id":"secret"}"#),
    ("PUT", "{base}/Patient?_id=secret", r#"{"resourceType":"Patient"}"#),
    ("DELETE", "{base}/Patient/secret", ""),
    ("DELETE", "{base}/Patient?_id=secret", ""),
    (
        "POST",
        "{base}",
        r#"{"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"Patient/secret"}}]}"#,
    ),
    (
        "POST",
        "{base}",
        r#"{"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"DELETE","url":"Patient/secret"}}]}"#,
    ),
    ("PATCH", "{base}/Patient/secret", "[]"),
    ("PATCH", "{base}/Patient?_id=secret", r#"{"resourceType":"Parameters"}"#),
    ("PATCH", "{base}/Patient/secret", r#"{"resourceType":"Parameters"}"#),
    ("GET", "{base}/Patient/secret/$everything", ""),
    ("POST", "{base}/Patient/secret/$everything", r#"{"resourceType":"Parameters"}"#),
    ("GET", "{base}/Patient/secret/$meta", ""),
    ("POST", "{base}/Patient/secret/$meta-add", r#"{"resourceType":"Parameters"}"#),
    ("POST", "{base}/Patient/secret/$meta-delete", r#"{"resourceType":"Parameters"}"#),
    ("POST", "{base}/$viewdefinition-run", r#"{"resourceType":"Parameters"}"#),
    ("GET", "{base}/Nobody/1", ""),
    ("GET", "{base}/Patient/$everything", ""),
    ("GET", "/api/v1/me", ""),
    ("GET", "/api/v1/live", ""),
    ("GET", "/api/v1/admin/parked", ""),
    ("POST", "/api/v1/admin/parked/retry", r#"{"reaction":"records.patient-merge","vid":1}"#),
];

async fn ask(w: &World, base: &str, route: (&str, &str, &str), token: Option<&str>) -> Reply {
    let (method, path, body) = route;
    let mut ask = w.ask(method, &path.replace("{base}", base));
    ask = match body {
        "" => ask,
        "form" => {
            ask.header("content-type", "application/x-www-form-urlencoded").body(b"_id=secret".to_vec())
        }
        json => ask.json(json),
    };
    if let Some(token) = token {
        ask = ask.token(token);
    }
    ask.send().await
}

#[tokio::test]
async fn nobody_gets_in_without_a_token() {
    let w = world().await;
    w.patient("secret", "").await;
    for base in ["/fhir", "/t/alpha/fhir", "/t/beta/fhir", "/t/nobody/fhir"] {
        for route in ROUTES {
            for token in [None, Some("mh_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), Some("x y"), Some("")]
            {
                let reply = ask(&w, base, route, token).await;
                assert!(matches!(reply.status, 401 | 429), "{base} {route:?} {token:?}: {}", reply.status);
                if reply.status == 401 {
                    assert!(reply.header("www-authenticate").starts_with("Bearer"));
                }
            }
        }
    }
    assert_eq!(w.get("/fhir/Patient/secret").from([192, 0, 2, 77]).send().await.header("etag"), "W/\"1\"");
}

#[tokio::test]
async fn another_tenant_sees_nothing_and_changes_nothing() {
    let w = world().await;
    w.patient("secret", r#","birthDate":"1961-03-12""#).await;
    let mut answers = Vec::new();
    for base in ["/t/alpha/fhir", "/t/nobody/fhir"] {
        let mut seen = Vec::new();
        for route in ROUTES.iter().filter(|(_, path, _)| path.starts_with("{base}")) {
            let reply = ask(&w, base, *route, Some(&w.bruno)).await;
            assert_eq!(reply.status, 404, "{base} {route:?}");
            let mut text = String::from_utf8_lossy(&reply.body).to_string();
            assert!(!text.contains("1961"), "{route:?}");
            if !text.is_empty() {
                text = text.replace(&reply.id(), "");
            }
            seen.push(text);
        }
        answers.push(seen);
    }
    // A tenant that exists answers exactly like one that does not.
    assert_eq!(answers[0], answers[1]);
    // In the own tenant the other's resource does not exist, by whichever way.
    for route in ROUTES.iter().filter(|(method, path, _)| *method == "GET" && path.starts_with("{base}")) {
        let reply = ask(&w, "/fhir", *route, Some(&w.bruno)).await;
        assert!(!String::from_utf8_lossy(&reply.body).contains("1961"), "{route:?}");
    }
    let read = w.get("/fhir/Patient/secret").send().await;
    assert_eq!((read.status, read.header("etag")), (200, "W/\"1\""));
}

#[tokio::test]
async fn a_host_name_is_one_tenants() {
    let w = world().await;
    w.patient("secret", "").await;
    let ask = |token: &str| {
        let peer = edge::Peer { address: [127, 0, 0, 1].into(), tls: false };
        let request = http::Request::builder()
            .uri("/fhir/Patient/secret")
            .header("host", "alpha.example:8080")
            .header("authorization", format!("Bearer {token}"))
            .body(axum::body::Body::empty())
            .unwrap();
        let app = w.app.clone();
        async move { app.handle(request, peer).await.status().as_u16() }
    };
    assert_eq!(ask(&w.claire).await, 200);
    assert_eq!(ask(&w.bruno).await, 404);
}

#[tokio::test]
async fn roles_are_held_to_what_they_may() {
    let w = world().await;
    w.patient("secret", "").await;
    let auditor = |method: &str, path: &str| w.ask(method, path).token(&w.auditor);
    assert_eq!(auditor("GET", "/fhir/Patient/secret").send().await.status, 403);
    assert_eq!(auditor("GET", "/fhir/Patient").send().await.status, 403);
    assert_eq!(auditor("DELETE", "/fhir/Patient/secret").send().await.status, 403);
    assert_eq!(auditor("GET", "/fhir/Patient/secret/_history").send().await.status, 403);
    assert_eq!(auditor("GET", "/api/v1/admin/parked").send().await.status, 403);
    assert_eq!(auditor("GET", "/fhir/AuditEvent").send().await.status, 200);
    assert_eq!(w.get("/fhir/AuditEvent").send().await.status, 403);
    assert_eq!(w.get("/api/v1/admin/parked").send().await.status, 403);
    let parked = w.ask("GET", "/api/v1/admin/parked/").token(&w.admin).send().await;
    assert_eq!((parked.status, parked.json().each("rows").count()), (200, 0));
    let event = r#"{"resourceType":"AuditEvent"}"#;
    let forged = w.ask("POST", "/fhir/AuditEvent").token(&w.admin).json(event).send().await;
    assert!(matches!(forged.status, 403 | 405 | 422), "{}", forged.status);
}

#[tokio::test]
async fn a_disabled_account_and_a_suspended_tenant_are_shut_out() {
    let w = world().await;
    assert_eq!(w.get("/fhir/Patient/x").send().await.status, 404);
    w.hub.account_disable("alpha", "claire").await.unwrap();
    assert_eq!(w.get("/fhir/Patient/x").send().await.status, 401);
    assert_eq!(w.ask("GET", "/fhir/Patient/x").token(&w.admin).send().await.status, 404);
    w.hub.tenant_suspend("alpha", true).await.unwrap();
    let shut = w.ask("GET", "/fhir/Patient/x").token(&w.admin).send().await;
    assert!(matches!(shut.status, 401 | 403), "{}", shut.status);
    assert_eq!(w.ask("GET", "/fhir/Patient/x").token(&w.bruno).send().await.status, 404);
}

#[tokio::test]
async fn the_api_is_described_and_every_verb_of_it_guarded() {
    let w = demo_world().await;
    let reply = w.ask("GET", "/api/v1/openapi.json").send().await;
    assert_eq!(reply.status, 200);
    let (json, mut guarded) = (reply.json(), 0);
    for (path, item) in json.get("paths").unwrap().as_object().unwrap().iter() {
        for (method, operation) in item.as_object().unwrap().iter() {
            let method = method.to_uppercase();
            let path = filled(path);
            let reply = w.ask(&method, &path).json("{}").send().await;
            let problem = reply.header("content-type") == "application/problem+json";
            let code = if problem { reply.json().get_str("code").map(String::from) } else { None };
            // Who guesses a secret address without signing in learns nothing, not even that it is one.
            let secret = operation.get("security").is_none() && path.contains("secret");
            assert!(secret || code.as_deref() != Some("not-found"), "{method} {path}");
            assert_ne!(reply.status, 405, "{method} {path}");
            if operation.get("security").is_some() {
                guarded += 1;
                assert_eq!(reply.status, 401, "{method} {path}");
            }
        }
    }
    assert!(guarded > 40, "{guarded}");
}

/// A path of the description with something in each of its holes.
fn filled(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "secret" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn the_verbs_of_a_service_are_served_to_its_tenant() {
    let w = world().await;
    w.patient("secret", "").await;
    let asked = w.get("/api/v1/echo/secret/?louder=1").send().await;
    assert_eq!((asked.status, asked.id()), (202, "secret".to_string()));
    let other = w.ask("GET", "/api/v1/echo/secret").token(&w.bruno).send().await;
    assert_eq!((other.status, other.header("content-type")), (404, "application/problem+json"));
    assert_eq!(w.ask("GET", "/api/v1/echo/secret").token(&w.auditor).send().await.status, 403);
    assert_eq!(w.ask("DELETE", "/api/v1/echo/secret").token(&w.claire).send().await.status, 405);
}

#[tokio::test]
async fn the_sample_accounts_exist_only_with_the_sample_clinic() {
    let w = world().await;
    assert_eq!(w.ask("GET", "/api/v1/demo/accounts").send().await.status, 404);
    let login =
        w.ask("POST", "/api/v1/demo/login").header("x-medhub", "1").json(r#"{"user":"claire"}"#).send().await;
    assert_eq!(login.status, 404);
    let w = demo_world().await;
    let list = w.ask("GET", "/api/v1/demo/accounts").send().await;
    assert_eq!((list.status, list.json().each("accounts").count()), (200, 1));
}
