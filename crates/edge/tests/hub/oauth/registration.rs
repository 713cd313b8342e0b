//! Registering apps: by administrators, and by the apps themselves with their leave.

use super::*;

#[tokio::test]
async fn only_administrators_register() {
    let s = stage().await;
    let told = json!({"name": "x", "auth": "none", "redirect_uris": [BACK], "grant_types": ["authorization_code"], "scopes": ["openid"]});
    for (token, status) in [(&s.w.claire, 403), (&s.w.auditor, 403), (&s.w.admin, 201)] {
        let ask = s.w.ask("POST", "/api/v1/oauth/clients").token(token).json(&told.to_string());
        assert_eq!(ask.send().await.status, status);
    }
    let list = async |token: &str| s.w.ask("GET", "/api/v1/oauth/clients").token(token).send().await;
    assert_eq!(list(&s.w.claire).await.status, 403);
    let seen = value(&list(&s.w.auditor).await);
    assert_eq!(seen["clients"].as_array().unwrap().len(), 1);
    let elsewhere = value(&list(&s.w.bruno).await);
    assert_eq!(elsewhere["clients"], json!([]));
}

#[tokio::test]
async fn a_registration_that_is_not_safe_says_why() {
    let s = stage().await;
    let bad = [
        (json!({"redirect_uris": ["http://app.example/"]}), "redirect_uris"),
        (json!({"redirect_uris": ["https://app.example/#x"]}), "redirect_uris"),
        (json!({"redirect_uris": []}), "redirect_uris"),
        (json!({"grant_types": ["implicit"]}), "grant_types"),
        (json!({"grant_types": ["client_credentials"], "redirect_uris": []}), "auth"),
        (json!({"scopes": ["system/*.cruds"]}), "scopes"),
        (json!({"scopes": ["nonsense"]}), "scopes"),
        (json!({"auth": "private_key_jwt"}), "jwks"),
        (json!({"auth": "private_key_jwt", "jwks": {"keys": [{"kty": "oct", "k": "AAAA"}]}}), "jwks"),
        (
            json!({"auth": "private_key_jwt", "jwks": {"keys": [{"kty": "EC", "crv": "P-384", "x": "a", "y": "b", "d": "c"}]}}),
            "jwks",
        ),
        (json!({"auth": "private_key_jwt", "jwks_uri": "ftp://a"}), "jwks_uri"),
        (json!({"name": " "}), "name"),
        (json!({"id_token_alg": "none"}), "id_token_alg"),
        (json!({"launch_url": "javascript:alert(1)"}), "launch_url"),
    ];
    for (change, field) in bad {
        let mut told = json!({"name": "x", "auth": "none", "redirect_uris": [BACK], "grant_types": ["authorization_code"], "scopes": ["openid"]});
        for (name, value) in change.as_object().unwrap() {
            told[name] = value.clone();
        }
        let reply =
            s.w.ask("POST", "/api/v1/oauth/clients").token(&s.w.admin).json(&told.to_string()).send().await;
        assert!(matches!(reply.status, 400 | 422), "{change}: {}", reply.status);
        let errors = value(&reply)["errors"].clone();
        assert!(errors.as_array().unwrap().iter().any(|e| e["field"] == field), "{change}: {errors}");
    }
    let extra =
        s.w.ask("POST", "/api/v1/oauth/clients").token(&s.w.admin).json(r#"{"name":"x","surprise":1}"#);
    assert_eq!(extra.send().await.status, 400);
}

#[tokio::test]
async fn an_app_registers_itself_with_a_token_that_is_good_once() {
    let s = stage().await;
    let metadata = json!({
        "client_name": "Carnet", "redirect_uris": [BACK], "scope": "openid launch/patient patient/*.rs",
        "token_endpoint_auth_method": "none", "logo_uri": "https://app.example/logo.png",
    });
    let register = async |token: Option<&str>, body: &Value| {
        let mut ask = s.w.ask("POST", "/t/alpha/auth/register").json(&body.to_string());
        if let Some(token) = token {
            ask = ask.token(token);
        }
        ask.send().await
    };
    assert_eq!(register(None, &metadata).await.status, 401);
    assert_eq!(register(Some(&s.w.claire), &metadata).await.status, 401);
    let leave =
        s.w.ask("POST", "/api/v1/oauth/registration-tokens").token(&s.w.admin).json("{}").send().await;
    let leave = value(&leave)["token"].as_str().unwrap().to_string();
    // With a token that was given to somebody, nobody makes himself a program without a person.
    let greedy = json!({
        "client_name": "x", "scope": "scim system/*.cruds", "grant_types": ["client_credentials"],
        "token_endpoint_auth_method": "private_key_jwt", "jwks_uri": "https://evil.example/jwks",
    });
    assert_eq!(error(&register(Some(&leave), &greedy).await), "invalid_client_metadata");
    let leave =
        s.w.ask("POST", "/api/v1/oauth/registration-tokens").token(&s.w.admin).json("{}").send().await;
    let leave = value(&leave)["token"].as_str().unwrap().to_string();
    let made = register(Some(&leave), &metadata).await;
    assert_eq!(made.status, 201, "{}", text(&made));
    let made = value(&made);
    assert_eq!((&made["client_name"], &made["scope"]), (&json!("Carnet"), &metadata["scope"]));
    assert_eq!(register(Some(&leave), &metadata).await.status, 401);
    let secret = register(
        Some(&s.w.admin),
        &json!({"client_name": "Serveur", "redirect_uris": [BACK], "scope": "openid"}),
    )
    .await;
    assert!(value(&secret)["client_secret"].as_str().unwrap().len() > 40);
    let evil = json!({"client_name": "x", "redirect_uris": ["http://evil.example/"], "scope": "openid"});
    let refused = register(Some(&s.w.admin), &evil).await;
    assert_eq!((refused.status, error(&refused)), (400, "invalid_redirect_uri".into()));
    let got = s.tokens(made["client_id"].as_str().unwrap(), &[]).await;
    assert_eq!(got["patient"], "ada");
}
