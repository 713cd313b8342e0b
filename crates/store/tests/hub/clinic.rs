//! The stage: a hub with one tenant, a clock that is set by hand, ids from a counter.

use bytes::Bytes;
use fhir::{Json, ResourceType, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use store::search::SearchRequest;
use store::{Clock, Ctx, Hub, Ids, NewTenant, Outcome, Tenant, Write};
use uuid::Uuid;

pub struct HandClock(pub AtomicI64);

impl Clock for HandClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

pub struct CountedIds(AtomicU64);

impl Ids for CountedIds {
    fn uuid(&self) -> Uuid {
        Uuid::from_u64_pair(0x4000, 0x8000_0000_0000_0000 | self.0.fetch_add(1, Ordering::Relaxed))
    }
}

pub struct Clinic {
    pub hub: Arc<Hub>,
    pub tenant: Arc<Tenant>,
    pub clock: Arc<HandClock>,
    pub ctx: Ctx,
}

/// 2026-11-22T10:00:00Z.
pub const NOW: i64 = 1_795_341_600_000;

pub async fn clinic() -> Clinic {
    let clock = Arc::new(HandClock(AtomicI64::new(NOW)));
    let ids = Arc::new(CountedIds(AtomicU64::new(1)));
    let hub = Hub::in_memory(clock.clone(), ids.clone()).await.unwrap();
    hub.tenant_create(NewTenant { name: "a".into(), title: "A".into(), host: None }).await.unwrap();
    let tenant = hub.tenant("a").await.unwrap();
    let ctx = Ctx { clock: clock.clone(), ids, ..Ctx::system("test") };
    Clinic { hub, tenant, clock, ctx }
}

pub fn create(rt: ResourceType, text: &str) -> Write {
    Write::Create { rt, id: None, body: Bytes::from(text.to_string()), if_none_exist: None }
}

pub fn patient(family: &str, mrn: &str) -> Write {
    let text = format!(
        r#"{{"resourceType":"Patient","identifier":[{{"system":"urn:mrn","value":"{mrn}"}}],"name":[{{"family":"{family}","given":["Jean-Éric"]}}],"birthDate":"1961-03-12"}}"#
    );
    create(ResourceType::PATIENT, &text)
}

pub fn pulse(patient: &str, day: u32, value: u32) -> Write {
    let text = format!(
        r#"{{"resourceType":"Observation","status":"final","code":{{"coding":[{{"system":"http://loinc.org","code":"8867-4"}}]}},"subject":{{"reference":"Patient/{patient}"}},"effectiveDateTime":"2026-10-{day:02}T08:00:00Z","valueQuantity":{{"value":{value},"unit":"/min","system":"http://unitsofmeasure.org","code":"/min"}}}}"#
    );
    create(ResourceType::OBSERVATION, &text)
}

impl Clinic {
    pub async fn commit(&self, write: Write) -> Outcome {
        self.tenant.commit(&self.ctx, vec![write]).await.unwrap().remove(0)
    }

    /// Ids that a search finds, in its order.
    pub async fn search(&self, rt: ResourceType, query: &str) -> Vec<String> {
        let request = SearchRequest::from_query(Some(rt), query).unwrap();
        let page = self.tenant.search(&self.ctx, &request).await.unwrap();
        page.entries.into_iter().map(|e| e.visible.id).collect()
    }

    pub async fn read(&self, rt: ResourceType, id: &str) -> Json<'static> {
        let body = self.tenant.read(&self.ctx, rt, id).await.unwrap().body;
        json::parse(&body).unwrap().into_owned()
    }

    pub fn later(&self, ms: i64) {
        self.clock.0.fetch_add(ms, Ordering::Relaxed);
    }
}
