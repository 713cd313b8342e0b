//! Booking, holding, moving, cancelling, an emergency and the lapse of holds, by six people at once in any order: no
//! room, person or patient is ever taken twice, on either database. What stands is counted by this file's own
//! arithmetic on the stored Appointments, cleaning included.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../store/tests/conformance/private_postgres.rs"]
mod private_postgres;

use fhir::{Json, ResourceType};
use private_postgres::PrivatePostgres;
use scheduling::Scheduling;
use service::testing::{AllCare, TestHub};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use store::search::SearchRequest;
use store::{Clock, Ctx, Error, Role};

const CASES: u64 = 10;
const SNOMED: &str = "http://snomed.info/sct";

struct House {
    hub: TestHub,
    service: Scheduling,
}

async fn house(database: Option<String>) -> Arc<House> {
    // The service that answers shares nothing with the one whose rules the store asks: its memory may lag behind.
    let hub = TestHub::on(database, vec![Arc::new(Scheduling::default())]).await;
    hub.hub.ties_set(Arc::new(AllCare));
    let physical = |code: &str| {
        format!(
            r#""physicalType":{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/location-physical-type","code":"{code}"}}]}}"#
        )
    };
    hub.create(r#"{"resourceType":"Organization","id":"o","name":"Clinique"}"#).await;
    hub.create(&format!(r#"{{"resourceType":"Location","id":"site","name":"Clinique","managingOrganization":{{"reference":"Organization/o"}},{}}}"#, physical("si"))).await;
    for n in 0..3 {
        hub.create(&format!(r#"{{"resourceType":"Location","id":"r{n}","name":"Salle {n}","partOf":{{"reference":"Location/site"}},{}}}"#, physical("ro"))).await;
    }
    for (id, specialty, label) in [
        ("s0", "SM14", "Chirurgie"),
        ("s1", "SM14", "Chirurgie"),
        ("s2", "SM14", "Chirurgie"),
        ("a0", "SM02", "Autre"),
        ("a1", "SM02", "Autre"),
    ] {
        hub.create(&format!(
            r#"{{"resourceType":"Practitioner","id":"{id}","name":[{{"text":"Dr {id}"}}]}}"#
        ))
        .await;
        hub.create(&format!(
            r#"{{"resourceType":"PractitionerRole","id":"role-{id}","practitioner":{{"reference":"Practitioner/{id}"}},"organization":{{"reference":"Organization/o"}},
            "code":[{{"coding":[{{"system":"urn:p","code":"10"}}]}}],"specialty":[{{"coding":[{{"system":"urn:s","code":"{specialty}"}}],"text":"{label}"}}]}}"#
        )).await;
    }
    for n in 0..CASES {
        // Two cases of each patient, so that patients are asked for too.
        let patient = n / 2;
        hub.create(&format!(r#"{{"resourceType":"Patient","id":"p{patient}","name":[{{"family":"Exemple{patient}"}}],"birthDate":"1960-01-0{}"}}"#, patient + 1)).await;
        hub.create(&format!(
            r#"{{"resourceType":"ServiceRequest","id":"c{n}","status":"active","intent":"order","category":[{{"coding":[{{"system":"{SNOMED}","code":"387713003"}}]}}],
            "code":{{"coding":[{{"system":"urn:ccam","code":"NEKA020"}}],"text":"Prothèse"}},"subject":{{"reference":"Patient/p{patient}"}},
            "performer":[{{"reference":"Practitioner/s{}"}}],"authoredOn":"2026-11-01",
            "extension":[{{"url":"urn:medhub:case:minutes","valueUnsignedInt":60}},{{"url":"urn:medhub:case:cleaning","valueUnsignedInt":20}}]}}"#,
            n % 3
        )).await;
    }
    Arc::new(House { hub, service: Scheduling::default() })
}

impl House {
    fn ctx(&self) -> Ctx {
        self.hub.ctx(&[Role::Clinician, Role::MedicalAdmin])
    }

    /// The answer, if it was taken.
    async fn call(&self, method: &str, path: &str, body: &str) -> Option<Json<'static>> {
        match self.hub.call(&self.service, self.ctx(), method, path, body).await {
            Ok(reply) if reply.status < 300 => {
                Some(fhir::json::parse(&reply.body).map_or(Json::Null, Json::into_owned))
            }
            Ok(reply) => {
                assert_eq!(reply.status, 409, "{path} {body}");
                None
            }
            Err(
                Error::Refused(_) | Error::VersionConflict { .. } | Error::NotFound | Error::InWrite { .. },
            ) => None,
            Err(other) => panic!("{path} {body}: {other}"),
        }
    }

    /// One of the bookings of these days.
    async fn some(&self, draw: &mut impl FnMut(u64) -> u64) -> Option<(String, String)> {
        let board = self.call("GET", "theatre/board?from=2026-11-22&to=2026-11-24", "").await?;
        let all: Vec<&Json<'_>> = board.each("bookings").collect();
        let one = all.get(draw(all.len().max(1) as u64) as usize)?;
        Some((one.get_str("id")?.to_string(), one.get("version")?.to_string()))
    }
}

/// One thing that somebody does; its name, when it was taken.
async fn act(house: &House, draw: &mut impl FnMut(u64) -> u64) -> Option<&'static str> {
    let case = format!(r#""case":"ServiceRequest/c{}""#, draw(CASES));
    let (room, minute) = (draw(3), 30 * draw(18));
    let place = format!(
        r#""room":"Location/r{room}","start":"2026-11-23T{:02}:{:02}""#,
        8 + minute / 60,
        minute % 60
    );
    match draw(10) {
        0..=2 => house.call("POST", "theatre/bookings", &format!("{{{case},{place}}}")).await.map(|_| "book"),
        3..=4 => {
            let body = format!(r#"{{{case},{place},"seconds":120}}"#);
            house.call("POST", "theatre/hold", &body).await.map(|_| "hold")
        }
        5..=6 => {
            let (id, version) = house.some(draw).await?;
            let body = format!(r#"{{"version":{version},{place}}}"#);
            house.call("PUT", &format!("theatre/bookings/{id}"), &body).await.map(|_| "move")
        }
        7 => {
            let (id, version) = house.some(draw).await?;
            let body = format!(r#"{{"version":{version},"reason":"other"}}"#);
            house.call("POST", &format!("theatre/bookings/{id}/cancel"), &body).await.map(|_| "cancel")
        }
        8 => {
            let found = house.call("POST", "theatre/emergency", &format!("{{{case}}}")).await?;
            let apply = format!("theatre/emergency/{}/apply", found.get_str("proposal")?);
            house.call("POST", &apply, "{}").await.map(|_| "emergency")
        }
        _ => {
            house.hub.clock.advance(Duration::from_secs(61));
            Some("time")
        }
    }
}

/// Everything that is taken: what, from, until, by which Appointment.
async fn taken(house: &House) -> Vec<(String, i64, i64, String)> {
    let request = SearchRequest::from_query(Some(ResourceType::APPOINTMENT), "_count=1000").unwrap();
    let page = house.hub.tenant.search(&house.ctx(), &request).await.unwrap();
    assert!(page.next.is_none());
    let now = house.hub.clock.now_ms();
    let mut found = Vec::new();
    for entry in &page.entries {
        let json = fhir::json::parse(&entry.visible.body).unwrap();
        let ms = |text: &str| fhir::date::parse(text).unwrap().lo_ms;
        let holds =
            json.each("extension").find(|e| e.get_str("url") == Some("urn:medhub:booking:hold-until"));
        let lapsed = holds.and_then(|e| e.get_str("valueInstant")).is_some_and(|until| ms(until) <= now);
        let stands = match json.get_str("status").unwrap() {
            "booked" => true,
            "pending" => !lapsed,
            _ => false,
        };
        if !stands {
            continue;
        }
        let (start, end) = (ms(json.get_str("start").unwrap()), ms(json.get_str("end").unwrap()));
        for participant in json.each("participant") {
            let what = participant.get("actor").and_then(|a| a.get_str("reference")).unwrap();
            let cleaned = if what.starts_with("Location/r") { end + 20 * 60_000 } else { end };
            found.push((what.to_string(), start, cleaned, entry.visible.id.clone()));
        }
    }
    found.sort();
    found
}

async fn crowd(house: Arc<House>, seed: u64, steps: usize) -> BTreeMap<&'static str, usize> {
    let tasks = (0..6_u64).map(|client| {
        let house = house.clone();
        tokio::spawn(async move {
            let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (client + 1).wrapping_mul(0xBF58_476D);
            let mut draw = move |below: u64| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state % below
            };
            let mut done = Vec::new();
            for _ in 0..steps {
                done.extend(act(&house, &mut draw).await);
            }
            done
        })
    });
    let mut count = BTreeMap::new();
    for task in tasks.collect::<Vec<_>>() {
        for name in task.await.unwrap() {
            *count.entry(name).or_insert(0) += 1;
        }
    }
    for pair in taken(&house).await.windows(2) {
        let ((what, _, end, _), (other, start, ..)) = (&pair[0], &pair[1]);
        assert!(what != other || end <= start, "seed {seed}: {what} is taken twice: {pair:?}");
    }
    count
}

fn each_was_taken(count: &BTreeMap<&'static str, usize>) {
    for name in ["book", "hold", "move", "cancel", "emergency", "time"] {
        assert!(count.contains_key(name), "the test never did one: {name}, {count:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_taken_twice_in_any_order_on_sqlite() {
    let mut all = BTreeMap::new();
    for seed in 1..=6 {
        for (name, count) in crowd(house(None).await, seed, 25).await {
            *all.entry(name).or_insert(0) += count;
        }
    }
    each_was_taken(&all);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_taken_twice_in_any_order_on_postgres() {
    let mut all = BTreeMap::new();
    for seed in 7..=8 {
        let Some(cluster) = PrivatePostgres::start() else { return };
        for (name, count) in crowd(house(Some(cluster.url())).await, seed, 25).await {
            *all.entry(name).or_insert(0) += count;
        }
    }
    each_was_taken(&all);
}
