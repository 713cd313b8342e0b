//! Launches that work.

use super::*;
use jsonwebtoken::jwk::JwkSet;

#[tokio::test]
async fn a_standalone_launch_from_discovery_to_the_record() {
    let s = stage().await;
    let found =
        s.w.ask("GET", "/t/alpha/fhir/.well-known/smart-configuration")
            .header("origin", "https://any.example");
    let found = found.send().await;
    assert_eq!((found.status, found.header("access-control-allow-origin")), (200, "*"));
    let found = value(&found);
    assert_eq!(found["issuer"], BASE);
    assert_eq!(found["token_endpoint"], format!("{BASE}/auth/token"));
    assert_eq!(found["code_challenge_methods_supported"], json!(["S256"]));
    let client = s.public_client().await;
    let ticket = s.ticket(&client, &[]).await;
    let shown = value(&s.page("GET", &format!("/api/v1/oauth/requests/{ticket}")).send().await);
    assert_eq!(shown["needs"], "patient");
    assert_eq!((&shown["redirect_host"], &shown["remembered"]), (&json!("app.example"), &json!(false)));
    assert!(shown["scopes"][4]["fr"].as_str().unwrap().starts_with("Consulter"), "{shown}");
    s.w.patient("ada", "").await;
    let without = s.decide(&ticket, json!({"allow": true})).await;
    assert_eq!(without.json().get_str("code"), Some("oauth.choose-patient"));
    let to = value(&s.decide(&ticket, json!({"allow": true, "patient": "ada"})).await);
    let code = param(to["redirect"].as_str().unwrap(), "code").unwrap();
    let got = value(&s.sell(&client, &code).await);
    assert_eq!((&got["patient"], &got["token_type"]), (&json!("ada"), &json!("Bearer")));
    assert_eq!((&got["expires_in"], &got["need_patient_banner"]), (&json!(3600), &json!(true)));
    assert_eq!(got["scope"], "openid fhirUser launch/patient offline_access patient/*.rs");
    assert_eq!(s.read(got["access_token"].as_str().unwrap()).await, 200);
    let claims = claims(got["id_token"].as_str().unwrap());
    assert_eq!(
        (&claims["aud"], &claims["nonce"], &claims["iss"]),
        (&json!(client), &json!("n-1"), &json!(BASE))
    );
    assert_eq!(claims["fhirUser"], format!("{BASE}/fhir/Practitioner/p1"));
    // Asked again, the page knows that it was granted before; the ticket is used up.
    assert_eq!(s.decide(&ticket, json!({"allow": true, "patient": "ada"})).await.status, 404);
    let again = s.ticket(&client, &[]).await;
    let shown = value(&s.page("GET", &format!("/api/v1/oauth/requests/{again}")).send().await);
    assert_eq!(shown["remembered"], true);
}

#[tokio::test]
async fn id_tokens_are_signed_by_published_keys() {
    let s = stage().await;
    for (alg, wanted) in
        [("RS256", jsonwebtoken::Algorithm::RS256), ("ES256", jsonwebtoken::Algorithm::ES256)]
    {
        let client = s.client(json!({"id_token_alg": alg})).await["id"].as_str().unwrap().to_string();
        let got = s.tokens(&client, &[]).await;
        let token = got["id_token"].as_str().unwrap();
        let keys = s.w.ask("GET", "/t/alpha/auth/jwks").send().await;
        let raw = text(&keys);
        assert!(!raw.contains("\"d\"") && !raw.contains("\"p\""), "{raw}");
        let keys: JwkSet = serde_json::from_slice(&keys.body).unwrap();
        let header = jsonwebtoken::decode_header(token).unwrap();
        assert_eq!(header.alg, wanted);
        let key = keys.find(&header.kid.unwrap()).unwrap();
        let mut validation = jsonwebtoken::Validation::new(wanted);
        validation.set_audience(&[&client]);
        validation.validate_exp = false;
        let key = jsonwebtoken::DecodingKey::from_jwk(key).unwrap();
        jsonwebtoken::decode::<Value>(token, &key, &validation).unwrap();
    }
}

#[tokio::test]
async fn signing_keys_change_with_an_overlap() {
    let s = stage().await;
    let kids = async || {
        let keys = value(&s.w.ask("GET", "/t/alpha/auth/jwks").send().await);
        keys["keys"]
            .as_array()
            .unwrap()
            .iter()
            .map(|k| k["kid"].as_str().unwrap().to_string())
            .collect::<Vec<_>>()
    };
    let first = kids().await;
    assert_eq!(first.len(), 2);
    s.clock.advance(Duration::from_secs(91 * 24 * 3600));
    let both = kids().await;
    assert_eq!(both.len(), 4);
    assert!(first.iter().all(|kid| both.contains(kid)));
    let cookie = session(&s.w, "alpha", "claire").await.0;
    let s = Stage { cookie, ..s };
    let s = Stage {
        w: World {
            claire: s.w.hub.token_issue("alpha", "claire", Purpose::Treatment, 60).await.unwrap(),
            admin: s.w.hub.token_issue("alpha", "admin", Purpose::Treatment, 60).await.unwrap(),
            ..s.w
        },
        ..s
    };
    let client = s.public_client().await;
    let got = s.tokens(&client, &[]).await;
    let header = jsonwebtoken::decode_header(got["id_token"].as_str().unwrap()).unwrap();
    assert!(first.contains(&header.kid.unwrap()), "a new key is published for a day before it signs");
    s.clock.advance(Duration::from_secs(91 * 24 * 3600));
    let later = value(&s.w.ask("GET", "/t/alpha/auth/jwks").send().await);
    let later = later["keys"].as_array().unwrap().clone();
    assert_eq!(later.len(), 4);
    assert!(later.iter().all(|key| !first.contains(&key["kid"].as_str().unwrap().to_string())));
}

#[tokio::test]
async fn a_launch_from_the_open_record() {
    let s = stage().await;
    let client = s.client(json!({"launch_url": "https://app.example/launch?x=1"})).await;
    let client = client["id"].as_str().unwrap();
    s.w.patient("ada", "").await;
    let stay = r#"{"resourceType":"Encounter","id":"e1","status":"in-progress","class":{"code":"AMB"},"subject":{"reference":"Patient/ada"}}"#;
    assert_eq!(s.w.put("/fhir/Encounter/e1", stay).send().await.status, 201);
    let asked = json!({"client": client, "encounter": "e1"});
    let address =
        value(&s.page("POST", "/t/alpha/api/v1/oauth/launch").json(&asked.to_string()).send().await);
    let address = address["url"].as_str().unwrap().to_string();
    assert!(address.starts_with("https://app.example/launch?x=1&iss="), "{address}");
    assert_eq!(param(&address, "iss"), Some(format!("{BASE}/fhir")));
    let launch = param(&address, "launch").unwrap();
    let change = [("scope", "launch openid patient/*.read"), ("launch", launch.as_str())];
    let ticket = s.ticket(client, &change).await;
    let shown = value(&s.page("GET", &format!("/api/v1/oauth/requests/{ticket}")).send().await);
    assert_eq!((&shown["needs"], &shown["patient"]), (&Value::Null, &json!("ada")));
    // What Claire launched, nobody else finishes.
    let other = session(&s.w, "alpha", "admin").await.0;
    let path = format!("/api/v1/oauth/requests/{ticket}");
    let stolen = s.w.ask("POST", &path).header("cookie", &other).header("x-medhub", "1");
    assert_eq!(stolen.json(r#"{"allow":true}"#).send().await.status, 404);
    let to = value(&s.decide(&ticket, json!({"allow": true})).await);
    let code = param(to["redirect"].as_str().unwrap(), "code").unwrap();
    let got = value(&s.sell(client, &code).await);
    assert_eq!((&got["patient"], &got["encounter"]), (&json!("ada"), &json!("e1")));
    assert_eq!(
        (&got["need_patient_banner"], &got["scope"]),
        (&json!(false), &json!("launch openid patient/*.read"))
    );
    assert!(got.get("refresh_token").is_none());
    // A launch is used up.
    let again = s.authorize(client, &change).await;
    assert_eq!(param(again.header("location"), "error").as_deref(), Some("invalid_request"));
}

#[tokio::test]
async fn refresh_tokens_rotate_and_a_used_one_ends_all() {
    let s = stage().await;
    let client = s.public_client().await;
    let first = s.tokens(&client, &[]).await;
    let old = first["refresh_token"].as_str().unwrap();
    assert_eq!(s.read(old).await, 401, "a refresh token opens nothing");
    let second = s.refresh(&client, old).await;
    assert_eq!(second.status, 200, "{}", text(&second));
    let second = value(&second);
    assert_eq!(second["patient"], "ada");
    let access = second["access_token"].as_str().unwrap();
    assert_eq!(s.read(access).await, 200);
    let reused = s.refresh(&client, old).await;
    assert_eq!((reused.status, error(&reused)), (400, "invalid_grant".into()));
    s.clock.advance(Duration::from_secs(2));
    assert_eq!(s.read(access).await, 401);
    let new = second["refresh_token"].as_str().unwrap();
    assert_eq!(error(&s.refresh(&client, new).await), "invalid_grant");
}

#[tokio::test]
async fn a_refresh_may_ask_for_less_and_not_for_more() {
    let s = stage().await;
    let client = s.public_client().await;
    let got = s.tokens(&client, &[]).await;
    let ask = async |token: &str, scope: &str| {
        let params = [
            ("grant_type", "refresh_token"),
            ("refresh_token", token),
            ("client_id", &client),
            ("scope", scope),
        ];
        s.post("/auth/token", &params, None).await
    };
    let token = got["refresh_token"].as_str().unwrap();
    assert_eq!(error(&ask(token, "openid user/*.cruds").await), "invalid_scope");
    let less = value(&ask(token, "openid").await);
    assert_eq!(less["scope"], "openid");
    let whole = value(&s.refresh(&client, less["refresh_token"].as_str().unwrap()).await);
    assert_eq!(whole["scope"], got["scope"]);
}

#[tokio::test]
async fn online_access_ends_with_the_session() {
    let s = stage().await;
    let client = s.public_client().await;
    let account = s.w.hub.account("alpha", "claire").await.unwrap().unwrap().id;
    let got = s.tokens(&client, &[("scope", "openid online_access patient/*.rs")]).await;
    let token = got["refresh_token"].as_str().unwrap();
    let got = value(&s.refresh(&client, token).await);
    for token in s.w.hub.tokens_of("alpha", account).await.unwrap() {
        if token.kind == TokenKind::Session {
            s.w.hub.family_end(token.family.unwrap()).await.unwrap();
        }
    }
    let over = s.refresh(&client, got["refresh_token"].as_str().unwrap()).await;
    assert_eq!(error(&over), "invalid_grant");
}

#[tokio::test]
async fn a_person_shuts_an_app_out_again() {
    let s = stage().await;
    let client = s.public_client().await;
    let got = s.tokens(&client, &[]).await;
    let apps = value(&s.page("GET", "/api/v1/account/apps").send().await);
    assert_eq!(apps["apps"][0]["name"], "Courbes de croissance");
    let gone = s.page("DELETE", &format!("/api/v1/account/apps/{client}")).send().await;
    assert_eq!(gone.status, 204);
    s.clock.advance(Duration::from_secs(2));
    assert_eq!(s.read(got["access_token"].as_str().unwrap()).await, 401);
    assert_eq!(error(&s.refresh(&client, got["refresh_token"].as_str().unwrap()).await), "invalid_grant");
    let apps = value(&s.page("GET", "/api/v1/account/apps").send().await);
    assert_eq!(apps["apps"], json!([]));
}

#[tokio::test]
async fn introspection_userinfo_and_revocation() {
    let s = stage().await;
    let made = s.client(json!({"auth": "client_secret_basic"})).await;
    let (client, secret) = (made["id"].as_str().unwrap(), made["secret"].as_str().unwrap());
    let proof = basic(client, secret);
    let code = s.code(client, &[]).await;
    let got = value(&s.post("/auth/token", &sale(client, &code), Some(&proof)).await);
    let token = got["access_token"].as_str().unwrap();
    let told = value(&s.post("/auth/introspect", &[("token", token)], Some(&proof)).await);
    assert_eq!(
        (&told["active"], &told["patient"], &told["client_id"]),
        (&json!(true), &json!("ada"), &json!(client))
    );
    assert_eq!(told["exp"].as_i64().unwrap() - told["iat"].as_i64().unwrap(), 3600);
    // Our own tokens are nobody's business, and who proves nothing learns nothing.
    let own = value(&s.post("/auth/introspect", &[("token", &s.w.claire)], Some(&proof)).await);
    assert_eq!(own, json!({"active": false}));
    let nobody = s.post("/auth/introspect", &[("token", token), ("client_id", client)], None).await;
    assert_eq!((nobody.status, error(&nobody)), (401, "invalid_client".into()));
    let me = s.w.ask("GET", "/t/alpha/auth/userinfo").token(token).send().await;
    assert_eq!(value(&me)["sub"], told["sub"]);
    let anonymous = s.w.ask("GET", "/t/alpha/auth/userinfo").send().await;
    assert!(anonymous.header("www-authenticate").contains("invalid_token"));
    // Another client ends nothing of this one.
    let other = s.client(json!({"auth": "client_secret_basic"})).await;
    let foreign = basic(other["id"].as_str().unwrap(), other["secret"].as_str().unwrap());
    assert_eq!(s.post("/auth/revoke", &[("token", token)], Some(&foreign)).await.status, 200);
    assert_eq!(s.read(token).await, 200);
    let refresh = got["refresh_token"].as_str().unwrap();
    assert_eq!(s.post("/auth/revoke", &[("token", refresh)], Some(&proof)).await.status, 200);
    s.clock.advance(Duration::from_secs(2));
    assert_eq!(s.read(token).await, 401);
}

#[tokio::test]
async fn an_app_signs_its_person_out() {
    let s = stage().await;
    let bye = "https://app.example/bye";
    let client =
        s.client(json!({"post_logout_redirect_uris": [bye]})).await["id"].as_str().unwrap().to_string();
    let got = s.tokens(&client, &[]).await;
    let hint = got["id_token"].as_str().unwrap();
    let ask = async |params: &[(&str, &str)]| {
        s.w.ask("GET", &format!("/t/alpha/auth/logout?{}", encoded(params))).send().await
    };
    // Without proof of the session the person is asked; an address that is not registered leads home.
    let asked = ask(&[("client_id", &client), ("post_logout_redirect_uri", "https://evil.example/")]).await;
    let ticket = param(asked.header("location"), "request").unwrap();
    assert_eq!(s.page("GET", "/api/v1/account/apps").send().await.status, 200);
    let out = ask(&[("id_token_hint", hint), ("post_logout_redirect_uri", bye), ("state", "x")]).await;
    assert_eq!(out.header("location"), "https://app.example/bye?state=x");
    assert_eq!(s.page("GET", "/api/v1/account/apps").send().await.status, 401);
    let cookie = session(&s.w, "alpha", "claire").await.0;
    let s = Stage { cookie, ..s };
    let done = s.page("POST", &format!("/api/v1/oauth/logout/{ticket}")).send().await;
    assert_eq!(value(&done)["redirect"], "/");
    assert!(done.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(s.page("GET", "/api/v1/account/apps").send().await.status, 401);
}

#[tokio::test]
async fn an_app_may_want_a_fresh_factor() {
    let s = stage().await;
    let client = s.public_client().await;
    s.w.patient("ada", "").await;
    s.clock.advance(Duration::from_secs(10));
    let ticket = s.ticket(&client, &[("prompt", "login")]).await;
    let stale = s.decide(&ticket, json!({"allow": true, "patient": "ada"})).await;
    assert_eq!(
        (stale.status, stale.json().get_str("code").map(String::from)),
        (403, Some("auth.fresh-factor".into()))
    );
    let cookie = session(&s.w, "alpha", "claire").await.0;
    let s = Stage { cookie, ..s };
    assert_eq!(s.decide(&ticket, json!({"allow": true, "patient": "ada"})).await.status, 200);
    let silent = s.authorize(&client, &[("prompt", "none")]).await;
    assert_eq!(param(silent.header("location"), "error").as_deref(), Some("interaction_required"));
}
