//! The kit for a service's tests: a hub in memory, a clock that moves only when told, ids from a seed.
//!
//! ```ignore
//! let hub = TestHub::new(vec![Arc::new(records::Records)]).await;
//! hub.create(r#"{"resourceType":"Patient","id":"a"}"#).await;
//! hub.drain().await;
//! assert_eq!(hub.get("Patient/a").await.get("active"), None);
//! ```
//!
//! The kit panics where a test should fail.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod call;

use crate::{Catalog, Pace, Runner, Service};
use async_trait::async_trait;
use bytes::Bytes;
use fhir::{Json, ResourceType};
use parking_lot::Mutex;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use store::access::{Named, PatientMarks, PatientTies, Persona, Records, Span, TieSource};
use store::{Actor, Clock, Ctx, Hub, Ids, NewTenant, Outcome, Result, Role, Tenant, Write};
use uuid::Uuid;

/// A clock that stands still at 2026-11-22T08:00:00Z until it is moved.
pub struct MockClock(AtomicI64);

impl Default for MockClock {
    fn default() -> Self {
        MockClock(AtomicI64::new(1_795_334_400_000))
    }
}

impl MockClock {
    pub fn advance(&self, by: Duration) {
        self.0.fetch_add(by.as_millis() as i64, Ordering::SeqCst);
    }
}

impl Clock for MockClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// Ids 1, 2, 3 … spread by SplitMix64: the same in every run.
#[derive(Default)]
pub struct SeededIds(Mutex<u64>);

impl Ids for SeededIds {
    fn uuid(&self) -> Uuid {
        let mut seed = self.0.lock();
        let mut next = || {
            *seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let z = (*seed ^ (*seed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            z ^ (z >> 31)
        };
        let (high, low) = (next(), next());
        uuid::Builder::from_random_bytes(*Uuid::from_u64_pair(high, low).as_bytes()).into_uuid()
    }
}

/// A test world in which everyone is named in the care of every patient.
pub struct AllCare;

#[async_trait]
impl TieSource for AllCare {
    fn of_patient(&self) -> &[ResourceType] {
        &[]
    }

    fn of_actor(&self) -> &[ResourceType] {
        &[]
    }

    async fn persona(&self, _: &Records<'_>, _: &Actor) -> Result<Persona> {
        Ok(Persona { names: AllCare::team(), ..Persona::default() })
    }

    async fn ties(&self, _: &Records<'_>, _: &str) -> Result<PatientTies> {
        Ok(PatientTies { care: AllCare::team(), ..PatientTies::default() })
    }

    async fn marks(&self, _: &Records<'_>, _: &str) -> Result<PatientMarks> {
        Ok(PatientMarks::default())
    }
}

impl AllCare {
    fn team() -> Vec<Named> {
        vec![Named::new("Practitioner/everyone", Span::ALWAYS)]
    }
}

/// A hub in memory with one tenant, `test`, and a clinician who acts.
pub struct TestHub {
    pub hub: Arc<Hub>,
    pub tenant: Arc<Tenant>,
    pub runner: Arc<Runner>,
    pub clock: Arc<MockClock>,
    pub ids: Arc<SeededIds>,
}

impl TestHub {
    pub async fn new(services: Vec<Arc<dyn Service>>) -> TestHub {
        TestHub::on(None, services).await
    }

    /// On a database (`postgres://…`) where one is named.
    pub async fn on(database: Option<String>, services: Vec<Arc<dyn Service>>) -> TestHub {
        let (clock, ids) = (Arc::new(MockClock::default()), Arc::new(SeededIds::default()));
        let hub = Hub::temporary(database, clock.clone(), ids.clone()).await.expect("a hub for a test");
        let catalog = Catalog::new(services).expect("services that fit together");
        let pace = Pace { attempts: 3, first: Duration::ZERO, longest: Duration::ZERO };
        let runner = Runner::new(hub.clone(), &catalog, pace);
        let new = NewTenant { name: "test".into(), title: "Test".into(), host: None };
        hub.tenant_create(new).await.expect("a tenant");
        let tenant = hub.tenant("test").await.expect("the tenant");
        TestHub { hub, tenant, runner, clock, ids }
    }

    /// A context of someone with these roles.
    pub fn ctx(&self, roles: &[Role]) -> Ctx {
        let id = Uuid::from_u128(0xC11);
        let actor = Actor { id, name: "test".into(), roles: roles.to_vec(), person: None, system: false };
        Ctx {
            actor: Arc::new(actor),
            purpose: store::Purpose::Treatment,
            clock: self.clock.clone(),
            ids: self.ids.clone(),
            ..Ctx::system("test")
        }
    }

    /// Writes a resource: with its `id` if it has one, else with a new one.
    pub async fn try_create(&self, json: &str) -> Result<Outcome> {
        let resource = fhir::json::parse(json.as_bytes()).expect("JSON");
        let rt = ResourceType::of(&resource).expect("a resource type");
        let body = Bytes::from(json.to_string());
        let write = match resource.get_str("id") {
            Some(id) => Write::Update { rt, id: id.into(), body, if_match: None, if_none_match: false },
            None => Write::Create { rt, id: None, body, if_none_exist: None },
        };
        let ctx = self.ctx(&[Role::Clinician, Role::MedicalAdmin]);
        let mut outcomes = self.tenant.commit(&ctx, vec![write]).await?;
        Ok(outcomes.remove(0))
    }

    /// Writes a resource that must be accepted.
    pub async fn create(&self, json: &str) -> Outcome {
        match self.try_create(json).await {
            Ok(outcome) => outcome,
            Err(store::Error::Refused(issues)) => panic!("refused: {issues:?}"),
            Err(error) => panic!("{error}"),
        }
    }

    /// The sentence (in French) with which a write is refused.
    pub async fn refusal(&self, json: &str) -> String {
        match self.try_create(json).await {
            Err(store::Error::Refused(issues)) => issues[0].sentence(fhir::Lang::Fr),
            Err(error) => panic!("not a refusal: {error}"),
            Ok(_) => panic!("accepted"),
        }
    }

    /// The resource `Type/id` as it stands.
    pub async fn get(&self, reference: &str) -> Json<'static> {
        let (rt, id) = reference.split_once('/').expect("Type/id");
        let rt = ResourceType::parse(rt).expect("a resource type");
        let found = self
            .tenant
            .read(&self.ctx(&[Role::Clinician, Role::MedicalAdmin]), rt, id)
            .await
            .expect("a resource");
        fhir::json::parse(&found.body).expect("JSON").into_owned()
    }

    /// Makes the rounds until none moves anything, then the reactions to what they did.
    pub async fn rounds(&self) -> usize {
        let moved = self.runner.rounds_once().await.expect("rounds");
        self.drain().await;
        moved
    }

    /// Runs the reactions until nothing is left to do.
    pub async fn drain(&self) {
        self.runner.drain().await.expect("reactions");
    }
}
