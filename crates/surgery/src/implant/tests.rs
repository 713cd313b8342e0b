//! Implants: scanning, recording, recall.

use crate::Surgery;
use crate::perioperative::tests::{hub, refused, with};
use fhir::Json;
use service::testing::TestHub;
use store::{Error, Role};

const GTIN: &str = "03401234567894";
const PATH: &str = "surgeries/op/implants";

fn gtin() -> String {
    let head = &GTIN[..13];
    (0..10).map(|d| format!("{head}{d}")).find(|g| super::gs1::has_check_digit(g)).unwrap()
}

fn code(expiry: &str, lot: &str) -> String {
    format!("(01){}(17){expiry}(10){lot}", gtin())
}

async fn ask(hub: &TestHub, role: Role, method: &str, path: &str, body: &str) -> Json<'static> {
    hub.ask(&Surgery, with(hub, role), method, path, body).await
}

async fn stocked(hub: &TestHub, lot: &str, quantity: u32) -> Json<'static> {
    let body = format!(
        r#"{{"id":"00000000-0000-4000-9000-{:012}","code":"{}","quantity":{quantity},"name":"Cupule Exemple 52"}}"#,
        u32::from(lot.as_bytes()[0]),
        code("271130", lot)
    );
    ask(hub, Role::Nurse, "POST", "stock/receive", &body).await
}

fn place(n: u32, code: &str, more: &str) -> String {
    format!(r#"{{"id":"00000000-0000-4000-8000-{n:012}","code":"{code}"{more}}}"#)
}

#[tokio::test]
async fn one_scan_and_one_confirmation() {
    let hub = hub().await;
    stocked(&hub, "A1", 2).await;
    let scan = format!(r#"{{"code":"{}"}}"#, code("271130", "A1"));
    let scanned = ask(&hub, Role::Nurse, "POST", "implants/scan", &scan).await;
    assert_eq!((scanned.get_str("state"), scanned.get_str("name")), (Some("ok"), Some("Cupule Exemple 52")));
    assert_eq!(scanned.get("stock").and_then(|s| s.get("quantity")), Some(&Json::integer(2)));
    let body = place(1, &code("271130", "A1"), r#","site":"Cotyle""#);
    let first = hub.call(&Surgery, with(&hub, Role::Nurse), "POST", PATH, &body).await.unwrap();
    let told = fhir::json::parse(&first.body).unwrap();
    assert_eq!((first.status, told.get_str("side")), (201, Some("right")), "the side is the case's");
    assert_eq!(told.get("stock").and_then(|s| s.get("quantity")), Some(&Json::integer(1)));
    let again = hub.call(&Surgery, with(&hub, Role::Nurse), "POST", PATH, &body).await.unwrap();
    assert_eq!(again.status, 200);
    let list = ask(&hub, Role::Nurse, "GET", PATH, "").await;
    assert_eq!(list.each("implants").count(), 1);
    let id = told.get_str("id").unwrap();
    let device = hub.get(&format!("Device/{id}")).await;
    assert_eq!(device.get("patient").and_then(|p| p.get_str("reference")), Some("Patient/a"));
    let record = ask(&hub, Role::Nurse, "GET", "surgeries/op/perioperative", "").await;
    let procedure = hub.get(record.get_str("procedure").unwrap()).await;
    assert_eq!(procedure.each("focalDevice").count(), 1);
    // By mistake: the stock gets it back.
    let strike = format!("{PATH}/{id}/strike");
    ask(&hub, Role::Nurse, "POST", &strike, r#"{"reason":"Doublon"}"#).await;
    let stock = ask(&hub, Role::Nurse, "GET", "stock?q=cupule", "").await;
    assert_eq!(stock.each("lines").next().and_then(|l| l.get("quantity")), Some(&Json::integer(2)));
    let procedure = hub.get(record.get_str("procedure").unwrap()).await;
    assert_eq!(procedure.each("focalDevice").count(), 0);
    assert_eq!(refused(&hub, Role::Nurse, &strike, r#"{"reason":"x"}"#).await[0].0, "implant.struck");
}

#[tokio::test]
async fn what_is_expired_or_recalled_needs_a_reason() {
    let hub = hub().await;
    let old = place(1, &code("261121", "B2"), "");
    assert_eq!(refused(&hub, Role::Nurse, PATH, &old).await[0].0, "implant.expired");
    // The last day of use is one.
    ask(&hub, Role::Nurse, "POST", PATH, &place(2, &code("261122", "B2"), "")).await;
    let recall =
        format!(r#"{{"gtin":"{}","lot":"C3","reference":"R2611","reason":"Rupture précoce"}}"#, gtin());
    let nurse = hub.call(&Surgery, with(&hub, Role::Nurse), "POST", "implants/recalls", &recall).await;
    assert!(matches!(nurse, Err(Error::Refused(_))));
    let first = ask(&hub, Role::Pharmacist, "POST", "implants/recalls", &recall).await;
    let again = ask(&hub, Role::Pharmacist, "POST", "implants/recalls", &recall).await;
    assert_eq!(first, again);
    let bad = place(3, &code("271130", "C3"), "");
    assert_eq!(refused(&hub, Role::Nurse, PATH, &bad).await[0].0, "implant.recalled");
    let forced = place(3, &code("271130", "C3"), r#","overrideReason":"Seule taille disponible, Dr B.""#);
    let told = ask(&hub, Role::Nurse, "POST", PATH, &forced).await;
    assert_eq!(told.get_str("override"), Some("Seule taille disponible, Dr B."));
    assert_eq!(told.each("warnings").count(), 1);
    // Not by another way either.
    let sneak = format!(
        r#"{{"resourceType":"Device","identifier":[{{"system":"urn:medhub:gtin","value":"{}"}}],"lotNumber":"C3","patient":{{"reference":"Patient/a"}},"extension":[{{"url":"urn:medhub:implanted","valueInstant":"2026-11-22T08:00:00Z"}}]}}"#,
        gtin()
    );
    assert!(hub.refusal(&sneak).await.contains("rappel"));
}

#[tokio::test]
async fn who_carries_a_lot_is_found_and_flagged() {
    let hub = hub().await;
    ask(&hub, Role::Nurse, "POST", PATH, &place(1, &code("271130", "D4"), "")).await;
    ask(&hub, Role::Nurse, "POST", PATH, &place(2, &code("271130", "E5"), "")).await;
    let recall = format!(r#"{{"gtin":"{}","lot":"D4","reference":"R1","reason":"Défaut"}}"#, gtin());
    let told = ask(&hub, Role::Pharmacist, "POST", "implants/recalls", &recall).await;
    assert_eq!(told.get("carriers"), Some(&Json::integer(1)));
    hub.drain().await;
    let found = ask(&hub, Role::Pharmacist, "GET", "implants?lot=D4", "").await;
    assert_eq!((found.each("carriers").count(), found.each("recalls").count()), (1, 1));
    let carrier = found.each("carriers").next().unwrap();
    assert_eq!(carrier.get("patient").and_then(|p| p.get_str("reference")), Some("Patient/a"));
    assert_eq!(
        ask(&hub, Role::Pharmacist, "GET", &format!("implants?gtin={}", gtin()), "")
            .await
            .each("carriers")
            .count(),
        2
    );
    let device = carrier.get_str("device").unwrap().strip_prefix("Device/").unwrap().to_string();
    let recall = found.each("recalls").next().unwrap().get_str("id").unwrap().to_string();
    let flag = format!("Flag/{}", crate::perioperative::case::derived("recall-flag", &recall, &device));
    assert_eq!(hub.get(&flag).await.get_str("status"), Some("active"));
    ask(&hub, Role::Nurse, "POST", &format!("{PATH}/{device}/strike"), r#"{"reason":"Erreur"}"#).await;
    hub.drain().await;
    assert_eq!(hub.get(&flag).await.get_str("status"), Some("entered-in-error"));
    assert!(hub.call(&Surgery, with(&hub, Role::Nurse), "GET", "implants", "").await.is_err());
}

#[tokio::test]
async fn a_serial_number_is_implanted_once_and_an_implant_keeps_what_it_is() {
    let hub = hub().await;
    let label = format!("(01){}(21)S9", gtin());
    let told = ask(&hub, Role::Nurse, "POST", PATH, &place(1, &label, "")).await;
    assert_eq!(refused(&hub, Role::Nurse, PATH, &place(2, &label, "")).await[0].0, "implant.serial-used");
    let scanned = ask(&hub, Role::Nurse, "POST", "implants/scan", &format!(r#"{{"code":"{label}"}}"#)).await;
    assert_eq!(scanned.each("used").count(), 1);
    let id = told.get_str("id").unwrap();
    let device = hub.get(&format!("Device/{id}")).await.to_string();
    let other = device.replace("\"S9\"", "\"S8\"");
    assert_ne!(device, other);
    assert!(hub.refusal(&other).await.contains("rayez"));
    let plain = place(3, &format!("(01){}", gtin()), "");
    assert_eq!(refused(&hub, Role::Nurse, PATH, &plain).await[0].0, "implant.no-lot");
    for (code, key) in [("https://exemple.fr", "scan.not-gs1"), ("(01)03401234567891", "scan.check-digit")] {
        let body = format!(r#"{{"code":"{code}"}}"#);
        assert_eq!(refused(&hub, Role::Nurse, "implants/scan", &body).await[0].0, key);
    }
}
