//! Stock: receiving, picking, consuming.

use crate::Surgery;
use crate::perioperative::tests::{hub, refused, with};
use fhir::Json;
use service::testing::TestHub;
use store::Role;

/// Of GS1's own examples.
const GTIN: &str = "09506000134352";

async fn ask(hub: &TestHub, method: &str, path: &str, body: &str) -> Json<'static> {
    hub.ask(&Surgery, with(hub, Role::Nurse), method, path, body).await
}

async fn shelf() -> TestHub {
    let hub = hub().await;
    hub.create(&format!(r#"{{"resourceType":"DeviceDefinition","id":"p","identifier":[{{"system":"urn:medhub:gtin","value":"{GTIN}"}}],"deviceName":[{{"name":"Vis Exemple 4,5","type":"user-friendly-name"}}],"manufacturerString":"Exemple SA","extension":[{{"url":"urn:medhub:threshold","valueUnsignedInt":3}}]}}"#)).await;
    hub.create(&format!(r#"{{"resourceType":"PlanDefinition","id":"card","status":"active","title":"PTH","identifier":[{{"system":"urn:medhub:preference-card","value":"NEKA020"}}],"action":[{{"title":"Vis Exemple 4,5","extension":[{{"url":"urn:medhub:card-item","extension":[{{"url":"gtin","valueString":"{GTIN}"}},{{"url":"quantity","valueUnsignedInt":2}},{{"url":"kind","valueCode":"implant"}}]}}]}},{{"title":"Champ stérile","extension":[{{"url":"urn:medhub:card-item","extension":[{{"url":"quantity","valueUnsignedInt":4}}]}}]}}]}}"#)).await;
    hub
}

fn received(n: u32, expiry: &str, lot: &str, quantity: i64) -> String {
    format!(
        r#"{{"id":"00000000-0000-4000-9000-{n:012}","code":"(01){GTIN}(17){expiry}(10){lot}","quantity":{quantity},"location":"Arsenal"}}"#
    )
}

fn consumed(n: u32, what: &str) -> String {
    format!(r#"{{"id":"00000000-0000-4000-8000-{n:012}",{what}}}"#)
}

#[tokio::test]
async fn what_is_received_picked_and_used_adds_up() {
    let hub = shelf().await;
    for _ in 0..2 {
        ask(&hub, "POST", "stock/receive", &received(1, "271130", "L1", 2)).await;
    }
    let line = ask(&hub, "POST", "stock/receive", &received(2, "270115", "L2", 1)).await;
    assert_eq!((line.get_str("name"), line.get_str("state")), (Some("Vis Exemple 4,5"), Some("soon")));
    let stock = ask(&hub, "GET", "stock", "").await;
    let product = stock.each("products").next().unwrap();
    assert_eq!(
        (product.get("quantity"), product.get("low")),
        (Some(&Json::integer(3)), Some(&Json::Bool(false)))
    );
    let list = ask(&hub, "GET", "surgeries/op/picklist", "").await;
    let vis = list.each("items").next().unwrap();
    assert_eq!((vis.get("wanted"), vis.get("stock")), (Some(&Json::integer(2)), Some(&Json::integer(3))));
    // What ends first is taken first.
    let used = format!(
        r#"{{"items":[{},{}]}}"#,
        consumed(1, &format!(r#""gtin":"{GTIN}","quantity":1"#)),
        consumed(2, r#""name":"Champ stérile","quantity":4,"wasted":1"#)
    );
    for _ in 0..2 {
        ask(&hub, "POST", "surgeries/op/consumed", &used).await;
    }
    let list = ask(&hub, "GET", "surgeries/op/picklist", "").await;
    let counts: Vec<_> = list.each("items").map(|item| item.get("consumed").cloned().unwrap()).collect();
    assert_eq!(counts, [Json::integer(1), Json::integer(4)]);
    let stock = ask(&hub, "GET", "stock?location=arsenal", "").await;
    let left: Vec<_> = stock
        .each("lines")
        .map(|l| (l.get_str("lot").unwrap(), l.get("quantity").unwrap().clone()))
        .collect();
    assert_eq!(left, [("L2", Json::integer(0)), ("L1", Json::integer(2))]);
    assert_eq!(stock.each("products").next().unwrap().get("low"), Some(&Json::Bool(true)));
    let cards = ask(&hub, "GET", "preference-cards?act=NEKA020", "").await;
    assert_eq!(cards.each("cards").next().map(|c| c.each("items").count()), Some(2));
}

#[tokio::test]
async fn one_lot_twice_in_a_sending_is_taken_twice_and_never_below_nothing() {
    let hub = shelf().await;
    ask(&hub, "POST", "stock/receive", &received(1, "271130", "L1", 3)).await;
    let lot = format!(r#""code":"(01){GTIN}(10)L1","quantity":2"#);
    let used = format!(r#"{{"items":[{},{}]}}"#, consumed(1, &lot), consumed(2, &lot));
    let told = ask(&hub, "POST", "surgeries/op/consumed", &used).await;
    let short: Vec<_> = told.each("consumed").map(|c| c.get("short").unwrap().clone()).collect();
    assert_eq!(short, [Json::Bool(false), Json::Bool(true)]);
    let stock = ask(&hub, "GET", "stock", "").await;
    assert_eq!(stock.each("lines").next().unwrap().get("quantity"), Some(&Json::integer(0)));
}

#[tokio::test]
async fn what_may_not_enter_the_stock_does_not() {
    let hub = shelf().await;
    let told = |body: String| {
        let hub = &hub;
        async move { refused(hub, Role::Nurse, "stock/receive", &body).await[0].0.clone() }
    };
    assert_eq!(told(received(1, "261121", "L1", 1)).await, "stock.expired");
    assert_eq!(told(received(1, "271130", "L1", 0)).await, "stock.quantity");
    let unknown = r#"{"id":"00000000-0000-4000-9000-000000000009","gtin":"96385074","lot":"X","quantity":1}"#;
    assert_eq!(told(unknown.into()).await, "stock.name");
    for body in ["{}", r#"{"items":[]}"#, r#"{"items":[{"id":"x"}]}"#, r#"{"items":[7]}"#] {
        assert!(!refused(&hub, Role::Nurse, "surgeries/op/consumed", body).await.is_empty());
    }
}
