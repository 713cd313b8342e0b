//! The ways in, as they should go.

use crate::kit::{demo_world, world};
use crate::signed_in::{Browser, PASSWORD, code, list, member, text, token_of};
use std::time::Duration;

#[tokio::test]
async fn staff_enrol_a_second_factor_before_anything_else() {
    let w = world().await;
    w.with_password("claire").await;
    let mut claire = Browser::new(&w);
    let reply = claire.login("Claire", PASSWORD).await;
    assert_eq!((reply.status, list(&reply.json(), "must")), (200, vec!["enrol-second-factor".to_string()]));
    let limited = claire.cookie.clone();
    let fhir = claire.get("/t/alpha/fhir/Patient/x").await;
    assert_eq!((fhir.status, fhir.issues()), (403, vec!["auth.enrol-second-factor".to_string()]));
    assert_eq!(claire.refusal("GET", "accounts", "").await, (403, "auth.enrol-second-factor".into()));
    assert_eq!(claire.get("account/security").await.status, 200);

    let (_, codes) = claire.enrol().await;
    assert_eq!(codes.len(), 10);
    // The session is whole, and another one: who knew the old token has nothing.
    assert_ne!(claire.cookie, limited);
    let me = claire.get("me").await;
    assert!(list(&me.json(), "must").is_empty(), "{}", text(&me));
    assert_eq!(me.json().get("second_factor").and_then(|v| v.as_bool()), Some(true));
    assert_eq!(claire.get("/t/alpha/fhir/Patient/x").await.status, 404);
    let mut thief = Browser { cookie: limited, ..Browser::new(&w) };
    assert_eq!(thief.get("me").await.status, 401);
}

#[tokio::test]
async fn password_then_code_each_code_once() {
    let w = world().await;
    w.with_password("claire").await;
    let mut phone = Browser::new(&w);
    phone.enter("claire").await;
    let (secret, codes) = phone.enrol().await;

    let mut claire = Browser::new(&w);
    let reply = claire.login("claire", PASSWORD).await;
    assert_eq!(member(&reply, "next"), "second-factor");
    assert_eq!(list(&reply.json(), "methods"), ["totp", "recovery"]);
    assert_eq!((reply.header("set-cookie"), claire.get("me").await.status), ("", 401));
    let ticket = member(&reply, "ticket");
    let with = |what: &str, value: &str| format!(r#"{{"ticket":"{ticket}","{what}":"{value}"}}"#);
    // The code that enrolled the app was used; a wrong one is wrong.
    let replayed = claire.refusal("POST", "auth/second-factor", &with("totp", &w.code(&secret))).await;
    assert_eq!(replayed, (401, "auth.refused".into()));
    assert_eq!(claire.refusal("POST", "auth/second-factor", &with("totp", "12345")).await.0, 401);
    w.clock.advance(Duration::from_secs(30));
    let body = with("totp", &w.code(&secret));
    let done = claire.post("auth/second-factor", &body).await;
    assert_eq!((done.status, member(&done, "user")), (200, "claire".into()));
    // The ticket is gone with its use.
    let again = claire.refusal("POST", "auth/second-factor", &body).await;
    assert_eq!(again, (401, "auth.ticket-over".into()));

    // A recovery code, as somebody types it, and once.
    for (n, status) in [(0, 200), (0, 401), (1, 200)] {
        let mut other = Browser::new(&w);
        let ticket = member(&other.login("claire", PASSWORD).await, "ticket");
        let typed = codes[n].to_lowercase().replace('-', " ");
        let body = format!(r#"{{"ticket":"{ticket}","recovery":"{typed}"}}"#);
        assert_eq!(other.post("auth/second-factor", &body).await.status, status, "code {n}");
    }
    let page = claire.get("account/security").await;
    assert_eq!(page.json().get("recovery_left").and_then(|v| v.as_number()), Some("8"));
}

#[tokio::test]
async fn an_invitation_sets_the_password_once() {
    let w = world().await;
    let mut admin =
        Browser { headers: vec![("authorization", format!("Bearer {}", w.admin))], ..Browser::new(&w) };
    let new = r#"{"user":"nadia","name":"Nadia EXEMPLE","mail":"nadia@clinic.example","roles":["nurse"]}"#;
    let reply = admin.post("accounts", new).await;
    assert_eq!(reply.status, 201, "{}", text(&reply));
    let mail = w.mail(1).await;
    assert!(mail.contains("http://hub.test/invitation#token=") && mail.contains("nadia"), "{mail}");
    let token = token_of(&mail);
    let mut nadia = Browser::new(&w);
    let shown = nadia.post("auth/invitation/look", &format!(r#"{{"token":"{token}"}}"#)).await;
    assert_eq!((member(&shown, "user"), member(&shown, "kind")), ("nadia".into(), "invitation".into()));
    let accept = |password: &str| format!(r#"{{"token":"{token}","password":"{password}"}}"#);
    let short = nadia.refusal("POST", "auth/invitation", &accept("court")).await;
    assert_eq!(short, (422, "auth.password-short".into()));
    let common = nadia.refusal("POST", "auth/invitation", &accept("Motdepasse1")).await;
    assert_eq!(common, (422, "auth.password-common".into()));
    let done = nadia.post("auth/invitation", &accept("fenêtre ouverte")).await;
    assert_eq!((done.status, list(&done.json(), "must").len()), (200, 1));
    let again = nadia.refusal("POST", "auth/invitation", &accept("fenêtre fermée")).await;
    assert_eq!(again, (404, "auth.link-over".into()));
    assert_eq!(Browser::new(&w).login("nadia@clinic.example", "fenêtre ouverte").await.status, 200);
}

#[tokio::test]
async fn a_forgotten_password_is_set_by_mail() {
    let w = world().await;
    w.with_password("claire").await;
    let mut admin =
        Browser { headers: vec![("authorization", format!("Bearer {}", w.admin))], ..Browser::new(&w) };
    let id = w.hub.account("alpha", "claire").await.unwrap().unwrap().id;
    let mail = r#"{"mail":"claire@clinic.example"}"#;
    assert_eq!(admin.call("PUT", &format!("accounts/{id}"), mail).await.status, 200);
    let mut phone = Browser::new(&w);
    phone.enter("claire").await;
    phone.enrol().await;
    w.mail(1).await; // the notice that a factor came

    // By the clinic's own host: any other `Host` would put somebody's address into the mail.
    let ask = |host: &str, who: &str| {
        let body = format!(r#"{{"user_or_mail":"{who}"}}"#);
        let request = http::Request::builder().method("POST").uri("/t/alpha/api/v1/auth/reset-password");
        let request = request.header("host", host.to_string()).header("x-medhub", "1");
        let peer = edge::Peer { address: [192, 0, 2, 1].into(), tls: true };
        let app = w.app.clone();
        let request = request.body(axum::body::Body::from(body)).unwrap();
        async move { app.handle(request, peer).await.status().as_u16() }
    };
    assert_eq!(ask("evil.example", "claire").await, 202);
    assert_eq!(ask("alpha.example", "nobody@clinic.example").await, 202);
    assert_eq!(ask("alpha.example", "claire@clinic.example").await, 202);
    let mail = w.mail(2).await;
    assert!(mail.contains("https://alpha.example/invitation#token="), "{mail}");
    let (token, mut claire) = (token_of(&mail), Browser::new(&w));
    let body = format!(r#"{{"token":"{token}","password":"un autre tensiomètre"}}"#);
    // The mail is no second factor.
    let reply = claire.post("auth/invitation", &body).await;
    assert_eq!(member(&reply, "next"), "second-factor");
    assert_eq!(phone.get("me").await.status, 401, "the former sessions are ended");
    assert_eq!(claire.login("claire", PASSWORD).await.status, 401);

    assert_eq!(ask("alpha.example", "claire").await, 202);
    let token = token_of(&w.mail(3).await);
    w.clock.advance(Duration::from_secs(3601));
    let late = claire.refusal("POST", "auth/invitation/look", &format!(r#"{{"token":"{token}"}}"#)).await;
    assert_eq!(late, (404, "auth.link-over".into()));
}

#[tokio::test]
async fn sessions_are_listed_and_ended() {
    let w = world().await;
    w.with_password("claire").await;
    let mut desk = Browser { headers: vec![("user-agent", "Bureau".into())], ..Browser::new(&w) };
    desk.enter("claire").await;
    desk.enrol().await;
    w.clock.advance(Duration::from_secs(30));
    let secret_holder = desk.post("account/recovery-codes", "").await;
    let codes = list(&secret_holder.json(), "codes");
    let mut phone = Browser { headers: vec![("user-agent", "Téléphone".into())], ..Browser::new(&w) };
    phone.headers[0].1 = "Telephone".into();
    let ticket = member(&phone.login("claire", PASSWORD).await, "ticket");
    let body = format!(r#"{{"ticket":"{ticket}","recovery":"{}"}}"#, codes[0]);
    assert_eq!(phone.post("auth/second-factor", &body).await.status, 200);

    let page = desk.get("account/security").await;
    let json = page.json();
    let other = json.each("sessions").find(|s| s.get_str("device") == Some("Telephone")).unwrap();
    assert_eq!(other.get_str("address"), Some("192.0.2.1"));
    let id = other.get_str("id").unwrap();
    assert_eq!(desk.call("DELETE", &format!("account/sessions/{id}"), "").await.status, 204);
    assert_eq!(phone.get("me").await.status, 401);
    assert_eq!(desk.call("DELETE", &format!("account/sessions/{id}"), "").await.status, 404);

    // Idle for half an hour: over. In use: half a day, then over.
    for _ in 0..20 {
        w.clock.advance(Duration::from_secs(29 * 60));
        assert_eq!(desk.post("auth/refresh-token", "").await.status, 200);
    }
    w.clock.advance(Duration::from_secs(31 * 60));
    assert_eq!(desk.get("me").await.status, 401);
}

#[tokio::test]
async fn a_fresh_factor_is_asked_for_what_matters() {
    let w = world().await;
    w.with_password("claire").await;
    let mut claire = Browser::new(&w);
    claire.enter("claire").await;
    let (secret, _) = claire.enrol().await;
    w.clock.advance(Duration::from_secs(301));
    let change = format!(r#"{{"old":"{PASSWORD}","new":"quatre chaises vertes"}}"#);
    let stale = claire.refusal("POST", "account/password", &change).await;
    assert_eq!(stale, (403, "auth.fresh-factor".into()));
    assert_eq!(claire.refusal("POST", "auth/fresh", r#"{"password":"faux"}"#).await.0, 401);
    let fresh = format!(r#"{{"totp":"{}"}}"#, w.code(&secret));
    assert_eq!(claire.post("auth/fresh", &fresh).await.status, 204);
    let wrong = change.replace(PASSWORD, "faux");
    assert_eq!(claire.refusal("POST", "account/password", &wrong).await.0, 422);
    let before = claire.cookie.clone();
    assert_eq!(claire.post("account/password", &change).await.status, 204);
    assert_ne!(claire.cookie, before);
    assert_eq!(claire.get("me").await.status, 200);
    assert_eq!(Browser::new(&w).login("claire", "quatre chaises vertes").await.status, 200);
    assert_eq!(code(&Browser::new(&w).login("claire", PASSWORD).await), "auth.refused");
}

#[tokio::test]
async fn the_sample_clinic_signs_in_by_password_alone() {
    let w = demo_world().await;
    w.with_password("claire").await;
    let mut claire = Browser::new(&w);
    let reply = claire.login("claire", PASSWORD).await;
    assert_eq!((reply.status, list(&reply.json(), "must").len()), (200, 0));
    assert_eq!(claire.get("/t/alpha/fhir/Patient/x").await.status, 404);
    let mails = claire.get("demo/mails").await;
    assert_eq!(mails.json().get("simulator").and_then(|v| v.as_bool()), Some(true));
    let methods = claire.get("auth/methods").await;
    assert_eq!(methods.json().get("passkey").and_then(|v| v.as_bool()), Some(true));
}
