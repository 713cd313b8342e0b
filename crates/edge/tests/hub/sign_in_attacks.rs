//! The ways in, as somebody tries them who should not.

use crate::kit::world;
use crate::signed_in::{Browser, PASSWORD, code, member, text};
use std::time::Duration;

#[tokio::test]
async fn all_wrong_sign_ins_answer_alike() {
    let w = world().await;
    w.with_password("claire").await;
    w.with_password("auditor").await;
    w.hub.account_disable("alpha", "auditor").await.unwrap();
    let mut answers = Vec::new();
    let long = "x".repeat(300);
    for (user, password) in [
        ("nobody", PASSWORD),
        ("claire", "faux"),
        ("auditor", PASSWORD),
        ("admin", ""),
        ("", PASSWORD),
        ("claire", long.as_str()),
    ] {
        let reply = Browser::new(&w).login(user, password).await;
        assert_eq!((reply.status, reply.header("set-cookie")), (401, ""), "{user}");
        answers.push(text(&reply).replace(reply.json().get_str("request").unwrap(), ""));
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
    for body in ["", "[]", "{}", r#"{"user":1,"password":"x"}"#, "{\"user\":"] {
        assert_eq!(Browser::new(&w).refusal("POST", "auth/login", body).await, (400, "auth.bad-body".into()));
    }
}

#[tokio::test]
async fn a_flood_of_guesses_leaves_the_nurse_alone() {
    let w = world().await;
    w.with_password("claire").await;
    let mut claire = Browser::new(&w);
    let first = claire.login("claire", PASSWORD).await;
    let device = member(&first, "device");
    let mut flood = Browser { address: [198, 51, 100, 7], ..Browser::new(&w) };
    let (mut refused, mut held) = (0, 0);
    for n in 0..300 {
        let user = if n % 2 == 0 { "claire".to_string() } else { format!("guess{n}") };
        let reply = flood.login(&user, "faux").await;
        match reply.status {
            401 => refused += 1,
            429 => {
                held += 1;
                assert!(reply.header("retry-after").parse::<u64>().unwrap() >= 1);
                assert_eq!(code(&reply), "auth.throttled");
            }
            other => panic!("{other}"),
        }
    }
    assert!(refused <= 30 && held >= 270, "{refused} guesses were looked at");
    // Even the right password is of no use from there, …
    assert_eq!(flood.login("claire", PASSWORD).await.status, 429);
    // … but from elsewhere, and from there with a device that signed in before.
    assert_eq!(Browser::new(&w).login("claire", PASSWORD).await.status, 200);
    let headers = vec![("x-medhub-device", device)];
    let mut ward = Browser { headers, address: [198, 51, 100, 7], ..Browser::new(&w) };
    assert_eq!(ward.login("claire", PASSWORD).await.status, 200);
    // A device is known for those who used it.
    assert_eq!(ward.login("admin", PASSWORD).await.status, 429);
    // Time heals.
    w.clock.advance(Duration::from_secs(900));
    assert_eq!(flood.login("claire", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn codes_cannot_be_guessed() {
    let w = world().await;
    w.with_password("claire").await;
    let mut phone = Browser::new(&w);
    phone.enter("claire").await;
    phone.enrol().await;
    let mut thief = Browser { address: [198, 51, 100, 9], ..Browser::new(&w) };
    let (mut tried, mut ticket) = (0, String::new());
    for n in 0..60 {
        if ticket.is_empty() {
            let reply = thief.login("claire", PASSWORD).await;
            if reply.status == 429 {
                continue;
            }
            ticket = member(&reply, "ticket");
        }
        let body = format!(r#"{{"ticket":"{ticket}","totp":"{n:06}"}}"#);
        let (status, code) = thief.refusal("POST", "auth/second-factor", &body).await;
        tried += usize::from(status == 401 && code == "auth.refused");
        if code == "auth.ticket-over" {
            ticket.clear();
        }
    }
    assert!((1..=6).contains(&tried), "{tried} codes were looked at");
}

#[tokio::test]
async fn other_sites_cannot_sign_anybody_in_or_out() {
    let w = world().await;
    w.with_password("claire").await;
    let body = format!(r#"{{"user":"claire","password":"{PASSWORD}"}}"#);
    let login = || w.ask("POST", "/t/alpha/api/v1/auth/login").json(&body);
    for reply in [
        login().send().await,
        login().header("x-medhub", "1").header("sec-fetch-site", "cross-site").send().await,
    ] {
        assert_eq!((reply.status, reply.header("set-cookie")), (403, ""));
    }
    let mut claire = Browser::new(&w);
    claire.enter("claire").await;
    for (method, path) in
        [("POST", "account/totp/begin"), ("DELETE", "account/sessions"), ("POST", "auth/fresh")]
    {
        let ask =
            w.ask(method, &format!("/t/alpha/api/v1/{path}")).header("cookie", &claire.cookie).json("{}");
        assert_eq!(ask.send().await.status, 403, "{path}");
    }
}

#[tokio::test]
async fn a_session_that_was_planted_is_not_the_one_that_signs_in() {
    let w = world().await;
    w.with_password("claire").await;
    w.with_password("admin").await;
    let mut mallory = Browser::new(&w);
    mallory.enter("admin").await;
    let planted = mallory.cookie.clone();
    let mut claire = Browser { cookie: planted.clone(), ..Browser::new(&w) };
    claire.enter("claire").await;
    assert_ne!(claire.cookie, planted);
    let mut mallory = Browser { cookie: planted, ..Browser::new(&w) };
    assert_eq!(mallory.get("me").await.status, 401, "the session of before is ended");
    // Two tabs are one session.
    let mut tab = Browser { cookie: claire.cookie.clone(), ..Browser::new(&w) };
    assert_eq!(member(&tab.get("me").await, "user"), "claire");
}

#[tokio::test]
async fn a_password_alone_adds_no_factor_beside_the_owners() {
    let w = world().await;
    w.with_password("claire").await;
    let (mut thief, mut claire) = (Browser::new(&w), Browser::new(&w));
    thief.enter("claire").await;
    let secret = member(&thief.post("account/totp/begin", "").await, "secret");
    claire.enter("claire").await;
    claire.enrol().await;
    // What was begun with the password alone is ended by the first enrolment.
    let body = format!(r#"{{"code":"{}"}}"#, w.code(&secret));
    assert_eq!(thief.refusal("POST", "account/totp/finish", &body).await.0, 401);
    assert_eq!(thief.get("me").await.status, 401);
}

#[tokio::test]
async fn programs_do_not_sign_in_as_people() {
    let w = world().await;
    w.hub.account_create("alpha", "labo", &[store::Role::Integration], None).await.unwrap();
    w.with_password("labo").await;
    assert_eq!(Browser::new(&w).login("labo", PASSWORD).await.status, 401);
    let token = identity::account::operator::invitation(&w.hub, "alpha", "labo").await.unwrap();
    let body = format!(r#"{{"token":"{token}","password":"{PASSWORD}"}}"#);
    assert_eq!(Browser::new(&w).refusal("POST", "auth/invitation", &body).await.1, "auth.link-over");
}

#[tokio::test]
async fn tickets_and_links_of_others_open_nothing() {
    let w = world().await;
    w.with_password("claire").await;
    let mut claire = Browser::new(&w);
    let begun = claire.post("auth/passkey/begin", "").await;
    let ticket = member(&begun, "ticket");
    // A ticket of one step is not one of another, and is gone by the attempt.
    let body = format!(r#"{{"ticket":"{ticket}","totp":"000000"}}"#);
    for _ in 0..2 {
        assert_eq!(
            claire.refusal("POST", "auth/second-factor", &body).await,
            (401, "auth.ticket-over".into())
        );
    }
    // A link of one tenant is none of another.
    let token = identity::account::operator::invitation(&w.hub, "alpha", "claire").await.unwrap();
    let look = format!(r#"{{"token":"{token}"}}"#);
    let elsewhere = claire.refusal("POST", "/t/beta/api/v1/auth/invitation/look", &look).await;
    assert_eq!(elsewhere, (404, "auth.link-over".into()));
    let mine = claire.post("auth/invitation/look", &look).await;
    assert_eq!(member(&mine, "user"), "claire");
    // The password was set in another way since: over.
    w.with_password("claire").await;
    assert_eq!(claire.post("auth/invitation/look", &look).await.status, 404);
}
