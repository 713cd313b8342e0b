//! Nothing is booked twice, on either database, however many book, move and cancel at once. The check is its own
//! arithmetic on what stands in the store afterwards, not the rule's.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../store/tests/conformance/private_postgres.rs"]
mod private_postgres;

use bytes::Bytes;
use fhir::ResourceType;
use private_postgres::PrivatePostgres;
use service::testing::{AllCare, TestHub};
use std::sync::Arc;
use store::search::SearchRequest;
use store::{Role, Write};

const MONDAY_MS: i64 = 1_795_420_800_000; // 2026-11-23T08:00:00Z
const MINUTE: i64 = 60_000;

async fn house(database: Option<String>) -> Arc<TestHub> {
    let hub = TestHub::on(database, vec![Arc::new(scheduling::Scheduling::default())]).await;
    hub.hub.ties_set(Arc::new(AllCare));
    for n in 0..3 {
        hub.create(&format!(r#"{{"resourceType":"Location","id":"r{n}","name":"Salle {n}","physicalType":{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/location-physical-type","code":"ro"}}]}}}}"#)).await;
        hub.create(&format!(r#"{{"resourceType":"Practitioner","id":"s{n}"}}"#)).await;
    }
    Arc::new(hub)
}

/// A write of booking `id`: who, where, when, or cancelled.
fn write(id: &str, room: u64, surgeon: u64, start: i64, minutes: i64, status: &str) -> Write {
    let at = |minute: i64| fhir::date::instant_format(MONDAY_MS + minute * MINUTE);
    let body = format!(
        r#"{{"resourceType":"Appointment","id":"{id}","status":"{status}","serviceCategory":[{{"coding":[{{"system":"urn:medhub:appointment-kind","code":"theatre"}}]}}],
        "start":"{}","end":"{}","participant":[{{"actor":{{"reference":"Location/r{room}"}},"status":"accepted"}},{{"actor":{{"reference":"Practitioner/s{surgeon}"}},"status":"accepted"}}]}}"#,
        at(start),
        at(start + minutes)
    );
    let body = Bytes::from(body);
    Write::Update { rt: ResourceType::APPOINTMENT, id: id.into(), body, if_match: None, if_none_match: false }
}

/// Fifty clients want one room at one time; one of them gets it.
async fn race(hub: Arc<TestHub>) {
    let tasks = (0..50).map(|n| {
        let hub = hub.clone();
        tokio::spawn(async move {
            let ctx = hub.ctx(&[Role::Clinician, Role::MedicalAdmin]);
            hub.tenant.commit(&ctx, vec![write(&format!("b{n}"), 0, n % 3, 0, 60, "booked")]).await.is_ok()
        })
    });
    let mut won = 0;
    for task in tasks.collect::<Vec<_>>() {
        won += usize::from(task.await.unwrap());
    }
    assert_eq!(won, 1);
    assert_eq!(standing(&hub).await.len(), 2, "its room and its surgeon");
}

/// Eight clients book, move and cancel twelve bookings among three rooms and three surgeons.
async fn crowd(hub: Arc<TestHub>, seed: u64) {
    let tasks = (0..8_u64).map(|client| {
        let hub = hub.clone();
        tokio::spawn(async move {
            let ctx = hub.ctx(&[Role::Clinician, Role::MedicalAdmin]);
            let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ client;
            let mut draw = |below: u64| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state % below
            };
            let mut accepted = 0;
            for _ in 0..30 {
                let id = format!("c{}", draw(12));
                let status = if draw(5) == 0 { "cancelled" } else { "booked" };
                let minutes = 20 + 5 * draw(12) as i64;
                let one = write(&id, draw(3), draw(3), 5 * draw(48) as i64, minutes, status);
                accepted += usize::from(hub.tenant.commit(&ctx, vec![one]).await.is_ok());
            }
            accepted
        })
    });
    let mut accepted = 0;
    for task in tasks.collect::<Vec<_>>() {
        accepted += task.await.unwrap();
    }
    assert!(accepted > 20, "the test tries what can succeed: {accepted}");
    let mut standing = standing(&hub).await;
    assert!(!standing.is_empty());
    standing.sort();
    for pair in standing.windows(2) {
        let ((what, _, end), (other, start, _)) = (&pair[0], &pair[1]);
        assert!(what != other || end <= start, "{what} is booked twice: {pair:?}");
    }
}

/// What the booked appointments take: resource, from, until.
async fn standing(hub: &TestHub) -> Vec<(String, i64, i64)> {
    let ctx = hub.ctx(&[Role::Clinician, Role::MedicalAdmin]);
    let request =
        SearchRequest::from_query(Some(ResourceType::APPOINTMENT), "status=booked&_count=200").unwrap();
    let page = hub.tenant.search(&ctx, &request).await.unwrap();
    let mut found = Vec::new();
    for entry in &page.entries {
        let json = fhir::json::parse(&entry.visible.body).unwrap();
        let at = |name: &str| fhir::date::date_time(json.get_str(name).unwrap()).unwrap().lo_ms;
        for participant in json.each("participant") {
            let who = participant.get("actor").and_then(|a| a.get_str("reference")).unwrap().to_string();
            found.push((who, at("start"), at("end")));
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_clients_book_a_room_once_on_sqlite() {
    race(house(None).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_books_nothing_twice_on_sqlite() {
    for seed in 1..=8 {
        crowd(house(None).await, seed).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_hold_on_postgres() {
    let Some(cluster) = PrivatePostgres::start() else { return };
    race(house(Some(cluster.url())).await).await;
    drop(cluster);
    for seed in 1..=2 {
        let Some(cluster) = PrivatePostgres::start() else { return };
        crowd(house(Some(cluster.url())).await, seed).await;
    }
}
