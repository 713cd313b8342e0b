//! What apps find out before they ask for anything.

use super::*;

#[tokio::test]
async fn the_capability_statement_says_where_tokens_come_from() {
    let s = stage().await;
    let statement = value(&s.w.ask("GET", "/t/alpha/fhir/metadata").send().await);
    let security = &statement["rest"][0]["security"];
    assert_eq!(security["service"][0]["coding"][0]["code"], "SMART-on-FHIR");
    let uris = security["extension"][0]["extension"].as_array().unwrap();
    let uri = |name: &str| uris.iter().find(|u| u["url"] == name).map(|u| u["valueUri"].clone());
    assert_eq!(uri("token"), Some(json!(format!("{BASE}/auth/token"))));
    assert_eq!(uri("authorize"), Some(json!(format!("{BASE}/auth/authorize"))));
    let root = value(&s.w.ask("GET", "/fhir/metadata").send().await);
    let uris = &root["rest"][0]["security"]["extension"][0]["extension"];
    assert_eq!(uris[1]["valueUri"], "http://hub.test/auth/token");
}

#[tokio::test]
async fn a_token_that_is_not_good_is_called_so() {
    let s = stage().await;
    let none = s.w.ask("GET", "/t/alpha/fhir/Patient/x").send().await;
    assert_eq!((none.status, none.header("www-authenticate")), (401, "Bearer realm=\"medhub\""));
    let bad = s.w.ask("GET", "/t/alpha/fhir/Patient/x").token("mh_x").send().await;
    assert_eq!(
        (bad.status, bad.header("www-authenticate")),
        (401, "Bearer realm=\"medhub\", error=\"invalid_token\"")
    );
}

#[tokio::test]
async fn any_browser_may_ask_where_no_cookie_counts() {
    let s = stage().await;
    let preflight = async |path: &str| {
        let ask = s.w.ask("OPTIONS", path).header("origin", "https://any.example");
        let reply = ask.header("access-control-request-method", "POST").send().await;
        assert_eq!(reply.header("access-control-allow-credentials"), "");
        reply.header("access-control-allow-origin").to_string()
    };
    for path in
        ["/t/alpha/auth/token", "/auth/introspect", "/auth/jwks", "/fhir/.well-known/smart-configuration"]
    {
        assert_eq!(preflight(path).await, "*", "{path}");
    }
    for path in [
        "/auth/authorize",
        "/auth/logout",
        "/auth/register",
        "/api/v1/me",
        "/t/alpha/fhir/Patient",
        "/scim/v2/Users",
    ] {
        assert_eq!(preflight(path).await, "", "{path}");
    }
    let document = value(&s.w.ask("GET", "/t/alpha/.well-known/openid-configuration").send().await);
    assert_eq!(document["id_token_signing_alg_values_supported"], json!(["RS256", "ES256"]));
    let style = s.w.ask("GET", "/t/alpha/.well-known/smart-style.json").send().await;
    assert!(value(&style)["color_text"].as_str().unwrap().starts_with('#'));
}
