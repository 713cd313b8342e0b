//! What must not work.

use super::*;

#[tokio::test]
async fn nothing_is_sent_to_an_address_that_is_not_the_clients() {
    let s = stage().await;
    let client = s.public_client().await;
    for back in [
        "https://evil.example/",
        "https://app.example/back/",
        "https://app.example/back?x",
        "",
        "//evil.example",
        "javascript:alert(1)",
    ] {
        let reply = s.authorize(&client, &[("redirect_uri", back)]).await;
        assert_eq!(reply.status, 400, "{back}");
        assert_eq!(reply.header("location"), "");
        assert!(reply.header("content-type").starts_with("text/html"));
        assert!(reply.header("content-security-policy").contains("default-src 'none'"));
        let page = text(&reply);
        assert!(page.contains("adresse qui n'est pas enregistrée") && !page.contains("evil"), "{page}");
    }
    let unknown = s.authorize("nobody", &[("redirect_uri", "https://evil.example/")]).await;
    assert_eq!((unknown.status, unknown.header("location")), (400, ""));
    let query = format!("client_id={client}&client_id=x&redirect_uri={BACK}");
    let twice =
        s.w.ask("GET", &format!("/t/alpha/auth/authorize?{query}"))
            .header("accept-language", "de")
            .send()
            .await;
    assert_eq!(twice.status, 400);
    assert!(text(&twice).contains("Verbindung abgelehnt"));
}

#[tokio::test]
async fn requests_that_are_not_safe_go_back_with_an_error() {
    let s = stage().await;
    let client = s.public_client().await;
    let evil = [
        ("code_challenge", "", "invalid_request"),
        ("code_challenge", "short", "invalid_request"),
        ("code_challenge_method", "", "invalid_request"),
        ("code_challenge_method", "plain", "invalid_request"),
        ("response_type", "token", "unsupported_response_type"),
        ("response_type", "", "invalid_request"),
        ("response_mode", "fragment", "invalid_request"),
        ("aud", "", "invalid_request"),
        ("aud", "https://evil.example/fhir", "invalid_request"),
        ("aud", "http://hub.test/t/beta/fhir", "invalid_request"),
        ("scope", "", "invalid_scope"),
        ("scope", "system/*.cruds scim", "invalid_scope"),
        ("request", "eyJ", "request_not_supported"),
        ("request_uri", "https://evil.example/", "request_uri_not_supported"),
    ];
    for (name, value, wanted) in evil {
        let reply = s.authorize(&client, &[(name, value)]).await;
        let to = reply.header("location");
        assert_eq!(reply.status, 303, "{name}={value}");
        assert!(to.starts_with(BACK), "{to}");
        assert_eq!(param(to, "error").as_deref(), Some(wanted), "{name}={value}: {to}");
        assert_eq!(param(to, "state").as_deref(), Some("s-1"));
        assert_eq!(param(to, "code"), None);
    }
}

#[tokio::test]
async fn a_code_is_sold_once_and_to_its_buyer() {
    let s = stage().await;
    let (client, other) = (s.public_client().await, s.public_client().await);
    let wrong = async |name: &'static str, value: &str| {
        let code = s.code(&client, &[]).await;
        let mut form = sale(&client, &code);
        form.retain(|(n, _)| *n != name);
        form.push((name, value));
        let refused = s.post("/auth/token", &form, None).await;
        let again = s.sell(&client, &code).await;
        (error(&refused), error(&again))
    };
    let burnt = ("invalid_grant".to_string(), "invalid_grant".to_string());
    assert_eq!(wrong("code_verifier", &"x".repeat(43)).await, burnt);
    assert_eq!(wrong("code_verifier", CHALLENGE).await, burnt);
    assert_eq!(wrong("redirect_uri", "https://app.example/other").await, burnt);
    assert_eq!(wrong("client_id", &other).await, burnt);
    // A code that comes twice ends what it bought.
    let code = s.code(&client, &[]).await;
    let got = value(&s.sell(&client, &code).await);
    let token = got["access_token"].as_str().unwrap();
    assert_eq!(s.read(token).await, 200);
    assert_eq!(error(&s.sell(&client, &code).await), "invalid_grant");
    s.clock.advance(Duration::from_secs(2));
    assert_eq!(s.read(token).await, 401);
    // A code is good for a minute.
    let code = s.code(&client, &[]).await;
    s.clock.advance(Duration::from_secs(61));
    assert_eq!(error(&s.sell(&client, &code).await), "invalid_grant");
}

#[tokio::test]
async fn another_tenant_sells_nothing_of_this_one() {
    let s = stage().await;
    let client = s.public_client().await;
    let code = s.code(&client, &[]).await;
    let form = encoded(&sale(&client, &code)).into_bytes();
    let ask =
        s.w.ask("POST", "/t/beta/auth/token").header("content-type", "application/x-www-form-urlencoded");
    let reply = ask.body(form).send().await;
    assert_eq!((reply.status, error(&reply)), (401, "invalid_client".into()));
    let got = value(&s.sell(&client, &code).await);
    let token = got["access_token"].as_str().unwrap();
    assert_eq!(s.w.ask("GET", "/t/beta/fhir/Patient/ada").token(token).send().await.status, 404);
    assert_eq!(s.w.ask("GET", "/t/beta/auth/userinfo").token(token).send().await.status, 404);
    let ticket = s.ticket(&client, &[]).await;
    let (bruno, _) = session(&s.w, "beta", "bruno").await;
    let ask = s.w.ask("GET", &format!("/api/v1/oauth/requests/{ticket}")).header("cookie", &bruno);
    assert_eq!(ask.send().await.status, 404);
}

#[tokio::test]
async fn clients_prove_who_they_are() {
    let s = stage().await;
    let made = s.client(json!({"auth": "client_secret_basic"})).await;
    let (client, secret) = (made["id"].as_str().unwrap(), made["secret"].as_str().unwrap());
    let code = s.code(client, &[]).await;
    let form = sale(client, &code);
    let unknown = basic("nobody", secret);
    for proof in
        [None, Some(basic(client, "wrong")), Some(basic(client, "")), Some(unknown), Some("Basic %%%".into())]
    {
        let reply = s.post("/auth/token", &form, proof.as_deref()).await;
        assert_eq!((reply.status, error(&reply)), (401, "invalid_client".into()), "{proof:?}");
        assert!(reply.header("www-authenticate").starts_with("Basic"));
    }
    let mut in_form = form.clone();
    in_form.push(("client_secret", secret));
    assert_eq!(error(&s.post("/auth/token", &in_form, None).await), "invalid_request");
    // None of this used up the code.
    assert_eq!(s.post("/auth/token", &form, Some(&basic(client, secret))).await.status, 200);
    let new =
        s.w.ask("POST", &format!("/api/v1/oauth/clients/{client}/secret")).token(&s.w.admin).send().await;
    let new = value(&new)["secret"].as_str().unwrap().to_string();
    let form = [("grant_type", "refresh_token"), ("refresh_token", "mh_x")];
    assert_eq!(error(&s.post("/auth/token", &form, Some(&basic(client, secret))).await), "invalid_client");
    assert_eq!(error(&s.post("/auth/token", &form, Some(&basic(client, &new))).await), "invalid_grant");
}

#[tokio::test]
async fn refusing_and_granting_less() {
    let s = stage().await;
    let client = s.public_client().await;
    let ticket = s.ticket(&client, &[]).await;
    let to = value(&s.decide(&ticket, json!({"allow": false})).await);
    let to = to["redirect"].as_str().unwrap();
    assert_eq!(param(to, "error").as_deref(), Some("access_denied"));
    assert_eq!(s.decide(&ticket, json!({"allow": true})).await.status, 404);
    // More than was asked is never granted; a record that the person cannot read is not launched.
    let ticket = s.ticket(&client, &[("scope", "openid offline_access")]).await;
    let decision = json!({"allow": true, "scopes": ["openid", "user/*.cruds"]});
    let to = value(&s.decide(&ticket, decision).await);
    let code = param(to["redirect"].as_str().unwrap(), "code").unwrap();
    let got = value(&s.sell(&client, &code).await);
    assert_eq!(got["scope"], "openid");
    let ticket = s.ticket(&client, &[]).await;
    assert_eq!(s.decide(&ticket, json!({"allow": true, "patient": "nobody"})).await.status, 404);
    s.clock.advance(Duration::from_secs(601));
    assert_eq!(s.decide(&ticket, json!({"allow": true, "patient": "ada"})).await.status, 404);
}

#[tokio::test]
async fn an_apps_token_administers_nothing() {
    let s = stage().await;
    let client = s.public_client().await;
    let cookie = session(&s.w, "alpha", "admin").await.0;
    let s = Stage { cookie, ..s };
    let got = s.tokens(&client, &[("scope", "openid user/*.cruds")]).await;
    let token = got["access_token"].as_str().unwrap();
    for (method, path, body) in [
        ("GET", "/api/v1/oauth/clients", ""),
        ("POST", "/api/v1/oauth/clients", "{}"),
        ("GET", "/api/v1/account/apps", ""),
        ("POST", "/api/v1/oauth/registration-tokens", "{}"),
    ] {
        let reply = s.w.ask(method, path).token(token).json(body).send().await;
        assert_eq!(reply.status, 403, "{method} {path}");
    }
    let registered = s.w.ask("POST", "/t/alpha/auth/register").token(token).json("{}").send().await;
    assert_eq!(registered.status, 401);
    // Nor does it become a session of our own page, with a factor given just now.
    let body = format!(r#"{{"token":"{token}"}}"#);
    let session =
        s.w.ask("POST", "/api/v1/auth/token-session").header("x-medhub", "1").json(&body).send().await;
    assert_eq!((session.status, session.header("set-cookie")), (401, ""));
    let ticket = s.ticket(&client, &[]).await;
    let path = format!("/api/v1/oauth/requests/{ticket}");
    assert_eq!(s.w.ask("POST", &path).token(token).json(r#"{"allow":true}"#).send().await.status, 403);
}

#[tokio::test]
async fn an_app_that_is_switched_off_or_removed_is_out() {
    let s = stage().await;
    let made = s.client(json!({})).await;
    let client = made["id"].as_str().unwrap();
    let got = s.tokens(client, &[]).await;
    let mut told = made.clone();
    for name in ["id", "secret", "created", "by"] {
        told.as_object_mut().unwrap().remove(name);
    }
    told["disabled"] = true.into();
    let path = format!("/api/v1/oauth/clients/{client}");
    let off = s.w.ask("PUT", &path).token(&s.w.admin).json(&told.to_string()).send().await;
    assert_eq!(off.status, 200, "{}", text(&off));
    s.clock.advance(Duration::from_secs(2));
    assert_eq!(s.read(got["access_token"].as_str().unwrap()).await, 401);
    assert_eq!(error(&s.refresh(client, got["refresh_token"].as_str().unwrap()).await), "invalid_client");
    assert_eq!(s.authorize(client, &[]).await.status, 400);
    assert_eq!(s.w.ask("DELETE", &path).token(&s.w.claire).send().await.status, 403);
    assert_eq!(s.w.ask("DELETE", &path).token(&s.w.admin).send().await.status, 204);
    assert_eq!(s.w.ask("GET", &path).token(&s.w.auditor).send().await.status, 404);
}
