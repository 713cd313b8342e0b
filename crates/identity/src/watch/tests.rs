//! The watch over a hub in memory.

use super::BreachWatch;
use fhir::{Json, ResourceType};
use service::testing::TestHub;
use service::{Reaction, Route, Service};
use std::sync::Arc;
use std::time::Duration;
use store::{Actor, Ctx, Error, Role};
use uuid::Uuid;

/// The watch alone.
struct Watch(Arc<BreachWatch>);

impl Service for Watch {
    fn name(&self) -> &'static str {
        "identity"
    }
    fn owns(&self) -> &[ResourceType] {
        &[]
    }
    fn reactions(&self) -> Vec<Arc<dyn Reaction>> {
        vec![self.0.clone()]
    }
    fn routes(&self) -> Vec<Route> {
        super::routes()
    }
}

fn watch() -> Watch {
    Watch(Arc::default())
}

async fn hub() -> TestHub {
    TestHub::new(vec![Arc::new(watch())]).await
}

fn someone(hub: &TestHub, n: u128, role: Role) -> Ctx {
    let actor =
        Actor { id: Uuid::from_u128(n), name: format!("user{n}"), ..(*hub.ctx(&[role]).actor).clone() };
    Ctx { actor: Arc::new(actor), ..hub.ctx(&[role]) }
}

fn auditor(hub: &TestHub) -> Ctx {
    someone(hub, 0xA0D, Role::Auditor)
}

async fn alerts(hub: &TestHub) -> Vec<Json<'static>> {
    hub.drain().await;
    let answer = hub.ask(&watch(), auditor(hub), "GET", "watch/alerts", "").await;
    answer.each("alerts").cloned().collect()
}

fn of<'j>(alerts: &'j [Json<'static>], kind: &str) -> Vec<&'j Json<'static>> {
    alerts.iter().filter(|a| a.get_str("kind") == Some(kind)).collect()
}

fn count(alert: &Json<'_>) -> i64 {
    alert.get("count").and_then(Json::as_number).and_then(|n| n.parse().ok()).unwrap()
}

#[tokio::test]
async fn failed_sign_ins_make_one_alert_that_grows() {
    let hub = hub().await;
    let eve = someone(&hub, 7, Role::Clinician);
    for _ in 0..4 {
        hub.tenant.audit_login(&eve, false).await.unwrap();
    }
    assert!(alerts(&hub).await.is_empty(), "four mistakes are mistakes");
    hub.tenant.audit_login(&eve, false).await.unwrap();
    let found = alerts(&hub).await;
    assert_eq!((found.len(), count(&found[0]), found[0].get_str("account_name")), (1, 5, Some("user7")));
    for _ in 0..5 {
        hub.tenant.audit_login(&eve, false).await.unwrap();
    }
    let found = alerts(&hub).await;
    assert_eq!((found.len(), count(&found[0])), (1, 10));
    // Nothing new: nothing is written again.
    let top = hub.tenant.top().await.unwrap();
    hub.drain().await;
    assert_eq!(hub.tenant.top().await.unwrap(), top);
    // The next window counts anew, and others are others.
    hub.clock.advance(Duration::from_secs(16 * 60));
    for _ in 0..4 {
        hub.tenant.audit_login(&eve, false).await.unwrap();
        hub.tenant.audit_login(&someone(&hub, 8, Role::Nurse), false).await.unwrap();
    }
    assert_eq!(alerts(&hub).await.len(), 1);
}

#[tokio::test]
async fn a_restart_tells_nothing_twice_and_forgets_nothing() {
    let hub = hub().await;
    let eve = someone(&hub, 7, Role::Clinician);
    for _ in 0..3 {
        hub.tenant.audit_login(&eve, false).await.unwrap();
    }
    hub.drain().await;
    // Another process: its watch has counted nothing yet.
    let catalog = service::Catalog::new(vec![Arc::new(watch()) as Arc<dyn Service>]).unwrap();
    let second = service::Runner::new(hub.hub.clone(), &catalog, service::Pace::default());
    for _ in 0..2 {
        hub.tenant.audit_login(&eve, false).await.unwrap();
    }
    second.drain().await.unwrap();
    let found = alerts(&hub).await;
    assert_eq!((found.len(), count(&found[0])), (1, 5));
}

#[tokio::test]
async fn denials_in_number_stand_out() {
    let hub = hub().await;
    // Somebody without a role that opens anything.
    let eve = Ctx {
        actor: Arc::new(Actor { roles: Vec::new(), ..(*someone(&hub, 9, Role::Billing).actor).clone() }),
        ..hub.ctx(&[])
    };
    for n in 0..10 {
        let denied = hub.tenant.read(&eve, ResourceType::CONDITION, &format!("c{n}")).await;
        assert!(matches!(denied, Err(Error::Denied)));
    }
    let found = alerts(&hub).await;
    assert_eq!(of(&found, "denied").len(), 1);
    assert_eq!(of(&found, "denied")[0].get_str("account_name"), Some("user9"));
}

#[tokio::test]
async fn records_of_colleagues_and_of_the_known_are_watched() {
    let hub = hub().await;
    let label = |code: &str| {
        format!(
            r#""meta":{{"security":[{{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"{code}"}}]}}"#
        )
    };
    for (id, code) in [("star", "CEL"), ("nurse", "EMP"), ("plain", "HTEST")] {
        hub.create(&format!(r#"{{"resourceType":"Patient","id":"{id}",{}}}"#, label(code))).await;
    }
    let ann = someone(&hub, 5, Role::MedicalAdmin);
    for id in ["star", "star", "nurse", "plain"] {
        hub.tenant.read(&ann, ResourceType::PATIENT, id).await.unwrap();
    }
    let found = alerts(&hub).await;
    let patients: Vec<_> = ["vip", "colleague"].map(|kind| of(&found, kind)[0].get_str("patient")).into();
    assert_eq!((found.len(), patients), (2, vec![Some("star"), Some("nurse")]));
    assert_eq!(count(of(&found, "vip")[0]), 2);
}

#[tokio::test]
async fn volume_and_exports_stand_out() {
    let hub = hub().await;
    let (ann, bob) = (someone(&hub, 5, Role::MedicalAdmin), someone(&hub, 6, Role::MedicalAdmin));
    for n in 0..super::count::VOLUME_CEILING {
        hub.create(&format!(r#"{{"resourceType":"Patient","id":"p{n}"}}"#)).await;
        hub.tenant.read(&ann, ResourceType::PATIENT, &format!("p{n}")).await.unwrap();
        if n < 100 {
            hub.tenant.read(&bob, ResourceType::PATIENT, &format!("p{n}")).await.unwrap();
        }
    }
    hub.tenant.audit_operation(&ann, "copy", Some((ResourceType::PATIENT, "p1"))).await.unwrap();
    let found = alerts(&hub).await;
    // Bob is above the floor, but nobody knows yet what is usual for him.
    let volume = of(&found, "volume");
    assert_eq!((volume.len(), volume[0].get_str("account_name")), (1, Some("user5")));
    assert_eq!(of(&found, "export").len(), 1);
}

#[tokio::test]
async fn several_times_ones_own_usual_stands_out() {
    let hub = hub().await;
    let bob = someone(&hub, 6, Role::MedicalAdmin);
    for n in 0..100 {
        hub.create(&format!(r#"{{"resourceType":"Patient","id":"p{n}"}}"#)).await;
    }
    for _ in 0..9 {
        for n in 0..5 {
            hub.tenant.read(&bob, ResourceType::PATIENT, &format!("p{n}")).await.unwrap();
        }
        hub.clock.advance(Duration::from_secs(3600));
    }
    assert!(of(&alerts(&hub).await, "volume").is_empty());
    for n in 0..90 {
        hub.tenant.read(&bob, ResourceType::PATIENT, &format!("p{n}")).await.unwrap();
    }
    assert_eq!(of(&alerts(&hub).await, "volume").len(), 1);
}

#[tokio::test]
async fn an_incident_has_its_clock_and_its_evidence() {
    let hub = hub().await;
    let eve = someone(&hub, 7, Role::Clinician);
    for _ in 0..5 {
        hub.tenant.audit_login(&eve, false).await.unwrap();
    }
    let id = alerts(&hub).await[0].get_str("id").unwrap().to_string();
    let path = format!("watch/alerts/{id}/incident");
    // Neither clinicians nor administrators judge.
    for role in [Role::Clinician, Role::MedicalAdmin] {
        let denied = hub.call(&watch(), someone(&hub, 3, role), "POST", &path, "{}").await;
        assert!(matches!(denied, Err(Error::Denied)), "{role:?}");
    }
    assert!(matches!(
        hub.call(&watch(), someone(&hub, 3, Role::Clinician), "GET", "watch/alerts", "").await,
        Err(Error::Denied)
    ));

    let opened = hub.ask(&watch(), auditor(&hub), "POST", &path, r#"{"note":"à examiner"}"#).await;
    assert_eq!(opened.get_str("deadline"), Some("2026-11-25T08:00:00.000Z"));
    assert_eq!(opened.each("evidence").count(), 5);
    let twice = hub.call(&watch(), auditor(&hub), "POST", &path, "{}").await;
    assert!(matches!(twice, Err(Error::Refused(i)) if i[0].text.key == "watch.incident-open"));
    assert_eq!(alerts(&hub).await[0].get_str("state"), Some("incident"));

    let incident = format!("watch/incidents/{}", opened.get_str("id").unwrap());
    let refused = hub.call(&watch(), auditor(&hub), "POST", &incident, r#"{"state":"closed"}"#).await;
    assert!(matches!(refused, Err(Error::Refused(i)) if i[0].text.key == "watch.say-why"));
    hub.clock.advance(Duration::from_secs(3600));
    let body = r#"{"state":"notified","notified_at":"2026-11-22T08:30:00Z","note":"CNIL informée"}"#;
    hub.ask(&watch(), auditor(&hub), "POST", &incident, body).await;
    let list = hub.ask(&watch(), auditor(&hub), "GET", "watch/incidents", "").await;
    let told = list.each("incidents").next().unwrap();
    assert_eq!(
        (told.get_str("state"), told.get_str("notified_at")),
        (Some("notified"), Some("2026-11-22T08:30:00Z"))
    );
    assert_eq!(told.each("notes").count(), 2);
    assert_eq!(told.each("evidence").next().unwrap().get_str("who"), Some("user7"));
}

#[tokio::test]
async fn an_alert_is_closed_with_a_reason() {
    let hub = hub().await;
    let eve = someone(&hub, 7, Role::Clinician);
    for _ in 0..5 {
        hub.tenant.audit_login(&eve, false).await.unwrap();
    }
    let id = alerts(&hub).await[0].get_str("id").unwrap().to_string();
    let path = format!("watch/alerts/{id}/close");
    assert!(hub.call(&watch(), auditor(&hub), "POST", &path, "{}").await.is_err());
    hub.ask(&watch(), auditor(&hub), "POST", &path, r#"{"note":"mot de passe oublié"}"#).await;
    // What comes later in the same window does not open it again.
    for _ in 0..5 {
        hub.tenant.audit_login(&eve, false).await.unwrap();
    }
    assert_eq!(alerts(&hub).await[0].get_str("state"), Some("closed"));
}
