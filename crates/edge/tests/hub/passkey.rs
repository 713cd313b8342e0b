//! Passkeys: enrolled, alone, as a second factor, and what is refused.

use crate::authenticator::Authenticator;
use crate::kit::{Reply, World, world};
use crate::signed_in::{Browser, PASSWORD, list, member, text};
use serde_json::{Value, json};

const ORIGIN: &str = "http://hub.test";

fn value(reply: &Reply) -> Value {
    serde_json::from_slice(&reply.body).unwrap_or_else(|_| panic!("{}", text(reply)))
}

async fn enrolled<'w>(w: &'w World, key: &mut Authenticator) -> Browser<'w> {
    w.with_password("claire").await;
    let mut claire = Browser::new(w);
    claire.enter("claire").await;
    let begun = value(&claire.post("account/passkeys/begin", "").await);
    assert_eq!(begun["options"]["publicKey"]["authenticatorSelection"]["residentKey"], "required");
    assert_eq!(begun["options"]["publicKey"]["authenticatorSelection"]["userVerification"], "required");
    let answer = key.create(&begun["options"]);
    let body =
        json!({"ticket": begun["ticket"], "name": "Clé du vestiaire", "credential": answer}).to_string();
    let done = claire.post("account/passkeys/finish", &body).await;
    assert_eq!(done.status, 200, "{}", text(&done));
    assert_eq!(value(&done)["recovery"].as_array().map(Vec::len), Some(10));
    claire
}

async fn alone(w: &World, key: &mut Authenticator) -> (Reply, String) {
    let mut browser = Browser::new(w);
    let begun = value(&browser.post("auth/passkey/begin", "{}").await);
    assert_eq!(begun["options"]["mediation"], "conditional");
    let body = json!({"ticket": begun["ticket"], "credential": key.get(&begun["options"])}).to_string();
    (browser.post("auth/passkey/finish", &body).await, body)
}

#[tokio::test]
async fn a_passkey_signs_in_alone() {
    let w = world().await;
    let mut key = Authenticator::new(ORIGIN);
    let mut claire = enrolled(&w, &mut key).await;
    let (reply, body) = alone(&w, &mut key).await;
    assert_eq!((reply.status, member(&reply, "user")), (200, "claire".into()), "{}", text(&reply));
    assert!(list(&reply.json(), "must").is_empty());
    let again = Browser::new(&w).refusal("POST", "auth/passkey/finish", &body).await;
    assert_eq!(again, (401, "auth.ticket-over".into()));
    let page = value(&claire.get("account/security").await);
    assert_eq!(
        (&page["passkeys"][0]["name"], page["passkeys"][0]["used"].is_string()),
        (&json!("Clé du vestiaire"), true)
    );

    // Removed: of no use any more.
    let path = format!("account/passkeys/{}", key.id());
    assert_eq!(claire.call("DELETE", &path, "").await.status, 204);
    assert_eq!(alone(&w, &mut key).await.0.status, 401);
    assert_eq!(claire.call("DELETE", &path, "").await.status, 404);
}

#[tokio::test]
async fn a_passkey_is_a_second_factor_and_a_fresh_one() {
    let w = world().await;
    let mut key = Authenticator::new(ORIGIN);
    enrolled(&w, &mut key).await;
    let mut claire = Browser::new(&w);
    let reply = value(&claire.login("claire", PASSWORD).await);
    assert_eq!(reply["methods"], json!(["passkey", "recovery"]));
    let body = json!({"ticket": reply["ticket"], "passkey": key.get(&reply["passkey"])}).to_string();
    let done = claire.post("auth/second-factor", &body).await;
    assert_eq!(done.status, 200, "{}", text(&done));

    w.clock.advance(std::time::Duration::from_secs(400));
    assert_eq!(claire.refusal("POST", "account/recovery-codes", "").await.1, "auth.fresh-factor");
    let begun = value(&claire.post("auth/fresh/passkey/begin", "").await);
    let body = json!({"ticket": begun["ticket"], "credential": key.get(&begun["options"])}).to_string();
    assert_eq!(claire.post("auth/fresh", &body).await.status, 204);
    assert_eq!(claire.post("account/recovery-codes", "").await.status, 200);
}

#[tokio::test]
async fn passkeys_of_another_place_or_without_their_user_are_refused() {
    let w = world().await;
    let mut key = Authenticator::new(ORIGIN);
    enrolled(&w, &mut key).await;
    key.origin = "http://hub.test.evil.example".into();
    assert_eq!(alone(&w, &mut key).await.0.status, 401);
    (key.origin, key.flags) = (ORIGIN.into(), 1);
    assert_eq!(alone(&w, &mut key).await.0.status, 401);
    key.flags = 5;
    assert_eq!(alone(&w, &mut key).await.0.status, 200);
    // A key that was never enrolled, and one whose account is disabled.
    let mut stranger = Authenticator::new(ORIGIN);
    stranger.create(&json!({"publicKey": {"user": {"id": "AAAAAAAAAAAAAAAAAAAAAA"}, "rp": {"id": "hub.test"}, "challenge": ""}}));
    assert_eq!(alone(&w, &mut stranger).await.0.status, 401);
    w.hub.account_disable("alpha", "claire").await.unwrap();
    assert_eq!(alone(&w, &mut key).await.0.status, 401);
}
