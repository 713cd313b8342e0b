//! From the report to whoever looks at it.

use crate::Records;
use fhir::{Json, ResourceType};
use service::testing::{AllCare, TestHub};
use std::sync::Arc;
use std::time::Duration;
use store::{Actor, Ctx, Error, Role};

const REPORT: &str = r#"{"resourceType":"DiagnosticReport","id":"r","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0074","code":"LAB"}]}],"code":{"text":"Ionogramme"},"subject":{"reference":"Patient/a"},"basedOn":[{"reference":"ServiceRequest/order"}],"effectiveDateTime":"2026-11-22T07:40:00Z","issued":"2026-11-22T07:55:00Z","result":[{"reference":"Observation/k"}]}"#;

fn potassium(id: &str, value: &str, day: &str, status: &str) -> String {
    format!(
        r#"{{"resourceType":"Observation","id":"{id}","status":"{status}","code":{{"coding":[{{"system":"http://loinc.org","code":"2823-3"}}],"text":"Potassium"}},"subject":{{"reference":"Patient/a"}},"effectiveDateTime":"{day}T07:40:00Z","valueQuantity":{{"value":{value},"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"}},"referenceRange":[{{"low":{{"value":3.5}},"high":{{"value":5.0}}}}]}}"#
    )
}

/// The patient, an order of Dr Un's, an earlier potassium.
async fn hub() -> TestHub {
    let hub = TestHub::new(vec![Arc::new(Records)]).await;
    hub.hub.ties_set(Arc::new(AllCare));
    hub.create(r#"{"resourceType":"Patient","id":"a","name":[{"family":"Exemple","given":["Ada"]}]}"#).await;
    for (id, name) in [("un", "Dr Un"), ("deux", "Dr Deux")] {
        hub.create(&format!(r#"{{"resourceType":"Practitioner","id":"{id}","name":[{{"text":"{name}"}}]}}"#))
            .await;
    }
    hub.create(r#"{"resourceType":"ServiceRequest","id":"order","status":"active","intent":"order","subject":{"reference":"Patient/a"},"requester":{"reference":"Practitioner/un"}}"#).await;
    hub.create(&potassium("before", "4.1", "2026-10-01", "final")).await;
    hub
}

async fn arrives(hub: &TestHub, value: &str) {
    hub.create(&potassium("k", value, "2026-11-22", "final")).await;
    hub.create(REPORT).await;
    hub.drain().await;
}

fn as_(hub: &TestHub, person: &str) -> Ctx {
    let ctx = hub.ctx(&[Role::Surgeon]);
    let actor = Actor { person: Some(format!("Practitioner/{person}").into()), ..(*ctx.actor).clone() };
    Ctx { actor: Arc::new(actor), ..ctx }
}

async fn inbox(hub: &TestHub, person: &str, query: &str) -> Vec<Json<'static>> {
    let answer = hub.ask(&Records, as_(hub, person), "GET", &format!("results/inbox{query}"), "").await;
    answer.each("items").cloned().collect()
}

async fn one(hub: &TestHub, person: &str) -> Json<'static> {
    let mut items = inbox(hub, person, "").await;
    assert_eq!(items.len(), 1, "{items:?}");
    items.remove(0)
}

async fn tasks(hub: &TestHub) -> usize {
    let rows = hub.tenant.feed(0, 1_000).await.unwrap();
    rows.iter().filter(|row| row.kind == ResourceType::TASK.number()).count()
}

#[tokio::test]
async fn a_critical_value_waits_for_whoever_ordered_it() {
    let hub = hub().await;
    arrives(&hub, "6.9").await;
    let item = one(&hub, "un").await;
    let get = |name: &str| item.get_str(name).map(String::from);
    assert_eq!(
        (get("flags"), get("state"), get("title")),
        (Some("critical".into()), Some("open".into()), Some("Ionogramme".into()))
    );
    assert_eq!((get("patient"), get("patientName")), (Some("a".into()), Some("Ada Exemple".into())));
    assert_eq!(get("due").as_deref(), Some("2026-11-22T08:30:00.000Z"));
    assert_eq!(item.get("overdue").and_then(Json::as_bool), Some(false));
    assert_eq!(item.get("owner").and_then(|o| o.get_str("name")), Some("Dr Un"));
    let value = item.each("values").next().unwrap();
    assert_eq!(
        (value.get_str("value"), value.get_str("unit"), value.get_str("range"), value.get_str("flag")),
        (Some("6.9"), Some("mmol/L"), Some("3.5 – 5.0"), Some("critical"))
    );
    assert_eq!(value.get("previous").and_then(|p| p.get_str("value")), Some("4.1"));
    hub.clock.advance(Duration::from_secs(31 * 60));
    assert_eq!(one(&hub, "un").await.get("overdue").and_then(Json::as_bool), Some(true));
}

/// Until when nobody else is told: 30 minutes after it came.
#[tokio::test]
async fn a_critical_result_that_is_late_reaches_the_team_then_the_site() {
    let hub = hub().await;
    hub.create(r#"{"resourceType":"CareTeam","id":"t","status":"active","subject":{"reference":"Patient/a"},"participant":[{"member":{"reference":"Practitioner/deux"}}]}"#).await;
    arrives(&hub, "6.9").await;
    let reach = async |person: &str| {
        let items = inbox(&hub, person, "").await;
        items.first().and_then(|item| item.get_str("reach").map(String::from))
    };
    let answer = hub.ask(&Records, as_(&hub, "trois"), "GET", "results/inbox", "").await;
    assert_eq!(answer.get_str("next"), Some("2026-11-22T08:30:00.000Z"));
    assert_eq!(reach("un").await.as_deref(), Some("owner"));
    assert_eq!((reach("deux").await, reach("trois").await), (None, None));
    hub.clock.advance(Duration::from_secs(31 * 60));
    assert_eq!(reach("un").await.as_deref(), Some("team"));
    assert_eq!((reach("deux").await.as_deref(), reach("trois").await), (Some("team"), None));
    hub.clock.advance(Duration::from_secs(30 * 60));
    assert_eq!(reach("deux").await.as_deref(), Some("site"));
    assert_eq!(reach("trois").await.as_deref(), Some("site"));
    let secretary = Ctx {
        actor: Arc::new(Actor {
            person: Some("Practitioner/sec".into()),
            ..(*hub.ctx(&[Role::Secretary]).actor).clone()
        }),
        ..hub.ctx(&[Role::Secretary])
    };
    let answer = hub.ask(&Records, secretary, "GET", "results/inbox", "").await;
    assert_eq!(answer.each("items").count(), 0, "who may not write in the record covers nobody");
    hub.ask(&Records, as_(&hub, "trois"), "POST", "results/r/acknowledge", "").await;
    assert_eq!((reach("un").await, reach("deux").await, reach("trois").await), (None, None, None));
}

#[tokio::test]
async fn an_abnormal_result_stays_its_owners_however_late() {
    let hub = hub().await;
    arrives(&hub, "5.4").await;
    hub.clock.advance(Duration::from_secs(30 * 24 * 3600));
    assert_eq!(one(&hub, "un").await.get_str("reach"), Some("owner"));
    assert!(inbox(&hub, "deux", "").await.is_empty());
}

#[tokio::test]
async fn one_task_for_each_report_however_often_it_comes() {
    let hub = hub().await;
    arrives(&hub, "4.0").await;
    assert_eq!(tasks(&hub).await, 1);
    hub.create(REPORT).await;
    hub.create(REPORT).await;
    hub.drain().await;
    assert_eq!(tasks(&hub).await, 1);
    assert_eq!(one(&hub, "un").await.get_str("flags"), Some("normal"));
    let old = REPORT.replace("\"r\"", "\"old\"").replace("2026-11-22", "2026-08-01");
    hub.create(&old).await;
    hub.create(&REPORT.replace("\"r\"", "\"early\"").replace("final", "preliminary")).await;
    hub.drain().await;
    assert_eq!(tasks(&hub).await, 1, "history and preliminary reports ask for nothing");
}

#[tokio::test]
async fn taking_it_into_account_is_done_once_and_a_correction_asks_again() {
    let hub = hub().await;
    arrives(&hub, "6.9").await;
    let done = hub
        .ask(&Records, as_(&hub, "deux"), "POST", "results/r/acknowledge", r#"{"comment":"Contrôlé"}"#)
        .await;
    assert_eq!((done.get_str("state"), done.get("due")), (Some("done"), None));
    assert_eq!(done.get("acknowledgedBy").and_then(|by| by.get_str("name")), Some("Dr Deux"));
    assert_eq!(done.each("comments").next().and_then(|c| c.get_str("text")), Some("Contrôlé"));
    let twice = hub.call(&Records, as_(&hub, "un"), "POST", "results/r/acknowledge", "").await;
    assert!(matches!(twice, Err(Error::Refused(_))));
    assert!(inbox(&hub, "un", "").await.is_empty());
    assert_eq!(inbox(&hub, "un", "?state=done").await.len(), 1);

    hub.clock.advance(Duration::from_secs(3600));
    hub.create(&potassium("k", "4.2", "2026-11-22", "corrected")).await;
    hub.create(&REPORT.replace("final", "corrected")).await;
    hub.drain().await;
    let again = one(&hub, "un").await;
    assert_eq!(again.get("corrected").and_then(Json::as_bool), Some(true));
    assert_eq!(
        (again.get_str("flags"), again.get_str("due")),
        (Some("normal"), Some("2026-11-29T09:00:00.000Z"))
    );
    assert_eq!(again.each("comments").count(), 1, "what was said stays");
    // The corrected value and the corrected report are one piece of news.
    hub.ask(&Records, as_(&hub, "un"), "POST", "results/r/acknowledge", "").await;
    hub.drain().await;
    assert!(inbox(&hub, "un", "").await.is_empty());
}

#[tokio::test]
async fn a_value_that_is_corrected_alone_asks_again_too() {
    let hub = hub().await;
    arrives(&hub, "4.2").await;
    hub.ask(&Records, as_(&hub, "un"), "POST", "results/r/acknowledge", "").await;
    hub.clock.advance(Duration::from_secs(60));
    hub.create(&potassium("k", "6.8", "2026-11-22", "corrected")).await;
    hub.drain().await;
    assert_eq!(one(&hub, "un").await.get_str("flags"), Some("critical"));
}

#[tokio::test]
async fn a_withdrawn_report_waits_no_more() {
    let hub = hub().await;
    arrives(&hub, "6.9").await;
    hub.create(&REPORT.replace("final", "entered-in-error")).await;
    hub.drain().await;
    assert!(inbox(&hub, "un", "").await.is_empty());
    let late = hub.call(&Records, as_(&hub, "un"), "POST", "results/r/acknowledge", "").await;
    assert!(matches!(late, Err(Error::Refused(_))));
}

#[tokio::test]
async fn a_result_is_passed_on_with_a_word() {
    let hub = hub().await;
    arrives(&hub, "5.4").await;
    let body = r#"{"to":"Practitioner/deux","comment":"Pour avis"}"#;
    let item = hub.ask(&Records, as_(&hub, "un"), "POST", "results/r/forward", body).await;
    assert_eq!(item.get_str("flags"), Some("abnormal"));
    assert!(inbox(&hub, "un", "").await.is_empty());
    let theirs = one(&hub, "deux").await;
    assert_eq!(theirs.each("comments").next().and_then(|c| c.get_str("text")), Some("→ Dr Deux : Pour avis"));
    hub.ask(&Records, as_(&hub, "deux"), "POST", "results/r/comment", r#"{"comment":"Vu"}"#).await;
    assert_eq!(one(&hub, "deux").await.each("comments").count(), 2);
    for to in ["Practitioner/nobody", "Patient/a", ""] {
        let body = format!(r#"{{"to":"{to}"}}"#);
        let answer = hub.call(&Records, as_(&hub, "un"), "POST", "results/r/forward", &body).await;
        assert!(matches!(answer, Err(Error::Refused(_))), "{to}");
    }
}

#[tokio::test]
async fn without_an_order_it_is_the_care_teams_and_without_a_team_everyones() {
    let hub = hub().await;
    let alone = REPORT.replace(r#""basedOn":[{"reference":"ServiceRequest/order"}],"#, "");
    hub.create(&alone.replace("\"r\"", "\"nobodys\"")).await;
    hub.drain().await;
    assert!(inbox(&hub, "deux", "").await.is_empty());
    assert_eq!(inbox(&hub, "deux", "?filter=team").await.len(), 1);
    hub.create(r#"{"resourceType":"CareTeam","id":"t","status":"active","subject":{"reference":"Patient/a"},"participant":[{"member":{"reference":"Patient/a"}},{"member":{"reference":"Practitioner/deux"}}]}"#).await;
    hub.create(&alone.replace("\"r\"", "\"teams\"")).await;
    hub.drain().await;
    let mine = inbox(&hub, "deux", "").await;
    assert_eq!(
        mine.iter().map(|i| i.get_str("report").unwrap()).collect::<Vec<_>>(),
        ["DiagnosticReport/teams"]
    );
    assert_eq!(inbox(&hub, "deux", "?filter=team").await.len(), 2);
}

#[tokio::test]
async fn who_may_not_write_in_the_record_acknowledges_nothing() {
    let hub = hub().await;
    arrives(&hub, "6.9").await;
    let secretary = hub.ctx(&[Role::Secretary]);
    let answer = hub.call(&Records, secretary.clone(), "POST", "results/r/acknowledge", "").await;
    assert!(matches!(answer, Err(Error::Denied)));
    let team = hub.ask(&Records, secretary, "GET", "results/inbox?filter=team", "").await;
    assert_eq!(team.each("items").count(), 0);
    assert_eq!(one(&hub, "un").await.get_str("state"), Some("open"));
    for query in ["?filter=all", "?state=x"] {
        let path = format!("results/inbox{query}");
        let answer = hub.call(&Records, as_(&hub, "un"), "GET", &path, "").await;
        assert!(matches!(answer, Err(Error::Refused(_))), "{query}");
    }
    let nothing = hub.call(&Records, as_(&hub, "un"), "POST", "results/none/acknowledge", "").await;
    assert!(matches!(nothing, Err(Error::NotFound)));
}
