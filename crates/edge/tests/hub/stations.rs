//! Ward stations, PINs, and emergency access.

use crate::kit::{World, world};
use crate::signed_in::{Browser, audited, list, member, text};
use std::time::Duration;

fn admin(w: &World) -> Browser<'_> {
    Browser { headers: vec![("authorization", format!("Bearer {}", w.admin))], ..Browser::new(w) }
}

#[tokio::test]
async fn a_pin_reopens_a_station_for_a_while() {
    let w = world().await;
    w.with_password("claire").await;
    let station = admin(&w).post("stations", r#"{"name":"Poste 2e étage"}"#).await;
    assert_eq!(station.status, 201, "{}", text(&station));
    let headers = vec![("x-medhub-station", member(&station, "token"))];
    let on_station = || Browser { headers: headers.clone(), ..Browser::new(&w) };
    let methods = on_station().get("auth/methods").await;
    assert_eq!(methods.json().get("station").and_then(|s| s.get_str("name")), Some("Poste 2e étage"));

    let mut claire = on_station();
    claire.enter("claire").await;
    claire.enrol().await;
    for weak in ["1234", "0000", "12"] {
        let body = format!(r#"{{"pin":"{weak}"}}"#);
        assert_eq!(claire.refusal("PUT", "account/pin", &body).await, (422, "station.pin-form".into()));
    }
    assert_eq!(claire.call("PUT", "account/pin", r#"{"pin":"2580"}"#).await.status, 204);
    assert_eq!(claire.post("/api/v1/auth/logout", "").await.status, 204);

    let back = |pin: &str| format!(r#"{{"user":"claire","pin":"{pin}"}}"#);
    let elsewhere = Browser::new(&w).refusal("POST", "auth/station-reentry", &back("2580")).await;
    assert_eq!(elsewhere, (403, "station.unknown".into()));
    let reply = on_station().post("auth/station-reentry", &back("2580")).await;
    assert_eq!(reply.status, 200, "{}", text(&reply));
    let idle = reply.json().get("session").and_then(|s| s.get("idle_s")?.as_number().map(String::from));
    assert_eq!((idle.as_deref(), list(&reply.json(), "must").len()), (Some("900"), 0));
    // One PIN does not beget the next.
    let mut by_pin = on_station();
    by_pin.post("auth/station-reentry", &back("2580")).await;
    for change in ["account/passkeys/begin", "account/totp/begin", "account/recovery-codes"] {
        let refused = by_pin.refusal("POST", change, "").await;
        assert_eq!(refused, (403, "auth.fresh-factor".into()), "a PIN is not worth a new factor: {change}");
    }
    assert_eq!(by_pin.post("auth/fresh", r#"{"pin":"2580"}"#).await.status, 204);
    assert_eq!(by_pin.refusal("POST", "account/totp/begin", "").await.0, 403);
    assert_eq!(by_pin.refusal("PUT", "account/pin", r#"{"pin":"1379"}"#).await.0, 403);
    w.clock.advance(Duration::from_secs(15 * 60 + 1));
    assert_eq!(by_pin.get("me").await.status, 401, "fifteen minutes on a station");

    for n in 0..5 {
        let reply = on_station().refusal("POST", "auth/station-reentry", &back("1379")).await;
        assert_eq!(reply, (401, "auth.refused".into()), "try {n}");
    }
    let over = on_station().refusal("POST", "auth/station-reentry", &back("2580")).await;
    assert_eq!(over, (401, "station.pin-over".into()));
    let nobody = r#"{"user":"nobody","pin":"2580"}"#;
    assert_eq!(on_station().refusal("POST", "auth/station-reentry", nobody).await.1, "station.pin-over");
}

#[tokio::test]
async fn a_pin_ends_half_a_day_after_the_last_full_sign_in() {
    let w = world().await;
    w.with_password("claire").await;
    let station = admin(&w).post("stations", r#"{"name":"Bloc"}"#).await;
    let headers = vec![("x-medhub-station", member(&station, "token"))];
    let mut claire = Browser { headers: headers.clone(), ..Browser::new(&w) };
    claire.enter("claire").await;
    claire.enrol().await;
    assert_eq!(claire.call("PUT", "account/pin", r#"{"pin":"2580"}"#).await.status, 204);
    let body = r#"{"user":"claire","pin":"2580"}"#;
    w.clock.advance(Duration::from_secs(11 * 3600));
    let mut back = Browser { headers: headers.clone(), ..Browser::new(&w) };
    assert_eq!(back.post("auth/station-reentry", body).await.status, 200);
    w.clock.advance(Duration::from_secs(3600));
    assert_eq!(back.refusal("POST", "auth/station-reentry", body).await.1, "station.pin-over");
    // A station that was removed is one no more.
    let path = format!("stations/{}", member(&station, "id"));
    let token = w.hub.token_issue("alpha", "admin", store::Purpose::Treatment, 60).await.unwrap();
    let mut later =
        Browser { headers: vec![("authorization", format!("Bearer {token}"))], ..Browser::new(&w) };
    assert_eq!(later.call("DELETE", &path, "").await.status, 204);
    assert_eq!(back.refusal("POST", "auth/station-reentry", body).await.1, "station.unknown");
}

#[tokio::test]
async fn an_emergency_opens_a_record_and_tells() {
    let w = world().await;
    w.patient("p1", "").await;
    w.with_password("claire").await;
    let mut claire = Browser::new(&w);
    claire.enter("claire").await;
    let (secret, _) = claire.enrol().await;
    let ask = |patient: &str, reason: &str| format!(r#"{{"patient":"{patient}","reason":"{reason}"}}"#);
    let reason = "Arrêt cardiaque en salle de réveil";
    assert_eq!(
        claire.refusal("POST", "break-glass", &ask("p1", "urgent   ")).await,
        (422, "break-glass.reason".into())
    );
    assert_eq!(claire.refusal("POST", "break-glass", &ask("nobody", reason)).await.0, 404);
    w.clock.advance(Duration::from_secs(400));
    assert_eq!(claire.refusal("POST", "break-glass", &ask("p1", reason)).await.1, "auth.fresh-factor");
    let fresh = format!(r#"{{"totp":"{}"}}"#, w.code(&secret));
    assert_eq!(claire.post("auth/fresh", &fresh).await.status, 204);
    let open = claire.post("break-glass", &ask("p1", reason)).await;
    assert_eq!(open.status, 200, "{}", text(&open));
    let me = claire.get("me").await;
    let glass = me.json().each("break_glass").next().map(|g| g.get_str("patient").unwrap_or("").to_string());
    assert_eq!(glass.as_deref(), Some("p1"));
    assert!(audited(&w).await.contains(&format!("break-glass: {reason}")));

    // The officer reviews it, and nobody else.
    let mut auditor =
        Browser { headers: vec![("authorization", format!("Bearer {}", w.auditor))], ..Browser::new(&w) };
    let page = auditor.get("break-glass").await;
    let json = page.json();
    let access = json.each("accesses").next().unwrap_or_else(|| panic!("{}", text(&page)));
    assert_eq!((access.get_str("patient"), access.get_str("reason")), (Some("p1"), Some(reason)));
    assert_eq!(access.get_str("state"), Some("requested"));
    let path = format!("break-glass/reviews/{}", access.get_str("task").unwrap());
    assert_eq!(claire.get("break-glass").await.status, 403);
    assert_eq!(admin(&w).post(&path, r#"{"note":"bien"}"#).await.status, 403);
    // Whoever writes in the record closes no review there.
    let task = format!("/t/alpha/fhir/Task/{}", access.get_str("task").unwrap());
    let mut closed = w.ask("GET", &task).token(&w.admin).send().await.body;
    closed = String::from_utf8(closed).unwrap().replace("\"requested\"", "\"completed\"").into_bytes();
    let forged =
        w.ask("PUT", &task).token(&w.admin).body(closed).header("content-type", "application/fhir+json");
    forged.send().await;
    let page = auditor.get("break-glass").await;
    assert_eq!(page.json().each("accesses").next().unwrap().get_str("state"), Some("requested"));
    assert_eq!(auditor.post(&path, r#"{"note":"Conforme : urgence vitale."}"#).await.status, 204);
    assert_eq!(auditor.refusal("POST", &path, r#"{"note":"encore"}"#).await.1, "break-glass.reviewed");
    let page = auditor.get("break-glass").await;
    assert_eq!(page.json().each("accesses").next().unwrap().get_str("state"), Some("completed"));

    assert_eq!(claire.call("DELETE", "break-glass/p1", "").await.status, 204);
    assert_eq!(claire.call("DELETE", "break-glass/p1", "").await.status, 404);
    assert_eq!(claire.post("break-glass", &ask("p1", reason)).await.status, 200);
    w.clock.advance(Duration::from_secs(1801 - 900));
    claire.get("me").await;
    w.clock.advance(Duration::from_secs(900));
    assert_eq!(claire.get("me").await.json().each("break_glass").count(), 0, "half an hour");
    // Who cares for nobody opens nothing; a token is no session.
    assert_eq!(admin(&w).post("break-glass", &ask("p1", reason)).await.status, 403);
}
