//! The runner against a real hub in memory.

use crate::testing::TestHub;
use crate::{Reaction, ReactionCtx, Round, RoundCtx, Service};
use async_trait::async_trait;
use bytes::Bytes;
use fhir::ResourceType;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;
use store::{Error, FeedRow, Result, Role, Write};

/// Makes a Basic for each Patient; fails on patients named `poison` while the poison lasts.
#[derive(Default)]
struct Copying {
    cured: AtomicBool,
    panics: AtomicBool,
    calls: AtomicU32,
}

#[async_trait]
impl Reaction for Copying {
    fn name(&self) -> &'static str {
        "test.copying"
    }

    fn types(&self) -> &[ResourceType] {
        &[ResourceType::PATIENT]
    }

    async fn on(&self, cx: &ReactionCtx, row: &FeedRow) -> Result<Vec<Write>> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        if row.id == "poison" && !self.cured.load(Ordering::SeqCst) {
            assert!(!self.panics.load(Ordering::SeqCst), "a reaction that panics");
            return Err(Error::NotFound);
        }
        let id = cx.id(row, "copy").to_string();
        let body = format!(
            r#"{{"resourceType":"Basic","id":"{id}","code":{{"text":"copy"}},"subject":{{"reference":"Patient/{}"}}}}"#,
            row.id
        );
        let write = Write::Update {
            rt: ResourceType::BASIC,
            id,
            body: Bytes::from(body),
            if_match: None,
            if_none_match: false,
        };
        Ok(vec![write])
    }
}

struct Room(Arc<Copying>);

impl Service for Room {
    fn name(&self) -> &'static str {
        "room"
    }
    fn owns(&self) -> &[ResourceType] {
        &[]
    }
    fn reactions(&self) -> Vec<Arc<dyn Reaction>> {
        vec![self.0.clone()]
    }
}

async fn hub(reaction: &Arc<Copying>) -> TestHub {
    TestHub::new(vec![Arc::new(Room(reaction.clone()))]).await
}

async fn copies(hub: &TestHub) -> usize {
    hub.tenant.feed(0, 1_000).await.unwrap().iter().filter(|r| r.kind == ResourceType::BASIC.number()).count()
}

#[tokio::test]
async fn every_row_is_served_once_and_the_cursor_stays() {
    let reaction = Arc::new(Copying::default());
    let hub = hub(&reaction).await;
    for id in ["a", "b", "c"] {
        hub.create(&format!(r#"{{"resourceType":"Patient","id":"{id}"}}"#)).await;
    }
    hub.drain().await;
    assert_eq!((copies(&hub).await, reaction.calls.load(Ordering::SeqCst)), (3, 3));
    hub.drain().await;
    assert_eq!((copies(&hub).await, reaction.calls.load(Ordering::SeqCst)), (3, 3));
    hub.create(r#"{"resourceType":"Patient","id":"d"}"#).await;
    hub.drain().await;
    assert_eq!(copies(&hub).await, 4);
}

#[tokio::test]
async fn a_poison_row_is_parked_and_the_feed_goes_on() {
    let reaction = Arc::new(Copying::default());
    let hub = hub(&reaction).await;
    for id in ["a", "poison", "c"] {
        hub.create(&format!(r#"{{"resourceType":"Patient","id":"{id}"}}"#)).await;
    }
    hub.drain().await;
    assert_eq!(copies(&hub).await, 2);
    let admin = hub.ctx(&[Role::MedicalAdmin]);
    let parked = hub.runner.parked(&admin, "test").await.unwrap();
    assert_eq!(parked.len(), 1);
    assert_eq!((parked[0].attempts, parked[0].reason.as_str()), (3, "not-found"));

    let (name, vid) = (parked[0].reaction.clone(), parked[0].vid);
    assert!(hub.runner.retry(&admin, "test", &name, vid).await.is_err());
    assert_eq!(hub.runner.parked(&admin, "test").await.unwrap()[0].attempts, 4);
    let nurse = hub.ctx(&[Role::Clinician]);
    assert!(matches!(hub.runner.retry(&nurse, "test", &name, vid).await, Err(Error::Denied)));
    reaction.cured.store(true, Ordering::SeqCst);
    hub.runner.retry(&admin, "test", &name, vid).await.unwrap();
    assert!(hub.runner.parked(&admin, "test").await.unwrap().is_empty());
    assert_eq!(copies(&hub).await, 3);
    assert!(matches!(hub.runner.retry(&admin, "test", &name, vid).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn a_panic_is_the_rows_failure_not_the_runners_end() {
    let reaction = Arc::new(Copying::default());
    reaction.panics.store(true, Ordering::SeqCst);
    let hub = hub(&reaction).await;
    hub.create(r#"{"resourceType":"Patient","id":"poison"}"#).await;
    hub.create(r#"{"resourceType":"Patient","id":"b"}"#).await;
    hub.drain().await;
    assert_eq!(copies(&hub).await, 1);
    let parked = hub.runner.parked(&hub.ctx(&[Role::MedicalAdmin]), "test").await.unwrap();
    assert_eq!(parked[0].reason, "internal");
}

#[tokio::test]
async fn the_runner_serves_new_tenants_and_stops_when_told() {
    let reaction = Arc::new(Copying::default());
    let hub = hub(&reaction).await;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let running = tokio::spawn(hub.runner.clone().run(stopped));
    hub.create(r#"{"resourceType":"Patient","id":"a"}"#).await;
    for _ in 0..200 {
        if copies(&hub).await == 1 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(copies(&hub).await, 1);
    stop.send(true).unwrap();
    tokio::time::timeout(std::time::Duration::from_secs(5), running).await.unwrap().unwrap();
}

/// A round that never comes back, and one that counts.
struct Rounds {
    made: Arc<AtomicU32>,
}

struct Stuck;
struct Counted(Arc<AtomicU32>);

#[async_trait]
impl Round for Stuck {
    fn name(&self) -> &'static str {
        "test.stuck"
    }

    fn every(&self) -> Duration {
        Duration::ZERO
    }

    async fn go(&self, _: &RoundCtx) -> Result<usize> {
        std::future::pending().await
    }
}

#[async_trait]
impl Round for Counted {
    fn name(&self) -> &'static str {
        "test.counted"
    }

    fn every(&self) -> Duration {
        Duration::ZERO
    }

    async fn go(&self, _: &RoundCtx) -> Result<usize> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Ok(0)
    }
}

impl Service for Rounds {
    fn name(&self) -> &'static str {
        "rounds"
    }

    fn owns(&self) -> &[ResourceType] {
        &[]
    }

    fn rounds(&self) -> Vec<Arc<dyn Round>> {
        vec![Arc::new(Stuck), Arc::new(Counted(self.made.clone()))]
    }
}

#[tokio::test]
async fn a_round_that_hangs_keeps_no_other_from_being_made() {
    let made = Arc::new(AtomicU32::new(0));
    let hub = TestHub::new(vec![Arc::new(Rounds { made: made.clone() })]).await;
    let (_stop, stopped) = tokio::sync::watch::channel(false);
    let rounds = tokio::spawn(hub.runner.clone().run_rounds(hub.tenant.clone(), stopped));
    while made.load(Ordering::SeqCst) < 2 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    rounds.abort();
}
