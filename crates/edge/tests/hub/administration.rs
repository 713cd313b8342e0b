//! Administration of accounts: who may, and what it does.

use crate::kit::{World, world};
use crate::signed_in::{Browser, audited, member, text};

fn with<'w>(w: &'w World, token: &str) -> Browser<'w> {
    Browser { headers: vec![("authorization", format!("Bearer {token}"))], ..Browser::new(w) }
}

async fn id(w: &World, user: &str) -> String {
    w.hub.account("alpha", user).await.unwrap().unwrap().id.to_string()
}

#[tokio::test]
async fn only_the_administrator_administers() {
    let w = world().await;
    let claire = id(&w, "claire").await;
    let new = r#"{"user":"x","name":"X","roles":["nurse"]}"#;
    let verbs = [
        ("POST", "accounts".to_string(), new),
        ("PUT", format!("accounts/{claire}"), r#"{"roles":["medical_admin"]}"#),
        ("POST", format!("accounts/{claire}/invitation"), ""),
        ("POST", format!("accounts/{claire}/reset-factors"), ""),
        ("DELETE", format!("accounts/{claire}/sessions"), ""),
        ("POST", format!("accounts/{claire}/delegations"), r#"{"for":"x","until":"2027-01-01"}"#),
        ("DELETE", format!("accounts/{claire}/delegations/1"), ""),
        ("POST", "stations".to_string(), r#"{"name":"x"}"#),
    ];
    for (method, path, body) in &verbs {
        for token in [&w.claire, &w.auditor] {
            assert_eq!(with(&w, token).call(method, path, body).await.status, 403, "{method} {path}");
        }
        assert_eq!(Browser::new(&w).call(method, path, body).await.status, 401, "{method} {path}");
    }
    assert_eq!(with(&w, &w.claire).get("accounts").await.status, 403);
    for token in [&w.auditor, &w.admin] {
        let page = with(&w, token).get("accounts").await;
        assert_eq!(page.json().each("accounts").count(), 3, "{}", text(&page));
    }
    // An account of another tenant does not exist.
    let bruno = w.hub.account("beta", "bruno").await.unwrap().unwrap().id;
    assert_eq!(with(&w, &w.admin).call("PUT", &format!("accounts/{bruno}"), "{}").await.status, 404);
    assert_eq!(w.hub.account("alpha", "claire").await.unwrap().unwrap().roles, [store::Role::Clinician]);
}

#[tokio::test]
async fn accounts_change_and_their_sessions_follow() {
    let w = world().await;
    w.with_password("claire").await;
    let mut claire = Browser::new(&w);
    claire.enter("claire").await;
    let (path, mut admin) = (format!("accounts/{}", id(&w, "claire").await), with(&w, &w.admin));
    let body =
        r#"{"roles":["nurse"],"name":"Claire EXEMPLE","mail":"c@clinic.example","person":"Practitioner/c1"}"#;
    let changed = admin.call("PUT", &path, body).await;
    assert_eq!((changed.status, member(&changed, "person")), (200, "Practitioner/c1".into()));
    // Other roles, another sign-in.
    assert_eq!(claire.get("me").await.status, 401);
    claire.enter("claire").await;
    let me = claire.get("me").await;
    assert_eq!(
        (member(&me, "name"), member(&me, "practitioner")),
        ("Claire EXEMPLE".into(), "Practitioner/c1".into())
    );
    for wrong in [
        r#"{"roles":[]}"#,
        r#"{"roles":["queen"]}"#,
        r#"{"mail":"no address"}"#,
        r#"{"mail":"c@clinic.example\r\nBcc: x@y.example"}"#,
        r#"{"person":"Practitioner/../x"}"#,
        r#"{"roles":["nurse","auditor"]}"#,
    ] {
        assert_eq!(admin.call("PUT", &path, wrong).await.status, 422, "{wrong}");
    }
    let twin = r#"{"user":"clara","name":"Clara","mail":"C@clinic.example","roles":["nurse"]}"#;
    assert_eq!(admin.refusal("POST", "accounts", twin).await, (409, "account.mail-taken".into()));
    assert_eq!(admin.call("DELETE", &format!("{path}/sessions"), "").await.status, 204);
    assert_eq!(claire.get("me").await.status, 401);
    claire.enter("claire").await;
    assert_eq!(admin.call("PUT", &path, r#"{"disabled":true}"#).await.status, 200);
    assert_eq!(claire.get("me").await.status, 401);
    assert_eq!(claire.login("claire", crate::signed_in::PASSWORD).await.status, 401);
    // Nobody saws off the branch that he sits on.
    let own = format!("accounts/{}", id(&w, "admin").await);
    for saw in [r#"{"disabled":true}"#, r#"{"roles":["nurse"]}"#, r#"{"person":"Practitioner/c1"}"#] {
        assert_eq!(admin.refusal("PUT", &own, saw).await, (422, "account.self".into()));
    }
    assert!(audited(&w).await.iter().any(|q| q.starts_with("account-changed") && q.contains("roles=nurse")));
}

#[tokio::test]
async fn lost_factors_are_reset_and_enrolled_anew() {
    let w = world().await;
    w.with_password("claire").await;
    let mut claire = Browser::new(&w);
    claire.enter("claire").await;
    claire.enrol().await;
    let path = format!("accounts/{}/reset-factors", id(&w, "claire").await);
    assert_eq!(with(&w, &w.admin).post(&path, "").await.status, 204);
    assert_eq!(claire.get("me").await.status, 401);
    let reply = claire.login("claire", crate::signed_in::PASSWORD).await;
    assert_eq!(reply.json().each("must").count(), 1, "{}", text(&reply));
}

#[tokio::test]
async fn delegations_end() {
    let w = world().await;
    let (claire, admin) = (id(&w, "claire").await, id(&w, "admin").await);
    let (path, mut browser) = (format!("accounts/{claire}/delegations"), with(&w, &w.admin));
    let until = |who: &str, day: &str| format!(r#"{{"for":"{who}","until":"{day}"}}"#);
    assert_eq!(browser.post(&path, &until(&admin, "2026-11-23")).await.status, 201);
    for (who, day) in
        [(&claire, "2026-12-01"), (&admin, "2026-11-01"), (&admin, "soon"), (&admin, "2040-01-01")]
    {
        assert_eq!(browser.post(&path, &until(who, day)).await.status, 422, "{day}");
    }
    let account = claire.parse().unwrap();
    let now = || w.hub.clock().now_ms();
    let all = identity::account::delegations(&w.hub, "alpha", account, now()).await.unwrap();
    assert_eq!((all.len(), all[0].for_account.to_string()), (1, admin.clone()));
    w.clock.advance(std::time::Duration::from_secs(2 * 86_400));
    assert!(identity::account::delegations(&w.hub, "alpha", account, now()).await.unwrap().is_empty());
    let n = all[0].n;
    let mut browser = Browser::new(&w);
    let token = w.hub.token_issue("alpha", "admin", store::Purpose::Treatment, 60).await.unwrap();
    browser.headers = vec![("authorization", format!("Bearer {token}"))];
    assert_eq!(browser.call("DELETE", &format!("{path}/{n}"), "").await.status, 204);
    assert_eq!(browser.call("DELETE", &format!("{path}/{n}"), "").await.status, 404);
}
