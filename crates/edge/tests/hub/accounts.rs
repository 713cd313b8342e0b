//! Sign-in of the web app, its files, health.

use crate::kit::{Reply, World, demo_world, world};

fn cookie(reply: &Reply) -> String {
    let set = reply.header("set-cookie");
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict") && set.contains("Path=/"), "{set}");
    set.split(';').next().unwrap().to_string()
}

async fn signed_in(w: &World) -> String {
    let body = format!(r#"{{"token":"{}"}}"#, w.claire);
    let ask = w.ask("POST", "/api/v1/auth/token-session").header("x-medhub", "1").json(&body);
    let reply = ask.send().await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    assert_eq!(reply.json().get_str("tenant"), Some("alpha"));
    cookie(&reply)
}

#[tokio::test]
async fn a_token_becomes_a_session_that_ends() {
    let w = world().await;
    let cookie = signed_in(&w).await;
    assert!(cookie.starts_with("medhub_session=") && !cookie.contains(&w.claire));
    let me = w.ask("GET", "/api/v1/me").header("cookie", &cookie).send().await;
    assert_eq!(me.json().get_str("user"), Some("claire"));
    assert_eq!(me.json().get_str("tenant_title"), Some("ALPHA"));
    assert_eq!(w.ask("GET", "/fhir/Patient/x").header("cookie", &cookie).send().await.status, 404);
    let out =
        w.ask("POST", "/api/v1/auth/logout").header("cookie", &cookie).header("x-medhub", "1").send().await;
    assert_eq!(out.status, 204);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    let over = w.ask("GET", "/api/v1/me").header("cookie", &cookie).send().await;
    assert_eq!((over.status, over.header("content-type")), (401, "application/problem+json"));
    assert_eq!(over.json().get_str("code"), Some("auth.login"));
}

#[tokio::test]
async fn other_sites_cannot_use_the_session() {
    let w = world().await;
    let cookie = signed_in(&w).await;
    let write =
        || w.ask("POST", "/fhir/Patient").header("cookie", &cookie).json(r#"{"resourceType":"Patient"}"#);
    assert_eq!(write().send().await.status, 403);
    assert_eq!(
        write().header("x-medhub", "1").header("sec-fetch-site", "cross-site").send().await.status,
        403
    );
    assert_eq!(
        write().header("x-medhub", "1").header("sec-fetch-site", "same-site").send().await.status,
        403
    );
    assert_eq!(
        write().header("x-medhub", "1").header("sec-fetch-site", "same-origin").send().await.status,
        201
    );
    let read = w.ask("GET", "/fhir/Patient").header("cookie", &cookie).header("sec-fetch-site", "cross-site");
    assert_eq!(read.send().await.status, 403);
    let body = format!(r#"{{"token":"{}"}}"#, w.claire);
    assert_eq!(w.ask("POST", "/api/v1/auth/token-session").json(&body).send().await.status, 403);
    let wrong =
        w.ask("POST", "/api/v1/auth/token-session").header("x-medhub", "1").json(r#"{"token":"mh_x"}"#);
    assert_eq!(wrong.send().await.status, 401);
    let none = w.ask("POST", "/api/v1/auth/token-session").header("x-medhub", "1").json("{}").send().await;
    assert_eq!((none.status, none.json().get_str("code").map(String::from)), (400, Some("bad-json".into())));
}

#[tokio::test]
async fn the_sample_clinic_lets_its_people_in() {
    let w = demo_world().await;
    let login = |user: &str| {
        let body = format!(r#"{{"user":"{user}"}}"#);
        w.ask("POST", "/api/v1/demo/login").header("x-medhub", "1").json(&body).send()
    };
    let reply = login("claire").await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json().get_str("name"), Some("Dr Claire EXEMPLE"));
    let me = w.ask("GET", "/api/v1/me/").header("cookie", &cookie(&reply)).send().await;
    assert_eq!(me.status, 200);
    // Accounts that are not listed cannot be entered, though they exist.
    assert_eq!(login("admin").await.status, 401);
    assert_eq!(login("bruno").await.status, 401);
}

#[tokio::test]
async fn the_web_app_is_served_with_a_strict_policy() {
    let w = world().await;
    let page = w.ask("GET", "/").send().await;
    assert_eq!((page.status, page.header("cache-control")), (200, "no-cache"));
    assert!(page.header("content-security-policy").starts_with("default-src 'none'; script-src 'self'"));
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert_eq!(w.ask("GET", "/patients/42").send().await.body, page.body);
    let script = w.ask("GET", "/assets/app-1.js").send().await;
    assert_eq!(script.header("cache-control"), "public, max-age=31536000, immutable");
    let known = w.ask("GET", "/").header("if-none-match", page.header("etag")).send().await;
    assert_eq!((known.status, known.body.len()), (304, 0));
    assert_eq!(w.ask("GET", "/assets/none.js").send().await.status, 404);
    assert_eq!(w.ask("POST", "/").send().await.status, 405);
    assert_eq!(w.ask("GET", "/api/v1/none").send().await.status, 404);
    assert_eq!(w.ask("GET", "/api/v1/version").send().await.status, 200);
}

#[tokio::test]
async fn health_tells_whether_it_can_serve() {
    let w = world().await;
    assert_eq!(w.ask("GET", "/livez").send().await.status, 200);
    w.patient("a", "").await;
    for path in ["/readyz", "/health/", "/health"] {
        let ready = w.ask("GET", path).send().await;
        assert_eq!(ready.status, 200, "{}", String::from_utf8_lossy(&ready.body));
        assert_eq!(ready.json().get("checks").and_then(|c| c.get_str("audit")), Some("ok"));
    }
}

fn preflight(w: &World) -> crate::kit::Ask<'_> {
    let ask = w.ask("OPTIONS", "/fhir/Patient").header("origin", "https://app.example");
    ask.header("access-control-request-method", "PUT")
}

#[tokio::test]
async fn other_origins_are_told_only_when_listed() {
    let w = world().await;
    let closed = preflight(&w).send().await;
    assert_eq!((closed.status, closed.header("access-control-allow-origin")), (204, ""));
    let config = edge::Config { cors_origins: vec!["https://app.example".into()], ..edge::Config::default() };
    let w = crate::kit::world_with(config, None).await;
    let open = preflight(&w).send().await;
    assert_eq!(open.header("access-control-allow-origin"), "https://app.example");
    let read = w.get("/fhir/Patient/x").header("origin", "https://app.example").send().await;
    assert_eq!(read.header("access-control-allow-origin"), "https://app.example");
    assert_eq!(read.header("access-control-allow-credentials"), "");
    let other = w.get("/fhir/Patient/x").header("origin", "https://evil.example").send().await;
    assert_eq!(other.header("access-control-allow-origin"), "");
}
